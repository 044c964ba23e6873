"""The handout for LibreOffice (ODT): the side-by-side table of the Word handout, built with odfdo."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from odfdo import Document as OdfDocument
from odfdo import Element as OdfElement

from translator.atomic import replacing
from translator.bilingual import BilingualDocument, TranslatedSegment
from translator.checks.model import Severity
from translator.documents import Kind, Paragraph
from translator.documents.characters import legal
from translator.errors import UsageError
from translator.export import odt_styles as styles
from translator.export.labels import labels
from translator.export.marking import Run, source_runs, target_runs
from translator.export.odt_styles import Element, node
from translator.export.outline import first_level, heading_levels
from translator.export.settings import Align, ExportSettings
from translator.export.vocabulary import places, vocabulary
from translator.language.names import bcp47, english_name, own_name

_NUMBER_WIDTH = 9.9
"""Millimetres of the column of numbers; source and translation share the rest."""
_TERM_SHARES = (0.30, 0.35, 0.23, 0.12)
_NUMBERED = re.compile(r"\d{1,9}[.)] ")
_UNUSED = ("Thumbnails", "Configurations2", "manifest.rdf")
_NEWER, _VERSION = re.compile(rb'(?<=(?:office|nifest):version=")1\.4(?=")'), b"1.3"
"""OpenDocument 1.3, which all office programs of today read: odfdo names its newer one when it saves."""


def write(translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings) -> tuple[Path, ...]:
    """Writes the handout of one target language.

    Raises:
        UsageError: there are several target languages.
        OutputError: the file cannot be written.
    """
    if len(translations) != 1:
        raise UsageError("a LibreOffice handout holds one target language; write one for each, or a Word handout")
    content = odt_bytes(translations[0], settings)
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return (path,)


def odt_bytes(bilingual: BilingualDocument, settings: ExportSettings) -> bytes:
    """The file; equal for equal documents, for odfdo's dates in the archive are left out."""
    saved, result = io.BytesIO(), io.BytesIO()
    build(bilingual, settings).save(saved)
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(result, "w") as fixed:
        names = sorted(archive.namelist(), key=lambda name: name != "mimetype")  # it must be the first, as it is
        for name in names:
            info = zipfile.ZipInfo(name)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            count = 2 if name.startswith("META-INF") else 1  # in its root, and there in the entry of the document
            fixed.writestr(info, _NEWER.sub(_VERSION, archive.read(name), count))
    return result.getvalue()


def build(bilingual: BilingualDocument, settings: ExportSettings) -> OdfDocument:
    """The handout as an odfdo document."""
    signature = bilingual.signature
    words = labels(signature.target)
    document = OdfDocument("text")
    for part in document.parts:
        if part.startswith(_UNUSED):
            document.del_part(part)
    for part in document.manifest.get_paths():
        if part.startswith(_UNUSED):
            document.manifest.del_full_path(part)
    styles.define(document, signature.source, signature.target, settings, _footer(words, str(signature)))
    width = styles.text_width(settings)
    text = (width - _NUMBER_WIDTH) / 2
    columns = {"ColumnNumber": _NUMBER_WIDTH, "ColumnText": text}
    columns |= {f"ColumnTerm{i}": share * width for i, share in enumerate(_TERM_SHARES, start=1)}
    content: Any = document.content
    automatic = content.get_element("//office:automatic-styles")
    automatic.clear()
    for style in styles.table_styles(columns):
        automatic.append(OdfElement.from_tag(style))
    _properties(document, bilingual)
    body: Any = document.body
    body.clear()
    for block in (*_title(bilingual), _table(bilingual, words, settings.align), *_terms(bilingual, words)):
        body.append(OdfElement.from_tag(block))
    return document


def _footer(words: dict[str, str], signature: str) -> list[Element]:
    before, rest = words["page"].split("{page}")
    between, after = rest.split("{pages}")
    page = node("text:page-number", {"text:select-page": "current"}, "1")
    return [
        _paragraph(styles.FOOTER, before, page, between, node("text:page-count", None, "1"), after),
        _paragraph(styles.FOOTER, signature),
    ]


def _properties(document: OdfDocument, bilingual: BilingualDocument) -> None:
    """Title, language and description, and no date: that of writing would differ each time."""
    signature, meta = bilingual.signature, document.meta
    cast(OdfElement, meta.get_element("//office:meta")).clear()
    meta.generator = f"translator {signature.tool}"
    meta.title = legal(bilingual.translated_title or bilingual.document.title or bilingual.document.name)
    meta.subject = f"{english_name(signature.source)}–{english_name(signature.target)}"
    meta.language = bcp47(signature.target)
    meta.description = legal(str(signature))
    meta.keyword = legal(bilingual.document.name)
    meta.initial_creator = "translator"


def _paragraph(style: str, *content: Element | str) -> Element:
    return node("text:p", {"text:style-name": styles.style_name(style)}, *content)


def _heading(style: str, level: int, *content: Element | str) -> Element:
    about = {"text:style-name": styles.style_name(style), "text:outline-level": str(level)}
    return node("text:h", about, *content)


def _title(bilingual: BilingualDocument) -> Iterator[Element]:
    document, signature = bilingual.document, bilingual.signature
    if bilingual.title:
        yield _heading(styles.TITLE, 1, document.title or "")
        yield _paragraph(styles.TRANSLATED_TITLE, *_spaced(_named(s, s.target) for s in bilingual.title))
    name = f"{labels(signature.target)['source']}: {document.name}"
    names = f"{own_name(signature.source)} – {own_name(signature.target)}"
    yield _paragraph(styles.META, " · ".join(p for p in (document.date, document.author, name, names) if p))


def _table(bilingual: BilingualDocument, words: dict[str, str], align: Align) -> Element:
    names = own_name(bilingual.signature.source), own_name(bilingual.signature.target)
    groups = list[tuple[Paragraph, int, Sequence[TranslatedSegment], bool]]()
    levels = heading_levels(bilingual.document.paragraphs, titled=bool(bilingual.title))
    for level, (paragraph, segments) in zip(levels, bilingual.paragraphs, strict=True):
        if paragraph.kind is not Kind.TITLE and segments:
            step = len(segments) if align is Align.PARAGRAPH else 1
            groups += [(paragraph, level, segments[at : at + step], at == 0) for at in range(0, len(segments), step)]
    rows = [
        _row(paragraph, row, level=level, first=first, last=i == len(groups))
        for i, (paragraph, level, row, first) in enumerate(groups, start=1)
    ]
    columns = ["ColumnNumber", "ColumnText", "ColumnText"]
    caption = words["bilingual"].format(source=names[0], target=names[1])
    return _grid("Text", caption, bilingual.translated_title or bilingual.document.name, columns, ("#", *names), rows)


def _grid(
    name: str, title: str, description: str, columns: Sequence[str], head: Sequence[str], rows: Sequence[Element]
) -> Element:
    """A table with a header row that repeats on each page, and with alternative text."""
    header = [
        _cell(styles.cell_style(header=True, last=not rows), _paragraph(styles.TABLE_HEADER, text)) for text in head
    ]
    return node(
        "table:table",
        {"table:name": name, "table:style-name": styles.TABLE},
        node("table:title", None, title),
        node("table:desc", None, description),
        *(node("table:table-column", {"table:style-name": column}) for column in columns),
        node("table:table-header-rows", None, node("table:table-row", {"table:style-name": styles.ROW}, *header)),
        *rows,
    )


def _cell(style: str, *content: Element) -> Element:
    return node("table:table-cell", {"table:style-name": style, "office:value-type": "string"}, *content)


def _row(
    paragraph: Paragraph, segments: Sequence[TranslatedSegment], *, level: int, first: bool, last: bool
) -> Element:
    """A row; a stronger rule above the first one of a paragraph makes paragraphs visible."""
    heading = paragraph.kind is Kind.HEADING
    left, right = (styles.SOURCE_HEADING, styles.TARGET_HEADING) if heading else (styles.SOURCE, styles.TARGET)
    look = styles.cell_style(heading=heading, first=first, last=last)
    numbers = [str(segment.segment.number) for segment in segments]
    shown = numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    label = [Run(str(paragraph.level), note=True), Run(" ")] if paragraph.kind is Kind.FOOTNOTE and first else []
    source = _spaced(_sentence(source_runs(s)) for s in segments)
    target = _spaced(_named(s, *_comments(s), *_sentence(target_runs(s))) for s in segments)
    cells = [
        _paragraph(styles.HEADING_NUMBER if heading else styles.NUMBER, shown),
        _heading(left, level, *source) if heading else _paragraph(left, *_sentence(label), *source),
        _paragraph(right, *_sentence(label), *target),
    ]
    # An item keeps the number that it has in its text, and needs no bullet in front of it.
    if paragraph.kind is Kind.LIST_ITEM and first and not _NUMBERED.match(paragraph.text):
        bullets = {"text:style-name": styles.BULLETS}
        cells[1:] = [node("text:list", bullets, node("text:list-item", None, cell)) for cell in cells[1:]]
    return node("table:table-row", {"table:style-name": styles.ROW}, *(_cell(look, cell) for cell in cells))


def _spaced(contents: Iterable[Iterable[Element | str]]) -> list[Element | str]:
    """Sentences one after the other with a blank between them."""
    return [piece for index, content in enumerate(contents) for piece in ([" "] if index else []) + [*content]]


def _named(segment: TranslatedSegment, *content: Element | str) -> list[Element | str]:
    """A translated sentence inside a bookmark with its id, by which a corrected handout is recognised."""
    name = {"text:name": f"segment {segment.segment.id}"}
    return [node("text:bookmark-start", name), *content, node("text:bookmark-end", name)]


def _comments(segment: TranslatedSegment) -> Iterator[Element]:
    for finding in segment.findings:
        if finding.severity is Severity.WARNING:
            creator = node("dc:creator", None, "translator")
            yield node("office:annotation", None, creator, node("text:p", None, finding.message))


def _sentence(runs: Iterable[Run]) -> Iterator[Element | str]:
    """Runs as spans inside each other, one for each of term, bold, italic and footnote mark; the link is outside."""
    for run in runs:
        content: Element | str = run.text
        wanted = {
            styles.ITALIC: run.italic, styles.BOLD: run.bold, styles.TERM: run.term is not None, styles.MARK: run.note,
        }  # fmt: skip
        for style in (name for name, is_wanted in wanted.items() if is_wanted):
            content = node("text:span", {"text:style-name": styles.style_name(style)}, content)
        if run.link:
            look = styles.style_name(styles.LINK)
            about = {"xlink:type": "simple", "xlink:href": run.link, "text:style-name": look}
            content = node("text:a", about | {"text:visited-style-name": look}, content)
        yield content


def _terms(bilingual: BilingualDocument, words: dict[str, str]) -> Iterator[Element]:
    """The vocabulary list behind the text; nothing where no term occurs."""
    lines = vocabulary(bilingual)
    if not lines:
        return
    level = first_level(titled=bool(bilingual.title))
    yield _heading(styles.TERMS_HEADING[level], level, words["terms"])
    rows = []
    for number, line in enumerate(lines, start=1):
        look = styles.cell_style(last=number == len(lines))
        texts = ((styles.SOURCE, line.source), (styles.TARGET, line.target), (styles.TARGET, line.note),
                 (styles.TARGET, places(line, words)))  # fmt: skip
        cells = [_cell(look, _paragraph(style, text)) for style, text in texts]
        rows.append(node("table:table-row", {"table:style-name": styles.ROW}, *cells))
    columns = [f"ColumnTerm{i}" for i in range(1, len(_TERM_SHARES) + 1)]
    head = (words["term"], words["translation"], words["note"], words["where"])
    yield _grid("Terms", words["terms"], words["vocabulary"], columns, head, rows)
    legend = [words["repaired"]] if any(line.repaired for line in lines) else []
    legend += [words["missed"]] if any(line.missed for line in lines) else []
    if legend:
        yield _paragraph(styles.META, " · ".join(legend))
