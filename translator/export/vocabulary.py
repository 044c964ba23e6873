"""The vocabulary list of a handout: which glossary entries occur, how they are rendered, and where."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from translator.bilingual import BilingualDocument
from translator.glossary.model import Entry, Outcome


@dataclass(frozen=True)
class VocabularyLine:
    """An entry that occurs in a document, with the numbers of the sentences it occurs in.

    `repaired` are those where the tool put it in place, `missed` those whose translation lacks it.
    """

    source: str
    target: str
    note: str
    numbers: tuple[int, ...]
    repaired: frozenset[int] = frozenset()
    missed: frozenset[int] = frozenset()


def vocabulary(bilingual: BilingualDocument) -> list[VocabularyLine]:
    """Entries of the document in alphabetical order; one that is only a part of a longer word counts too."""
    found: dict[int, tuple[Entry, dict[int, set[Outcome]]]] = {}
    for segment in bilingual.segments:
        for term in segment.terms:
            _, numbers = found.setdefault(id(term.hit.entry), (term.hit.entry, {}))
            outcomes = numbers.setdefault(segment.segment.number, set())
            if not (term.hit.soft and term.outcome is Outcome.MISSED):
                outcomes.add(term.outcome)
    lines = [
        VocabularyLine(
            entry.source,
            " / ".join(entry.targets),
            entry.note,
            tuple(numbers),
            frozenset(n for n, outcomes in numbers.items() if Outcome.REPAIRED in outcomes),
            frozenset(n for n, outcomes in numbers.items() if Outcome.MISSED in outcomes),
        )
        for entry, numbers in found.values()
    ]
    return sorted(lines, key=lambda line: _alphabetical(line.source))


def places(line: VocabularyLine, words: Mapping[str, str], *, marks: bool = True) -> str:
    """Sentence numbers; with `marks` * where the tool put the term in place and ! where the translation lacks it."""
    return ", ".join(
        f"{number or words['title']}{'*' * (marks and number in line.repaired)}{'!' * (marks and number in line.missed)}"
        for number in line.numbers
    )


def _alphabetical(text: str) -> str:
    """Sorting key that files Ägypten under A, as dictionaries do."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c))
