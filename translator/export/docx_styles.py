"""The styles of a handout: real Word styles, so that changing one changes the page and a template can replace them."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_UNDERLINE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from translator.export.docx_xml import set_font, set_outline, set_style_language, table_style
from translator.language.names import bcp47

FONT = "Calibri"
INK, QUIET, TERM = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x55, 0x55, 0x55), RGBColor(0x1F, 0x3F, 0x7A)
"""All darker than 7:1 on white (WCAG AAA)."""

SOURCE, TARGET = "Source Text", "Target Text"
SOURCE_HEADING, TARGET_HEADING = "Source Heading", "Target Heading"
TARGET_BELOW = "Target Below"
RUNNING, RUNNING_HEADING = "Running Text", "Running Heading"
NUMBER, NUMBER_STYLE = "Segment Number", "Number in Text"
META, TABLE_HEADER, FOOTER = "Meta", "Table Header", "Footer"
TITLE, TRANSLATED_TITLE, TARGET_TITLE = "Title", "Subtitle", "Target Title"
TERMS_HEADING = "Heading 2"
TERM_STYLE = "Term"
TABLE, _TABLE_LINE = "Handout Table", "D0D0D0"

HEADER_FILL, HEADING_FILL = "E7EBF3", "F5F5F5"
PARAGRAPH_RULE, SENTENCE_RULE = ("single", 8, "7F7F7F"), ("dotted", 4, "BFBFBF")


@dataclass(frozen=True)
class _Style:
    """A paragraph style: what it is based on, size in points, colour, side of the language, and its spacing in points."""

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
    outline: int | None = None


_STYLES = (
    _Style("Normal", None),
    _Style(SOURCE, of_source=True, before=2, after=2),
    _Style(TARGET, before=2, after=2),
    _Style(SOURCE_HEADING, SOURCE, 11.5, of_source=True, bold=True, before=5, after=2, keep=True, outline=1),
    _Style(TARGET_HEADING, TARGET, 11.5, bold=True, before=5, after=2, keep=True),
    _Style(TARGET_BELOW, TARGET, before=0, after=8, indent=18),
    _Style(RUNNING, before=0, after=7),
    _Style(NUMBER, size=9, colour=QUIET, before=4, right=True),
    _Style(META, size=9.5, colour=QUIET, after=10),
    _Style(TABLE_HEADER, size=10, bold=True, before=3, after=3, keep=True),
    _Style(TITLE, size=20, of_source=True, bold=True, after=2, outline=0),
    _Style(TARGET_TITLE, size=20, bold=True, after=2, outline=0),
    _Style(TRANSLATED_TITLE, size=15, colour=QUIET, after=4),
    _Style(TERMS_HEADING, size=14, bold=True, before=16, after=4, keep=True),
    _Style(RUNNING_HEADING, TERMS_HEADING, 12.5, bold=True, before=12, after=4, keep=True, outline=1),
    _Style(FOOTER, size=8, colour=QUIET),
)


def define(word: WordDocument, source: str, target: str, *, keep: bool = False) -> None:
    """Creates or sets the styles of a handout from language `source` into `target`.

    With `keep`, styles that a template has stay as they are, but for their languages.
    """
    languages = {True: bcp47(source), False: bcp47(target)}
    for style in _STYLES:
        if keep and style.name in word.styles:
            set_style_language(word.styles[style.name].element, languages[style.of_source])
        else:
            _define(word, style, languages[style.of_source])
    for name, colour, underline, size in (
        (TERM_STYLE, TERM, WD_UNDERLINE.DOTTED, None),
        (NUMBER_STYLE, QUIET, None, 9),
    ):
        if keep and name in word.styles:
            continue
        style_ = word.styles[name] if name in word.styles else word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style_.font.underline, style_.font.color.rgb = underline, colour
        style_.font.size = Pt(size) if size else None
        style_.quick_style = True
    if TABLE not in word.styles:
        word.styles.element.append(table_style(TABLE, _TABLE_LINE))
    defaults = word.styles.element.find(qn("w:docDefaults"))
    if defaults is not None and (properties := defaults.find(qn("w:rPrDefault"))) is not None:
        set_style_language(properties, languages[False])


def _define(word: WordDocument, wanted: _Style, language: str) -> None:
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
    form.left_indent = Pt(wanted.indent)
    form.alignment = WD_ALIGN_PARAGRAPH.RIGHT if wanted.right else None
    style.quick_style = True
    if wanted.outline is not None:
        set_outline(style.element, wanted.outline)
    set_font(style.element, FONT)
    set_style_language(style.element, language)
