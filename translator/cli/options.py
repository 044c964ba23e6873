"""Options that several commands share."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from translator import limits
from translator.cli.faults import want_texts
from translator.export import EXPORTERS
from translator.export.settings import Align, Layout, Orientation, Paper


class ClusterKind(str, Enum):
    """What a run may be spread over."""

    RAY = "ray"


def _apply_limits(context: typer.Context, settings: list[str] | None) -> None:
    """Has the limits count until the command ends."""
    if settings:
        context.with_resource(limits.override(**limits.parsed(settings)))


def _apply_verbosity(verbosity: int) -> int:
    want_texts(verbosity > 1)
    return verbosity


Limit = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=VALUE", show_default=False, callback=_apply_limits,
                 help="Read a file you trust although it holds more than is safe: text_bytes=200M, say. The message that "
                 "refuses the file says what to write here; --limit list names all limits."),
]  # fmt: skip
Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", help="Files or folders; folders are read with all they contain. - reads standard input.",
                   show_default=False),
]  # fmt: skip
To = Annotated[
    list[str] | None,
    typer.Option("--to", metavar="LANG[,LANG]", help="Language to translate into, such as en. Several with commas: en,fr.",
                 show_default=False),
]  # fmt: skip
From = Annotated[
    str | None,
    typer.Option("--from", metavar="LANG", help="Language of the texts; found out by itself when left away.",
                 show_default=False),
]  # fmt: skip
Glossaries = Annotated[
    list[Path] | None,
    typer.Option("--glossary", "-g", metavar="FILE", show_default=False,
                 help="Glossary to keep to; give it again for a second one, the first wins. "
                 "Without it, glossaries/de-en.csv is used where it exists."),
]  # fmt: skip
NoGlossary = Annotated[bool, typer.Option("--no-glossary", help="Translate without any glossary.")]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the handouts.")]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME|FILE", show_default=False,
                 help="Translation model: a name from 'translate models list', a folder, or an .argosmodel file. "
                 "Without it: the newest installed one, else the one built in."),
]  # fmt: skip
Beam = Annotated[int, typer.Option("--beam", min=1, max=32, help="Candidates kept while translating; 1 is fastest.")]
Threads = Annotated[int, typer.Option("--threads", min=0, help="Processor cores to use; 0 for all.")]
Cluster = Annotated[
    ClusterKind | None,
    typer.Option("--cluster", show_default=False,
                 help="Share the work among the machines of a Ray cluster, or the cores of this one; files, glossaries and "
                 "handouts must lie where all see them. Only these machines talk to each other, nobody else is told "
                 "anything. --threads is then the number of cores of each worker (1)."),
]  # fmt: skip
Address = Annotated[
    str | None,
    typer.Option("--address", metavar="HOST:PORT|auto", show_default=False,
                 help="The cluster to join; auto is the one this machine belongs to. Without it one is started on this "
                 "machine, for this run."),
]  # fmt: skip
Device = Annotated[
    str,
    typer.Option(
        "--device", metavar="cpu|cuda", help="What decodes: the processor or a graphics card (cuda:1 for the second)."
    ),
]
NotRecursive = Annotated[bool, typer.Option("--no-recursive", help="Leave out folders inside folders.")]
Force = Annotated[bool, typer.Option("--force", help="Translate again and overwrite, also files you edited by hand.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; translate and write nothing.")]
Formats = Annotated[
    str,
    typer.Option(
        "--format", metavar="NAME[,NAME]", help=f"Formats to write: {', '.join(EXPORTERS)}. Several with commas."
    ),
]
LayoutOption = Annotated[
    Layout,
    typer.Option("--layout", help="table: side by side; interleaved: one below the other; target: the translation alone; "
                 "worksheet: side by side with an empty column, and the answers as a second file."),
]  # fmt: skip
AlignOption = Annotated[Align, typer.Option("--align", help="What stands side by side: sentences or whole paragraphs.")]
Columns = Annotated[bool, typer.Option("--columns", help="All target languages side by side in one Word file.")]
PaperOption = Annotated[Paper | None, typer.Option("--paper", help="Paper size.", show_default="a4")]
OrientationOption = Annotated[
    Orientation | None, typer.Option("--orientation", help="Which way round the paper lies.", show_default="portrait")
]
Template = Annotated[
    Path | None,
    typer.Option("--template", metavar="FILE.docx", show_default=False,
                 help="Word file whose styles, header and logo are used; make one with 'translate template new'."),
]  # fmt: skip
Pattern = Annotated[
    str | None,
    typer.Option(
        "--pattern", metavar="GLOB", show_default=False, help="Only files of folders whose name fits, such as '2025-*'."
    ),
]
MemoryFile = Annotated[
    Path | None,
    typer.Option("--memory", metavar="FILE", show_default=False,
                 help="Translation memory to use instead of your own, for example one for a project or a group."),
]  # fmt: skip
NoMemory = Annotated[bool, typer.Option("--no-memory", help="Neither recall nor remember translations.")]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", help="End with code 8 if a check found something in a sentence or a glossary line was refused."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors; the paths are still printed.")]
Verbose = Annotated[
    int,
    typer.Option("--verbose", "-v", count=True, show_default=False, callback=_apply_verbosity,
                 help="List every file and every missed term. -vv shows sentences of your documents too, with missed terms, "
                 "in the report and if the program fails; without it no message holds any."),
]  # fmt: skip
ReportOption = Annotated[
    str | None,
    typer.Option("--report", metavar="json", show_default=False,
                 help="Print a JSON report on standard output instead of the handouts' paths."),
]  # fmt: skip
