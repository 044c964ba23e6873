"""Parts of compounds: Waffenstillstandsverhandlungen and Wintergasspeicher hold entries that are only checked.

Forcing half a compound damages it (ceasefire + negotiations may rightly become "ceasefire talks" or "talks on a
ceasefire"), so these hits are soft.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from translator.glossary.model import Entry, Form, MatchMode
from translator.glossary.morphology import is_common_noun, is_known, lemma
from translator.glossary.words import fold

SHORTEST_ENTRY = 5
SHORTEST_REST = 3
SHORTEST_MODIFIER = 4
_FEMININE = ("in", "innen")
"""Forscherinnen is no compound of Forscher and innen."""
_LINKERS = ("", "s", "es", "n", "en", "er")


class CompoundIndex:
    """Single nouns of five letters or more by their folded form; names are no parts (Bundeswehrsoldaten)."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._nouns: dict[str, Entry] = {}
        for entry in entries:
            single = entry.source[:1].isupper() and entry.source.isalpha() and len(entry.source) >= SHORTEST_ENTRY
            if single and not entry.is_name and entry.match is MatchMode.INFLECTED:
                for spelling in {entry.source.lower(), fold(entry.source)}:  # Straße, Strasse
                    self._nouns.setdefault(spelling, entry)
        # In front of another noun a final -e falls: Schulpolitik, Grenzkontrolle, Hilfspaket.
        self._modifiers = dict(self._nouns)
        for folded, entry in self._nouns.items():
            if folded.endswith("e"):
                self._modifiers.setdefault(folded[:-1], entry)
        self._find = lru_cache(maxsize=200_000)(self._find_uncached)

    def find(self, word: str) -> tuple[Entry, Form] | None:
        """The longest entry that is a part of the word, as modifier (in front) or head (behind)."""
        if not self._nouns or len(word) < SHORTEST_ENTRY + SHORTEST_REST or not word[0].isupper():
            return None
        return self._find(word)

    def _find_uncached(self, word: str) -> tuple[Entry, Form] | None:
        found = [f for f in (self._modifier(word), self._head(word)) if f]
        return max(found, key=lambda f: len(f[0].source), default=None)

    def _modifier(self, word: str) -> tuple[Entry, Form] | None:
        """The longest entry in front."""
        folded = word.lower()
        for end in range(len(folded) - SHORTEST_REST, SHORTEST_ENTRY - 2, -1):
            entry = self._modifiers.get(folded[:end])
            if entry is not None and _is_rest(folded[end:]):
                return entry, Form.MODIFIER
        return None

    def _head(self, word: str) -> tuple[Entry, Form] | None:
        """The longest entry behind."""
        head = lemma(word)
        for start in range(SHORTEST_MODIFIER, len(head) - SHORTEST_ENTRY + 1):
            entry = self._nouns.get(head[start:])
            if entry is not None and _is_modifier(head[:start]):
                return entry, Form.HEAD
        return None


def _is_rest(rest: str) -> bool:
    """Whether what follows a modifier is a word, perhaps after a linking letter: s-verhandlungen."""
    for linker in _LINKERS:
        word = rest.removeprefix(linker) if rest.startswith(linker) else ""
        if rest not in _FEMININE and len(word) >= SHORTEST_REST:
            known = is_known if len(word) > SHORTEST_REST else is_common_noun  # -ler, -eur are endings, Rat is a noun
            if known(word.capitalize()):
                return True
    return False


def _is_modifier(modifier: str) -> bool:
    """Whether what stands before a head is a word, with or without its linking letter: Friedens-verhandlung."""
    for linker in _LINKERS:
        word = modifier.removesuffix(linker) if linker and modifier.endswith(linker) else modifier
        if len(word) >= SHORTEST_MODIFIER and is_known(word.capitalize()):
            return True
    return False
