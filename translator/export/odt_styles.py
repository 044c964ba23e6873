"""The styles of a LibreOffice handout, named as those of the Word handout, and the elements they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree
from odfdo import Document as OdfDocument
from odfdo import Element as OdfElement

from translator.documents.characters import legal
from translator.export.settings import ExportSettings, Orientation, Paper
from translator.language.names import RIGHT_TO_LEFT, bcp47

Element = etree._Element
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {
    "office": f"{_OASIS}:office:1.0",
    "style": f"{_OASIS}:style:1.0",
    "text": f"{_OASIS}:text:1.0",
    "table": f"{_OASIS}:table:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}

FONT, INK, QUIET = "Calibri", "#1A1A1A", "#555555"
_TERM, _LINK, _HEADER_FILL, _HEADING_FILL = "#1F3F7A", "#0645AD", "#E7EBF3", "#F5F5F5"
_LINE, _PARAGRAPH_RULE, _SENTENCE_RULE = "0.5pt solid #D0D0D0", "1pt solid #7F7F7F", "0.5pt dotted #BFBFBF"
_PAPER = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}
_MARGIN = 18.0
"""Millimetres, as the paper."""

SOURCE, TARGET, SOURCE_HEADING, TARGET_HEADING = "Source Text", "Target Text", "Source Heading", "Target Heading"
NUMBER, HEADING_NUMBER = "Segment Number", "Heading Number"
META, TABLE_HEADER, FOOTER = "Meta", "Table Header", "Footer"
TITLE, TRANSLATED_TITLE = "Title", "Subtitle"
TERMS_HEADING = {1: "Heading 1", 2: "Heading 2"}
"""By level: a document without a title has no headings of level 1 above it."""
TERM, LINK, MARK, BULLETS = "Term", "Internet Link", "Footnote Mark", "Bullets"
BOLD, ITALIC = "Strong Emphasis", "Emphasis"
_SENTENCES = frozenset({SOURCE, TARGET, SOURCE_HEADING, TARGET_HEADING, TITLE, TRANSLATED_TITLE})
PAGE, TABLE, ROW = "Handout", "HandoutTable", "HandoutRow"


@dataclass(frozen=True)
class _Style:
    """A paragraph style; sizes and distances in points."""

    name: str
    size: float = 11
    colour: str = INK
    parent: str = "Standard"
    of_source: bool = False
    bold: bool = False
    before: float = 0
    after: float = 0
    keep: bool = False
    right: bool = False


_STYLES = (
    _Style(SOURCE, of_source=True, before=2, after=2),
    _Style(TARGET, before=2, after=2),
    _Style(SOURCE_HEADING, 11.5, parent=SOURCE, of_source=True, bold=True, before=5, after=2),
    _Style(TARGET_HEADING, 11.5, parent=TARGET, bold=True, before=5, after=2),
    _Style(NUMBER, 9, QUIET, before=4, right=True),
    _Style(HEADING_NUMBER, 9, QUIET, parent=NUMBER, before=7.5, right=True),
    _Style(META, 9.5, QUIET, before=3, after=10),
    _Style(TABLE_HEADER, 10, bold=True, before=3, after=3),
    _Style(TITLE, 20, of_source=True, bold=True, after=2, keep=True),
    _Style(TRANSLATED_TITLE, 15, QUIET, after=4, keep=True),
    _Style(TERMS_HEADING[1], 14, bold=True, before=16, after=4, keep=True),
    _Style(TERMS_HEADING[2], 14, bold=True, before=16, after=4, keep=True),
    _Style(FOOTER, 8, QUIET),
)


def node(tag: str, attributes: dict[str, str] | None = None, *content: Element | str) -> Element:
    """An element such as `text:p` with attributes and content; characters that XML cannot hold are left out."""
    made = etree.Element(_qualified(tag), nsmap=_NAMESPACES)
    for name, value in (attributes or {}).items():
        made.set(_qualified(name), legal(value))
    for piece in content:
        if not isinstance(piece, str):
            made.append(piece)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + legal(piece)
        else:
            made.text = (made.text or "") + legal(piece)
    return made


def _qualified(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def style_name(name: str) -> str:
    """The name by which content refers to a style: `Source_20_Text`."""
    return name.replace(" ", "_20_")


def cell_style(*, header: bool = False, heading: bool = False, first: bool = False, last: bool = False) -> str:
    """Name of the style of a cell: in the header, of a heading, in the first row of a paragraph, in the last row."""
    kind = "Header" if header else "Heading" if heading else "First" if first else "Next"
    return f"Cell{kind}{'Last' * last}"


def text_width(settings: ExportSettings) -> float:
    """Millimetres between the margins."""
    return _page(settings)[0] - 2 * _MARGIN


def _page(settings: ExportSettings) -> tuple[float, float]:
    width, height = _PAPER[settings.paper or Paper.A4]
    return (height, width) if settings.orientation is Orientation.LANDSCAPE else (width, height)


def define(document: OdfDocument, source: str, target: str, settings: ExportSettings, footer: list[Element]) -> None:
    """Replaces the styles and pages of a document by those of a handout from language `source` into `target`."""
    styles: Any = document.styles
    fonts, common, automatic, masters = (
        styles.get_element(f"//office:{part}")
        for part in ("font-face-decls", "styles", "automatic-styles", "master-styles")
    )
    for part in (fonts, common, automatic, masters):
        part.clear()
    _append(fonts, node("style:font-face", {"style:name": FONT, "svg:font-family": FONT}))
    content: Any = document.content
    content.get_element("//office:font-face-decls").clear()
    _append(common, *_defaults(target), *(_paragraph_style(s, source if s.of_source else target) for s in _STYLES))
    _append(common, *_text_styles(), _bullets())
    width, height = _page(settings)
    layout = {"fo:page-width": f"{width}mm", "fo:page-height": f"{height}mm", "fo:margin-top": f"{_MARGIN}mm",
              "fo:margin-bottom": "8mm", "fo:margin-left": f"{_MARGIN}mm", "fo:margin-right": f"{_MARGIN}mm",
              "style:print-orientation": "landscape" if width > height else "portrait"}  # fmt: skip
    distance = node("style:header-footer-properties", {"fo:min-height": "10mm", "fo:margin-top": "3mm"})
    _append(automatic, node("style:page-layout", {"style:name": PAGE}, node("style:page-layout-properties", layout),
                            node("style:footer-style", None, distance)))  # fmt: skip
    master = {"style:name": "Standard", "style:page-layout-name": PAGE}
    _append(masters, node("style:master-page", master, node("style:footer", None, *footer)))


def _append(parent: Any, *nodes: Element) -> None:
    for made in nodes:
        parent.append(OdfElement.from_tag(made))


def _style(family: str, name: str, *properties: Element, **attributes: str) -> Element:
    about = {"style:name": style_name(name), "style:display-name": name, "style:family": family}
    return node("style:style", about | {f"style:{k.replace('_', '-')}": v for k, v in attributes.items()}, *properties)


def _defaults(target: str) -> list[Element]:
    text = {"style:font-name": FONT, "style:font-name-asian": FONT, "style:font-name-complex": FONT,
            "fo:font-size": "11pt", "fo:color": INK} | _language(target)  # fmt: skip
    paragraph = {"fo:line-height": "108%", "fo:widows": "2", "fo:orphans": "2"}
    return [
        node("style:default-style", {"style:family": "paragraph"}, node("style:paragraph-properties", paragraph),
             node("style:text-properties", text)),
        node("style:default-style", {"style:family": "table"},
             node("style:table-properties", {"table:border-model": "collapsing"})),
        _style("paragraph", "Standard"),
    ]  # fmt: skip


def _language(code: str) -> dict[str, str]:
    """Proofing language."""
    language, _, country = bcp47(code).partition("-")
    return _in_all_scripts("language", language) | _in_all_scripts("country", country or "none")


def _in_all_scripts(name: str, value: str) -> dict[str, str]:
    """A text property for Western, Asian and right-to-left scripts, which are three in ODF."""
    return {f"fo:{name}": value, f"style:{name}-asian": value, f"style:{name}-complex": value}


def _paragraph_style(style: _Style, code: str) -> Element:
    form = {"fo:margin-top": f"{style.before}pt", "fo:margin-bottom": f"{style.after}pt"}
    if style.right:
        form["fo:text-align"] = "end"
    elif code in RIGHT_TO_LEFT and style.name in _SENTENCES:  # labels are English where we have no others
        form |= {"style:writing-mode": "rl-tb", "fo:text-align": "right"}  # LibreOffice takes start for left
    if style.keep:
        form["fo:keep-with-next"] = "always"
    weight = "bold" if style.bold else "normal"
    text = {"fo:color": style.colour} | _in_all_scripts("font-size", f"{style.size}pt")
    text |= _in_all_scripts("font-weight", weight) | _language(code)
    properties = node("style:paragraph-properties", form), node("style:text-properties", text)
    level = next((level for level, name in TERMS_HEADING.items() if name == style.name), None)
    outline = {"default_outline_level": str(level)} if level else {}
    return _style("paragraph", style.name, *properties, parent_style_name=style_name(style.parent), **outline)


def _text_styles() -> list[Element]:
    """Terms have a dotted line and links a solid one, so that nothing is said by colour alone."""
    line = {"style:text-underline-width": "auto", "style:text-underline-color": "font-color"}
    dotted, solid = ({"style:text-underline-style": kind} | line for kind in ("dotted", "solid"))
    looks = {
        TERM: {"fo:color": _TERM} | dotted,
        LINK: {"fo:color": _LINK} | solid,
        BOLD: _in_all_scripts("font-weight", "bold"),
        ITALIC: _in_all_scripts("font-style", "italic"),
        MARK: {"style:text-position": "super 58%"},
    }
    return [_style("text", name, node("style:text-properties", look)) for name, look in looks.items()]


def _bullets() -> Element:
    label = {"text:label-followed-by": "listtab", "text:list-tab-stop-position": "5mm",
             "fo:text-indent": "-4mm", "fo:margin-left": "5mm"}  # fmt: skip
    levels = [
        node("text:list-level-style-bullet", {"text:level": str(level), "text:bullet-char": "•"},
             node("style:list-level-properties", {"text:list-level-position-and-space-mode": "label-alignment"},
                  node("style:list-level-label-alignment", label)))
        for level in range(1, 11)
    ]  # fmt: skip
    return node("text:list-style", {"style:name": BULLETS}, *levels)


def table_styles(columns: dict[str, float]) -> list[Element]:
    """Automatic styles of tables: rows, cells, and columns as wide as given in millimetres."""
    made = [
        node("style:style", {"style:name": TABLE, "style:family": "table"},
             node("style:table-properties", {"table:align": "margins", "table:border-model": "collapsing"})),
        node("style:style", {"style:name": ROW, "style:family": "table-row"},
             node("style:table-row-properties", {"fo:keep-together": "always"})),
    ]  # fmt: skip
    for name, width in columns.items():
        properties = node("style:table-column-properties", {"style:column-width": f"{width:.2f}mm"})
        made.append(node("style:style", {"style:name": name, "style:family": "table-column"}, properties))
    kinds = {"Header": (_LINE, _HEADER_FILL), "Heading": (_PARAGRAPH_RULE, _HEADING_FILL),
             "First": (_PARAGRAPH_RULE, "transparent"), "Next": (_SENTENCE_RULE, "transparent")}  # fmt: skip
    for name, (top, fill) in kinds.items():
        for end, bottom in (("", _SENTENCE_RULE), ("Last", _LINE)):  # a row above a page break needs one, too
            look = {"fo:padding": "0mm", "fo:padding-left": "1.76mm", "fo:padding-right": "1.76mm", "fo:border-top": top,
                    "fo:border-left": _LINE, "fo:border-right": _LINE, "fo:border-bottom": bottom,
                    "fo:background-color": fill}  # fmt: skip
            about = {"style:name": f"Cell{name}{end}", "style:family": "table-cell"}
            made.append(node("style:style", about, node("style:table-cell-properties", look)))
    return made
