"""Adding and removing lines of a glossary file without touching the others: order, comments and dialect stay."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from translator.atomic import replace_with, replacing
from translator.documents.encoding import decode, read_bytes
from translator.errors import GlossaryError, InputError, UsageError
from translator.glossary.columns import FIELDS, header_fields, headerless_fields
from translator.glossary.load import read_glossary
from translator.glossary.model import Entry
from translator.glossary.rows import row_of
from translator.glossary.table import delimiter_of, numbered_rows, table_text
from translator.glossary.words import fold

_TEXT = (".csv", ".tsv", ".txt", ".tab", ".utf8")


def add_entry(path: Path, entry: Entry, source: str, target: str) -> None:
    """Appends an entry to a CSV, TSV or XLSX glossary; a file that does not exist is begun with our header.

    Raises:
        GlossaryError: the source term stands there already, or the file cannot be read.
        UsageError: the format cannot be edited in place.
        OutputError: the file cannot be written.
    """
    if not path.exists():
        _check_editable(path)
        with replacing(path) as temporary:
            if path.suffix.lower() == ".xlsx":
                from translator.glossary.xlsx import write_xlsx

                write_xlsx([entry], temporary)
            else:
                temporary.write_text(
                    table_text([entry], "\t" if path.suffix.lower() == ".tsv" else ","), encoding="utf-8"
                )
        return
    loaded = read_glossary(path, source, target)
    for other in loaded.entries:
        if fold(other.source) == fold(entry.source):
            raise GlossaryError(f"{other.where}: {other.source!r} is there already (→ {' | '.join(other.targets)}); "
                                "remove it first: translate glossary remove")  # fmt: skip
    if path.suffix.lower() == ".xlsx":
        _edit_xlsx(path, source, target, add=entry)
        return
    file = _open(path)
    delimiter = delimiter_of(file.text)
    rows = [row.cells for row in numbered_rows(file.text, delimiter, path)]
    cells = _placed(entry, rows, path, source, target)
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    _write(path, file, (file.text if file.text.endswith("\n") else file.text + "\n") + line.getvalue())


def _placed(entry: Entry, rows: Sequence[list[str]], path: Path, source: str, target: str) -> list[str]:
    """The entry's cells in the columns of a table.

    Raises:
        GlossaryError: a field has no column.
    """
    wide = max(rows, key=len, default=["", ""])
    fields = (header_fields(rows[0], source, target) if rows else None) or headerless_fields(wide)
    cells = row_of(entry)
    lost = [name for name in FIELDS if cells[name] and name not in fields]
    if lost:
        raise GlossaryError(f"{path}: the table has no column for {', '.join(lost)}; add a header with these names")
    return [cells[name] if name else "" for name in fields]


def remove_entry(path: Path, term: str, source: str, target: str) -> list[Entry]:
    """Removes all entries of a source term; returns them.

    Raises:
        GlossaryError: there is none, or the file cannot be read.
        UsageError: the format cannot be edited in place.
        OutputError: the file cannot be written.
    """
    _check_editable(path)
    gone = [e for e in read_glossary(path, source, target).entries if fold(e.source) == fold(term)]
    if not gone:
        raise GlossaryError(f"{path}: no entry for {term!r}")
    if path.suffix.lower() == ".xlsx":
        _edit_xlsx(path, source, target, remove={e.line for e in gone})
        return gone
    file = _open(path)
    lines = file.text.split("\n")
    ends = {row.line: row.end for row in numbered_rows(file.text, delimiter_of(file.text), path)}
    for entry in sorted(gone, key=lambda e: -e.line):
        del lines[entry.line - 1 : ends.get(entry.line, entry.line)]
    _write(path, file, "\n".join(lines))
    return gone


@dataclass(frozen=True)
class _TextFile:
    """Text of a glossary with what it takes to write it as it was."""

    text: str
    encoding: str
    newline: str


def _check_editable(path: Path) -> None:
    if path.suffix.lower() not in (*_TEXT, ".xlsx"):
        raise UsageError(
            f"{path}: only {', '.join((*_TEXT, '.xlsx'))} can be edited; convert it: translate glossary convert"
        )


def _open(path: Path) -> _TextFile:
    _check_editable(path)
    try:
        data = read_bytes(path)
        text, encoding = decode(data, path)
    except InputError as error:
        raise GlossaryError(str(error)) from error
    windows = b"\r\n" in data or b"\r\0\n\0" in data or b"\0\r\0\n" in data
    return _TextFile(text, encoding, "\r\n" if windows else "\n")


def _write(path: Path, file: _TextFile, text: str) -> None:
    """Writes text as the file was; what its encoding cannot hold makes it UTF-8 with a mark."""
    text = text.replace("\n", file.newline)
    try:
        data = text.encode(file.encoding)
    except UnicodeEncodeError:
        data = text.encode("utf-8-sig")
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def _edit_xlsx(path: Path, source: str, target: str, *, add: Entry | None = None, remove: Collection[int] = ()) -> None:
    """Changes the sheet that is read, and no other."""
    import openpyxl

    from translator.glossary.xlsx import find_table, silenced

    try:
        with silenced():
            book = openpyxl.load_workbook(path)
    except Exception as error:  # see xlsx.py
        raise GlossaryError(f"{path}: cannot be opened for editing ({error})") from error
    title, rows = find_table(book)
    sheet = book[title]
    for row in sorted(remove, reverse=True):
        sheet.delete_rows(row)
    if add is not None:
        cells = _placed(add, [cells for _, cells in rows], path, source, target)
        for column, text in enumerate(cells, start=1):
            if text:
                cell = sheet.cell(row=rows[-1][0] + 1, column=column)
                cell.value, cell.data_type = text, "s"
    replace_with(path, book.save)
