"""The layouts without a table: source and translation one below the other, and the translation alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translator.bilingual import BilingualDocument
from translator.documents import Kind
from translator.export import docx_styles as styles
from translator.export import docx_xml as xml
from translator.export.docx_table import spaced
from translator.export.docx_text import Writer
from translator.export.settings import Align
from translator.export.tags import tag


def interleaved(translations: Sequence[BilingualDocument], writer: Writer, align: Align) -> Iterator[xml.Element]:
    """Each sentence (or paragraph) followed by its translations; the number stands in front of the source."""
    for paragraphs in zip(*(t.paragraphs for t in translations), strict=True):
        paragraph = paragraphs[0][0]
        if paragraph.kind is Kind.TITLE:
            continue
        heading = paragraph.kind is Kind.HEADING
        left, right = (styles.SOURCE_HEADING, styles.TARGET_HEADING) if heading else (styles.SOURCE, styles.TARGET)
        versions = [segments for _, segments in paragraphs]
        groups = (
            [versions] if align is Align.PARAGRAPH else [[(s,) for s in row] for row in zip(*versions, strict=True)]
        )
        for index, group in enumerate(groups):
            numbers = [s.segment.number for s in group[0]]
            label = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
            bullet = writer.bullet(paragraph.kind, first=index == 0)
            source = spaced([writer.source(s) for s in group[0]])
            number = [xml.run(label, styles.NUMBER_STYLE), xml.run(" ")]
            yield xml.paragraph(left, *number, *source, bullet=bullet, keep=True)
            for version, segments in enumerate(group):
                language = translations[version].signature.target
                contents = [[xml.tagged(tag([(language, s)]), *writer.target(s))] for s in segments]
                last = version + 1 == len(group) and not heading
                yield xml.paragraph(right if heading else styles.TARGET_BELOW, *spaced(contents), keep=not last)


def target_only(bilingual: BilingualDocument, writer: Writer) -> Iterator[xml.Element]:
    """The translation as running text with real headings and lists."""
    for paragraph, segments in bilingual.paragraphs:
        if paragraph.kind is Kind.TITLE or not segments:
            continue
        contents = [[xml.tagged(tag([(bilingual.signature.target, s)]), *writer.target(s))] for s in segments]
        style = styles.RUNNING_HEADING if paragraph.kind is Kind.HEADING else styles.RUNNING
        yield xml.paragraph(style, *spaced(contents), bullet=writer.bullet(paragraph.kind, first=True))
