"""Glossaries as CSV and TSV as people have them, from Excel on a German PC to DeepL and OmegaT."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from translator.documents.encoding import decode, read_bytes
from translator.errors import GlossaryError, InputError
from translator.glossary.files import LoadedFile
from translator.glossary.model import Entry
from translator.glossary.rows import FIELDS, UNCLOSED, entries_of_rows, row_of

_DELIMITERS = ("\t", ";", ",")  # of two that fit alike the first: commas also stand inside terms and notes


def read_table(path: Path, source: str = "de", target: str = "en") -> LoadedFile:
    """Reads a CSV or TSV glossary.

    Raises:
        GlossaryError: the file cannot be read, or has no two columns.
    """
    try:
        text, encoding = decode(read_bytes(path), path)
    except InputError as error:
        raise GlossaryError(str(error)) from error
    delimiter = delimiter_of(text)
    rows = [(row.line, row.cells) for row in numbered_rows(text, delimiter, path)]
    return entries_of_rows(rows, path, f"{encoding}, {_DELIMITER_NAMES[delimiter]}", source, target)


_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


MOST_CELL_LINES = 5
"""Lines a cell may have: more are a quotation mark that was never closed."""


@dataclass(frozen=True)
class NumberedRow:
    """A row with the first and last line it stands on."""

    line: int
    end: int
    cells: list[str]


def numbered_rows(text: str, delimiter: str, path: Path) -> Iterator[NumberedRow]:
    """Rows of a table; blank lines and # comments are passed over.

    A quotation mark that is never closed would swallow all lines behind it. Where the marks do not pair, a row is a
    line, and a line whose own marks do not pair comes out as [UNCLOSED].

    Raises:
        GlossaryError: the table cannot be taken apart.
    """
    numbered = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if not line.startswith("#")]
    numbers = [n for n, _ in numbered]
    try:
        rows, before = list[NumberedRow](), 0
        reader = csv.reader((line + "\n" for _, line in numbered), delimiter=delimiter, strict=True)
        for cells in reader:
            rows.append(NumberedRow(numbers[before], numbers[reader.line_num - 1], cells))
            before = reader.line_num
        if any(cell.count("\n") > MOST_CELL_LINES for row in rows for cell in row.cells):
            raise csv.Error("a quotation mark has swallowed lines")
    except csv.Error:
        rows = [NumberedRow(n, n, _line_cells(line, delimiter, path)) for n, line in numbered]
    yield from (row for row in rows if any(cell.strip() for cell in row.cells))


def _line_cells(line: str, delimiter: str, path: Path) -> list[str]:
    """Cells of a line by itself; a quotation mark inside a cell is a sign like any other (3" pipe)."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return [UNCLOSED, ""]
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error as error:
        raise GlossaryError(f"{path}: {error}") from error


def delimiter_of(text: str) -> str:
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


def table_text(entries: Sequence[Entry], delimiter: str = ",") -> str:
    """Entries as a table with our header, with the byte order mark by which Excel recognises UTF-8."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, FIELDS, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row_of(entry) for entry in entries)
    return "\ufeff" + buffer.getvalue()
