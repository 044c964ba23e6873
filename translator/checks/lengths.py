"""Translations that are far too long or too short for their source."""

from __future__ import annotations

from collections.abc import Iterator

from translator.checks.model import Finding, Severity
from translator.checks.sentence import Sentence
from translator.checks.wording import german_to_english

RULE = "length"

SHORTEST, LONGEST = 0.6, 1.75
"""Bounds of characters in English by characters in German; references of newstest2019 have 0.94 ± 0.16."""

SLACK = 12
"""Characters a translation may be off beyond the bounds: short headlines vary more."""

_WIDE = (0.3, 3.5)
"""Bounds for other languages."""


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for an empty translation or one out of bounds; information in the border zone."""
    source, target = len(sentence.source.strip()), len(sentence.target.strip())
    if source and not target:
        yield Finding(RULE, "there is no translation")
        return
    low, high = (SHORTEST, LONGEST) if german_to_english(sentence) else _WIDE
    if target < low * source - SLACK * (1 - low) and source > SLACK:
        yield Finding(RULE, "much shorter than the original: something may be missing")
    elif target > high * source + SLACK:
        yield Finding(RULE, "much longer than the original: something may have been added")
    elif source > 80 and target < (low + 0.08) * source:
        yield Finding(RULE, "rather short for the original", Severity.INFO)
