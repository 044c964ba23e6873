"""`translate detect PATH...`."""

from __future__ import annotations

from typing import Annotated

import typer

from translator.cli import options as o
from translator.documents import read_document
from translator.documents.discovery import discover
from translator.errors import ExitCode, TranslatorError
from translator.language.detection import Detection
from translator.language.detection import detect as detect_language


def detect(
    paths: o.Paths,
    paragraphs: Annotated[bool, typer.Option("--paragraphs", "-p", help="List every paragraph too.")] = False,
    limit: o.Limit = None,
) -> None:
    """Say which language files are in, and how sure that is.

    \b
    Example:
      translate detect seeds/ --paragraphs
    """
    files, errors = discover(paths)
    failed = len(errors)
    for error in errors:
        typer.echo(f"error: {error}", err=True)
    for file in files:
        try:
            document = read_document(file)
        except TranslatorError as error:
            failed += 1
            typer.echo(f"error: {error}", err=True)
            continue
        found = detect_language([p.text for p in document.paragraphs])
        typer.echo(f"{_shown(found.document)}  {file.path}")
        if paragraphs:
            for paragraph, own in zip(document.paragraphs, found.paragraphs, strict=True):
                text = paragraph.text if len(paragraph.text) <= 60 else paragraph.text[:59] + "…"
                typer.echo(f"    {_shown(own)}  {text}")
    if failed:
        raise typer.Exit(ExitCode.partial if failed < len(files) + len(errors) else ExitCode.input)


def _shown(found: Detection) -> str:
    """`de 0.98`; `?` after it where the tool would ask for --from."""
    if found.language is None:
        return "--  –  "
    return f"{found.language} {found.confidence:.2f}{' ' if found.sure else '?'}"
