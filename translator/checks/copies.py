"""Sentences that were not translated at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from translator.checks.function_words import GERMAN_ONLY
from translator.checks.model import Finding, Severity
from translator.checks.sentence import Sentence
from translator.checks.wording import german_to_english, known

RULE = "copies"

NEARLY = 0.9
"""Similarity of the letters from which a translation counts as a copy (OpusFilter's longest common substring: 0.9)."""


_COMMON = "enotisarhldu"
"""Letters whose numbers differ most between a sentence and its translation."""


def letters(text: str) -> str:
    """The letters of a text alone, folded: what makes two texts the same for a reader."""
    return "".join(filter(str.isalpha, text.casefold()))


def _may_be_copy(one: str, other: str) -> bool:
    """Whether two folded texts can be similar enough.

    What one has more of a letter than the other has no match; nearly all translations end here.
    """
    size = len(one) + len(other) - one.count(" ") - other.count(" ")
    unmatched = sum([abs(one.count(letter) - other.count(letter)) for letter in _COMMON])
    return size - unmatched >= NEARLY * size


def _similar(one: str, other: str) -> bool:
    """Whether the letters of two texts are nearly the same in the same order."""
    if not 0.8 < len(one) / max(len(other), 1) < 1.25:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY


def _is_prose(words: Sequence[str]) -> bool:
    """Whether a text has words that English does not share: function words, or several lower-case ones."""
    if any(word.lower() in GERMAN_ONLY for word in words):
        return True
    return sum(word.islower() and len(word) > 3 and not known(word, "en") for word in words) >= 2


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for a copy in words English does not share, information for a copied line of names."""
    if sentence.source_language == sentence.target_language:
        return
    source, target = sentence.free
    if not _may_be_copy(source.folded, target.folded) or len(source.words) < 3:
        return
    one, other = letters(source.text), letters(target.text)
    same = one == other
    if not same and not _similar(one, other):
        return
    if german_to_english(sentence) and not _is_prose(source.words):
        if same and len(source.words) > 4:
            yield Finding(RULE, "the same as the original", Severity.INFO)
        return
    yield Finding(RULE, "not translated: the same as the original")
