"""Rows of a table to entries and back: the same for CSV, TSV and XLSX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from translator import limits
from translator.documents.characters import collapse
from translator.errors import GlossaryError
from translator.glossary.columns import FIELDS, header_fields, headerless_fields
from translator.glossary.files import LoadedFile, Refusal
from translator.glossary.model import Entry, MatchMode, TermType
from translator.glossary.morphology import is_common_noun

_YES = frozenset({"1", "yes", "ja", "true", "wahr", "y", "j", "x", "sensitive", "case-sensitive"})
UNCLOSED = "\0unclosed"
"""First cell of a row that could not be taken apart."""
CALCULATED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""Beginnings of what a spreadsheet calculates; in Japan the wide signs, too."""
_FORMULA = (*CALCULATED, "#", "\t", "\r")
"""These, and what makes a line a comment (#MeToo)."""


def entries_of_rows(
    rows: Sequence[tuple[int, list[str]]], path: Path, dialect: str, source: str, target: str
) -> LoadedFile:
    """Entries of numbered rows, with or without header.

    Raises:
        GlossaryError: no row has two columns, or there are more rows than the limit allows.
    """
    loaded = LoadedFile(path, dialect=dialect)
    try:
        limits.check("glossary_rows", len(rows))
    except limits.LimitExceeded as error:
        raise GlossaryError(f"{path}: {error}") from error
    if 2 * sum(len(row) >= 2 for _, row in rows) <= len(rows):  # running text has a comma here and there
        raise GlossaryError(f"{path}: no glossary table (two columns, separated by comma, semicolon or tab)")
    fields = header_fields(rows[0][1], source, target)
    body = rows[1:] if fields else rows
    fields = fields or headerless_fields(max((row for _, row in rows[:20]), key=len))
    loaded.columns = tuple(f for f in fields if f)
    for line, row in body:
        cells = {f: _cell(cell) for f, cell in zip(fields, row, strict=False) if f}
        try:
            if row and row[0] == UNCLOSED:
                raise ValueError("a quotation mark is opened and not closed")
            if entry := entry_of_cells(cells, str(path), line):
                loaded.entries.append(entry)
        except ValueError as error:
            loaded.refused.append(Refusal(str(path), line, str(error)))
    return loaded


def _cell(text: str) -> str:
    """The text of a cell without the apostrophe that keeps spreadsheets from calculating it."""
    text = collapse(text)
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def entry_of_cells(cells: dict[str, str], file: str, line: int) -> Entry | None:
    """Entry of one row, None for a row without a source term.

    Raises:
        ValueError: the row makes no sense; the message says what to do.
    """
    source, target = cells.get("source", ""), cells.get("target", "")
    if not source:
        if target:
            raise ValueError(f"no source term for {target!r}; fill in the first column or delete the line")
        return None
    longest = limits.current().glossary_cell
    if len(source) > longest or len(target) > longest:
        raise ValueError(f"a cell has more than {longest} characters; a quotation mark is probably missing")
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
    custom = "|" in source or re.search(r"\w\*|\*\w", source) is not None  # a lone * stands for an adjective
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


def row_of(entry: Entry) -> dict[str, str]:
    """The cells of an entry by field; what the reader would infer by itself is left empty.

    Cells that a spreadsheet would take for a formula get an apostrophe, which reading takes off again.
    """
    bare = {"source": entry.source, "target": "|".join(entry.targets)}
    inferred = entry_of_cells(bare, "", 0)
    assert inferred is not None
    case = "yes" if entry.case_sensitive else "no"
    cells = {
        **bare,
        "note": entry.note,
        "match": "" if inferred.match is entry.match else entry.match.value,
        "case": "" if inferred.case_sensitive == entry.case_sensitive else case,
        "type": "" if inferred.type is entry.type else entry.type.value,
        "forbidden": "|".join(entry.forbidden),
        "domain": entry.domain,
    }
    return {field: plain_cell(text) for field, text in cells.items()}


def plain_cell(text: str) -> str:
    """The text so that a spreadsheet shows it as it is: what it would calculate gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text


__all__ = [
    "CALCULATED",
    "FIELDS",
    "UNCLOSED",
    "entries_of_rows",
    "entry_of_cells",
    "infer_type",
    "plain_cell",
    "row_of",
]
