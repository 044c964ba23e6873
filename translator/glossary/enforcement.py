"""Keeping translations to the glossary: soft means first, and never a damaged sentence for the sake of a hit.

In order: marks that the model obeys; verification; the n-best list; a plain decode, which sometimes knows the term that
the marked one lost; substitution of a rendering that is certainly the wrong one; decoding again behind a prefix that ends
in the term. What is still missing is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from translator.engine.hypotheses import Decoding, Done, Engine, Hypothesis
from translator.glossary.marks import Request, marked, plain
from translator.glossary.model import Hit, Outcome, TermResult
from translator.glossary.prefixes import Attempt, redecode
from translator.glossary.substitution import substitute
from translator.glossary.verification import Verifier

N_BEST = 8
MOST_LOSS = 0.5
"""Nats a piece that another hypothesis may score below the best one: beyond it the sentence is worth more than the term."""


@dataclass(frozen=True)
class Steps:
    """Which steps are taken; all, but for measurement."""

    marks: bool = True
    n_best: bool = True
    plain: bool = True
    substitution: bool = True
    prefixes: bool = True


@dataclass(frozen=True)
class Translated:
    """A translation, what became of its terms, and its alignment to the words of the source (see Hypothesis)."""

    text: str
    score: float
    terms: tuple[TermResult, ...] = ()
    alignment: tuple[tuple[int, float], ...] | None = None


@dataclass
class _Work:
    """A text on its way through the steps: its best candidate so far, and the step that placed each hit."""

    source: str
    hits: Sequence[Hit]
    best: Hypothesis
    how: dict[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.best.text


class Enforcer:
    """Translates texts with an engine and keeps them to their hits."""

    def __init__(self, engine: Engine, target: str, *, beam: int = 4, steps: Steps | None = None) -> None:
        self._engine, self._verifier, self._beam = engine, Verifier(target), beam
        self._steps = steps or Steps()

    def translate(
        self, texts: Sequence[str], hits: Sequence[Sequence[Hit]], done: Done | None = None
    ) -> list[Translated]:
        """Translations in the order of the texts; `hits` are those of each text.

        Raises:
            ModelError: the engine fails.
        """
        inline = self._engine.inline_terms and self._steps.marks
        requests = [marked(t, h) if inline and h else plain(t) for t, h in zip(texts, hits, strict=True)]
        # The alignment costs nothing measurable, and substitution, formatting and suggestions live on it.
        first = self._engine.translate([r.text for r in requests], Decoding(beam=self._beam, alignment=True), done)
        work = [_Work(t, h, r.in_source(f[0])) for t, h, f, r in zip(texts, hits, first, requests, strict=True)]
        firsts = [w.text for w in work]
        if self._steps.n_best:
            self._choose(
                self._failing(work), "n-best", lambda w: marked(w.source, w.hits) if inline else plain(w.source)
            )
        if inline and self._steps.plain:
            self._choose(self._failing(work), "plain decoding", lambda w: plain(w.source))
        if self._steps.substitution:
            for w in self._failing(work):
                self._substitute(w)
        if self._steps.prefixes:
            self._redecode(work)
        return [self._result(w, before) for w, before in zip(work, firsts, strict=True)]

    def _failing(self, work: Sequence[_Work]) -> list[_Work]:
        return [w for w in work if w.hits and self._verifier.missing(w.text, w.hits)]

    def _choose(self, work: Sequence[_Work], how: str, request: Callable[[_Work], Request]) -> None:
        """Decodes again for n-best, and takes the hypothesis with the fewest missing terms if it has fewer."""
        if not work:
            return
        requests = [request(w) for w in work]
        decoding = Decoding(beam=max(N_BEST, self._beam), n_best=N_BEST, alignment=True)
        lists = self._engine.translate([r.text for r in requests], decoding)
        for w, r, hypotheses in zip(work, requests, lists, strict=True):
            missing = self._verifier.missing(w.text, w.hits)
            counts = [len(self._verifier.missing(h.text, w.hits)) for h in hypotheses]
            near = [i for i, h in enumerate(hypotheses) if h.score >= hypotheses[0].score - MOST_LOSS]
            best = min(near, key=lambda i: (counts[i], -hypotheses[i].score))
            if counts[best] < len(missing):
                w.best = r.in_source(hypotheses[best])
                still = self._verifier.missing(w.text, w.hits)
                w.how.update({i: how for i in missing if i not in still})

    def _substitute(self, w: _Work) -> None:
        for index in self._verifier.missing(w.text, w.hits):
            changed = substitute(w.best, w.source, w.hits, self._verifier, index)
            if changed is not None:
                w.best = changed
                w.how[index] = "substitution"

    def _redecode(self, work: Sequence[_Work]) -> None:
        """One missing hit of each text at a time, for a placed one changes the rest of its sentence."""
        tried: dict[int, set[int]] = {}
        while True:
            attempts, owners = [], []
            for w in self._failing(work):
                left = [i for i in self._verifier.missing(w.text, w.hits) if i not in tried.get(id(w), set())]
                if left:
                    tried.setdefault(id(w), set()).add(left[0])
                    attempts.append(Attempt(w.source, w.hits, w.best, left[0]))
                    owners.append(w)
            if not attempts:
                return
            found = redecode(attempts, self._engine, self._verifier, beam=self._beam, loss=MOST_LOSS)
            for w, attempt, hypothesis in zip(owners, attempts, found, strict=True):
                if hypothesis is not None:
                    w.best = hypothesis
                    w.how[attempt.index] = "prefix decoding"

    def _result(self, w: _Work, before: str) -> Translated:
        if not w.hits:
            return Translated(w.text, w.best.score, (), w.best.alignment)
        spans = self._verifier.spans(w.text, w.hits)
        had = self._verifier.spans(before, w.hits) if before != w.text else spans
        results = []
        for index, (hit, span, first) in enumerate(zip(w.hits, spans, had, strict=True)):
            if span is None:
                results.append(TermResult(hit, Outcome.MISSED))
            elif first is None:
                results.append(TermResult(hit, Outcome.REPAIRED, w.how.get(index, ""), span))
            else:
                results.append(TermResult(hit, Outcome.USED, "", span))
        return Translated(w.text, w.best.score, tuple(results), w.best.alignment)
