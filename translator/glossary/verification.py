"""Does a translation contain its terms? Every hit needs a place of its own.

Matching is exclusive, on surface and lemma, with accepted alternatives (the WMT26 draft measure): two occurrences of a
term need two disjoint spans, and nested terms (Security Council, UN Security Council) must not use up each other's words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from translator.glossary.model import Hit
from translator.glossary.words import Word, fold, words
from translator.language import lemmas

Span = tuple[int, int]
_MOST_STEPS, _MOST_BACKTRACKED = 2000, 24


class Verifier:
    """Finds the renderings of hits in translations into one language, `language`."""

    def __init__(self, target: str = "en") -> None:
        self.language = target
        self._lemmas = target if target in _LEMMATISED else None

    def spans(self, translation: str, hits: Sequence[Hit]) -> list[Span | None]:
        """For every hit the characters of the translation that render it, None where there is no place for it."""
        tokens = words(translation)
        candidates = [self._candidates(tokens, hit) for hit in hits]
        chosen = _assign(candidates, [hit.soft for hit in hits])
        return [(tokens[c[0]].start, tokens[c[1] - 1].end) if c else None for c in chosen]

    def missing(self, translation: str, hits: Sequence[Hit]) -> list[int]:
        """Indices of the hard hits that have no place in the translation."""
        return [i for i, span in enumerate(self.spans(translation, hits)) if span is None and not hits[i].soft]

    def surplus(self, translation: str, hits: Sequence[Hit]) -> int:
        """How often preferred renderings stand in the translation beyond the hits that want them.

        A sign of a model that says a hinted term twice; it may also be right, where another word has that rendering.
        """
        count = 0
        for entry in {id(h.entry): h.entry for h in hits}.values():
            wanted = sum(h.entry is entry or fold(entry.target) in fold(" ".join(h.entry.targets)) for h in hits)
            count += max(0, len(self.occurrences(translation, entry.target, name=entry.is_name)) - wanted)
        return count

    def violations(self, translation: str, hits: Sequence[Hit]) -> int:
        """Missing hard hits and surplus renderings together."""
        return len(self.missing(translation, hits)) + self.surplus(translation, hits)

    def occurrences(self, translation: str, rendering: str, *, name: bool) -> list[Span]:
        """All places of a rendering in a translation, in characters."""
        tokens = words(translation)
        return [(tokens[a].start, tokens[b - 1].end) for a, b in self._places(tokens, rendering, name)]

    def _candidates(self, tokens: Sequence[Word], hit: Hit) -> list[Span]:
        found = list[Span]()
        for rendering in hit.entry.targets:
            found += [p for p in self._places(tokens, rendering, hit.entry.is_name) if p not in found]
        return sorted(found)

    def _places(self, tokens: Sequence[Word], rendering: str, name: bool) -> list[Span]:
        """Word spans in which every word is the rendering's word or, for other than names, a form of it."""
        wanted = _words(rendering)
        if not wanted:
            return []
        lemmas = None if name else self._lemmas
        first, rest = wanted[0], wanted[1:]
        return [
            (i, i + len(wanted))
            for i in range(len(tokens) - len(rest))
            if _same(first, tokens[i].text, lemmas)
            and all(_same(w, tokens[i + k].text, lemmas) for k, w in enumerate(rest, 1))
        ]


@lru_cache(maxsize=20_000)
def _words(rendering: str) -> tuple[str, ...]:
    return tuple(w.text for w in words(rendering))


@lru_cache(maxsize=200_000)
def _same(wanted: str, word: str, lemmas: str | None) -> bool:
    """Whether a word is the wanted one or, with the language of `lemmas`, a form of it."""
    bare = word[:-2] if word[-2:-1] in ("'", "’") and len(word) > 2 else word
    if wanted.isupper() and len(wanted) > 1:
        return bare == wanted or (bare.endswith("s") and bare[:-1] == wanted)  # US is not us; NGOs are NGO
    if fold(wanted) == fold(bare) or fold(wanted) == fold(word):
        return True
    return lemmas is not None and _lemma(wanted, lemmas) == _lemma(bare, lemmas)


_LEMMATISED = frozenset({"en", "fr", "es", "it", "pt", "nl", "da", "sv", "pl", "cs", "uk", "ru", "tr", "de"})


@lru_cache(maxsize=100_000)
def _lemma(word: str, language: str) -> str:
    return lemmas.lemma(word.lower(), language).casefold()


def _assign(candidates: Sequence[Sequence[Span]], soft: Sequence[bool]) -> list[Span | None]:
    """One disjoint span for as many hits as possible, hard ones before soft ones, earlier places before later.

    Backtracking over the hits with the fewest choices first; sentences have a handful. Ends after a fixed number of
    steps with the best found, so that a hostile text cannot make it run for ever.
    """
    order = sorted((i for i, c in enumerate(candidates) if c), key=lambda i: (soft[i], len(candidates[i])))
    if len(order) > _MOST_BACKTRACKED:
        return _assign_greedily(candidates, order)
    best: list[Span | None] = [None] * len(candidates)
    best_value = (-1, -1)
    current: list[Span | None] = [None] * len(candidates)
    steps = 0

    def value() -> tuple[int, int]:
        placed = [i for i, s in enumerate(current) if s is not None]
        return sum(not soft[i] for i in placed), len(placed)

    def place(depth: int) -> bool:
        """Tries the hits from `depth` on; true when all are placed or the steps are used up."""
        nonlocal best, best_value, steps
        steps += 1
        if depth == len(order):
            if value() > best_value:
                best, best_value = list(current), value()
            return best_value[1] == len(order)
        i = order[depth]
        for span in candidates[i]:
            if all(s is None or span[1] <= s[0] or s[1] <= span[0] for s in current):
                current[i] = span
                if place(depth + 1) or steps > _MOST_STEPS:
                    current[i] = None
                    return True
                current[i] = None
        return place(depth + 1)

    place(0)
    return best


def _assign_greedily(candidates: Sequence[Sequence[Span]], order: Sequence[int]) -> list[Span | None]:
    """The first free span for each hit in turn; for texts with so many hits that nobody wrote them."""
    chosen: list[Span | None] = [None] * len(candidates)
    taken = set[int]()
    for i in order:
        for span in candidates[i]:
            if taken.isdisjoint(range(*span)):
                chosen[i] = span
                taken.update(range(*span))
                break
    return chosen
