"""The vocabulary list behind a handout's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translator.bilingual import BilingualDocument
from translator.export import docx_styles as styles
from translator.export import docx_xml as xml
from translator.export.docx_page import column_widths
from translator.export.labels import labels
from translator.export.outline import first_level
from translator.export.vocabulary import VocabularyLine, places, vocabulary
from translator.language.names import own_name

_SHARES = (0.3, 0.3, 0.27, 0.13)
"""Of the width between the margins: term, translation, note, sentence numbers."""


def terms(translations: Sequence[BilingualDocument], width: int, *, marks: bool = True) -> Iterator[xml.Element]:
    """A table of terms for each target language, `width` twips wide; nothing where no term occurs.

    `marks` adds * and ! to the numbers of sentences where a term was put in place or is missing.
    """
    for version, bilingual in enumerate(translations):
        lines = vocabulary(bilingual)
        if lines:
            target = styles.of_version(styles.TARGET, version, bilingual.signature.target)
            yield from _table(lines, bilingual, width, target, marks=marks, named=len(translations) > 1)


def _table(
    lines: Sequence[VocabularyLine],
    bilingual: BilingualDocument,
    width: int,
    target: str,
    *,
    marks: bool,
    named: bool,
) -> Iterator[xml.Element]:
    words = labels(bilingual.signature.target)
    heading = f"{words['terms']}: {own_name(bilingual.signature.target)}" if named else words["terms"]
    yield xml.paragraph(styles.TERMS_HEADING[first_level(titled=bool(bilingual.title))], xml.run(heading))
    widths = column_widths(width, _SHARES)
    head = (words["term"], words["translation"], words["note"], words["where"])
    cells = [
        xml.cell(w, xml.paragraph(styles.TABLE_HEADER, xml.run(h)), fill=styles.HEADER_FILL)
        for w, h in zip(widths, head, strict=True)
    ]
    rows = [xml.row(*cells, header=True)]
    for line in lines:
        texts = (
            (styles.SOURCE, line.source),
            (target, line.target),
            (target, line.note),
            (styles.PLACES, places(line, words, marks=marks)),
        )
        rows.append(
            xml.row(
                *(
                    xml.cell(
                        w, xml.paragraph(style, xml.run(text)), top=styles.SENTENCE_RULE, bottom=styles.SENTENCE_RULE
                    )
                    for w, (style, text) in zip(widths, texts, strict=True)
                )
            )
        )
    yield xml.table(styles.TABLE, widths, rows, caption=heading, description=words["vocabulary"])
    legend = [words["repaired"]] if marks and any(line.repaired for line in lines) else []
    legend += [words["missed"]] if marks and any(line.missed for line in lines) else []
    yield xml.paragraph(styles.META, xml.run(" · ".join(legend)))
