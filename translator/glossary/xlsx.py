"""Glossaries as XLSX, the spreadsheet that keeps umlauts, read and written with openpyxl."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from translator import limits
from translator.documents.archive import check_archive
from translator.errors import GlossaryError, InputError
from translator.glossary.files import LoadedFile
from translator.glossary.model import Entry
from translator.glossary.rows import FIELDS, entries_of_rows, row_of
from translator.zip_clock import possible_dates

_LAST_ROW = 2**20
"""A sheet has no rows behind it, whatever a file says."""
_WIDTHS = {"source": 34, "target": 38, "note": 40, "match": 10, "case": 7, "type": 9, "forbidden": 30, "domain": 14}


def read_xlsx(path: Path, source: str = "de", target: str = "en") -> LoadedFile:
    """Reads the first sheet with a table of two columns; formulas count as what they last gave.

    Raises:
        GlossaryError: the file is damaged, protected, or has no such sheet.
    """
    try:
        check_archive(path, "Excel")
    except InputError as error:
        raise GlossaryError(str(error)) from error
    try:
        with path.open("rb") as file, silenced():  # a path it would leave open where it fails
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            title, rows = find_table(book)
    except limits.LimitExceeded as error:
        raise GlossaryError(f"{path}: {error}") from error
    except Exception as error:  # openpyxl raises whatever the damage leads it into
        raise GlossaryError(f"{path}: damaged, or no Excel file although it is named like one ({error})") from error
    if not rows:
        raise GlossaryError(f"{path}: no sheet with a glossary table (two columns)")
    return entries_of_rows(rows, path, f"sheet {title}", source, target)


@contextmanager
def silenced() -> Iterator[None]:
    """Openpyxl prints and warns where it finds something odd in a file; what counts, it raises."""
    with redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def find_table(book: Any) -> tuple[str, list[tuple[int, list[str]]]]:
    """Name of the first sheet with a table of two columns, and its numbered rows; no rows where there is none."""
    for sheet in book.worksheets:
        rows = _rows(sheet)
        if rows and 2 * sum(sum(map(bool, row)) >= 2 for _, row in rows) > len(rows):
            return str(sheet.title), rows
    return "", []


def _rows(sheet: Any) -> list[tuple[int, list[str]]]:
    rows = list[tuple[int, list[str]]]()
    most = limits.current()
    last = min(sheet.max_row or _LAST_ROW, _LAST_ROW)  # openpyxl makes a cell of every place it is asked for
    cells = sheet.iter_rows(values_only=True, max_row=last, max_col=most.glossary_columns)
    for number, values in enumerate(cells, start=1):
        if values.count(None) == len(values):  # a column formatted as a whole has a million of them
            continue
        row = ["" if value is None else str(value) for value in values]
        if any(cell.strip() for cell in row) and not row[0].startswith("#"):
            while row and not row[-1].strip():
                row.pop()
            rows.append((number, row))
            limits.check("glossary_rows", len(rows))
    return rows


def write_xlsx(entries: Sequence[Entry], path: Path) -> None:
    """Writes a sheet with our header, filters and a frozen first row; no cell is ever a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "glossary"
    sheet.append(list(FIELDS))
    for entry in entries:
        cells = row_of(entry)
        sheet.append([None] * len(FIELDS))
        for column, name in enumerate(FIELDS, start=1):
            cell = sheet.cell(row=sheet.max_row, column=column)
            text = cells[name][1:] if cells[name][:1] == "'" and cells[name][1:2] in "=+-@" else cells[name]
            cell.value = text or None
            cell.data_type = "s"  # a text, whatever it begins with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, name in enumerate(FIELDS, start=1):
        cell = sheet.cell(row=1, column=column)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="E7EBF3")
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[name]
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    content = io.BytesIO()  # see atomic.replace_with
    with possible_dates():
        book.save(content)
    path.write_bytes(content.getvalue())
