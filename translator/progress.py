"""What a run tells while it goes on; the pipeline prints nothing itself."""

from __future__ import annotations

from typing import Protocol

from translator.report import FileResult


class Progress(Protocol):
    """Listener of a run; the command line shows bars, tests record, libraries pass nothing."""

    def found(self, files: int) -> None:
        """So many files (times target languages) are to be done."""

    def read(self, segments: int) -> None:
        """So many more sentences wait for translation."""

    def translated(self, segments: int, words: int) -> None:
        """So many sentences with so many source words were translated."""

    def finished(self, result: FileResult) -> None:
        """A file is done, skipped or failed."""

    def note(self, text: str) -> None:
        """Something the user should know: the model taken, lines of a glossary refused."""


class Silent:
    """Tells nobody."""

    def found(self, files: int) -> None:
        """Nothing."""

    def read(self, segments: int) -> None:
        """Nothing."""

    def translated(self, segments: int, words: int) -> None:
        """Nothing."""

    def finished(self, result: FileResult) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""
