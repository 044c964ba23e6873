"""Sentences the model itself was unsure about."""

from __future__ import annotations

from collections.abc import Iterator

from translator.checks.model import Finding, Severity
from translator.checks.sentence import Sentence

RULE = "confidence"

UNSURE, VERY_UNSURE = -1.0, -1.6
"""Mean log-probability a piece: below the first is worth a note, below the second a look."""


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for a very low score, information for a low one; nothing without a model's score."""
    if sentence.score is None or not sentence.score < UNSURE:
        return
    severity = Severity.WARNING if sentence.score < VERY_UNSURE else Severity.INFO
    yield Finding(RULE, "the model was unsure about this sentence", severity)
