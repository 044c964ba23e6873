"""A document with its translation: what exporters write and reports count."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from translator.checks.model import Finding
from translator.documents import Document, Kind, Paragraph, Segment, Span
from translator.glossary.model import Glossary, Outcome, TermResult


class Origin(str, Enum):
    """Where a translation comes from."""

    MACHINE = "machine"
    HUMAN = "human"
    COPIED = "copied"
    """Left as it is: the paragraph is in another language than its document."""


@dataclass(frozen=True)
class TranslatedSegment:
    """A segment with its translation.

    Attributes:
        segment: the source.
        target: the translation.
        origin: where it comes from.
        recalled: whether it was in the translation memory.
        score: mean log-probability per piece, 0.0 where no model was asked.
        terms: glossary hits in the source and what became of them.
        spans: inline formatting of the translation.
        findings: what the checks say about it.
    """

    segment: Segment
    target: str
    origin: Origin = Origin.MACHINE
    score: float = 0.0
    terms: tuple[TermResult, ...] = ()
    recalled: bool = False
    spans: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def missed(self) -> tuple[TermResult, ...]:
        """Hits that have no place in the translation and should have."""
        return tuple(t for t in self.terms if t.outcome is Outcome.MISSED and not t.hit.soft)


@dataclass(frozen=True)
class Signature:
    """Everything that shaped a translation, so that it can be reproduced; printed in every output."""

    tool: str
    source: str
    target: str
    model: str
    glossary: str
    terms: int
    beam: int

    @classmethod
    def of(cls, tool: str, glossary: Glossary, model: str, beam: int) -> Signature:
        """Signature of a run with a glossary and a model."""
        return cls(tool, glossary.source, glossary.target, model, glossary.fingerprint, len(glossary), beam)

    def __str__(self) -> str:
        glossary = f"glossary {self.glossary} ({self.terms} terms)" if self.terms else "no glossary"
        return (
            f"translator {self.tool} · {self.source}→{self.target} · model {self.model} · {glossary} · beam {self.beam}"
        )


@dataclass(frozen=True)
class BilingualDocument:
    """A document, its translated segments in order, and the signature.

    Raises:
        ValueError: segments and document do not agree one to one.
    """

    document: Document
    segments: tuple[TranslatedSegment, ...]
    signature: Signature

    def __post_init__(self) -> None:
        if [s.segment for s in self.segments] != self.document.segments:
            raise ValueError(f"{self.document.name}: translated segments do not match the document's")

    @property
    def fingerprint(self) -> str:
        """What it was made from: see content_fingerprint and corrections_fingerprint."""
        human = ((s.segment.source, s.target) for s in self.segments if s.origin is Origin.HUMAN)
        return content_fingerprint(self.document, self.signature) + corrections_fingerprint(human)

    @property
    def paragraphs(self) -> list[tuple[Paragraph, tuple[TranslatedSegment, ...]]]:
        """Each paragraph with its translated segments."""
        at, pairs = 0, []
        for paragraph in self.document.paragraphs:
            pairs.append((paragraph, self.segments[at : at + len(paragraph.segments)]))
            at += len(paragraph.segments)
        return pairs

    @property
    def title(self) -> tuple[TranslatedSegment, ...]:
        """Segments of the title; empty where the document has none."""
        first = self.paragraphs[0] if self.document.paragraphs else None
        return first[1] if first and first[0].kind is Kind.TITLE else ()

    @property
    def translated_title(self) -> str:
        """The title in the target language, or an empty string."""
        return " ".join(s.target for s in self.title)


def content_fingerprint(document: Document, signature: Signature) -> str:
    """16 hex digits over source text and signature: equal means that a run would write the same again."""
    digest = hashlib.blake2b(str(signature).encode(), digest_size=8)
    for paragraph in document.paragraphs:
        digest.update(f"\x1e{paragraph.kind.value}\x1f{paragraph.level}\x1f{paragraph.text}".encode())
    digest.update(f"\x1e{document.date}\x1f{document.name}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def corrections_fingerprint(corrections: Iterable[tuple[str, str]]) -> str:
    """`#` and 8 hex digits over sentences and their human translations in the order of the document; empty without any."""
    digest = hashlib.blake2b(digest_size=4)
    empty = True
    for source, target in corrections:
        digest.update(f"{source}\x1f{target}\x1e".encode())
        empty = False
    return "" if empty else f"#{digest.hexdigest()}"


def without_corrections(fingerprint: str) -> str:
    """A fingerprint as it would be if nobody had corrected anything: by it a corrected handout is recognised."""
    return re.sub(r"#[0-9a-f]+", "", fingerprint)
