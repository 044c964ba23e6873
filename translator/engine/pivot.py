"""Two engines in a row, where no package leads directly from source to target."""

from __future__ import annotations

from collections.abc import Sequence

from translator.engine.hypotheses import Decoding, Done, Engine, Hypothesis


class PivotEngine:
    """Translates through a pivot language. Alignment is not carried across two legs."""

    inline_terms = False

    def __init__(self, first: Engine, second: Engine) -> None:
        self.first, self.second = first, second
        self.name = f"{first.name}+{second.name}"

    def translate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        done: Done | None = None,
        prefixes: Sequence[str] | None = None,
    ) -> list[list[Hypothesis]]:
        """See Engine.translate; n-best, prefixes and progress belong to the second leg."""
        one = Decoding(beam=decoding.beam, no_repeat=decoding.no_repeat)
        pivot = [hypotheses[0] for hypotheses in self.first.translate(texts, one)]
        two = Decoding(beam=decoding.beam, n_best=decoding.n_best, no_repeat=decoding.no_repeat)
        results = self.second.translate([h.text for h in pivot], two, done, prefixes)
        return [
            [Hypothesis(h.text, h.score + before.score) for h in hypotheses]
            for before, hypotheses in zip(pivot, results, strict=True)
        ]

    def score(self, texts: Sequence[str], translations: Sequence[str]) -> list[float]:
        """See Engine.score; the second leg's, for the best translation of the first."""
        pivot = [hypotheses[0].text for hypotheses in self.first.translate(texts, Decoding())]
        return self.second.score(pivot, translations)
