"""The side-by-side layouts: a row a sentence or paragraph, one column a language; for worksheets with empty cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.document import Document as WordDocument

from translator.bilingual import BilingualDocument, TranslatedSegment
from translator.documents import Kind, Paragraph
from translator.export import docx_styles as styles
from translator.export import docx_xml as xml
from translator.export.docx_page import text_width
from translator.export.docx_text import Writer
from translator.export.labels import labels
from translator.export.settings import Align
from translator.export.tags import tag
from translator.language.names import own_name

_NUMBER = 560
"""Twips of the column of numbers."""
_CHARACTER, _LINE = 105, 420
"""Twips of a handwritten character and of a line to write on."""


def side_by_side(
    word: WordDocument, translations: Sequence[BilingualDocument], writer: Writer, align: Align, *, empty: bool = False
) -> xml.Element:
    """The table; with `empty` the target cells are left to be written in, high enough for the translation."""
    first = translations[0]
    width = text_width(word) - _NUMBER
    widths = [_NUMBER, *[width // (len(translations) + 1)] * (len(translations) + 1)]
    heads = ["#", own_name(first.signature.source), *(own_name(t.signature.target) for t in translations)]
    header = xml.row(
        *(
            xml.cell(w, xml.paragraph(styles.TABLE_HEADER, xml.run(h)), fill=styles.HEADER_FILL)
            for w, h in zip(widths, heads, strict=True)
        ),
        header=True,
    )
    words = labels(first.signature.target)
    caption = words["bilingual"].format(source=heads[1], target=", ".join(heads[2:]))
    description = first.translated_title or first.document.name
    rows = [header, *_rows(translations, writer, widths, align, empty=empty)]
    return xml.table(styles.TABLE, widths, rows, caption=caption, description=description)


def _rows(
    translations: Sequence[BilingualDocument], writer: Writer, widths: Sequence[int], align: Align, *, empty: bool
) -> Iterator[xml.Element]:
    languages = [t.signature.target for t in translations]
    for paragraphs in zip(*(t.paragraphs for t in translations), strict=True):
        paragraph = paragraphs[0][0]
        if paragraph.kind is Kind.TITLE:
            continue
        versions = [segments for _, segments in paragraphs]
        if align is Align.PARAGRAPH:
            yield _row(paragraph, versions, languages, writer, widths, first=True, empty=empty)
        else:
            for index, sentence in enumerate(zip(*versions, strict=True)):
                yield _row(
                    paragraph, [(s,) for s in sentence], languages, writer, widths, first=index == 0, empty=empty
                )


def _row(
    paragraph: Paragraph,
    versions: Sequence[Sequence[TranslatedSegment]],
    languages: Sequence[str],
    writer: Writer,
    widths: Sequence[int],
    *,
    first: bool,
    empty: bool,
) -> xml.Element:
    """A row; a stronger rule above the first one of a paragraph makes paragraphs visible."""
    heading = paragraph.kind is Kind.HEADING
    left, right = (styles.SOURCE_HEADING, styles.TARGET_HEADING) if heading else (styles.SOURCE, styles.TARGET)
    bullet = writer.bullet(paragraph.kind, first=first)
    top = styles.PARAGRAPH_RULE if first else styles.SENTENCE_RULE
    fill = styles.HEADING_FILL if heading else None
    whole = len(versions[0]) > 1
    numbers = [str(s.segment.number) for s in versions[0]]
    # The id travels with the number, or, where a cell holds several sentences, with each translated sentence.
    sentences = [(language, segments[0]) for language, segments in zip(languages, versions, strict=True)]
    number = xml.run(f"{numbers[0]}–{numbers[-1]}") if whole else xml.tagged(tag(sentences), xml.run(numbers[0]))
    source = spaced([writer.source(s) for s in versions[0]])
    cells = [
        xml.cell(widths[0], xml.paragraph(styles.NUMBER, number), top=top, fill=fill),
        xml.cell(widths[1], xml.paragraph(left, *source, bullet=bullet), top=top, fill=fill),
    ]
    for width, language, segments in zip(widths[2:], languages, versions, strict=True):
        if empty:
            block = xml.paragraph(right)
        else:
            contents = [writer.target(s) for s in segments]
            if whole:
                contents = [[xml.tagged(tag([(language, s)]), *c)] for s, c in zip(segments, contents, strict=True)]
            block = xml.paragraph(right, *spaced(contents), bullet=bullet)
        cells.append(xml.cell(width, block, top=top, fill=fill))
    height = None
    if empty:
        height = max(_height(segments, width) for width, segments in zip(widths[2:], versions, strict=True))
    return xml.row(*cells, height=height)


def _height(segments: Sequence[TranslatedSegment], width: int) -> int:
    """Twips that a handwritten translation needs in a cell."""
    characters = sum(len(s.target) + 1 for s in segments)
    return (1 + characters * _CHARACTER // width) * _LINE


def spaced(contents: Sequence[list[xml.Element]]) -> list[xml.Element]:
    """Sentences one after the other with a blank between them."""
    return [node for index, content in enumerate(contents) for node in ([xml.run(" ")] if index else []) + content]
