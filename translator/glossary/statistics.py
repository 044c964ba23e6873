"""Which terms without an entry occur in a run, how they were rendered, and how much they deserve an entry."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from translator.engine.hypotheses import Hypothesis
from translator.glossary.extraction import occurrences
from translator.glossary.model import Entry, Hit, TermType
from translator.glossary.rows import infer_type

MOST_TERMS = 20_000
"""Terms kept at a time; beyond it those seen once are forgotten, so that memory does not grow with the archive."""
COMMON = frozenset("Jahr Mensch Land Zeit Tag Woche Monat Teil Frage Ende Angabe Möglichkeit Problem Beispiel Million "
                   "Milliarde Prozent Anfang Grund Mittelpunkt Thema Zahl".split())  # fmt: skip
"""Words every text has; an entry for them would do harm."""


@dataclass(frozen=True)
class Suggestion:
    """A term that has no entry.

    Attributes:
        entry: the entry it would be, with the commonest rendering.
        frequency, files: how often it occurs, and in how many files.
        others: its other renderings with their counts.
        example: a sentence it occurs in.
    """

    entry: Entry
    frequency: int
    files: int
    others: str
    example: str


@dataclass(slots=True)
class _Found:
    """What was seen of a term.

    Plain dictionaries of strings and numbers: the garbage collector passes over them, and there are 20,000 terms.

    Attributes:
        renderings: how often it was rendered in which way.
        kinds: how often it was of which `TermType`, by its value.
        files: the files it occurs in, as keys.
        example: the shortest sentence it occurs in.
    """

    renderings: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    files: dict[str, None] = field(default_factory=dict)
    example: str = ""

    def take(self, other: _Found) -> None:
        """Adds what was seen of another term or elsewhere; the example stays."""
        for mine, theirs in ((self.renderings, other.renderings), (self.kinds, other.kinds)):
            for key, count in theirs.items():
                mine[key] = mine.get(key, 0) + count
        self.files |= other.files

    @property
    def frequency(self) -> int:
        return sum(self.renderings.values())

    @property
    def weight(self) -> float:
        """Frequency × spread × inconsistency (entropy of the renderings in bits, plus one)."""
        shares = [n / self.frequency for n in self.renderings.values()]
        entropy = -sum(p * math.log2(p) for p in shares)
        return self.frequency * len(self.files) * (1 + entropy)


class TermStatistics:
    """Collects terms without entries and their renderings over many documents."""

    def __init__(self) -> None:
        self._found: dict[str, _Found] = {}

    def collect(self, document: str, source: str, hits: Sequence[Hit], hypothesis: Hypothesis) -> None:
        """Takes the possible terms of a translated sentence; the hypothesis is aligned to the words of the source."""
        for term, kind, rendering in occurrences(source, hits, hypothesis):
            self._add(document, source, term, kind, rendering)

    def _add(self, document: str, source: str, term: str, kind: TermType, rendering: str) -> None:
        if term in COMMON:
            return
        if len(self._found) >= MOST_TERMS and term not in self._found:
            self._forget()
        found = self._found.get(term)
        if found is None:
            found = self._found[term] = _Found()
        found.renderings[rendering] = found.renderings.get(rendering, 0) + 1
        name = kind.value
        found.kinds[name] = found.kinds.get(name, 0) + 1
        found.files[document] = None
        if not found.example or len(source) < len(found.example):
            found.example = source

    def merge(self, other: TermStatistics) -> None:
        """Takes what another one has collected from other documents."""
        for term, theirs in other._found.items():
            if len(self._found) >= MOST_TERMS and term not in self._found:
                self._forget()
            found = self._found.setdefault(term, _Found(example=theirs.example))
            found.take(theirs)
            found.example = min(found.example, theirs.example, key=len)

    def _forget(self) -> None:
        """Makes room: of the terms seen once the older half goes, of what is left then the rarest."""
        once = [t for t, f in self._found.items() if f.frequency == 1]
        gone = once[: len(once) // 2 + 1] if len(once) > MOST_TERMS // 10 else []
        if not gone:
            gone = sorted(self._found, key=lambda t: self._found[t].frequency)[: MOST_TERMS // 4 + 1]
        for term in gone:
            del self._found[term]

    def _join_genitives(self) -> None:
        """Selenskyjs is Selenskyj where that occurs, too; Kallas alone stays Kallas."""
        genitives = [t for t in self._found if t.endswith("s") and t[:-1] in self._found]
        for term in sorted(genitives, key=len, reverse=True):  # Strauss, Straus, Strau: each into the next
            found = self._found.pop(term)
            self._found[term[:-1]].take(found)

    def inconsistent(self, most: int) -> list[Suggestion]:
        """The terms that were rendered in more than one way, each at least twice, the weightiest first."""
        mixed = [s for s in self.suggestions(len(self._found) or 1) if s.others]
        return [s for s in mixed if sum(n > 1 for n in self._found[s.entry.source].renderings.values()) > 1][:most]

    def suggestions(self, most: int, least: int = 2) -> list[Suggestion]:
        """The terms that occur at least `least` times (names once), the weightiest first."""
        self._join_genitives()
        ranked = sorted(self._found.items(), key=lambda item: (-item[1].weight, item[0]))
        result = []
        for term, found in ranked:
            kind = TermType(max(found.kinds, key=found.kinds.__getitem__))
            if found.frequency < (1 if kind is TermType.NAME else least):
                continue
            (best, _), *others = Counter(found.renderings).most_common()
            if kind is TermType.NAME and not others and best == term:
                continue  # a name that stays as it is needs no entry
            inferred = infer_type(term, best) if kind is not TermType.NAME else TermType.NAME
            shown = " | ".join(f"{text} ({n})" for text, n in others)
            entry = Entry(term, (best,), type=inferred)
            result.append(Suggestion(entry, found.frequency, len(found.files), shown, found.example))
            if len(result) == most:
                break
        return result
