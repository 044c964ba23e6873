"""Handouts that everybody can read: the linter finds nothing in ours, and every fault that is put in; PDFs are tagged."""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx.document import Document as WordDocument
from docx.enum.dml import MSO_THEME_COLOR
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from pypdf import PdfReader
from test_export_json import article
from test_export_layouts import COMBINATIONS, PIXEL, build, saved, several, untitled
from word_accessibility import WordFile, contrast, findings, heading_levels, text_of

from translator.export import docx as exporter
from translator.export import pdf
from translator.export.docx_template import write_template
from translator.export.settings import Align, ExportSettings, Layout

EVERY = pytest.mark.parametrize(("layout", "align", "columns"), COMBINATIONS)


@EVERY
def test_nothing_to_find(layout: Layout, align: Align, columns: int, tmp_path: Path) -> None:
    settings = ExportSettings(layout, align)
    for path in exporter.write(several(columns), tmp_path / "a.docx", settings):
        assert findings(path) == []


@pytest.mark.parametrize("layout", Layout)
def test_nothing_to_find_without_a_title(layout: Layout, tmp_path: Path) -> None:
    for path in exporter.write([untitled()], tmp_path / "a.docx", ExportSettings(layout)):
        assert findings(path) == []


@pytest.mark.parametrize("layout", Layout)
def test_nothing_to_find_with_our_template(layout: Layout, tmp_path: Path) -> None:
    write_template(tmp_path / "t.docx", "de", "en")
    for path in exporter.write([article()], tmp_path / "a.docx", ExportSettings(layout, template=tmp_path / "t.docx")):
        assert findings(path) == []


@EVERY
def test_every_sentence_has_the_language_of_its_style(
    layout: Layout, align: Align, columns: int, tmp_path: Path
) -> None:
    translations = several(columns)
    word = WordFile(saved(build(layout, columns, align=align), tmp_path / "a.docx"))
    spoken = {"en": "en-GB", "fr": "fr-FR", "ar": "ar"}
    expected = {t.target: spoken[b.signature.target] for b in translations for t in b.segments}
    expected |= {t.segment.source: "de-DE" for t in translations[0].segments}
    expected.pop("Je ne sais quoi.")  # stands in both columns
    seen = set()
    for paragraph in word.body.iter(qn("w:p")):
        language = word.of_paragraph(paragraph, "rPr", "lang").get(qn("w:val"))
        for sentence in (s for s in expected if s in text_of(paragraph)):
            longer = any(sentence in other and other != sentence and other in text_of(paragraph) for other in expected)
            if not longer:
                assert (sentence, language) == (sentence, expected[sentence])
                seen.add(language)
    shown = {"de-DE", *(spoken[b.signature.target] for b in translations)}
    assert seen == ({"en-GB"} if layout is Layout.TARGET else {"de-DE"} if layout is Layout.WORKSHEET else shown)


@pytest.mark.parametrize(
    ("layout", "levels"),
    [
        (Layout.TABLE, [1, 2, 2]),
        (Layout.INTERLEAVED, [1, 2, 2]),
        (Layout.TARGET, [1, 2, 2]),
        (Layout.WORKSHEET, [1, 2, 2, 2]),
    ],
)
def test_headings_are_seen_by_the_linter(layout: Layout, levels: list[int], tmp_path: Path) -> None:
    assert heading_levels(WordFile(saved(build(layout), tmp_path / "a.docx"))) == levels


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("000000", "FFFFFF", 21.0), ("FFFFFF", "FFFFFF", 1.0), ("767676", "FFFFFF", 4.54), ("FF0000", "FFFFFF", 4.0)],
)
def test_contrast(first: str, second: str, expected: float) -> None:
    assert contrast(first, second) == contrast(second, first) == pytest.approx(expected, abs=0.005)


# --- faults put in


def _first(word: WordDocument, tag: str):  # type: ignore[no-untyped-def]
    return next(word.element.body.iter(qn(f"w:{tag}")))


def _drop(tag: str) -> Callable[[WordDocument], None]:
    def spoil(word: WordDocument) -> None:
        node = _first(word, tag)
        node.getparent().remove(node)

    return spoil


def _add_paragraph(text: str = "") -> Callable[[WordDocument], None]:
    return lambda word: word.add_paragraph(text) and None


def _picture(word: WordDocument) -> None:
    word.add_paragraph("Logo").add_run().add_picture(io.BytesIO(PIXEL))


def _picture_in_header(word: WordDocument) -> None:
    word.sections[0].header.paragraphs[0].add_run("Logo").add_picture(io.BytesIO(PIXEL))


def _jump(word: WordDocument) -> None:
    word.add_paragraph("Deep down", style="Heading 2").paragraph_format.element.get_or_add_pPr().append(
        OxmlElement("w:outlineLvl", {qn("w:val"): "3"})
    )


def _pale(word: WordDocument) -> None:
    word.styles["Meta"].font.color.rgb = RGBColor(0x99, 0x99, 0x99)


def _dark_cell(word: WordDocument) -> None:
    _first(word, "shd").set(qn("w:fill"), "555555")


def _red(word: WordDocument) -> None:
    word.add_paragraph("so ").add_run("wrong").font.color.rgb = RGBColor(0xA0, 0, 0)


def _marker(word: WordDocument) -> None:
    word.add_paragraph("so ").add_run("wrong").font.highlight_color = WD_COLOR_INDEX.YELLOW


def _no_line_below_terms(word: WordDocument) -> None:
    word.styles["Term"].font.underline = None


def _shaded_cell(word: WordDocument) -> None:
    word.tables[0].rows[1].cells[1]._tc.get_or_add_tcPr().append(OxmlElement("w:shd", {qn("w:fill"): "FFFFCC"}))


def _language_on_a_run(word: WordDocument) -> None:
    run = word.add_paragraph().add_run("bonjour")
    run._r.get_or_add_rPr().append(OxmlElement("w:lang", {qn("w:val"): "fr-FR"}))


def _no_default_language(word: WordDocument) -> None:
    node = next(word.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang")))
    node.getparent().remove(node)


def _merged(word: WordDocument) -> None:
    row = word.tables[0].rows[1]
    row.cells[1].merge(row.cells[2])


def _nested(word: WordDocument) -> None:
    cell = word.tables[0].rows[1].cells[1]
    cell.add_table(1, 1).cell(0, 0).text = "x"


def _no_head(word: WordDocument) -> None:
    for node in list(word.tables[0].rows[0].cells[0]._tc.iter(qn("w:t"))):
        node.text = ""


def _no_such_list(word: WordDocument) -> None:
    _first(word, "numId").set(qn("w:val"), "999")


def _no_words_in_a_link(word: WordDocument) -> None:
    for node in _first(word, "hyperlink").iter(qn("w:t")):
        node.text = " "


def _no_title(word: WordDocument) -> None:
    word.core_properties.title = " "


FAULTS: dict[str, tuple[Callable[[WordDocument], None], str]] = {
    "no title": (_no_title, "document property title"),
    "no default language": (_no_default_language, "no default language"),
    "language on a run": (_language_on_a_run, "language on a run: 'bonjour'"),
    "no caption": (_drop("tblCaption"), "table 1: no tblCaption"),
    "no description": (_drop("tblDescription"), "table 1: no tblDescription"),
    "no header row": (_drop("tblHeader"), "table 1: its first row"),
    "no head of a column": (_no_head, "table 1: a column has no heading"),
    "rows that break": (_drop("cantSplit"), "table 1: a row may break"),
    "merged cells": (_merged, "table 1: cells are merged"),
    "a table in a table": (_nested, "table 2: it stands in another table"),
    "picture": (_picture, "word/document.xml: a picture"),
    "picture in the header": (_picture_in_header, "a picture has no alternative text"),
    "jump": (_jump, "a heading of level 4 follows one of level 2"),
    "pale text": (_pale, "contrast 2.8 of 999999 on FFFFFF"),
    "dark cell": (_dark_cell, "contrast 2.3 of 1A1A1A on 555555: '#'"),
    "red word": (_red, "by its colour alone: 'wrong'"),
    "marked word": (_marker, "by its colour alone: 'wrong'"),
    "terms without a line": (_no_line_below_terms, "by its colour alone: 'Selenskyj'"),
    "shaded cell": (_shaded_cell, "by its shading alone"),
    "empty paragraph": (_add_paragraph(), "an empty paragraph"),
    "only blanks": (_add_paragraph(" "), "an empty paragraph"),
    "blanks for room": (_add_paragraph("a     b"), "blanks to make room"),
    "typed bullet": (_add_paragraph("• one"), "a typed bullet"),
    "no such list": (_no_such_list, "a list has no numbering"),
    "empty link": (_no_words_in_a_link, "a link has no text"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_linter_finds_a_fault(fault: str, tmp_path: Path) -> None:
    spoil, expected = FAULTS[fault]
    word = build()
    spoil(word)
    assert [line for line in findings(saved(word, tmp_path / "a.docx")) if expected in line]


def test_a_theme_colour_goes_by_the_value_beside_it(tmp_path: Path) -> None:
    word = build()
    run = word.add_paragraph().add_run("accent")
    run.font.color.rgb, run.font.color.theme_color, run.font.bold = (
        RGBColor(0xFF, 0xFF, 0),
        MSO_THEME_COLOR.ACCENT_1,
        True,
    )
    lines = findings(saved(word, tmp_path / "a.docx"))
    assert [line.split(":")[1] for line in lines] == [" contrast 1.1 of FFFF00 on FFFFFF"]


# --- PDF/UA

OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
COLUMN_HEADS = {Layout.TABLE: 3 + 4, Layout.INTERLEAVED: 4, Layout.TARGET: 3, Layout.WORKSHEET: 4 + 3}


def _elements(node, roles) -> Iterator[tuple[str, dict]]:  # type: ignore[no-untyped-def, type-arg]
    """Structure elements with their standard types, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _elements(child, roles)
    elif isinstance(node, dict):
        name = node.get("/S")
        while name in roles:
            name = roles[name]
        if name is not None:
            yield str(name), node
        if "/K" in node:
            yield from _elements(node["/K"], roles)


@OFFICE
@pytest.mark.parametrize("layout", Layout)
def test_pdf_is_tagged(layout: Layout, tmp_path: Path) -> None:
    written = pdf.write([article()], tmp_path / "a.pdf", ExportSettings(layout))
    assert len(written) == (2 if layout is Layout.WORKSHEET else 1)
    reader = PdfReader(written[0])
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (pypdf's own boolean)
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata is not None and reader.metadata.title == "Kallas calls for “robust” guarantees"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    tree = root["/StructTreeRoot"]
    elements = list(_elements(tree["/K"], tree.get("/RoleMap", {})))
    count = Counter(name for name, _ in elements)
    assert count["/TH"] == COLUMN_HEADS[layout]
    assert count["/Table"] == (2 if layout in (Layout.TABLE, Layout.WORKSHEET) else 1)
    assert count["/TD"] and count["/L"] and count["/Link"]
    levels = [int(name[2:]) for name, _ in elements if name[:2] == "/H" and name[2:].isdigit()]
    assert levels == {Layout.WORKSHEET: [1, 2, 2, 2]}.get(layout, [1, 2, 2])
    assert all("/Alt" in node for name, node in elements if name == "/Figure")
    assert "de-DE" in {node.get("/Lang") for _, node in elements}
    annotations = [a.get_object()["/Subtype"] for page in reader.pages for a in page.get("/Annots", [])]
    assert set(annotations) == {"/Link"}  # a comment would stand outside the tags
