"""Several glossary files to one glossary, in order of priority; where the default ones lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from translator.errors import GlossaryError
from translator.glossary.files import LoadedFile
from translator.glossary.model import Entry, Glossary

FOLDER = "glossaries"
READERS = {
    ".csv": ("table", "read_table"),
    ".tsv": ("table", "read_table"),
    ".txt": ("table", "read_table"),
    ".tab": ("table", "read_table"),
    ".utf8": ("table", "read_table"),
    ".xlsx": ("xlsx", "read_xlsx"),
    ".tbx": ("tbx", "read_tbx"),
    ".xml": ("tbx", "read_tbx"),
}
"""Module and function by suffix, imported when first needed; .tab and .utf8 are OmegaT's."""


@dataclass(frozen=True)
class LoadedGlossary:
    """A glossary and what its files held."""

    glossary: Glossary
    files: tuple[LoadedFile, ...]


def load(paths: Sequence[Path], source: str, target: str) -> LoadedGlossary:
    """Reads the files; of two entries with the same source the one of the earlier file (or line) counts.

    Raises:
        GlossaryError: a file cannot be read as a glossary.
    """
    files = tuple(read_glossary(path, source, target) for path in paths)
    kept: dict[tuple[str, bool], Entry] = {}
    for file in files:
        for entry in file.entries:
            kept.setdefault(
                (entry.source if entry.case_sensitive else entry.source.casefold(), entry.case_sensitive), entry
            )
    return LoadedGlossary(Glossary(kept.values(), source, target), files)


def read_glossary(path: Path, source: str, target: str) -> LoadedFile:
    """Reads one file by its ending.

    Raises:
        GlossaryError: it does not exist, or is no glossary.
    """
    if not path.exists():
        raise GlossaryError(f"{path}: no such glossary")
    if path.suffix.lower() not in READERS:
        raise GlossaryError(f"{path}: glossaries are read from {', '.join(READERS)}")
    module, function = READERS[path.suffix.lower()]
    loaded: LoadedFile = getattr(import_module(f"translator.glossary.{module}"), function)(path, source, target)
    return loaded


def default_glossary(source: str, target: str, folders: Sequence[Path]) -> Path | None:
    """`glossaries/de-en.csv` in the first of the folders that has it, or None."""
    for folder in folders:
        for suffix in (".csv", ".xlsx", ".tsv", ".tbx"):
            path = folder / FOLDER / f"{source}-{target}{suffix}"
            if path.is_file():
                return path
    return None
