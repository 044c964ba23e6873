"""The README does not promise what the program does not do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from translator.cli.app import app
from translator.errors import ExitCode

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, Any]:
    group: Any = typer.main.get_command(app)
    context = typer.Context(group)
    return {name: group.get_command(context, name) for name in group.list_commands(context)}


def options() -> set[str]:
    return {name for name in (o for p in commands()["files"].params for o in p.opts) if name.startswith("-")}


def test_every_option_is_in_the_readme() -> None:
    table = README[README.index("| option |") : README.index("A second run")]
    named = set(re.findall(r"`?(--?[a-z-]+)", table)) | {"--no-glossary"}
    assert options() - named - {"--verbose", "--quiet"} == set()


def test_every_option_of_the_readme_exists() -> None:
    named = set(re.findall(r"`(--[a-z-]+)", README))
    subs = [c for g in commands().values() for c in (g, *getattr(g, "commands", {}).values())]
    assert named <= options() | {o for c in subs for p in c.params for o in p.opts}


@pytest.mark.parametrize("code", list(ExitCode))
def test_exit_codes_are_in_the_readme(code: ExitCode) -> None:
    row = re.search(rf"^\| {code.value} \| (.+) \|$", README, re.M)
    assert row is not None
    assert row[1].replace("`", "") == code.meaning


def test_every_command_is_in_the_readme() -> None:
    group = typer.main.get_command(app)
    for name, command in group.commands.items():
        subs = getattr(command, "commands", {})
        for sub in subs or [""]:
            wanted = f"translate {name} {sub}".strip() if name != "files" else "translate PATH..."
            assert f"`{wanted}" in README


def test_pictures_exist() -> None:
    for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file()


def test_the_glossary_of_the_readme_can_be_read(tmp_path: Path) -> None:
    from translator.glossary.table import read_table

    block = re.search(r"((?:^    .*\n)+)", README[README.index("## The glossary") :], re.M)
    assert block is not None
    path = tmp_path / "g.csv"
    path.write_text("".join(line[4:] + "\n" for line in block[1].splitlines()), encoding="utf-8")
    loaded = read_table(path)
    assert (len(loaded.entries), loaded.refused) == (4, [])
