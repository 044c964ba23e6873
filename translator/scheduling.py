"""Which documents are translated together, so that the decoder is never without work and the first handout is there soon.

Imported when there is something to translate: a run without changes needs neither decoder nor exporters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from translator.delivery import Delivery
from translator.jobs import Job
from translator.windows import Window, WindowTranslator

FIRST_WINDOW, LARGEST_WINDOW = 64, 1024
"""Sentences translated together: few at first for an early handout, later enough for full batches; what a power cut can
lose twice."""


def translate(jobs: Iterable[Job], translator: WindowTranslator, delivery: Delivery) -> None:
    """Translates and writes the documents; the translator is sent a window before the one that it has finished is written."""
    waiting, limit = list[Job](), FIRST_WINDOW
    under_way: Window | None = None

    def deliver() -> None:
        if under_way is not None:
            translator.finish(under_way)
            delivery.deliver(under_way)

    for job in jobs:
        if under_way is not None and under_way.done:
            deliver()
            under_way = None
        waiting.append(job)
        if _sentences(waiting) >= limit:
            begun = translator.begin(waiting)
            deliver()
            under_way, waiting = begun, []
            limit = min(2 * limit, LARGEST_WINDOW)
    for rest in _tapered(waiting):
        begun = translator.begin(rest)
        deliver()
        under_way = begun
    deliver()


def _tapered(jobs: list[Job]) -> Iterator[list[Job]]:
    """The last documents in ever smaller windows: the decoder has nothing to do while the last one is written."""
    while jobs:
        part, half = list[Job](), _sentences(jobs) / 2
        while jobs and (not part or _sentences(part) < max(half, FIRST_WINDOW)):
            part.append(jobs.pop(0))
        yield part


def _sentences(jobs: list[Job]) -> int:
    return sum(len(job.document.segments) for job in jobs)
