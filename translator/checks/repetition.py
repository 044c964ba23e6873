"""Loops of a decoder: words or phrases that come again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from translator.checks.model import Finding, Sentence
from translator.checks.wording import WORD

RULE = "repetition"

LONGEST_PHRASE = 12
"""Words of the longest phrase that is looked for back to back."""

_DOUBLED = frozenset("had that very so no yes ha never more again many much really is do on in bye blah go far".split())
"""English words that may stand twice ("had had", "very, very")."""

_COUNTED, _MOST = 4, 3
"""A phrase of that many words may not come that often anywhere in a sentence."""


_STOP = re.compile(r"[.,;:!?]")
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|{WORD.pattern}")


def _loop(words: Sequence[str], stops: Collection[int]) -> tuple[int, int] | None:
    """Place and length of the first phrase that follows itself, shortest first.

    A single word may come twice with a stop between (by the port. Port Rashid; stared at, at most): `stops` are the
    places of the words before one.
    """
    for size in range(1, LONGEST_PHRASE + 1):
        for start in range(len(words) - 2 * size + 1):
            if words[start : start + size] != words[start + size : start + 2 * size]:
                continue
            if size == 1 and words[start][0].isdigit():  # a score: 15:15
                continue
            often = 4 if words[start] in _DOUBLED else 3 if start in stops else 2
            if size == 1 and words[start : start + often] != [words[start]] * often:
                continue
            return start, size
    return None


def _frequent(words: Sequence[str]) -> int:
    if len(set(words)) + _MOST > len(words) + 1:
        return 1  # too few words come again
    counts = Counter(tuple(words[i : i + _COUNTED]) for i in range(len(words) - _COUNTED + 1))
    return max(counts.values(), default=0)


def _tokens(text: str) -> tuple[list[re.Match[str]], list[str]]:
    """Words and numbers of a text, and the same folded."""
    places = list(_TOKEN.finditer(text))
    return places, [place[0].casefold() for place in places]


def _stops(text: str, places: Sequence[re.Match[str]]) -> frozenset[int]:
    """The places of the words with a stop behind them."""
    pairs = enumerate(pairwise(places))
    return frozenset(i for i, (one, other) in pairs if _STOP.search(text, one.end(), other.start()))


def _may_loop(words: Sequence[str]) -> bool:
    """Whether a word stands twice within LONGEST_PHRASE words: in most sentences none does, and nothing is looked for."""
    last = dict[str, int]()
    for at, word in enumerate(words):
        if at - last.get(word, -LONGEST_PHRASE - 1) <= LONGEST_PHRASE:
            return True
        last[word] = at
    return False


def check(sentence: Sentence) -> Iterator[Finding]:
    """One warning, where the source does not repeat itself too."""
    places, words = _tokens(sentence.target)
    found = _loop(words, _stops(sentence.target, places)) if _may_loop(words) else None
    often = _frequent(words) >= _MOST
    if not found and not often:
        return
    origins, source = _tokens(sentence.source)
    if found and not _loop(source, _stops(sentence.source, origins)):
        start, size = found
        span = places[start].start(), places[start + 2 * size - 1].end()
        phrase = sentence.target[places[start].start() : places[start + size - 1].end()]
        yield Finding(RULE, f"repeated: {phrase}", span=span)
    elif often and _frequent(source) < _MOST:
        yield Finding(RULE, "the same words come again and again")
