"""Loops of a decoder: words or phrases that come again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from translator.checks.model import Finding
from translator.checks.sentence import Sentence
from translator.checks.text import WORD, Text

RULE = "repetition"

LONGEST_PHRASE = 12
"""Words of the longest phrase that is looked for back to back."""

_DOUBLED = frozenset("had that very so no yes ha never more again many much really is do on in bye blah go far".split())
"""English words that may stand twice ("had had", "very, very")."""

_COUNTED, _MOST = 4, 3
"""A phrase of that many words may not come that often anywhere in a sentence."""


_STOP = re.compile(r"[.,;:!?]")
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|{WORD.pattern}")


def _loop(text: str, words: Sequence[str]) -> tuple[int, int] | None:
    """Place and length of the first phrase that follows itself, shortest first; `words` are those of `_tokens`.

    A single word may come twice with a stop between (by the port. Port Rashid; stared at, at most).
    """
    for size, start in _returns(words):
        if words[start : start + size] != words[start + size : start + 2 * size]:
            continue
        if size == 1 and words[start][0].isdigit():  # a score: 15:15
            continue
        if size == 1:
            often = 4 if words[start] in _DOUBLED else 3 if _stops(text, start) else 2
            if words[start : start + often] != [words[start]] * often:
                continue
        return start, size
    return None


def _returns(words: Sequence[str]) -> list[tuple[int, int]]:
    """Distance and place of the words that come again within LONGEST_PHRASE words: where a phrase may follow itself."""
    places, found = dict[str, list[int]](), list[tuple[int, int]]()
    for at, word in enumerate(words):
        if word not in places:
            places[word] = [at]
            continue
        found += [(at - place, place) for place in places[word][-LONGEST_PHRASE:] if at - place <= LONGEST_PHRASE]
        places[word].append(at)
    return sorted(found)


def _is_frequent(words: Sequence[str]) -> bool:
    """Whether a phrase of _COUNTED words comes _MOST times."""
    if len(words) - len(set(words)) < _MOST + 1:
        return False  # two different words would each come twice again, a single one five times
    often = {word for word, count in Counter(words).items() if count >= _MOST}
    starts = [i for i in range(len(words) - _COUNTED + 1) if words[i] in often]
    phrases = [tuple(words[i : i + _COUNTED]) for i in starts if often.issuperset(words[i : i + _COUNTED])]
    return bool(phrases) and max(Counter(phrases).values()) >= _MOST


def _tokens(text: Text) -> list[str]:
    """The words and numbers of a text, folded."""
    return list(map(str.casefold, _TOKEN.findall(text.text) if text.has_digit else text.words))


def _stops(text: str, word: int) -> bool:
    """Whether a stop stands between a word and the next."""
    place, following = islice(_TOKEN.finditer(text), word, word + 2)
    return _STOP.search(text, place.end(), following.start()) is not None


def check(sentence: Sentence) -> Iterator[Finding]:
    """One warning, where the source does not repeat itself too."""
    original, translated = sentence.texts
    words = _tokens(translated)
    if len(set(words)) == len(words):
        return
    found = _loop(sentence.target, words)
    often = _is_frequent(words)
    if not found and not often:
        return
    source = _tokens(original)
    if found and not _loop(sentence.source, source):
        start, size = found
        places = list(_TOKEN.finditer(sentence.target))
        span = places[start].start(), places[start + 2 * size - 1].end()
        phrase = sentence.target[places[start].start() : places[start + size - 1].end()]
        yield Finding(RULE, f"repeated: {phrase}", span=span)
    elif often and not _is_frequent(source):
        yield Finding(RULE, "the same words come again and again")
