"""The command group: what its help says, and what it costs to say it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest
import typer

from translator.cli.app import _COMMANDS, app


@pytest.mark.parametrize("name", _COMMANDS)
def test_the_line_in_the_help_is_that_of_the_command(name: str) -> None:
    group = typer.main.get_command(app)
    command = group.get_command(typer.Context(group), name)
    assert command is not None
    assert command.name == name
    assert command.help.splitlines()[0].split(" This is what")[0] == _COMMANDS[name].line


def test_the_help_imports_nothing_that_reads_translates_or_writes() -> None:
    program = (
        "import sys; from translator.cli.app import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "Exit codes" in done.stdout
    loaded = set(done.stderr.split())
    assert "typer" in loaded
    heavy = {
        "rich",
        "tqdm",
        "docx",
        "lxml",
        "numpy",
        "simplemma",
        "ctranslate2",
        "argostranslate",
        "sqlite3",
        "importlib.metadata",
    }
    assert not heavy & loaded
    assert {m for m in loaded if m.startswith("translator.")} == {
        "translator.cli",
        "translator.cli.app",
        "translator.errors",
        "translator.interrupts",
    }


def test_every_command_is_where_the_table_says() -> None:
    for command in _COMMANDS.values():
        assert hasattr(import_module(f"translator.cli.{command.module}"), command.attribute)
