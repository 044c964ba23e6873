"""What a run says at its end, on stderr."""

from __future__ import annotations

import shutil
import textwrap

import typer

from translator.report import Report, Status

_LABEL = 11
"""Columns of the names of the lines."""


def print_closing_lines(report: Report) -> None:
    """The figures of a run, a line each, folded to the terminal; then what the translations were made with."""
    width = max(shutil.get_terminal_size().columns, 40)
    typer.echo(err=True)
    for label, text in _lines(report):
        folded = textwrap.wrap(text, width - _LABEL, break_on_hyphens=False)
        typer.echo(typer.style(f"{label:<{_LABEL}}", dim=True) + f"\n{'':<{_LABEL}}".join(folded), err=True)
    for signature in dict.fromkeys(report.signatures):
        typer.secho(signature, dim=True, err=True)
    if report.interrupted:
        typer.echo("Interrupted. Finished handouts are kept; the same command goes on with the rest.", err=True)


def _lines(report: Report) -> list[tuple[str, str]]:
    rows = list[tuple[str, str]]()
    statuses = [(s, report.count(s)) for s in Status]
    rows.append(("files", ", ".join(f"{n} {s.value}" for s, n in statuses if n) or "none"))
    rate = f"{report.words / report.seconds:,.0f} words/s" if report.seconds and report.words else ""
    if report.done:
        copied = sum(f.copied for f in report.files)
        left = f", {copied} left as they are (another language)" if copied else ""
        new = report.segments - report.recalled - report.human - copied
        kinds = [(new, "new"), (report.recalled, "recalled"), (report.human, "corrected by hand")]
        remembered = report.recalled + report.human
        detail = f" ({', '.join(f'{n:,} {name}' for n, name in kinds if n)})" if remembered else ""
        rows.append(("sentences", f"{report.segments:,} translated{detail}{left}"))
        if again := report.decoded_again:
            steps = ", ".join(f"{n} by {step}" for step, n in again.most_common())
            rows.append(("mended", f"{_sentences(again.total())} that came out damaged: decoded again, {steps}"))
        if report.flagged:
            rows.append(("flagged", f"{_sentences(report.flagged)} to look at (comments in the handouts)"))
    terms = report.terms
    if report.count(Status.PLANNED):
        recalled = sum(f.recalled for f in report.files)
        known = f", {recalled:,} of them remembered" if recalled else ""
        rows.append(("sentences", f"{sum(f.segments for f in report.files):,} to translate{known}"))
        rows.append(("glossary", f"{terms.used:,} hits, {terms.parts:,} more inside compounds"))
    elif report.glossaries and report.done:
        rows.append(("glossary", f"{terms.used:,} used, {terms.repaired:,} repaired, {terms.missed:,} missed"
                      + (f"; {terms.parts:,} more inside compounds" if terms.parts else "")))  # fmt: skip
    worst = [e for e in report.compliance() if e["missed"]][:5]
    if worst:
        rows.append(("missed", ", ".join(f"{e['term']} {e['missed']}×" for e in worst)))
    if report.inconsistent:
        shown = "; ".join(f"{s.entry.source}: {s.entry.target}, {s.others}" for s in report.inconsistent[:3])
        rows.append(("rendered", f"in several ways: {shown} (translate glossary suggest)"))
    if refused := sum(len(g.refused) for g in report.glossaries):
        rows.append(("refused", f"{refused} glossary lines"))
    rows.append(("time", f"{report.seconds:.1f} s" + (f", {rate}" if rate else "")))
    return rows


def _sentences(number: int) -> str:
    return f"{number:,} sentence" + "s" * (number != 1)
