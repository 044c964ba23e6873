"""The Word handout in its four layouts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from docx.opc.constants import RELATIONSHIP_TYPE

from translator.atomic import replace_with
from translator.bilingual import BilingualDocument, Signature
from translator.errors import UsageError
from translator.export import docx_markup as markup
from translator.export.docx_base import base_of
from translator.export.docx_markup import Markup
from translator.export.docx_properties import filled
from translator.export.docx_running import interleaved, target_only
from translator.export.docx_table import side_by_side
from translator.export.docx_terms import section_heading, terms
from translator.export.docx_text import Writer
from translator.export.docx_title import title_block
from translator.export.files import answers_path
from translator.export.labels import labels
from translator.export.provenance import properties
from translator.export.settings import ExportSettings, Layout


def write(translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings) -> tuple[Path, ...]:
    """Writes the handout; a worksheet and its answer sheet are two files.

    Raises:
        OutputError: a file cannot be written, or the template cannot be used.
        UsageError: a layout that has room for one language was asked for with several.
    """
    replace_with(path, partial(_save, translations, settings))
    if settings.layout is not Layout.WORKSHEET:
        return (path,)
    answers = answers_path(path)
    replace_with(answers, partial(_save, translations, settings, answers=True))
    return path, answers


def prepare(signatures: tuple[Signature, ...], settings: ExportSettings) -> None:
    """Makes what all handouts with these signatures and settings have in common.

    Raises:
        OutputError: the template cannot be used.
    """
    base_of(signatures, settings)


def _save(
    translations: Sequence[BilingualDocument], settings: ExportSettings, stream: BinaryIO, *, answers: bool = False
) -> None:
    stream.write(build(translations, settings, answers=answers))


def build(translations: Sequence[BilingualDocument], settings: ExportSettings, *, answers: bool = False) -> bytes:
    """The handout as the content of a Word file; with `answers` the sheet that belongs to a worksheet.

    Raises:
        OutputError: the template cannot be used.
        UsageError: several languages in the layout `target`.
    """
    if settings.layout is Layout.TARGET and len(translations) > 1:
        raise UsageError("the layout target shows one language; leave --columns away or take another layout")
    base = base_of(tuple(t.signature for t in translations), settings)
    writer = Writer(base)
    content = _table if answers else _LAYOUTS[settings.layout]
    body = markup.joined(content(translations, settings, base.width, writer, answers))
    if settings.template is not None:  # python-docx's own has the ids that we write
        body = markup.use_ids(body, base.ids)
    body = markup.number_controls(body, base.taken)
    comments = writer.comments.part
    if comments is not None:
        writer.relations.add(RELATIONSHIP_TYPE.COMMENTS, base.comments_target)
    made_from = f"{'+'.join(t.fingerprint for t in translations)}:{settings.signature}"
    source, text = translations[0].signature.source, markup.plain_text(body)
    return base.package.packed(
        b"".join((base.head, body.encode(), base.tail)),
        writer.relations.part,
        filled(base.properties, translations[0]),
        properties(made_from, source, text, base.custom),
        comments,
    )


def _table(
    translations: Sequence[BilingualDocument], settings: ExportSettings, width: int, writer: Writer, answers: bool
) -> Iterator[Markup]:
    yield from title_block(translations, writer, answers=answers)
    yield side_by_side(translations, width, writer, settings.align)
    yield from terms(translations, width)


def _worksheet(
    translations: Sequence[BilingualDocument], settings: ExportSettings, width: int, writer: Writer, _: bool
) -> Iterator[Markup]:
    """The vocabulary comes first: it is what learners work with."""
    yield from title_block(translations, writer, target=False)
    vocabulary = list(terms(translations, width, marks=False))
    yield from vocabulary
    if vocabulary:  # two tables that touch are one to Word
        yield section_heading(translations[0], labels(translations[0].signature.target)["text"])
    yield side_by_side(translations, width, writer, settings.align, empty=True)


def _interleaved(
    translations: Sequence[BilingualDocument], settings: ExportSettings, width: int, writer: Writer, _: bool
) -> Iterator[Markup]:
    yield from title_block(translations, writer)
    yield from interleaved(translations, writer, settings.align)
    yield from terms(translations, width)


def _target(
    translations: Sequence[BilingualDocument], settings: ExportSettings, width: int, writer: Writer, _: bool
) -> Iterator[Markup]:
    yield from title_block(translations, writer, source=False)
    yield from target_only(translations[0], writer)
    yield from terms(translations, width, numbers=False)


_Content = Callable[[Sequence[BilingualDocument], ExportSettings, int, Writer, bool], Iterator[Markup]]
_LAYOUTS: dict[Layout, _Content] = {
    Layout.TABLE: _table,
    Layout.WORKSHEET: _worksheet,
    Layout.INTERLEAVED: _interleaved,
    Layout.TARGET: _target,
}
