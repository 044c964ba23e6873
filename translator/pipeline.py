"""A run: read → detect → segment → match terms → translate → check → export, over many documents at once.

Documents are taken in as a stream. Sentences of several documents are translated together, sorted by length inside the
engine, in windows that begin small, so that the first handout is there soon, and grow. A handout is written as soon as
its window is done; what was written stays, whatever happens to the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from translator import __version__
from translator.bilingual import BilingualDocument, Origin, Signature, TranslatedSegment, content_fingerprint
from translator.documents import Document, InputFile
from translator.documents.discovery import discover
from translator.engine.hypotheses import Engine, Hypothesis
from translator.engine.load import load_engine
from translator.engine.packages import Package, choose_route
from translator.errors import ModelError, OutputError, TranslatorError, UsageError
from translator.export import docx
from translator.export.files import distinct_names, handout_path, numbered_paths
from translator.export.provenance import inspect
from translator.glossary.enforcement import Enforcer, Translated
from translator.glossary.load import default_glossary, load
from translator.glossary.matching import Matcher
from translator.glossary.model import Glossary, Hit
from translator.glossary.statistics import TermStatistics
from translator.language.names import english_name
from translator.options import Options
from translator.preparation import prepare
from translator.progress import Progress, Silent
from translator.report import FileResult, Report, Status, TermCounts

FIRST_WINDOW, LARGEST_WINDOW = 64, 2048
"""Sentences translated together: few at first for an early handout, later enough for full batches."""

MOST_INCONSISTENT = 20
"""Terms without an entry that are reported because they were rendered now this way, now that."""

EngineLoader = Callable[[tuple[Package, ...], int], Engine]
RouteChooser = Callable[[str, str, str | None], tuple[Package, ...]]


@dataclass
class _Pair:
    """What all documents of one language pair share."""

    glossary: Glossary
    matcher: Matcher
    route: tuple[Package, ...]
    signature: Signature
    enforcer: Enforcer | None = None


@dataclass(frozen=True)
class _Job:
    """A document to be translated into one language."""

    document: Document
    pair: _Pair
    output: Path
    hits: tuple[tuple[Hit, ...], ...]

    @property
    def foreign(self) -> set[str]:
        """Ids of the segments whose paragraph is in another language than the document: they are left as they are."""
        return {s.id for p in self.document.paragraphs if p.language for s in p.segments}


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
        self._load, self._choose = load, choose
        self._pairs: dict[tuple[str, str], _Pair | ModelError] = {}
        self._window: list[_Job] = []
        self._statistics = TermStatistics()
        self._limit = FIRST_WINDOW

    def execute(self) -> Report:
        if not self.options.targets:
            raise UsageError("say which language to translate into, for example --to en")
        started = time.monotonic()
        try:
            for job in self._jobs():
                self._window.append(job)
                if sum(len(j.document.segments) for j in self._window) >= self._limit:
                    self._flush()
                    self._limit = min(2 * self._limit, LARGEST_WINDOW)
            self._flush()
        except KeyboardInterrupt:
            self.report.interrupted = True
        self.report.inconsistent = self._statistics.inconsistent(MOST_INCONSISTENT)
        self.report.seconds = time.monotonic() - started
        return self.report

    def _record(self, result: FileResult) -> None:
        self.report.files.append(result)
        self.progress.finished(result)

    def _jobs(self) -> Iterator[_Job]:
        """Reads the documents one by one; what cannot be or need not be translated is recorded and passed over."""
        options = self.options
        files, errors = discover(options.paths, recursive=options.recursive, skip=options.output)
        names = distinct_names([f.name for f in files])
        self.progress.found((len(files) + len(errors)) * len(options.targets))
        for error in errors:
            self._record(FileResult.failed(str(error).split(":")[0], error))
        for file, name in zip(files, names, strict=True):
            try:
                document = prepare(InputFile(file.path, name, file.root), options.source)
            except TranslatorError as error:
                for target in options.targets:
                    self._record(FileResult.failed(name, error, target))
                continue
            for target in options.targets:
                try:
                    job = self._job(document, file, target)
                except (ModelError, OutputError) as error:
                    self._record(FileResult.failed(name, error, target))
                    continue
                if job is not None:
                    yield job

    def _job(self, document: Document, file: InputFile, target: str) -> _Job | None:
        source = document.language or ""
        if source == target:
            message = f"already in {english_name(target)}"
            self._record(FileResult(document.name, Status.SKIPPED, source, target, message=message))
            return None
        pair = self._pair(source, target, file.root)
        wanted = handout_path(self.options.output, document.name, source, target, docx.SUFFIX)
        output = self._output(document, pair, wanted)
        if output is None:
            return None
        hits = tuple(tuple(pair.matcher.hits(s.source)) for s in document.segments)
        if self.options.dry_run:
            count = len(document.segments)
            words = sum(len(s.source.split()) for s in document.segments)
            parts = sum(h.soft for row in hits for h in row)
            terms = TermCounts(used=sum(len(row) for row in hits) - parts, parts=parts)
            self._record(FileResult(document.name, Status.PLANNED, source, target, output, count, words, terms=terms))
            return None
        self.progress.read(len(document.segments))
        return _Job(document, pair, output, hits)

    def _output(self, document: Document, pair: _Pair, wanted: Path) -> Path | None:
        """Where the handout goes; None where it stands there already.

        A file that was edited by hand, or is not ours, is left alone: the new one gets a number.
        """
        if self.options.force:
            return wanted
        fingerprint = content_fingerprint(document, pair.signature)
        for path in numbered_paths(wanted):
            if not path.exists():
                return path
            found = inspect(path)
            if found.fingerprint == fingerprint:
                message = "edited by hand and kept" if found.edited else ""
                signature = pair.signature
                self._record(FileResult(document.name, Status.UNCHANGED, signature.source, signature.target, path,
                                        message=message))  # fmt: skip
                return None
            if not found.edited:
                return path
            self.progress.note(f"{path}: edited by hand and kept; the new handout gets a number (--force overwrites)")
        raise OutputError(f"{wanted}: too many numbered copies; remove some")

    def _pair(self, source: str, target: str, root: Path) -> _Pair:
        key = (source, target)
        if key not in self._pairs:
            try:
                self._pairs[key] = self._open_pair(source, target, root)
            except ModelError as error:
                self._pairs[key] = error
        pair = self._pairs[key]
        if isinstance(pair, ModelError):
            raise pair
        return pair

    def _open_pair(self, source: str, target: str, root: Path) -> _Pair:
        options = self.options
        route = self._choose(source, target, options.model)
        paths = options.glossaries
        if paths is None:
            folders = [root, root.resolve().parent, Path()]
            found = default_glossary(source, target, folders)
            paths = (found,) if found else ()
        loaded = load(paths, source, target)
        self.report.glossaries += loaded.files
        for file in loaded.files:
            self.progress.note(f"glossary {file.path}: {len(file.entries)} entries ({file.dialect})")
            for refusal in file.refused:
                self.progress.note(f"not used: {refusal}")
        model = "+".join(f"{p.name}/{p.fingerprint}" for p in route)
        signature = Signature.of(__version__, loaded.glossary, model, options.beam)
        self.report.signatures.append(str(signature))
        self._say_model(route, source, target)
        return _Pair(loaded.glossary, Matcher(loaded.glossary), route, signature)

    def _say_model(self, route: tuple[Package, ...], source: str, target: str) -> None:
        names = " and ".join(f"{p.name} ({p.origin})" for p in route)
        self.report.models.append(names)
        self.progress.note(f"model {source}→{target}: {names}")
        if any(p.origin == "built-in" for p in route):
            self.progress.note(f"a larger model, once, with a connection: translate models install {source} {target}")

    def _flush(self) -> None:
        """Translates the window and writes its handouts in order."""
        jobs, self._window = self._window, []
        for pair in {id(j.pair): j.pair for j in jobs}.values():
            own = [j for j in jobs if j.pair is pair]
            try:
                translations = self._translate(pair, own)
            except ModelError as error:
                for job in own:
                    self._record(FileResult.failed(job.document.name, error, pair.signature.target))
                continue
            for job in own:
                self._write(job, translations)

    def _translate(self, pair: _Pair, jobs: list[_Job]) -> dict[str, Translated]:
        """Translation by source text: a sentence that occurs twice is translated once."""
        if pair.enforcer is None:
            engine = self._load(pair.route, self.options.threads)
            pair.enforcer = Enforcer(engine, pair.signature.target, beam=self.options.beam)
        texts: dict[str, tuple[Hit, ...]] = {}
        without = 0
        for job in jobs:
            foreign = job.foreign
            for segment, hits in zip(job.document.segments, job.hits, strict=True):
                if segment.id in foreign or segment.source in texts:
                    without += 1
                else:
                    texts[segment.source] = hits
        average = sum(len(t.split()) for t in texts) / max(len(texts), 1)
        results = pair.enforcer.translate(
            list(texts), list(texts.values()), lambda n: self.progress.translated(n, round(n * average))
        )
        self.progress.translated(without, 0)
        return dict(zip(texts, results, strict=True))

    def _write(self, job: _Job, translations: dict[str, Translated]) -> None:
        foreign, segments = job.foreign, []
        for segment in job.document.segments:
            if segment.id in foreign:
                segments.append(TranslatedSegment(segment, segment.source, Origin.COPIED))
            else:
                found = translations[segment.source]
                segments.append(TranslatedSegment(segment, found.text, Origin.MACHINE, found.score, found.terms))
                hypothesis = Hypothesis(found.text, found.score, found.alignment)
                self._statistics.collect(job.document.name, segment.source, [t.hit for t in found.terms], hypothesis)
        bilingual = BilingualDocument(job.document, tuple(segments), job.pair.signature)
        try:
            docx.write(bilingual, job.output)
        except OutputError as error:
            self._record(FileResult.failed(job.document.name, error, job.pair.signature.target))
            return
        self._record(FileResult.done(bilingual, job.output))
