"""A sentence cut into runs: where a term, bold, a link or a footnote mark begins or ends, a new run begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from translator.bilingual import TranslatedSegment
from translator.documents import Format, Span
from translator.export.links import followed


@dataclass(frozen=True)
class Run:
    """A piece of text that looks the same throughout.

    Attributes:
        text: the text; the number for a footnote mark.
        term: index of the glossary hit it belongs to, or None.
        bold, italic: emphasis.
        link: an address to follow, or an empty string.
        note: whether it is a footnote mark.
    """

    text: str
    term: int | None = None
    bold: bool = False
    italic: bool = False
    link: str = ""
    note: bool = False


def source_runs(segment: TranslatedSegment) -> Iterator[Run]:
    """Runs of the source with its terms and formatting."""
    terms = [(t.hit.start, t.hit.end, i) for i, t in enumerate(segment.terms)]
    return _runs(segment.segment.source, terms, segment.segment.spans)


def target_runs(segment: TranslatedSegment) -> Iterator[Run]:
    """Runs of the translation with its terms and formatting; a term has the same index as in the source."""
    terms = [(*t.span, i) for i, t in enumerate(segment.terms) if t.span]
    return _runs(segment.target, terms, segment.spans)


def _runs(text: str, terms: Iterable[tuple[int, int, int]], spans: Sequence[Span]) -> Iterator[Run]:
    placed = list(terms)
    if not placed and not spans:  # most sentences
        yield Run(text)
        return
    marks = sorted((s for s in spans if s.format is Format.NOTE), key=lambda s: s.start)
    emphasis = [s for s in spans if s.format is not Format.NOTE]
    cuts = {0, len(text), *(m.start for m in marks)}
    for term in placed:
        cuts |= {term[0], term[1]}
    for span in emphasis:
        cuts |= {span.start, span.end}
    places = sorted(c for c in cuts if 0 <= c <= len(text))
    for place, start in enumerate(places):
        yield from (Run(m.value, note=True) for m in marks if m.start == start)
        if place + 1 == len(places):
            break
        end = places[place + 1]
        here = [s for s in emphasis if s.start <= start and end <= s.end]
        yield Run(
            text[start:end],
            next((i for a, b, i in placed if a <= start and end <= b), None),
            any(s.format is Format.BOLD for s in here),
            any(s.format is Format.ITALIC for s in here),
            next((followed(s.value) for s in here if s.format is Format.LINK), ""),
        )
    if not text:
        yield Run("")
