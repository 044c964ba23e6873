"""The text of an HTML page: sentences in both languages, cut where a link, a term or a footnote mark begins or ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import groupby

from translator.bilingual import TranslatedSegment
from translator.checks.model import Finding, Severity
from translator.export.marking import Run, source_runs, target_runs
from translator.export.vocabulary import VocabularyLine
from translator.glossary.model import Entry, Outcome, TermResult


@dataclass(frozen=True)
class Piece:
    """Neighbouring runs inside one link, or outside any.

    Attributes:
        runs: the text.
        link: address, http, https or mailto; else empty.
        term: line of the vocabulary the runs are a term of, counted from 1; None where they are none.
        state: "missed" or "repaired" for a term, else empty.
        note: number of the footnote whose mark this is, else empty.
    """

    runs: tuple[Run, ...]
    link: str = ""
    term: int | None = None
    state: str = ""
    note: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence in both languages, cut into pieces."""

    id: str
    number: int
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    findings: tuple[Finding, ...]

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What is said beside the sentence; information stands in the list at the end only."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)


class TextWriter:
    """Cuts the sentences of one page, whose terms link to its vocabulary and whose marks link to its footnotes."""

    def __init__(self, vocabulary: Iterable[VocabularyLine], footnotes: Set[str]) -> None:
        self._lines = {(v.source, v.target, v.note): n for n, v in enumerate(vocabulary, start=1)}
        self._footnotes = footnotes

    def sentence(self, segment: TranslatedSegment) -> Sentence:
        """The sentence of a segment."""
        return Sentence(
            segment.segment.id,
            segment.segment.number,
            tuple(self._pieces(source_runs(segment), segment.terms)),
            tuple(self._pieces(target_runs(segment), segment.terms)),
            segment.findings,
        )

    def _pieces(self, runs: Iterable[Run], results: tuple[TermResult, ...]) -> Iterator[Piece]:
        """A footnote mark is a piece of its own, for a link cannot stand in a link."""
        for (link, term, note), same in groupby(runs, key=lambda r: (r.link, r.term, r.note)):
            alike = tuple(same)
            if note:
                yield from (Piece((r,), note=r.text if r.text in self._footnotes else "") for r in alike)
            elif term is None:
                yield Piece(alike, link)
            else:
                yield Piece(alike, link, self._line(results[term].hit.entry), _state(results[term]))

    def _line(self, entry: Entry) -> int | None:
        return self._lines.get((entry.source, " / ".join(entry.targets), entry.note))


def _state(result: TermResult) -> str:
    if result.outcome is Outcome.MISSED:
        return "" if result.hit.soft else "missed"
    return "repaired" if result.outcome is Outcome.REPAIRED else ""
