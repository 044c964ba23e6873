"""What stands on an HTML page, in the order of the page: the template only says how it is marked up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from translator.bilingual import BilingualDocument, Origin, TranslatedSegment
from translator.checks.model import Finding
from translator.documents import Kind, Paragraph
from translator.export.html_text import Sentence, TextWriter
from translator.export.outline import heading_levels
from translator.export.settings import Layout
from translator.export.vocabulary import VocabularyLine, vocabulary
from translator.language.names import RIGHT_TO_LEFT, bcp47, own_name

_NUMBERED = re.compile(r"(?:\d{1,3}[.)]|[a-z]\))\s")
_DEEPEST = 6
"""Levels of list items that the style indents."""


@dataclass(frozen=True)
class Tongue:
    """A language on the page: BCP 47 tag, direction of writing, and what its speakers call it."""

    tag: str
    direction: str
    name: str

    @classmethod
    def of(cls, code: str) -> Tongue:
        """Language of an ISO 639-1 code."""
        return cls(bcp47(code), "rtl" if code in RIGHT_TO_LEFT else "ltr", own_name(code))


@dataclass(frozen=True)
class Row:
    """A paragraph in both languages.

    Attributes:
        kind: what it is on the page.
        level: 2 to 6 for a heading, 1 to 6 for a list item, the number for a footnote.
        numbered: whether a list item's text begins with its number.
        source, target: the languages of the two sides.
        groups: sentences that run on; source and translation of a group stand beside or below each other.
    """

    kind: Kind
    level: int
    numbered: bool
    source: Tongue
    target: Tongue
    groups: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True)
class Line:
    """A line of the vocabulary; `places` are the ids and labels of the sentences it occurs in."""

    entry: VocabularyLine
    places: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class Page:
    """Everything the template shows.

    Attributes:
        bilingual: the document.
        layout: arrangement of the languages.
        title: the title's row, None where the document has none.
        rows: the other paragraphs but footnotes.
        footnotes: the footnotes.
        vocabulary: the terms that occur.
    """

    bilingual: BilingualDocument
    layout: Layout
    title: Row | None
    rows: tuple[Row, ...]
    footnotes: tuple[Row, ...]
    vocabulary: tuple[Line, ...]

    @property
    def source(self) -> Tongue:
        """Language of the document."""
        return Tongue.of(self.bilingual.signature.source)

    @property
    def target(self) -> Tongue:
        """Language of the translation."""
        return Tongue.of(self.bilingual.signature.target)

    @property
    def heading(self) -> str:
        """Title of the window; that of a worksheet does not give the answer away."""
        document = self.bilingual.document
        translated = "" if self.layout is Layout.WORKSHEET else self.bilingual.translated_title
        return translated or document.title or document.name

    @property
    def heading_language(self) -> Tongue:
        """Language of that title."""
        return self.source if self.layout is Layout.WORKSHEET or not self.bilingual.translated_title else self.target

    @property
    def blocks(self) -> list[tuple[Kind, list[Row]]]:
        """Neighbouring rows of one kind: the items of a list, the cells of a table."""
        return [(kind, list(rows)) for kind, rows in groupby(self.rows, key=lambda r: r.kind)]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """All sentences in the order of the document's page."""
        rows = [*([self.title] if self.title else []), *self.rows, *self.footnotes]
        return [s for row in rows for group in row.groups for s in group]

    @property
    def findings(self) -> list[tuple[Sentence, Finding]]:
        """Findings with their sentences; none on a worksheet, where they would give answers away."""
        return [(s, f) for s in self.sentences for f in s.findings if self.layout is not Layout.WORKSHEET]

    @property
    def longest(self) -> int:
        """Sentences of the longest group."""
        return max((len(group) for row in self.rows + self.footnotes for group in row.groups), default=0)


def page(bilingual: BilingualDocument, layout: Layout) -> Page:
    """The page of a translation."""
    lines = vocabulary(bilingual)
    paragraphs = bilingual.document.paragraphs
    writer = TextWriter(lines, {str(p.level) for p in paragraphs if p.kind is Kind.FOOTNOTE})
    levels = heading_levels(paragraphs, titled=True)  # without one, the name of the file is
    rows = [
        _row(paragraph, segments, tuple(map(writer.sentence, segments)), bilingual, layout, level)
        for level, (paragraph, segments) in zip(levels, bilingual.paragraphs, strict=True)
        if segments
    ]
    title = rows[0] if bilingual.title else None
    body = rows[1:] if bilingual.title else rows
    ids: dict[int, str] = {}
    for segment in bilingual.segments:
        ids.setdefault(segment.segment.number, segment.segment.id)
    return Page(
        bilingual,
        layout,
        title,
        tuple(r for r in body if r.kind is not Kind.FOOTNOTE),
        tuple(r for r in body if r.kind is Kind.FOOTNOTE),
        tuple(_line(line, ids, marks=layout is not Layout.WORKSHEET) for line in lines),
    )


def _row(
    paragraph: Paragraph,
    segments: Sequence[TranslatedSegment],
    sentences: tuple[Sentence, ...],
    bilingual: BilingualDocument,
    layout: Layout,
    level: int,
) -> Row:
    source = paragraph.language or bilingual.signature.source
    copied = all(s.origin is Origin.COPIED for s in segments)
    running = layout in (Layout.TABLE, Layout.TARGET) or paragraph.kind is Kind.TITLE
    deepest = min(paragraph.level, _DEEPEST) if paragraph.kind is Kind.LIST_ITEM else paragraph.level
    return Row(
        paragraph.kind,
        level or deepest,
        bool(_NUMBERED.match(paragraph.text)),
        Tongue.of(source),
        Tongue.of(source if copied else bilingual.signature.target),
        (sentences,) if running else tuple((s,) for s in sentences),
    )


def _line(line: VocabularyLine, ids: Mapping[int, str], *, marks: bool) -> Line:
    places = tuple(
        (ids[n], n, ("*" * (n in line.repaired) + "!" * (n in line.missed)) if marks else "") for n in line.numbers
    )
    return Line(line, places)
