"""Glossary terms that did not get into the translation, as the enforcement reports them."""

from __future__ import annotations

from collections.abc import Sequence

from translator.checks.model import Finding
from translator.glossary.model import Outcome, TermResult

RULE = "term"


def check_terms(terms: Sequence[TermResult]) -> tuple[Finding, ...]:
    """A warning for every term that should be in the translation and is not."""
    return tuple(
        Finding(RULE, f"{t.hit.entry.source} should be {' or '.join(t.hit.entry.targets)}")
        for t in terms
        if t.outcome is Outcome.MISSED and not t.hit.soft
    )
