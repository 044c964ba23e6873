"""What is wrong with a glossary although every line could be read: duplicates, contradictions, entries that fight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from translator.glossary.matching import Matcher
from translator.glossary.model import Entry, Glossary, MatchMode, TermType
from translator.glossary.morphology import english_lemma, lemma
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
    remarks = [
        *_repeated(entries),
        *_near(entries),
        *_unchanged(entries),
        *_own_targets(entries),
        *_forbidden_elsewhere(entries),
        *_shadowed(entries),
    ]
    return sorted(remarks, key=lambda r: (r.entry.file, r.entry.line))


def unmatched(entries: Sequence[Entry], corpus: Iterable[str]) -> list[Remark]:
    """Remarks on entries that occur in none of the texts."""
    matcher = Matcher(Glossary(entries))
    found = {id(hit.entry) for text in corpus for hit in matcher.hits(text)}
    return [Remark(e, f"{e.source!r} occurs nowhere in the corpus") for e in entries if id(e) not in found]


def _near(entries: Sequence[Entry]) -> Iterator[Remark]:
    """Entries that are forms of one another: the second is found only where it stands exactly so."""
    forms: dict[str, Entry] = {}
    for entry in entries:
        if entry.is_name or " " in entry.source or entry.match is not MatchMode.INFLECTED:
            continue
        key = lemma(entry.source)
        other = forms.setdefault(key, entry)
        if other is entry or fold(other.source) == fold(entry.source):
            continue
        if english_lemma(other.target) != english_lemma(
            entry.target
        ):  # Golfstaat, Golfstaaten: Gulf state, Gulf states
            yield Remark(entry, f"{entry.source!r} is a form of {other.source!r} (line {other.line}) with another "
                         f"translation: {entry.target!r}, {other.target!r}")  # fmt: skip


def _unchanged(entries: Sequence[Entry]) -> Iterator[Remark]:
    """A noun translated by itself is probably a line that was not filled in."""
    for entry in entries:
        filled = entry.note or len(entry.targets) > 1
        if fold(entry.source) == fold(entry.target) and entry.type is TermType.NOUN and not filled:
            yield Remark(entry, f"{entry.source!r} is translated by itself; if it is to be kept, write = or type keep")


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
