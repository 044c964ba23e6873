"""Prefix re-decoding: the translation up to a word is kept, the term is put behind it, and the model finishes the sentence.

It approximates constrained search (Post and Vilar 2018) with what CTranslate2 offers, and is the last step because it may
change the rest of the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translator.engine.hypotheses import Decoding, Engine, Hypothesis
from translator.glossary.marks import neutral, places
from translator.glossary.model import Hit
from translator.glossary.substitution import fits_better
from translator.glossary.verification import Verifier

LONGEST = 400
"""Characters of a source that is decoded behind prefixes: engines translate longer ones in parts."""
MOST_PLACES = 3
"""Places tried for a term; near its aligned words, or spread over the sentence where nothing is known."""
_ARTICLES = ("the", "a", "an")


@dataclass(frozen=True)
class Attempt:
    """A missing hit of a text and the translation it is missing from."""

    source: str
    hits: Sequence[Hit]
    best: Hypothesis
    index: int


def redecode(
    attempts: Sequence[Attempt], engine: Engine, verifier: Verifier, *, loss: float
) -> list[Hypothesis | None]:
    """For every attempt the best finished translation that places its hit, or None.

    A candidate must place the hit, keep all others, and be at most `loss` nats a piece less likely than the translation
    it replaces; both are scored by the model on the unmarked source.
    """
    texts, prefixes, owner = list[str](), list[str](), list[int]()
    for number, attempt in enumerate(attempts):
        if len(attempt.source) > LONGEST:
            continue
        for prefix in _prefixes(attempt):
            texts.append(neutral(attempt.source))
            prefixes.append(prefix)
            owner.append(number)
    if not texts:
        return [None] * len(attempts)
    finished = [h[0].text for h in engine.translate(texts, Decoding(beam=1), None, prefixes)]
    usable = [
        i
        for i, text in enumerate(finished)
        if fits_better(text, verifier.spans((a := attempts[owner[i]]).best.text, a.hits), a.hits, verifier, a.index)
    ]
    sources = [neutral(a.source) for a in attempts]
    scores = engine.score(
        [texts[i] for i in usable] + sources, [finished[i] for i in usable] + [a.best.text for a in attempts]
    )
    least = [score - loss for score in scores[len(usable) :]]
    best: list[Hypothesis | None] = [None] * len(attempts)
    for i, score in zip(usable, scores, strict=False):
        number = owner[i]
        held = best[number]
        if score >= least[number] and (held is None or score > held.score):
            best[number] = Hypothesis(finished[i], score)
    return best


def _prefixes(attempt: Attempt) -> list[str]:
    """Beginnings of the translation with the term behind them."""
    words = attempt.best.text.split()
    term = attempt.hits[attempt.index].entry.target
    own = places(attempt.source, attempt.hits[attempt.index])
    spots = sorted(i for i, (word, _) in enumerate(attempt.best.alignment or ()) if word in own and i < len(words))
    if spots:
        spots = sorted({max(spots[0] - 1, 0), spots[0], spots[-1] + 1})
    else:
        spots = list(range(0, len(words), max(1, len(words) // MOST_PLACES)))[:MOST_PLACES]
    prefixes = []
    for spot in spots:
        head = words[:spot]
        first = term if head else term[:1].upper() + term[1:]
        article = spot < len(words) and words[spot].lower() in _ARTICLES and term[:1].islower()
        prefixes.append(" ".join([*head, words[spot], term] if article else [*head, first]))
    return prefixes
