"""Bars, messages and tables on stderr; results on stdout."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.table import Table
from tqdm import tqdm

from translator.report import FileResult, Report, Status

_MARKS = {Status.DONE: "✓", Status.UNCHANGED: "=", Status.SKIPPED: "–", Status.PLANNED: "·", Status.FAILED: "✗"}


def error_console() -> Console:
    """Console on stderr as it is now (tests exchange it), never wrapping inside words of a path."""
    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


def output_console() -> Console:
    """Console on stdout for tables; in a pipe nothing is wrapped: a line is an entry."""
    width = None if sys.stdout.isatty() else 100_000
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, width=width)


def plain_table(*columns: str) -> Table:
    """A table without lines."""
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column)
    return table


class BarProgress:
    """Shows two tqdm bars, files and sentences, where stderr is a terminal; messages always.

    Use it as a context manager: the bars are closed when the block ends, however it ends. `verbose` lists every file and
    every missed term; sentences of documents are shown only where `texts` is true.
    """

    def __init__(self, *, quiet: bool = False, verbose: bool = False, texts: bool = False) -> None:
        self._quiet, self._verbose, self._texts = quiet, verbose, texts
        off = True if quiet else None  # None: tqdm looks whether stderr is a terminal
        self._files = tqdm(
            total=0, unit="file", desc="files    ", disable=off, file=sys.stderr, position=0, leave=False
        )
        self._sentences = tqdm(
            total=0, unit="sent", desc="sentences", disable=off, file=sys.stderr, position=1, leave=False, smoothing=0.1
        )
        self._words, self._started = 0, 0.0
        self._noted: set[str] = set()

    def __enter__(self) -> BarProgress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sentences.close()
        self._files.close()

    def found(self, files: int) -> None:
        """See Progress."""
        self._files.total = files
        self._files.refresh()

    def read(self, segments: int) -> None:
        """See Progress."""
        self._sentences.total = (self._sentences.total or 0) + segments
        self._sentences.refresh()

    def translated(self, segments: int, words: int) -> None:
        """See Progress."""
        self._started = self._started or time.monotonic() - 1e-3
        self._words += words
        rate = self._words / (time.monotonic() - self._started)
        self._sentences.set_postfix_str(f"{rate:,.0f} words/s", refresh=False)
        self._sentences.update(segments)

    def finished(self, result: FileResult) -> None:
        """See Progress."""
        self._files.update(1)
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
        if always or not self._quiet:
            tqdm.write(text, file=sys.stderr)


def _line(result: FileResult) -> str:
    parts = [f"{_MARKS[result.status]} {result.name}"]
    if result.output:
        parts.append(f"→ {result.output}")
    if result.segments:
        parts.append(f"({result.segments} sentences)")
    if result.message:
        parts.append(f"– {result.message}")
    return " ".join(parts)


def print_closing_table(report: Report) -> None:
    """The table at the end of a run."""
    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", min_width=9)
    table.add_column()
    statuses = [(s, report.count(s)) for s in Status]
    table.add_row("files", ", ".join(f"{n} {s.value}" for s, n in statuses if n) or "none")
    rate = f"{report.words / report.seconds:,.0f} words/s" if report.seconds and report.words else ""
    if report.done:
        copied = sum(f.copied for f in report.files)
        left = f", {copied} left as they are (another language)" if copied else ""
        new = report.segments - report.recalled - report.human - copied
        kinds = [(new, "new"), (report.recalled, "recalled"), (report.human, "corrected by hand")]
        remembered = report.recalled + report.human
        detail = f" ({', '.join(f'{n:,} {name}' for n, name in kinds if n)})" if remembered else ""
        table.add_row("sentences", f"{report.segments:,} translated{detail}{left}")
        if again := report.decoded_again:
            steps = ", ".join(f"{n} by {step}" for step, n in again.most_common())
            table.add_row("mended", f"{again.total():,} sentences that came out damaged were decoded again: {steps}")
        if report.flagged:
            table.add_row("flagged", f"{report.flagged:,} sentences to look at (comments in the handouts)")
    terms = report.terms
    if report.count(Status.PLANNED):
        recalled = sum(f.recalled for f in report.files)
        known = f", {recalled:,} of them remembered" if recalled else ""
        table.add_row("sentences", f"{sum(f.segments for f in report.files):,} to translate{known}")
        table.add_row("glossary", f"{terms.used:,} hits, {terms.parts:,} more inside compounds")
    elif report.glossaries and report.done:
        table.add_row("glossary", f"{terms.used:,} used, {terms.repaired:,} repaired, {terms.missed:,} missed"
                      + (f"; {terms.parts:,} more inside compounds" if terms.parts else ""))  # fmt: skip
    worst = [e for e in report.compliance() if e["missed"]][:5]
    if worst:
        table.add_row("missed", ", ".join(f"{e['term']} {e['missed']}×" for e in worst))
    if report.inconsistent:
        shown = "; ".join(f"{s.entry.source}: {s.entry.target}, {s.others}" for s in report.inconsistent[:3])
        table.add_row("rendered", f"in several ways: {shown} (translate glossary suggest)")
    if refused := sum(len(g.refused) for g in report.glossaries):
        table.add_row("refused", f"{refused} glossary lines")
    table.add_row("time", f"{report.seconds:.1f} s" + (f", {rate}" if rate else ""))
    console = error_console()
    console.print()
    console.print(table)
    for signature in dict.fromkeys(report.signatures):
        console.print(f"[dim]{signature}[/dim]")
    if report.interrupted:
        console.print("Interrupted. Finished handouts are kept; the same command goes on with the rest.")
