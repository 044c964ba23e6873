"""How a handout is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Layout(str, Enum):
    """Arrangements of source and translation."""

    TABLE = "table"
    """Side by side, a row a sentence."""
    INTERLEAVED = "interleaved"
    """One below the other without a table: the one that screen readers read best."""
    TARGET = "target"
    """The translation alone, as running text."""
    WORKSHEET = "worksheet"
    """Side by side with an empty column to write in; the answers are a second file."""


class Align(str, Enum):
    """What stands side by side."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


class Paper(str, Enum):
    """Paper sizes."""

    A4 = "a4"
    LETTER = "letter"


class Orientation(str, Enum):
    """Which way round the paper lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True)
class ExportSettings:
    """Layout of the outputs.

    Attributes:
        layout: arrangement of source and translation.
        align: what stands side by side.
        paper, orientation: the page; None for the template's, or A4 upright where there is none.
        template: Word file whose styles, header and footer are used.
    """

    layout: Layout = Layout.TABLE
    align: Align = Align.SENTENCE
    paper: Paper | None = None
    orientation: Orientation | None = None
    template: Path | None = None

    @property
    def signature(self) -> str:
        """What enters the fingerprint of an output."""
        parts = (
            self.layout.value,
            self.align.value,
            self.paper,
            self.orientation,
            self.template and self.template.name,
        )
        return ",".join(str(getattr(p, "value", p)) for p in parts)
