"""From translations to outputs: check → project the formatting → count → export → record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from translator.bilingual import BilingualDocument, Origin, TranslatedSegment
from translator.checks.chain import run_checks
from translator.checks.sentence import Sentence
from translator.engine.hypotheses import Hypothesis
from translator.errors import ModelError, OutputError, UsageError
from translator.formatting import project
from translator.glossary.statistics import TermStatistics
from translator.interrupts import finishing
from translator.jobs import Job
from translator.outputs import Outputs
from translator.pairs import LanguagePair
from translator.recall import Result
from translator.report import FileResult
from translator.seen import SeenInputs
from translator.windows import Window


class Delivery:
    """Writes the handouts of finished windows, in order."""

    def __init__(
        self, outputs: Outputs, seen: SeenInputs, statistics: TermStatistics, record: Callable[[FileResult], None]
    ) -> None:
        self._outputs, self._seen, self._statistics, self._record = outputs, seen, statistics, record

    def deliver(self, window: Window) -> None:
        """Writes the outputs of all documents of a finished window; what cannot be written is recorded."""
        for job in window.jobs:
            try:
                translations = [self._bilingual(job, pair, window.results(pair)) for pair in job.pairs]
            except ModelError as error:
                self._record(FileResult.failed(job.document.name, error, job.targets))
                continue
            self._write(job, translations)
        self._seen.flush()

    def _bilingual(self, job: Job, pair: LanguagePair, results: dict[str, Result]) -> BilingualDocument:
        foreign, segments = job.foreign, []
        for segment in job.document.segments:
            if segment.id in foreign:
                segments.append(TranslatedSegment(segment, segment.source, Origin.COPIED, spans=segment.spans))
                continue
            result = results[segment.source]
            found = result.translated
            score = None if result.origin is Origin.HUMAN else found.score
            sentence = Sentence(segment.source, found.text, pair.source, pair.target, found.terms, score)
            segments.append(
                TranslatedSegment(
                    segment,
                    found.text,
                    result.origin,
                    found.score,
                    found.terms,
                    result.recalled,
                    project(segment, found.text, found.alignment),
                    run_checks(sentence),
                )
            )
            hypothesis = Hypothesis(found.text, found.score, found.alignment)
            self._statistics.collect(job.document.name, segment.source, [t.hit for t in found.terms], hypothesis)
        return BilingualDocument(job.document, tuple(segments), pair.signature)

    def _write(self, job: Job, translations: list[BilingualDocument]) -> None:
        written = list[Path]()
        with finishing():
            try:
                for output in job.plan.write:
                    written += self._outputs.write(output, translations)
            except (OutputError, UsageError) as error:
                self._record(FileResult.failed(job.document.name, error, job.targets))
                return
            self._record(FileResult.done(translations, tuple(written)))
        if not job.plan.kept:
            self._seen.remember(job.document.name, job.digest, job.asked, job.pairs, [*job.plan.current, *written])
