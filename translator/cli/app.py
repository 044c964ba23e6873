"""The `translate` command: paths given directly are translated, everything else is a sub-command."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from translator import __version__
from translator.cli import detect, glossary, memory, models, review, template, translate
from translator.errors import ExitCode, TranslatorError
from translator.interrupts import heed

_DEFAULT = "files"
_EXIT_CODES = "\n".join(f"  {code.value:>3}  {code.meaning}" for code in ExitCode)


class _PathsFirst(TyperGroup):
    """A group whose arguments go to the default command unless they begin with a sub-command's name.

    click-default-group does this for click; typer has a click of its own, which that package does not know.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the default command's name before arguments that name no command."""
        own = {"--help", "--version", "--install-completion", "--show-completion"}
        if args and args[0] not in self.commands and args[0] not in own:
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_PathsFirst,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog="Exit codes:\n\n\b\n" + _EXIT_CODES,
)
app.command(_DEFAULT)(translate.translate_files)
app.command("detect")(detect.detect)
app.command("review")(review.review)
app.add_typer(models.app, name="models")
app.add_typer(glossary.app, name="glossary")
app.add_typer(memory.app, name="memory")
app.add_typer(template.app, name="template")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"translate {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Translate articles into bilingual Word handouts, on this computer, in the words of your glossary.

    \b
    translate seeds/ --to en               a folder of German articles into exports/
    translate article.docx --to en -o out  one file into another folder
    translate files --help                 all options of translating
    """


def main() -> None:
    """Runs the command line and maps errors to one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console that is not UTF-8 must not end a run
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    heed()
    try:
        app(standalone_mode=True)
    except TranslatorError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("interrupted", err=True)
        sys.exit(ExitCode.interrupted)
    except BrokenPipeError:  # the reader of our output went away: `translate … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.ok)
    except Exception:
        traceback.print_exc()
        typer.echo("error: this is a fault of translate itself; please report the lines above", err=True)
        sys.exit(ExitCode.unexpected)
