"""Word documents: headings, paragraphs, lists, tables, footnotes and text boxes in reading order, tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.simpletypes import ST_Merge
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph

from translator.documents.archive import check_archive
from translator.documents.docx_runs import Notes, add_runs, text_boxes
from translator.documents.inline import InlineText
from translator.documents.model import Document, Kind, Paragraph
from translator.documents.text import article
from translator.errors import InputError, library_reason

_HEADING = re.compile(r"^(?:heading|überschrift|berschrift)\s?(\d)$", re.I)


def read(path: Path, name: str) -> Document:
    """Reads a Word file.

    Raises:
        InputError: unreadable, damaged, password-protected, or without text.
    """
    check_archive(path, "Word")
    try:
        word = docx.Document(str(path))
        notes = Notes(word)
        paragraphs = [p for p in _Body(word, notes).paragraphs() if p.text]
        paragraphs += [p for p in notes.paragraphs() if p.text]
    except Exception as error:  # one changed byte can raise zlib, lxml, OS, attribute and type errors in python-docx
        raise InputError(
            f"{path}: damaged, or no Word file although it is named like one ({library_reason(error)})"
        ) from error
    if not paragraphs:
        raise InputError(f"{path}: no text in it")
    date, first = article([paragraphs[0].text])
    if date:
        paragraphs[:1] = first
    if not paragraphs:
        raise InputError(f"{path}: no text in it")
    if paragraphs[0].kind is Kind.HEADING and paragraphs[0].level == 1:
        paragraphs[0] = Paragraph(paragraphs[0].text, Kind.TITLE, spans=paragraphs[0].spans)
    return Document(path, name, tuple(paragraphs), date=date, encoding="docx")


class _Body:
    """Walks through the blocks of a document; footnote marks are numbered on the way."""

    def __init__(self, word: WordDocument, notes: Notes) -> None:
        self._word, self._notes = word, notes
        self._styles = _style_names(word)

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs in order; some are empty."""
        pending = InlineText()
        for block in _blocks(self._word.element.body, self._word._body):
            if isinstance(block, Table):
                yield from self._cells(block)
                continue
            add_runs(block._p, pending, self._notes, block.part)
            if _mark_is_deleted(block):  # a deleted paragraph mark, accepted, joins the paragraph with the next
                pending.add(" ")
                continue
            yield pending.paragraph(*self._kind(block))
            pending = InlineText()
            yield from self._boxes(block)
        yield pending.paragraph()

    def _boxes(self, block: WordParagraph) -> Iterator[Paragraph]:
        """Text boxes anchored in a paragraph, behind it."""
        for box in text_boxes(block._p):
            for inner in _blocks(box, block._parent):
                if isinstance(inner, Table):
                    yield from self._cells(inner)
                else:
                    yield self._paragraph(inner, *self._kind(inner))

    def _cells(self, table: Table) -> Iterator[Paragraph]:
        """Cells row by row, a merged cell once, tables inside cells in their place.

        python-docx would give a cell that spans a billion columns a billion times.
        """
        for number, row in enumerate(table._tbl.tr_lst):
            for cell in row.tc_lst:
                if number and cell.vMerge == ST_Merge.CONTINUE:
                    continue
                for block in _blocks(cell, table):
                    if isinstance(block, Table):
                        yield from self._cells(block)
                    else:
                        yield self._paragraph(block, Kind.TABLE_CELL)

    def _paragraph(self, block: WordParagraph, kind: Kind, level: int = 1) -> Paragraph:
        text = InlineText()
        add_runs(block._p, text, self._notes, block.part)
        return text.paragraph(kind, level)

    def _kind(self, block: WordParagraph) -> tuple[Kind, int]:
        """Kind and level of a paragraph by its style and numbering."""
        identity = block._p.style
        style_name = self._styles.get(identity or "", self._styles[""])
        if style_name in ("Title", "Titel"):
            return Kind.HEADING, 1
        if match := _HEADING.match(style_name):
            return Kind.HEADING, int(match[1])
        if style_name in ("Caption", "Beschriftung", "caption"):
            return Kind.CAPTION, 1
        numbering: Any = block._p.pPr.numPr if block._p.pPr is not None else None
        number = numbering.numId.val if numbering is not None and numbering.numId is not None else None
        if number or (number is None and style_name.startswith(("List", "Aufzählung"))):  # numId 0 takes a list off
            level = numbering.ilvl.val + 1 if numbering is not None and numbering.ilvl is not None else 1
            if style_name[-1:].isdecimal():  # List Bullet 2
                level = max(level, int(style_name[-1]))
            return Kind.LIST_ITEM, level
        return Kind.PARAGRAPH, 1


def _style_names(word: WordDocument) -> dict[str, str]:
    """Names of the paragraph styles by id, that of the default one under an empty id.

    python-docx looks through all styles for each paragraph, which takes longer than all the rest.
    """
    styles = word.styles
    default = styles.default(WD_STYLE_TYPE.PARAGRAPH)
    names = {"": (default.name or "") if default is not None else ""}
    for style in styles:
        if style.type is WD_STYLE_TYPE.PARAGRAPH and style.style_id:
            names.setdefault(style.style_id, style.name or "")
    return names


def _blocks(element: Any, parent: Any) -> Iterator[WordParagraph | Table]:
    """Paragraphs and tables in order, also those in content controls, which python-docx passes over."""
    for child in element:
        if child.tag == qn("w:p"):
            yield WordParagraph(child, parent)
        elif child.tag == qn("w:tbl"):
            yield Table(child, parent)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")):
            yield from _blocks(child, parent)


def _mark_is_deleted(block: WordParagraph) -> bool:
    return block._p.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None
