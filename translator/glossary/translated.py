"""A translation and what became of the terms in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from translator.engine.hypotheses import Hypothesis
from translator.glossary.model import Hit, Outcome, TermResult
from translator.glossary.verification import Verifier

ALGORITHM = 3
"""Version of what enforcement and repair do to a sentence; a remembered translation of an older one is not used again."""


@dataclass(frozen=True)
class Translated:
    """A translation, what became of its terms, and its alignment to the words of the source (see Hypothesis).

    `repair` names the step that mended a damaged translation (see translator/repair.py); empty where none was needed.
    """

    text: str
    score: float
    terms: tuple[TermResult, ...] = ()
    alignment: tuple[tuple[int, float], ...] | None = None
    repair: str = ""


def settled(hypothesis: Hypothesis, hits: Sequence[Hit], verifier: Verifier, how: Mapping[int, str]) -> Translated:
    """A translation with the outcome of each hit; `how` names, by index, the steps that placed the repaired ones."""
    if not hits:
        return Translated(hypothesis.text, hypothesis.score, (), hypothesis.alignment)
    results = []
    for index, (hit, span) in enumerate(zip(hits, verifier.spans(hypothesis.text, hits), strict=True)):
        if span is None:
            results.append(TermResult(hit, Outcome.MISSED))
        elif index in how:
            results.append(TermResult(hit, Outcome.REPAIRED, how[index], span))
        else:
            results.append(TermResult(hit, Outcome.USED, "", span))
    return Translated(hypothesis.text, hypothesis.score, tuple(results), hypothesis.alignment)
