"""Adding and removing lines of a glossary file without touching the others: order, comments and dialect stay."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from translator.atomic import replacing
from translator.documents.encoding import decode, read_bytes
from translator.errors import GlossaryError, InputError, UsageError
from translator.glossary.columns import FIELDS, header_fields
from translator.glossary.load import read_glossary
from translator.glossary.model import Entry
from translator.glossary.rows import row_of
from translator.glossary.table import delimiter_of, table_text
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
    text, encoding = _text(path)
    delimiter = delimiter_of(text)
    header = next(
        (row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row and not row[0].startswith("#")), []
    )
    fields = header_fields(header, source, target) or list(FIELDS[: max(len(header), 2)])
    cells = row_of(entry)
    lost = [name for name in FIELDS if cells[name] and name not in fields]
    if lost:
        raise GlossaryError(f"{path}: the table has no column for {', '.join(lost)}; add a header with these names")
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow([cells[f] if f else "" for f in fields])
    _write(path, text if text.endswith("\n") else text + "\n", line.getvalue(), encoding)


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
    text, encoding = _text(path)
    lines = text.split("\n")
    for entry in sorted(gone, key=lambda e: -e.line):
        end = entry.line
        while sum(line.count('"') for line in lines[entry.line - 1 : end]) % 2 and end < len(lines):
            end += 1  # the entry's cells go over several lines
        del lines[entry.line - 1 : end]
    _write(path, "\n".join(lines), "", encoding)
    return gone


def _check_editable(path: Path) -> None:
    if path.suffix.lower() not in (*_TEXT, ".xlsx"):
        raise UsageError(
            f"{path}: only {', '.join((*_TEXT, '.xlsx'))} can be edited; convert it: translate glossary convert"
        )


def _text(path: Path) -> tuple[str, str]:
    _check_editable(path)
    try:
        return decode(read_bytes(path), path)
    except InputError as error:
        raise GlossaryError(str(error)) from error


def _write(path: Path, text: str, line: str, encoding: str) -> None:
    """Writes text and a line in the encoding the file had; what that cannot hold makes it UTF-8 with a mark."""
    try:
        data = (text + line).encode(encoding)
    except UnicodeEncodeError:
        data = (text + line).encode("utf-8-sig")
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def _edit_xlsx(
    path: Path, source: str, target: str, *, add: Entry | None = None, remove: Sequence[int] | set[int] = ()
) -> None:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path)
    except Exception as error:
        raise GlossaryError(f"{path}: cannot be opened for editing ({error})") from error
    sheet = next(s for s in book.worksheets if s.max_column and s.max_column >= 2)
    for row in sorted(remove, reverse=True):
        sheet.delete_rows(row)
    if add is not None:
        header = ["" if c.value is None else str(c.value) for c in sheet[1]]
        fields = header_fields(header, source, target) or list(FIELDS[: max(len(header), 2)])
        cells, row = row_of(add), sheet.max_row + 1
        for column, name in enumerate(fields, start=1):
            if name and cells[name]:
                cell = sheet.cell(row=row, column=column)
                cell.value, cell.data_type = cells[name], "s"
    with replacing(path) as temporary:
        book.save(temporary)
