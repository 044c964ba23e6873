"""Glossary terms that did not get into the translation, as the enforcement reports them."""

from __future__ import annotations

from collections.abc import Iterator

from translator.checks.model import Finding
from translator.checks.sentence import Sentence
from translator.glossary.model import Outcome

RULE = "term"


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for every term that should be in the translation and is not."""
    for term in sentence.terms:
        if term.outcome is Outcome.MISSED and not term.hit.soft:
            yield Finding(RULE, f"{term.hit.entry.source} should be {' or '.join(term.hit.entry.targets)}")
