"""Entries, hits and what became of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property


class MatchMode(str, Enum):
    """How freely the source of an entry is looked for."""

    EXACT = "exact"
    INFLECTED = "inflected"
    PREFIX = "prefix"
    CUSTOM = "custom"


class TermType(str, Enum):
    """What kind of word an entry is; it decides which forms of it are looked for."""

    NAME = "name"
    NOUN = "noun"
    PHRASE = "phrase"
    KEEP = "keep"


@dataclass(frozen=True)
class Entry:
    """One line of a glossary.

    Attributes:
        source: the term in dictionary form.
        targets: accepted renderings; the first is the one that is inserted.
        note: for the reader of the handout.
        match: how freely it is looked for.
        case_sensitive: whether capitals must agree; acronyms always.
        type: kind of word.
        forbidden: renderings that are wrong and may be replaced.
        domain: subject field.
        file, line: where it stands, for messages.
    """

    source: str
    targets: tuple[str, ...]
    note: str = ""
    match: MatchMode = MatchMode.INFLECTED
    case_sensitive: bool = False
    type: TermType = TermType.NOUN
    forbidden: tuple[str, ...] = ()
    domain: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def target(self) -> str:
        """The preferred rendering."""
        return self.targets[0]

    @property
    def is_name(self) -> bool:
        """Whether it inflects as a name: genitive only."""
        return self.type in (TermType.NAME, TermType.KEEP)

    @property
    def where(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.line}"

    @cached_property
    def fingerprint(self) -> str:
        """Hex digits that change when anything that shapes a translation changes; notes and domains do not."""
        parts = (
            self.source,
            *self.targets,
            self.match.value,
            str(self.case_sensitive),
            self.type.value,
            "|",
            *self.forbidden,
        )
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


class Form(str, Enum):
    """By which link of the matching chain an entry was found."""

    EXACT = "exact"
    INFLECTED = "inflected"
    ADJECTIVE = "nominalised adjective"
    GENITIVE = "name genitive"
    SPELLING = "spelling"
    PREFIX = "prefix"
    HYPHEN = "hyphen part"
    MODIFIER = "compound modifier"
    HEAD = "compound head"


SOFT_FORMS = frozenset({Form.HYPHEN, Form.MODIFIER, Form.HEAD})
"""Parts of longer words: checked in the translation, never forced."""


@dataclass(frozen=True)
class Hit:
    """An entry found in a segment: characters `start` to `end` of its source text."""

    entry: Entry
    start: int
    end: int
    form: Form

    @property
    def soft(self) -> bool:
        """Whether it is only checked."""
        return self.form in SOFT_FORMS


def hits_fingerprint(hits: Sequence[Hit]) -> str:
    """16 hex digits over the entries found in a sentence and their places: changes when a translation of it might."""
    parts = (f"{h.entry.fingerprint},{h.start},{h.end},{h.form.value}" for h in hits)
    return hashlib.blake2b("|".join(parts).encode(), digest_size=8).hexdigest()


class Outcome(str, Enum):
    """What became of a hit."""

    USED = "used"
    REPAIRED = "repaired"
    MISSED = "missed"


@dataclass(frozen=True)
class TermResult:
    """A hit and its outcome.

    Attributes:
        hit: the hit.
        outcome: used by the model as it should be, repaired by us, or missed.
        how: the step that repaired it ("n-best", "substitution", …), else empty.
        span: characters of the translation that render it, or None where it was missed.
    """

    hit: Hit
    outcome: Outcome
    how: str = ""
    span: tuple[int, int] | None = None


class Glossary:
    """Entries of one language pair, in order of priority."""

    def __init__(self, entries: Iterable[Entry] = (), source: str = "de", target: str = "en") -> None:
        self.entries: Sequence[Entry] = tuple(entries)
        self.source, self.target = source, target

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def fingerprint(self) -> str:
        """8 hex digits over all entries, for the signature line."""
        digest = hashlib.blake2b(digest_size=4)
        for entry in self.entries:
            digest.update(entry.fingerprint.encode())
        return digest.hexdigest()
