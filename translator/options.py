"""Everything a run can be told, in one object."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from translator.export.settings import ExportSettings


@dataclass(frozen=True)
class Options:
    """Options of one run.

    Attributes:
        paths: files and folders to translate.
        targets: ISO 639-1 codes of the languages to translate into.
        source: code of the source language; None to detect it.
        glossaries: glossary files in order of priority; None for `glossaries/<source>-<target>.csv` where it exists.
        output: folder for the handouts; sub-folders of the input are kept.
        model: package to use instead of the best installed one.
        beam: beam size of the search.
        threads: cores to use, 0 for all.
        device: what decodes: `cpu`, `cuda`, or `cuda:1` for the second graphics card.
        recursive: whether folders inside folders are read.
        force: translate and overwrite even what is unchanged or was edited by hand.
        dry_run: read, detect and match, but translate and write nothing.
        formats: names of the exporters to write with.
        columns: whether all target languages stand side by side in one handout instead of one each.
        memory: file of the translation memory; None to work without one.
        pattern: shell pattern that the names of files inside folders must match.
        settings: layout of the outputs.
    """

    paths: tuple[Path, ...]
    targets: tuple[str, ...]
    source: str | None = None
    glossaries: tuple[Path, ...] | None = None
    output: Path = Path("exports")
    model: str | None = None
    beam: int = 4
    threads: int = 0
    device: str = "cpu"
    recursive: bool = True
    force: bool = False
    dry_run: bool = False
    formats: tuple[str, ...] = ("docx",)
    columns: bool = False
    memory: Path | None = None
    pattern: str | None = None
    settings: ExportSettings = field(default_factory=ExportSettings)
