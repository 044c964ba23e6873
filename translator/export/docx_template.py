"""A Word file to make a template of: all styles of a handout, shown on a few lines that say what they are for."""

from __future__ import annotations

from pathlib import Path

import docx

from translator.atomic import replace_with
from translator.export import docx_markup as markup
from translator.export import docx_styles as styles
from translator.export.docx_markup import Markup
from translator.export.docx_page import column_widths, set_page, text_width
from translator.export.docx_xml import parsed
from translator.export.settings import ExportSettings
from translator.language.names import own_name

_SAMPLES = (
    (styles.TITLE, "Title: the title of the article"),
    (styles.TRANSLATED_TITLE, "Subtitle: its translation"),
    (styles.TARGET_TITLE, "Target Title: the translated title where it stands alone"),
    (styles.META, "Meta: date, file, languages"),
    (styles.SOURCE_HEADING, "Source Heading"),
    (styles.TARGET_HEADING, "Target Heading"),
    (styles.SOURCE_HEADING_ABOVE, "Source Heading Above: headings in the interleaved layout"),
    (styles.SOURCE_ABOVE, "Source Above: sentences of the article there"),
    (styles.SOURCE, "Source Text: sentences of the article"),
    (styles.TARGET, "Target Text: their translations"),
    (styles.TARGET_BELOW, "Target Below: translations below them"),
    (styles.TARGET_HEADING_BELOW, "Target Heading Below: translated headings there"),
    (styles.RUNNING_HEADING, "Running Heading: headings of the layout target"),
    (styles.RUNNING, "Running Text: text of the layout target"),
    (styles.NUMBER, "Segment Number: 1"),
    (styles.HEADING_NUMBER, "Heading Number: 2"),
    (styles.PLACES, "Term Places: 1, 2, 5"),
    (styles.TABLE_HEADER, "Table Header: heads of columns"),
    (styles.TERMS_HEADING[1], "Heading 1: the list of terms of a text without a title"),
    (styles.TERMS_HEADING[2], "Heading 2: the list of terms"),
)
_NOTE = (
    "Change the styles of this file (fonts, sizes, colours), its margins, and put your logo into the header. "
    "Its text is left out when it is used as a template."
)


def write_template(path: Path, source: str, target: str) -> None:
    """Writes the template.

    Raises:
        OutputError: the file cannot be written.
    """
    word = docx.Document()
    styles.define(word, source, [target])
    set_page(word, ExportSettings())
    for node in parsed(_content(text_width(word), source, target)):
        word.element.body.sectPr.addprevious(node)
    replace_with(path, word.save)


def _content(width: int, source: str, target: str) -> Markup:
    """A note, a paragraph in each style, and a table, `width` twips wide."""
    marks = markup.run("glossary terms", styles.TERM_STYLE), markup.run(" "), markup.run("links", styles.LINK_STYLE)
    heads = ("#", own_name(source), own_name(target))
    widths = [560, *column_widths(width - 560, (1, 1))]
    row = markup.row(
        *(
            markup.cell(w, markup.paragraph(styles.TABLE_HEADER, markup.run(h)), fill=styles.HEADER_FILL)
            for w, h in zip(widths, heads, strict=True)
        ),
        header=True,
    )
    return markup.joined(
        [
            markup.paragraph(styles.RUNNING, markup.run(_NOTE)),
            *(markup.paragraph(style, markup.run(text)) for style, text in _SAMPLES),
            markup.paragraph(styles.TARGET, markup.run("Term, Hyperlink: "), *marks),
            markup.table(styles.TABLE, widths, [row], caption="Handout Table", description="Sample of the table style"),
        ]
    )
