"""A linter of Word files: what readers with a screen reader or weak eyes would stumble over, as a list of findings.

It reads the XML itself and follows styles to what they are based on, so that it finds faults in any Word file, not only in
ours. Rules are those of Word's own accessibility checker and of WCAG 2.2 AA, as far as they concern text and tables.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from docx.oxml.ns import qn
from lxml import etree

Element = etree._Element
LEAST_CONTRAST = 4.5
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SHAPES = ("{urn:schemas-microsoft-com:vml}shape", "{urn:schemas-microsoft-com:vml}rect")
_BULLET = re.compile(r"\s*[•◦▪‣·●○■]")
_CORE = {"dc": "http://purl.org/dc/elements/1.1/"}
_MARKS = ("b", "i", "u", "strike", "vertAlign", "sz", "caps", "smallCaps", "em", "bdr")
"""Properties of a run that can be seen without colours."""


class WordFile:
    """The parts of a Word file, and what styles say about its text."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.parts = {n: etree.fromstring(archive.read(n)) for n in archive.namelist() if n.endswith(".xml")}
        self.body = self.parts["word/document.xml"]
        sheet = self.parts["word/styles.xml"]
        self._styles = {style.get(qn("w:styleId")): style for style in sheet.iter(qn("w:style"))}
        self._defaults = sheet.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._normal = next(
            (s for s in self._styles.values() if s.get(qn("w:default")) == "1" and s.get(qn("w:type")) == "paragraph"), None
        )  # fmt: skip

    def texts(self) -> Iterator[tuple[str, Element]]:
        """Parts that hold text: body, headers, footers, comments and notes."""
        for name, root in self.parts.items():
            if re.fullmatch(r"word/(document|header\d*|footer\d*|comments|footnotes|endnotes)\.xml", name):
                yield name, root

    def of_paragraph(self, paragraph: Element, group: str, name: str) -> Element | None:
        """A property (`rPr` or `pPr`) of a paragraph: its own, or that of its style or of one this is based on."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn(f'w:{name}')}") if group == "pPr" else None
        if own is not None:
            return own
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        start = self._normal if style is None else self._styles.get(style.get(qn("w:val")))
        found = self._in_chain(start, group, name)
        if found is None and group == "rPr" and self._defaults is not None:
            found = self._defaults.find(qn(f"w:{name}"))
        return found

    def of_run(self, run: Element, name: str) -> Element | None:
        """A property of a run: its own, its character style's, or its paragraph's."""
        own = run.find(f"{qn('w:rPr')}/{qn(f'w:{name}')}")
        if own is not None:
            return own
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        found = self._in_chain(self._styles.get(style.get(qn("w:val"))), "rPr", name) if style is not None else None
        return found if found is not None else self.of_paragraph(paragraph_of(run), "rPr", name)

    def _in_chain(self, style: Element | None, group: str, name: str) -> Element | None:
        while style is not None:
            found = style.find(f"{qn(f'w:{group}')}/{qn(f'w:{name}')}")
            if found is not None:
                return found
            base = style.find(qn("w:basedOn"))
            style = self._styles.get(base.get(qn("w:val"))) if base is not None else None
        return None


def paragraph_of(node: Element) -> Element:
    """The paragraph a run stands in."""
    return next(node.iterancestors(qn("w:p")))


def text_of(node: Element) -> str:
    """Text of a paragraph, a run or a cell."""
    return "".join(t.text or "" for t in node.iter(qn("w:t")))


def findings(path: Path) -> list[str]:
    """What is wrong with a Word file, a line each; empty where nothing is."""
    word = WordFile(path)
    rules = (_properties, _languages, _tables, _pictures, _headings, _contrast, _colour_alone, _empty, _lists, _links)
    return [line for rule in rules for line in rule(word)]


def _value(node: Element | None) -> str:
    return "" if node is None else node.get(qn("w:val"), "")


def _is_on(node: Element | None) -> bool:
    return node is not None and _value(node) not in ("0", "false", "none")


def _properties(word: WordFile) -> Iterator[str]:
    core = word.parts.get("docProps/core.xml")
    for name in ("title", "language"):
        if core is None or not (core.findtext(f"dc:{name}", "", _CORE) or "").strip():
            yield f"the document property {name} is empty"


def _languages(word: WordFile) -> Iterator[str]:
    """Languages belong into styles; in runs they are lost when somebody types."""
    if word._defaults is None or not _value(word._defaults.find(qn("w:lang"))):
        yield "the document has no default language"
    for name, root in word.texts():
        for node in root.iterfind(f".//{qn('w:r')}/{qn('w:rPr')}/{qn('w:lang')}"):
            yield f"{name}: language on a run: {text_of(node.getparent().getparent())!r}"


def _tables(word: WordFile) -> Iterator[str]:
    for number, table in enumerate(word.body.iter(qn("w:tbl")), start=1):
        name, rows = f"table {number}", table.findall(qn("w:tr"))
        for tag in ("tblCaption", "tblDescription"):
            if not _value(table.find(f"{qn('w:tblPr')}/{qn(f'w:{tag}')}")).strip():
                yield f"{name}: no {tag}"
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        if not heads[0] or any(heads[1:]):
            yield f"{name}: its first row, and no other, has to be the header row"
        if any(not text_of(cell).strip() for cell in rows[0].findall(qn("w:tc"))):
            yield f"{name}: a column has no heading"
        if any(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None for row in rows):
            yield f"{name}: a row may break over pages"
        columns = len(table.find(qn("w:tblGrid")))
        if (
            any(len(row.findall(qn("w:tc"))) != columns for row in rows)
            or next(table.iter(qn("w:vMerge")), None) is not None
        ):
            yield f"{name}: cells are merged or split"
        if next(table.iterancestors(qn("w:tbl")), None) is not None:
            yield f"{name}: it stands in another table"


def _pictures(word: WordFile) -> Iterator[str]:
    for name, root in word.texts():
        if any(not (node.get("descr") or "").strip() for node in root.iter(_DRAWING)):
            yield f"{name}: a picture has no alternative text"
        if any(not (node.get("alt") or "").strip() for node in root.iter(*_SHAPES)):
            yield f"{name}: a shape has no alternative text"


def heading_levels(word: WordFile) -> list[int]:
    """Levels of the headings in reading order, from 1 on."""
    levels = [
        int(_value(word.of_paragraph(p, "pPr", "outlineLvl")) or 9) + 1
        for p in word.body.iter(qn("w:p")) if text_of(p).strip()
    ]  # fmt: skip
    return [level for level in levels if level <= 9]


def _headings(word: WordFile) -> Iterator[str]:
    above = 0
    for level in heading_levels(word):
        if level > above + 1:
            yield f"a heading of level {level} follows one of level {above}"
        above = level


def contrast(first: str, second: str) -> float:
    """Contrast of two colours in hexadecimal digits, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(node: Element | None, attribute: str, automatic: str) -> str:
    value = "" if node is None else node.get(qn(f"w:{attribute}"), "")
    return automatic if value in ("", "auto") else value


def _background(word: WordFile, run: Element) -> str:
    paragraph = paragraph_of(run)
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    page = word.body.find(qn("w:background"))
    shades = (
        word.of_run(run, "shd"),
        word.of_paragraph(paragraph, "pPr", "shd"),
        cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}") if cell is not None else None,
    )
    fills = [_colour(shade, "fill", "") for shade in shades]
    return next((fill for fill in fills if fill), _colour(page, "color", "FFFFFF"))


def _runs(word: WordFile) -> Iterator[tuple[str, Element]]:
    for name, root in word.texts():
        yield from ((name, run) for run in root.iter(qn("w:r")) if text_of(run).strip())


def _contrast(word: WordFile) -> Iterator[str]:
    for name, run in _runs(word):
        text, ground = _colour(word.of_run(run, "color"), "val", "000000"), _background(word, run)
        if contrast(text, ground) < LEAST_CONTRAST:
            yield f"{name}: contrast {contrast(text, ground):.1f} of {text} on {ground}: {text_of(run)!r}"


def _colour_alone(word: WordFile) -> Iterator[str]:
    """What differs from its paragraph in colour has to differ in something else, too."""
    for name, run in _runs(word):
        paragraph = paragraph_of(run)
        own = _colour(word.of_run(run, "color"), "val", "000000"), _colour(word.of_run(run, "shd"), "fill", "")
        around = (_colour(word.of_paragraph(paragraph, "rPr", "color"), "val", "000000"),
                  _colour(word.of_paragraph(paragraph, "rPr", "shd"), "fill", ""))  # fmt: skip
        coloured = own != around or _is_on(word.of_run(run, "highlight"))
        if coloured and not any(
            (_is_on(a), _value(a)) != (_is_on(b), _value(b))
            for a, b in ((word.of_run(run, m), word.of_paragraph(paragraph, "rPr", m)) for m in _MARKS)
        ):
            yield f"{name}: told by its colour alone: {text_of(run)!r}"
    for row in word.body.iter(qn("w:tr")):
        header = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        for cell in row.findall(qn("w:tc")):
            shaded = _colour(cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}"), "fill", "FFFFFF") != "FFFFFF"
            levels = [word.of_paragraph(p, "pPr", "outlineLvl") for p in row.iter(qn("w:p"))]
            if shaded and not header and not any(level is not None for level in levels):
                yield f"a cell is told by its shading alone: {text_of(cell)!r}"


def _empty(word: WordFile) -> Iterator[str]:
    for name, root in word.texts():
        for paragraph in root.iter(qn("w:p")):
            cell = paragraph.getparent()
            alone = cell.tag == qn("w:tc") and len(cell.findall(qn("w:p"))) == 1  # a cell has at least one
            shown = (qn("w:drawing"), qn("w:pict"), qn("w:fldChar"), qn("w:object"))
            if not text_of(paragraph).strip() and next(paragraph.iter(*shown), None) is None and not alone:
                yield f"{name}: an empty paragraph"
            if re.search(r" {3}", text_of(paragraph)):
                yield f"{name}: blanks to make room: {text_of(paragraph)!r}"


def _lists(word: WordFile) -> Iterator[str]:
    numbering = word.parts.get("word/numbering.xml")
    known = set() if numbering is None else {node.get(qn("w:numId")) for node in numbering.iter(qn("w:num"))}
    for name, root in word.texts():
        for paragraph in root.iter(qn("w:p")):
            number = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            if number is None and _BULLET.match(text_of(paragraph)):
                yield f"{name}: a typed bullet is no list: {text_of(paragraph)!r}"
            if number is not None and _value(number) not in known:
                yield f"{name}: a list has no numbering: {text_of(paragraph)!r}"


def _links(word: WordFile) -> Iterator[str]:
    for name, root in word.texts():
        if any(not text_of(link).strip() for link in root.iter(qn("w:hyperlink"))):
            yield f"{name}: a link has no text"
