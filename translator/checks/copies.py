"""Sentences that were not translated at all."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from translator.checks.function_words import GERMAN_ONLY
from translator.checks.model import Finding, Sentence, Severity
from translator.checks.wording import WORD, free_texts, german_to_english, known, letters

RULE = "copies"

NEARLY = 0.9
"""Similarity of the letters from which a translation counts as a copy (OpusFilter's longest common substring: 0.9)."""


def _is_prose(text: str) -> bool:
    """Whether a text has words that English does not share: function words, or several lower-case ones."""
    words = [match[0] for match in WORD.finditer(text)]
    if any(word.lower() in GERMAN_ONLY for word in words):
        return True
    return sum(word.islower() and len(word) > 3 and not known(word, "en") for word in words) >= 2


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for a copy in words English does not share, information for a copied line of names."""
    if sentence.source_language == sentence.target_language:
        return
    source, target = free_texts(sentence)
    words = WORD.findall(source)
    if len(words) < 3:
        return
    one, other = letters(source), letters(target)
    same = one == other
    if not same and not (0.8 < len(one) / max(len(other), 1) < 1.25):
        return
    if not same and SequenceMatcher(None, one, other, autojunk=False).quick_ratio() < NEARLY:
        return
    if not same and SequenceMatcher(None, one, other, autojunk=False).ratio() < NEARLY:
        return
    if german_to_english(sentence) and not _is_prose(source):
        if same and len(words) > 4:
            yield Finding(RULE, "the same as the original", Severity.INFO)
        return
    yield Finding(RULE, "not translated: the same as the original")
