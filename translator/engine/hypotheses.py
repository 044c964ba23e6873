"""What an engine is asked and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Hypothesis:
    """One translation of one text.

    Attributes:
        text: the translation.
        score: mean natural log-probability per piece (0 is certain); length does not enter, unlike Argos's scores.
        alignment: for every blank-separated word of `text` the index of the blank-separated word of the source it
            was translated from, and how sure that is (0 to 1); None where the engine was not asked or cannot say.
    """

    text: str
    score: float
    alignment: tuple[tuple[int, float], ...] | None = None


@dataclass(frozen=True)
class Decoding:
    """How to decode.

    Attributes:
        beam: beam size; 1 is greedy.
        n_best: hypotheses a text, best first; at most the beam size.
        alignment: whether hypotheses carry word alignment.
        no_repeat: length in pieces of n-grams that must not occur twice; 0 for no limit.
    """

    beam: int = 4
    n_best: int = 1
    alignment: bool = False
    no_repeat: int = 0


Done = Callable[[int], None]
"""Called with the number of texts that were finished."""


class Engine(Protocol):
    """Translates texts of one language pair; the fake of the tests and the Argos packages look alike."""

    name: str
    inline_terms: bool
    """Whether `<trm> source <tgt> target </trm>` in a text is obeyed."""

    def translate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        done: Done | None = None,
        prefixes: Sequence[str] | None = None,
    ) -> list[list[Hypothesis]]:
        """Hypotheses of each text, in the order of the texts.

        `prefixes` are the beginnings that the translations must have, one a text.

        Raises:
            ModelError: the model cannot be loaded or fails.
        """
        ...

    def score(self, texts: Sequence[str], translations: Sequence[str]) -> list[float]:
        """Mean natural log-probability a piece of each translation, given its text.

        Raises:
            ModelError: the model fails.
        """
        ...
