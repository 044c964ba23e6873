"""The vocabulary list behind a handout's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translator.bilingual import BilingualDocument
from translator.export import docx_markup as markup
from translator.export import docx_styles as styles
from translator.export.docx_markup import Markup
from translator.export.docx_page import column_widths
from translator.export.labels import labels
from translator.export.outline import first_level
from translator.export.vocabulary import VocabularyLine, places, vocabulary
from translator.language.names import own_name

_SHARES = {"term": 0.30, "translation": 0.35, "note": 0.23, "where": 0.12}
"""Of the width between the margins; where a column is left out, the others share its width."""


def terms(
    translations: Sequence[BilingualDocument], width: int, *, marks: bool = True, numbers: bool = True
) -> Iterator[Markup]:
    """A table of terms for each target language, `width` twips wide; nothing where no term occurs.

    `marks` adds * and ! to the numbers of sentences where a term was put in place or is missing; without `numbers` there
    are none, for a text whose sentences have no numbers.
    """
    for version, bilingual in enumerate(translations):
        lines = vocabulary(bilingual)
        if lines:
            target = styles.of_version(styles.TARGET, version, bilingual.signature.target)
            columns = ["term", "translation"]
            columns += ["note"] if any(line.note for line in lines) else []
            columns += ["where"] if numbers else []
            yield from _table(
                lines, bilingual, width, target, columns, marks=marks and numbers, named=len(translations) > 1
            )


def section_heading(bilingual: BilingualDocument, text: str) -> Markup:
    """A heading of the handout's own, below the title where there is one."""
    return markup.paragraph(styles.TERMS_HEADING[first_level(titled=bool(bilingual.title))], markup.run(text))


def _table(
    lines: Sequence[VocabularyLine],
    bilingual: BilingualDocument,
    width: int,
    target: str,
    columns: Sequence[str],
    *,
    marks: bool,
    named: bool,
) -> Iterator[Markup]:
    words = labels(bilingual.signature.target)
    heading = f"{words['terms']}: {own_name(bilingual.signature.target)}" if named else words["terms"]
    yield section_heading(bilingual, heading)
    widths = column_widths(width, [_SHARES[column] for column in columns])
    cells = [
        markup.cell(w, markup.paragraph(styles.TABLE_HEADER, markup.run(words[column])), fill=styles.HEADER_FILL)
        for w, column in zip(widths, columns, strict=True)
    ]
    legend = [words["repaired"]] if marks and any(line.repaired for line in lines) else []
    legend += [words["missed"]] if marks and any(line.missed for line in lines) else []
    rows = [markup.row(*cells, header=True)]
    for number, line in enumerate(lines, start=1):
        texts = {
            "term": (styles.SOURCE, line.source),
            "translation": (target, line.target),
            "note": (target, line.note),
            "where": (styles.PLACES, places(line, words, marks=marks)),
        }
        # Neither the first nor the last row stands alone on a page, and the legend stands below the last.
        keep = number in (1, len(lines) - 1) or bool(legend and number == len(lines))
        contents = [
            markup.cell(
                w,
                markup.paragraph(texts[column][0], markup.run(texts[column][1]), keep=keep),
                top=styles.SENTENCE_RULE,
                bottom=styles.SENTENCE_RULE,
            )
            for w, column in zip(widths, columns, strict=True)
        ]
        rows.append(markup.row(*contents))
    yield markup.table(styles.TABLE, widths, rows, caption=heading, description=words["vocabulary"])
    if legend:
        yield markup.paragraph(styles.META, markup.run(" · ".join(legend)))
