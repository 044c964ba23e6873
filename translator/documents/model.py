"""What a document is to every other module: paragraphs of segments, immutable, with ids that stay the same."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from translator import limits
from translator.errors import InputError


class Kind(str, Enum):
    """What a paragraph is on the page; exporters give each kind its own style."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_CELL = "table cell"
    CAPTION = "caption"
    FOOTNOTE = "footnote"


class Format(str, Enum):
    """Inline formatting that is carried from the source to the translation."""

    BOLD = "bold"
    ITALIC = "italic"
    LINK = "link"
    NOTE = "note"


@dataclass(frozen=True)
class Span:
    """Formatting of characters `start` to `end` of a text.

    Attributes:
        start, end: characters; equal for a footnote mark, which stands between two characters.
        format: what it is.
        value: address of a link, number of a footnote; else empty.
    """

    start: int
    end: int
    format: Format
    value: str = ""


@dataclass(frozen=True)
class Segment:
    """One sentence (or heading, list item, cell): the unit that is translated, aligned, remembered and corrected.

    Attributes:
        id: 10 hex digits that depend on the document's name, the position and the source text only, so that a handout
            that comes back corrected is recognised.
        source: the text, white space collapsed to single blanks.
        number: position in the document, counted from 1; printed in the handout. The title's sentences have 0, for
            they stand above the numbered ones.
        spans: inline formatting of the source.
    """

    id: str
    source: str
    number: int
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A block of text of one kind.

    Attributes:
        text: the text, without line breaks.
        kind: what it is on the page.
        level: depth of a heading or list item, from 1.
        segments: its sentences in order; empty until the document is segmented.
        language: ISO 639-1 code where the paragraph is clearly in another language than the document, else None.
        spans: inline formatting of the text.
    """

    text: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 1
    segments: tuple[Segment, ...] = ()
    language: str | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Document:
    """A document as read, before translation.

    Attributes:
        path: the file.
        name: path relative to the folder the user gave, with `/`; names the outputs and enters the segment ids.
        paragraphs: all text in reading order; the title, if any, is the first paragraph and has kind TITLE.
        date: the date the article carries, ISO 8601, or None.
        author: who wrote it, as the document says, or None.
        encoding: how the bytes were decoded ("utf-8", "cp1252", "docx"), for messages.
        language: ISO 639-1 code of the source language; None until it is detected.
    """

    path: Path
    name: str
    paragraphs: tuple[Paragraph, ...]
    date: str | None = None
    author: str | None = None
    encoding: str = "utf-8"
    language: str | None = None

    @property
    def title(self) -> str | None:
        """The title's text, or None."""
        first = self.paragraphs[0] if self.paragraphs else None
        return first.text if first and first.kind is Kind.TITLE else None

    @property
    def segments(self) -> list[Segment]:
        """All segments in reading order."""
        return [s for p in self.paragraphs for s in p.segments]

    @property
    def text(self) -> str:
        """The paragraphs' text, one a line."""
        return "\n".join(p.text for p in self.paragraphs)

    def with_segments(self, sentences: list[list[str]]) -> Document:
        """A copy whose paragraph i consists of the sentences[i], numbered through and given ids.

        A sentence that stands twice in a document gets two ids: the occurrence count enters the hash. One that is longer
        than the limit becomes several.

        Raises:
            InputError: there are more sentences than the limit allows.
        """
        longest = limits.current().sentence_characters
        cut = [[piece for text in texts for piece in _pieces(text, longest)] for texts in sentences]
        try:
            limits.check("sentences", sum(map(len, cut)))
        except limits.LimitExceeded as error:
            raise InputError(f"{self.path}: {error}") from error
        number, seen, paragraphs = 0, dict[str, int](), []
        for paragraph, texts in zip(self.paragraphs, cut, strict=True):
            segments, at = [], 0
            waiting, near = deque(sorted(paragraph.spans, key=lambda s: s.start)), list[Span]()
            titled = paragraph.kind is Kind.TITLE
            for text in texts:
                number += not titled
                seen[text] = seen.get(text, 0) + 1
                at = max(paragraph.text.find(text, at), at)
                while waiting and waiting[0].start <= at + len(text):
                    near.append(waiting.popleft())
                spans = _clipped(near, at, at + len(text))
                at += len(text)
                near = [s for s in near if s.end > at]
                identity = segment_id(self.name, seen[text], text)
                segments.append(Segment(identity, text, 0 if titled else number, spans))
            paragraphs.append(replace(paragraph, segments=tuple(segments)))
        return replace(self, paragraphs=tuple(paragraphs))


def _pieces(text: str, longest: int) -> Iterator[str]:
    """The text in pieces of at most so many characters, cut between words where there are some."""
    at = 0
    while len(text) - at > longest:
        blank = text.rfind(" ", at + 1, at + longest + 1)
        end = blank if blank > 0 else at + longest
        yield text[at:end]
        at = end + (blank > 0)
    yield text[at:]


def _clipped(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The spans that touch characters start to end, counted from start."""
    inside = [s for s in spans if (s.start < end and s.end > start) or (s.start == s.end and start < s.start <= end)]
    return tuple(Span(max(s.start, start) - start, min(s.end, end) - start, s.format, s.value) for s in inside)


def segment_id(document: str, occurrence: int, source: str) -> str:
    """10 hex digits for the n-th occurrence of a sentence in a document.

    The occurrence stands for the position (DESIGN: document, position, source text): inserting a sentence above must
    not change the ids of all sentences below it.
    """
    text = "\x1f".join((document, str(occurrence), source))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


@dataclass(frozen=True)
class InputFile:
    """A file to read: where it is and what its outputs are named after."""

    path: Path
    name: str
    root: Path = field(compare=False, default=Path())
