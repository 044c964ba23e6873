"""The Word handout in its four layouts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as R

from translator.atomic import replace_with
from translator.bilingual import BilingualDocument
from translator.errors import UsageError
from translator.export import docx_styles as styles
from translator.export import docx_xml as xml
from translator.export.docx_page import new_document, text_width, title_block
from translator.export.docx_running import interleaved, target_only
from translator.export.docx_table import side_by_side
from translator.export.docx_terms import section_heading, terms
from translator.export.docx_text import Writer
from translator.export.files import answers_path
from translator.export.labels import labels
from translator.export.provenance import attach
from translator.export.settings import ExportSettings, Layout


def write(translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings) -> tuple[Path, ...]:
    """Writes the handout; a worksheet and its answer sheet are two files.

    Raises:
        OutputError: a file cannot be written, or the template cannot be used.
        UsageError: a layout that has room for one language was asked for with several.
    """
    if settings.layout is Layout.WORKSHEET:
        answers = answers_path(path)
        _save(build(translations, settings), path)
        _save(build(translations, settings, answers=True), answers)
        return path, answers
    _save(build(translations, settings), path)
    return (path,)


def _save(word: WordDocument, path: Path) -> None:
    replace_with(path, word.save)


def build(
    translations: Sequence[BilingualDocument], settings: ExportSettings, *, answers: bool = False
) -> WordDocument:
    """The handout as a python-docx document; with `answers` the sheet that belongs to a worksheet.

    Raises:
        OutputError: the template cannot be used.
        UsageError: several languages in the layout `target`.
    """
    if settings.layout is Layout.TARGET and len(translations) > 1:
        raise UsageError("the layout target shows one language; leave --columns away or take another layout")
    word = new_document(translations, settings)
    writer = Writer(word)
    end = word.element.body.sectPr

    def add(*nodes: xml.Element) -> None:
        for node in nodes:
            end.addprevious(node)

    if answers:
        _table(word, translations, settings, writer, add, answers=True)
    else:
        _LAYOUTS[settings.layout](word, translations, settings, writer, add)
    writer.comment()
    parts = [r.target_part.element for r in word.part.rels.values() if r.reltype in (R.HEADER, R.FOOTER, R.COMMENTS)]
    xml.number_controls(word.element.body, parts)
    styles.use_ids(word, word.element.body, *parts)
    signature = "+".join(t.fingerprint for t in translations)
    source = translations[0].signature.source
    attach(word.part.package, f"{signature}:{settings.signature}", source, word.element.body)
    return word


Add = Callable[..., None]


def _table(
    word: WordDocument,
    translations: Sequence[BilingualDocument],
    settings: ExportSettings,
    writer: Writer,
    add: Add,
    *,
    answers: bool = False,
) -> None:
    add(*title_block(translations, writer, answers=answers))
    add(side_by_side(word, translations, writer, settings.align))
    add(*terms(translations, text_width(word)))


def _worksheet(
    word: WordDocument, translations: Sequence[BilingualDocument], settings: ExportSettings, writer: Writer, add: Add
) -> None:
    """The vocabulary comes first: it is what learners work with."""
    add(*title_block(translations, writer, target=False))
    vocabulary = list(terms(translations, text_width(word), marks=False))
    add(*vocabulary)
    if vocabulary:  # two tables that touch are one to Word
        add(section_heading(translations[0], labels(translations[0].signature.target)["text"]))
    add(side_by_side(word, translations, writer, settings.align, empty=True))


def _interleaved(
    word: WordDocument, translations: Sequence[BilingualDocument], settings: ExportSettings, writer: Writer, add: Add
) -> None:
    add(*title_block(translations, writer))
    add(*interleaved(translations, writer, settings.align))
    add(*terms(translations, text_width(word)))


def _target(
    word: WordDocument, translations: Sequence[BilingualDocument], settings: ExportSettings, writer: Writer, add: Add
) -> None:
    add(*title_block(translations, writer, source=False))
    add(*target_only(translations[0], writer))
    xml.number_lines(word.sections[-1]._sectPr, 5)
    add(*terms(translations, text_width(word), numbers=False))


_LAYOUTS = {
    Layout.TABLE: _table,
    Layout.WORKSHEET: _worksheet,
    Layout.INTERLEAVED: _interleaved,
    Layout.TARGET: _target,
}
