"""Which documents are translated together, so that the decoder is never without work and the first handout is there soon.

Imported when there is something to translate: a run without changes needs neither decoder nor exporters.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from threading import Thread

from translator.delivery import Delivery
from translator.jobs import Job
from translator.options import Options
from translator.preloading import preload
from translator.windows import Window, WindowTranslator

SMALLEST_WINDOW, LARGEST_WINDOW = 64, 512
"""Sentences translated together: enough for full batches, and what a power cut can lose twice. The first window is one
document, for an early handout; those after it grow."""
AHEAD = 2
"""Windows that the translator has been sent when the one before them is waited for."""


def translate(jobs: Iterable[Job], options: Options, translator: WindowTranslator, delivery: Delivery) -> None:
    """Translates and writes the documents; the translator is sent the next windows before it has finished one."""
    waiting, limit, begun = list[Job](), 1, deque[Window]()
    preloading: Thread | None = None

    def deliver() -> None:
        window = begun.popleft()
        translator.finish(window)
        if preloading is not None:
            preloading.join()
        delivery.deliver(window)

    for job in jobs:
        waiting.append(job)
        if _sentences(waiting) >= limit:
            begun.append(translator.begin(waiting))
            waiting, limit = [], min(max(2 * limit, SMALLEST_WINDOW), LARGEST_WINDOW)
        preloading = preloading or preload(job, options)
        while begun and (begun[0].done or len(begun) > AHEAD):
            deliver()
    begun.extend(translator.begin(rest) for rest in _tapered(waiting))
    while begun:
        deliver()


def _tapered(jobs: list[Job]) -> Iterator[list[Job]]:
    """The last documents in ever smaller windows: the decoder has nothing to do while the last one is written."""
    while jobs:
        part, half = list[Job](), _sentences(jobs) / 2
        while jobs and (not part or _sentences(part) < max(half, SMALLEST_WINDOW)):
            part.append(jobs.pop(0))
        yield part


def _sentences(jobs: list[Job]) -> int:
    return sum(len(job.document.segments) for job in jobs)
