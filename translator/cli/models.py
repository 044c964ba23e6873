"""`translate models list`."""

from __future__ import annotations

import sys

import typer
from rich.console import Console
from rich.table import Table

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
    table = Table(box=None, pad_edge=False)
    for column in ("name", "from", "to", "terms", "where"):
        table.add_column(column)
    for package in all_packages():
        terms = "marks" if package.inline_terms else "checked"
        where = "built in" if package.origin == "built-in" else str(package.path)
        table.add_row(package.name, english_name(package.source), english_name(package.target), terms, where)
    Console(file=sys.stdout, highlight=False, soft_wrap=True).print(table)
    typer.echo(f"Installed models are looked for in {', '.join(map(str, installed_folders()))}.", err=True)
