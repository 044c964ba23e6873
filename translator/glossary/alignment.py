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
_WORD = re.compile(r"\w+(?:['’]\w+)?")

Alignment = Sequence[tuple[int, float]]
"""For every blank-separated target word the source word it renders and how sure that is."""


class Links:
    """The alignment, asked from the side of the translation."""

    def __init__(self, alignment: Alignment) -> None:
        self._best = alignment
        self._sure: dict[int, list[int]] = {}
        for j, (word, sure) in enumerate(alignment):
            if sure >= SURE:
                self._sure.setdefault(word, []).append(j)

    def surely(self, words: Set[int]) -> list[int]:
        """Target words that surely render one of the source words."""
        return sorted([j for word in words for j in self._sure.get(word, ())])

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
        return word not in words and not (sure < UNSURE and self._strongest(word) >= sure + BETTER)

    def _strongest(self, source_word: int) -> float:
        """How sure the surest rendering of a source word is."""
        return max([sure for word, sure in self._best if word == source_word], default=0.0)

    def run(self, words: Set[int], said: Sequence[str]) -> tuple[int, int] | None:
        """First and last word of the one run that renders the source words and nothing else; `said` are the target words.

        The run takes in content words beside it that belong to nothing else, for of a compound's translation often only
        a part is aligned; prepositions and articles at its ends do not belong to it.
        """
        chosen = self.surely(words)
        if not chosen:
            return None
        first, last = chosen[0], chosen[-1]
        if last - first >= len(chosen) and any(self.elsewhere(j, words) for j in range(first, last + 1)):
            return None
        while (
            first > 0
            and not self.elsewhere(first - 1, words)
            and _is_free(said[first - 1])
            and said[first - 1][-1].isalnum()
        ):
            first -= 1
        while (
            last + 1 < len(said)
            and not self.elsewhere(last + 1, words)
            and _is_free(said[last + 1])
            and said[last][-1].isalnum()
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


def starts(text: str, words: Sequence[str]) -> list[int]:
    """Where the words of a text begin, which are all there is in it besides blanks."""
    found, at = list[int](), 0
    for word in words:
        at = text.index(word, at)
        found.append(at)
        at += len(word)
    return found


class Renderings:
    """Where a translation renders which words of the source."""

    def __init__(self, hypothesis: Hypothesis) -> None:
        self._text = hypothesis.text
        self._said = self._text.split()
        usable = hypothesis.alignment is not None and len(self._said) == len(hypothesis.alignment)
        self._links = Links(hypothesis.alignment or ()) if usable else None
        self._starts = starts(self._text, self._said) if usable else []

    def of(self, source_words: Set[int]) -> tuple[int, int] | None:
        """Characters of the one run of at most MOST_WORDS words that renders the source words, else None.

        Punctuation around the run and a leading article do not belong to it; function words alone are no rendering.
        """
        if self._links is None or not source_words:
            return None
        run = self._links.run(source_words, self._said)
        if run is None or run[1] - run[0] >= MOST_WORDS:
            return None
        start, end = self._starts[run[0]], self._starts[run[1]] + len(self._said[run[1]])
        text = self._text[start:end]
        if text.isalpha():  # a single word without signs, as most are
            return None if text.lower() in FUNCTION_WORDS else (start, end)
        while start < end and not _in_word(self._text[start]):
            start += 1
        while start < end and not _in_word(self._text[end - 1]):
            end -= 1
        if start >= end:
            return None
        if article := _ARTICLE.match(self._text, start, end):
            start = article.end()
        inner = _WORD.findall(self._text, start, end)
        return None if all(word.lower() in FUNCTION_WORDS for word in inner) else (start, end)


def _in_word(character: str) -> bool:
    """Whether it is a letter, a digit or an underscore."""
    return character.isalnum() or character == "_"


def rendering(hypothesis: Hypothesis, source_words: Set[int]) -> tuple[int, int] | None:
    """See Renderings.of."""
    return Renderings(hypothesis).of(source_words)
