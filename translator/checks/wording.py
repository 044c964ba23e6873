"""What the checks read: words with their places, without what the glossary decided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from translator.checks.model import Sentence
from translator.language import lemmas
from translator.language.sentences import split

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A run of letters, with the apostrophes inside it."""

LEAST, MOST = 0.5, 2.0
"""Bounds of the characters of a sentence by those of its translation, where several stand in a segment."""

KNOWN_PAIR = ("de", "en")
"""The languages whose words the rules know."""
QUOTATION_MARKS = '"„“”«»‟'
"""Double quotation marks of German and English texts; single ones are also apostrophes."""


def german_to_english(sentence: Sentence) -> bool:
    """Whether rules that know the words of both languages apply."""
    return (sentence.source_language, sentence.target_language) == KNOWN_PAIR


def free_texts(sentence: Sentence) -> tuple[str, str]:
    """Source and target with glossary terms blanked out, so that places stay the same."""
    source = _blank(sentence.source, ((t.hit.start, t.hit.end) for t in sentence.terms))
    target = _blank(sentence.target, (t.span for t in sentence.terms if t.span is not None))
    for form in {form for t in sentence.terms for form in t.hit.entry.targets if form.strip()}:
        pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.I)
        target = pattern.sub(lambda match: " " * len(match[0]), target)
    return source, target


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        start, end = max(start, 0), min(end, len(text))
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@lru_cache(maxsize=64)
def aligned(source: str, target: str) -> tuple[tuple[str, str, int], ...]:
    """The German and English sentences of a text side by side, each with the place of the English one in its text.

    One pair of the whole texts where the sentences do not stand for each other one by one, by number and length.
    """
    theirs, ours = split(source, "de"), split(target, "en")
    lengths = (len(o) / max(len(t), 1) for t, o in zip(theirs, ours, strict=False))
    if len(theirs) != len(ours) or not all(LEAST < ratio < MOST for ratio in lengths):
        return ((source, target, 0),)
    pairs, at = list[tuple[str, str, int]](), 0
    for one, other in zip(theirs, ours, strict=True):
        at = max(target.find(other, at), 0)
        pairs.append((one, other, at))
        at += len(other)
    return tuple(pairs)


def letters(text: str) -> str:
    """The letters of a text alone, folded: what makes two texts the same for a reader."""
    return "".join(c for c in text.casefold() if c.isalpha())


def load_dictionaries() -> None:
    """Unpacks simplemma's German and English dictionaries, which takes most of a second, before they are asked."""
    known("der", "de"), known("the", "en")


@lru_cache(maxsize=100_000)
def known(word: str, language: str) -> bool:
    """Whether simplemma's dictionary of a language has a word, as written or in lower case."""
    return bool(lemmas.is_known(word, language) or lemmas.is_known(word.lower(), language))
