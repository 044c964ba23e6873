"""Checks of translations without a model: one rule a module, in the order in which a reader should see them."""

from __future__ import annotations

from translator.checks import terms
from translator.checks.model import Check, Finding, Sentence, Severity

CHECKS: tuple[Check, ...] = (terms.check,)

__all__ = ["CHECKS", "Check", "Finding", "Sentence", "Severity", "run_checks"]


def run_checks(sentence: Sentence) -> tuple[Finding, ...]:
    """What all checks find in a sentence."""
    return tuple(finding for check in CHECKS for finding in check(sentence))
