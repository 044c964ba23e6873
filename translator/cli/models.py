"""`translate models list|available|install|remove|verify`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from translator.cli import options as o
from translator.cli.console import output_console, plain_table
from translator.engine.download import download, size
from translator.engine.index import Offer, choose, default_index, read_index
from translator.engine.installation import broken_folders, fault, install, remove
from translator.engine.packages import all_packages, installed_folders, open_model
from translator.errors import ExitCode, UsageError
from translator.language.names import english_name, language_code

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Translation models on this computer.")

Index = Annotated[
    str | None,
    typer.Option("--index", metavar="URL", show_default=False, help="Index of packages; Argos Translate's by default."),
]


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


@app.command()
def available(
    languages: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LANG]...", show_default=False, help="Only models of these languages."),
    ] = None,
    index: Index = None,
) -> None:
    """List the models that can be installed. Asks the index over the network; no text is sent.

    \b
    Example:
      translate models available de
    """
    wanted = {language_code(text) for text in languages or ()}
    here = {package.name for package in all_packages()}
    table = plain_table("name", "from", "to", "")
    for offer in sorted(read_index(index or default_index()), key=lambda o: o.name):
        if wanted <= {offer.source, offer.target}:
            names = (_named(offer.source), _named(offer.target))
            table.add_row(offer.name, *names, "installed" if offer.name in here else "")
    output_console().print(table)


@app.command("install")
def install_models(
    what: Annotated[
        list[str],
        typer.Argument(metavar="FROM TO | FILE...", show_default=False, help="Two languages, or .argosmodel files."),
    ],
    index: Index = None,
    force: Annotated[bool, typer.Option("--force", help="Install again what is installed.")] = False,
    limit: o.Limit = None,
) -> None:
    """Install the model of a language pair from the network, or package files from this computer.

    Where there is no model for a pair, the two that lead through English are installed. A download that broke off goes
    on where it was.

    \b
    Example:
      translate models install de en
      translate models install translate-de_en-1_0.argosmodel
    """
    if any(Path(text).is_file() or text.endswith(".argosmodel") for text in what):
        for text in what:
            _say_installed(install(Path(text)).name)
        return
    if len(what) != 2:
        raise UsageError("give two languages, for example: translate models install de en; or .argosmodel files")
    source, target = map(language_code, what)
    here = {package.name for package in all_packages() if package.origin == "installed"}
    for offer in choose(read_index(index or default_index()), source, target):
        if offer.name in here and not force:
            typer.echo(f"{offer.name} is installed already; --force installs it again", err=True)
            continue
        file = _download(offer)
        try:
            _say_installed(install(file).name)
        finally:  # also what was refused: it would be downloaded again all the same
            file.unlink(missing_ok=True)


@app.command("remove")
def remove_model(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="As `models list` shows it.")],
) -> None:
    """Remove an installed model.

    \b
    Example:
      translate models remove de_en-1.0
    """
    typer.echo(f"removed {remove(name).name}")


@app.command()
def verify(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", show_default=False, help="Only these models.")
    ] = None,
) -> None:
    """Check that models are as they were installed, and that they work.

    \b
    Example:
      translate models verify
    """
    packages = [open_model(name) for name in names] if names else all_packages()
    problems = [] if names else broken_folders()
    for package in packages:
        problem = fault(package)
        typer.echo(f"{'✗' if problem else '✓'} {package.name}" + (f": {problem}" if problem else ""))
        problems += [(package.path, problem)] if problem else []
    for _, problem in [p for p in problems if p[0] not in [package.path for package in packages]]:
        typer.echo(f"✗ {problem}")
    if problems:
        raise typer.Exit(ExitCode.model)


def _say_installed(name: str) -> None:
    typer.echo(f"installed {name}")


def _named(code: str) -> str:
    """Name of a language; the code itself where the index has one that we have no name for."""
    try:
        return english_name(code)
    except (KeyError, UsageError):
        return code


def _download(offer: Offer) -> Path:
    """Downloads a package into Argos's folder of downloads, with a bar on a terminal."""
    from argostranslate import settings

    whole = size(offer.links)
    said = f"{whole / 2**20:.0f} MB" if whole else "size unknown"
    typer.echo(f"{offer.name}: {said} from {offer.links[0]}", err=True)
    place = Path(settings.downloads_dir) / f"translate-{offer.name.replace('.', '_')}.argosmodel"
    bar = tqdm(total=whole, unit="B", unit_scale=True, unit_divisor=1024, desc=offer.name, disable=None,
               file=sys.stderr, leave=False)  # fmt: skip
    with bar:

        def advance(here: int, total: int | None) -> None:
            bar.total = total or bar.total
            bar.update(here - bar.n)

        try:
            download(offer.links, place, advance)
        except KeyboardInterrupt:
            tqdm.write("Interrupted. What came is kept; the same command goes on with the rest.", file=sys.stderr)
            raise
    return place
