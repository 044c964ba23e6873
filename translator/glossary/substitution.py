"""Putting a term in the place of a wrong rendering, where it is certain which words those are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translator.engine.hypotheses import Hypothesis
from translator.glossary import alignment
from translator.glossary.agreement import replace
from translator.glossary.marks import places
from translator.glossary.model import Hit
from translator.glossary.verification import Span, Verifier


def substitute(
    hypothesis: Hypothesis, source: str, hits: Sequence[Hit], verifier: Verifier, index: int
) -> Hypothesis | None:
    """The hypothesis with the rendering of hit `index` replaced by its term, or None where that is not certain.

    First a known wrong rendering (the entry's `forbidden`, and for names the German spelling), if it stands there
    exactly as often as the term is missing; then the words that the alignment gives, if they are one run of a few
    words and belong to no other hit. Never inserts where nothing is replaced.
    """
    entry = hits[index].entry
    text = hypothesis.text
    spans = verifier.spans(text, hits)
    taken = [s for s in spans if s is not None]
    wrong = _known_wrong(text, hits, verifier, index, taken)
    if wrong is None:
        wrong = _aligned(hypothesis, places(source, hits[index]), taken, name=entry.is_name)
    if wrong is None:
        return None
    changed = replace(text, *wrong, entry.target, name=entry.is_name, language=verifier.language)
    if not fits_better(changed, spans, hits, verifier, index):
        return None
    return Hypothesis(changed, hypothesis.score, _moved(hypothesis, wrong, changed))


def fits_better(
    changed: str, before: Sequence[Span | None], hits: Sequence[Hit], verifier: Verifier, index: int
) -> bool:
    """Whether a changed translation places hit `index`, costs no other hit its place and doubles no word."""
    after = verifier.spans(changed, hits)
    kept = all(after[i] is not None for i, span in enumerate(before) if span is not None)
    return after[index] is not None and kept and not doubles(changed, hits[index].entry.target)


def _moved(hypothesis: Hypothesis, wrong: Span, changed: str) -> tuple[tuple[int, float], ...] | None:
    """The alignment after words were replaced: the new words belong to the source word of the first old one."""
    if hypothesis.alignment is None:
        return None
    first = min(hypothesis.text[: wrong[0] + 1].count(" "), len(hypothesis.alignment) - 1)
    behind = len(hypothesis.text[wrong[1] :].split(" ")) - 1
    count = len(changed.split()) - first - behind
    if count < 1:
        return None
    tail = hypothesis.alignment[len(hypothesis.alignment) - behind :] if behind else ()
    return (*hypothesis.alignment[:first], *([hypothesis.alignment[first]] * count), *tail)


def _known_wrong(text: str, hits: Sequence[Hit], verifier: Verifier, index: int, taken: Sequence[Span]) -> Span | None:
    entry = hits[index].entry
    renderings = [*entry.forbidden, *([entry.source] if entry.is_name else [])]
    spans = verifier.spans(text, hits)
    missing = sum(h.entry is entry and not h.soft for h, s in zip(hits, spans, strict=True) if s is None)
    places: list[Span] = []
    for rendering in renderings:
        for place in verifier.occurrences(text, rendering, name=entry.is_name):
            if all(place[1] <= s[0] or s[1] <= place[0] for s in [*taken, *places]):
                places.append(place)
    return min(places) if places and len(places) == missing else None


def _aligned(hypothesis: Hypothesis, words: frozenset[int], taken: Sequence[Span], *, name: bool) -> Span | None:
    """The run of words that renders the hit by the alignment, if no other hit has a part of it."""
    span = alignment.rendering(hypothesis, words)
    if span is None or any(s[0] < span[1] and span[0] < s[1] for s in taken):
        return None
    if name and not any(w[:1].isupper() for w in hypothesis.text[slice(*span)].split()):
        return None  # a name is not rendered by lower-case words; the alignment is wrong
    return span


def doubles(text: str, term: str) -> bool:
    """Whether the term now stands twice within a few words (a ceasefire ceasefire)."""
    return re.search(rf"\b{re.escape(term)}(?:\W+\w+)?\W+{re.escape(term)}\b", text, re.I) is not None
