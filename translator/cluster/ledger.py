"""Who has which files, and what became of them: plain book-keeping, in a process of its own on the driver's machine."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from translator.documents import InputFile
from translator.errors import InputError
from translator.report import FileResult

MOST_FILES = 32
"""Files handed out at a time; asking takes a millisecond, a file some hundred."""
OVERHEAD = 1_000
"""Bytes that a file weighs beyond its own: an empty one costs time, too."""
DEATHS_TOGETHER, DEATHS_ALONE = 3, 2
"""Deaths of workers after which a file that each of them had is tried alone, and then given up."""


@dataclass
class News:
    """What has happened since it was last asked for, and how many files are open (`left`) and not handed out (`waiting`)."""

    results: list[tuple[int, FileResult]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: int = 0
    translated: int = 0
    words: int = 0
    left: int = 0
    waiting: int = 0


class Ledger:
    """Hands out files and takes results; workers are known by name."""

    def __init__(self, files: Sequence[InputFile], sizes: Sequence[int], targets: Sequence[str]) -> None:
        """`sizes` are the files' in bytes; every file has a result for each of the `targets`."""
        self._files, self._targets = files, targets
        self._weights = [size + OVERHEAD for size in sizes]
        self._numbers = {file.name: number for number, file in enumerate(files)}
        self._waiting, self._weight = deque(range(len(files))), sum(self._weights)
        self._suspects = list[int]()
        self._known: dict[int, dict[str | None, FileResult]] = {}
        self._held: dict[str, set[int]] = {}
        self._holder: dict[int, str] = {}
        self._gone = set[str]()
        self._deaths = Counter[int]()
        self._left, self._workers, self._stopped = len(files), 1, False
        self._agreed: dict[str, tuple[str, str]] = {}
        self._signatures = set[str]()
        self._news = News()

    def expect(self, workers: int) -> None:
        """So many workers share what is left."""
        self._workers = max(workers, 1)

    def take(self, worker: str) -> list[InputFile]:
        """Files for a worker; none where it is to finish what it has before it comes again, or where there are none.

        A worker may have half of its share of what is left under way: towards the end these become few, so that all end
        at about the same time.
        """
        if self._stopped or worker in self._gone:
            return []
        held = self._held.setdefault(worker, set())
        if not self._waiting:
            return self._handed(worker, [self._suspects.pop()] if self._suspects and not held else [])
        room = self._weight / (2 * self._workers) - sum(self._weights[n] for n in held)
        part = list[int]()
        while self._waiting and len(part) < MOST_FILES and (room > 0 or not (held or part)):
            number = self._waiting.popleft()
            self._weight -= self._weights[number]
            if not self._is_finished(number):
                room -= self._weights[number]
                part.append(number)
        return self._handed(worker, part)

    def _handed(self, worker: str, numbers: Sequence[int]) -> list[InputFile]:
        self._held[worker].update(numbers)
        self._holder |= dict.fromkeys(numbers, worker)
        return [self._files[n] for n in numbers]

    def finished(self, worker: str, result: FileResult) -> None:
        """A result of a file, for one target language.

        A file that a dead worker had written is unchanged to the next one: it was done in this run and stays so.
        """
        number = self._numbers[result.name]
        known = self._known.setdefault(number, {})
        if result.target in known or self._is_finished(number):
            return
        known[result.target] = result
        self._news.results.append((number, result))
        if self._is_finished(number):
            self._left -= 1
            self._held.get(self._holder.pop(number, ""), set()).discard(number)

    def _is_finished(self, number: int) -> bool:
        return len(self._known.get(number, ())) >= len(self._targets)

    def told(self, worker: str, read: int, translated: int, words: int, notes: Sequence[str]) -> bool:
        """Takes what a worker counted since it last called; says whether it is to stop."""
        self._news.read += read
        self._news.translated += translated
        self._news.words += words
        self._news.notes += notes
        return self._stopped or worker in self._gone

    def ended(self, worker: str) -> None:
        """A worker's run ended well; what it left unfinished goes back."""
        self._give_back(sorted(self._held.pop(worker, ())))

    def lost(self, worker: str) -> int:
        """A worker is dead: what it had goes back, in front; returns how many files."""
        self._gone.add(worker)
        held = sorted(self._held.pop(worker, ()))
        self._deaths.update(held)
        self._give_back([n for n in held if self._deaths[n] < DEATHS_TOGETHER])
        for number in (n for n in held if self._deaths[n] >= DEATHS_TOGETHER):
            if self._deaths[number] < DEATHS_TOGETHER + DEATHS_ALONE:
                self._suspects.append(number)
            else:
                self._give_up(worker, number)
        return len(held)

    def _give_up(self, worker: str, number: int) -> None:
        file = self._files[number]
        message = "each worker that had this file died (out of memory?); try it without --cluster"
        for target in self._targets:
            self.finished(worker, FileResult.failed(file.name, InputError(f"{file.path}: {message}"), target))

    def _give_back(self, numbers: Sequence[int]) -> None:
        self._waiting.extendleft(reversed(numbers))
        self._weight += sum(self._weights[n] for n in numbers)

    def agreed(self, key: str, value: str, where: str) -> tuple[str, str]:
        """The first value that was given for a key, and where: all workers must have the same."""
        return self._agreed.setdefault(key, (value, where))

    def is_new(self, signature: str) -> bool:
        """Whether nobody has delivered this signature yet; after that somebody has."""
        new = signature not in self._signatures
        self._signatures.add(signature)
        return new

    def stop(self) -> None:
        """Hands nothing out any more, and has the workers stop."""
        self._stopped = True

    def news(self) -> News:
        """What has happened since the last call."""
        news, self._news = self._news, News()
        news.left, news.waiting = self._left, len(self._waiting) + len(self._suspects)
        return news
