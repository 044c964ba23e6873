"""A run: read → detect → segment → match terms → recall → translate → check → export, over many documents at once.

Documents are taken in as a stream (jobs). Sentences of several documents are translated together, sorted by length
inside the engine (windows), in windows that begin small, so that the first handout is there soon, and grow (scheduling).
A handout is written as soon as its window is done (delivery); what was written stays, whatever happens to the rest.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from translator.atomic import remove_abandoned
from translator.documents import InputFile
from translator.engine.load import load_engine
from translator.engine.packages import choose_route
from translator.errors import OutputError, UsageError
from translator.export.records import OutputRecords
from translator.jobs import Job, Jobs, found_files
from translator.memory.store import Memory
from translator.options import Options
from translator.outputs import Outputs
from translator.pairs import EngineLoader, LanguagePairs, RouteChooser
from translator.progress import Progress, Silent
from translator.report import FileResult, Report
from translator.seen import SeenInputs

if TYPE_CHECKING:
    from translator.glossary.statistics import TermStatistics

MOST_INCONSISTENT = 20
"""Terms without an entry that are reported because they were rendered now this way, now that."""


@dataclass(frozen=True)
class Shared:
    """What runs over parts of a whole have in common (see translator/cluster); they leave it open and tidy nothing up."""

    pairs: LanguagePairs
    records: OutputRecords
    statistics: TermStatistics | None = None


def run(
    options: Options,
    progress: Progress | None = None,
    *,
    load: EngineLoader = load_engine,
    choose: RouteChooser = choose_route,
    files: Iterable[InputFile] | None = None,
    shared: Shared | None = None,
) -> Report:
    """Translates what the options name, or just `files`, and reports on every file.

    Files are asked for as they are needed; a run over a part of a whole is given what it shares with the others, in the
    place of `load` and `choose`. Ctrl-C ends the run early; the report says so, and handouts that were finished are kept.

    Raises:
        UsageError: options that make no sense.
        GlossaryError: a glossary that cannot be used.
    """
    if not options.targets:
        raise UsageError("say which language to translate into, for example --to en")
    progress, memory, records = progress or Silent(), None, OutputRecords(options.output)
    if shared is None:
        memory = _open_memory(options, progress)
        pairs = LanguagePairs(options, progress, load, choose, memory)
        whole = Shared(pairs, records)
        if not options.dry_run:
            remove_abandoned(options.output)
    try:
        return _Run(options, progress, shared or whole).execute(files)
    finally:
        records.close()
        if memory is not None:
            memory.close()


class _Run:
    def __init__(self, options: Options, progress: Progress, shared: Shared) -> None:
        self._options, self._progress, self._report = options, progress, Report()
        self._pairs, self._shared_statistics = shared.pairs, shared.statistics
        self._outputs = Outputs(options, shared.records)
        self._seen = SeenInputs(options, shared.pairs, shared.records)

    def execute(self, files: Iterable[InputFile] | None) -> Report:
        report, started = self._report, time.monotonic()
        try:
            self._translate(iter(self._jobs(files)))
        except KeyboardInterrupt:
            report.interrupted = True
        finally:
            self._seen.flush()
        for pair in self._pairs.opened:
            report.glossaries += pair.files
            report.signatures.append(str(pair.signature))
            report.models.append(pair.models)
        report.seconds = time.monotonic() - started
        return report

    def _record(self, result: FileResult) -> None:
        self._report.files.append(result)
        self._progress.finished(result)

    def _jobs(self, files: Iterable[InputFile] | None) -> Jobs:
        options = self._options
        found, errors = found_files(options) if files is None else (files, [])
        if isinstance(found, Sized):
            self._progress.found(len(found) * (1 if options.columns else len(options.targets)) + len(errors))
        for error in errors:
            self._record(FileResult.failed(str(error).split(":")[0], error))
        return Jobs(found, options, self._pairs, self._outputs, self._seen, self._progress, self._record)

    def _translate(self, jobs: Iterator[Job]) -> None:
        first = next(jobs, None)
        if first is None:
            return
        from translator.delivery import Delivery
        from translator.glossary.statistics import TermStatistics
        from translator.scheduling import translate
        from translator.windows import WindowTranslator

        translator = WindowTranslator(self._progress, self._report.decoded_again)
        statistics = TermStatistics() if self._shared_statistics is None else self._shared_statistics
        try:
            delivery = Delivery(self._outputs, self._seen, statistics, self._record)
            translate(chain([first], jobs), self._options, translator, delivery)
        finally:
            translator.close()
            self._report.inconsistent = statistics.inconsistent(MOST_INCONSISTENT)


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
