"""Ends of sentences: question marks, exclamation marks and full stops."""

from __future__ import annotations

from collections.abc import Iterator

from translator.checks.model import Finding, Severity
from translator.checks.sentence import Sentence

RULE = "punctuation"

_CLOSING = "\"'„“”‚‘’«»‹›)]*_ \t\n\u00a0"
_STOPS = ".!?…:;,–—"


def check(sentence: Sentence) -> Iterator[Finding]:
    """Warnings for a lost question mark and a lost end; information for other changes."""
    # The last sign that is no closing quotation mark or bracket.
    source, ending = sentence.source.rstrip(_CLOSING)[-1:], sentence.target.rstrip(_CLOSING)
    if not ending:
        return
    target, place = ending[-1], (len(ending) - 1, len(ending))
    if source == "?" and not any(mark in sentence.target for mark in "?？؟;"):
        yield Finding(RULE, "the question mark is missing", span=place)
    elif source in ".!…" and source and target.isalnum():
        yield Finding(RULE, "the end of the sentence is missing", span=place)
    elif target == "?" and "?" not in sentence.source:
        yield Finding(RULE, "a question that is none in the original", Severity.INFO, place)
    elif source == ":" and ":" not in sentence.target and target not in _STOPS:
        yield Finding(RULE, "the colon is missing", Severity.INFO, place)
