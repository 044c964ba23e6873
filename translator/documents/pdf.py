"""PDF files: the text of their pages with its places (pypdf), set together by `pdf_layout`."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from translator.documents.characters import collapse
from translator.documents.model import Document, Kind, Paragraph
from translator.documents.pdf_layout import BULLET, FINAL, Block, Line, blocks, body_size
from translator.documents.text import article, is_heading
from translator.errors import InputError

MAX_PAGES = 2_000
MAX_CHARACTERS = 20_000_000
MAX_OPERATIONS = 20_000_000
"""Drawing operations read in all; a book has some six million, a form that draws itself a thousand times more."""

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BOLD = re.compile(r"bold|black|heavy|demi|cmbx", re.I)
_NO_TITLE = re.compile(r"^(?:microsoft|untitled|unbenannt|ohne titel|dokument\d|document\d)|\.\w{2,5}$|_|\\|/", re.I)
_NAME = re.compile(r"[A-ZÄÖÜ][\w.'-]*(?: (?:von|van|de|der|zu|[A-ZÄÖÜ][\w.'-]*)){1,4}")


class _TooMuch(MemoryError):
    """pypdf passes over every other error that a visitor raises inside a form."""


def read(path: Path, name: str) -> Document:
    """Reads a PDF file.

    Raises:
        InputError: unreadable, damaged, password-protected, too large, or without text that can be read.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every oddity of a file on stderr
    try:
        pages, pictures, meta = _pages(path)
        if pictures and not any(pages):
            raise InputError(f"{path}: contains only pictures of text; make it searchable first")
        date, paragraphs = _paragraphs(pages, meta.get("/Title"))
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (FileNotDecryptedError, DependencyError) as error:
        raise InputError(f"{path}: password-protected; print it to a new PDF without a password") from error
    except _TooMuch as error:
        raise InputError(f"{path}: {error}; split the file") from error
    except Exception as error:  # damaged files raise key, type, value and recursion errors anywhere in pypdf
        reason = collapse(str(error)) or type(error).__name__
        raise InputError(f"{path}: damaged, or no PDF file although it is named like one ({reason})") from error
    if not paragraphs:
        raise InputError(f"{path}: no text in it")
    author = meta.get("/Author")
    author = collapse(author) if isinstance(author, str) else ""
    return Document(path, name, paragraphs, date, author if _NAME.fullmatch(author) else None, encoding="pdf")


def _pages(path: Path) -> tuple[list[list[Line]], bool, dict[str, Any]]:
    """The pieces of text of every page, whether there are pictures, and the metadata."""
    with path.open("rb") as file:
        if not file.read(1):
            raise InputError(f"{path}: the file is empty")
        reader = PdfReader(file)
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise FileNotDecryptedError
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise InputError(f"{path}: {count:,} pages are more than the {MAX_PAGES:,} read; split the file")
        pen, pages = _Pen(), list[list[Line]]()
        for page in reader.pages:
            if page.rotation % 360:
                page.transfer_rotation_to_content()
            pen.pieces = []
            page.extract_text(orientations=(0,), visitor_operand_before=pen.operate, visitor_text=pen.write)
            pages.append(pen.pieces)
        return pages, pen.pictures, dict(reader.metadata or {})


class _Pen:
    """Follows pypdf through the pages and notes where text stands.

    Attributes:
        pieces: the text of the page.
        pictures: whether anything but text was drawn.
    """

    def __init__(self) -> None:
        self.pieces: list[Line] = []
        self.pictures = False
        self._characters = self._operations = 0
        self._spacing = {b"Tc": 0.0, b"Tw": 0.0, b"Tz": 100.0}
        self._place: tuple[float, ...] = ()
        self._shown: list[Any] = []
        self._fonts: dict[int, _Font] = {}

    def operate(self, operator: bytes, operands: list[Any], cm: list[float], tm: list[float]) -> None:
        """Remembers the codes shown at a place: pypdf does not say how far the text written there reaches."""
        self._operations += 1
        if self._operations > MAX_OPERATIONS:
            raise _TooMuch(f"more than {MAX_OPERATIONS:,} drawing operations")
        if operator in self._spacing and operands and isinstance(operands[0], (int, float)):
            self._spacing[operator] = float(operands[0])
        elif operator in (b"Tj", b"TJ") and operands:
            if (place := (*cm, *tm)) != self._place:
                self._place, self._shown = place, []
            self._shown += operands[0] if operator == b"TJ" and isinstance(operands[0], list) else operands[:1]
        elif operator in (b"Do", b"BI", b"INLINE IMAGE"):
            self.pictures = True

    def write(self, text: str, cm: list[float], tm: list[float], resource: Any, size: float) -> None:
        """Takes a piece of text in one font on one line."""
        self._characters += len(text)
        if self._characters > MAX_CHARACTERS:
            raise _TooMuch(f"more than {MAX_CHARACTERS:,} characters")
        shown, self._shown, place, self._place = self._shown, [], self._place, ()
        if not text:
            return
        if id(resource) not in self._fonts:
            self._fonts[id(resource)] = _Font(resource)
        font = self._fonts[id(resource)]
        x, y, across, up = _placed(cm, tm)
        start, end = x, x + 0.5 * len(text.strip()) * size * across
        if place and (advance := font.advance(shown, size, self._spacing)) is not None:
            end = _placed(list(place[:6]), list(place[6:]))[0] + advance * across
        text = text.replace("\n", " ").translate(_LIGATURES)
        piece = Line(text, start, max(start, end), y, abs(size * up), font.bold)
        if not any(piece.shadows(other) for other in self.pieces[-3:]):
            self.pieces.append(piece)


def _placed(cm: list[float], tm: list[float]) -> tuple[float, float, float, float]:
    """Where a text matrix puts the origin, and how it scales across and up."""
    across = math.hypot(tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3])
    up = math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
    return tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5], across, up


class _Font:
    """What a font resource says about weight and widths."""

    def __init__(self, resource: Any) -> None:
        font = resource if isinstance(resource, dict) else {}
        self.bold = bool(_BOLD.search(str(font.get("/BaseFont", ""))))
        self._bytes, self._default, self._widths = 0, 0.0, dict[int, float]()
        if isinstance(widths := font.get("/Widths"), list) and font.get("/Subtype") != "/Type3":
            self._bytes, first = 1, font.get("/FirstChar", 0)
            self._widths = {first + n: float(width) for n, width in enumerate(widths)}
        elif font.get("/Subtype") == "/Type0" and str(font.get("/Encoding")).startswith("/Identity"):
            descendant = font["/DescendantFonts"][0]
            self._bytes, self._default = 2, float(descendant.get("/DW", 1000))
            self._widths = dict(_cid_widths(descendant.get("/W", [])))

    def advance(self, shown: list[Any], size: float, spacing: dict[bytes, float]) -> float | None:
        """How far the codes and shifts of text-showing operators reach, or None where the font does not say."""
        if not self._bytes:
            return None
        total = 0.0
        for item in shown:
            if isinstance(item, bytes):
                codes = item if self._bytes == 1 else [256 * a + b for a, b in zip(item[::2], item[1::2], strict=False)]
                total += sum(self._widths.get(code, self._default) for code in codes) * size / 1000
                total += len(codes) * spacing[b"Tc"] + (self._bytes == 1) * item.count(b" ") * spacing[b"Tw"]
            elif isinstance(item, (int, float)):
                total -= float(item) * size / 1000
            else:
                return None
        return total * spacing[b"Tz"] / 100


def _cid_widths(array: list[Any]) -> Iterator[tuple[int, float]]:
    """Widths by code: `first [width width ...]` or `first last width`."""
    items = iter(array)
    for first in items:
        following = next(items)
        if isinstance(following, list):
            yield from ((first + n, float(width)) for n, width in enumerate(following))
        else:
            width = float(next(items))
            yield from ((code, width) for code in range(first, min(following, 0xFFFF) + 1))


def _paragraphs(pages: list[list[Line]], title: Any) -> tuple[str | None, tuple[Paragraph, ...]]:
    """The date of an article that begins with one, and the paragraphs with their kinds, the title first."""
    found = blocks(pages)
    body = body_size(line for block in found for line in block.lines)
    bold = 2 * sum(len(b.text) for b in found if b.bold) > sum(len(b.text) for b in found)
    sizes = sorted({-round(b.size * 2) / 2 for b in found if _is_large(b, body)})
    paragraphs: list[Paragraph] = []
    for block in found:
        text = collapse(block.text)
        if _is_large(block, body):
            paragraphs.append(Paragraph(text, Kind.HEADING, min(sizes.index(-round(block.size * 2) / 2) + 1, 6)))
        elif block.bold and not bold and is_heading(text):
            paragraphs.append(Paragraph(text, Kind.HEADING, min(len(sizes) + 1, 6)))
        elif BULLET.match(text):
            paragraphs.append(Paragraph(BULLET.sub("", text), Kind.LIST_ITEM))
        else:
            paragraphs.append(Paragraph(text))
    date, head = article([paragraphs[0].text]) if paragraphs else (None, [])
    if date:
        paragraphs[:1] = head
    titled = date is not None and bool(head)
    stated = collapse(title) if isinstance(title, str) else ""
    large = next((n for n, p in enumerate(paragraphs[:10]) if p.kind is Kind.HEADING and p.level == 1 and sizes), None)
    if large is not None and not titled:
        paragraphs.insert(0, Paragraph(paragraphs.pop(large).text, Kind.TITLE))
    elif not titled and " " in stated and len(stated) < 200 and not _NO_TITLE.search(stated):
        if paragraphs and paragraphs[0].text.casefold() == stated.casefold():
            paragraphs.pop(0)
        paragraphs.insert(0, Paragraph(stated, Kind.TITLE))
    return date, tuple(p for p in paragraphs if p.text)


def _is_large(block: Block, body: float) -> bool:
    """Whether a block is a heading by the size of its letters."""
    text = block.text.strip()
    short = len(text) <= 200 and any(c.isalpha() for c in text)
    return short and block.lines[0].size > 1.15 * body and (not FINAL.search(text) or text[-1] in "?!")
