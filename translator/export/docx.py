"""The handout: a Word document with source and translation side by side, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm

from translator.atomic import replacing
from translator.bilingual import BilingualDocument, TranslatedSegment, content_fingerprint
from translator.documents import Kind, Paragraph
from translator.documents.characters import legal
from translator.export import docx_styles as styles
from translator.export import docx_xml as xml
from translator.export.labels import labels
from translator.export.provenance import attach
from translator.export.vocabulary import VocabularyLine, vocabulary
from translator.language.names import bcp47, english_name, own_name

SUFFIX = ".docx"
_PAGE, _MARGIN_SIDE, _MARGIN_TOP = (Mm(210), Mm(297)), Mm(18), Mm(18)
_WIDTHS = (560, 4680, 4680)
"""Twips of the columns: number, source, target; together the width between the margins."""
_HEADER_FILL, _HEADING_FILL = "E7EBF3", "F5F5F5"
_PARAGRAPH_RULE, _SENTENCE_RULE = ("single", 8, "7F7F7F"), ("dotted", 4, "BFBFBF")


def write(bilingual: BilingualDocument, path: Path) -> None:
    """Writes the handout.

    Raises:
        OutputError: the file cannot be written.
    """
    word = build(bilingual)
    with replacing(path) as temporary:
        word.save(str(temporary))


def build(bilingual: BilingualDocument) -> WordDocument:
    """The handout as a python-docx document."""
    document, signature = bilingual.document, bilingual.signature
    source, target = signature.source, signature.target
    words = labels(target)
    word = docx.Document()
    styles.define(word, source, target)
    _page(word, words, str(signature))
    _properties(word, bilingual)
    body = word.element.body
    last = body.sectPr
    for node in _title_block(bilingual):
        last.addprevious(node)
    caption = words["bilingual"].format(source=own_name(source), target=own_name(target))
    header = (own_name(source), own_name(target))
    last.addprevious(xml.table(styles.TABLE, _WIDTHS, _rows(bilingual, header, _bullet(word)), caption=caption,
                               description=bilingual.translated_title or document.name))  # fmt: skip
    for node in _terms(bilingual, words):
        last.addprevious(node)
    attach(word.part.package, content_fingerprint(document, signature), body)
    return word


def _page(word: WordDocument, words: dict[str, str], signature: str) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = _MARGIN_SIDE
    section.top_margin = section.bottom_margin = _MARGIN_TOP
    section.footer_distance = Mm(8)
    before, rest = words["page"].split("{page}")
    between, after = rest.split("{pages}")
    line = xml.paragraph(
        "Footer",
        xml.run(before), *xml.field("PAGE", "1"), xml.run(between), *xml.field("NUMPAGES", "1"), xml.run(after),
    )  # fmt: skip
    footer = section.footer._element
    for old in list(footer):
        footer.remove(old)
    footer.append(line)
    footer.append(xml.paragraph("Footer", xml.run(signature)))


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


def _title_block(bilingual: BilingualDocument) -> Iterator[xml.Element]:
    document, signature = bilingual.document, bilingual.signature
    if bilingual.title:
        yield xml.paragraph(styles.TITLE, xml.run(document.title or ""))
        content = [xml.tagged(s.segment.id, xml.run(s.target)) for s in bilingual.title]
        spaced = [node for c in content for node in (xml.run(" "), c)][1:]
        yield xml.paragraph(styles.TRANSLATED_TITLE, *spaced)
    parts = [document.date, f"{labels(signature.target)['source']}: {document.name}",
             f"{own_name(signature.source)} – {own_name(signature.target)}"]  # fmt: skip
    yield xml.paragraph(styles.META, xml.run(" · ".join(p for p in parts if p)))


def _rows(bilingual: BilingualDocument, header: tuple[str, str], bullet: int | None) -> Iterator[xml.Element]:
    number, left, right = _WIDTHS
    yield xml.row(
        xml.cell(number, xml.paragraph(styles.TABLE_HEADER, xml.run("#")), fill=_HEADER_FILL),
        xml.cell(left, xml.paragraph(styles.TABLE_HEADER, xml.run(header[0])), fill=_HEADER_FILL),
        xml.cell(right, xml.paragraph(styles.TABLE_HEADER, xml.run(header[1])), fill=_HEADER_FILL),
        header=True,
    )
    for paragraph, segments in bilingual.paragraphs:
        if paragraph.kind is Kind.TITLE:
            continue
        for index, segment in enumerate(segments):
            yield _row(paragraph, segment, first=index == 0, bullet=bullet if index == 0 else None)


def _row(paragraph: Paragraph, segment: TranslatedSegment, *, first: bool, bullet: int | None) -> xml.Element:
    """A sentence's row; a stronger rule above the first one of a paragraph makes paragraphs visible."""
    heading = paragraph.kind is Kind.HEADING
    left, right = (styles.SOURCE_HEADING, styles.TARGET_HEADING) if heading else (styles.SOURCE, styles.TARGET)
    item = bullet if paragraph.kind is Kind.LIST_ITEM else None
    top = _PARAGRAPH_RULE if first else _SENTENCE_RULE
    fill = _HEADING_FILL if heading else None
    source_spans = [(t.hit.start, t.hit.end) for t in segment.terms]
    target_spans = [t.span for t in segment.terms if t.span]
    number = xml.tagged(segment.segment.id, xml.run(str(segment.segment.number)))
    return xml.row(
        xml.cell(_WIDTHS[0], xml.paragraph(styles.NUMBER, number), top=top, fill=fill),
        xml.cell(_WIDTHS[1], xml.paragraph(left, *_marked(segment.segment.source, source_spans), bullet=item),
                 top=top, fill=fill),
        xml.cell(_WIDTHS[2], xml.paragraph(right, *_marked(segment.target, target_spans), bullet=item),
                 top=top, fill=fill),
    )  # fmt: skip


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[xml.Element]:
    """Runs of a text with its terms in the term style."""
    at = 0
    for start, end in sorted(spans):
        if start < at:
            continue
        if start > at:
            yield xml.run(text[at:start])
        yield xml.run(text[start:end], styles.TERM_STYLE)
        at = end
    if at < len(text) or not text:
        yield xml.run(text[at:])


def _terms(bilingual: BilingualDocument, words: dict[str, str]) -> Iterator[xml.Element]:
    """The vocabulary list behind the text; nothing where no term occurs."""
    lines = vocabulary(bilingual)
    if not lines:
        return
    yield xml.paragraph("Heading 1", xml.run(words["terms"]))
    widths = (2900, 2900, 2860, 1260)
    head = [words["term"], words["translation"], words["note"], words["where"]]
    rows = [
        xml.row(*(xml.cell(w, xml.paragraph(styles.TABLE_HEADER, xml.run(h)), fill=_HEADER_FILL)
                  for w, h in zip(widths, head, strict=True)), header=True)
    ]  # fmt: skip
    for line in lines:
        cells = ((styles.SOURCE, line.source), (styles.TARGET, line.target), (styles.TARGET, line.note),
                 (styles.TARGET, _numbers(line, words)))  # fmt: skip
        rows.append(xml.row(*(xml.cell(w, xml.paragraph(style, xml.run(text)), top=_SENTENCE_RULE)
                              for w, (style, text) in zip(widths, cells, strict=True))))  # fmt: skip
    yield xml.table(styles.TABLE, widths, rows, caption=words["terms"], description=words["vocabulary"])
    legend = [words["repaired"]] if any(line.repaired for line in lines) else []
    legend += [words["missed"]] if any(line.missed for line in lines) else []
    yield xml.paragraph(styles.META, xml.run(" · ".join(legend)))


def _numbers(line: VocabularyLine, words: dict[str, str]) -> str:
    """Sentence numbers; * where the tool put the term in place, ! where the translation lacks it."""
    return ", ".join(
        f"{number or words['title']}{'*' * (number in line.repaired)}{'!' * (number in line.missed)}"
        for number in line.numbers
    )


def _bullet(word: WordDocument) -> int | None:
    """The numbering of the template's bulleted list."""
    numbering = word.styles["List Bullet"].element.find(f".//{qn('w:numId')}")
    return int(numbering.get(qn("w:val"))) if numbering is not None else None
