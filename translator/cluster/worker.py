"""A worker: a run on one machine whose files come from the ledger."""

from __future__ import annotations

import os
import platform
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from translator import __version__, limits
from translator.atomic import own_mark, remove_abandoned
from translator.cluster.keepers import SharedMemory, SharedRecords, answer
from translator.documents import InputFile
from translator.engine.load import load_engine
from translator.engine.packages import Package, choose_route
from translator.errors import ModelError, UsageError
from translator.glossary.files import LoadedFile
from translator.glossary.statistics import TermStatistics
from translator.options import Options
from translator.pairs import LanguagePairs
from translator.pipeline import Shared, run
from translator.report import FileResult

TELLING_SECONDS = 0.5
"""How often a worker tells its figures, and learns whether it is to stop."""


@dataclass(frozen=True)
class Place:
    """What every machine must see as the driver does.

    Attributes:
        folder: the driver's working folder: paths given by the user may be relative to it.
        token: a file in the output folder, and what is in it; None in a dry run, which writes nothing.
        samples: some of the files to be translated, with their sizes.
        version: of translator.
        limits: on what is read.
    """

    folder: Path
    token: tuple[Path, str] | None
    samples: tuple[tuple[Path, int], ...]
    version: str
    limits: limits.Limits


@dataclass
class Outcome:
    """What a run of a worker has to say beyond the results of files, which go to the ledger at once."""

    decoded_again: Counter[str]
    statistics: TermStatistics
    signatures: list[str] = field(default_factory=list)
    models: list[str] = field(default_factory=list)
    glossaries: list[LoadedFile] = field(default_factory=list)


class Worker:
    """Translates what the ledger hands out; a Ray actor, one process."""

    def __init__(self, name: str, options: Options, place: Place, ledger: Any, records: Any, memory: Any) -> None:
        """The last three are Ray actors: of Ledger, of RecordsKeeper, and of Memory or None."""
        self._name, self._options, self._place, self._ledger = name, options, place, ledger
        self._records = SharedRecords(records, options.output)
        self._telling = _Telling(name, ledger)
        known = SharedMemory(memory, options.memory) if memory is not None and options.memory is not None else None
        self._pairs = LanguagePairs(options, self._telling, load_engine, self._route, known)

    def start(self, *, tidy: bool) -> str:
        """Looks whether this machine sees what the driver sees; returns the mark of its temporary files.

        `tidy` has what killed runs left behind on this machine removed.

        Raises:
            UsageError: it does not, or has another version of the program.
        """
        place, here = self._place, platform.node()
        if place.version != __version__:
            raise UsageError(f"{here} has translator {__version__}, the driver {place.version}: install the same")
        try:
            os.chdir(place.folder)
        except OSError as error:
            message = "run the command in a folder of the storage that all machines share"
            raise UsageError(f"{here} does not see {place.folder} ({error.strerror}); {message}") from error
        if place.token is not None and _read(place.token[0]) != place.token[1]:
            raise UsageError(f"{here} does not see the output folder {self._options.output}: it must be shared storage")
        for path, size in place.samples:
            if not path.is_file() or path.stat().st_size != size:
                raise UsageError(f"{here} does not see {path} as the driver does: files must be on shared storage")
        if tidy and not self._options.dry_run:
            remove_abandoned(self._options.output)
        return own_mark()

    def translate(self) -> Outcome:
        """Translates until the ledger hands nothing out.

        Raises:
            GlossaryError: a glossary cannot be used.
            UsageError: this machine has other models than the rest.
        """
        statistics = TermStatistics()
        shared = Shared(self._pairs, self._records, statistics)
        try:
            with limits.override(**asdict(self._place.limits)), self._telling:
                report = run(self._options, self._telling, files=self._files(), shared=shared)
        except KeyboardInterrupt:
            return Outcome(Counter(), statistics)
        outcome = Outcome(report.decoded_again, statistics)
        for pair in self._pairs.opened:
            if answer(self._ledger.is_new.remote(str(pair.signature))):
                outcome.signatures.append(str(pair.signature))
                outcome.models.append(pair.models)
                outcome.glossaries += pair.files
        return outcome

    def _files(self) -> Iterator[InputFile]:
        while part := answer(self._ledger.take.remote(self._name)):
            yield from part

    def _route(self, source: str, target: str, model: str | None) -> tuple[Package, ...]:
        """The packages, if they are those of the other machines: texts would depend on who made them."""
        key, here = f"{source}-{target}", platform.node()
        try:
            route = choose_route(source, target, model)
        except ModelError as error:
            found, where = answer(self._ledger.agreed.remote(key, "", here))
            if found:
                raise UsageError(f"{here} has no model {key}, but {where} has {found}: {error}") from error
            raise
        mine = " and ".join(f"{p.name}/{p.fingerprint}" for p in route)
        found, where = answer(self._ledger.agreed.remote(key, mine, here))
        if found != mine:
            raise UsageError(f"{here} would translate {key} with {mine}, {where} with {found or 'nothing'}: "
                             "install the same models on all machines (translate models list)")  # fmt: skip
        return route


class _Telling(AbstractContextManager["_Telling"]):
    """Progress of a worker: results go to the ledger at once, figures twice a second; stops the run when that is wished.

    While the block lasts a thread of its own does the telling; use it in the main thread.
    """

    def __init__(self, name: str, ledger: Any) -> None:
        self._name, self._ledger = name, ledger
        self._lock, self._end = threading.Lock(), threading.Event()
        self._read = self._translated = self._words = 0
        self._notes: list[str] = []
        self._thread: threading.Thread | None = None

    def __enter__(self) -> _Telling:
        self._end.clear()
        if hasattr(signal, "pthread_sigmask"):  # Ray blocks Ctrl-C in its workers
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        self._thread = threading.Thread(target=self._tell_often, args=(threading.get_ident(),), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        if self._thread is not None:
            self._thread.join()
        self._tell()

    def _tell_often(self, main: int) -> None:
        while not self._end.wait(TELLING_SECONDS):
            if self._tell() and not self._end.is_set():
                if hasattr(signal, "pthread_kill"):
                    signal.pthread_kill(main, signal.SIGINT)
                return

    def _tell(self) -> bool:
        with self._lock:
            told = self._read, self._translated, self._words, self._notes
            self._read = self._translated = self._words = 0
            self._notes = []
        return bool(answer(self._ledger.told.remote(self._name, *told)))

    def found(self, files: int) -> None:
        """Nothing: the driver knows."""

    def read(self, segments: int) -> None:
        """See Progress."""
        with self._lock:
            self._read += segments

    def translated(self, segments: int, words: int) -> None:
        """See Progress; called from two threads."""
        with self._lock:
            self._translated += segments
            self._words += words

    def finished(self, result: FileResult) -> None:
        """See Progress."""
        self._ledger.finished.remote(self._name, result)

    def note(self, text: str) -> None:
        """See Progress."""
        with self._lock:
            self._notes.append(text)


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except OSError:
        return None
