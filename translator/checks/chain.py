"""All checks, in the order in which a reader should see their findings."""

from __future__ import annotations

from translator.checks import (
    codes,
    confidence,
    copies,
    currency,
    leftovers,
    lengths,
    names,
    negation,
    numbers,
    punctuation,
    quotes,
    repetition,
    sentence_count,
    terms,
    untranslated,
)
from translator.checks.model import Finding
from translator.checks.sentence import Check, Sentence

CHECKS: tuple[Check, ...] = (
    terms.check,
    copies.check,
    untranslated.check,
    negation.check,
    numbers.check,
    currency.check,
    names.check,
    codes.check,
    lengths.check,
    repetition.check,
    sentence_count.check,
    quotes.check,
    punctuation.check,
    leftovers.check,
    confidence.check,
)


def run_checks(sentence: Sentence) -> tuple[Finding, ...]:
    """What all checks find in a sentence."""
    return tuple(finding for check in CHECKS for finding in check(sentence))
