"""Writing glossaries: the formats by name, and what each of them cannot hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from translator.atomic import replacing
from translator.documents.characters import collapse
from translator.errors import UsageError
from translator.glossary.columns import FIELDS
from translator.glossary.model import Entry
from translator.glossary.rows import row_of
from translator.glossary.table import table_text

FORMATS = {
    "csv": "our table, comma separated, as Excel and LibreOffice open it",
    "tsv": "our table, tab separated",
    "xlsx": "our table as a spreadsheet",
    "tbx": "TBX-Basic, version 3",
    "tbx2": "TBX, version 2",
    "deepl": "DeepL: source and target, no header",
    "omegat": "OmegaT: source, target, comment, tab separated",
}
_BY_SUFFIX = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".xlsx": "xlsx",
    ".tbx": "tbx",
    ".xml": "tbx",
    ".txt": "omegat",
    ".utf8": "omegat",
}
_HELD = {"deepl": ("source", "target"), "omegat": ("source", "target", "note")}


def format_of(path: Path) -> str:
    """The format a file's ending stands for.

    Raises:
        UsageError: none is known.
    """
    if path.suffix.lower() not in _BY_SUFFIX:
        raise UsageError(f"{path}: the ending says no format; use one of {', '.join(_BY_SUFFIX)}, or --format")
    return _BY_SUFFIX[path.suffix.lower()]


def write_glossary(entries: Sequence[Entry], path: Path, form: str, source: str, target: str) -> dict[str, int]:
    """Writes entries in a format of FORMATS; returns how many entries lose which field.

    Raises:
        OutputError: the file cannot be written.
    """
    with replacing(path) as temporary:
        if form == "xlsx":
            from translator.glossary.xlsx import write_xlsx

            write_xlsx(entries, temporary)
        else:
            temporary.write_bytes(_content(entries, form, source, target))
    return _lost(entries, form)


def _content(entries: Sequence[Entry], form: str, source: str, target: str) -> bytes:
    if form in ("tbx", "tbx2"):
        from translator.glossary.tbx import tbx_bytes

        return tbx_bytes(entries, source, target, version=2 if form == "tbx2" else 3)
    if form in _HELD:
        held = _HELD[form]
        delimiter = "," if form == "deepl" else "\t"
        lines = [[collapse(c) for c in (e.source, e.target, e.note)][: len(held)] for e in entries]
        return "".join(_line(cells, delimiter) for cells in lines).encode("utf-8")
    return table_text(entries, "\t" if form == "tsv" else ",").encode("utf-8")


def _line(cells: Sequence[str], delimiter: str) -> str:
    quoted = [f'"{c.replace(chr(34), chr(34) * 2)}"' if delimiter in c or '"' in c else c for c in cells]
    return delimiter.join(quoted) + "\n"


def _lost(entries: Sequence[Entry], form: str) -> dict[str, int]:
    """Entries by field that the format has no room for; `alternatives` are targets behind the first."""
    if form not in _HELD:
        return {}
    lost: dict[str, int] = {}
    for entry in entries:
        cells = row_of(entry)
        for name in FIELDS:
            if name not in _HELD[form] and cells[name]:
                lost[name] = lost.get(name, 0) + 1
        if len(entry.targets) > 1:
            lost["alternatives"] = lost.get("alternatives", 0) + 1
    return lost
