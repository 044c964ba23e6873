"""The page of a Word handout: paper, margins, footer, properties, title block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Emu, Mm

from translator.bilingual import BilingualDocument, Signature
from translator.documents.archive import check_archive
from translator.documents.characters import legal
from translator.errors import InputError, OutputError, library_reason
from translator.export import docx_styles as styles
from translator.export import docx_xml as xml
from translator.export.docx_text import Writer, spaced
from translator.export.labels import labels
from translator.export.settings import ExportSettings, Orientation, Paper
from translator.language.names import bcp47, english_name, own_name

_PAPER = {Paper.A4: (Mm(210), Mm(297)), Paper.LETTER: (Mm(215.9), Mm(279.4))}
_MARGIN = Mm(18)
_FOOTER, _FOOTER_LINE = Mm(8), Mm(4)
"""Distance of the footer from the edge, and what every signature below the first takes of the margin."""
_LEAST_DISTANCE = Mm(4)
"""Nearer to the edge no printer prints."""
_WORD = 15
"""Layout of Word 2013 and all later ones."""
_EMU_PER_TWIP = 635


def new_document(translations: Sequence[BilingualDocument], settings: ExportSettings) -> WordDocument:
    """An empty document with styles, page and footer, from the template if there is one.

    Raises:
        OutputError: the template cannot be used.
    """
    first = translations[0]
    stamp = None
    if settings.template is not None and settings.template.is_file():
        status = settings.template.stat()
        stamp = status.st_mtime_ns, status.st_size
    signatures = tuple(t.signature for t in translations)
    word = docx.Document(BytesIO(_empty(signatures, settings, stamp)))
    _properties(word, first)
    return word


@lru_cache(maxsize=4)
def _empty(signatures: tuple[Signature, ...], settings: ExportSettings, stamp: tuple[int, int] | None) -> bytes:
    """The document without anything of the article's; making its styles takes longer than all the rest of a handout.

    `stamp` is what tells a changed template from the one that was read before.
    """
    word = _from_template(settings.template) if settings.template else docx.Document()
    try:
        return _prepared(word, signatures, settings)
    except Exception as error:
        if settings.template is None:
            raise
        raise OutputError(f"template {settings.template}: damaged ({library_reason(error)})") from error


def _prepared(word: WordDocument, signatures: tuple[Signature, ...], settings: ExportSettings) -> bytes:
    """The document with our styles, page and footer."""
    targets = [signature.target for signature in signatures]
    styles.define(word, signatures[0].source, targets, keep=settings.template is not None)
    set_page(word, settings)
    if settings.template is None:
        styles.remove_other_tables(word)
        word.sections[-1].bottom_margin = _MARGIN + _FOOTER_LINE * (len(targets) - 1)
    _footer(word, [str(signature) for signature in signatures], labels(targets[0]))
    xml.set_hyphenation(word.settings.element)
    if settings.template is not None:
        _require_distinct_parts(word)
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def _require_distinct_parts(word: WordDocument) -> None:
    """Nothing for a sound template.

    Raises:
        ValueError: parts share a name, as where a lost relationship made python-docx begin a part that is there already.
    """
    _ = word.core_properties.title  # begun now where they are missing; no such thing where they are something else
    names = [str(part.partname).lower() for part in word.part.package.iter_parts()]
    if len(set(names)) < len(names):
        raise ValueError("several parts have one name")


def _from_template(path: Path) -> WordDocument:
    """The template without its text; its styles, header, footer and page stay."""
    try:
        check_archive(path, "Word")
        word = docx.Document(str(path))
    except InputError as error:
        raise OutputError(f"template {error}") from error
    except Exception as error:  # see documents/docx.py: damage raises anything
        raise OutputError(f"template {path}: damaged, or no Word file ({library_reason(error)})") from error
    body = word.element.body
    for child in list(body):
        if child is not body.sectPr:
            body.remove(child)
    return word


def set_page(word: WordDocument, settings: ExportSettings) -> None:
    """Paper and, without a template, margins and the version of Word."""
    section = word.sections[-1]
    if settings.template is None:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
        section.footer_distance = _FOOTER
        xml.set_compatibility(word.settings.element, _WORD)
    width, height = section.page_width or Mm(210), section.page_height or Mm(297)
    landscape = settings.template is not None and width > height
    if settings.template is None or settings.paper is not None:
        width, height = _PAPER[settings.paper or Paper.A4]
    if settings.orientation is not None:
        landscape = settings.orientation is Orientation.LANDSCAPE
    short, long = sorted((width, height))
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT


def column_widths(width: int, shares: Sequence[float]) -> list[int]:
    """Twips of columns that have these shares of a width and together exactly that width."""
    edges = [round(width * sum(shares[:count]) / sum(shares)) for count in range(len(shares) + 1)]
    return [right - left for left, right in pairwise(edges)]


def text_width(word: WordDocument) -> int:
    """Twips between the margins."""
    section = word.sections[-1]
    width = (section.page_width or Mm(210)) - (section.left_margin or Emu(0)) - (section.right_margin or Emu(0))
    return int(width) // _EMU_PER_TWIP


def _footer(word: WordDocument, signatures: Sequence[str], words: dict[str, str]) -> None:
    """Page x of y and the signature; a template's own footer stays, with the signature below it."""
    section = word.sections[-1]
    footer = section.footer
    if (section.footer_distance or 0) < _LEAST_DISTANCE:  # LibreOffice saves 0 where there is no footer
        section.footer_distance = _FOOTER
    if footer.is_linked_to_previous or not xml.all_text(footer._element).strip():
        element = footer._element
        for old in list(element):
            element.remove(old)
        before, rest = words["page"].split("{page}")
        between, after = rest.split("{pages}")
        element.append(
            xml.paragraph(
                "Footer",
                xml.run(before), *xml.field("PAGE", "1"), xml.run(between), *xml.field("NUMPAGES", "1"), xml.run(after),
            )
        )  # fmt: skip
    for signature in signatures:
        footer._element.append(xml.paragraph("Footer", xml.run(signature)))


def _properties(word: WordDocument, bilingual: BilingualDocument) -> None:
    """Title, language and description; Word's proofing takes the language from the styles, search engines from here."""
    document, signature = bilingual.document, bilingual.signature
    properties = word.core_properties
    properties.title = _clipped(bilingual.translated_title or document.title or document.name)
    properties.subject = f"{english_name(signature.source)}–{english_name(signature.target)}"
    properties.language = bcp47(signature.target)
    properties.author = properties.last_modified_by = "translator"
    properties.comments = _clipped(str(signature))
    properties.keywords = _clipped(document.name)


def _clipped(text: str) -> str:
    """At most the 255 characters that a document property may have."""
    text = legal(text)
    return text if len(text) <= 255 else text[:254] + "…"


def title_block(
    translations: Sequence[BilingualDocument],
    writer: Writer,
    *,
    source: bool = True,
    target: bool = True,
    answers: bool = False,
) -> Iterator[xml.Element]:
    """Title in the languages wanted, and a line with date, author, file and languages; sheets of answers say so."""
    first = translations[0]
    document, signature = first.document, first.signature
    if first.title:
        if source:
            yield xml.paragraph(styles.TITLE, xml.run(document.title or ""), keep=True)
        for version, bilingual in enumerate(translations if target else ()):
            language = bilingual.signature.target
            content = spaced([writer.named(language, s, plain=True) for s in bilingual.title])
            style = styles.TRANSLATED_TITLE if source else styles.TARGET_TITLE
            yield xml.paragraph(styles.of_version(style, version, language), *content, keep=True)
    names = [own_name(signature.source), *(own_name(t.signature.target) for t in translations)]
    parts = [
        labels(signature.target)["answers"] if answers else None,
        document.date,
        document.author,
        f"{labels(signature.target)['source']}: {document.name}",
        " – ".join(names),
    ]
    yield xml.paragraph(styles.META, xml.run(" · ".join(p for p in parts if p)))
