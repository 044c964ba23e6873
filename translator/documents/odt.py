"""OpenDocument texts: headings, paragraphs, lists, tables and footnotes in reading order, tracked changes accepted.

odfdo opens the package. Its parts are parsed and walked with lxml: the parser that odfdo uses expands entities, and
comments of XML would hide the text behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import odfdo
from lxml import etree

from translator.documents.archive import check_archive
from translator.documents.inline import NONE, Formats, InlineText
from translator.documents.model import Document, Format, Kind, Paragraph
from translator.documents.text import article
from translator.errors import InputError, library_reason
from translator.markup import hardened_parser

_NAMES = {
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
_HEADING = re.compile(r"(?:heading|überschrift)_20_(\d)", re.I)


def _qn(name: str) -> str:
    """`text:p` as lxml spells it."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


_PARAGRAPHS = {_qn("text:p"), _qn("text:h")}
_BLANKS = {_qn("text:s"), _qn("text:tab"), _qn("text:line-break")}
_INDEXES = ("table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index")
# Deleted text, indexes made from the text, forms, comments, readings of Chinese characters, the rest of merged cells.
_SKIPPED = {_qn(f"text:{name}") for name in ("tracked-changes", "ruby-text", *_INDEXES)}
_SKIPPED |= {_qn("office:forms"), _qn("office:annotation"), _qn("table:covered-table-cell")}
_DRAWN = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"  # pictures, shapes and text frames


def read(path: Path, name: str) -> Document:
    """Reads an OpenDocument text.

    Raises:
        InputError: unreadable, damaged, password-protected, or without text.
    """
    try:
        check_archive(path, "OpenDocument")
        paragraphs = _paragraphs(path)
    except InputError:
        raise
    except Exception as error:  # one changed byte can raise zlib, lxml, key and value errors in zipfile and odfdo
        reason = library_reason(error)
        raise InputError(
            f"{path}: damaged, or no OpenDocument file although it is named like one ({reason})"
        ) from error
    date, first = article([paragraphs[0].text]) if paragraphs else (None, [])
    if date:
        paragraphs[:1] = first
    if not paragraphs:
        raise InputError(f"{path}: no text in it")
    if paragraphs[0].kind is Kind.HEADING and paragraphs[0].level == 1:
        paragraphs[0] = replace(paragraphs[0], kind=Kind.TITLE)
    return Document(path, name, tuple(paragraphs), date=date, encoding="odt")


def _paragraphs(path: Path) -> list[Paragraph]:
    """The paragraphs of a file, footnotes last."""
    # Absolute: odfdo takes a name like ~entwurf.odt for somebody's home.
    container = odfdo.Document(path.absolute()).container
    if container is None:
        raise ValueError("no package")
    manifest = _parsed(container, "META-INF/manifest.xml")
    if manifest is not None and manifest.find(f".//{_qn('manifest:encryption-data')}") is not None:
        raise InputError(f"{path}: password-protected; remove the password and try again")
    content = _parsed(container, "content.xml")
    body = content.find(f"{_qn('office:body')}/{_qn('office:text')}") if content is not None else None
    if content is None or body is None:
        raise ValueError("no text document")
    styles = _parsed(container, "styles.xml")
    reader = _Reader(_Styles([part for part in (styles, content) if part is not None]))
    found = [*reader.blocks(body), *reader.footnotes()]
    return [paragraph for paragraph in found if paragraph.text]


def _parsed(container: odfdo.Container, part: str) -> etree._Element | None:
    """The root of a part, or None where the package lacks it; entities stay unexpanded, nothing is fetched."""
    if part not in container.parts:
        return None
    data = container.get_part(part)
    return etree.fromstring(data if isinstance(data, bytes) else str(data).encode(), hardened_parser())


class _Styles:
    """The named and automatic styles of a document; an automatic one of the content goes before a named one."""

    def __init__(self, parts: list[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        for part in parts:
            for style in part.iter(_qn("style:style")):
                key = style.get(_qn("style:family"), ""), style.get(_qn("style:name"), "")
                self._styles[key] = style

    def chain(self, family: str, name: str | None) -> Iterator[tuple[str, etree._Element]]:
        """A style and its parents, with their names."""
        seen: set[str] = set()
        while name and name not in seen and (style := self._styles.get((family, name))) is not None:
            seen.add(name)
            yield name, style
            name = style.get(_qn("style:parent-style-name"))

    def value(self, name: str | None, attribute: str) -> str:
        """A text property of a text style or the nearest parent that has it, else empty."""
        for _, style in self.chain("text", name):
            properties = style.find(_qn("style:text-properties"))
            if properties is not None and (value := properties.get(_qn(attribute))):
                return value
        return ""

    def formats(self, name: str | None, inherited: Formats) -> Formats:
        """Bold and italic inside a text style; `normal` takes off what the text around has."""
        weight, slant = self.value(name, "fo:font-weight"), self.value(name, "fo:font-style")
        bold = weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
        for value, mark, on in (
            (weight, Format.BOLD, bold),
            (slant, Format.ITALIC, slant in ("italic", "oblique")),
        ):
            if value:
                inherited = inherited | {(mark, "")} if on else inherited - {(mark, "")}
        return inherited


class _Reader:
    """Walks through the body; footnotes are numbered in the order in which they stand in the text."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self._notes: list[etree._Element] = []

    def blocks(self, element: etree._Element, kind: Kind = Kind.PARAGRAPH, depth: int = 0) -> Iterator[Paragraph]:
        """Paragraphs of an element in order; inside lists and cells they are items and cells."""
        for child in element:
            tag = child.tag
            if tag in _PARAGRAPHS:
                text = InlineText()
                self._runs(child, text)
                yield text.paragraph(*self._kind(child, kind, depth))
            elif tag == _qn("text:list"):
                inner = kind if kind is Kind.TABLE_CELL else Kind.LIST_ITEM
                yield from self.blocks(child, inner, depth + 1)
            elif tag == _qn("table:table"):
                yield from self.blocks(child, Kind.TABLE_CELL)
            elif _is_read(child) and child.get(_qn("text:display")) != "none":
                yield from self.blocks(child, kind, depth)

    def footnotes(self) -> Iterator[Paragraph]:
        """The texts of the footnotes met in the body, each as one paragraph whose level is the number."""
        for number, note in enumerate(self._notes, start=1):
            text = InlineText()
            for paragraph in note.iter(*_PARAGRAPHS):
                if all(map(_is_read, paragraph.iterancestors())):
                    self._runs(paragraph, text)
                    text.add(" ")
            yield text.paragraph(Kind.FOOTNOTE, number)

    def _kind(self, element: etree._Element, kind: Kind, depth: int) -> tuple[Kind, int]:
        """What a paragraph is, and its level."""
        if kind is Kind.TABLE_CELL:
            return kind, 1
        if element.tag == _qn("text:h"):  # numbered headings stand in lists
            level = element.get(_qn("text:outline-level"), "")
            return Kind.HEADING, int(level) if level.isdecimal() and level != "0" else 1
        for name, _ in self._styles.chain("paragraph", element.get(_qn("text:style-name"))):
            if name in ("Title", "Titel"):
                return Kind.HEADING, 1
            if match := _HEADING.fullmatch(name):
                return Kind.HEADING, int(match[1]) or 1
            if name == "Caption":
                return Kind.CAPTION, 1
        return kind, max(depth, 1)

    def _runs(self, element: etree._Element, text: InlineText, formats: Formats = NONE) -> None:
        """Adds the text of a paragraph, or of anything inside one, without what follows it."""
        text.add(element.text or "", formats)
        for child in element:
            tag = child.tag
            if tag in _BLANKS:
                text.add(" ")
            elif tag == _qn("text:note"):
                self._notes.append(child)
                text.note(str(len(self._notes)))
            elif tag == _qn("text:span"):
                style = child.get(_qn("text:style-name"))
                if self._styles.value(style, "text:display") != "none":
                    self._runs(child, text, self._styles.formats(style, formats))
            elif tag == _qn("text:a"):
                self._runs(child, text, formats | _link(child))
            elif _is_read(child):
                self._runs(child, text, formats)
            text.add(child.tail or "", formats)


def _is_read(element: etree._Element) -> bool:
    """Whether an element may hold text of the document; an entity has a function for its tag."""
    tag = element.tag
    return isinstance(tag, str) and tag not in _SKIPPED and not tag.startswith(_DRAWN)


def _link(element: etree._Element) -> Formats:
    address = element.get(_qn("xlink:href"), "")
    if address.lower().startswith(("http:", "https:", "mailto:")):
        return frozenset({(Format.LINK, address)})
    return NONE
