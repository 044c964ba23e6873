"""What a file may ask of this computer: every limit on documents, glossaries, memories and packages, in one place.

A file that exceeds one is refused in a line that names the limit and how to raise it: `--limit NAME=VALUE`. Two more are
libxml2's own and stay as they are: XML nested deeper than 256 elements and HTML nested deeper than 2,048 is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, replace
from typing import Any

from translator.errors import UsageError

_MB = 2**20
_UTF_7 = re.compile(rb"""encoding\s*=\s*["']?[^"'>]*utf-?7""", re.I)


def _limit(default: int, meaning: str) -> Any:
    """A field; `meaning` follows the number in messages and lists."""
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True)
class Limits:
    """The most that is read; names ending in `bytes` are bytes, all others count what their comment says.

    Together they keep a run below 1 GB whatever it is given, and let through a book of 1,000 pages with its pictures.
    """

    # Text, Markdown, HTML, subtitles, CSV, TSV, TBX and TMX files.
    text_bytes: int = _limit(50 * _MB, "in a file of text")
    text_lines: int = _limit(500_000, "lines")
    # A document of any format, once it was read.
    sentences: int = _limit(100_000, "sentences in a document")
    # A longer sentence is cut between words, not refused: to no model it is one, and comparing it would take hours.
    sentence_characters: int = _limit(2_000, "characters in a sentence")
    # DOCX, ODT, EPUB and XLSX: files inside, their bytes when unpacked, and unpacked to packed (XML reaches 30).
    archive_files: int = _limit(10_000, "files inside")
    archive_bytes: int = _limit(300 * _MB, "when unpacked")
    archive_ratio: int = _limit(200, "times its size when unpacked")
    # Elements and attributes: `<` and `=` in XML, start tags with their attributes in HTML.
    xml_nodes: int = _limit(3_000_000, "marks of XML")
    html_nodes: int = _limit(500_000, "elements and attributes")
    html_attributes: int = _limit(1_000, "attributes in one tag")
    # Characters of a page up to which readability looks for the article; a longer page is read as a whole.
    html_readability: int = _limit(4 * _MB, "characters for readability")
    # Characters that may be Markdown: each costs the parser a kilobyte.
    markdown_marks: int = _limit(400_000, "marks of Markdown")
    # PDF; drawing operations: a book has some six million, a form that draws itself a thousand times more.
    pdf_bytes: int = _limit(300 * _MB, "in a PDF file")
    pdf_pages: int = _limit(2_000, "pages")
    pdf_characters: int = _limit(20_000_000, "characters")
    pdf_operations: int = _limit(20_000_000, "drawing operations")
    # Glossaries: a longer cell is a quotation mark gone wrong; columns behind the last are not looked at.
    glossary_rows: int = _limit(200_000, "rows")
    glossary_columns: int = _limit(60, "columns")
    glossary_cell: int = _limit(1_000, "characters in a cell")
    # Model packages: weights hardly compress, so a high ratio is a bomb.
    package_files: int = _limit(500, "files in a package")
    package_bytes: int = _limit(4 * 2**30, "in a package when unpacked")
    package_ratio: int = _limit(100, "times the package's size when unpacked")


class LimitExceeded(MemoryError):
    """What was found is more than a limit allows; the message is the part of a line behind the file's name.

    A MemoryError, for pypdf passes over every other error that a visitor raises inside a form.
    """


_CURRENT: ContextVar[Limits] = ContextVar("limits", default=Limits())  # noqa: B039 - frozen


def current() -> Limits:
    """The limits that count now."""
    return _CURRENT.get()


@contextmanager
def override(**values: int) -> Iterator[Limits]:
    """Other values for some limits while the block lasts."""
    token = _CURRENT.set(replace(current(), **values))
    try:
        yield current()
    finally:
        _CURRENT.reset(token)


def check(name: str, found: int) -> None:
    """Nothing where the limit allows what was found.

    Raises:
        LimitExceeded: it is more.
    """
    if found > getattr(current(), name):
        raise LimitExceeded(excess(name, found))


def xml_nodes(data: bytes) -> int:
    """About how many elements and attributes there are in a piece of XML; end tags count too.

    UTF-7, which libxml2 reads and nobody writes, hides its marks: there every byte counts as one.
    """
    return len(data) if hides_marks(data) else data.count(b"<") + data.count(b"=")


def hides_marks(data: bytes) -> bool:
    """Whether a file of XML that begins like this says that it is UTF-7."""
    return _UTF_7.search(data, 0, 500) is not None


def excess(name: str, found: int) -> str:
    """What was found, what is allowed, and how to allow more."""
    allowed = getattr(current(), name)
    enough = max(found, 2 * allowed)
    value = f"{-(-enough // _MB)}M" if name.endswith("bytes") else str(enough)
    return (
        f"{_amount(name, found)} {_meaning(name)} are more than the {_amount(name, allowed)} allowed; "
        f"if you trust the file: --limit {name}={value}"
    )


def _amount(name: str, value: int) -> str:
    if not name.endswith("bytes"):
        return f"{value:,}"
    return f"{value / _MB:.0f} MB" if value >= 10 * _MB else f"{value:,} bytes"


def _meaning(name: str) -> str:
    return next(str(f.metadata["meaning"]) for f in fields(Limits) if f.name == name)


def parsed(settings: Iterable[str]) -> dict[str, int]:
    """Values by name of settings such as `text_bytes=80M` or `pdf-pages=5000`.

    Raises:
        UsageError: no such limit, or no positive whole number, perhaps with K, M or G behind it.
    """
    known = {f.name: f for f in fields(Limits)}
    values = {}
    for setting in settings:
        name, _, text = setting.partition("=")
        name = name.strip().replace("-", "_")
        if name not in known:
            described = ", ".join(f"{n} ({_amount(n, getattr(current(), n))})" for n in known)
            raise UsageError(f"--limit {setting}: the limits are {described}")
        number = re.fullmatch(r"(\d{1,15})([KMG]?)B?", text.strip().upper(), re.ASCII)
        if number is None or not int(number[1]):
            raise UsageError(f"--limit {setting}: a whole number is wanted, such as {name}=5000 or {name}=80M")
        base = 1024 if name.endswith("bytes") else 1000
        values[name] = int(number[1]) * base ** ("KMG".find(number[2]) + 1 if number[2] else 0)
    return values
