"""`translate glossary check|list|add|remove|convert|suggest`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TextIO

import typer

from translator.cli import options as o
from translator.cli.bars import BarProgress
from translator.cli.console import output_console, plain_table
from translator.documents import read_document
from translator.documents.discovery import discover
from translator.errors import ExitCode, GlossaryError, TranslatorError, UsageError
from translator.glossary.editing import add_entry, remove_entry
from translator.glossary.inspection import inspect_glossary, unmatched
from translator.glossary.load import default_glossary, read_glossary
from translator.glossary.rows import entry_of_cells, plain_cell, row_of
from translator.glossary.words import fold
from translator.glossary.writing import FORMATS, format_of, write_glossary
from translator.language.names import language_code

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Look after your glossary.")

Source = Annotated[str, typer.Option("--from", metavar="LANG", help="Language of the terms.")]
Target = Annotated[str, typer.Option("--to", metavar="LANG", help="Language of the translations.")]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", show_default=False, help="Glossaries.")]
EditedFile = Annotated[
    Path | None,
    typer.Option("--glossary", "-g", metavar="FILE", show_default=False,
                 help="The glossary to change; glossaries/de-en.csv when left away."),
]  # fmt: skip


@app.callback()
def glossary() -> None:
    """Look after your glossary."""


@app.command()
def check(
    files: Files,
    source: Source = "de",
    target: Target = "en",
    corpus: Annotated[
        list[Path] | None,
        typer.Option(
            "--corpus",
            metavar="PATH",
            show_default=False,
            help="Also list the entries that occur nowhere in these files or folders.",
        ),
    ] = None,
    limit: o.Limit = None,
) -> None:
    """Say what was read from a glossary and what is wrong with it, line by line.

    \b
    Example:
      translate glossary check glossaries/de-en.csv --corpus seeds/
    """
    pair = language_code(source), language_code(target)
    loaded = [read_glossary(path, *pair) for path in files]
    for file in loaded:
        columns = ", ".join(file.columns)
        typer.echo(f"{file.path}: {len(file.entries)} entries ({file.dialect}; columns: {columns})")
        for refusal in file.refused:
            typer.echo(f"not used: {refusal}")
    entries = [entry for file in loaded for entry in file.entries]
    remarks = inspect_glossary(entries)
    if corpus:
        remarks += unmatched(entries, _texts(corpus))
    for remark in remarks:
        typer.echo(str(remark))
    if remarks or any(file.refused for file in loaded):
        raise typer.Exit(ExitCode.glossary)
    typer.echo("no complaints")


@app.command("list")
def list_entries(
    files: Files,
    source: Source = "de",
    target: Target = "en",
    search: Annotated[str, typer.Option("--search", "-s", metavar="TEXT", help="Only entries with this text.")] = "",
    limit: o.Limit = None,
) -> None:
    """List the entries of glossaries as they are understood.

    \b
    Example:
      translate glossary list glossaries/de-en.csv --search waffen
    """
    table = plain_table("source", "target", "type", "match", "note")
    wanted = fold(search)
    for path in files:
        for entry in read_glossary(path, language_code(source), language_code(target)).entries:
            if wanted in fold(" ".join((entry.source, *entry.targets, entry.note))):
                table.add_row(entry.source, " | ".join(entry.targets), entry.type.value, entry.match.value, entry.note)
    output_console().print(table)


@app.command()
def add(
    term: Annotated[str, typer.Argument(metavar="TERM", show_default=False, help="The term, in dictionary form.")],
    translation: Annotated[
        str,
        typer.Argument(
            metavar="TRANSLATION", show_default=False, help="Its translation; a|b for alternatives, = to keep it."
        ),
    ],
    file: EditedFile = None,
    note: Annotated[str, typer.Option("--note", help="A note for the readers of the handout.")] = "",
    kind: Annotated[str, typer.Option("--type", metavar="name|noun|phrase|keep", help="Kind of word.")] = "",
    match: Annotated[
        str, typer.Option("--match", metavar="exact|inflected|prefix|custom", help="How it is looked for.")
    ] = "",
    forbidden: Annotated[str, typer.Option("--forbidden", metavar="A|B", help="Wordings that may be replaced.")] = "",
    domain: Annotated[str, typer.Option("--domain", help="Subject field.")] = "",
    source: Source = "de",
    target: Target = "en",
    limit: o.Limit = None,
) -> None:
    """Add a term to a glossary; the other lines stay as they are.

    \b
    Example:
      translate glossary add Waffenstillstand ceasefire --forbidden armistice
    """
    pair = language_code(source), language_code(target)
    path = file or _default(*pair)
    cells = {"source": term, "target": translation, "note": note, "type": kind, "match": match, "forbidden": forbidden,
             "domain": domain}  # fmt: skip
    try:
        entry = entry_of_cells(cells, str(path), 0)
    except ValueError as error:
        raise UsageError(str(error)) from error
    if entry is None:
        raise UsageError("say a term and its translation")
    add_entry(path, entry, *pair)
    typer.echo(f"{path}: {entry.source} → {' | '.join(entry.targets)} ({entry.type.value})", err=True)


@app.command()
def remove(
    term: Annotated[str, typer.Argument(metavar="TERM", show_default=False, help="The term to remove.")],
    file: EditedFile = None,
    source: Source = "de",
    target: Target = "en",
    limit: o.Limit = None,
) -> None:
    """Remove a term from a glossary; the other lines stay as they are.

    \b
    Example:
      translate glossary remove Waffenstillstand
    """
    pair = language_code(source), language_code(target)
    path = file or _default(*pair)
    for entry in remove_entry(path, term, *pair):
        typer.echo(f"{path}: removed {entry.source} → {' | '.join(entry.targets)} (line {entry.line})", err=True)


@app.command()
def convert(
    file: Annotated[Path, typer.Argument(metavar="FROM", show_default=False, help="Glossary to read.")],
    output: Annotated[Path, typer.Argument(metavar="TO", show_default=False, help="File to write.")],
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="|".join(FORMATS), show_default=False, help="Format, if the ending does not say it."
        ),
    ] = None,
    source: Source = "de",
    target: Target = "en",
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
    limit: o.Limit = None,
) -> None:
    """Convert a glossary: CSV, TSV, XLSX, TBX 2 and 3, DeepL, OmegaT.

    \b
    Example:
      translate glossary convert glossaries/de-en.csv terms.tbx
    """
    if form is not None and form not in FORMATS:
        raise UsageError(f"--format {form}: known are {', '.join(FORMATS)}")
    if output.exists() and not force:
        raise UsageError(f"{output} exists; --force overwrites it")
    pair = language_code(source), language_code(target)
    loaded = read_glossary(file, *pair)
    lost = write_glossary(loaded.entries, output, form or format_of(output), *pair)
    for refusal in loaded.refused:
        typer.echo(f"not used: {refusal}", err=True)
    for field, count in lost.items():
        typer.echo(f"{output}: {count} entries have {field}, for which this format has no room", err=True)
    typer.echo(str(output))


@app.command()
def suggest(
    paths: o.Paths,
    file: Annotated[
        list[Path] | None,
        typer.Option("--glossary", "-g", metavar="FILE", show_default=False, help="Terms that are there already."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", show_default=False, help="CSV to write instead of standard output."
        ),
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="Suggestions at the most.")] = 50,
    source: Source = "de",
    target: Target = "en",
    model: o.Model = None,
    limit: o.Limit = None,
) -> None:
    """Propose names and terms that the glossary lacks, with the tool's own rendering and an example, as CSV.

    What is frequent, stands in many files and is rendered now this way, now that, comes first. Edit the list in a
    spreadsheet and append what you like to your glossary.

    \b
    Example:
      translate glossary suggest seeds/ -o missing.csv
    """
    from translator.suggest import suggest_terms

    pair = language_code(source), language_code(target)
    files, errors = discover(paths)
    if errors and not files:
        raise errors[0]
    with BarProgress() as progress:
        suggestions = suggest_terms(
            paths, *pair, glossaries=tuple(file) if file else None, model=model, most=most, progress=progress
        )
    rows = [row_of(s.entry) | {"frequency": str(s.frequency), "files": str(s.files), "other renderings": s.others, "example": plain_cell(s.example)}
            for s in suggestions]  # fmt: skip
    fields = [
        "source",
        "target",
        "note",
        "match",
        "case",
        "type",
        "forbidden",
        "domain",
        "frequency",
        "files",
        "other renderings",
        "example",
    ]
    if output is not None:
        from translator.atomic import replacing

        with replacing(output) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as stream:
            _write_rows(stream, fields, rows)
        typer.echo(str(output))
    else:
        _write_rows(sys.stdout, fields, rows)


def _texts(paths: list[Path]) -> Iterator[str]:
    """Paragraphs of all documents; what cannot be read is said and passed over."""
    files, errors = discover(paths)
    for error in errors:
        typer.echo(f"error: {error}", err=True)
    for file in files:
        try:
            yield from (p.text for p in read_document(file).paragraphs)
        except TranslatorError as error:
            typer.echo(f"error: {error}", err=True)


def _write_rows(stream: TextIO, fields: list[str], rows: list[dict[str, str]]) -> None:
    writer = csv.DictWriter(stream, fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _default(source: str, target: str) -> Path:
    """`glossaries/de-en.csv` in the working folder.

    Raises:
        GlossaryError: there is no folder of glossaries here.
    """
    found = default_glossary(source, target, [Path()])
    path = found or Path("glossaries") / f"{source}-{target}.csv"
    if not path.parent.is_dir():
        raise GlossaryError(f"{path}: no such glossary here; name one with --glossary FILE")
    return path
