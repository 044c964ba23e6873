"""Sentences lost or added inside one segment."""

from __future__ import annotations

from collections.abc import Iterator

from translator.checks.model import Finding, Severity
from translator.checks.sentence import Sentence

RULE = "sentences"

SEVERAL = 2
"""Difference from which it is a warning; translators join and split one sentence freely."""

SHARE = 0.4
"""Share of the sentences that must be lost or added for a warning: in a long paragraph two are joined easily."""


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for several sentences more or fewer, information for one."""
    source, target = (len(text.sentences) for text in sentence.texts)
    if not target or source == target:
        return
    difference = abs(source - target)
    much = difference >= SEVERAL and difference >= SHARE * max(source, target)
    severity = Severity.WARNING if much else Severity.INFO
    yield Finding(RULE, f"{target} sentences for {source}", severity)
