"""Which documents are translated together, so that the decoder is never without work and the first handout is there soon.

Imported when there is something to translate: a run without changes needs neither decoder nor exporters.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from translator.delivery import Delivery
from translator.jobs import Job
from translator.windows import Window, WindowTranslator

FIRST_WINDOW, LARGEST_WINDOW = 64, 512
"""Sentences translated together: few at first for an early handout, later enough for full batches; what a power cut can
lose twice."""
AHEAD = 2
"""Windows that the translator has been sent when the one before them is waited for."""


def translate(jobs: Iterable[Job], translator: WindowTranslator, delivery: Delivery) -> None:
    """Translates and writes the documents; the translator is sent the next windows before it has finished one."""
    waiting, limit, begun = list[Job](), FIRST_WINDOW, deque[Window]()

    def deliver() -> None:
        window = begun.popleft()
        translator.finish(window)
        delivery.deliver(window)

    for job in jobs:
        waiting.append(job)
        if _sentences(waiting) >= limit:
            begun.append(translator.begin(waiting))
            waiting, limit = [], min(2 * limit, LARGEST_WINDOW)
        while begun and (begun[0].done or len(begun) > AHEAD):
            deliver()
    begun.extend(translator.begin(rest) for rest in _tapered(waiting))
    while begun:
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
