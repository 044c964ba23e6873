"""What a run did, file by file; results that know how to print themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translator.bilingual import BilingualDocument, Origin
from translator.checks.model import Severity
from translator.errors import ExitCode, TranslatorError
from translator.glossary.files import LoadedFile
from translator.glossary.model import Outcome

if TYPE_CHECKING:
    from translator.glossary.statistics import Suggestion


class Status(str, Enum):
    """What became of a file."""

    DONE = "done"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    PLANNED = "planned"
    FAILED = "failed"


@dataclass(frozen=True)
class TermCounts:
    """Glossary hits by outcome; hits inside longer words (soft) are counted apart, for they are only checked."""

    used: int = 0
    repaired: int = 0
    missed: int = 0
    parts: int = 0

    def __add__(self, other: TermCounts) -> TermCounts:
        return TermCounts(
            self.used + other.used,
            self.repaired + other.repaired,
            self.missed + other.missed,
            self.parts + other.parts,
        )

    @classmethod
    def of(cls, bilingual: BilingualDocument) -> TermCounts:
        """Counts of one document."""
        hard = Counter(t.outcome for s in bilingual.segments for t in s.terms if not t.hit.soft)
        parts = sum(t.hit.soft for s in bilingual.segments for t in s.terms)
        return cls(hard[Outcome.USED], hard[Outcome.REPAIRED], hard[Outcome.MISSED], parts)


@dataclass(frozen=True)
class MissedTerm:
    """A term that did not get into a translation: the sentence's number, the term, what was wanted, what was written."""

    number: int
    source: str
    target: str
    sentence: str
    translation: str

    def as_dict(self, *, texts: bool) -> dict[str, Any]:
        """For the JSON report, with both sentences where `texts` is true."""
        place = {"sentence": self.number, "term": self.source, "wanted": self.target}
        return place | ({"source": self.sentence, "translation": self.translation} if texts else {})


@dataclass(frozen=True)
class TermUse:
    """A glossary hit of a document: the entry's source, the sentence's number, what became of it and by which step."""

    term: str
    number: int
    outcome: Outcome
    how: str
    soft: bool

    @classmethod
    def all_of(cls, bilingual: BilingualDocument) -> tuple[TermUse, ...]:
        """The hits of a document in order."""
        return tuple(
            cls(t.hit.entry.source, s.segment.number, t.outcome, t.how, t.hit.soft)
            for s in bilingual.segments
            for t in s.terms
        )


@dataclass(frozen=True)
class FileResult:
    """One file into one language.

    Attributes:
        name: of the input, relative to what the user gave.
        status: what became of it.
        source, target: language codes; source None where it was not found out.
        outputs: the files that were (or would be) written.
        segments, words: translated sentences and source words.
        recalled: sentences taken from the memory, human: those of them that a person wrote.
        copied: sentences left as they are because their paragraph is in another language.
        terms: glossary hits by outcome.
        missed: the hits that were missed, with their sentences.
        uses: all hits.
        message: why it was skipped or failed.
        exit_code: of the error, for failed files.
    """

    name: str
    status: Status
    source: str | None = None
    target: str | None = None
    outputs: tuple[Path, ...] = ()
    segments: int = 0
    words: int = 0
    copied: int = 0
    recalled: int = 0
    human: int = 0
    flagged: int = 0
    terms: TermCounts = TermCounts()
    missed: tuple[MissedTerm, ...] = ()
    uses: tuple[TermUse, ...] = ()
    message: str = ""
    exit_code: ExitCode = ExitCode.ok

    @classmethod
    def failed(cls, name: str, error: TranslatorError, target: str | None = None) -> FileResult:
        """The result of a file that an error ended."""
        return cls(name, Status.FAILED, target=target, message=str(error), exit_code=error.exit_code)

    @property
    def output(self) -> Path | None:
        """The first file, usually the handout; None where there is none."""
        return self.outputs[0] if self.outputs else None

    @classmethod
    def done(cls, translations: Sequence[BilingualDocument], outputs: tuple[Path, ...]) -> FileResult:
        """The result of a document that was written in one or several languages."""
        segments = [s for t in translations for s in t.segments]
        missed = tuple(
            MissedTerm(s.segment.number, t.hit.entry.source, t.hit.entry.target, s.segment.source, s.target)
            for s in segments
            for t in s.missed
        )
        first = translations[0]
        return cls(
            first.document.name,
            Status.DONE,
            first.signature.source,
            ",".join(t.signature.target for t in translations),
            outputs,
            len(segments),
            sum(len(s.segment.source.split()) for s in segments),
            sum(s.origin is Origin.COPIED for s in segments),
            sum(s.recalled for s in segments),
            sum(s.origin is Origin.HUMAN for s in segments),
            sum(any(f.severity is Severity.WARNING for f in s.findings) for s in segments),
            sum((TermCounts.of(t) for t in translations), TermCounts()),
            missed,
            tuple(use for t in translations for use in TermUse.all_of(t)),
        )

    def as_dict(self, *, texts: bool = False) -> dict[str, Any]:
        """For the JSON report; empty fields are left out, and so are the sentences of documents unless `texts` is true."""
        return {
            "file": self.name,
            "status": self.status.value,
            **({"from": self.source} if self.source else {}),
            **({"to": self.target} if self.target else {}),
            **({"output": self.output.as_posix()} if self.output else {}),
            **({"outputs": [p.as_posix() for p in self.outputs]} if len(self.outputs) > 1 else {}),
            "sentences": self.segments,
            "words": self.words,
            **({"left_as_they_are": self.copied} if self.copied else {}),
            **({"recalled": self.recalled} if self.recalled else {}),
            **({"human": self.human} if self.human else {}),
            **({"flagged": self.flagged} if self.flagged else {}),
            "terms": {"used": self.terms.used, "repaired": self.terms.repaired, "missed": self.terms.missed,
                      "inside_compounds": self.terms.parts},
            **({"missed": [m.as_dict(texts=texts) for m in self.missed]} if self.missed else {}),
            **({"message": self.message} if self.message else {}),
        }  # fmt: skip


@dataclass
class Report:
    """A whole run."""

    files: list[FileResult] = field(default_factory=list)
    glossaries: list[LoadedFile] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)
    models: list[str] = field(default_factory=list)
    inconsistent: list[Suggestion] = field(default_factory=list)
    decoded_again: Counter[str] = field(default_factory=Counter)
    """Damaged translations that were mended, by the step that did it (see repair.py)."""
    seconds: float = 0.0
    interrupted: bool = False

    def count(self, *statuses: Status) -> int:
        """Files with one of the statuses."""
        return sum(f.status in statuses for f in self.files)

    @property
    def done(self) -> Sequence[FileResult]:
        """Files that were translated in this run."""
        return [f for f in self.files if f.status is Status.DONE]

    @property
    def segments(self) -> int:
        """Sentences translated in this run."""
        return sum(f.segments for f in self.done)

    @property
    def recalled(self) -> int:
        """Sentences of this run that a machine translated earlier."""
        return sum(f.recalled - f.human for f in self.done)

    @property
    def human(self) -> int:
        """Sentences of this run that a person translated."""
        return sum(f.human for f in self.done)

    @property
    def flagged(self) -> int:
        """Sentences of this run with a warning."""
        return sum(f.flagged for f in self.done)

    @property
    def words(self) -> int:
        """Source words translated in this run."""
        return sum(f.words for f in self.done)

    @property
    def terms(self) -> TermCounts:
        """Glossary hits of this run."""
        return sum((f.terms for f in self.files), TermCounts())

    def compliance(self) -> list[dict[str, Any]]:
        """What became of each entry that was hit: counts, repairs by step, and the sentences, by file."""
        entries: dict[str, dict[str, Any]] = {}
        for file in self.files:
            for use in file.uses:
                entry = entries.setdefault(
                    use.term, {"term": use.term, "hits": 0, "used": 0, "repaired": {}, "missed": 0, "sentences": {}}
                )
                entry["hits"] += 1
                if use.outcome is Outcome.REPAIRED:
                    entry["repaired"][use.how] = entry["repaired"].get(use.how, 0) + 1
                elif not (use.soft and use.outcome is Outcome.MISSED):
                    entry[use.outcome.value] += 1
                kind = "in" if use.outcome is not Outcome.MISSED else "inside_compounds" if use.soft else "missed_in"
                entry["sentences"].setdefault(file.name, {}).setdefault(kind, []).append(use.number)
        return sorted(entries.values(), key=lambda e: (-e["missed"], -e["hits"], e["term"]))

    @property
    def exit_code(self) -> ExitCode:
        """What the shell is told.

        Some failed: partial. All failed: the kind of the first error.
        """
        if self.interrupted:
            return ExitCode.interrupted
        failed = [f for f in self.files if f.status is Status.FAILED]
        if not failed:
            return ExitCode.ok
        return ExitCode.partial if len(failed) < len(self.files) else failed[0].exit_code

    def as_dict(self, *, texts: bool = False) -> dict[str, Any]:
        """For `--report json`; sentences of documents are in it only where `texts` is true."""
        terms = self.terms
        return {
            "files": [f.as_dict(texts=texts) for f in self.files],
            "totals": {
                **{status.value: self.count(status) for status in Status},
                "sentences": self.segments,
                "recalled": self.recalled,
                "human": self.human,
                "flagged": self.flagged,
                "decoded_again": dict(self.decoded_again),
                "words": self.words,
                "terms": {"used": terms.used, "repaired": terms.repaired, "missed": terms.missed,
                          "inside_compounds": terms.parts},
                "seconds": round(self.seconds, 2),
            },
            "entries": self.compliance(),
            "inconsistent": [
                {"term": s.entry.source, "renderings": f"{s.entry.target}, {s.others}", "frequency": s.frequency}
                | ({"example": s.example} if texts else {})
                for s in self.inconsistent
            ],
            "glossaries": [
                {"file": str(g.path), "entries": len(g.entries), "columns": list(g.columns), "read_as": g.dialect,
                 "refused": [str(r) for r in g.refused]}
                for g in self.glossaries
            ],
            "signatures": self.signatures,
            "interrupted": self.interrupted,
        }  # fmt: skip
