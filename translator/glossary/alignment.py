"""Which words of a translation render which words of the source, by the model's own alignment."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from translator.engine.hypotheses import Hypothesis

SURE = 0.5
"""Attention that a target word must give to a source word to surely be its rendering."""
UNSURE, BETTER = 0.7, 0.2
"""Below UNSURE a target word is free if its source word has another rendering that is surer by BETTER."""
MOST_WORDS = 5
SIGNS = "\"'„“”»«‚‘’()[].,;:!?…"
FUNCTION_WORDS = frozenset(
    "the a an of to in on at for by with from and or but not is are was were be been has have had will would it its he "
    "she they we you i his her their this that these those as than".split()
)
_PREPOSITIONS = frozenset("of to in on at for by with from and as the a an".split())
_ARTICLE = re.compile(r"(?:the|an?)\W+(?=\w)", re.I)

Alignment = Sequence[tuple[int, float]]
"""For every blank-separated target word the source word it renders and how sure that is."""


class Links:
    """The alignment, asked from the side of the translation."""

    def __init__(self, alignment: Alignment) -> None:
        self._best = list(alignment)
        self._strongest: dict[int, float] = {}
        for word, sure in alignment:
            self._strongest[word] = max(sure, self._strongest.get(word, 0.0))

    def surely(self, words: Set[int]) -> list[int]:
        """Target words that surely render one of the source words."""
        return [j for j, (word, sure) in enumerate(self._best) if word in words and sure >= SURE]

    def source(self, j: int) -> int:
        """The source word that target word j renders best."""
        return self._best[j][0]

    def strength(self, j: int) -> float:
        """How sure that is."""
        return self._best[j][1]

    def elsewhere(self, j: int, words: Set[int]) -> bool:
        """Whether target word j belongs to another source word.

        It does not if that is unsure and the other source word has a better rendering of its own: in "the world climate
        council warns", council leans on warnt, which has warns.
        """
        word, sure = self._best[j]
        return word not in words and not (sure < UNSURE and self._strongest[word] >= sure + BETTER)

    def run(self, words: Set[int], said: Sequence[str]) -> tuple[int, int] | None:
        """First and last word of the one run that renders the source words and nothing else; `said` are the target words.

        The run takes in content words beside it that belong to nothing else, for of a compound's translation often only
        a part is aligned; prepositions and articles at its ends do not belong to it.
        """
        chosen = self.surely(words)
        if not chosen or any(self.elsewhere(j, words) for j in range(chosen[0], chosen[-1] + 1)):
            return None
        first, last = chosen[0], chosen[-1]
        while (
            first > 0
            and said[first - 1][-1].isalnum()
            and _is_free(said[first - 1])
            and not self.elsewhere(first - 1, words)
        ):
            first -= 1
        while (
            last + 1 < len(said)
            and said[last][-1].isalnum()
            and _is_free(said[last + 1])
            and not self.elsewhere(last + 1, words)
        ):
            last += 1
        while first < last and said[first].lower() in _PREPOSITIONS:
            first += 1
        while first < last and said[last].lower() in _PREPOSITIONS:
            last -= 1
        return first, last


def _is_free(word: str) -> bool:
    """Whether a word may join a run it is not aligned to."""
    bare = word.strip(SIGNS).lower()
    return bool(bare) and bare not in FUNCTION_WORDS


class Renderings:
    """Where a translation renders which words of the source."""

    def __init__(self, hypothesis: Hypothesis) -> None:
        self._text = hypothesis.text
        self._offsets = [m.span() for m in re.finditer(r"\S+", self._text)]
        usable = hypothesis.alignment is not None and len(self._offsets) == len(hypothesis.alignment)
        self._links = Links(hypothesis.alignment or ()) if usable else None
        self._said = [self._text[start:end] for start, end in self._offsets]

    def of(self, source_words: Set[int]) -> tuple[int, int] | None:
        """Characters of the one run of at most MOST_WORDS words that renders the source words, else None.

        Punctuation around the run and a leading article do not belong to it; function words alone are no rendering.
        """
        if self._links is None or not source_words:
            return None
        run = self._links.run(source_words, self._said)
        if run is None or run[1] - run[0] >= MOST_WORDS:
            return None
        start, end = self._offsets[run[0]][0], self._offsets[run[1]][1]
        words = self._text[start:end]
        start += len(words) - len(re.sub(r"^\W+", "", words))
        end -= len(words) - len(re.sub(r"\W+$", "", words))
        if start >= end:
            return None
        if article := _ARTICLE.match(self._text[start:end]):
            start += article.end()
        inner = re.findall(r"\w+(?:['’]\w+)?", self._text[start:end])
        return None if all(word.lower() in FUNCTION_WORDS for word in inner) else (start, end)


def rendering(hypothesis: Hypothesis, source_words: Set[int]) -> tuple[int, int] | None:
    """See Renderings.of."""
    return Renderings(hypothesis).of(source_words)
