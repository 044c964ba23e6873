"""Runs of a Word paragraph: text with bold, italic, links and footnote marks; what is deleted or hidden is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from translator.documents.inline import NONE, Formats, InlineText
from translator.documents.model import Format, Kind, Paragraph

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted or moved away text, field codes and the older copy of a drawing are no text; text boxes come as paragraphs.
_SKIPPED = {qn(t) for t in ("w:del", "w:moveFrom", "w:instrText", "w:txbxContent")} | {_FALLBACK}
_BLANKS = {qn(t) for t in ("w:tab", "w:br", "w:cr")}
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_RELATIONS = {"footnotes": RELATIONSHIP_TYPE.FOOTNOTES, "endnotes": RELATIONSHIP_TYPE.ENDNOTES}
_OFF = ("0", "false", "off", "none")


class Notes:
    """Footnotes and endnotes of a document, numbered in the order in which the text refers to them."""

    def __init__(self, word: WordDocument) -> None:
        self._parts: dict[str, tuple[Any, dict[str, etree._Element]]] = {}
        for kind, relation in _RELATIONS.items():
            try:
                part = word.part.part_related_by(relation)
            except KeyError:
                continue
            root = parse_xml(part.blob)
            elements = {node.get(qn("w:id"), ""): node for node in root}
            self._parts[kind] = part, elements
        self._numbers: dict[tuple[str, str], int] = {}

    def number(self, kind: str, identity: str) -> str:
        """The number of a note, given when the text first refers to it."""
        return str(self._numbers.setdefault((kind, identity), len(self._numbers) + 1))

    def paragraphs(self) -> Iterator[Paragraph]:
        """The notes' texts in the order of their numbers; the level is the number."""
        for (kind, identity), number in self._numbers.items():
            part, elements = self._parts.get(kind, (None, {}))
            node = elements.get(identity)
            if node is None:
                continue
            text = InlineText()
            for block in node.iter(qn("w:p")):
                add_runs(block, text, None, part)
                text.add(" ")
            yield text.paragraph(Kind.FOOTNOTE, number)


def add_runs(
    element: etree._Element, text: InlineText, notes: Notes | None, part: Any, formats: Formats = NONE
) -> None:
    """Adds the runs of a paragraph, or of anything inside one, to `text`."""
    for child in element:
        tag = child.tag
        if tag in _SKIPPED:
            continue
        if tag == qn("w:t"):
            text.add(child.text or "", formats)
        elif tag in _BLANKS:
            text.add(" ")
        elif tag == qn("w:noBreakHyphen"):
            text.add("-", formats)
        elif tag in _NOTES:
            if notes is not None:
                text.note(notes.number(_NOTES[tag], child.get(qn("w:id"), "")))
        elif tag == qn("w:r"):
            if not _is_on(child, "vanish"):
                add_runs(child, text, notes, part, formats | _run_formats(child))
        elif tag == qn("w:hyperlink"):
            add_runs(child, text, notes, part, formats | _link(child, part))
        else:
            add_runs(child, text, notes, part, formats)


def _run_formats(run: etree._Element) -> Formats:
    bold = {(Format.BOLD, "")} if _is_on(run, "b") else set()
    return frozenset(bold | ({(Format.ITALIC, "")} if _is_on(run, "i") else set()))


def _is_on(run: etree._Element, name: str) -> bool:
    """Whether a toggle such as w:b is set on a run itself; what its style says is a matter of the style."""
    node = run.find(f"{qn('w:rPr')}/{qn(f'w:{name}')}")
    return node is not None and node.get(qn("w:val"), "1") not in _OFF


def _link(element: etree._Element, part: Any) -> Formats:
    relation = part.rels.get(element.get(qn("r:id"), "")) if part is not None else None
    if (
        relation is None
        or not relation.is_external
        or not relation.target_ref.lower().startswith(("http:", "https:", "mailto:"))
    ):
        return NONE
    return frozenset({(Format.LINK, relation.target_ref)})


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Contents of the text boxes anchored in a paragraph, each once although Word writes it in two dialects."""
    for box in paragraph.iter(qn("w:txbxContent")):
        ancestors = {a.tag for a in box.iterancestors()}
        if _FALLBACK not in ancestors:
            yield box
