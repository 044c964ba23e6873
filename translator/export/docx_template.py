"""A Word file to make a template of: all styles of a handout, shown on a few lines that say what they are for."""

from __future__ import annotations

from pathlib import Path

import docx

from translator.atomic import replace_with
from translator.export import docx_styles as styles
from translator.export import docx_xml as xml
from translator.export.docx_page import column_widths, set_page, text_width
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
    end = word.element.body.sectPr
    end.addprevious(xml.paragraph(styles.RUNNING, xml.run(_NOTE)))
    for style, text in _SAMPLES:
        end.addprevious(xml.paragraph(style, xml.run(text)))
    marks = xml.run("glossary terms", styles.TERM_STYLE), xml.run(" "), xml.run("links", styles.LINK_STYLE)
    end.addprevious(xml.paragraph(styles.TARGET, xml.run("Term, Hyperlink: "), *marks))
    heads = ("#", own_name(source), own_name(target))
    width = text_width(word)
    widths = [560, *column_widths(width - 560, (1, 1))]
    row = xml.row(
        *(
            xml.cell(w, xml.paragraph(styles.TABLE_HEADER, xml.run(h)), fill=styles.HEADER_FILL)
            for w, h in zip(widths, heads, strict=True)
        ),
        header=True,
    )
    end.addprevious(
        xml.table(styles.TABLE, widths, [row], caption="Handout Table", description="Sample of the table style")
    )
    replace_with(path, word.save)
