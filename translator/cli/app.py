"""The `translate` command: paths given directly are translated, everything else is a sub-command."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from translator.errors import ExitCode, TranslatorError
from translator.interrupts import heed

_EXIT_CODES = "\n".join(f"  {code.value:>3}  {code.meaning}" for code in ExitCode)


class _Command(NamedTuple):
    """A sub-command that is imported when it is called: where it is, and its line in the help."""

    module: str
    attribute: str
    line: str


_COMMANDS = {
    "files": _Command("translate", "translate_files", "Translate files and folders into bilingual Word handouts."),
    "detect": _Command("detect", "detect", "Say which language files are in, and how sure that is."),
    "review": _Command("review", "review", "Take corrections back from handouts edited in Word or LibreOffice."),
    "models": _Command("models", "app", "Translation models on this computer."),
    "glossary": _Command("glossary", "app", "Look after your glossary."),
    "memory": _Command("memory", "app", "What was translated and corrected so far."),
    "template": _Command("template", "app", "Word templates: your fonts, colours, header and logo."),
}
_DEFAULT = "files"


class _PathsFirst(TyperGroup):
    """A group whose arguments go to the default command unless they begin with a sub-command's name.

    click-default-group does this for click; typer has a click of its own, which that package does not know. Commands are
    imported when they are called, as click's "lazily loading subcommands" does it: `translate --help` needs none of them.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the default command's name before arguments that name no command."""
        own = {"--help", "-h", "--version", "--install-completion", "--show-completion"}
        if args and args[0] not in _COMMANDS and args[0] not in own:
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, imported now; None where there is none."""
        if cmd_name not in _COMMANDS:
            return None
        found = getattr(import_module(f"translator.cli.{_COMMANDS[cmd_name].module}"), _COMMANDS[cmd_name].attribute)
        gc.freeze()
        gc.enable()
        if isinstance(found, typer.Typer):
            command: Any = typer.main.get_group(found)
            command.name = cmd_name
            return command
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name)(found)
        return typer.main.get_command(single)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Their lines in the help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.line) for name, command in _COMMANDS.items()])


app = typer.Typer(
    cls=_PathsFirst,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog="Exit codes:\n\n\b\n" + _EXIT_CODES,
)


def _version(wanted: bool) -> None:
    if wanted:
        from translator import __version__

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
    gc.disable()  # what is imported stays: looking through it for garbage is a twentieth of a start
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
    except Exception as error:
        from translator.cli.faults import described

        typer.echo(described(error), err=True)
        sys.exit(ExitCode.unexpected)
    finally:
        gc.enable()
