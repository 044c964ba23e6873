"""The matching chain: which entries stand in a text, each place taken by the longest.

The order of the strategies decides what a hit is called, and which one wins between two of equal length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translator.glossary.matching.adjective import AdjectiveStrategy
from translator.glossary.matching.compound import CompoundIndex
from translator.glossary.matching.exact import ExactStrategy
from translator.glossary.matching.genitive import GenitiveStrategy
from translator.glossary.matching.inflected import InflectedStrategy
from translator.glossary.matching.prefix import PrefixStrategy
from translator.glossary.matching.spelling import SpellingStrategy
from translator.glossary.matching.strategy import Strategy
from translator.glossary.model import Entry, Form, Glossary, Hit, MatchMode
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
_CUSTOM_WORD = re.compile(r"[\w|*]+")

Key = tuple[int, str]
"""Rank of a strategy in the chain, and one of its keys."""


@dataclass(frozen=True)
class _Part:
    """A word of an entry: itself, its keys, what stands between it and the word before, and whether an adjective may."""

    word: str
    keys: frozenset[Key]
    gap: str
    room: bool = False


class Matcher:
    """Finds the entries of a glossary; built once, then about a microsecond a known word."""

    def __init__(self, glossary: Glossary) -> None:
        self._entries: list[tuple[Entry, list[_Part]]] = []
        self._index: dict[Key, list[int]] = {}
        self._keys: dict[str, tuple[Key, ...]] = {}
        for entry in glossary.entries:
            self._add(entry)
        # A strategy that no entry asks for (prefix: many keys a word) costs nothing.
        used = {rank for _, parts in self._entries for part in parts for rank, _ in part.keys}
        self._chain = [(rank, strategy) for rank, strategy in enumerate(CHAIN) if rank in used]
        self._compounds = CompoundIndex(glossary.entries)

    def _add(self, entry: Entry) -> None:
        parts = [
            _Part(
                word,
                frozenset((rank, key) for rank, s in enumerate(CHAIN) for key in s.entry_keys(word, entry)),
                gap.replace("*", ""),
                "*" in gap,
            )
            for word, gap in _entry_words(entry)
        ]
        if parts:
            for key in parts[0].keys:
                self._index.setdefault(key, []).append(len(self._entries))
            self._entries.append((entry, parts))

    def hits(self, text: str) -> list[Hit]:
        """Entries found in a text, in order, none overlapping another."""
        if not self._entries:
            return []
        tokens = words(text)
        candidates = [c for i in range(len(tokens)) for c in self._at(text, tokens, i)]
        # Longest first by words, then characters; then the surer form; then the order of the glossary.
        candidates.sort(key=lambda c: (-(c[1] - c[0]), tokens[c[0]].start - tokens[c[1] - 1].end, c[2], c[3]))
        taken, hits = [False] * len(tokens), list[Hit]()
        for start, end, rank, index in candidates:
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                entry, form = self._entries[index][0], _form(tokens, start, end, rank)
                last = tokens[end - 1].end
                last += entry.source.endswith(".") and text[last : last + 1] == "."  # z. B., Mrd.
                hits.append(Hit(entry, tokens[start].start, last, form))
        for i, token in enumerate(tokens):
            if not taken[i] and (found := self._compounds.find(token.text)):
                entry, form = found
                hits.append(Hit(entry, token.start, token.end, form))
        return sorted(hits, key=lambda hit: hit.start)

    def _at(self, text: str, tokens: Sequence[Word], start: int) -> Iterator[tuple[int, int, int, int]]:
        """Entries that match from word `start`: (start, end, rank of the weakest strategy used, entry index)."""
        seen = set[int]()
        for key in self._text_keys(tokens[start]):
            for index in self._index.get(key, ()):
                if index not in seen:
                    seen.add(index)
                    if (found := self._extend(text, tokens, start, index)) is not None:
                        yield start, found[0], found[1], index

    def _extend(self, text: str, tokens: Sequence[Word], start: int, index: int) -> tuple[int, int] | None:
        """End and weakest rank of an entry that begins at word `start`, or None where it does not match whole."""
        entry, parts = self._entries[index]
        at, weakest = start, 0
        for part in parts:
            rank = self._rank(text, tokens, at, part, entry, first=at == start)
            if rank < 0 and part.room and at < len(tokens) and _is_inserted(text, tokens, at):
                at += 1
                rank = self._rank(text, tokens, at, part, entry, first=False)
            if rank < 0:
                return None
            weakest = max(weakest, rank)
            at += 1
        return at, weakest

    def _rank(self, text: str, tokens: Sequence[Word], at: int, part: _Part, entry: Entry, *, first: bool) -> int:
        """Rank of the surest strategy by which word `at` is a part of an entry, -1 where it is none."""
        if at >= len(tokens) or not (first or _gap_fits(text[tokens[at - 1].end : tokens[at].start], part.gap)):
            return -1
        rank = min((key[0] for key in self._text_keys(tokens[at]) if key in part.keys), default=-1)
        return rank if rank >= 0 and _case_fits(part.word, tokens[at], entry) else -1

    def _text_keys(self, word: Word) -> tuple[Key, ...]:
        cached = self._keys.get(word.text)
        if cached is None:
            if len(self._keys) > _CACHE_LIMIT:
                self._keys.clear()
            cached = tuple((rank, key) for rank, s in self._chain for key in s.text_keys(word))
            self._keys[word.text] = cached
        return cached


def _entry_words(entry: Entry) -> list[tuple[str, str]]:
    """Words of an entry, each with what stands before it; custom entries keep their | and *."""
    source = entry.source
    if entry.match is MatchMode.CUSTOM:
        spans = [m.span() for m in _CUSTOM_WORD.finditer(source)]
    else:
        spans = [(w.start, w.end) for w in words(source)]
    ends = [0, *(end for _, end in spans)]
    return [(source[start:end], source[before:start]) for before, (start, end) in zip(ends, spans, strict=False)]


def _is_inserted(text: str, tokens: Sequence[Word], at: int) -> bool:
    """Whether a word may stand where an entry has a lone *: Entwicklung * Länder also finds "Entwicklung armer Länder"."""
    word = tokens[at].text
    adjective = word[:1].islower() and word.endswith(("e", "en", "er", "em", "es"))
    return adjective and not text[tokens[at - 1].end : tokens[at].start].strip()


def _gap_fits(gap: str, wanted: str) -> bool:
    """Whether what stands between two words allows one entry to span them.

    Blank and hyphen are the same (EU-Kommission, EU Kommission); a comma or full stop parts words unless the entry has
    it, too (St. Gallen, E.ON, Bündnis 90/Die Grünen).
    """
    return gap.strip() in ("", "-", "‑") or gap.strip() == wanted.strip()


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
    text, wanted = word.text, entry_word.replace("|", "").rstrip("*")
    if wanted.isupper() and len(wanted) > 1:
        return text.startswith(wanted) or (text.isupper() and len(wanted) > 4)
    if entry.case_sensitive:
        return text[:1] == wanted[:1] and text.isupper() == wanted.isupper()
    if wanted[:1].isupper():
        return text[:1].isupper()
    return text[:1].islower() or not text[:1].isalpha() or word.opening or text.isupper()
