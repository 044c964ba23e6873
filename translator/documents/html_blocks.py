"""Elements of web pages and EPUB chapters to paragraphs, in reading order, with their inline formatting.

Everything is iterative: the editors of some news sites nest a paragraph 300 elements deep, and a recursive walk would
end at Python's limit of 1,000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html

from translator.documents.characters import collapse, legal
from translator.documents.inline import NONE, Formats, InlineText
from translator.documents.model import Format, Kind, Paragraph

_LEFT_OUT = frozenset(
    "annotation annotation-xml audio button canvas del head iframe input nav noscript object pre rp rt script select "
    "style svg template textarea title video".split()
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer "
    "form header hgroup hr html legend li main p section summary table tbody td tfoot th thead tr".split()
).union(_HEADINGS, _LISTS)
_FORMATS = dict.fromkeys(("b", "strong"), Format.BOLD) | dict.fromkeys(("i", "em", "cite"), Format.ITALIC)
_KINDS = dict.fromkeys(("td", "th"), Kind.TABLE_CELL) | dict.fromkeys(("caption", "figcaption"), Kind.CAPTION)
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_NOTE = re.compile(r"\s*[\[(]?\s*(\d{1,4})\s*[\])]?\s*")
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.I)
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
# Without this 10<sup>6</sup> would become 106.
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")

LONG_CELL = 300
"""Characters from which on a cell is no datum but the article, as on pages from before 2005."""

Event = tuple[str, Any]
"""`start` and `end` with an element, `text` and `note` with a string."""


def blocks(element: lxml.html.HtmlElement) -> list[Paragraph]:
    """The text of an element, without what is hidden, code or a control; paragraphs without letters are dropped.

    A table that only arranges the page (cells with headings, tables or several paragraphs in them) gives ordinary
    paragraphs, any other table its cells row by row.
    """
    builder = _Builder(_layout_tables(element))
    for event, value in _walk(element):
        if event == "start":
            builder.start(value)
        elif event == "end":
            builder.end(value)
        elif event == "text":
            builder.add(value)
        else:
            builder.note(value)
    builder.end_paragraph()
    return builder.paragraphs


def is_hidden(element: lxml.html.HtmlElement) -> bool:
    """Whether the element itself says that it is not shown; style sheets are not looked at."""
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style", "")))


def _walk(root: lxml.html.HtmlElement) -> Iterator[Event]:
    pending: list[Event] = [("start", root)]
    while pending:
        event, value = pending.pop()
        yield event, value
        if event != "start":
            continue
        pending.append(("end", value))
        for child in reversed(value):
            if child.tail:
                pending.append(("text", child.tail))
            # Comments, processing instructions and undeclared entities have a function for a tag.
            if isinstance(child.tag, str) and not _is_left_out(child):
                pending.append(_event(child))
        if value.text:
            pending.append(("text", value.text))


def _name(element: lxml.html.HtmlElement) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _is_left_out(element: lxml.html.HtmlElement) -> bool:
    if _name(element) in _LEFT_OUT or is_hidden(element):
        return True
    if "pagebreak" in f"{element.get(_EPUB_TYPE)} {element.get('role')}":  # its text is the page's number
        return True
    # The arrow behind a footnote that leads back to its mark.
    text = element.text_content() if element.tag == "a" and "#" in element.get("href", "") else ""
    return bool(text.strip()) and not any(c.isalnum() for c in text)


def _event(element: lxml.html.HtmlElement) -> Event:
    """What an element is for the walk: a footnote mark, a number set high, or itself."""
    name = _name(element)
    is_reference = "noteref" in f"{element.get(_EPUB_TYPE)} {element.get('role')}"
    high = name == "sup" or (name == "a" and (is_reference or any(_name(c) == "sup" for c in element)))
    if not high or not (mark := _NOTE.fullmatch(text := str(element.text_content()))):
        return "start", element
    if is_reference or any("#" in link.get("href", "") for link in element.iter("a")):
        return "note", mark[1]
    return ("text", text.translate(_SUPERSCRIPT)) if name == "sup" else ("start", element)


def _layout_tables(root: lxml.html.HtmlElement) -> frozenset[lxml.html.HtmlElement]:
    """The tables that arrange a page rather than hold data."""
    layout, data, tables = set(), set(), list[lxml.html.HtmlElement]()
    cells, paragraphs, characters, breaks = dict[Any, int](), dict[Any, int](), dict[Any, int](), 0
    for event, value in _walk(root):
        name = _name(value) if event in ("start", "end") else ""
        table = tables[-1] if tables else None
        if event == "start" and name == "table":
            if value.get("role") in ("presentation", "none"):
                layout.add(value)
            if table is not None:
                layout.add(table)
            tables.append(value)
            cells[value] = paragraphs[value] = characters[value] = 0
        elif event == "end" and name == "table":
            tables.pop()
            if cells[value] < 2:
                layout.add(value)
        elif event == "start" and table is not None:
            breaks = breaks + 1 if name == "br" else 0
            cells[table] += name == "td"
            if name == "td":
                paragraphs[table] = characters[table] = 0
            paragraphs[table] += name == "p"
            if name in _HEADINGS or paragraphs[table] > 1 or breaks > 1:
                layout.add(table)
            elif name in ("th", "caption"):
                data.add(table)
        elif event == "text" and (text := value.strip()):
            breaks = 0
            if table is not None:
                characters[table] += len(text)
                if characters[table] > LONG_CELL:
                    layout.add(table)
    return frozenset(layout - data)


class _Builder:
    """Collects paragraphs from the events of the walk."""

    def __init__(self, layout: frozenset[lxml.html.HtmlElement]) -> None:
        self.paragraphs: list[Paragraph] = []
        self._layout = layout
        self._text = InlineText()
        self._run: list[str] = []  # neighbours of one format are joined before they are added
        self._open: list[tuple[Kind, int, Formats]] = [(Kind.PARAGRAPH, 1, NONE)]
        self._lists: list[int | None] = []  # the next number of an ordered list
        self._tables: list[bool] = []
        self._number = ""
        self._breaks = 0

    def start(self, element: lxml.html.HtmlElement) -> None:
        name = _name(element)
        kind, level, formats = self._open[-1]
        self._end_run()
        if name in _BLOCKS:
            self.end_paragraph()
        if name in _LISTS:
            self._lists.append(_integer(element.get("start"), 1) if name == "ol" else None)
        elif name == "li":
            kind, level = Kind.LIST_ITEM, max(len(self._lists), 1)
            self._number = self._next_number(element)
        elif name == "table":
            self._tables.append(element in self._layout)
        elif name in _HEADINGS:
            kind, level = Kind.HEADING, _HEADINGS[name]
        elif name in _KINDS and not (name == "td" and self._tables and self._tables[-1]):
            kind, level = _KINDS[name], 1
        elif name in _FORMATS:
            formats = formats | {(_FORMATS[name], "")}
        elif name == "a" and _ADDRESS.match(address := legal("".join(element.get("href", "").split()))):
            formats = frozenset(f for f in formats if f[0] is not Format.LINK) | {(Format.LINK, address)}
        elif name == "br":
            self._break()
        elif name == "q":  # browsers show the marks, the page does not hold them
            self.add('"')
        self._open.append((kind, level, formats))

    def end(self, element: lxml.html.HtmlElement) -> None:
        name = _name(element)
        if name == "q":
            self.add('"')
        self._end_run()
        if name in _BLOCKS:
            self.end_paragraph()
        self._open.pop()
        if name in _LISTS:
            self._lists.pop()
        elif name == "table":
            self._tables.pop()
        elif name == "li":
            self._number = ""

    def add(self, text: str) -> None:
        if collapse(text):
            self._breaks = 0
            if self._number:
                # As in Markdown the number is part of the item: "24. Februar 2022" would lose its day.
                self._text.add(self._number)
                self._number = ""
        self._run.append(text)

    def note(self, number: str) -> None:
        self._end_run()
        self._text.note(number)

    def end_paragraph(self) -> None:
        self._end_run()
        kind, level, _ = self._open[-1]
        paragraph = self._text.paragraph(kind, level)
        if (kind is Kind.TABLE_CELL and paragraph.text) or any(c.isalnum() for c in paragraph.text):
            self.paragraphs.append(paragraph)
        self._text, self._breaks = InlineText(), 0

    def _end_run(self) -> None:
        if self._run:
            self._text.add("".join(self._run), self._open[-1][2])
            self._run = []

    def _break(self) -> None:
        """One line break is a blank, two in a row end the paragraph."""
        if self._breaks:
            self.end_paragraph()
        self._breaks += 1
        self._text.add(" ")

    def _next_number(self, item: lxml.html.HtmlElement) -> str:
        if not self._lists or (number := self._lists[-1]) is None:
            return ""
        number = _integer(item.get("value"), number)
        self._lists[-1] = number + 1
        return f"{number}. "


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"[+-]?\d{1,6}", text.strip()) else default
