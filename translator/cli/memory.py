"""`translate memory stats|search|export|import|forget`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from translator import __version__
from translator.atomic import replacing
from translator.cli import options as o
from translator.cli.console import output_console, plain_table
from translator.errors import UsageError
from translator.language.names import english_name, language_code
from translator.memory.search import search as search_memory
from translator.memory.store import Memory, default_path
from translator.memory.tmx import memory_bytes, read_tmx

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What was translated and corrected so far.")

File = Annotated[
    Path | None,
    typer.Option("--memory", metavar="FILE", show_default=False, help="Translation memory to use instead of your own."),
]
Source = Annotated[str, typer.Option("--from", metavar="LANG", help="Source language.")]
Target = Annotated[str, typer.Option("--to", metavar="LANG", help="Target language.")]


@app.callback()
def memory() -> None:
    """What was translated and corrected so far."""


def open_memory(file: Path | None, *, create: bool = False) -> Memory:
    """The memory in a file, else the user's own; what happened to a damaged one is said."""
    opened = Memory(file or default_path(), create=create)
    if opened.note:
        typer.echo(opened.note, err=True)
    return opened


@app.command()
def stats(file: File = None) -> None:
    """Say how much is remembered, and where.

    \b
    Example:
      translate memory stats
    """
    opened = open_memory(file)
    table = plain_table("from", "to", "by", "sentences")
    for source, target, origin, count in opened.counts():
        table.add_row(english_name(source), english_name(target), "hand" if origin == "human" else origin, f"{count:,}")
    output_console().print(table)
    typer.echo(f"{opened.path} ({opened.path.stat().st_size / 2**20:.1f} MB)", err=True)


@app.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", show_default=False, help="A sentence, or words of one.")],
    most: Annotated[int, typer.Option("--most", min=1, help="Matches at the most.")] = 10,
    file: File = None,
) -> None:
    """Look for sentences like a text, in both languages; the likest come first.

    \b
    Example:
      translate memory search "Die Waffenruhe hielt nicht"
    """
    for match in search_memory(text, open_memory(file).entries(), most):
        entry = match.entry
        human = entry.origin.value == "human"
        by = f"by hand, {entry.file} {entry.created[:10]}".rstrip() if human else f"machine, {entry.file}"
        typer.echo(f"{match.similarity:4.0%}  {entry.source}\n      {entry.target}\n      ({by})")


@app.command("export")
def export_memory(
    output: Annotated[Path, typer.Argument(metavar="FILE.tmx", show_default=False, help="TMX file to write.")],
    human: Annotated[bool, typer.Option("--human", help="Only what was corrected by hand.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
    file: File = None,
) -> None:
    """Write the memory as TMX, for OmegaT and other translation programs.

    \b
    Example:
      translate memory export all.tmx
    """
    if output.exists() and not force:
        raise UsageError(f"{output} exists; --force overwrites it")
    entries = [e for e in open_memory(file).entries() if not human or e[2].origin.value == "human"]
    with replacing(output) as temporary:
        temporary.write_bytes(memory_bytes(entries, __version__))
    typer.echo(f"{len(entries):,} sentences", err=True)
    typer.echo(str(output))


@app.command("import")
def import_memory(
    files: Annotated[list[Path], typer.Argument(metavar="FILE.tmx...", show_default=False, help="TMX files to read.")],
    source: Source = "de",
    target: Target = "en",
    file: File = None,
    limit: o.Limit = None,
) -> None:
    """Take translations from TMX files; they count as corrected by hand.

    Of two translations of a sentence the newer one counts; one without a date replaces none. What the export of this
    program marks as a machine's is left out.

    \b
    Example:
      translate memory import project_save.tmx
    """
    pair = language_code(source), language_code(target)
    opened = open_memory(file, create=True)
    for path in files:
        found = read_tmx(path, *pair)
        kept = opened.import_human(found.entries, *pair)
        reasons = (
            (kept, "not newer than what is remembered"),
            (found.machine, "made by a machine"),
            (found.other, "of other languages"),
        )
        left = [f"{count:,} {why}" for count, why in reasons if count]
        detail = f" (left out: {', '.join(left)})" if left else ""
        typer.echo(f"{path}: {len(found.entries) - kept:,} sentences{detail}", err=True)


@app.command()
def forget(
    text: Annotated[
        str | None, typer.Option("--sentence", metavar="TEXT", show_default=False, help="This source sentence.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--file", metavar="NAME", show_default=False, help="All from this file.")
    ] = None,
    machine: Annotated[bool, typer.Option("--machine", help="Only what a machine translated.")] = False,
    human: Annotated[bool, typer.Option("--human", help="Only what was corrected by hand.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Everything.")] = False,
    file: File = None,
) -> None:
    """Remove translations for good; the space they took is overwritten.

    \b
    Example:
      translate memory forget --file article.txt
      translate memory forget --machine
    """
    if not (text or document or machine or human or everything):
        raise UsageError("say what to forget: --sentence, --file, --machine, --human or --all")
    gone = open_memory(file).forget(text=text, file=document, machine=machine, human=human)
    typer.echo(f"forgotten: {gone:,} sentences", err=True)
