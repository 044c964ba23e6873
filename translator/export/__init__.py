"""Documents out: one exporter a format behind a registry, imported when first needed.

An exporter module has a function `write(translations, path, settings) -> tuple[Path, ...]`: it writes one or more files
beside their place, renames them into it, and returns their paths. `translations` are the bilingual versions of one
document, one a target language; all but the Word exporter take exactly one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from translator.bilingual import BilingualDocument, Signature
from translator.errors import UsageError
from translator.export.settings import ExportSettings
from translator.zip_clock import possible_dates


@dataclass(frozen=True)
class Exporter:
    """A format: what it is called, the ending of its files, the module that writes it, and a line for the help."""

    name: str
    suffix: str
    module: str
    description: str


EXPORTERS = {
    e.name: e
    for e in (
        Exporter("docx", ".docx", "docx", "Word handout"),
        Exporter("html", ".html", "html", "page for the browser, one file"),
        Exporter("md", ".md", "markdown", "Markdown"),
        Exporter("odt", ".odt", "odt", "LibreOffice handout"),
        Exporter("pdf", ".pdf", "pdf", "PDF, made by LibreOffice"),
        Exporter("tmx", ".tmx", "tmx", "TMX 1.4b, for translation memories"),
        Exporter("xliff", ".xlf", "xliff", "XLIFF 1.2, for translation programs"),
        Exporter("xliff2", ".xliff", "xliff2", "XLIFF 2.1"),
        Exporter("tsv", ".tsv", "tsv", "table of sentences"),
        Exporter("json", ".json", "json", "everything, for programs"),
    )
}


class Write(Protocol):
    """The function of an exporter module."""

    def __call__(
        self, translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings
    ) -> tuple[Path, ...]:
        """Writes the files and returns their paths.

        Raises:
            OutputError: a file cannot be written.
        """
        ...


def exporter(name: str) -> Exporter:
    """The exporter of a name.

    Raises:
        UsageError: there is none.
    """
    if name not in EXPORTERS:
        raise UsageError(f"unknown format {name!r}; known are {', '.join(EXPORTERS)}")
    return EXPORTERS[name]


def write(
    name: str, translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings
) -> tuple[Path, ...]:
    """Writes a document in a format; see Write."""
    module = import_module(f"{__name__}.{exporter(name).module}")
    with possible_dates():
        return cast(Write, module.write)(translations, path, settings)


def prepare(name: str, signatures: tuple[Signature, ...], settings: ExportSettings) -> None:
    """Imports what writes a format, and makes what its files have in common, so that the first is written sooner.

    Raises:
        OutputError: the template cannot be used.
    """
    module = import_module(f"{__name__}.{exporter(name).module}")
    if hasattr(module, "prepare"):
        with possible_dates():
            module.prepare(signatures, settings)
