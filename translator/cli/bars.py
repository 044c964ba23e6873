"""Bars and messages on stderr."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from translator.report import FileResult, Status

_MARKS = {Status.DONE: "✓", Status.UNCHANGED: "=", Status.SKIPPED: "–", Status.PLANNED: "·", Status.FAILED: "✗"}


class BarProgress:
    """Shows two tqdm bars, files and sentences, where stderr is a terminal; messages always.

    Use it as a context manager: the bars are closed when the block ends, however it ends. `verbose` lists every file and
    every missed term; sentences of documents are shown only where `texts` is true.
    """

    def __init__(self, *, quiet: bool = False, verbose: bool = False, texts: bool = False) -> None:
        self._quiet, self._verbose, self._texts = quiet, verbose, texts
        self._bars = None if quiet or not sys.stderr.isatty() else _Bars()
        self._noted: set[str] = set()

    def __enter__(self) -> BarProgress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars:
            self._bars.close()

    def found(self, files: int) -> None:
        """See Progress."""
        if self._bars:
            self._bars.found(files)

    def read(self, segments: int) -> None:
        """See Progress."""
        if self._bars:
            self._bars.read(segments)

    def translated(self, segments: int, words: int) -> None:
        """See Progress."""
        if self._bars:
            self._bars.translated(segments, words)

    def finished(self, result: FileResult) -> None:
        """See Progress."""
        if self._bars:
            self._bars.finished()
        if result.status is Status.FAILED:
            self._say(f"{_MARKS[result.status]} {result.message}", always=True)
        elif result.message or self._verbose:
            self._say(_line(result))
        if self._verbose:
            for missed in result.missed:
                text = f" in: {missed.translation}" if self._texts else ""
                self._say(
                    f"    {result.name}, sentence {missed.number}: {missed.source} is not {missed.target!r}{text}"
                )

    def note(self, text: str) -> None:
        """See Progress; the same note is given once."""
        if text not in self._noted:
            self._noted.add(text)
            self._say(text)

    def _say(self, text: str, *, always: bool = False) -> None:
        if self._bars:
            self._bars.write(text)
        elif always or not self._quiet:
            print(text, file=sys.stderr)


def _line(result: FileResult) -> str:
    parts = [f"{_MARKS[result.status]} {result.name}"]
    if result.output:
        parts.append(f"→ {result.output}")
    if result.segments:
        parts.append(f"({result.segments} sentences)")
    if result.message:
        parts.append(f"– {result.message}")
    return " ".join(parts)


class _Bars:
    """Two tqdm bars. tqdm is imported with the first, for it costs more time than a run that has nothing to do."""

    def __init__(self) -> None:
        from tqdm import tqdm

        self._tqdm = tqdm
        self._files = tqdm(total=0, unit="file", desc="files    ", file=sys.stderr, position=0, leave=False)
        self._sentences = tqdm(
            total=0, unit="sent", desc="sentences", file=sys.stderr, position=1, leave=False, smoothing=0.1
        )
        self._words, self._started = 0, 0.0

    def close(self) -> None:
        self._sentences.close()
        self._files.close()

    def found(self, files: int) -> None:
        self._files.total = files
        self._files.refresh()

    def read(self, segments: int) -> None:
        self._sentences.total = (self._sentences.total or 0) + segments
        self._sentences.refresh()

    def translated(self, segments: int, words: int) -> None:
        self._started = self._started or time.monotonic() - 1e-3
        self._words += words
        rate = self._words / (time.monotonic() - self._started)
        self._sentences.set_postfix_str(f"{rate:,.0f} words/s", refresh=False)
        self._sentences.update(segments)

    def finished(self) -> None:
        self._files.update(1)

    def write(self, text: str) -> None:
        self._tqdm.write(text, file=sys.stderr)
