"""A run: read → detect → segment → match terms → translate → check → export, over many documents at once.

Documents are taken in as a stream. Sentences of several documents are translated together, sorted by length inside the
engine, in windows that begin small, so that the first handout is there soon, and grow. A handout is written as soon as
its window is done; what was written stays, whatever happens to the rest.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from translator.atomic import remove_abandoned
from translator.bilingual import BilingualDocument, Origin, TranslatedSegment
from translator.checks import Sentence, run_checks
from translator.documents import Document, InputFile
from translator.documents.discovery import discover
from translator.engine.hypotheses import Hypothesis
from translator.engine.load import load_engine
from translator.engine.packages import choose_route
from translator.errors import ModelError, OutputError, TranslatorError, UsageError
from translator.export.files import distinct_names
from translator.formatting import project
from translator.glossary.model import Hit
from translator.glossary.statistics import TermStatistics
from translator.interrupts import finishing
from translator.language.names import english_name
from translator.memory.store import Memory
from translator.options import Options
from translator.outputs import Outputs, Plan
from translator.pairs import EngineLoader, LanguagePair, LanguagePairs, RouteChooser
from translator.preparation import prepare
from translator.progress import Progress, Silent
from translator.recall import Result
from translator.report import FileResult, Report, Status, TermCounts

FIRST_WINDOW, LARGEST_WINDOW = 64, 1024
"""Sentences translated together: few at first for an early handout, later enough for full batches; what a power cut can
lose."""
MOST_INCONSISTENT = 20
"""Terms without an entry that are reported because they were rendered now this way, now that."""


@dataclass(frozen=True)
class _Job:
    """A document to be translated, with the languages that go into its outputs together, and its hits in each."""

    document: Document
    pairs: tuple[LanguagePair, ...]
    hits: tuple[tuple[tuple[Hit, ...], ...], ...]
    plan: Plan

    @property
    def foreign(self) -> set[str]:
        """Ids of the segments whose paragraph is in another language than the document: they are left as they are."""
        return {s.id for p in self.document.paragraphs if p.language for s in p.segments}

    @property
    def targets(self) -> str:
        """Codes of the target languages."""
        return ",".join(p.target for p in self.pairs)


def run(
    options: Options,
    progress: Progress | None = None,
    *,
    load: EngineLoader = load_engine,
    choose: RouteChooser = choose_route,
) -> Report:
    """Translates what the options name and reports on every file.

    Ctrl-C ends the run early; the report says so, and handouts that were finished are kept.

    Raises:
        UsageError: options that make no sense.
        GlossaryError: a glossary that cannot be used.
    """
    return _Run(options, progress or Silent(), load, choose).execute()


class _Run:
    def __init__(self, options: Options, progress: Progress, load: EngineLoader, choose: RouteChooser) -> None:
        self.options, self.progress, self.report = options, progress, Report()
        self._memory = _open_memory(options, progress)
        self._pairs = LanguagePairs(options, progress, load, choose, self._memory)
        self._outputs = Outputs(options)
        self._statistics = TermStatistics()
        self._window: list[_Job] = []
        self._limit = FIRST_WINDOW

    def execute(self) -> Report:
        if not self.options.targets:
            raise UsageError("say which language to translate into, for example --to en")
        started = time.monotonic()
        if not self.options.dry_run:
            remove_abandoned(self.options.output)
        try:
            for job in self._jobs():
                self._window.append(job)
                if sum(len(j.document.segments) for j in self._window) >= self._limit:
                    self._flush()
                    self._limit = min(2 * self._limit, LARGEST_WINDOW)
            self._flush()
        except KeyboardInterrupt:
            self.report.interrupted = True
        finally:
            if self._memory is not None:
                self._memory.close()
        self.report.inconsistent = self._statistics.inconsistent(MOST_INCONSISTENT)
        for pair in self._pairs.opened:
            self.report.glossaries += pair.files
            self.report.signatures.append(str(pair.signature))
            self.report.models.append(pair.models)
        self.report.seconds = time.monotonic() - started
        return self.report

    def _record(self, result: FileResult) -> None:
        self.report.files.append(result)
        self.progress.finished(result)

    def _jobs(self) -> Iterator[_Job]:
        """Reads the documents one by one; what cannot be or need not be translated is recorded and passed over."""
        options = self.options
        files, errors = discover(
            options.paths, recursive=options.recursive, skip=options.output, pattern=options.pattern
        )
        names = distinct_names([f.name for f in files])
        self.progress.found(len(files) * (1 if options.columns else len(options.targets)) + len(errors))
        for error in errors:
            self._record(FileResult.failed(str(error).split(":")[0], error))
        for file, name in zip(files, names, strict=True):
            try:
                document = prepare(InputFile(file.path, name, file.root), options.source)
            except TranslatorError as error:
                for target in [",".join(options.targets)] if options.columns else options.targets:
                    self._record(FileResult.failed(name, error, target))
                continue
            for targets in [options.targets] if options.columns else [(t,) for t in options.targets]:
                try:
                    job = self._job(document, file, targets)
                except (ModelError, OutputError) as error:
                    self._record(FileResult.failed(name, error, ",".join(targets)))
                    continue
                if job is not None:
                    yield job

    def _job(self, document: Document, file: InputFile, targets: Sequence[str]) -> _Job | None:
        source = document.language or ""
        wanted = [t for t in targets if t != source]
        if not wanted:
            message = f"already in {english_name(source)}"
            self._record(FileResult(document.name, Status.SKIPPED, source, source, message=message))
            return None
        pairs = tuple(self._pairs.get(source, t, file.root) for t in wanted)
        sources = [s.source for s in document.segments]
        plan = self._outputs.plan(document, pairs, [pair.recall.human(sources) for pair in pairs])
        if not plan.write:
            message = "edited by hand and kept" if plan.kept else ""
            self._record(
                FileResult(document.name, Status.UNCHANGED, source, ",".join(wanted), plan.current, message=message)
            )
            return None
        for path in plan.kept:
            self.progress.note(f"{path}: edited by hand and kept; the new one gets a number (--force overwrites)")
        hits = tuple(tuple(tuple(pair.matcher.hits(s.source)) for s in document.segments) for pair in pairs)
        if self.options.dry_run:
            known = sum(
                len(pair.recall.look_up(dict(zip(sources, row, strict=True))))
                for pair, row in zip(pairs, hits, strict=True)
            )
            self._record(_planned(document, source, wanted, plan, hits, known))
            return None
        self.progress.read(len(document.segments) * len(pairs))
        return _Job(document, pairs, hits, plan)

    def _flush(self) -> None:
        """Translates the window, a language pair after the other, and writes its handouts in order."""
        jobs, self._window = self._window, []
        results: dict[int, dict[str, Result]] = {}
        failed: dict[int, ModelError] = {}
        for pair in {id(p): p for j in jobs for p in j.pairs}.values():
            try:
                results[id(pair)] = self._translate(pair, [j for j in jobs if pair in j.pairs])
            except ModelError as error:
                failed[id(pair)] = error
        for job in jobs:
            broken = next((failed[id(p)] for p in job.pairs if id(p) in failed), None)
            if broken is not None:
                self._record(FileResult.failed(job.document.name, broken, job.targets))
            else:
                self._write(job, [self._bilingual(job, pair, results[id(pair)]) for pair in job.pairs])

    def _translate(self, pair: LanguagePair, jobs: Sequence[_Job]) -> dict[str, Result]:
        """Translation by source text: what is remembered is recalled, and a sentence that occurs twice translated once."""
        texts: dict[str, tuple[Hit, ...]] = {}
        files: dict[str, str] = {}
        occurrences = 0
        for job in jobs:
            foreign = job.foreign
            for segment, hits in zip(job.document.segments, job.hits[job.pairs.index(pair)], strict=True):
                occurrences += 1
                if segment.id not in foreign and segment.source not in texts:
                    texts[segment.source] = hits
                    files[segment.source] = job.document.name
        results = pair.recall.look_up(texts)
        new = {text: hits for text, hits in texts.items() if text not in results}
        self.progress.translated(occurrences - len(new), 0)
        if new:
            average = sum(len(t.split()) for t in new) / len(new)
            translated = pair.translate(
                list(new), list(new.values()), lambda n: self.progress.translated(n, round(n * average))
            )
            fresh = dict(zip(new, translated, strict=True))
            self.report.decoded_again.update(t.repair for t in translated if t.repair)
            pair.recall.remember(fresh, new, files)
            results |= {text: Result(t, Origin.MACHINE, False) for text, t in fresh.items()}
        return results

    def _bilingual(self, job: _Job, pair: LanguagePair, results: dict[str, Result]) -> BilingualDocument:
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

    def _write(self, job: _Job, translations: list[BilingualDocument]) -> None:
        written = list[Path]()
        with finishing():
            try:
                for output in job.plan.write:
                    written += self._outputs.write(output, translations)
            except (OutputError, UsageError) as error:
                self._record(FileResult.failed(job.document.name, error, job.targets))
                return
            self._record(FileResult.done(translations, tuple(written)))


def _planned(
    document: Document,
    source: str,
    targets: Sequence[str],
    plan: Plan,
    hits: Sequence[Sequence[Sequence[Hit]]],
    known: int,
) -> FileResult:
    """What a dry run says of a document."""
    flat = [hit for rows in hits for row in rows for hit in row]
    parts = sum(hit.soft for hit in flat)
    return FileResult(
        document.name,
        Status.PLANNED,
        source,
        ",".join(targets),
        tuple(o.path for o in plan.write),
        len(document.segments) * len(targets),
        sum(len(s.source.split()) for s in document.segments) * len(targets),
        terms=TermCounts(used=len(flat) - parts, parts=parts),
        recalled=known,
    )


def _open_memory(options: Options, progress: Progress) -> Memory | None:
    """The memory, or None where there is none or it cannot be opened: a run is never refused for its sake."""
    if options.memory is None:
        return None
    try:
        memory = Memory(options.memory)
    except OutputError as error:
        progress.note(f"{error}; the run goes on without it")
        return None
    if memory.note:
        progress.note(memory.note)
    return memory
