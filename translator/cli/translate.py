"""`translate PATH... --to en`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import typer

from translator.cli import options as o
from translator.cli.bars import BarProgress
from translator.cli.closing import print_closing_lines
from translator.cli.faults import texts_wanted
from translator.cli.stdin import standard_input
from translator.errors import ExitCode, UsageError
from translator.export import exporter
from translator.export.settings import Align, ExportSettings, Layout
from translator.language.names import language_code
from translator.memory.store import default_path
from translator.options import Options
from translator.pipeline import run
from translator.report import Report, Status


def translate_files(
    paths: o.Paths,
    to: o.To = None,
    source: o.From = None,
    glossary: o.Glossaries = None,
    no_glossary: o.NoGlossary = False,
    output: o.Output = Path("exports"),
    formats: o.Formats = "docx",
    layout: o.LayoutOption = Layout.TABLE,
    align: o.AlignOption = Align.SENTENCE,
    columns: o.Columns = False,
    paper: o.PaperOption = None,
    orientation: o.OrientationOption = None,
    template: o.Template = None,
    memory: o.MemoryFile = None,
    no_memory: o.NoMemory = False,
    model: o.Model = None,
    beam: o.Beam = 4,
    threads: o.Threads = 0,
    device: o.Device = "cpu",
    cluster: o.Cluster = None,
    address: o.Address = None,
    limit: o.Limit = None,
    pattern: o.Pattern = None,
    no_recursive: o.NotRecursive = False,
    force: o.Force = False,
    dry_run: o.DryRun = False,
    strict: o.Strict = False,
    report: o.ReportOption = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = 0,
) -> None:
    """Translate files and folders into bilingual Word handouts. This is what `translate PATH` does.

    \b
    Example:
      translate seeds/ --to en
      translate seeds/ --to en --glossary my-terms.csv -o handouts/
      translate seeds/ --to en --layout worksheet --format docx,pdf
    """
    if report not in (None, "json"):
        raise UsageError(f"--report {report}: only json is known")
    names = tuple(dict.fromkeys(part.strip() for part in formats.split(",") if part.strip()))
    for name in names:
        exporter(name)
    if template is not None and not template.is_file():
        raise UsageError(f"--template {template}: no such file; make one: translate template new {template}")
    options = Options(
        paths=tuple(paths),
        targets=_targets(to),
        source=language_code(source) if source else None,
        glossaries=() if no_glossary else tuple(glossary) if glossary else None,
        output=output,
        model=model,
        beam=beam,
        threads=threads,
        device=device,
        recursive=not no_recursive,
        force=force,
        dry_run=dry_run,
        formats=names or ("docx",),
        columns=columns,
        memory=None if no_memory else memory or default_path(),
        pattern=pattern,
        settings=ExportSettings(layout, align, paper, orientation, template),
    )
    if address is not None and cluster is None:
        raise UsageError(f"--address {address}: it is for --cluster ray")
    bars = BarProgress(quiet=quiet, verbose=verbose > 0 or dry_run, texts=texts_wanted())
    with standard_input(options.paths) as given, bars as progress:
        result = _run(replace(options, paths=given), progress, cluster, address)
    if report == "json":
        typer.echo(json.dumps(result.as_dict(texts=texts_wanted()), ensure_ascii=False, indent=1))
    else:
        for file in result.files:
            for path in file.outputs if file.status is Status.DONE else ():
                typer.echo(path)
    if not quiet:
        print_closing_lines(result)
    raise typer.Exit(_exit_code(result, strict=strict))


def _run(options: Options, progress: BarProgress, cluster: o.ClusterKind | None, address: str | None) -> Report:
    if cluster is None:
        return run(options, progress)
    from translator.cluster.driver import run_on_cluster

    return run_on_cluster(options, progress, address)


def _targets(to: list[str] | None) -> tuple[str, ...]:
    """Codes of `--to en,fr --to es`, each once."""
    codes = [language_code(part) for text in to or () for part in text.split(",") if part.strip()]
    if not codes:
        raise UsageError("say which language to translate into, for example: --to en")
    return tuple(dict.fromkeys(codes))


def _exit_code(report: Report, *, strict: bool) -> ExitCode:
    if report.exit_code is ExitCode.ok and strict and (report.flagged or any(g.refused for g in report.glossaries)):
        return ExitCode.check
    return report.exit_code
