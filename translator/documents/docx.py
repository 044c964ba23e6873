"""Word documents: headings, paragraphs, lists and the text of tables, in reading order; tracked changes as accepted."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from translator.documents.archive import check_archive
from translator.documents.characters import collapse
from translator.documents.model import Document, Kind, Paragraph
from translator.documents.text import article
from translator.errors import InputError

# Deleted or moved away text, footnote numbers, field codes and text boxes are not part of the paragraph's own text.
_SKIPPED = {qn(t) for t in ("w:del", "w:moveFrom", "w:instrText", "w:txbxContent", "w:footnoteReference")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_TEXT = {qn("w:t"): None, qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
_HEADING = re.compile(r"^(?:heading|überschrift|berschrift)\s?(\d)$", re.I)


def read(path: Path, name: str) -> Document:
    """Reads a Word file.

    Raises:
        InputError: unreadable, damaged, password-protected, or without text.
    """
    check_archive(path, "Word")
    try:
        word = docx.Document(str(path))
        paragraphs = [p for p in _body(word) if p.text]
    except (KeyError, ValueError, etree.LxmlError, InvalidXmlError, zipfile.BadZipFile, EOFError) as error:
        raise InputError(f"{path}: damaged, or no Word file although it is named like one ({error})") from error
    if not paragraphs:
        raise InputError(f"{path}: no text in it")
    date, first = article([paragraphs[0].text])
    if date:
        paragraphs[:1] = first
    elif paragraphs[0].kind is Kind.HEADING and paragraphs[0].level == 1:
        paragraphs[0] = Paragraph(paragraphs[0].text, Kind.TITLE)
    return Document(path, name, tuple(paragraphs), date, "docx")


def _body(word: WordDocument) -> Iterator[Paragraph]:
    for block in word.iter_inner_content():
        if isinstance(block, Table):
            yield from _cells(block)
        else:
            yield _paragraph(block)


def _cells(table: Table) -> Iterator[Paragraph]:
    """Cells row by row, a merged cell once, tables inside cells in their place."""
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc in seen:
                continue
            seen.add(cell._tc)
            for block in cell.iter_inner_content():
                if isinstance(block, Table):
                    yield from _cells(block)
                else:
                    yield Paragraph(paragraph_text(block._p), Kind.TABLE_CELL)


def _paragraph(block: WordParagraph) -> Paragraph:
    text = paragraph_text(block._p)
    style = block.style
    style_name = (style.name or "") if style is not None else ""
    if style_name == "Title":
        return Paragraph(text, Kind.HEADING, 1)
    if match := _HEADING.match(style_name):
        return Paragraph(text, Kind.HEADING, int(match[1]))
    properties = block._p.pPr
    if (properties is not None and properties.numPr is not None) or style_name.startswith("List"):
        return Paragraph(text, Kind.LIST_ITEM)
    return Paragraph(text)


def paragraph_text(element: etree._Element) -> str:
    """Text of a `w:p` with insertions kept and deletions dropped, white space collapsed."""
    parts: list[str] = []
    _collect(element, parts)
    return collapse("".join(parts))


def _collect(element: etree._Element, parts: list[str]) -> None:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag in _TEXT:
            parts.append(_TEXT[child.tag] or child.text or "")
        else:
            _collect(child, parts)
