"""The head of a Word handout: titles, and a line that says what the text is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translator.bilingual import BilingualDocument
from translator.export import docx_markup as markup
from translator.export import docx_styles as styles
from translator.export.docx_markup import Markup
from translator.export.docx_text import Writer, spaced
from translator.export.labels import labels
from translator.language.names import own_name


def title_block(
    translations: Sequence[BilingualDocument],
    writer: Writer,
    *,
    source: bool = True,
    target: bool = True,
    answers: bool = False,
) -> Iterator[Markup]:
    """Title in the languages wanted, and a line with date, author, file and languages; sheets of answers say so."""
    first = translations[0]
    document, signature = first.document, first.signature
    if first.title:
        if source:
            yield markup.paragraph(styles.TITLE, markup.run(document.title or ""), keep=True)
        for version, bilingual in enumerate(translations if target else ()):
            language = bilingual.signature.target
            content = spaced([writer.named(language, s, plain=True) for s in bilingual.title])
            style = styles.TRANSLATED_TITLE if source else styles.TARGET_TITLE
            yield markup.paragraph(styles.of_version(style, version, language), content, keep=True)
    names = [own_name(signature.source), *(own_name(t.signature.target) for t in translations)]
    parts = [
        labels(signature.target)["answers"] if answers else None,
        document.date,
        document.author,
        f"{labels(signature.target)['source']}: {document.name}",
        " – ".join(names),
    ]
    yield markup.paragraph(styles.META, markup.run(" · ".join(p for p in parts if p)))
