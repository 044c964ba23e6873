"""The layouts without a table: source and translation one below the other, and the translation alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translator.bilingual import BilingualDocument
from translator.documents import Kind
from translator.export import docx_markup as markup
from translator.export import docx_styles as styles
from translator.export.docx_markup import Markup
from translator.export.docx_table import number_label
from translator.export.docx_text import Writer, spaced
from translator.export.outline import heading_levels
from translator.export.settings import Align


def interleaved(translations: Sequence[BilingualDocument], writer: Writer, align: Align) -> Iterator[Markup]:
    """Each sentence (or paragraph) followed by its translations; the number stands in front of the source."""
    levels = heading_levels(translations[0].document.paragraphs, titled=bool(translations[0].title))
    for level, *paragraphs in zip(levels, *(t.paragraphs for t in translations), strict=True):
        paragraph, versions = paragraphs[0][0], [segments for _, segments in paragraphs]
        if paragraph.kind is Kind.TITLE or not versions[0]:
            continue
        heading = paragraph.kind is Kind.HEADING
        left = styles.SOURCE_HEADING_ABOVE if heading else styles.SOURCE_ABOVE
        right = styles.TARGET_HEADING_BELOW if heading else styles.TARGET_BELOW
        groups = (
            [versions] if align is Align.PARAGRAPH else [[(s,) for s in row] for row in zip(*versions, strict=True)]
        )
        for index, group in enumerate(groups):
            bullet = writer.bullet(paragraph, first=index == 0)
            label = writer.label(paragraph, first=index == 0)
            number = markup.run(number_label(group[0]), styles.NUMBER_STYLE)
            source = spaced([writer.source(s) for s in group[0]])
            yield markup.paragraph(left, number, markup.tab(), label, source, bullet=bullet, keep=True, level=level)
            for version, segments in enumerate(group):
                language = translations[version].signature.target
                content = spaced([writer.named(language, s) for s in segments])
                last = version + 1 == len(group) and not heading
                yield markup.paragraph(styles.of_version(right, version, language), label, content, keep=not last)


def target_only(bilingual: BilingualDocument, writer: Writer) -> Iterator[Markup]:
    """The translation as running text with real headings and lists."""
    levels = heading_levels(bilingual.document.paragraphs, titled=bool(bilingual.title))
    for level, (paragraph, segments) in zip(levels, bilingual.paragraphs, strict=True):
        if paragraph.kind is Kind.TITLE or not segments:
            continue
        label = writer.label(paragraph, first=True)
        content = spaced([writer.named(bilingual.signature.target, s) for s in segments])
        style = styles.RUNNING_HEADING if level else styles.RUNNING
        yield markup.paragraph(style, label, content, bullet=writer.bullet(paragraph, first=True), level=level)
