"""The WordprocessingML of a handout's text, written as text: thousands of nodes a handout are slow to make one by one.

Each piece has its children in the order of the schema. Order matters: the properties of runs, paragraphs, cells and tables
are sequences in ECMA-376, and Word calls a file with another order unreadable (python-docx#1177). Text becomes part of a
piece through `escaped` and `attribute` alone, which leave out what XML cannot hold. The prefixes `w` and `r` are bound by
the document that the pieces stand in (docx_base.py) or by `docx_xml.parsed`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import NewType
from xml.sax.saxutils import escape, unescape

from translator.documents.characters import legal

Markup = NewType("Markup", str)
"""Well-formed, with every text in it escaped."""

_IN_TEXT = {"\r": "&#13;"}
_IN_ATTRIBUTES = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;", '"': "&quot;"}


def escaped(text: str) -> Markup:
    """Text as the content of an element."""
    return Markup(escape(legal(text), _IN_TEXT))


def attribute(text: str) -> Markup:
    """Text as the value of an attribute in double quotes."""
    return Markup(escape(legal(text), _IN_ATTRIBUTES))


def element(name: str, *children: Markup | None, **attributes: str | int) -> Markup:
    """A `w:` element with attributes (`val=…` becomes `w:val`) and children; None children are left out."""
    head = f"w:{name}" + "".join(f' w:{key}="{attribute(str(value))}"' for key, value in attributes.items())
    content = joined(child for child in children if child is not None)
    return Markup(f"<{head}>{content}</w:{name}>" if content else f"<{head}/>")


def joined(pieces: Iterable[Markup]) -> Markup:
    """Pieces one after the other."""
    return Markup("".join(pieces))


def style_id(name: str) -> str:
    """The id by which content refers to a style: Word's own and python-docx's are the name without blanks."""
    return name.replace(" ", "")


def run(
    text: str, style: str | None = None, *, bold: bool = False, italic: bool = False, raised: bool = False
) -> Markup:
    """A run of text, optionally in a character style, bold, italic or raised like a footnote mark."""
    look = _look(style, bold, italic, raised, _is_right_to_left(text))
    return Markup(f'<w:r>{look}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>')


@lru_cache(maxsize=256)
def _look(style: str | None, bold: bool, italic: bool, raised: bool, other_way: bool) -> Markup:
    """Properties of a run; nothing where it has none."""
    marks = [
        element("rStyle", val=style_id(style)) if style else None,
        element("b") if bold else None,
        element("bCs") if bold and other_way else None,
        element("i") if italic else None,
        element("iCs") if italic and other_way else None,
        element("vertAlign", val="superscript") if raised else None,
        element("rtl") if other_way else None,
    ]
    return element("rPr", *marks) if any(marks) else Markup("")


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def _is_right_to_left(text: str) -> bool:
    """Whether most letters are of a script that runs from right to left, which makes the run one that does."""
    letters = _RIGHT_TO_LEFT.findall(text)
    return bool(letters) and 2 * len(letters) > sum(map(str.isalpha, text))


def tab() -> Markup:
    """A run that goes on to the next tab stop."""
    return element("r", element("tab"))


def hyperlink(relation: str, *content: Markup) -> Markup:
    """A link to the target of a relationship of the document part."""
    return Markup(f'<w:hyperlink r:id="{attribute(relation)}">{joined(content)}</w:hyperlink>')


def paragraph(
    style: str, *content: Markup, bullet: int | None = None, keep: bool = False, level: int | None = None
) -> Markup:
    """A paragraph in a style.

    `bullet` is the id of a list numbering, `keep` keeps it with the next one, `level` makes it a heading of a level from
    1 on, whatever its style says.
    """
    return Markup(f"<w:p>{_form(style, bullet, keep, level)}{joined(content)}</w:p>")


@lru_cache(maxsize=256)
def _form(style: str, bullet: int | None, keep: bool, level: int | None) -> Markup:
    """Properties of a paragraph."""
    numbering = element("numPr", element("ilvl", val=0), element("numId", val=bullet)) if bullet is not None else None
    return element(
        "pPr",
        element("pStyle", val=style_id(style)),
        element("keepNext") if keep else None,
        numbering,
        element("outlineLvl", val=level - 1) if level else None,
    )


_UNNUMBERED = '<w:id w:val=""/>'


def tagged(tag: str, *content: Markup) -> Markup:
    """Content in an invisible content control whose tag survives Word and LibreOffice; its text cannot be deleted.

    It has no number until number_controls gives it one.
    """
    name = f'<w:tag w:val="{attribute(tag)}"/>{_UNNUMBERED}<w:lock w:val="sdtLocked"/>'
    return Markup(f"<w:sdt><w:sdtPr>{name}</w:sdtPr><w:sdtContent>{joined(content)}</w:sdtContent></w:sdt>")


def number_controls(body: Markup, taken: Collection[str]) -> Markup:
    """Numbers the content controls of a body in order; `taken` are the numbers of those in headers and footers."""
    first, *pieces = body.split(_UNNUMBERED)
    free = (number for number in count(1) if str(number) not in taken)
    numbered = (f'<w:id w:val="{number}"/>{piece}' for piece, number in zip(pieces, free, strict=False))
    return Markup(first + "".join(numbered))


def field(instruction: str, placeholder: str) -> Markup:
    """Runs of a field such as PAGE; the placeholder stands there until Word updates it."""
    code = Markup(f'<w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText>')
    begin, middle, end = (element("r", element("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    return joined([begin, element("r", code), middle, run(placeholder), end])


Rule = tuple[str, int, str]
"""A border: style, eighths of a point, colour."""


def cell(
    width: int, *content: Markup, fill: str | None = None, top: Rule | None = None, bottom: Rule | None = None
) -> Markup:
    """A table cell of `width` twips; `fill` shades it."""
    return Markup(f"<w:tc>{_box(width, fill, top, bottom)}{joined(content)}</w:tc>")


@lru_cache(maxsize=256)
def _box(width: int, fill: str | None, top: Rule | None, bottom: Rule | None) -> Markup:
    """Properties of a cell."""
    rules = [
        element(side, val=rule[0], sz=rule[1], space=0, color=rule[2])
        for side, rule in (("top", top), ("bottom", bottom))
        if rule
    ]
    borders = element("tcBorders", *rules) if rules else None
    shade = element("shd", val="clear", color="auto", fill=fill) if fill else None
    return element("tcPr", element("tcW", w=width, type="dxa"), borders, shade)


def row(*cells: Markup, header: bool = False, height: int | None = None) -> Markup:
    """A table row that does not break over pages; a header row repeats on each page and is announced as header.

    `height` is the least height in twips, for rows to write in.
    """
    least = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    properties = f"<w:cantSplit/>{least}{'<w:tblHeader/>' if header else ''}"
    return Markup(f"<w:tr><w:trPr>{properties}</w:trPr>{joined(cells)}</w:tr>")


_LINE_BELOW = re.compile(r"<w:bottom [^>]*>")


def table(style: str, widths: Sequence[int], rows: Sequence[Markup], *, caption: str, description: str) -> Markup:
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
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    last = Markup(_LINE_BELOW.sub("", rows[-1]))  # there the table's own line is
    return element("tbl", properties, grid, *rows[:-1], last)


_STYLE = re.compile(r'(<w:(?:p|r|tbl)Style w:val=")([^"]*)')


def use_ids(body: Markup, ids: Mapping[str, str]) -> Markup:
    """Makes content refer to styles by the ids they have, where these are others than style_id says."""

    def other(found: re.Match[str]) -> str:
        return found[1] + (attribute(ids[found[2]]) if found[2] in ids else found[2])

    return Markup(_STYLE.sub(other, body))


_TEXT = re.compile(r'<w:t xml:space="preserve">([^<]*)')


def plain_text(body: Markup) -> str:
    """Text of all paragraphs, a line each: what docx_xml.all_text says of the element when it is read again."""
    lines = "\n".join("".join(_TEXT.findall(block)) for block in body.split("</w:p>"))
    return unescape(lines, {"&#13;": "\r"})
