"""Keeping translations to the glossary: soft means first, and never a damaged sentence for the sake of a hit.

In order: marks that the model obeys; verification; substitution of a rendering that is certainly the wrong one, for it
costs nothing; a plain decode, which often knows the term that the marked one lost; the n-best list; decoding again
behind a prefix that ends in the term. What is still missing is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from translator.engine.hypotheses import Decoding, Done, Engine, Hypothesis
from translator.glossary.agreement import with_article
from translator.glossary.marks import Request, marked, plain
from translator.glossary.model import Hit
from translator.glossary.prefixes import Attempt, redecode
from translator.glossary.substitution import substitute
from translator.glossary.translated import Translated, settled
from translator.glossary.verification import Verifier

N_BEST = 4
ROUNDS = 4
"""Of prefix decoding; each but the first is for sentences in which the one before placed a term."""
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


def plain_request(work: _Work) -> Request:
    """The source without marks."""
    return plain(work.source)


def marked_request(work: _Work) -> Request:
    """The source with its marks."""
    return marked(work.source, work.hits)


class Enforcer:
    """Translates texts with an engine and keeps them to their hits."""

    def __init__(self, engine: Engine, target: str, *, beam: int = 4, steps: Steps | None = None) -> None:
        self._engine, self._verifier, self._beam = engine, Verifier(target), beam
        self._steps = steps or Steps()

    @property
    def verifier(self) -> Verifier:
        """Says which terms a translation has."""
        return self._verifier

    def translate(
        self,
        texts: Sequence[str],
        hits: Sequence[Sequence[Hit]],
        done: Done | None = None,
        *,
        no_repeat: int = 0,
    ) -> list[Translated]:
        """Translations in the order of the texts; `hits` are those of each text.

        `no_repeat` is the length in pieces of n-grams that the first decoding must not say twice; 0 for no limit.

        Raises:
            ModelError: the engine fails.
        """
        inline = self._engine.inline_terms and self._steps.marks
        requests = self._requests(texts, hits)
        # The alignment costs two per cent of the decoding, and substitution, formatting and suggestions live on it.
        decoding = Decoding(beam=self._beam, alignment=True, no_repeat=no_repeat)
        first = self._engine.translate([r.text for r in requests], decoding, done)
        work = [_Work(t, h, r.in_source(f[0])) for t, h, f, r in zip(texts, hits, first, requests, strict=True)]
        firsts = [w.text for w in work]
        self._substitute(work)
        if inline and self._steps.plain:
            self._choose(work, "plain decoding", plain_request, 1)
        if self._steps.n_best:
            self._choose(work, "n-best", marked_request if inline else plain_request, N_BEST)
        if self._steps.prefixes:
            self._redecode(work)
        return [self._result(w, before) for w, before in zip(work, firsts, strict=True)]

    def alternatives(self, texts: Sequence[str], hits: Sequence[Sequence[Hit]]) -> list[list[Translated]]:
        """The hypotheses of a beam for each text, best first, with what substitution makes of them.

        Raises:
            ModelError: the engine fails.
        """
        requests = self._requests(texts, hits)
        decoding = Decoding(beam=max(self._beam, N_BEST), n_best=N_BEST, alignment=True)
        lists = self._engine.translate([r.text for r in requests], decoding)
        result = []
        for text, found, request, hypotheses in zip(texts, hits, requests, lists, strict=True):
            work = [_Work(text, found, request.in_source(h)) for h in hypotheses]
            before = [w.text for w in work]
            self._substitute(work)
            result.append([self._result(w, b) for w, b in zip(work, before, strict=True)])
        return result

    def _requests(self, texts: Sequence[str], hits: Sequence[Sequence[Hit]]) -> list[Request]:
        inline = self._engine.inline_terms and self._steps.marks
        return [marked(t, h) if inline and h else plain(t) for t, h in zip(texts, hits, strict=True)]

    def _substitute(self, work: Sequence[_Work]) -> None:
        """Replaces what is certainly a wrong rendering: costs nothing, so it comes before any decoding."""
        if not self._steps.substitution:
            return
        for w in work:
            for index in self._verifier.missing(w.text, w.hits) if w.hits else ():
                changed = substitute(w.best, w.source, w.hits, self._verifier, index)
                if changed is not None:
                    w.best = changed
                    w.how[index] = "substitution"

    def _choose(self, work: Sequence[_Work], how: str, request: Callable[[_Work], Request], n_best: int) -> None:
        """Decodes again where terms are missing or doubled, and takes a hypothesis that has fewer of both.

        A hypothesis counts with what substitution makes of it.
        """
        failing = [w for w in work if w.hits and self._verifier.violations(w.text, w.hits)]
        if not failing:
            return
        requests = [request(w) for w in failing]
        decoding = Decoding(beam=max(n_best, self._beam), n_best=n_best, alignment=True)
        lists = self._engine.translate([r.text for r in requests], decoding)
        for w, r, hypotheses in zip(failing, requests, lists, strict=True):
            now = self._verifier.violations(w.text, w.hits)
            candidates = [
                _Work(w.source, w.hits, r.in_source(h))
                for h in hypotheses
                if h.score >= hypotheses[0].score - MOST_LOSS
            ]
            bare = [self._verifier.spans(c.text, c.hits) for c in candidates]
            self._substitute(candidates)
            counts = [self._verifier.violations(c.text, c.hits) for c in candidates]
            best = min(range(len(candidates)), key=lambda i: (counts[i], -candidates[i].best.score))
            if counts[best] < now:
                w.best = candidates[best].best
                w.how = {i: how for i, span in enumerate(bare[best]) if span is not None} | candidates[best].how

    def _redecode(self, work: Sequence[_Work]) -> None:
        """All missing hits of a text at once; the best one placed, for it changes the rest of its sentence, then once more."""
        open_ = [w for w in work if w.hits]
        for _ in range(ROUNDS):
            attempts, owners = list[Attempt](), list[_Work]()
            for w in open_:
                for index in self._verifier.missing(w.text, w.hits):
                    attempts.append(Attempt(w.source, w.hits, w.best, index))
                    owners.append(w)
            if not attempts:
                return
            found = redecode(attempts, self._engine, self._verifier, loss=MOST_LOSS)
            placed: dict[int, tuple[_Work, Hypothesis, tuple[int, float]]] = {}
            for w, hypothesis in zip(owners, found, strict=True):
                if hypothesis is None:
                    continue
                worth = (-self._verifier.violations(hypothesis.text, w.hits), hypothesis.score)
                if id(w) not in placed or worth > placed[id(w)][2]:
                    placed[id(w)] = (w, hypothesis, worth)
            for w, hypothesis, _ in placed.values():
                before = self._verifier.spans(w.text, w.hits)
                w.best = hypothesis
                w.how |= {i: "prefix decoding" for i, span in enumerate(before) if span is None}
            open_ = [w for w, *_ in placed.values()]

    def _with_articles(self, w: _Work) -> Hypothesis:
        """A model that is told `EU envoy` writes "a EU envoy"; the words stay as many as they are."""
        if not w.hits or self._verifier.language != "en":
            return w.best
        text = w.text
        places = [span for span in self._verifier.spans(text, w.hits) if span is not None]
        for start, end in sorted(places, reverse=True):
            text = with_article(text[:start], text[start:end]) + text[start:]
        return Hypothesis(text, w.best.score, w.best.alignment)

    def _result(self, w: _Work, before: str) -> Translated:
        w.best = self._with_articles(w)
        had = self._verifier.spans(before, w.hits) if w.hits and before != w.text else ()
        how = {i: w.how.get(i, "repair") for i, span in enumerate(had) if span is None}
        return settled(w.best, w.hits, self._verifier, how)
