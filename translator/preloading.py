"""What checks and exporters need, imported and opened while the decoder has the first sentences."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread

from translator.checks.wording import KNOWN_PAIR, load_dictionaries
from translator.errors import TranslatorError
from translator.export import prepare
from translator.jobs import Job
from translator.options import Options


def preload(job: Job, options: Options) -> Thread:
    """A thread, begun, that makes ready for writing the document; join it before the document is checked and written.

    It only saves time: what goes wrong in it goes wrong again where it can be told.
    """
    thread = Thread(target=_preload, args=(job, options), name="preloading", daemon=True)
    thread.start()
    return thread


def _preload(job: Job, options: Options) -> None:
    if any((pair.source, pair.target) == KNOWN_PAIR for pair in job.pairs):
        load_dictionaries()
    for name in options.formats:
        with suppress(TranslatorError):
            prepare(name, tuple(pair.signature for pair in job.pairs), options.settings)
