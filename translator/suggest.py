"""Suggesting glossary entries: translate the texts, see which names and terms lack an entry, rank them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from translator.documents.discovery import discover
from translator.engine.hypotheses import Decoding
from translator.engine.load import load_engine
from translator.engine.packages import choose_route
from translator.errors import TranslatorError
from translator.glossary.load import default_glossary, load
from translator.glossary.marks import plain
from translator.glossary.matching import Matcher
from translator.glossary.statistics import Suggestion, TermStatistics
from translator.preparation import prepare
from translator.progress import Progress, Silent
from translator.report import FileResult


def suggest_terms(
    paths: Sequence[Path],
    source: str,
    target: str,
    *,
    glossaries: tuple[Path, ...] | None = None,
    model: str | None = None,
    most: int = 50,
    progress: Progress | None = None,
) -> list[Suggestion]:
    """Suggestions for the files, best first.

    Raises:
        GlossaryError, ModelError: a glossary or model that cannot be used.
    """
    progress = progress or Silent()
    files, errors = discover(paths)
    progress.found(len(files) + len(errors))
    for error in errors:
        progress.finished(FileResult.failed(str(error), error))
    if glossaries is None:
        roots = [files[0].root, files[0].root.resolve().parent, Path()] if files else [Path()]
        found = default_glossary(source, target, roots)
        glossaries = (found,) if found else ()
    matcher = Matcher(load(glossaries, source, target).glossary)
    engine = load_engine(choose_route(source, target, model))
    statistics = TermStatistics()
    for file in files:
        try:
            segments = prepare(file, source).segments
        except TranslatorError as error:
            progress.finished(FileResult.failed(file.name, error))
            continue
        progress.read(len(segments))
        texts = [s.source for s in segments]
        hypotheses = engine.translate([plain(t).text for t in texts], Decoding(beam=1, alignment=True))
        for text, (best, *_) in zip(texts, hypotheses, strict=True):
            statistics.collect(file.name, text, matcher.hits(text), best)
        progress.translated(len(texts), sum(len(t.split()) for t in texts))
    return statistics.suggestions(most)
