"""What handouts of one run share, and what they must not: links, comments, properties; templates of any making."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree
from test_export_docx import bilingual
from test_export_json import ADDRESS, HOSTILE, article, of, one_sentence
from test_export_layouts import A4, commented, package_faults, read, template

from translator.documents.characters import legal
from translator.errors import OutputError
from translator.export import docx as exporter
from translator.export.docx_markup import (
    attribute,
    escaped,
    number_controls,
    paragraph,
    plain_text,
    run,
    table,
    tagged,
    use_ids,
)
from translator.export.docx_xml import all_text, element, parsed
from translator.export.provenance import inspect
from translator.export.settings import ExportSettings, Layout

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXTS = (
    *HOSTILE,
    "a\rb\nc\td\x85e\u2028f",
    "\u0338 joins the sign before it: <\u0338 >\u0338",
    "",
    " ",
    '<w:id w:val=""/></w:p><w:bottom/><w:t xml:space="preserve">Style w:val="Title"',
    '<w:pStyle w:val="Title"/>',
    "&lt;&#13;&amp;amp;",
    "\U0001fffe\ud800",
)


# --- text in markup


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_written_as_lxml_would(text: str) -> None:
    node = element("t", val=text)
    node.text = legal(text)
    made = f'<w:t xmlns:w="{WORD}" w:val="{attribute(text)}">{escaped(text)}</w:t>'
    assert made == re.sub(r"\bns0\b", "w", etree.tostring(node, encoding="unicode"))


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_is_taken_for_markup(text: str) -> None:
    control = tagged(text, run(text, "Term"))
    cells = table("Table", [1], [paragraph("Title", control), paragraph("Title")], caption=text, description=text)
    made = use_ids(number_controls(cells, {"1"}), {"Title": 'Ti"tel'})
    (node,) = parsed(made)
    assert all_text(node) == f"{legal(text)}\n" == plain_text(made).removesuffix("\n")
    values = {
        tag: [n.get(qn("w:val")) for n in node.iter(qn(f"w:{tag}"))] for tag in ("tag", "id", "pStyle", "tblCaption")
    }
    assert values == {
        "tag": [legal(text)],
        "id": ["2"],
        "pStyle": ['Ti"tel', 'Ti"tel'],
        "tblCaption": [legal(text)],
    }


@pytest.mark.parametrize("layout", Layout)
def test_the_text_that_is_remembered_is_the_text_that_is_read(layout: Layout, tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS):
        whole = one_sentence("Ja.", of(text))
        for path in exporter.write([whole], tmp_path / f"{number}.docx", ExportSettings(layout)):
            assert not inspect(path).edited, text


# --- what is shared


def contents(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def undated(members: dict[str, bytes]) -> dict[str, bytes]:
    return {name: re.sub(rb' w:date="[^"]*"', b"", content) for name, content in members.items()}


def test_a_handout_carries_nothing_of_the_one_before() -> None:
    plain, rich = one_sentence("Nein.", "No."), article()
    alone = contents(exporter.build([plain], ExportSettings()))
    first = contents(exporter.build([rich], ExportSettings()))
    assert contents(exporter.build([plain], ExportSettings())) == alone
    assert undated(contents(exporter.build([rich], ExportSettings()))) == undated(first)
    assert set(first) - set(alone) == {"word/comments.xml"}
    assert ADDRESS.encode().replace(b"&", b"&amp;") in first["word/_rels/document.xml.rels"]


def test_the_list_of_types_comes_first_and_no_picture_of_an_empty_page_is_in_it() -> None:
    members = contents(exporter.build([article()], ExportSettings()))
    assert next(iter(members)) == "[Content_Types].xml"
    assert not [name for name in members if "thumbnail" in name]
    assert b"thumbnail" not in members["_rels/.rels"]


def test_a_changed_template_is_read_again(tmp_path: Path) -> None:
    def name(text: str) -> Callable[[WordDocument], None]:
        return lambda word: setattr(word.sections[0].header.paragraphs[0], "text", text)

    made = []
    for text in ("first", "second one"):
        settings = ExportSettings(template=template(tmp_path / "t.docx", A4, name(text)))
        made.append(all_text(read(exporter.build([article()], settings)).sections[0].header._element))
    assert made == ["first", "second one"]


# --- templates


def test_links_of_a_template_stay_and_comments_on_its_text_go(tmp_path: Path) -> None:
    def worked_on(word: WordDocument) -> None:
        word.add_comment(word.add_paragraph("old").runs, "old comment", "Me", "m")
        word.part.relate_to(ADDRESS, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    settings = ExportSettings(template=template(tmp_path / "t.docx", A4, worked_on))
    word = read(exporter.build([article()], settings))
    assert [comment.text for comment in word.comments] == ["Selenskyj should be Zelenskyy"]
    assert commented(word) == {"Selenskyj should be Zelenskyy": "He came."}
    assert [r.target_ref for r in word.part.rels.values() if r.is_external] == [ADDRESS]
    plain = exporter.build([one_sentence("Ja.", "Yes.")], settings)
    assert "word/comments.xml" not in contents(plain) and b"old comment" not in b"".join(contents(plain).values())


def rewritten(path: Path, changes: dict[str, Callable[[bytes], bytes]]) -> Path:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, changes.get(name, bytes)(content))
    return path


@pytest.mark.parametrize(
    "main",
    [
        f'<document xmlns="{WORD}"><body><p/><sectPr><pgMar/></sectPr></body></document>',
        f'<x:document xmlns:x="{WORD}" xmlns:w="urn:w"><x:body xmlns:r="urn:r"><x:sectPr/></x:body></x:document>',
        f'<w:document xmlns:w="{WORD}"><w:body><?content-of-the-handout?><w:sectPr/></w:body></w:document>',
    ],
)
def test_templates_with_other_prefixes(main: str, tmp_path: Path) -> None:
    path = rewritten(template(tmp_path / "t.docx", A4), {"word/document.xml": lambda content: main.encode()})
    made, = exporter.write([article()], tmp_path / "a.docx", ExportSettings(template=path))  # fmt: skip
    assert package_faults(made) == []
    word = docx.Document(str(made))
    assert [r.target_ref for r in word.part.rels.values() if r.is_external] == [ADDRESS]
    assert "The truce held.1" in all_text(word.element.body)
    assert len(list(word.element.body.iter(qn("w:hyperlink")))) == 2


def test_a_margin_that_is_no_number(tmp_path: Path) -> None:
    main = f'<w:document xmlns:w="{WORD}"><w:body><w:sectPr><w:pgMar w:left="NaN"/></w:sectPr></w:body></w:document>'
    path = rewritten(template(tmp_path / "t.docx", A4), {"word/document.xml": lambda content: main.encode()})
    with pytest.raises(OutputError, match=r"template .*t\.docx: damaged \(.*NaN"):
        exporter.build([article()], ExportSettings(template=path))


def test_a_place_for_the_content_that_is_there_twice(tmp_path: Path) -> None:
    main = (
        f'<w:document xmlns:w="{WORD}"><w:background><?content-of-the-handout ?></w:background>'
        "<w:body><w:sectPr/></w:body></w:document>"
    )
    path = rewritten(template(tmp_path / "t.docx", A4), {"word/document.xml": lambda content: main.encode()})
    with pytest.raises(OutputError, match=r"template .*t\.docx: damaged \(strange processing instructions\)"):
        exporter.build([article()], ExportSettings(template=path))


def custom_properties(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("docProps/custom.xml"))
    assert [int(node.get("pid")) for node in root] == list(range(2, 2 + len(root)))
    return {node.get("name"): "".join(node.itertext()) for node in root}


def test_a_handout_as_a_template(tmp_path: Path) -> None:
    exporter.write([article()], tmp_path / "t.docx", ExportSettings())
    made, = exporter.write([bilingual()], tmp_path / "a.docx", ExportSettings(template=tmp_path / "t.docx"))  # fmt: skip
    assert package_faults(made) == []
    assert set(custom_properties(made)) == {"TranslatorFingerprint", "TranslatorText", "TranslatorSource"}
    assert inspect(made).fingerprint != inspect(tmp_path / "t.docx").fingerprint
    assert not inspect(made).edited


def test_properties_of_a_template_stay(tmp_path: Path) -> None:
    exporter.write([article()], tmp_path / "t.docx", ExportSettings())
    label = b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Label"><vt:i4>7</vt:i4></property>'
    path = rewritten(
        tmp_path / "t.docx",
        {"docProps/custom.xml": lambda content: content.replace(b"<property", label + b"<property", 1)},
    )
    for name in ("a", "b"):
        made, = exporter.write([bilingual()], tmp_path / f"{name}.docx", ExportSettings(template=path))  # fmt: skip
        assert custom_properties(made)["Label"] == "7"
        assert len(custom_properties(made)) == 4
        assert not inspect(made).edited


def test_damaged_properties_of_a_template_are_left_out(tmp_path: Path) -> None:
    exporter.write([article()], tmp_path / "t.docx", ExportSettings())
    path = rewritten(tmp_path / "t.docx", {"docProps/custom.xml": lambda content: content[:-5]})
    made, = exporter.write([bilingual()], tmp_path / "a.docx", ExportSettings(template=path))  # fmt: skip
    assert len(custom_properties(made)) == 3
