"""What was read from a glossary file, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from translator.glossary.model import Entry


@dataclass(frozen=True)
class Refusal:
    """A line that was not taken, and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass
class LoadedFile:
    """What was read from one file.

    Attributes:
        path: the file.
        entries: its entries in order.
        refused: lines that were not taken.
        columns: the fields found, in the order of the columns.
        dialect: encoding and separator, for messages.
    """

    path: Path
    entries: list[Entry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    dialect: str = ""
