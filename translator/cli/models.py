"""`translate models list`."""

from __future__ import annotations

import typer

from translator.cli.console import output_console, plain_table
from translator.engine.packages import all_packages, installed_folders
from translator.language.names import english_name

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Translation models on this computer.")


@app.callback()
def models() -> None:
    """Translation models on this computer."""


@app.command("list")
def list_models() -> None:
    """List the models that are here; the first that fits a pair is taken.

    \b
    Example:
      translate models list
    """
    table = plain_table("name", "from", "to", "terms", "where")
    for package in all_packages():
        terms = "marks" if package.inline_terms else "checked"
        where = "built in" if package.origin == "built-in" else str(package.path)
        table.add_row(package.name, english_name(package.source), english_name(package.target), terms, where)
    output_console().print(table)
    typer.echo(f"Installed models are looked for in {', '.join(map(str, installed_folders()))}.", err=True)
