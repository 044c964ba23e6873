"""Whether a word of one language may be a name of the other in another spelling: Selenskyj, Zelenskyy; Köln, Cologne."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Set
from difflib import SequenceMatcher
from functools import lru_cache

from translator.checks.exonyms import EXONYMS

SIMILAR = 0.62
"""Similarity of two spellings of one name: Selenskyj and Zelenskyy 0.67 after the replacements below."""

SIMILAR_ADJECTIVE = 0.75
"""The same for a German adjective (bayerisch, Bavarian), where chance has more words to meet."""

_SPELLINGS = (("tsch", "ch"), ("sch", "sh"), ("w", "v"), ("j", "y"), ("ß", "ss"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue"))
_SHORT_STEM = 5
"""Letters of a stem below which a German word must begin with it."""
_SHORT_STEMS = frozenset(stem for stem in EXONYMS if len(stem) < _SHORT_STEM)
_LONG_STEM = re.compile("|".join(stem for stem in EXONYMS if len(stem) >= _SHORT_STEM))
_FORM = re.compile("|".join({form for forms in EXONYMS.values() for form in forms}))


def strange_names(names: Iterable[str], words: Set[str], there: Set[str]) -> set[str]:
    """Which English names none of the German words is: the same, a part or the whole of it, called so in English or spelt like it.

    Words that are also on the English side, `there` in folded form, are spelt like nothing else.
    """
    spellings = set(map(spelling, words))
    left = {name for name in names if not _has_part(spellings, spelling(name))}
    if left:
        called = [name for name in left if _FORM.match(name.lower())]
        forms = tuple({form for word in words for form in exonyms(word.lower())}) if called else ()
        left.difference_update([name for name in called if name.lower().startswith(forms)])
    if left:
        spare = [(spelling(word), _least(word)) for word in words if word.casefold() not in there]
        left = {name for name in left if not any(_alike(word, spelling(name), least) for word, least in spare)}
    return left


def lost_names(names: Iterable[str], words: Set[str], there: Set[str]) -> set[str]:
    """Which German names none of the English words is, as above; `there` are the folded words of the German side."""
    spellings = set(map(spelling, words))
    left = {name for name in names if not _has_part(spellings, spelling(name))}
    for name in list(left):
        forms = exonyms(name.lower())
        if forms and any(word.lower().startswith(forms) for word in words):
            left.remove(name)
    if left:
        spare = [spelling(word) for word in words if word.casefold() not in there]
        left = {name for name in left if not any(_alike(spelling(name), word, _least(name)) for word in spare)}
    return left


def _has_part(spellings: Set[str], one: str) -> bool:
    """Whether a spelling is among others or, from four letters on, one is a part of the other (Merkel, Merkel-Regierung)."""
    if one in spellings:
        return True
    if len(one) < 4:
        return False
    return any(len(other) > 3 and (one in other or other in one) for other in spellings)


@lru_cache(maxsize=20_000)
def spelling(name: str) -> str:
    """The letters of a name, folded, where German and English spellings of foreign names differ as in English."""
    name = name.casefold()
    for german, english in _SPELLINGS:
        if german in name:
            name = name.replace(german, english)
    if not name.isascii():
        name = unicodedata.normalize("NFD", name)
    return name if name.isalnum() else "".join(filter(str.isalnum, name))


def _least(german: str) -> float:
    return SIMILAR if german[0].isupper() else SIMILAR_ADJECTIVE


def _alike(german: str, english: str, least: float) -> bool:
    """Whether two spellings are similar enough to be those of one name."""
    if 2.0 * common_letters(german, english) / (len(german) + len(english)) < least:
        return False  # the ratio cannot reach it, and nearly all pairs end here
    return _ratio(german, english) >= least


@lru_cache(maxsize=5_000)
def _ratio(german: str, english: str) -> float:
    return SequenceMatcher(None, german, english, autojunk=False).ratio()


def common_letters(one: str, other: str) -> int:
    """At least as many letters as two words have in common, in whatever order; of words in a to z exactly as many."""
    return (_letters(one) & _letters(other)).bit_count()


@lru_cache(maxsize=20_000)
def _letters(word: str) -> int:
    """The letters of a word as bits, the first, second … of the same letter in the first, second … 32."""
    found = 0
    for letter in word:
        bit = 1 << (ord(letter) & 31)
        while found & bit:
            bit <<= 32
        found |= bit
    return found


@lru_cache(maxsize=20_000)
def exonyms(german: str) -> tuple[str, ...]:
    """How the English for a German name, or for a part of it (Niedersachsen, Lower Saxony), may begin; most have none."""
    if not _LONG_STEM.search(german) and _SHORT_STEMS.isdisjoint([german[:size] for size in range(2, _SHORT_STEM)]):
        return ()
    return tuple(
        form
        for stem, forms in EXONYMS.items()
        if (german.startswith(stem) if len(stem) < _SHORT_STEM else stem in german)
        for form in forms
    )
