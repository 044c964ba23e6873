"""The styles of a handout: real Word styles, so that changing one changes the page and a template can replace them."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_UNDERLINE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from translator.export.docx_xml import set_font, set_style_language, table_style
from translator.language.names import bcp47

FONT = "Calibri"
INK, QUIET, TERM = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x55, 0x55, 0x55), RGBColor(0x1F, 0x3F, 0x7A)
"""All darker than 7:1 on white (WCAG AAA)."""

SOURCE, TARGET = "Source Text", "Target Text"
SOURCE_HEADING, TARGET_HEADING = "Source Heading", "Target Heading"
NUMBER, META, TABLE_HEADER = "Segment Number", "Meta", "Table Header"
TITLE, TRANSLATED_TITLE = "Title", "Subtitle"
TERM_STYLE = "Term"
TABLE, _TABLE_LINE = "Handout Table", "D0D0D0"


def define(word: WordDocument, source: str, target: str) -> None:
    """Creates or sets the styles of a handout from language `source` into `target`."""
    german, english = bcp47(source), bcp47(target)
    normal = _paragraph_style(word, "Normal", None, 11, INK, english)
    normal.paragraph_format.widow_control = True
    for name, language in ((SOURCE, german), (TARGET, english)):
        style = _paragraph_style(word, name, "Normal", 11, INK, language)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.line_spacing = 1.08
    for name, base, language in ((SOURCE_HEADING, SOURCE, german), (TARGET_HEADING, TARGET, english)):
        style = _paragraph_style(word, name, base, 11.5, INK, language)
        style.font.bold = True
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(5)
    number = _paragraph_style(word, NUMBER, "Normal", 9, QUIET, english)
    number.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    number.paragraph_format.space_before = Pt(4)
    meta = _paragraph_style(word, META, "Normal", 9.5, QUIET, english)
    meta.paragraph_format.space_after = Pt(10)
    header = _paragraph_style(word, TABLE_HEADER, "Normal", 10, INK, english)
    header.font.bold = True
    header.paragraph_format.keep_with_next = True
    header.paragraph_format.space_before = header.paragraph_format.space_after = Pt(3)
    title = _paragraph_style(word, TITLE, "Normal", 20, INK, german)
    title.font.bold = True
    title.paragraph_format.space_after = Pt(2)
    translated = _paragraph_style(word, TRANSLATED_TITLE, "Normal", 15, QUIET, english)
    translated.font.bold = translated.font.italic = False
    translated.paragraph_format.space_after = Pt(4)
    heading = _paragraph_style(word, "Heading 1", "Normal", 14, INK, english)
    heading.font.bold = True
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(16), Pt(4)
    footer = _paragraph_style(word, "Footer", "Normal", 8, QUIET, english)
    footer.paragraph_format.space_before = Pt(0)
    _term_style(word)
    if TABLE not in word.styles:
        word.styles.element.append(table_style(TABLE, _TABLE_LINE))
    defaults = word.styles.element.find(qn("w:docDefaults"))
    if defaults is not None and (properties := defaults.find(qn("w:rPrDefault"))) is not None:
        set_style_language(properties, english)


def _paragraph_style(
    word: WordDocument, name: str, base: str | None, size: float, colour: RGBColor, language: str
) -> ParagraphStyle:
    styles = word.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    if base:
        style.base_style = styles[base]
    for ornament in list(style.element.iter(qn("w:pBdr"), qn("w:spacing"), qn("w:kern"))):
        if ornament.getparent().tag == qn("w:rPr") or ornament.tag == qn("w:pBdr"):
            ornament.getparent().remove(ornament)  # the template's title has a line under it and spaced letters
    style.font.size, style.font.color.rgb = Pt(size), colour
    style.quick_style = True
    set_font(style.element, FONT)
    set_style_language(style.element, language)
    return style


def _term_style(word: WordDocument) -> None:
    """Glossary terms: dotted line and bold, so that nothing is said by colour alone."""
    styles = word.styles
    style = styles[TERM_STYLE] if TERM_STYLE in styles else styles.add_style(TERM_STYLE, WD_STYLE_TYPE.CHARACTER)
    style.font.underline = WD_UNDERLINE.DOTTED
    style.font.color.rgb = TERM
    style.quick_style = True
