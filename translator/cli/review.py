"""`translate review FILE.docx...`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated

import typer

from translator.cli import options as o
from translator.cli.console import output_console, plain_table
from translator.cli.memory import File, open_memory
from translator.errors import ExitCode, TranslatorError
from translator.glossary.rows import plain_cell
from translator.language.names import language_code
from translator.review.corrections import Correction, repeated
from translator.review.corrections import review as review_handout
from translator.review.handout import read_handout


def review(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE.docx...", show_default=False, help="Handouts that were corrected.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the corrections, remember nothing.")] = False,
    terms: Annotated[
        bool,
        typer.Option(
            "--terms", help="Propose glossary entries from corrections that were made again and again, as CSV."
        ),
    ] = False,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="LANG", show_default=False, help="Source language, if a file does not say it."),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option("--to", metavar="LANG", show_default=False, help="Target language, if a file does not say it."),
    ] = None,
    file: File = None,
    limit: o.Limit = None,
) -> None:
    """Take corrections back from handouts edited in Word or LibreOffice.

    Changed translations are remembered as corrected by hand and used wherever their sentences occur. Tracked changes count
    as accepted; rows may be sorted or deleted. Bilingual Word tables of other programs are read by their column headings.

    \b
    Example:
      translate review exports/article.de-en.docx --dry-run
      translate review exports/*.docx
    """
    pair = language_code(source) if source else None, language_code(target) if target else None
    memory = open_memory(file, create=True)
    table = plain_table("file", "no.", "old", "new")
    found: list[Correction] = []
    unchanged = failed = 0
    for path in files:
        try:
            result = review_handout(read_handout(path), memory, *pair)
        except TranslatorError as error:
            failed += 1
            typer.echo(f"error: {error}", err=True)
            continue
        for problem in result.problems:
            typer.echo(f"{path}: {problem}", err=True)
        for correction in result.corrections:
            table.add_row(path.name, correction.number, correction.old or "–", correction.new)
        if not dry_run:
            result.remember(memory, path.name)
        found += result.corrections
        unchanged += result.unchanged
    if terms:
        _proposals(found)
    elif found:
        output_console().print(table)
    taken = "would be remembered" if dry_run else "remembered"
    typer.echo(f"corrections {taken}: {len(found):,}, unchanged: {unchanged:,}", err=True)
    if failed:
        raise typer.Exit(ExitCode.partial if failed < len(files) else ExitCode.input)


def _proposals(corrections: list[Correction]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("source", "target", "note", "forbidden"))
    for word, new, old, count in repeated(corrections):
        writer.writerow([plain_cell(cell) for cell in (word, new, f"corrected {count} times", old)])
