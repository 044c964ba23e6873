"""Windows: the sentences of several documents, translated together in threads of their own.

While the decoder works on one window, the main thread reads the next and writes the one before. The sentences of a window
are handed to the decoder while it has the last of the window before, whose damaged translations are mended meanwhile: it
never waits for Python. The memory is asked and written by the main thread alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock

from translator.bilingual import Origin
from translator.errors import ModelError
from translator.glossary.model import Hit
from translator.glossary.translated import Translated
from translator.jobs import Job
from translator.pairs import LanguagePair
from translator.progress import Progress
from translator.recall import Result

IN_DECODER = 2
"""Windows that the decoder has at a time: one on its way through it, and one that is mended."""


class _Cancelled(Exception):
    """Raised in a decoding thread between two batches, when the run has ended."""


@dataclass
class _Part:
    """What a window needs of one language pair: results by source text, and the texts that the decoder has.

    `elsewhere` are texts that windows before have sent to the decoder, with their parts.
    """

    pair: LanguagePair
    results: dict[str, Result]
    new: dict[str, tuple[Hit, ...]]
    files: Mapping[str, str]
    elsewhere: dict[str, _Part]
    future: Future[list[Translated]] | None = None
    error: ModelError | None = None


@dataclass
class Window:
    """Documents that are translated together."""

    jobs: Sequence[Job]
    finished: bool = False
    _parts: dict[int, _Part] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Whether the decoder is through with it."""
        return all(part.future is None or part.future.done() for part in self._parts.values())

    def part(self, pair: LanguagePair) -> _Part | None:
        """What it needs of a pair, if anything."""
        return self._parts.get(id(pair))

    def results(self, pair: LanguagePair) -> dict[str, Result]:
        """Translations by source text.

        Raises:
            ModelError: the model of the pair failed.
        """
        part = self._parts[id(pair)]
        if part.error is not None:
            raise part.error
        return part.results


class WindowTranslator:
    """Translates windows one after the other; close it, for it owns threads."""

    def __init__(self, progress: Progress, mended: Counter[str]) -> None:
        """`mended` counts the sentences that were decoded again, by step."""
        self._progress, self._mended = progress, mended
        self._threads = ThreadPoolExecutor(IN_DECODER, thread_name_prefix="decoder")
        self._telling = Lock()
        self._turn = Event()
        self._turn.set()
        self._closed = False
        self._recent: list[Window] = []  # those not finished, and the last

    def begin(self, jobs: Sequence[Job]) -> Window:
        """Recalls what is remembered and sends the rest to the decoder; what is on its way already is not sent again."""
        window = Window(jobs)
        for pair in {id(p): p for j in jobs for p in j.pairs}.values():
            part = window._parts[id(pair)] = self._look_up(pair, [j for j in jobs if pair in j.pairs])
            if part.new:
                turn, self._turn = self._turn, Event()
                part.future = self._threads.submit(self._decode, pair, dict(part.new), turn, self._turn)
        self._recent = [*(w for w in self._recent if not w.finished), window]
        return window

    def _look_up(self, pair: LanguagePair, jobs: Sequence[Job]) -> _Part:
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
        under_way = [p for w in self._recent if (p := w.part(pair)) is not None and p.future is not None]
        elsewhere = {text: part for part in under_way for text in part.new if text in texts}
        results = pair.recall.look_up({t: h for t, h in texts.items() if t not in elsewhere})
        new = {t: h for t, h in texts.items() if t not in results and t not in elsewhere}
        with self._telling:
            self._progress.translated(occurrences - len(new), 0)
        return _Part(pair, results, new, files, elsewhere)

    def _decode(
        self, pair: LanguagePair, texts: dict[str, tuple[Hit, ...]], turn: Event, next_turn: Event
    ) -> list[Translated]:
        """In a decoding thread: begins at its turn, and lets the next begin when the decoder has given a first answer.

        The decoder has all of the sentences then, so that those of the next window come behind them.
        """
        average = sum(len(t.split()) for t in texts) / len(texts)

        def advance(sentences: int) -> None:
            if self._closed:
                raise _Cancelled
            if sentences:
                next_turn.set()
            with self._telling:
                self._progress.translated(sentences, round(sentences * average))

        try:
            turn.wait()
            advance(0)
            return pair.translate(list(texts), list(texts.values()), advance)
        finally:
            next_turn.set()

    def finish(self, window: Window) -> None:
        """Waits for the decoder and remembers what it made; windows are finished in the order in which they were begun."""
        for part in window._parts.values():
            if part.future is not None:
                try:
                    self._keep(part, part.future.result())
                except ModelError as error:
                    part.error = error
            for text, other in part.elsewhere.items():
                part.error = part.error or other.error
                if text in other.results:
                    part.results[text] = other.results[text]
            part.elsewhere = {}  # else every window would keep all before it
        window.finished = True

    def _keep(self, part: _Part, translated: Sequence[Translated]) -> None:
        fresh = dict(zip(part.new, translated, strict=True))
        self._mended.update(t.repair for t in translated if t.repair)
        part.pair.recall.remember(fresh, part.new, part.files)
        part.results |= {text: Result(t, Origin.MACHINE, False) for text, t in fresh.items()}

    def close(self) -> None:
        """Ends the threads; windows that they are at are given up between two batches."""
        self._closed = True
        self._threads.shutdown(wait=True, cancel_futures=True)
