"""The driver: gives the files to the cluster, hears what became of them, and reports on the whole."""

from __future__ import annotations

import platform
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from translator import __version__, limits
from translator.atomic import own_mark, remove_abandoned
from translator.cluster.connection import connected, on_node
from translator.cluster.crew import Crew
from translator.cluster.keepers import RecordsKeeper, answer
from translator.cluster.ledger import Ledger, News
from translator.cluster.worker import Outcome, Place
from translator.documents import InputFile
from translator.errors import OutputError, UsageError
from translator.glossary.load import FOLDER
from translator.glossary.statistics import TermStatistics
from translator.jobs import found_files
from translator.memory.store import Memory
from translator.options import Options
from translator.pipeline import MOST_INCONSISTENT
from translator.progress import Progress, Silent
from translator.report import FileResult, Report

HEARING_SECONDS = 0.3
"""How long the driver waits for calls before it asks for news."""
STOPPING_SECONDS = 30.0
"""How long workers may take to finish what they are at when the run has ended."""
SAMPLES = 20
"""Files that every machine looks for when it starts."""


def run_on_cluster(options: Options, progress: Progress | None = None, address: str | None = None) -> Report:
    """Translates what the options name on the Ray cluster at an address, without one on all cores of this machine.

    Texts and names are those of `pipeline.run`, and so is what Ctrl-C does; `options.threads` are the cores of one
    worker, 0 for one. What a worker that died had counted of mended sentences and of terms rendered in several ways is
    missing in the report.

    Raises:
        UsageError: options that make no sense, no Ray, no cluster at the address, or no machine that sees the files.
        GlossaryError: a glossary that cannot be used.
        TranslatorError: the cluster went away.
    """
    if not options.targets:
        raise UsageError("say which language to translate into, for example --to en")
    started, progress, report = time.monotonic(), progress or Silent(), Report()
    files, errors = found_files(options)
    targets = (",".join(options.targets),) if options.columns else options.targets
    progress.found(len(files) * len(targets) + len(errors))
    for error in errors:
        report.files.append(FileResult.failed(str(error).split(":")[0], error))
        progress.finished(report.files[-1])
    if files:
        _require_one_glossary(options, files)
        if not options.dry_run:
            remove_abandoned(options.output)
        with connected(address), _token(options) as token:
            samples = files[:: max(len(files) // SAMPLES, 1)]
            seen = tuple((f.path, size) for f in samples if (size := _size(f.path)) is not None)
            place = Place(Path.cwd(), token, seen, __version__, limits.current())
            _Run(options, progress, files, targets, place, report).execute()
    report.seconds = time.monotonic() - started
    return report


class _Run:
    """The processes of a run, and what was heard of them."""

    def __init__(
        self,
        options: Options,
        progress: Progress,
        files: Sequence[InputFile],
        targets: Sequence[str],
        place: Place,
        report: Report,
    ) -> None:
        self._options, self._progress, self._report = options, progress, report
        self._ray: Any = import_module("ray")
        self._ledger = self._kept(Ledger, files, [_size(f.path) or 0 for f in files], targets)
        self._records = self._kept(RecordsKeeper, options.output.absolute())
        self._memory: Any = self._opened(options.memory) if options.memory is not None else None
        threads = options.threads or 1
        cards = options.device != "cpu"
        given = replace(options, paths=(), threads=threads, device="cuda" if cards else "cpu")  # each sees its own card
        self._crew = Crew((given, place, self._ledger, self._records, self._memory), threads, cards, progress.note)
        self._results = list[tuple[int, FileResult]]()
        self._statistics, self._news = TermStatistics(), News(left=len(files), waiting=len(files))

    def _kept(self, kind: type, *arguments: Any) -> Any:
        """An actor on the driver's machine; it takes no core from the workers."""
        here = self._ray.get_runtime_context().get_node_id()
        return self._ray.remote(kind).options(num_cpus=0, scheduling_strategy=on_node(here)).remote(*arguments)

    def _opened(self, path: Path) -> Any:
        """The memory's keeper, or None where it cannot be opened: a run is never refused for its sake."""
        try:
            memory = Memory(path)
        except OutputError as error:
            self._progress.note(f"{error}; the run goes on without it")
            return None
        if memory.note:
            self._progress.note(memory.note)
        memory.close()
        return self._kept(Memory, path.absolute())

    def execute(self) -> None:
        """Until every file has its results, or Ctrl-C."""
        try:
            try:
                while self._news.left:
                    self._crew.recruit()
                    answer(self._ledger.expect.remote(self._crew.size))
                    if self._news.waiting:
                        self._crew.call()
                    self._listen()
            except KeyboardInterrupt:
                self._report.interrupted = True
            answer(self._ledger.stop.remote())
            end = time.monotonic() + STOPPING_SECONDS
            while self._crew.busy and time.monotonic() < end:
                self._listen()
        finally:
            self._close()
        self._report.files += [result for _, result in sorted(self._results, key=lambda r: r[0])]
        self._report.inconsistent = self._statistics.inconsistent(MOST_INCONSISTENT)

    def _listen(self) -> None:
        for name, outcome in self._crew.returned(HEARING_SECONDS):
            if outcome is not None:
                answer(self._ledger.ended.remote(name))
                self._take(outcome)
            elif lost := answer(self._ledger.lost.remote(name)):
                self._progress.note(f"{name} died; {lost} files go to others")
        self._news = news = answer(self._ledger.news.remote())
        for note in news.notes:
            self._progress.note(note)
        self._progress.read(news.read)
        self._progress.translated(news.translated, news.words)
        for _, result in news.results:
            self._progress.finished(result)
        self._results += news.results

    def _take(self, outcome: Outcome) -> None:
        self._statistics.merge(outcome.statistics)
        self._report.decoded_again += outcome.decoded_again
        self._report.signatures += outcome.signatures
        self._report.models += outcome.models
        self._report.glossaries += outcome.glossaries

    def _close(self) -> None:
        """Ends all processes, and removes what those that were killed left half written."""
        self._crew.dismiss()
        for actor in (self._memory, self._records, self._ledger):
            if actor is not None:
                if actor is self._memory:
                    with suppress(OutputError):
                        answer(actor.close.remote())
                self._ray.kill(actor)
        if self._crew.ended and not self._options.dry_run:
            remove_abandoned(self._options.output, self._crew.ended)


@contextmanager
def _token(options: Options) -> Iterator[tuple[Path, str] | None]:
    """A file in the output folder by which workers know that they see the same one; a dry run writes none.

    Its name is that of a temporary file, so that the next run removes it if this one is killed.

    Raises:
        OutputError: the folder cannot be written.
    """
    if options.dry_run:
        yield None
        return
    path = options.output / f"{own_mark()}cluster.part"
    text = f"{platform.node()} {secrets.token_hex(8)}"
    try:
        options.output.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise OutputError(f"{options.output}: cannot be written ({error.strerror or error})") from error
    try:
        yield path, text
    finally:
        path.unlink(missing_ok=True)


def _require_one_glossary(options: Options, files: Sequence[InputFile]) -> None:
    """A run takes the glossaries beside its first document; a worker does not know which document that is.

    Raises:
        UsageError: folders were given beside which different glossaries lie, and none was named.
    """
    if options.glossaries is not None:
        return
    roots = list(dict.fromkeys(file.root for file in files))
    found = []
    for root in roots:
        glossaries: dict[str, Path] = {}
        for folder in (root, root.resolve().parent, Path()):
            for path in sorted((folder / FOLDER).glob("*-*.*")):
                glossaries.setdefault(path.stem, path.resolve())
        found.append(glossaries)
    if any(one != found[0] for one in found):
        other = next(root for root, one in zip(roots, found, strict=True) if one != found[0])
        raise UsageError(f"{roots[0]} and {other} have different glossaries beside them: say which with --glossary")


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
