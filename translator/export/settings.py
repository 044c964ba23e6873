"""How a handout is laid out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
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
        """What enters the fingerprint of an output; of a template it is the content that counts."""
        parts = (
            self.layout.value,
            self.align.value,
            self.paper,
            self.orientation,
            self._template_hash,
        )
        return ",".join(str(getattr(p, "value", p)) for p in parts)

    @cached_property
    def _template_hash(self) -> str | None:
        """8 hex digits over the template; its name where it cannot be read, which writing the handout complains of."""
        if self.template is None:
            return None
        try:
            return hashlib.blake2b(self.template.read_bytes(), digest_size=4).hexdigest()
        except OSError:
            return self.template.name
