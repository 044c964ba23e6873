"""What is wrong with a glossary although every line could be read: duplicates, contradictions, entries that fight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translator.glossary.matching import Matcher
from translator.glossary.model import Entry, Glossary, MatchMode
from translator.glossary.words import fold


@dataclass(frozen=True)
class Remark:
    """Something about an entry that its owner should look at."""

    entry: Entry
    text: str

    def __str__(self) -> str:
        return f"{self.entry.where}: {self.text}"


def inspect_glossary(entries: Sequence[Entry]) -> list[Remark]:
    """Remarks on the entries, in the order of their lines."""
    remarks = [*_repeated(entries), *_own_targets(entries), *_forbidden_elsewhere(entries), *_shadowed(entries)]
    return sorted(remarks, key=lambda r: (r.entry.file, r.entry.line))


def _repeated(entries: Sequence[Entry]) -> Iterator[Remark]:
    first: dict[str, Entry] = {}
    for entry in entries:
        key = entry.source if entry.case_sensitive else fold(entry.source)
        other = first.setdefault(key, entry)
        if other is entry:
            continue
        if fold(other.target) == fold(entry.target):
            yield Remark(entry, f"{entry.source!r} stands there twice (line {other.line})")
        else:
            yield Remark(entry, f"{entry.source!r} → {entry.target!r} contradicts line {other.line} "
                         f"(→ {other.target!r}), which counts")  # fmt: skip


def _own_targets(entries: Sequence[Entry]) -> Iterator[Remark]:
    for entry in entries:
        allowed = {fold(t) for t in entry.targets}
        for wrong in entry.forbidden:
            if fold(wrong) in allowed:
                yield Remark(entry, f"{wrong!r} is forbidden and wanted at once")


def _forbidden_elsewhere(entries: Sequence[Entry]) -> Iterator[Remark]:
    """A rendering that one entry forbids and another wants may not be replaced in a sentence that holds both."""
    wanted: dict[str, Entry] = {}
    for entry in entries:
        for target in entry.targets:
            wanted.setdefault(fold(target), entry)
    for entry in entries:
        for wrong in entry.forbidden:
            other = wanted.get(fold(wrong))
            if other is not None and other is not entry:
                yield Remark(entry, f"{wrong!r} is forbidden here and wanted for {other.source!r} (line {other.line})")


def _shadowed(entries: Sequence[Entry]) -> Iterator[Remark]:
    """Entries that their own dictionary form does not find, because another one always wins."""
    matcher = Matcher(Glossary(entries))
    seen: set[str] = set()
    for entry in entries:
        key = entry.source if entry.case_sensitive else fold(entry.source)
        if key in seen:
            continue
        seen.add(key)
        text = entry.source.replace("|", "").replace("*", "") if entry.match is MatchMode.CUSTOM else entry.source
        found = [hit.entry for hit in matcher.hits(text)]
        if entry not in found:
            winner = f": {found[0].source!r} (line {found[0].line}) is found instead" if found else ""
            yield Remark(entry, f"{entry.source!r} is never found{winner}")
