"""`translate_documents`: what the command does, for programs.

from translator import translate_documents

report = translate_documents("articles/", to="en", glossary="terms.csv", output="handouts/")
for file in report.done:
    print(file.name, *file.outputs)
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Union

from translator.errors import UsageError
from translator.export import exporter
from translator.export.settings import Align, ExportSettings, Layout, Orientation, Paper
from translator.language.names import language_code
from translator.memory.store import default_path
from translator.options import Options
from translator.pipeline import run
from translator.progress import Progress
from translator.report import Report

Places = Union[str, "os.PathLike[str]"]


def translate_documents(
    paths: Places | Iterable[Places],
    to: str | Iterable[str],
    *,
    source: str | None = None,
    glossary: Places | Iterable[Places] | None = None,
    output: Places = "exports",
    formats: str | Iterable[str] = "docx",
    layout: Layout | str = Layout.TABLE,
    align: Align | str = Align.SENTENCE,
    columns: bool = False,
    paper: Paper | str | None = None,
    orientation: Orientation | str | None = None,
    template: Places | None = None,
    memory: Places | bool = True,
    model: str | None = None,
    beam: int = 4,
    threads: int = 0,
    device: str = "cpu",
    recursive: bool = True,
    pattern: str | None = None,
    force: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Translates files and folders into handouts, as `translate PATH... --to LANG` does, at the same speed.

    A bad file, a missing model or an output that cannot be written is a result of the report, with its message and exit
    code; the other files are done. Nothing is printed; Ctrl-C ends the run, and the report says so. Give many files to
    one call: their sentences are decoded together, and the model is loaded once a call.

    Args:
        paths: files and folders.
        to: languages to translate into, names or codes.
        source: language of the texts; None to find it out for each file.
        glossary: glossary files, the first wins; None for `glossaries/<source>-<target>.csv` where it exists, an empty
            list for none.
        output: folder for the handouts.
        formats: names of exporters: docx, html, md, odt, pdf, tmx, xliff, xliff2, tsv, json.
        layout: arrangement: table, interleaved, target, worksheet.
        align: what stands side by side: sentence or paragraph.
        columns: whether all target languages stand side by side in one Word file.
        paper: a4 or letter.
        orientation: portrait or landscape.
        template: Word file whose styles, header and footer are used.
        memory: file of the translation memory; True for the user's own, False to work without one.
        model: package to use instead of the best installed one: its name, its folder, or an .argosmodel file.
        beam: candidates kept while decoding, 1 to 32.
        threads: processor cores to use, 0 for all.
        device: `cpu`, `cuda`, or `cuda:1` for the second graphics card.
        recursive: whether folders inside folders are read.
        pattern: shell pattern that the names of files in folders must match.
        force: translate again and overwrite, also files that were edited by hand.
        dry_run: say what would be done.
        progress: is told what goes on; some calls come from the decoding thread.

    Raises:
        UsageError: an unknown language, format, layout or paper, or nothing to translate into.
        GlossaryError: a glossary that cannot be used.
    """
    names = tuple(dict.fromkeys(_listed(formats)))
    for name in names:
        exporter(name)
    try:
        page = ExportSettings(
            Layout(layout),
            Align(align),
            Paper(paper) if paper else None,
            Orientation(orientation) if orientation else None,
            Path(template) if template else None,
        )
    except ValueError as error:
        raise UsageError(f"translate_documents: {error}") from error
    options = Options(
        paths=tuple(Path(p) for p in _listed(paths)),
        targets=tuple(dict.fromkeys(language_code(t) for t in _listed(to))),
        source=language_code(source) if source else None,
        glossaries=None if glossary is None else tuple(Path(p) for p in _listed(glossary)),
        output=Path(output),
        model=model,
        beam=beam,
        threads=threads,
        device=device,
        recursive=recursive,
        force=force,
        dry_run=dry_run,
        formats=names,
        columns=columns,
        memory=default_path() if memory is True else Path(memory) if memory else None,
        pattern=pattern,
        settings=page,
    )
    return run(options, progress)


def _listed(given: Places | Iterable[Places]) -> list[str]:
    """One or several, as a list."""
    return [os.fspath(p) for p in ([given] if isinstance(given, str | os.PathLike) else given)]
