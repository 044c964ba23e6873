"""Damaged translations are decoded again before anybody sees a flag.

Damage is what a reader sees at once: nothing, a copy of the original, a loop, a runaway, a number that was not there.
Steps are tried in order, cheap and likely ones first, each on the sentences that are still damaged; a new translation is
taken if it is less damaged than the old one. What stays damaged is flagged by the checks as usual.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from translator.checks import copies, lengths, numbers, repetition
from translator.checks.model import Severity
from translator.checks.sentence import Sentence
from translator.engine.clauses import cut
from translator.engine.hypotheses import Hypothesis
from translator.glossary.enforcement import Enforcer
from translator.glossary.model import Hit
from translator.glossary.translated import Translated, settled
from translator.language.capitals import is_capitals, truecased

NO_REPEAT = 3
"""Pieces: no three may stand twice in the translation of a sentence that looped."""
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass
class _Work:
    source: str
    hits: Sequence[Hit]
    best: Translated
    damage: int


Step = Callable[[Sequence[_Work]], list[list[Translated]]]
"""Other translations of each text; none where the step does not apply."""


class Repairer:
    """Mends the translations of a language pair."""

    def __init__(self, enforcer: Enforcer, source: str, target: str) -> None:
        self._enforcer, self._languages = enforcer, (source, target)
        self._steps: tuple[tuple[str, Step], ...] = (
            ("ordinary writing", self._ordinary_writing),
            ("other hypothesis", self._other_hypotheses),
            ("no repetition", self._without_repetition),
            ("final stop", self._with_final_stop),
            ("clauses", self._by_clauses),
        )

    def repair(
        self, texts: Sequence[str], hits: Sequence[Sequence[Hit]], translated: Sequence[Translated]
    ) -> list[Translated]:
        """The translations, with the damaged ones decoded again; `repair` of a mended one names the step.

        Raises:
            ModelError: the engine fails.
        """
        work = [_Work(t, h, r, self._damage(t, r)) for t, h, r in zip(texts, hits, translated, strict=True)]
        for name, step in self._steps:
            damaged = [w for w in work if w.damage]
            if not damaged:
                break
            for w, found in zip(damaged, step(damaged), strict=True):
                for candidate in found:
                    damage = self._damage(w.source, candidate)
                    if damage < w.damage:
                        w.best, w.damage = replace(candidate, repair=name), damage
        return [w.best for w in work]

    def _damage(self, source: str, translated: Translated) -> int:
        """How many things are wrong that another decoding might mend."""
        sentence = Sentence(source, translated.text, *self._languages, translated.terms)
        found = [*lengths.check(sentence), *repetition.check(sentence), *copies.check(sentence)]
        if sorted(filter(str.isdigit, source)) != sorted(filter(str.isdigit, translated.text)):
            found += numbers.check(sentence)  # costs more than the others, so only where digits differ
        return sum(f.severity is Severity.WARNING for f in found) + _copied_capitals(source, translated.text)

    def _settled(self, w: _Work, hypothesis: Hypothesis, *parts: Translated) -> Translated:
        """A hypothesis with the outcome of the text's hits; `parts` are the translations it was made of."""
        how = {i: t.how for i, t in enumerate(t for part in parts for t in part.terms) if t.how}
        return settled(hypothesis, w.hits, self._enforcer.verifier, how)

    def _ordinary_writing(self, work: Sequence[_Work]) -> list[list[Translated]]:
        """A text in capitals is translated in ordinary writing, and its translation is put in capitals."""
        written = [truecased(w.source, self._languages[0]) if is_capitals(w.source) else w.source for w in work]
        changed = [(w, text) for w, text in zip(work, written, strict=True) if text != w.source]
        found = iter(self._enforcer.translate([text for _, text in changed], [w.hits for w, _ in changed]))
        result: list[list[Translated]] = []
        for w, text in zip(work, written, strict=True):
            if text == w.source:
                result.append([])
                continue
            part = next(found)
            result.append([self._settled(w, Hypothesis(part.text.upper(), part.score, part.alignment), part)])
        return result

    def _other_hypotheses(self, work: Sequence[_Work]) -> list[list[Translated]]:
        return self._enforcer.alternatives([w.source for w in work], [w.hits for w in work])

    def _without_repetition(self, work: Sequence[_Work]) -> list[list[Translated]]:
        texts, hits = [w.source for w in work], [w.hits for w in work]
        return [[t] for t in self._enforcer.translate(texts, hits, no_repeat=NO_REPEAT)]

    def _with_final_stop(self, work: Sequence[_Work]) -> list[list[Translated]]:
        """A headline as a sentence: models end where a stop stands."""
        open_ = [w for w in work if w.source[-1:].isalnum()]
        found = iter(self._enforcer.translate([f"{w.source}." for w in open_], [w.hits for w in open_]))
        result: list[list[Translated]] = []
        for w in work:
            if not w.source[-1:].isalnum():
                result.append([])
                continue
            part = next(found)
            hypothesis = Hypothesis(part.text.removesuffix("."), part.score, part.alignment)
            result.append([self._settled(w, hypothesis, part)])
        return result

    def _by_clauses(self, work: Sequence[_Work]) -> list[list[Translated]]:
        """The parts of a sentence, translated alone and joined."""
        cuts = [list(_clauses(w)) for w in work]
        flat = [part for parts in cuts for part in parts]
        found = iter(self._enforcer.translate([text for text, _ in flat], [hits for _, hits in flat]))
        return [
            [self._joined(w, [next(found) for _ in parts], parts)] if parts else []
            for w, parts in zip(work, cuts, strict=True)
        ]

    def _joined(
        self, w: _Work, parts: Sequence[Translated], clauses: Sequence[tuple[str, Sequence[Hit]]]
    ) -> Translated:
        alignment, before = list[tuple[int, float]](), 0
        for part, (text, _) in zip(parts, clauses, strict=True):
            alignment += [(before + word, sure) for word, sure in part.alignment or ()]
            before += len(text.split())
        whole = all(part.alignment is not None for part in parts)
        score = sum(part.score for part in parts) / len(parts)
        joined = Hypothesis(" ".join(p.text for p in parts), score, tuple(alignment) if whole else None)
        return self._settled(w, joined, *parts)


def _clauses(w: _Work) -> Iterator[tuple[str, Sequence[Hit]]]:
    """Halves of a sentence with their hits; nothing where it cannot be cut without parting a hit."""
    parts = cut(w.source, len, max(len(w.source) * 2 // 3, 40))
    if len(parts) < 2:
        return
    at, found = 0, list[tuple[str, Sequence[Hit]]]()
    for part in parts:
        start = w.source.index(part, at)
        at = start + len(part)
        inside = [h for h in w.hits if start <= h.start and h.end <= at]
        found.append((part, [replace(h, start=h.start - start, end=h.end - start) for h in inside]))
    if sum(len(hits) for _, hits in found) == len(w.hits):
        yield from found


def _copied_capitals(source: str, target: str) -> bool:
    """Whether at least half of a text in capitals came through as it was; a single word is no copy by other measures."""
    if not is_capitals(source):
        return False
    words, said = _WORD.findall(source), set(_WORD.findall(target))
    return sum(word in said for word in words) * 2 >= len(words)
