"""The elements of WordprocessingML that handouts use, each built with its children in the order of the schema.

With docx_style_xml the only module that knows `w:` names. Order matters: the properties of runs, paragraphs, cells and tables are sequences
in ECMA-376, and Word calls a file with another order unreadable (python-docx#1177).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import count

from docx.oxml.ns import qn
from docx.oxml.parser import oxml_parser
from lxml import etree

from translator.documents.characters import legal

Element = etree._Element


@cache
def _w(name: str) -> str:
    """The name in the namespace; qn takes it apart anew each time, and a handout has thousands."""
    return str(qn(f"w:{name}"))


def element(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """A `w:` element with attributes (`val=…` becomes `w:val`) and children; None children are left out."""
    node: Element = oxml_parser.makeelement(_w(tag))  # python-docx's own classes, which add_comment needs
    for name, value in attributes.items():
        node.set(_w(name), str(value) if type(value) is int else legal(str(value)))
    node.extend([child for child in children if child is not None])
    return node


def style_id(name: str) -> str:
    """The id by which content refers to a style: Word's own and python-docx's are the name without blanks."""
    return name.replace(" ", "")


def run(
    text: str, style: str | None = None, *, bold: bool = False, italic: bool = False, raised: bool = False
) -> Element:
    """A run of text, optionally in a character style, bold, italic or raised like a footnote mark."""
    other_way = _is_right_to_left(text)
    marks = [
        element("rStyle", val=style_id(style)) if style else None,
        element("b") if bold else None,
        element("bCs") if bold and other_way else None,
        element("i") if italic else None,
        element("iCs") if italic and other_way else None,
        element("vertAlign", val="superscript") if raised else None,
        element("rtl") if other_way else None,
    ]
    properties = element("rPr", *marks) if any(mark is not None for mark in marks) else None
    content = element("t")
    content.text = legal(text)
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", properties, content)


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def _is_right_to_left(text: str) -> bool:
    """Whether most letters are of a script that runs from right to left, which makes the run one that does."""
    letters = _RIGHT_TO_LEFT.findall(text)
    return bool(letters) and 2 * len(letters) > sum(map(str.isalpha, text))


def tab() -> Element:
    """A run that goes on to the next tab stop."""
    return element("r", element("tab"))


def hyperlink(relation: str, *content: Element) -> Element:
    """A link to the target of a relationship of the document part."""
    node = element("hyperlink", *content)
    node.set(qn("r:id"), relation)
    return node


def paragraph(
    style: str, *content: Element, bullet: int | None = None, keep: bool = False, level: int | None = None
) -> Element:
    """A paragraph in a style.

    `bullet` is the id of a list numbering, `keep` keeps it with the next one, `level` makes it a heading of a level from
    1 on, whatever its style says.
    """
    numbering = element("numPr", element("ilvl", val=0), element("numId", val=bullet)) if bullet is not None else None
    return element(
        "p",
        element(
            "pPr",
            element("pStyle", val=style_id(style)),
            element("keepNext") if keep else None,
            numbering,
            element("outlineLvl", val=level - 1) if level else None,
        ),
        *content,
    )


def tagged(tag: str, *content: Element) -> Element:
    """Content in an invisible content control whose tag survives Word and LibreOffice; its text cannot be deleted.

    It has no number until number_controls gives it one.
    """
    properties = element("sdtPr", element("tag", val=tag), element("lock", val="sdtLocked"))
    return element("sdt", properties, element("sdtContent", *content))


def number_controls(body: Element, others: Iterable[Element]) -> None:
    """Numbers the content controls of a body in order; `others` are headers and footers, whose numbers are taken."""
    taken = {node.get(qn("w:val")) for other in others for node in other.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}")}
    free = (number for number in count(1) if str(number) not in taken)
    for properties in body.iter(qn("w:sdtPr")):
        properties.insert(1, element("id", val=next(free)))  # behind the tag


def unwrap_controls(body: Element) -> None:
    """Leaves the content of content controls where it is, without the controls."""
    for control in list(body.iter(qn("w:sdt"))):
        for content in control.iterfind(qn("w:sdtContent")):
            for child in list(content):
                control.addprevious(child)
        control.getparent().remove(control)  # type: ignore[union-attr]


def field(instruction: str, placeholder: str) -> list[Element]:
    """Runs of a field such as PAGE; the placeholder stands there until Word updates it."""
    code = element("instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", code),
        element("r", element("fldChar", fldCharType="separate")),
        run(placeholder),
        element("r", element("fldChar", fldCharType="end")),
    ]


Rule = tuple[str, int, str]
"""A border: style, eighths of a point, colour."""


def cell(
    width: int, *content: Element, fill: str | None = None, top: Rule | None = None, bottom: Rule | None = None
) -> Element:
    """A table cell of `width` twips; `fill` shades it."""
    rules = [
        element(side, val=rule[0], sz=rule[1], space=0, color=rule[2])
        for side, rule in (("top", top), ("bottom", bottom))
        if rule
    ]
    borders = element("tcBorders", *rules) if rules else None
    shade = element("shd", val="clear", color="auto", fill=fill) if fill else None
    return element("tc", element("tcPr", element("tcW", w=width, type="dxa"), borders, shade), *content)


def row(*cells: Element, header: bool = False, height: int | None = None) -> Element:
    """A table row that does not break over pages; a header row repeats on each page and is announced as header.

    `height` is the least height in twips, for rows to write in.
    """
    least = element("trHeight", val=height, hRule="atLeast") if height else None
    properties = element("trPr", element("cantSplit"), least, element("tblHeader") if header else None)
    return element("tr", properties, *cells)


def table(style: str, widths: Sequence[int], rows: Iterable[Element], *, caption: str, description: str) -> Element:
    """A table of fixed column widths in twips, with alternative text."""
    properties = element(
        "tblPr",
        element("tblStyle", val=style_id(style)),
        element("tblW", w=sum(widths), type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        element("tblCaption", val=caption),
        element("tblDescription", val=description),
    )
    rows = list(rows)
    for bottom in list(rows[-1].iter(qn("w:bottom"))):  # there the table's own line is
        bottom.getparent().remove(bottom)  # type: ignore[union-attr]
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", properties, grid, *rows)


def set_hyphenation(settings: Element) -> None:
    """Turns automatic hyphenation on in word/settings.xml, in its place in the sequence."""
    for old in settings.findall(qn("w:autoHyphenation")):
        settings.remove(old)
    behind = {qn(f"w:{t}") for t in _BEFORE_HYPHENATION}
    at = max((i + 1 for i, child in enumerate(settings) if child.tag in behind), default=0)
    settings.insert(at, element("autoHyphenation", val="true"))


def set_compatibility(settings: Element, version: int) -> None:
    """Names the version of Word whose layout is wanted: below 15 tables stick out into the margin."""
    compatibility = settings.find(qn("w:compat"))
    for node in () if compatibility is None else compatibility.findall(qn("w:compatSetting")):
        if node.get(qn("w:name")) == "compatibilityMode":
            node.set(qn("w:val"), str(version))


_BEFORE_HYPHENATION = (
    "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape "
    "printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts "
    "saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop "
    "hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles "
    "stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves "
    "doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop".split()
)


def number_lines(section: Element, every: int) -> None:
    """Prints a line number in the margin at every so-and-so-manieth line, counted through the whole document."""
    numbering = element("lnNumType", countBy=every, restart="continuous")
    behind = {
        qn(f"w:{t}")
        for t in (
            "headerReference",
            "footerReference",
            "footnotePr",
            "endnotePr",
            "type",
            "pgSz",
            "pgMar",
            "paperSrc",
            "pgBorders",
        )
    }
    at = max((i + 1 for i, child in enumerate(section) if child.tag in behind), default=0)
    section.insert(at, numbering)


def all_text(body: Element) -> str:
    """Text of all paragraphs, a line each, deletions left out: what a hash of the content is taken over."""
    lines = []
    for block in body.iter(qn("w:p")):
        lines.append("".join(t.text or "" for t in block.iter(qn("w:t"))))
    return "\n".join(lines)
