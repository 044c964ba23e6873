"""The labelled table of glossary hits: reading it and comparing the matcher with it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from translator.glossary.matching import Matcher
from translator.glossary.model import Entry, Glossary, MatchMode, TermType

TABLE = Path(__file__).parent / "data" / "glossary_hits.tsv"

Label = tuple[str, str, bool]
"""Matched text, source of the entry, whether the hit is soft."""


@dataclass(frozen=True)
class Labelled:
    """A line, its entries and the hits an editor expects."""

    text: str
    entries: tuple[Entry, ...]
    expected: tuple[Label, ...]

    def found(self) -> tuple[Label, ...]:
        """What the matcher finds."""
        hits = Matcher(Glossary(self.entries)).hits(self.text)
        return tuple((self.text[h.start : h.end], h.entry.source, h.soft) for h in hits)


def lines() -> Iterator[Labelled]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            entries = tuple(_entry(*part.rsplit("=", 1)) for part in row["entries"].split(" ; "))
            labels = [label.rsplit(">", 1) for label in row["hits"].split(" ; ") if label]
            yield Labelled(row["text"], entries, tuple((m, s.removesuffix("~"), s.endswith("~")) for m, s in labels))


def _entry(source: str, kind: str) -> Entry:
    acronym = source.isupper() and len(source) > 1
    return Entry(
        source,
        ("x",),
        match=MatchMode.EXACT if acronym else MatchMode.INFLECTED,
        case_sensitive=acronym,
        type=TermType(kind),
    )
