"""`translate template new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from translator.errors import UsageError
from translator.export.docx_template import write_template
from translator.language.names import language_code

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Word templates: your fonts, colours, header and logo."
)


@app.callback()
def template() -> None:
    """Word templates: your fonts, colours, header and logo."""


@app.command()
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE.docx", show_default=False, help="Template to make.")],
    source: Annotated[str, typer.Option("--from", metavar="LANG", help="Source language.")] = "de",
    target: Annotated[str, typer.Option("--to", metavar="LANG", help="Target language.")] = "en",
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
) -> None:
    """Make a template to change in Word: its styles, header, footer and page are used by --template.

    \b
    Example:
      translate template new our-school.docx
      translate seeds/ --to en --template our-school.docx
    """
    if file.suffix.lower() != ".docx":
        raise UsageError(f"{file}: a template is a .docx file")
    if file.exists() and not force:
        raise UsageError(f"{file} exists; --force overwrites it")
    write_template(file, language_code(source), language_code(target))
    typer.echo(str(file))
