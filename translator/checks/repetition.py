"""Loops of a decoder: words or phrases that come again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from translator.checks.model import Finding, Sentence
from translator.checks.wording import WORD

RULE = "repetition"

LONGEST_PHRASE = 12
"""Words of the longest phrase that is looked for back to back."""

_DOUBLED = frozenset("had that very so no yes ha never more again many much really is do on in bye blah go far".split())
"""English words that may stand twice ("had had", "very, very")."""

_COUNTED, _MOST = 4, 3
"""A phrase of that many words may not come that often anywhere in a sentence."""


def _loop(words: Sequence[str]) -> tuple[int, int] | None:
    """Place and length of the first phrase that follows itself, shortest first."""
    for size in range(1, LONGEST_PHRASE + 1):
        for start in range(len(words) - 2 * size + 1):
            if words[start : start + size] != words[start + size : start + 2 * size]:
                continue
            if size == 1 and words[start] in _DOUBLED and words[start : start + 4] != [words[start]] * 4:
                continue
            return start, size
    return None


def _frequent(words: Sequence[str]) -> int:
    counts = Counter(tuple(words[i : i + _COUNTED]) for i in range(len(words) - _COUNTED + 1))
    return max(counts.values(), default=0)


def check(sentence: Sentence) -> Iterator[Finding]:
    """One warning, where the source does not repeat itself too."""
    places = list(WORD.finditer(sentence.target))
    words = [place[0].casefold() for place in places]
    source = [match[0].casefold() for match in WORD.finditer(sentence.source)]
    found = _loop(words)
    if found and not _loop(source):
        start, size = found
        span = places[start].start(), places[start + 2 * size - 1].end()
        phrase = sentence.target[places[start].start() : places[start + size - 1].end()]
        yield Finding(RULE, f"repeated: {phrase}", span=span)
    elif _frequent(words) >= _MOST > _frequent(source):
        yield Finding(RULE, "the same words come again and again")
