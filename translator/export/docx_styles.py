"""The styles of a handout: real Word styles, so that changing one changes the page and a template can replace them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_UNDERLINE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles import BabelFish
from docx.styles.style import ParagraphStyle

from translator.export.docx_markup import style_id
from translator.export.docx_style_xml import (
    set_complex_scripts,
    set_font,
    set_outline,
    set_right_to_left,
    set_style_language,
    skip_line_numbers,
    table_style,
)
from translator.export.docx_xml import Element
from translator.language.names import RIGHT_TO_LEFT, bcp47

FONT = "Calibri"
INK, QUIET = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x55, 0x55, 0x55)
TERM, LINK = RGBColor(0x1F, 0x3F, 0x7A), RGBColor(0x06, 0x45, 0xAD)
"""All darker than 7:1 on white (WCAG AAA)."""

SOURCE, TARGET = "Source Text", "Target Text"
SOURCE_HEADING, TARGET_HEADING = "Source Heading", "Target Heading"
SOURCE_ABOVE, SOURCE_HEADING_ABOVE = "Source Above", "Source Heading Above"
TARGET_BELOW, TARGET_HEADING_BELOW = "Target Below", "Target Heading Below"
RUNNING, RUNNING_HEADING = "Running Text", "Running Heading"
NUMBER, HEADING_NUMBER, NUMBER_STYLE = "Segment Number", "Heading Number", "Number in Text"
PLACES, META, TABLE_HEADER, HEADER, FOOTER = "Term Places", "Meta", "Table Header", "Header", "Footer"
TITLE, TRANSLATED_TITLE, TARGET_TITLE = "Title", "Subtitle", "Target Title"
TERMS_HEADING = {1: "Heading 1", 2: "Heading 2"}
"""By level: a document without a title has no headings of level 1 above it."""
TERM_STYLE, LINK_STYLE = "Term", "Hyperlink"
COMMENT, COMMENT_MARK, LINE_NUMBER = "annotation text", "annotation reference", "line number"
"""Word's own names."""
COMMENT_REFERENCE = "CommentReference"
_COMMENT_IDS = {"CommentText": COMMENT, COMMENT_REFERENCE: COMMENT_MARK}
"""By which python-docx refers to them."""
_TABLES = frozenset({"Normal Table", "Table Grid", "Handout Table"})
TABLE, _TABLE_LINE = "Handout Table", "D0D0D0"

_BUILT_IN = frozenset({COMMENT, COMMENT_MARK, LINE_NUMBER, LINK_STYLE})

HEADER_FILL, HEADING_FILL = "E7EBF3", "F5F5F5"
PARAGRAPH_RULE, SENTENCE_RULE = ("single", 8, "7F7F7F"), ("dotted", 4, "BFBFBF")


@dataclass(frozen=True)
class _Style:
    """A paragraph style: what it is based on, size in points, colour, side of the language, and its spacing in points.

    `hanging` is by how much the first line stands out to the left, for the number in front of it. `text` is what sentences
    stand in: in it every language has a style of its own. `counted` lines have numbers.
    """

    name: str
    base: str | None = "Normal"
    size: float = 11
    colour: RGBColor = INK
    of_source: bool = False
    bold: bool = False
    before: float = 0
    after: float = 0
    keep: bool = False
    right: bool = False
    indent: float = 0
    hanging: float = 0
    outline: int | None = None
    text: bool = False
    counted: bool = True


_IN_FRONT = 22
"""Points for the number in front of a sentence: three digits fit."""

_STYLES = (
    _Style("Normal", None),
    _Style(SOURCE, of_source=True, before=2, after=2, text=True),
    _Style(TARGET, before=2, after=2, text=True),
    _Style(SOURCE_HEADING, SOURCE, 11.5, of_source=True, bold=True, before=5, after=2, keep=True, outline=1, text=True),
    _Style(TARGET_HEADING, TARGET, 11.5, bold=True, before=5, after=2, keep=True, text=True),
    _Style(SOURCE_ABOVE, SOURCE, of_source=True, before=8, indent=_IN_FRONT, hanging=_IN_FRONT, text=True),
    _Style(
        SOURCE_HEADING_ABOVE,
        SOURCE_HEADING,
        11.5,
        of_source=True,
        bold=True,
        before=12,
        keep=True,
        indent=_IN_FRONT,
        hanging=_IN_FRONT,
        outline=1,
        text=True,
    ),
    _Style(TARGET_BELOW, TARGET, before=1, indent=2 * _IN_FRONT, text=True),
    _Style(TARGET_HEADING_BELOW, TARGET_HEADING, 11.5, bold=True, before=1, keep=True, indent=2 * _IN_FRONT, text=True),
    _Style(RUNNING, before=0, after=7, text=True),
    _Style(NUMBER, size=9, colour=QUIET, before=4, right=True),
    _Style(HEADING_NUMBER, NUMBER, size=9, colour=QUIET, before=7.5, keep=True, right=True),
    _Style(PLACES, before=2, after=2),
    _Style(META, size=9.5, colour=QUIET, before=3, after=10, counted=False),
    _Style(TABLE_HEADER, size=10, bold=True, before=3, after=3, keep=True),
    _Style(TITLE, size=20, of_source=True, bold=True, after=2, outline=0, text=True, counted=False),
    _Style(TARGET_TITLE, size=20, bold=True, after=2, outline=0, text=True, counted=False),
    _Style(TRANSLATED_TITLE, size=15, colour=QUIET, after=4, text=True, counted=False),
    _Style(TERMS_HEADING[1], size=14, bold=True, before=16, after=4, keep=True, outline=0, counted=False),
    _Style(TERMS_HEADING[2], size=14, bold=True, before=16, after=4, keep=True, outline=1, counted=False),
    _Style(RUNNING_HEADING, size=12.5, bold=True, before=12, after=4, keep=True, outline=1, text=True),
    _Style(HEADER, size=9, colour=QUIET, after=10),
    _Style(FOOTER, size=8, colour=QUIET),
    _Style(COMMENT, size=10),
)


def of_version(style: str, version: int, language: str) -> str:
    """Name of the style for the n-th translation: the first has the plain ones, the others one with their language."""
    return f"{style} {language}" if version else style


def define(word: WordDocument, source: str, targets: Sequence[str], *, keep: bool = False) -> None:
    """Creates or sets the styles of a handout from language `source` into `targets`.

    With `keep`, styles that a template has stay as they are, but for their languages and the levels of headings.
    """
    for style in _STYLES:
        if not (keep and style.name in word.styles):
            _define(word, style)
        made = word.styles[style.name].element
        if style.outline is not None:
            set_outline(made, style.outline)
        _set_language(made, style, source if style.of_source else targets[0])
        for version, language in enumerate(targets):
            name = of_version(style.name, version, language)
            if not version or style.of_source or not style.text or name in word.styles:
                continue
            other = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            other.base_style = word.styles[style.name]
            _set_language(other.element, style, language)
    for name, colour, underline, size in (
        (TERM_STYLE, TERM, WD_UNDERLINE.DOTTED, None),
        (LINK_STYLE, LINK, WD_UNDERLINE.SINGLE, None),
        (NUMBER_STYLE, QUIET, None, 9),
        (COMMENT_MARK, QUIET, None, 8),
        (LINE_NUMBER, QUIET, None, 8),
    ):
        if keep and name in word.styles:
            continue
        style_ = (
            word.styles[name]
            if name in word.styles
            else word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=name in _BUILT_IN)
        )
        style_.font.underline, style_.font.color.rgb = underline, colour
        style_.font.size = Pt(size) if size else None
        style_.quick_style = name not in _BUILT_IN
    if TABLE not in word.styles:
        word.styles.element.append(table_style(TABLE, _TABLE_LINE))
    for key, relation in list(word.part.rels.items()):
        if relation.reltype.endswith(
            "/stylesWithEffects"
        ):  # Word 2010's copy of the styles, which would contradict ours
            word.part.rels.pop(key)
    defaults = word.styles.element.find(qn("w:docDefaults"))
    if defaults is not None and (properties := defaults.find(qn("w:rPrDefault"))) is not None:
        if not keep:
            set_font(properties, FONT)  # numbers of lines stand in no style of ours
        set_style_language(properties, bcp47(targets[0]))


def _set_language(made: Element, style: _Style, language: str) -> None:
    if style.text and language in RIGHT_TO_LEFT:  # labels are English where we have no others
        set_right_to_left(made)
    set_style_language(made, bcp47(language))


def remove_other_tables(word: WordDocument) -> None:
    """Removes the table styles that python-docx's own template has beside ours.

    They are nine tenths of its styles, which are read and written with every handout; Word has them built in anyway.
    """
    root = word.styles.element
    for style in root.findall(qn("w:style")):
        name = style.find(qn("w:name"))
        if style.get(qn("w:type")) == "table" and name is not None and name.get(qn("w:val")) not in _TABLES:
            root.remove(style)


def other_ids(word: WordDocument) -> dict[str, str]:
    """The ids of styles where they are others than content says: in a German template the id of Title is Titel."""
    ids = {}
    for style in word.styles.element.iterfind(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            ids[style_id(BabelFish.internal2ui(name.get(qn("w:val"), "")))] = style.get(qn("w:styleId"), "")
    ids |= {ours: ids[style_id(name)] for ours, name in _COMMENT_IDS.items() if ours not in ids.values()}
    known = set(ids.values())
    return {ours: theirs for ours, theirs in ids.items() if ours not in known}


def use_ids(root: Element, ids: Mapping[str, str]) -> None:
    """Makes a part refer to styles by the ids they have (see other_ids)."""
    for node in root.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle")):
        name = node.get(qn("w:val"), "")
        node.set(qn("w:val"), ids.get(name, name))


def _define(word: WordDocument, wanted: _Style) -> None:
    styles = word.styles
    style = styles[wanted.name] if wanted.name in styles else styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    if wanted.base:
        style.base_style = styles[wanted.base]
    for ornament in list(style.element.iter(qn("w:pBdr"), qn("w:spacing"), qn("w:kern"))):
        if ornament.getparent().tag == qn("w:rPr") or ornament.tag == qn("w:pBdr"):
            ornament.getparent().remove(ornament)  # the template's title has a line under it and spaced letters
    style.font.size, style.font.color.rgb = Pt(wanted.size), wanted.colour
    style.font.bold, style.font.italic = wanted.bold, False
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(wanted.before), Pt(wanted.after)
    form.line_spacing, form.widow_control = 1.08, True
    form.keep_with_next = wanted.keep
    form.left_indent, form.first_line_indent = Pt(wanted.indent), Pt(-wanted.hanging) if wanted.hanging else None
    if wanted.hanging:
        form.tab_stops.add_tab_stop(Pt(wanted.indent))
    form.alignment = WD_ALIGN_PARAGRAPH.RIGHT if wanted.right else None
    style.quick_style = True
    if not wanted.counted:
        skip_line_numbers(style.element)
    set_font(style.element, FONT)
    set_complex_scripts(style.element)
