"""The vocabulary list of a handout: which glossary entries occur, how they are rendered, and where."""

from __future__ import annotations

from dataclasses import dataclass

from translator.bilingual import BilingualDocument
from translator.glossary.model import Entry


@dataclass(frozen=True)
class VocabularyLine:
    """An entry that occurs in a document, with the numbers of the sentences it occurs in."""

    source: str
    target: str
    note: str
    numbers: tuple[int, ...]


def vocabulary(bilingual: BilingualDocument) -> list[VocabularyLine]:
    """Entries of the document in alphabetical order; one that is only a part of a longer word counts too."""
    found: dict[int, tuple[Entry, list[int]]] = {}
    for segment in bilingual.segments:
        for term in segment.terms:
            _, numbers = found.setdefault(id(term.hit.entry), (term.hit.entry, []))
            if segment.segment.number not in numbers:
                numbers.append(segment.segment.number)
    lines = [VocabularyLine(e.source, " / ".join(e.targets), e.note, tuple(n)) for e, n in found.values()]
    return sorted(lines, key=lambda line: line.source.casefold())
