"""Documents that are to be translated, taken in one by one: read → detect → segment → match terms, and what to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from translator.documents import Document, InputFile
from translator.documents.discovery import discover
from translator.errors import ModelError, OutputError, TranslatorError
from translator.export.files import distinct_names
from translator.glossary.model import Hit
from translator.language.names import english_name
from translator.options import Options
from translator.outputs import Outputs, Plan
from translator.pairs import LanguagePair, LanguagePairs
from translator.progress import Progress
from translator.report import FileResult, Status, TermCounts
from translator.seen import SeenInputs


@dataclass(frozen=True)
class Job:
    """A document to be translated, with the languages that go into its outputs together, and its hits in each."""

    document: Document
    pairs: tuple[LanguagePair, ...]
    hits: tuple[tuple[tuple[Hit, ...], ...], ...]
    plan: Plan
    digest: str = ""
    """SHA-256 of the input."""
    asked: tuple[str, ...] = ()
    """The target languages that were asked for together; the document's own is among them but not among the pairs."""

    @property
    def foreign(self) -> set[str]:
        """Ids of the segments whose paragraph is in another language than the document: they are left as they are."""
        return {s.id for p in self.document.paragraphs if p.language for s in p.segments}

    @property
    def targets(self) -> str:
        """Codes of the target languages."""
        return ",".join(p.target for p in self.pairs)


def found_files(options: Options) -> tuple[list[InputFile], list[TranslatorError]]:
    """The files that the options name, each with a name of its own that its outputs get, and what is wrong with the rest."""
    files, errors = discover(options.paths, recursive=options.recursive, skip=options.output, pattern=options.pattern)
    names = distinct_names([f.name for f in files])
    return [InputFile(f.path, name, f.root) for f, name in zip(files, names, strict=True)], list(errors)


class Jobs:
    """Reads files as they are asked for; what cannot be or need not be translated is recorded and passed over."""

    def __init__(
        self,
        files: Iterable[InputFile],
        options: Options,
        pairs: LanguagePairs,
        outputs: Outputs,
        seen: SeenInputs,
        progress: Progress,
        record: Callable[[FileResult], None],
    ) -> None:
        self._files, self._options, self._pairs, self._outputs, self._seen = files, options, pairs, outputs, seen
        self._progress, self._record = progress, record

    def __iter__(self) -> Iterator[Job]:
        """Reads the documents one by one; what cannot be or need not be translated is recorded and passed over."""
        options = self._options
        groups = [options.targets] if options.columns else [(target,) for target in options.targets]
        for file in self._files:
            digest = self._seen.digest(file)
            known = [r for targets in groups if (r := self._seen.unchanged(file, digest, targets)) is not None]
            if len(known) == len(groups):
                for result in known:
                    self._record(result)
                continue
            try:
                document = _read(file, options.source)
            except TranslatorError as error:
                for targets in groups:
                    self._record(FileResult.failed(file.name, error, ",".join(targets)))
                continue
            for targets in groups:
                try:
                    job = self._job(document, file, digest, targets)
                except (ModelError, OutputError) as error:
                    self._record(FileResult.failed(file.name, error, ",".join(targets)))
                    continue
                if job is not None:
                    yield job

    def _job(self, document: Document, file: InputFile, digest: str, targets: tuple[str, ...]) -> Job | None:
        source = document.language or ""
        wanted = [t for t in targets if t != source]
        if not wanted:
            message = f"already in {english_name(source)}"
            self._record(FileResult(document.name, Status.SKIPPED, source, source, message=message))
            return None
        pairs = tuple(self._pairs.get(source, t, file.root) for t in wanted)
        sources = [s.source for s in document.segments]
        plan = self._outputs.plan(document, pairs, [pair.recall.human(sources) for pair in pairs])
        if not plan.write:
            message = "edited by hand and kept" if plan.kept else ""
            if not plan.kept and not self._options.dry_run:
                self._seen.remember(document.name, digest, targets, pairs, plan.current)
            self._record(
                FileResult(document.name, Status.UNCHANGED, source, ",".join(wanted), plan.current, message=message)
            )
            return None
        for path in plan.kept:
            self._progress.note(f"{path}: edited by hand and kept; the new one gets a number (--force overwrites)")
        hits = tuple(tuple(tuple(pair.matcher.hits(s.source)) for s in document.segments) for pair in pairs)
        if self._options.dry_run:
            known = sum(
                len(pair.recall.look_up(dict(zip(sources, row, strict=True))))
                for pair, row in zip(pairs, hits, strict=True)
            )
            self._record(_planned(document, source, wanted, plan, hits, known))
            return None
        self._progress.read(len(document.segments) * len(pairs))
        return Job(document, pairs, hits, plan, digest, targets)


def _read(file: InputFile, source: str | None) -> Document:
    """See preparation.prepare, which is imported with langdetect at the first document that has to be read."""
    from translator import preparation

    return preparation.prepare(file, source)


def _planned(
    document: Document,
    source: str,
    targets: Sequence[str],
    plan: Plan,
    hits: Sequence[Sequence[Sequence[Hit]]],
    known: int,
) -> FileResult:
    """What a dry run says of a document."""
    flat = [hit for rows in hits for row in rows for hit in row]
    parts = sum(hit.soft for hit in flat)
    return FileResult(
        document.name,
        Status.PLANNED,
        source,
        ",".join(targets),
        tuple(o.path for o in plan.write),
        len(document.segments) * len(targets),
        sum(len(s.source.split()) for s in document.segments) * len(targets),
        terms=TermCounts(used=len(flat) - parts, parts=parts),
        recalled=known,
    )
