"""What a check looks at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from translator.checks.model import Finding
from translator.checks.text import Text, without_terms
from translator.glossary.model import TermResult


@dataclass(frozen=True)
class Sentence:
    """A sentence with its translation, as the checks see it.

    Attributes:
        source, target: the texts.
        source_language, target_language: ISO 639-1 codes; rules that know a language say nothing about others.
        terms: glossary hits and what became of them; what the glossary wants is never an error.
        score: mean log-probability a piece of the translation, None where no model made it.
    """

    source: str
    target: str
    source_language: str = "de"
    target_language: str = "en"
    terms: Sequence[TermResult] = ()
    score: float | None = None

    @cached_property
    def texts(self) -> tuple[Text, Text]:
        """Source and target."""
        return Text(self.source, self.source_language), Text(self.target, self.target_language)

    @cached_property
    def free(self) -> tuple[Text, Text]:
        """Source and target without what the glossary decided: its terms are blanked out, so that places stay the same."""
        return without_terms(*self.texts, self.terms) if self.terms else self.texts


class Check(Protocol):
    """A rule: a function from a sentence to what it finds there."""

    def __call__(self, sentence: Sentence) -> Iterator[Finding]:
        """Findings in the order of their places."""
        ...
