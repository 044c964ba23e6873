"""Which words of a translation render which words of the source, by the model's own alignment."""

from __future__ import annotations

import re
from collections.abc import Set

from translator.engine.hypotheses import Hypothesis

LEAST_CERTAINTY = 0.5
"""Attention that a target word must give to the source words for it to count as their rendering."""
MOST_WORDS = 4
_ARTICLE = re.compile(r"(?:the|an?)\W+(?=\w)", re.I)
FUNCTION_WORDS = frozenset(
    "the a an of to in on at for by with from and or but not is are was were be been has have had will would it its he "
    "she they we you i his her their this that these those as than".split()
)


def rendering(hypothesis: Hypothesis, source_words: Set[int]) -> tuple[int, int] | None:
    """Characters of the one run of at most MOST_WORDS words that renders the source words, else None.

    Punctuation around the run and a leading article do not belong to it; function words alone are no rendering.
    """
    if hypothesis.alignment is None or not source_words:
        return None
    offsets = [m.span() for m in re.finditer(r"\S+", hypothesis.text)]
    if len(offsets) != len(hypothesis.alignment):
        return None
    aligned = enumerate(hypothesis.alignment)
    chosen = [i for i, (word, sure) in aligned if word in source_words and sure >= LEAST_CERTAINTY]
    if not chosen or len(chosen) > MOST_WORDS or chosen[-1] - chosen[0] != len(chosen) - 1:
        return None
    start, end = offsets[chosen[0]][0], offsets[chosen[-1]][1]
    words = hypothesis.text[start:end]
    start += len(words) - len(re.sub(r"^\W+", "", words))
    end -= len(words) - len(re.sub(r"\W+$", "", words))
    if start >= end:
        return None
    if article := _ARTICLE.match(hypothesis.text[start:end]):
        start += article.end()
    inner = re.findall(r"\w+(?:['’]\w+)?", hypothesis.text[start:end])
    return None if all(word.lower() in FUNCTION_WORDS for word in inner) else (start, end)
