"""What the checks ask of words and sentences: whether a dictionary has them, and which stand side by side."""

from __future__ import annotations

from functools import lru_cache

from translator.checks.sentence import Sentence
from translator.checks.text import Text
from translator.language import lemmas

LEAST, MOST = 0.5, 2.0
"""Bounds of the characters of a sentence by those of its translation, where several stand in a segment."""

KNOWN_PAIR = ("de", "en")
"""The languages whose words the rules know."""
QUOTATION_MARKS = '"„“”«»‟'
"""Double quotation marks of German and English texts; single ones are also apostrophes."""


def german_to_english(sentence: Sentence) -> bool:
    """Whether rules that know the words of both languages apply."""
    return (sentence.source_language, sentence.target_language) == KNOWN_PAIR


def aligned(source: Text, target: Text) -> list[tuple[str, str, int]]:
    """The sentences of both sides next to each other, each with the place of the translated one in its text.

    One pair of the whole texts where the sentences do not stand for each other one by one, by number and length.
    """
    theirs, ours = source.sentences, target.sentences
    if len(theirs) != len(ours) or not all(map(_similarly_long, theirs, ours)):
        return [(source.text, target.text, 0)]
    pairs, at = list[tuple[str, str, int]](), 0
    for one, other in zip(theirs, ours, strict=True):
        at = max(target.text.find(other, at), 0)
        pairs.append((one, other, at))
        at += len(other)
    return pairs


def _similarly_long(one: str, other: str) -> bool:
    return LEAST < len(other) / len(one) < MOST


def load_dictionaries() -> None:
    """Opens simplemma's German and English dictionaries before they are asked; the first time of all takes two seconds."""
    known("der", "de"), known("the", "en")


@lru_cache(maxsize=50_000)
def known(word: str, language: str) -> bool:
    """Whether simplemma's dictionary of a language has the word, as written or in lower case."""
    lower = word.lower()
    # simplemma itself looks for a word with its first letter in the other case.
    return lemmas.is_known(word, language) or (
        word not in (lower, lower.capitalize()) and lemmas.is_known(lower, language)
    )
