"""Glossaries as tables: CSV and TSV as people have them, from Excel on a German PC to DeepL and OmegaT."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from translator.documents.characters import collapse
from translator.documents.encoding import decode, read_bytes
from translator.errors import GlossaryError, InputError
from translator.glossary.columns import header_fields, headerless_fields
from translator.glossary.model import Entry, MatchMode, TermType
from translator.glossary.morphology import is_common_noun

_DELIMITERS = ("\t", ";", ",")  # of two that fit alike the first: commas also stand inside terms and notes
_YES = frozenset({"1", "yes", "ja", "true", "wahr", "y", "j", "x", "sensitive", "case-sensitive"})
UNCLOSED = "\0unclosed"
"""First cell of a row that could not be taken apart."""
MAX_CELL = 1000
"""Characters; a longer cell is a quotation mark gone wrong, not a term."""


@dataclass(frozen=True)
class Refusal:
    """A line that was not taken, and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass
class LoadedFile:
    """What was read from one file.

    Attributes:
        path: the file.
        entries: its entries in order.
        refused: lines that were not taken.
        columns: the fields found, in the order of the columns.
        dialect: encoding and separator, for messages.
    """

    path: Path
    entries: list[Entry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    dialect: str = ""


def read_table(path: Path, source: str = "de", target: str = "en") -> LoadedFile:
    """Reads a CSV or TSV glossary.

    Raises:
        GlossaryError: the file cannot be read, or has no two columns.
    """
    try:
        text, encoding = decode(read_bytes(path), path)
    except InputError as error:
        raise GlossaryError(str(error)) from error
    delimiter = _delimiter(text)
    rows = list(_rows(text, delimiter, path))
    return entries_of_rows(rows, path, f"{encoding}, {_DELIMITER_NAMES[delimiter]}", source, target)


_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


def entries_of_rows(
    rows: Sequence[tuple[int, list[str]]], path: Path, dialect: str, source: str, target: str
) -> LoadedFile:
    """Entries of numbered rows, with or without header.

    Raises:
        GlossaryError: no row has two columns.
    """
    loaded = LoadedFile(path, dialect=dialect)
    if 2 * sum(len(row) >= 2 for _, row in rows) <= len(rows):  # running text has a comma here and there
        raise GlossaryError(f"{path}: no glossary table (two columns, separated by comma, semicolon or tab)")
    fields = header_fields(rows[0][1], source, target)
    body = rows[1:] if fields else rows
    fields = fields or headerless_fields(max((row for _, row in rows[:20]), key=len))
    loaded.columns = tuple(f for f in fields if f)
    for line, row in body:
        cells = {f: collapse(cell) for f, cell in zip(fields, row, strict=False) if f}
        try:
            if row and row[0] == UNCLOSED:
                raise ValueError("a quotation mark is opened and not closed")
            if entry := _entry(cells, str(path), line):
                loaded.entries.append(entry)
        except ValueError as error:
            loaded.refused.append(Refusal(str(path), line, str(error)))
    return loaded


def _rows(text: str, delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line each begins on; blank lines and # comments are passed over.

    A quotation mark that is never closed would swallow all lines behind it. Where the marks do not pair, a row is a
    line, and a line whose own marks do not pair comes out as [UNCLOSED].
    """
    numbered = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if not line.startswith("#")]
    try:
        if sum(line.count('"') for _, line in numbered) % 2 == 0:
            numbers = [n for n, _ in numbered]
            reader = csv.reader((line + "\n" for _, line in numbered), delimiter=delimiter)
            before = 0
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield numbers[before], row
                before = reader.line_num
            return
        for number, line in numbered:
            if line.strip():
                yield number, [UNCLOSED, ""] if line.count('"') % 2 else next(csv.reader([line], delimiter=delimiter))
    except csv.Error as error:
        raise GlossaryError(f"{path}: {error}") from error


def _delimiter(text: str) -> str:
    """The separator that makes the most lines of the first 30 a table of the same width, at least two."""

    def fit(delimiter: str) -> tuple[int, int, int]:
        sample = [line for line in text.split("\n")[:40] if line.strip() and not line.startswith("#")][:30]
        wide = [len(row) for row in csv.reader(sample, delimiter=delimiter) if len(row) > 1]
        usual = max(set(wide), key=lambda w: (wide.count(w), w), default=0)
        return len(wide), wide.count(usual), usual

    try:
        return max(_DELIMITERS, key=fit)
    except csv.Error:
        return ","


def _entry(cells: dict[str, str], file: str, line: int) -> Entry | None:
    """Entry of one row, None for a row without a source term.

    Raises:
        ValueError: the row makes no sense; the message says what to do.
    """
    source, target = cells.get("source", ""), cells.get("target", "")
    if not source:
        if target:
            raise ValueError(f"no source term for {target!r}; fill in the first column or delete the line")
        return None
    if len(source) > MAX_CELL or len(target) > MAX_CELL:
        raise ValueError(f"a cell has more than {MAX_CELL} characters; a quotation mark is probably missing")
    if not any(c.isalnum() for c in source):
        raise ValueError(f"{source!r} has no letters")
    stated = _choice(cells.get("type", ""), TermType, _TYPE_NAMES, "type")
    if target in ("=", "") and (target == "=" or stated in (TermType.KEEP, TermType.NAME)):
        return _build(cells, source, (source,), TermType.KEEP, file, line)
    targets = tuple(t for part in target.split("|") if (t := part.strip()))
    if not targets:
        raise ValueError(f"no translation for {source!r}; fill in the second column (or = to keep the word as it is)")
    return _build(cells, source, targets, stated or infer_type(source, targets[0]), file, line)


def _build(cells: dict[str, str], source: str, targets: tuple[str, ...], kind: TermType, file: str, line: int) -> Entry:
    explicit = _choice(cells.get("match", ""), MatchMode, _MATCH_NAMES, "match")
    acronym = source.isupper() and len(source) > 1
    custom = "*" in source or "|" in source
    match = explicit or (MatchMode.CUSTOM if custom else MatchMode.EXACT if acronym else MatchMode.INFLECTED)
    return Entry(
        source=source,
        targets=targets,
        note=cells.get("note", ""),
        match=match,
        case_sensitive=acronym or cells.get("case", "").casefold() in _YES,
        type=kind,
        forbidden=tuple(f for part in cells.get("forbidden", "").split("|") if (f := part.strip())),
        domain=cells.get("domain", ""),
        file=file,
        line=line,
    )


def infer_type(source: str, target: str) -> TermType:
    """Kind of a term of which only the two words are known.

    A single word that is kept, or that is no common German noun and that English writes with a capital, is a name.
    """
    if " " in source or "-" in source:
        return TermType.PHRASE
    if source == target:
        return TermType.KEEP
    return TermType.NAME if target[:1].isupper() and not is_common_noun(source) else TermType.NOUN


_TYPE_NAMES = {
    "eigenname": TermType.NAME, "proper noun": TermType.NAME, "nomen": TermType.NOUN, "substantiv": TermType.NOUN,
    "wendung": TermType.PHRASE, "dnt": TermType.KEEP, "do not translate": TermType.KEEP, "behalten": TermType.KEEP,
    "verb": TermType.NOUN, "adjective": TermType.NOUN, "adjektiv": TermType.NOUN, "term": TermType.NOUN,
}  # fmt: skip
_MATCH_NAMES = {
    "genau": MatchMode.EXACT,
    "gebeugt": MatchMode.INFLECTED,
    "fuzzy": MatchMode.INFLECTED,
    "anfang": MatchMode.PREFIX,
}


_Choice = TypeVar("_Choice", TermType, MatchMode)


def _choice(text: str, kind: type[_Choice], names: dict[str, _Choice], column: str) -> _Choice | None:
    """Member of an enum that the text names, None for an empty text."""
    key = text.strip().casefold()
    if not key:
        return None
    if key in names:
        return names[key]
    try:
        return kind(key)
    except ValueError:
        choices = ", ".join(m.value for m in kind)
        raise ValueError(f"{column} {text!r} is none of {choices}") from None
