"""Looking sentences up in the memory for people: what is alike, best first."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from translator.documents.characters import collapse
from translator.memory.model import EntryOrigin, MemoryEntry

CANDIDATES = 300
"""Entries compared letter by letter, after their words have been compared.

difflib and this first sieve, where rapidfuzz would bring 12 MB: a memory of 100,000 sentences takes about a second.
"""


@dataclass(frozen=True)
class Match:
    """An entry and how alike it is, 0 to 1."""

    similarity: float
    source_language: str
    target_language: str
    entry: MemoryEntry


def search(
    text: str, entries: Iterable[tuple[str, str, MemoryEntry]], most: int = 10, least: float = 0.4
) -> list[Match]:
    """Entries whose source or translation is like the text; one that contains it is as like as can be."""
    text = collapse(text)
    wanted = _wanted(text)
    scored: list[tuple[float, int, tuple[str, str, MemoryEntry]]] = []
    for number, (source, target, entry) in enumerate(entries):
        share = max(_shared(wanted, entry.source), _shared(wanted, entry.target))
        if share > 0:
            scored.append((share, -number, (source, target, entry)))
    best = heapq.nlargest(CANDIDATES, scored, key=lambda s: s[:2])
    matches = [
        Match(max(_similarity(text, e.source), _similarity(text, e.target)), source, target, e)
        for _, _, (source, target, e) in best
    ]
    order = sorted(matches, key=lambda m: (-m.similarity, m.entry.origin is not EntryOrigin.HUMAN, m.entry.source))
    return [m for m in order if m.similarity >= least][:most]


def _wanted(text: str) -> set[str]:
    """What is looked for: the words of two letters and more, or the text itself where it has none (a letter, a sign)."""
    return _words(text) or ({text.casefold()} if text else set())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{2,}", text.casefold()))


def _shared(wanted: set[str], text: str) -> float:
    """Share of the words looked for that a text has; beginnings of words count half (Waffen- in Waffenruhe)."""
    folded = text.casefold()
    words = _words(text)
    return sum(1.0 if w in words else 0.5 if w in folded else 0.0 for w in wanted) / max(len(wanted), 1)


def _similarity(text: str, other: str) -> float:
    a, b = text.casefold().strip(), other.casefold()
    if a and a in b:
        return 1.0 if len(a) == len(b) else 0.9 + 0.1 * len(a) / len(b)
    return SequenceMatcher(None, a, b, autojunk=False).ratio()
