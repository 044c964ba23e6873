"""The handout as Word reads it: order of elements, languages, header rows, alternative text, ids, properties."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from translator.bilingual import BilingualDocument, Signature, TranslatedSegment
from translator.documents import Document, Kind, Paragraph
from translator.errors import OutputError
from translator.export import docx as exporter
from translator.export.docx_xml import all_text
from translator.export.provenance import inspect
from translator.export.settings import ExportSettings
from translator.glossary.model import Entry, Form, Hit, Outcome, TermResult

# Order of children in ECMA-376, as far as handouts use them.
SEQUENCES = {
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing kern sz szCs highlight u shd vertAlign lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc "
    "outlineLvl rPr",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "tblPr": "tblStyle tblpPr bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "sdtPr": "rPr alias tag id lock placeholder",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "tr": "trPr tc",
    "sectPr": "headerReference footerReference pgSz pgMar cols docGrid",
}


def signature(target: str = "en") -> Signature:
    return Signature("1.0", "de", target, "de_en-1.0", "abcd1234", 2, 4)


def bilingual(target: str = "en") -> BilingualDocument:
    paragraphs = (
        Paragraph("Kallas fordert „robuste“ Garantien", Kind.TITLE),
        Paragraph("Die Waffenruhe hielt. Selenskyj <b>& Co.</b> kam."),
        Paragraph("Kiew bereit", Kind.HEADING),
        Paragraph("Ein Punkt", Kind.LIST_ITEM),
        Paragraph("Zelle", Kind.TABLE_CELL),
    )
    document = Document(Path("in/a.txt"), "a.txt", paragraphs, "2025-08-25", language="de").with_segments(
        [
            [paragraphs[0].text],
            ["Die Waffenruhe hielt.", "Selenskyj <b>& Co.</b> kam."],
            ["Kiew bereit"],
            ["Ein Punkt"],
            ["Zelle"],
        ]
    )
    truce = Entry("Waffenruhe", ("truce", "cease-fire"), note="short")
    name = Entry("Selenskyj", ("Zelenskyy",))
    terms = {
        "Die Waffenruhe hielt.": TermResult(Hit(truce, 4, 14, Form.EXACT), Outcome.USED, "", (4, 9)),
        "Selenskyj <b>& Co.</b> kam.": TermResult(Hit(name, 0, 9, Form.EXACT), Outcome.MISSED),
    }
    targets = ["Kallas calls for “robust” guarantees", "The truce held.", "He came.", "Kyiv ready", "An item", "Cell"]
    segments = tuple(
        TranslatedSegment(s, t, terms=(terms[s.source],) if s.source in terms else ())
        for s, t in zip(document.segments, targets, strict=True)
    )
    return BilingualDocument(document, segments, signature(target))


@pytest.fixture
def handout(tmp_path: Path) -> Path:
    path = tmp_path / "out" / "a.de-en.docx"
    exporter.write([bilingual()], path, ExportSettings())
    return path


def parts(path: Path) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                yield name, etree.fromstring(archive.read(name))


def table_texts(path: Path, index: int = 0) -> list[list[str]]:
    # python-docx leaves content controls out of a paragraph's text
    rows = docx.Document(str(path)).tables[index]._tbl.tr_lst
    return [[all_text(cell) for cell in row.tc_lst] for row in rows]


def test_every_sentence_stands_once_and_beside_its_translation(handout: Path) -> None:
    assert table_texts(handout) == [
        ["#", "Deutsch", "English"],
        ["1", "Die Waffenruhe hielt.", "The truce held."],
        ["2", "Selenskyj <b>& Co.</b> kam.", "He came."],
        ["3", "Kiew bereit", "Kyiv ready"],
        ["4", "Ein Punkt", "An item"],
        ["5", "Zelle", "Cell"],
    ]


def test_title_block_and_terms(handout: Path) -> None:
    word = docx.Document(str(handout))
    styled = [(p.style.name, all_text(p._p)) for p in word.paragraphs]
    assert styled[:3] == [
        ("Title", "Kallas fordert „robuste“ Garantien"),
        ("Subtitle", "Kallas calls for “robust” guarantees"),
        ("Meta", "2025-08-25 · Source: a.txt · Deutsch – English"),
    ]
    assert styled[3] == ("Heading 2", "Terms")
    assert table_texts(handout, 1) == [
        ["Term", "Translation", "Note", "No."],
        ["Selenskyj", "Zelenskyy", "", "2!"],
        ["Waffenruhe", "truce / cease-fire", "short", "1"],
    ]


def test_no_terms_list_without_terms(tmp_path: Path) -> None:
    whole = bilingual()
    bare = BilingualDocument(
        whole.document, tuple(TranslatedSegment(s.segment, s.target) for s in whole.segments), signature()
    )
    path = tmp_path / "b.docx"
    exporter.write([bare], path, ExportSettings())
    assert len(docx.Document(str(path)).tables) == 1


def test_terms_are_marked_in_both_columns(handout: Path) -> None:
    row = docx.Document(str(handout)).tables[0].rows[1]
    marked = [
        [
            "".join(t.text for t in r.iter(qn("w:t")))
            for r in cell._tc.iter(qn("w:r"))
            if r.find(f".//{qn('w:rStyle')}") is not None
        ]
        for cell in row.cells
    ]
    assert marked == [[], ["Waffenruhe"], ["truce"]]


def test_every_style_that_is_used_exists(handout: Path) -> None:
    with zipfile.ZipFile(handout) as archive:
        body, styles = (etree.fromstring(archive.read(f"word/{n}.xml")) for n in ("document", "styles"))
    used = {n.get(qn("w:val")) for t in ("pStyle", "rStyle", "tblStyle") for n in body.iter(qn(f"w:{t}"))}
    assert used <= {node.get(qn("w:styleId")) for node in styles.iter(qn("w:style"))}
    assert {"SourceText", "TargetHeading", "Term", "HandoutTable"} <= used


def test_order_of_elements(handout: Path) -> None:
    wrong = []
    for name, root in parts(handout):
        if not name.startswith("word/"):
            continue
        for tag, order in SEQUENCES.items():
            names = order.split()
            for node in root.iter(qn(f"w:{tag}")):
                children = [etree.QName(c).localname for c in node]
                unknown = [c for c in children if c not in names]
                places = [names.index(c) for c in children if c in names]
                if name == "word/document.xml" and unknown:
                    wrong.append((name, tag, unknown))
                if places != sorted(places):
                    wrong.append((name, tag, children))
    assert wrong == []


def test_language_is_on_style_level(handout: Path) -> None:
    styles = docx.Document(str(handout)).styles
    languages = {
        n: styles[n].element.find(f".//{qn('w:lang')}").get(qn("w:val"))
        for n in ("Source Text", "Source Heading", "Target Text", "Title", "Normal")
    }
    assert languages == {
        "Source Text": "de-DE",
        "Source Heading": "de-DE",
        "Target Text": "en-GB",
        "Title": "de-DE",
        "Normal": "en-GB",
    }
    defaults = styles.element.find(qn("w:docDefaults"))
    assert [node.get(qn("w:val")) for node in defaults.iter(qn("w:lang"))] == ["en-GB"]


def test_header_rows_repeat_and_rows_do_not_break(handout: Path) -> None:
    for table in docx.Document(str(handout)).tables:
        rows = table._tbl.tr_lst
        assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblCaption")).get(qn("w:val"))
        assert properties.find(qn("w:tblDescription")).get(qn("w:val"))


def test_segment_ids_travel_in_content_controls(handout: Path) -> None:
    tags = [node.get(qn("w:val")) for node in docx.Document(str(handout)).element.body.iter(qn("w:tag"))]
    assert [t.split("-")[0] for t in tags] == [s.id for s in bilingual().document.segments]
    numbers = [node.get(qn("w:val")) for node in docx.Document(str(handout)).element.body.iter(qn("w:id"))]
    assert len(set(numbers)) == len(numbers)


def test_properties_and_footer(handout: Path) -> None:
    word = docx.Document(str(handout))
    properties = word.core_properties
    assert (properties.title, properties.language) == ("Kallas calls for “robust” guarantees", "en-GB")
    assert properties.comments == str(signature())
    footer = all_text(word.sections[0].footer._element)
    assert footer == f"Page 1 of 1\n{signature()}"


def test_labels_in_the_language_of_the_readers(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    exporter.write([bilingual("de")], path, ExportSettings())
    assert "Begriffe" in [p.text for p in docx.Document(str(path)).paragraphs]


def test_provenance_knows_an_edited_file(handout: Path) -> None:
    fresh = inspect(handout)
    assert fresh.fingerprint and not fresh.edited
    word = docx.Document(str(handout))
    word.tables[0].rows[1].cells[2].paragraphs[0].runs[0].text = "A "
    word.save(str(handout))
    assert inspect(handout) == type(fresh)(fresh.fingerprint, True, "de")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"])
def test_provenance_of_what_is_not_ours(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(content)
    assert inspect(path).fingerprint is None
    assert inspect(path).edited


def test_a_foreign_word_file_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    docx.Document().save(str(path))
    assert inspect(path).edited


def test_same_content_twice(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        exporter.write([bilingual()], tmp_path / name, ExportSettings())
    first, second = (zipfile.ZipFile(tmp_path / n).read("word/document.xml") for n in ("a.docx", "b.docx"))
    assert first == second


def test_unwritable_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        exporter.write([bilingual()], tmp_path / "file" / "a.docx", ExportSettings())
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_long_titles_and_control_characters(tmp_path: Path) -> None:
    document = Document(Path("a"), "a.txt", (Paragraph("T" * 400, Kind.TITLE),)).with_segments([["T" * 400]])
    whole = BilingualDocument(document, (TranslatedSegment(document.segments[0], "x\x0by\x00z"),), signature())
    exporter.write([whole], tmp_path / "a.docx", ExportSettings())
    assert "xyz" in all_text(docx.Document(str(tmp_path / "a.docx")).element.body)
