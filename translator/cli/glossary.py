"""`translate glossary check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from translator.errors import ExitCode
from translator.glossary.inspection import inspect_glossary
from translator.glossary.load import read_glossary
from translator.language.names import language_code

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Look after your glossary.")


@app.callback()
def glossary() -> None:
    """Look after your glossary."""


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", show_default=False, help="Glossaries to look at.")],
    source: Annotated[str, typer.Option("--from", metavar="LANG", help="Language of the terms.")] = "de",
    target: Annotated[str, typer.Option("--to", metavar="LANG", help="Language of the translations.")] = "en",
) -> None:
    """Say what was read from a glossary and what is wrong with it, line by line.

    \b
    Example:
      translate glossary check glossaries/de-en.csv
    """
    loaded = [read_glossary(path, language_code(source), language_code(target)) for path in files]
    for file in loaded:
        columns = ", ".join(file.columns)
        typer.echo(f"{file.path}: {len(file.entries)} entries ({file.dialect}; columns: {columns})")
        for refusal in file.refused:
            typer.echo(f"not used: {refusal}")
    remarks = inspect_glossary([entry for file in loaded for entry in file.entries])
    for remark in remarks:
        typer.echo(str(remark))
    if remarks or any(file.refused for file in loaded):
        raise typer.Exit(ExitCode.glossary)
    typer.echo("no complaints")
