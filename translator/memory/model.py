"""Entries of the translation memory."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class EntryOrigin(str, Enum):
    """Who made a translation. A human one beats a machine's, always."""

    MACHINE = "machine"
    HUMAN = "human"


@dataclass(frozen=True)
class MemoryKey:
    """What a machine's translation depends on; it is used again only if nothing of this has changed.

    Attributes:
        source: the sentence.
        terms: fingerprint of the glossary hits in it.
    """

    source: str
    terms: str


@dataclass(frozen=True)
class MemoryEntry:
    """A translation that is remembered.

    Attributes:
        source, target: the sentence and its translation.
        origin: who made it.
        score: mean log-probability a piece, 0.0 for human ones.
        alignment: for every word of the target the source word and how sure that is, or None.
        how: by index of the hit the step of the enforcement that placed its term.
        created: date and time, ISO 8601, UTC.
        file: the document or handout it comes from.
    """

    source: str
    target: str
    origin: EntryOrigin
    score: float = 0.0
    alignment: tuple[tuple[int, float], ...] | None = None
    how: tuple[tuple[int, str], ...] = ()
    created: str = ""
    file: str = ""
