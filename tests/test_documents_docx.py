"""Word files: structure by styles, tables, tracked changes, and every kind of file that is none."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from translator import limits
from translator.documents import Document, InputFile, Kind, read_document
from translator.errors import ExitCode, InputError

T, H, P, L, C = Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.TABLE_CELL
BODY = "Die Minister beraten am Donnerstag."
W = nsdecls("w")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504

Save = Callable[[WordDocument], Document]


@pytest.fixture
def word() -> WordDocument:
    return docx.Document()


@pytest.fixture
def saved(tmp_path: Path) -> Save:
    def _saved(word: WordDocument) -> Document:
        path = tmp_path / "artikel.docx"
        word.save(str(path))
        return read_document(InputFile(path, "artikel.docx"))

    return _saved


def shape(document: Document) -> list[tuple[Kind, int, str]]:
    return [(p.kind, p.level, p.text) for p in document.paragraphs]


def append(word: WordDocument, content: str) -> None:
    """A paragraph of the given runs, as XML."""
    body = word.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {W}>{content}</w:p>"))


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


@cache
def parts() -> dict[str, bytes]:
    """The parts of a small sound document."""
    word, file = docx.Document(), io.BytesIO()
    word.add_paragraph(BODY)
    word.save(file)
    with zipfile.ZipFile(file) as archive_:
        return {name: archive_.read(name) for name in archive_.namelist()}


def packed(changes: dict[str, bytes | None] | None = None, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The document of parts() with parts replaced, or left out where None."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive_:
        for name, data in {**parts(), **(changes or {})}.items():
            if data is not None:
                archive_.writestr(name, data)
    return file.getvalue()


# --- structure -------------------------------------------------------------------------------------------------------


def test_title_headings_and_paragraphs_come_in_order(word: WordDocument, saved: Save) -> None:
    word.add_heading("Treffen in Kopenhagen", 0)
    word.add_paragraph(BODY)
    word.add_heading("Kiew ist bereit", 1)
    word.add_paragraph("   ")
    word.add_paragraph("Moskau\tschweigt,\nsagt  man.")
    word.add_heading("Reaktionen", 3)
    document = saved(word)
    assert (document.title, document.date, document.encoding) == ("Treffen in Kopenhagen", None, "docx")
    assert shape(document) == [
        (T, 1, "Treffen in Kopenhagen"),
        (P, 1, BODY),
        (H, 1, "Kiew ist bereit"),
        (P, 1, "Moskau schweigt, sagt man."),
        (H, 3, "Reaktionen"),
    ]


@pytest.mark.parametrize(("level", "kind"), [(1, T), (2, H)])
def test_heading_one_at_the_top_is_the_title_and_heading_two_is_not(
    word: WordDocument, saved: Save, level: int, kind: Kind
) -> None:
    word.add_heading("Treffen in Kopenhagen", level)
    word.add_paragraph(BODY)
    assert shape(saved(word)) == [(kind, level, "Treffen in Kopenhagen"), (P, 1, BODY)]


@pytest.mark.parametrize(
    ("style", "kind", "level"),
    [
        ("Überschrift 1", H, 1),
        ("Überschrift 2", H, 2),
        ("überschrift3", H, 3),
        ("Titel", H, 1),
        ("Listenabsatz", L, 1),
        ("Zitat", P, 1),
    ],
)
def test_german_style_names_are_understood(word: WordDocument, saved: Save, style: str, kind: Kind, level: int) -> None:
    word.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
    word.add_paragraph(BODY)
    word.add_paragraph("Kiew ist bereit", style=style)
    assert shape(saved(word)) == [(P, 1, BODY), (kind, level, "Kiew ist bereit")]


def test_german_style_ids_of_word_are_understood(word: WordDocument, saved: Save) -> None:
    word.styles["Heading 2"].element.set(qn("w:styleId"), "berschrift2")
    word.add_paragraph(BODY)
    append(word, f'<w:pPr><w:pStyle w:val="berschrift2"/></w:pPr>{run("Kiew ist bereit")}')
    assert shape(saved(word)) == [(P, 1, BODY), (H, 2, "Kiew ist bereit")]


def test_unknown_style_is_a_paragraph(word: WordDocument, saved: Save) -> None:
    append(word, f'<w:pPr><w:pStyle w:val="GibtEsNicht"/></w:pPr>{run(BODY)}')
    assert shape(saved(word)) == [(P, 1, BODY)]


@pytest.mark.parametrize("style", ["List Bullet", "List Number", "List Paragraph", "List Continue"])
def test_list_styles_give_list_items(word: WordDocument, saved: Save, style: str) -> None:
    word.add_paragraph("Beschlossen wurde:")
    word.add_paragraph("Hilfe für Kiew", style=style)
    assert shape(saved(word)) == [(P, 1, "Beschlossen wurde:"), (L, 1, "Hilfe für Kiew")]


def numbered(text: str, number: int, depth: int) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:pPr>{numbering}</w:pPr>{run(text)}"


def test_numbered_paragraphs_are_list_items(word: WordDocument, saved: Save) -> None:
    word.add_paragraph("Beschlossen wurde:")
    append(word, numbered("Hilfe für Kiew", 1, 0))
    assert shape(saved(word)) == [(P, 1, "Beschlossen wurde:"), (L, 1, "Hilfe für Kiew")]


def test_list_items_keep_their_depth(word: WordDocument, saved: Save) -> None:
    append(word, numbered("Hilfe für Kiew", 1, 0))
    append(word, numbered("Munition", 1, 1))
    word.add_paragraph("Zölle", style="List Bullet 2")
    assert shape(saved(word)) == [(L, 1, "Hilfe für Kiew"), (L, 2, "Munition"), (L, 2, "Zölle")]


def test_paragraph_whose_numbering_was_taken_off_is_no_list_item(word: WordDocument, saved: Save) -> None:
    append(word, numbered(BODY, 0, 0))
    assert shape(saved(word)) == [(P, 1, BODY)]


# --- first line with a date ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first", [" date 2025-08-25 Treffen in Kopenhagen", "   Datum: 25.8.2025   Treffen in Kopenhagen"]
)
def test_date_line_gives_date_and_title(word: WordDocument, saved: Save, first: str) -> None:
    word.add_paragraph(first)
    word.add_paragraph(BODY)
    document = saved(word)
    assert document.date == "2025-08-25"
    assert shape(document) == [(T, 1, "Treffen in Kopenhagen"), (P, 1, BODY)]


def test_date_line_in_a_heading_works_too(word: WordDocument, saved: Save) -> None:
    word.add_paragraph("")
    word.add_heading("date 2025-08-25 Treffen in Kopenhagen", 1)
    word.add_paragraph(BODY)
    document = saved(word)
    assert document.date == "2025-08-25"
    assert shape(document) == [(T, 1, "Treffen in Kopenhagen"), (P, 1, BODY)]


@pytest.mark.parametrize("level", [0, 1], ids=["Title", "Heading 1"])
def test_heading_below_a_date_line_is_the_title(word: WordDocument, saved: Save, level: int) -> None:
    word.add_paragraph("date 2025-08-25")
    word.add_heading("Treffen in Kopenhagen", level)
    word.add_paragraph(BODY)
    document = saved(word)
    assert document.date == "2025-08-25"
    assert shape(document) == [(T, 1, "Treffen in Kopenhagen"), (P, 1, BODY)]


def test_date_without_title_leaves_the_text(word: WordDocument, saved: Save) -> None:
    word.add_paragraph("Datum: 25.8.2025")
    word.add_paragraph(BODY)
    document = saved(word)
    assert (document.date, document.title) == ("2025-08-25", None)
    assert shape(document) == [(P, 1, BODY)]


def test_date_alone_is_no_text(word: WordDocument, saved: Save, tmp_path: Path) -> None:
    word.add_paragraph("date 2025-08-25")
    with pytest.raises(InputError) as caught:
        saved(word)
    assert str(caught.value) == f"{tmp_path / 'artikel.docx'}: no text in it"


# --- tables ----------------------------------------------------------------------------------------------------------


def test_table_cells_come_row_by_row_in_their_place(word: WordDocument, saved: Save) -> None:
    word.add_paragraph(BODY)
    table = word.add_table(2, 2)
    for cell, text in zip((c for r in table.rows for c in r.cells), ("Land", "Beitrag", "Polen", ""), strict=True):
        cell.text = text
    table.cell(1, 0).add_paragraph("seit 1999")
    word.add_paragraph("Ende.")
    assert shape(saved(word)) == [
        (P, 1, BODY),
        (C, 1, "Land"),
        (C, 1, "Beitrag"),
        (C, 1, "Polen"),
        (C, 1, "seit 1999"),
        (P, 1, "Ende."),
    ]


def test_merged_cells_are_read_once(word: WordDocument, saved: Save) -> None:
    table = word.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "quer"
    table.cell(0, 2).merge(table.cell(2, 2)).text = "hoch"
    table.cell(1, 0).merge(table.cell(2, 1)).text = "Block"
    assert [p.text for p in saved(word).paragraphs] == ["quer", "hoch", "Block"]


def test_nested_tables_are_read_in_their_place(word: WordDocument, saved: Save) -> None:
    table = word.add_table(1, 2)
    outer = table.cell(0, 0)
    outer.text = "vor"
    inner = outer.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "innen links", "innen rechts"
    outer.add_paragraph("nach")
    table.cell(0, 1).text = "daneben"
    assert shape(saved(word)) == [(C, 1, text) for text in ("vor", "innen links", "innen rechts", "nach", "daneben")]


# --- inside a paragraph ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (run("Die ") + f'<w:ins w:id="1" w:author="A">{run("drei ")}</w:ins>' + run("Minister."), "Die drei Minister."),
        (
            run("Die ") + f'<w:del w:id="1" w:author="A">{run("drei ", "delText")}</w:del>' + run("Minister."),
            "Die Minister.",
        ),
        (
            run("Sie kommen ")
            + f'<w:del w:id="1" w:author="A">{run("heute", "delText")}</w:del>'
            + f'<w:ins w:id="2" w:author="A">{run("morgen")}</w:ins>'
            + run("."),
            "Sie kommen morgen.",
        ),
        (
            f'<w:ins w:id="1" w:author="A">{run("Neu")}<w:del w:id="2" w:author="B">{run("alt", "delText")}</w:del>'
            "</w:ins>",
            "Neu",
        ),
        (
            f'<w:moveFrom w:id="1" w:author="A">{run("Gestern ")}</w:moveFrom>{run("kamen sie ")}'
            f'<w:moveTo w:id="2" w:author="A">{run("gestern")}</w:moveTo>{run(".")}',
            "kamen sie gestern.",
        ),
    ],
    ids=["insertion", "deletion", "replacement", "deletion in insertion", "move"],
)
def test_tracked_changes_are_read_as_accepted(word: WordDocument, saved: Save, content: str, expected: str) -> None:
    append(word, content)
    assert shape(saved(word)) == [(P, 1, expected)]


def test_paragraph_deleted_as_a_whole_is_gone(word: WordDocument, saved: Save) -> None:
    word.add_paragraph(BODY)
    deleted = '<w:del w:id="1" w:author="A"/>'
    append(word, f'<w:pPr><w:rPr>{deleted}</w:rPr></w:pPr><w:del w:id="2" w:author="A">{run("Weg", "delText")}</w:del>')
    assert shape(saved(word)) == [(P, 1, BODY)]


def test_paragraphs_with_a_deleted_mark_between_them_are_one(word: WordDocument, saved: Save) -> None:
    append(word, f'<w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>{run("Die Minister beraten ")}')
    append(word, run("am Donnerstag."))
    assert shape(saved(word)) == [(P, 1, BODY)]


def test_hyperlinks_give_their_text(word: WordDocument, saved: Save) -> None:
    append(word, run("Die ") + f'<w:hyperlink w:anchor="rede">{run("Rede von gestern")}</w:hyperlink>' + run("."))
    assert shape(saved(word)) == [(P, 1, "Die Rede von gestern.")]


def test_field_codes_are_left_out_and_their_results_kept(word: WordDocument, saved: Save) -> None:
    append(
        word,
        f'{run("Die ")}<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + run(' HYPERLINK "https://example.org" ', "instrText")
        + f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("Rede")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + run("."),
    )
    assert shape(saved(word)) == [(P, 1, "Die Rede.")]


def test_text_boxes_follow_their_paragraph_once(word: WordDocument, saved: Save) -> None:
    box = f"<w:txbxContent><w:p>{run('Zum Hintergrund')}</w:p></w:txbxContent>"
    names = (
        f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    fallback = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    drawing = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>'
        f"</w:drawing></mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )
    body = word.element.body
    for shape_ in (drawing, fallback):
        body.insert(len(body) - 1, parse_xml(f"<w:p {names}>{run(BODY)}<w:r>{shape_}</w:r></w:p>"))
    assert shape(saved(word)) == [(P, 1, BODY), (P, 1, "Zum Hintergrund")] * 2


@pytest.mark.parametrize("reference", ["footnoteReference", "endnoteReference", "commentReference"])
def test_note_references_leave_no_trace(word: WordDocument, saved: Save, reference: str) -> None:
    append(word, run("Die Minister") + f'<w:r><w:{reference} w:id="2"/></w:r>' + run(" beraten am Donnerstag."))
    assert shape(saved(word)) == [(P, 1, BODY)]


def test_breaks_tabs_and_hyphens_are_text(word: WordDocument, saved: Save) -> None:
    append(
        word,
        f"{run('Der E')}<w:r><w:noBreakHyphen/></w:r>{run('Mail')}<w:r><w:br/></w:r>{run('folgt')}"
        f"<w:r><w:tab/></w:r>{run('ein An')}<w:r><w:softHyphen/></w:r>{run('hang.')}",
    )
    assert shape(saved(word)) == [(P, 1, "Der E-Mail folgt ein Anhang.")]


def test_content_controls_are_read(word: WordDocument, saved: Save) -> None:
    append(word, f"{run('Die ')}<w:sdt><w:sdtContent>{run('Minister')}</w:sdtContent></w:sdt>{run(' beraten.')}")
    block = f"<w:sdt {W}><w:sdtContent><w:p>{run('Beschlüsse gab es nicht.')}</w:p></w:sdtContent></w:sdt>"
    word.element.body.insert(len(word.element.body) - 1, parse_xml(block))
    word.add_paragraph("Ende.")
    assert [p.text for p in saved(word).paragraphs] == ["Die Minister beraten.", "Beschlüsse gab es nicht.", "Ende."]


# --- files that are none ---------------------------------------------------------------------------------------------


def refused(path: Path) -> str:
    """The message without the path."""
    with pytest.raises(InputError) as caught:
        read_document(InputFile(path, path.name))
    assert caught.value.exit_code is ExitCode.input
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


DAMAGED = "damaged, or no Word file although it is named like one"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (BODY.encode(), DAMAGED),
        (packed()[: len(packed()) // 2], DAMAGED),
        (b"PK\x03\x04", DAMAGED),
        (
            OLE,
            "password-protected or in the format of Office before 2007; "
            "open it, remove the password and save it as .docx",
        ),
    ],
    ids=["empty", "text", "cut off", "only a signature", "OLE"],
)
def test_what_is_no_word_file_is_refused(write: Callable[..., Path], data: bytes, message: str) -> None:
    assert refused(write("a.docx", data)) == message


def test_encrypted_zip_is_refused(write: Callable[..., Path]) -> None:
    data = bytearray(packed())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # general purpose flags
        data[data.index(signature) + offset] |= 1
    assert refused(write("a.docx", bytes(data))) == "password-protected; remove the password and try again"


def test_zip_bomb_is_not_opened(write: Callable[..., Path]) -> None:
    data = packed({"word/media/bild.bmp": bytes(16 * 2**20 - sum(map(len, parts().values())))})
    assert len(data) < 100_000
    assert "times its size when unpacked are more than the 200 allowed" in refused(write("a.docx", data))


def test_huge_document_is_not_opened(write: Callable[..., Path]) -> None:
    path = write("a.docx", packed())
    with limits.override(archive_bytes=1000):
        assert " bytes when unpacked are more than the 1,000 bytes allowed" in refused(path)


def test_document_with_a_big_part_of_normal_density_is_read(write: Callable[..., Path]) -> None:
    path = write("a.docx", packed({"word/media/bild.bmp": bytes(3 * 2**20)}, compression=zipfile.ZIP_STORED))
    assert shape(read_document(InputFile(path, "a.docx"))) == [(P, 1, BODY)]


def test_document_without_text_is_refused(word: WordDocument, tmp_path: Path) -> None:
    word.add_paragraph(" ")
    word.add_table(2, 2)
    path = tmp_path / "a.docx"
    word.save(str(path))
    assert refused(path) == "no text in it"


def test_unreadable_path_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.mkdir()
    assert refused(path) == "cannot be read (Is a directory)"


WORD_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
STYLES_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"


@pytest.mark.parametrize(
    "changes",
    [
        {"[Content_Types].xml": None},
        {"_rels/.rels": None},
        {"word/document.xml": None},
        {"word/document.xml": b""},
        {"word/document.xml": b"<w:document"},
        {"word/document.xml": b"<x/>"},
        {"word/document.xml": f"<w:document {W}/>".encode()},
        {"_rels/.rels": b"<x/>"},
        {"[Content_Types].xml": b"<x/>"},
        {"[Content_Types].xml": parts()["[Content_Types].xml"].replace(WORD_TYPE, SHEET_TYPE)},
        {"[Content_Types].xml": parts()["[Content_Types].xml"].replace(STYLES_TYPE, b"text/plain")},
        {"[Content_Types].xml": parts()["[Content_Types].xml"].replace(b"PartName=", b"Name=")},
        {"_rels/.rels": parts()["_rels/.rels"].replace(b"Target=", b"Ziel=")},
    ],
    ids=[
        "no content types",
        "no relationships",
        "no document part",
        "empty document part",
        "cut XML",
        "other XML",
        "no body",
        "other relationships",
        "other content types",
        "spreadsheet",
        "styles of another type",
        "content type without part",
        "relationship without target",
    ],
)
def test_archive_that_is_no_sound_word_file_is_refused(
    write: Callable[..., Path], changes: dict[str, bytes | None]
) -> None:
    assert refused(write("a.docx", packed(changes))).startswith(DAMAGED)


def test_damaged_compressed_data_is_refused(write: Callable[..., Path]) -> None:
    data = bytearray(packed())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive_:
        info = archive_.getinfo("word/document.xml")
    start = info.header_offset + 30 + len(info.filename)
    data[start : start + 40] = b"\xff" * 40
    assert refused(write("a.docx", bytes(data))).startswith(DAMAGED)


def test_wrong_checksum_is_refused(write: Callable[..., Path]) -> None:
    data = packed(compression=zipfile.ZIP_STORED)
    assert refused(write("a.docx", data.replace(b"beraten", b"bereten"))).startswith(DAMAGED)


@pytest.mark.parametrize("method", [1, 12, 14, 97], ids=["shrunk", "bzip2", "lzma", "unknown"])
def test_other_compression_method_is_refused(write: Callable[..., Path], method: int) -> None:
    data = bytearray(packed())
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] = method
    assert refused(write("a.docx", bytes(data))).startswith(DAMAGED)


def test_entities_are_not_expanded(write: Callable[..., Path]) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "Werbung">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    xml = f"{bomb}]><w:document {W}><w:body><w:p>{run('Text &i;')}</w:p></w:body></w:document>"
    path = write("a.docx", packed({"word/document.xml": xml.encode()}))
    try:
        text = read_document(InputFile(path, "a.docx")).text
    except InputError:
        text = ""
    assert text in ("", "Text")


def mutated(changes: list[tuple[int, int]]) -> bytes:
    """A sound document with single bytes changed."""
    data = bytearray(packed())
    for at, value in changes:
        data[at % len(data)] = value
    return bytes(data)


@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=300).map(lambda data: b"PK\x03\x04" + data),
        st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=8),
    )
)
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # eight changed bytes need no shrinking, which takes seconds
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_arbitrary_bytes_as_docx_give_a_document_or_an_input_error(content: bytes | list[tuple[int, int]]) -> None:
    data = content if isinstance(content, bytes) else mutated(content)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        path.write_bytes(data)
        try:
            document = read_document(InputFile(path, "a.docx"))
        except InputError as error:
            assert str(error).startswith(f"{path}: ")
        else:
            assert isinstance(document, Document)
            assert document.paragraphs != ()
