"""The page of a Word handout: paper, margins, footer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Emu, Mm

from translator.export import docx_markup as markup
from translator.export import docx_styles as styles
from translator.export import docx_xml as xml
from translator.export.settings import ExportSettings, Orientation, Paper

_PAPER = {Paper.A4: (Mm(210), Mm(297)), Paper.LETTER: (Mm(215.9), Mm(279.4))}
_MARGIN = Mm(18)
_FOOTER, _FOOTER_LINE = Mm(8), Mm(4)
"""Distance of the footer from the edge, and what every signature below the first takes of the margin."""
_LEAST_DISTANCE = Mm(4)
"""Nearer to the edge no printer prints."""
_WORD = 15
"""Layout of Word 2013 and all later ones."""
_EMU_PER_TWIP = 635


def set_page(word: WordDocument, settings: ExportSettings) -> None:
    """Paper and, without a template, margins and the version of Word."""
    section = word.sections[-1]
    if settings.template is None:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
        section.footer_distance = _FOOTER
        xml.set_compatibility(word.settings.element, _WORD)
    width, height = section.page_width or Mm(210), section.page_height or Mm(297)
    landscape = settings.template is not None and width > height
    if settings.template is None or settings.paper is not None:
        width, height = _PAPER[settings.paper or Paper.A4]
    if settings.orientation is not None:
        landscape = settings.orientation is Orientation.LANDSCAPE
    short, long = sorted((width, height))
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT


def leave_room(word: WordDocument, signatures: int) -> None:
    """Makes the bottom margin as high as the footer with its signatures."""
    word.sections[-1].bottom_margin = _MARGIN + _FOOTER_LINE * (signatures - 1)


def column_widths(width: int, shares: Sequence[float]) -> list[int]:
    """Twips of columns that have these shares of a width and together exactly that width."""
    edges = [round(width * sum(shares[:count]) / sum(shares)) for count in range(len(shares) + 1)]
    return [right - left for left, right in pairwise(edges)]


def text_width(word: WordDocument) -> int:
    """Twips between the margins."""
    section = word.sections[-1]
    width = (section.page_width or Mm(210)) - (section.left_margin or Emu(0)) - (section.right_margin or Emu(0))
    return int(width) // _EMU_PER_TWIP


def set_footer(word: WordDocument, signatures: Sequence[str], words: dict[str, str]) -> None:
    """Page x of y and the signature; a template's own footer stays, with the signature below it."""
    section = word.sections[-1]
    footer = section.footer
    if (section.footer_distance or 0) < _LEAST_DISTANCE:  # LibreOffice saves 0 where there is no footer
        section.footer_distance = _FOOTER
    if footer.is_linked_to_previous or not xml.all_text(footer._element).strip():
        element = footer._element
        for old in list(element):
            element.remove(old)
        before, rest = words["page"].split("{page}")
        between, after = rest.split("{pages}")
        page, pages = markup.field("PAGE", "1"), markup.field("NUMPAGES", "1")
        runs = markup.run(before), page, markup.run(between), pages, markup.run(after)
        element.extend(xml.parsed(markup.paragraph(styles.FOOTER, *runs)))
    for signature in signatures:
        footer._element.extend(xml.parsed(markup.paragraph(styles.FOOTER, markup.run(signature))))
