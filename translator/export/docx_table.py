"""The side-by-side layouts: a row a sentence or paragraph, one column a language; for worksheets with empty cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translator.bilingual import BilingualDocument, TranslatedSegment
from translator.documents import Kind, Paragraph
from translator.export import docx_markup as markup
from translator.export import docx_styles as styles
from translator.export.docx_markup import Markup
from translator.export.docx_page import column_widths
from translator.export.docx_text import Writer, spaced
from translator.export.labels import labels
from translator.export.outline import heading_levels
from translator.export.settings import Align
from translator.export.tags import tag
from translator.language.names import own_name

_NUMBER, _DIGIT, _PADDING = 560, 92, 220
"""Twips of the column of numbers at least, of a digit in it, and around them."""
_CHARACTER, _LINE = 140, 450
"""Twips of a handwritten character (2.5 mm) and of a line to write on (8 mm)."""


def side_by_side(
    translations: Sequence[BilingualDocument], width: int, writer: Writer, align: Align, *, empty: bool = False
) -> Markup:
    """The table, `width` twips wide.

    With `empty` the target cells are left to be written in, high enough for the translation.
    """
    first = translations[0]
    number = _number_width(first, align)
    widths = [number, *column_widths(width - number, [1] * (len(translations) + 1))]
    heads = ["#", own_name(first.signature.source), *(own_name(t.signature.target) for t in translations)]
    header = markup.row(
        *(
            markup.cell(w, markup.paragraph(styles.TABLE_HEADER, markup.run(h)), fill=styles.HEADER_FILL)
            for w, h in zip(widths, heads, strict=True)
        ),
        header=True,
    )
    words = labels(first.signature.target)
    caption = words["bilingual"].format(source=heads[1], target=", ".join(heads[2:]))
    description = first.translated_title or first.document.name
    rows = [header, *_rows(translations, writer, widths, align, empty=empty)]
    return markup.table(styles.TABLE, widths, rows, caption=caption, description=description)


def _number_width(bilingual: BilingualDocument, align: Align) -> int:
    """Twips of the column of numbers, in which `22–24` does not break."""
    rows = [s for p, s in bilingual.paragraphs if s and p.kind is not Kind.TITLE]
    if align is Align.SENTENCE:
        rows = [(sentence,) for row in rows for sentence in row]
    return max([_NUMBER, *(_PADDING + _DIGIT * len(number_label(row)) for row in rows)])


def number_label(segments: Sequence[TranslatedSegment]) -> str:
    """`7`, or `7–9` for several sentences."""
    first, last = segments[0].segment.number, segments[-1].segment.number
    return str(first) if first == last else f"{first}–{last}"


def _rows(
    translations: Sequence[BilingualDocument], writer: Writer, widths: Sequence[int], align: Align, *, empty: bool
) -> Iterator[Markup]:
    languages = [t.signature.target for t in translations]
    levels = heading_levels(translations[0].document.paragraphs, titled=bool(translations[0].title))
    for level, *paragraphs in zip(levels, *(t.paragraphs for t in translations), strict=True):
        paragraph, versions = paragraphs[0][0], [segments for _, segments in paragraphs]
        if paragraph.kind is Kind.TITLE or not versions[0]:
            continue
        rows = [versions] if align is Align.PARAGRAPH else [[(s,) for s in row] for row in zip(*versions, strict=True)]
        for index, row in enumerate(rows):
            yield _row(paragraph, row, languages, writer, widths, level=level, first=index == 0, empty=empty)


def _row(
    paragraph: Paragraph,
    versions: Sequence[Sequence[TranslatedSegment]],
    languages: Sequence[str],
    writer: Writer,
    widths: Sequence[int],
    *,
    level: int,
    first: bool,
    empty: bool,
) -> Markup:
    """A row; a stronger rule above the first one of a paragraph makes paragraphs visible."""
    heading = paragraph.kind is Kind.HEADING
    left, right = (styles.SOURCE_HEADING, styles.TARGET_HEADING) if heading else (styles.SOURCE, styles.TARGET)
    bullet = writer.bullet(paragraph, first=first)
    # The rule below shows where a page ends; elsewhere it is the next row's.
    top, bottom = styles.PARAGRAPH_RULE if first else styles.SENTENCE_RULE, styles.SENTENCE_RULE
    fill = styles.HEADING_FILL if heading else None
    whole = len(versions[0]) > 1
    # The id travels with the number, or, where a cell holds several sentences, with each translated sentence.
    sentences = [(language, segments[0]) for language, segments in zip(languages, versions, strict=True)]
    label = markup.run(number_label(versions[0]))
    number = label if whole else markup.tagged(tag(sentences), label)
    source = markup.joined([writer.label(paragraph, first=first), spaced([writer.source(s) for s in versions[0]])])
    blocks = [
        markup.paragraph(
            styles.HEADING_NUMBER if heading else styles.NUMBER, number, keep=heading
        ),  # a row stays with the next one if all in it does
        markup.paragraph(left, source, bullet=bullet, level=level),
    ]
    for version, (language, segments) in enumerate(zip(languages, versions, strict=True)):
        style = styles.of_version(right, version, language)
        if empty:
            blocks.append(markup.paragraph(style))
        else:
            contents = [writer.named(language, s) if whole else writer.target(s) for s in segments]
            mark = writer.label(paragraph, first=first)
            blocks.append(markup.paragraph(style, mark, spaced(contents), bullet=bullet))
    cells = [markup.cell(w, block, top=top, bottom=bottom, fill=fill) for w, block in zip(widths, blocks, strict=True)]
    height = None
    if empty:
        height = max(_height(segments, width) for width, segments in zip(widths[2:], versions, strict=True))
    return markup.row(*cells, height=height)


def _height(segments: Sequence[TranslatedSegment], width: int) -> int:
    """Twips that a handwritten translation needs in a cell."""
    characters = sum(len(s.target) + 1 for s in segments)
    return (1 + characters * _CHARACTER // (width - _PADDING)) * _LINE
