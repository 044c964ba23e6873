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

from translator import limits
from translator.documents.characters import collapse
from translator.documents.model import Document, Kind, Paragraph
from translator.documents.pdf_layout import BULLET, FINAL, Block, Line, blocks, body_size, joined
from translator.documents.text import article, is_heading
from translator.errors import InputError, library_reason

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BOLD = re.compile(r"bold|black|heavy|demi|cmbx", re.I)
_WIDTHS = {
    char: width
    for width, chars in ((0.26, "ijlI.,:;'!| "), (0.33, 'frt()-"“„[]/'), (0.8, "mwMWÄÖÜ%—"))
    for char in chars
}
_NO_TITLE = re.compile(r"^(?:microsoft|untitled|unbenannt|ohne titel|dokument\d|document\d)|\.\w{2,5}$|_|\\|/", re.I)
_NAME = re.compile(r"[A-ZÄÖÜ][\w.'-]*(?: (?:von|van|de|der|zu|[A-ZÄÖÜ][\w.'-]*)){1,4}")


def read(path: Path, name: str) -> Document:
    """Reads a PDF file.

    Raises:
        InputError: unreadable, damaged, password-protected, too large, or without text that can be read.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every oddity of a file on stderr
    try:
        pages, pictures, title, author = _pages(path)
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (FileNotDecryptedError, DependencyError) as error:
        raise InputError(f"{path}: password-protected; print it to a new PDF without a password") from error
    except limits.LimitExceeded as error:
        raise InputError(f"{path}: {error}") from error
    except Exception as error:  # damaged files raise key, type, value and recursion errors anywhere in pypdf
        reason = library_reason(error)
        raise InputError(f"{path}: damaged, or no PDF file although it is named like one ({reason})") from error
    if pictures and not any(pages):
        raise InputError(f"{path}: contains only pictures of text; make it searchable first")
    date, paragraphs = _paragraphs(pages, title)
    if not paragraphs:
        raise InputError(f"{path}: no text in it")
    return Document(path, name, tuple(paragraphs), date, author if _NAME.fullmatch(author) else None, encoding="pdf")


def _pages(path: Path) -> tuple[list[list[Line]], bool, str, str]:
    """The pieces of text of every page, whether there are pictures, title and author of the metadata."""
    limits.check("pdf_bytes", path.stat().st_size)
    with path.open("rb") as file:
        if not file.read(1):
            raise InputError(f"{path}: the file is empty")
        reader = PdfReader(file)
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise FileNotDecryptedError
        limits.check("pdf_pages", len(reader.pages))
        pen, pages = _Pen(), list[list[Line]]()
        for page in reader.pages:
            pen.pieces = [[], [], [], []]
            page.extract_text(visitor_operand_before=pen.operate, visitor_text=pen.write)
            # Names of photographers run up the margin; on a landscape page all runs up.
            pages.append(max(pen.pieces, key=lambda pieces: sum(len(piece.text) for piece in pieces)))
        meta: dict[str, Any] = reader.metadata or {}
        title, author = (value if isinstance(value := meta.get(key), str) else "" for key in ("/Title", "/Author"))
        return pages, pen.pictures, collapse(title), collapse(author)


class _Pen:
    """Follows pypdf through the pages and notes where text stands.

    Attributes:
        pieces: the text of the page: upright, upwards, upside down, downwards.
        pictures: whether anything but text was drawn.
    """

    def __init__(self) -> None:
        self.pieces: list[list[Line]] = [[], [], [], []]
        self.pictures = False
        self._limits = limits.current()
        self._characters = self._operations = 0
        self._spacing = {b"Tc": 0.0, b"Tw": 0.0, b"Tz": 100.0}
        self._place: tuple[float, ...] = ()
        self._shown: list[Any] = []
        self._fonts: dict[int, _Font] = {}

    def operate(self, operator: bytes, operands: list[Any], cm: list[float], tm: list[float]) -> None:
        """Remembers the codes shown at a place: pypdf does not say how far the text written there reaches."""
        self._operations += 1
        if self._operations > self._limits.pdf_operations:
            raise limits.LimitExceeded(limits.excess("pdf_operations", self._operations))
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
        if self._characters > self._limits.pdf_characters:
            raise limits.LimitExceeded(limits.excess("pdf_characters", self._characters))
        shown, self._shown, place, self._place = self._shown, [], self._place, ()
        if id(resource) not in self._fonts:
            self._fonts[id(resource)] = _Font(resource)
        font = self._fonts[id(resource)]
        turn, x, y, across, up = _placed(*cm, *tm)
        if place and (advance := font.advance(shown, size, self._spacing)) is not None:
            end = _placed(*place)[1] + advance * across
        else:
            end = x + font.estimate(text.strip(), size, self._spacing) * across
        if text and all(abs(value) < 1e6 for value in (x, end, y, size * up)):
            text = text.replace("\n", " ").translate(_LIGATURES)
            self.pieces[turn].append(Line(text, x, max(x, end), y, abs(size * up), font.bold))


def _placed(*matrices: float) -> tuple[int, float, float, float, float]:
    """Quarter turns, place and scales, across and up, of text under a transformation and a text matrix.

    The place is given as if the page were turned so that the text stands upright.
    """
    a, b, c, d, e, f, g, h, i, j, k, m = matrices
    right, up = (g * a + h * c, g * b + h * d), (i * a + j * c, i * b + j * d)
    x, y = k * a + m * c + e, k * b + m * d + f
    turn = (0 if up[1] > 0 else 2) if abs(up[1]) > abs(up[0]) else (1 if right[1] > 0 else 3)
    x, y = ((x, y), (y, -x), (-x, -y), (-y, x))[turn]
    return turn, x, y, math.hypot(*right), math.hypot(*up)


class _Font:
    """What a font resource says about weight and widths."""

    def __init__(self, resource: Any) -> None:
        self.resource = resource  # kept, for the pen finds fonts by its id()
        font = resource if isinstance(resource, dict) else {}
        name = str(font.get("/BaseFont", ""))
        self.bold = bool(_BOLD.search(name))
        self._breadth = (0.94 if "Times" in name else 1.04) + 0.07 * self.bold
        self._bytes, self._default, self._widths = 0, 0.0, dict[int, float]()
        try:
            self._read_widths(font)
        except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError):
            self._bytes = 0  # a font that is damaged only here still draws its text

    def _read_widths(self, font: dict[str, Any]) -> None:
        if font.get("/Subtype") == "/Type0" and str(font.get("/Encoding")).startswith("/Identity"):
            descendant = font["/DescendantFonts"][0].get_object()
            self._default = float(descendant.get("/DW", 1000))
            self._widths = dict(_cid_widths(descendant.get("/W", [])))
            self._bytes = 2
        elif "/Widths" in font and font.get("/Subtype") != "/Type3":
            first = int(font.get("/FirstChar", 0))
            self._widths = {first + n: float(width.get_object()) for n, width in enumerate(font["/Widths"])}
            self._bytes = 1

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

    def estimate(self, text: str, size: float, spacing: dict[bytes, float]) -> float:
        """How far a text reaches, to 3 percent for Helvetica and Times, which carry no widths."""
        width = sum(_WIDTHS.get(char, 0.66 if char.isupper() else 0.51) for char in text)
        return self._breadth * width * size + len(text) * spacing[b"Tc"] + text.count(" ") * spacing[b"Tw"]


def _cid_widths(array: list[Any]) -> Iterator[tuple[int, float]]:
    """Widths by code: `first [width width ...]` or `first last width`."""
    items = iter([item.get_object() for item in array])
    for first, following in zip(items, items, strict=False):
        if isinstance(following, list):
            yield from ((int(first) + n, float(width.get_object())) for n, width in enumerate(following))
        else:
            width = float(next(items, 0))
            yield from ((code, width) for code in range(int(first), min(int(following), 0xFFFF) + 1))


def _paragraphs(pages: list[list[Line]], stated: str) -> tuple[str | None, list[Paragraph]]:
    """The date of an article that begins with one, and the paragraphs with their kinds, the title first."""
    found = [(block, collapse(joined(line.text for line in block.lines))) for block in blocks(pages)]
    found = [(block, text) for block, text in found if text]
    body = body_size(line for block, _ in found for line in block.lines)
    emphasis = 2 * sum(len(text) for block, text in found if block.bold) < sum(len(text) for _, text in found)
    large = [_is_large(block, text, body) for block, text in found]
    sizes = sorted({round(block.lines[0].size) for (block, _), is_large in zip(found, large, strict=True) if is_large})
    paragraphs: list[Paragraph] = []
    for (block, text), is_large in zip(found, large, strict=True):
        if is_large:
            level = len(sizes) - sizes.index(round(block.lines[0].size))
            paragraphs.append(Paragraph(text, Kind.HEADING, min(level, 6)))
        elif block.bold and emphasis and is_heading(text):
            paragraphs.append(Paragraph(text, Kind.HEADING, min(len(sizes) + 1, 6)))
        elif BULLET.match(text):
            paragraphs.append(Paragraph(BULLET.sub("", text), Kind.LIST_ITEM))
        else:
            paragraphs.append(Paragraph(text))
    date, head = article([paragraphs[0].text]) if paragraphs else (None, [])
    if date:
        paragraphs[:1] = head
    if not (date and head):
        _entitle(paragraphs, stated, bool(sizes))
    return date, [p for p in paragraphs if p.text]


def _is_large(block: Block, text: str, body: float) -> bool:
    """Whether a block is a heading by the size of its letters."""
    short = len(text) <= 200 and any(c.isalpha() for c in text)
    return short and block.lines[0].size > 1.15 * body and (not FINAL.search(text) or text[-1] in "?!")


def _entitle(paragraphs: list[Paragraph], stated: str, large: bool) -> None:
    """Puts the title first: the first heading in the largest letters, else what the metadata say, else a bold line."""
    tops = [p for p in paragraphs[:10] if p.kind is Kind.HEADING and p.level == 1]
    if not (large and tops) and " " in stated and len(stated) < 200 and not _NO_TITLE.search(stated):
        if paragraphs and paragraphs[0].text.casefold() == stated.casefold():
            paragraphs.pop(0)
        paragraphs.insert(0, Paragraph(stated, Kind.TITLE))
    elif tops and (large or tops[0] is paragraphs[0]):
        paragraphs.remove(tops[0])
        paragraphs.insert(0, Paragraph(tops[0].text, Kind.TITLE))
