"""Building a paragraph from runs of text with formatting: white space collapses, spans keep their places."""

from __future__ import annotations

from collections.abc import Iterable

from translator.documents.characters import legal
from translator.documents.model import Format, Kind, Paragraph, Span

Formats = frozenset[tuple[Format, str]]
"""What applies to a run: each format with its value (the address of a link; empty for bold and italic)."""
NONE: Formats = frozenset()


class InlineText:
    """Collects runs of text; leading, trailing and doubled white space vanishes as it does in `collapse`."""

    def __init__(self) -> None:
        self._parts: list[str] = []  # a text that grows by itself is copied with every run
        self._size = 0
        self._blank = False
        self._open: dict[tuple[Format, str], int] = {}
        self._spans: list[Span] = []

    def add(self, text: str, formats: Formats = NONE) -> None:
        """Appends a run."""
        text = legal(text.replace("\x0b", " ").replace("\x0c", " "))
        words = text.split()
        if not words:
            self._blank = self._blank or bool(text)
            return
        if self._size and (self._blank or text[0].isspace()):
            # A blank belongs to a format only if that goes on behind it.
            self._close(key for key in self._open if key not in formats)
            self._append(" ")
        self._close(key for key in list(self._open) if key not in formats)
        for key in formats:
            self._open.setdefault(key, self._size)
        self._append(" ".join(words))
        self._blank = text[-1].isspace()

    def note(self, number: str) -> None:
        """A footnote mark behind what has been added so far."""
        self._spans.append(Span(self._size, self._size, Format.NOTE, number))

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)

    def _close(self, keys: Iterable[tuple[Format, str]]) -> None:
        for key in list(keys):
            start = self._open.pop(key)
            if start < self._size:
                self._spans.append(Span(start, self._size, key[0], key[1]))

    def paragraph(self, kind: Kind = Kind.PARAGRAPH, level: int = 1) -> Paragraph:
        """What was collected, as a paragraph; its text is empty where there was none."""
        self._close(list(self._open))
        spans = sorted(self._spans, key=lambda s: (s.start, s.end, s.format.value))
        # A paragraph that is bold throughout is a matter of its style, not of emphasis.
        emphasis = [
            s for s in spans if not (s.format in (Format.BOLD, Format.ITALIC) and s.end - s.start == self._size)
        ]
        return Paragraph("".join(self._parts), kind, level, spans=tuple(emphasis))
