"""Glossaries as CSV and TSV as people have them, from Excel on a German PC to DeepL and OmegaT."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
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
    rows = list(_rows(text, delimiter, path))
    return entries_of_rows(rows, path, f"{encoding}, {_DELIMITER_NAMES[delimiter]}", source, target)


_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


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
