"""The matching chain: which entries stand in a text, each place taken by the longest.

The order of the strategies decides what a hit is called, and which one wins between two of equal length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translator.glossary.matching.adjective import AdjectiveStrategy
from translator.glossary.matching.compound import CompoundIndex
from translator.glossary.matching.exact import ExactStrategy
from translator.glossary.matching.genitive import GenitiveStrategy
from translator.glossary.matching.inflected import InflectedStrategy
from translator.glossary.matching.prefix import PrefixStrategy
from translator.glossary.matching.spelling import SpellingStrategy
from translator.glossary.matching.strategy import Strategy
from translator.glossary.model import Entry, Form, Glossary, Hit
from translator.glossary.words import Word, words

CHAIN: tuple[Strategy, ...] = (
    ExactStrategy(),  # first: a form that has an entry of its own (Golfstaaten) must not become one of Golfstaat
    InflectedStrategy(),  # Waffenstillstandes
    AdjectiveStrategy(),  # Verbündeten; after inflected, whose lemmas are surer
    GenitiveStrategy(),  # Selenskyjs; names only, so it never competes with inflected
    PrefixStrategy(),  # entries with match=prefix or custom
    SpellingStrategy(),  # Muenchen; last, because transliteration makes unlike words alike (Maße, Masse)
)

_CACHE_LIMIT = 200_000


class Matcher:
    """Finds the entries of a glossary; built once, then about a microsecond a known word."""

    def __init__(self, glossary: Glossary) -> None:
        self._entries: list[tuple[Entry, list[tuple[str, frozenset[str]]]]] = []
        self._index: dict[str, list[int]] = {}
        self._keys: dict[tuple[str, bool], tuple[str, ...]] = {}
        for entry in glossary.entries:
            self._add(entry)
        # A strategy that no entry asks for (prefix: many keys a word) costs nothing.
        used = {int(k.split(":", 1)[0]) for _, parts in self._entries for _, keys in parts for k in keys}
        self._chain = [(rank, strategy) for rank, strategy in enumerate(CHAIN) if rank in used]
        self._compounds = CompoundIndex(glossary.entries)

    def _add(self, entry: Entry) -> None:
        parts = [
            (word, frozenset(f"{rank}:{key}" for rank, s in enumerate(CHAIN) for key in s.entry_keys(word, entry)))
            for word in _entry_words(entry.source)
        ]
        if parts:
            for key in parts[0][1]:
                self._index.setdefault(key, []).append(len(self._entries))
            self._entries.append((entry, parts))

    def hits(self, text: str) -> list[Hit]:
        """Entries found in a text, in order, none overlapping another."""
        tokens = words(text)
        candidates = [c for i in range(len(tokens)) for c in self._at(tokens, i)]
        # Longest first by words, then characters; then the surer form; then the order of the glossary.
        candidates.sort(key=lambda c: (-(c[1] - c[0]), tokens[c[0]].start - tokens[c[1] - 1].end, c[2], c[3]))
        taken, hits = [False] * len(tokens), list[Hit]()
        for start, end, rank, index in candidates:
            if any(taken[start:end]):
                continue
            taken[start:end] = [True] * (end - start)
            hits.append(
                Hit(self._entries[index][0], tokens[start].start, tokens[end - 1].end, _form(tokens, start, end, rank))
            )
        for i, token in enumerate(tokens):
            if not taken[i] and (found := self._compounds.find(token.text)):
                entry, form = found
                hits.append(Hit(entry, token.start, token.end, form))
        return sorted(hits, key=lambda hit: hit.start)

    def _at(self, tokens: Sequence[Word], start: int) -> Iterator[tuple[int, int, int, int]]:
        """Entries that match from word `start`: (start, end, rank of the weakest strategy used, entry index)."""
        seen = set[int]()
        for key in self._text_keys(tokens[start]):
            for index in self._index.get(key, ()):
                if index not in seen:
                    seen.add(index)
                    if (found := self._extend(tokens, start, index)) is not None:
                        yield start, found[0], found[1], index

    def _extend(self, tokens: Sequence[Word], start: int, index: int) -> tuple[int, int] | None:
        """End and weakest rank of an entry that begins at word `start`, or None where it does not match whole."""
        entry, parts = self._entries[index]
        at, weakest = start, 0
        for word, keys in parts:
            if at >= len(tokens):
                return None
            rank = min((int(k.split(":", 1)[0]) for k in self._text_keys(tokens[at]) if k in keys), default=-1)
            if rank < 0 or not _case_fits(word, tokens[at], entry):
                return None
            weakest = max(weakest, rank)
            at += 1
        return at, weakest

    def _text_keys(self, word: Word) -> tuple[str, ...]:
        cached = self._keys.get((word.text, word.apostrophe))
        if cached is None:
            if len(self._keys) > _CACHE_LIMIT:
                self._keys.clear()
            cached = tuple(f"{rank}:{key}" for rank, s in self._chain for key in s.text_keys(word))
            self._keys[word.text, word.apostrophe] = cached
        return cached


def _entry_words(source: str) -> list[str]:
    return [w for w in re.split(r"[\s‑-]+", source) if w]


def _form(tokens: Sequence[Word], start: int, end: int, rank: int) -> Form:
    """The strategy's form, or HYPHEN where the words found are part of a longer hyphenated one (Ukraine-Waffenruhe)."""
    if tokens[start].joined or (end < len(tokens) and tokens[end].joined):
        return Form.HYPHEN
    return CHAIN[rank].form


def _case_fits(entry_word: str, word: Word, entry: Entry) -> bool:
    """Whether the capitals allow the match.

    Acronyms must agree (EU is not eu). A capital in the entry wants one in the text (Grünen are a party, grünen is not),
    also in text all in capitals; a small letter in the entry wants one too, but at the beginning of a sentence.
    """
    text = word.text
    if entry_word.isupper() and len(entry_word) > 1 and any(c.isalpha() for c in entry_word):
        return text.startswith(entry_word) or (text.isupper() and len(entry_word) > 4)
    if entry.case_sensitive:
        return text[:1] == entry_word[:1] and text.isupper() == entry_word.isupper()
    if entry_word[:1].isupper():
        return text[:1].isupper()
    return text[:1].islower() or not text[:1].isalpha() or word.opening or text.isupper()
