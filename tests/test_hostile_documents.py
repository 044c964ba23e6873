"""What somebody may mail: files that would read other files, call home, fill the memory, write elsewhere or hide what they are."""

from __future__ import annotations

import csv
import functools
import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import openpyxl
import pytest
import test_documents_docx as word_files
import test_documents_epub as books
import test_documents_odt as open_documents
from conftest import FakeEngine

from translator import limits
from translator.cli import translate as command
from translator.cli.app import main
from translator.documents import InputFile, read_document
from translator.engine.packages import Package
from translator.errors import GlossaryError, InputError, TranslatorError
from translator.export.docx_xml import all_text
from translator.glossary.load import read_glossary
from translator.glossary.model import Entry
from translator.glossary.rows import plain_cell
from translator.glossary.writing import format_of, write_glossary
from translator.memory.tmx import read_tmx
from translator.pipeline import run
from translator.repair import Repairer
from translator.review.handout import read_handout

TEXT = "Die Minister beraten in Kopenhagen."
SECRET = "Das Kennwort lautet Rumpelstilzchen"
Session = Callable[..., tuple[int, list[str], str]]
Write = Callable[[str, "str | bytes"], Path]


@pytest.fixture
def translate(
    tmp_path: Path,
    fake_route: Callable[..., tuple[Package, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Session:
    """Runs `translate ARGS` with a fake engine in the folder of the test; gives exit code, paths written, messages."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Repairer, "repair", lambda self, texts, hits, translated: list(translated))
    monkeypatch.setattr(
        command, "run", functools.partial(run, load=lambda route, threads, device: FakeEngine(), choose=fake_route)
    )

    def _translate(*args: str) -> tuple[int, list[str], str]:
        monkeypatch.setattr(sys, "argv", ["translate", *args, "--to", "en", "--from", "de", "--no-memory", "-o", "out"])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(caught.value.code or 0), out.splitlines(), err

    return _translate


def rows(path: Path) -> list[list[str]]:
    """Number, source and target of the table of a handout."""
    table = docx.Document(str(path)).tables[0]._tbl
    return [[all_text(cell) for cell in row.tc_lst] for row in table.tr_lst[1:]]


def word(body: str, more: dict[str, bytes | None] | None = None, head: str = "") -> bytes:
    """A Word file with a body of XML."""
    whole = word_files.parts()["word/document.xml"].decode()
    start, end = whole.index("<w:body>") + 8, whole.index("<w:sectPr")
    declaration, _, root = (whole[:start] + body + whole[end:]).partition("?>")
    return word_files.packed({"word/document.xml": f"{declaration}?>{head}{root}".encode(), **(more or {})})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, head: str = "", more: dict[str, bytes | None] | None = None) -> bytes:
    return open_documents.packed({"content.xml": open_documents.content(body, head=head), **(more or {})})


def epub(body: str, head: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    page = books.chapter(body)
    return books.book({"a.xhtml": page.replace("<!DOCTYPE html>", head) if head else page}, more=more)


def workbook(more: dict[str, bytes] | None = None, head: str = "", text: str = "Zoll") -> bytes:
    """An Excel file with a glossary; the sheet's XML gets a document type and the term another text."""
    file, result = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    for row in (("source", "target"), ("Zoll", "tariff"), ("Kiew", "Kyiv")):
        book.active.append(row)
    book.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                data = f"{head}{data}".replace("Zoll", text)
            new.writestr(name, data)
        for name, extra in (more or {}).items():
            new.writestr(name, extra)
    return result.getvalue()


def tbx(terms: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{head}<martif type="TBX"><text><body><termEntry><langSet xml:lang="de"><tig><term>{terms}'
        '</term></tig></langSet><langSet xml:lang="en"><tig><term>tariff</term></tig></langSet></termEntry></body></text>'
        "</martif>"
    )


def tmx(text: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{head}<tmx version="1.4"><header/><body><tu><tuv xml:lang="de"><seg>{text}</seg></tuv>'
        '<tuv xml:lang="en"><seg>Yes.</seg></tuv></tu></body></tmx>'
    )


def read(path: Path) -> object:
    """Reads a file as what its ending says: a document, a glossary or a memory."""
    if path.suffix == ".tmx":
        return read_tmx(path, "de", "en")
    if path.suffix in (".tbx", ".xlsx", ".csv"):
        return read_glossary(path, "de", "en")
    return read_document(InputFile(path, path.name))


def refusal(path: Path) -> str:
    """The one line with which a file is refused, without its name."""
    with pytest.raises((InputError, GlossaryError)) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ") or message.startswith(f"{path}:1: ")
    assert "\n" not in message
    return message.removeprefix(f"{path}")


# --- what calls home or reads other files -----------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """Address of a web server on this computer, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    web = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{web.server_port}/", asked
    web.shutdown()
    thread.join()
    web.server_close()


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))


def doctypes(root: str, secret: Path, web: str) -> dict[str, str]:
    """Document types by what they would do; `&x;` is what uses them."""
    address = secret.as_uri()
    return {
        "laughs": f'<!DOCTYPE {root} [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY x "&l9;">]>',
        "quadratic": f'<!DOCTYPE {root} [<!ENTITY x "{"ha" * 50_000}">]>',
        "file": f'<!DOCTYPE {root} [<!ENTITY x SYSTEM "{address}">]>',
        "web": f'<!DOCTYPE {root} [<!ENTITY x SYSTEM "{web}x">]>',
        "parameter": f'<!DOCTYPE {root} [<!ENTITY % p SYSTEM "{web}p"> %p; <!ENTITY x "">]>',
        "external": f'<!DOCTYPE {root} SYSTEM "{web}dtd" [<!ENTITY x "">]>',
    }


MAKERS: dict[str, tuple[str, Callable[[str, str], str | bytes]]] = {
    "docx": ("w:document", lambda head, x: word(paragraph(TEXT) + paragraph(f"Wort {x * 40}"), head=head)),
    "odt": ("office:document-content", lambda head, x: odt(f"<text:p>{TEXT}</text:p><text:p>Wort {x * 40}</text:p>", head)),
    "epub": ("html", lambda head, x: epub(f"<p>{TEXT}</p><p>Wort {x * 40}</p>", head)),
    "html": ("html", lambda head, x: f"{head}<html><body><p>{TEXT}</p><p>Wort {x * 40}</p></body></html>"),
    "xlsx": ("worksheet", lambda head, x: workbook(head=head, text=f"Zoll{x * 40}")),
    "tbx": ("martif", lambda head, x: tbx(f"Zoll{x * 40}", head)),
    "tmx": ("tmx", lambda head, x: tmx(f"Ja.{x * 40}", head)),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["laughs", "quadratic", "file", "web", "parameter", "external"])
@pytest.mark.parametrize("form", MAKERS)
def test_entities_are_neither_expanded_nor_fetched(
    write: Write, tmp_path: Path, server: tuple[str, list[str]], form: str, kind: str
) -> None:
    web, asked = server
    root, make = MAKERS[form]
    head = doctypes(root, write("secret.txt", SECRET), web)[kind]
    path = write(f"a.{form}", make(head, "&x;"))
    try:
        found = repr(read(path))
    except TranslatorError as error:
        found = str(error)
        assert found.startswith(f"{path}")
        assert "\n" not in found
    assert SECRET not in found
    assert "haha" not in found
    assert asked == []


def test_nothing_that_a_document_refers_to_is_opened_or_gets_into_the_handout(
    translate: Session, write: Write, tmp_path: Path, server: tuple[str, list[str]]
) -> None:
    web, asked = server
    secret = write("secret.txt", SECRET)
    relations = word_files.parts()["word/_rels/document.xml.rels"].decode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="x{n}" Type="{office}/{kind}" Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(
            [("attachedTemplate", f"{web}t.dotm"), ("image", f"{web}b.png"), ("image", secret.as_uri())]
        )
    )
    relations = relations.replace("</Relationships>", f"{links}</Relationships>")
    write("in/a.docx", word(paragraph(TEXT), {"word/_rels/document.xml.rels": relations.encode()}))
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{}"/>'
    write("in/b.odt", odt(f"<text:p>{TEXT}{include.format(secret.as_uri())}{include.format(web)}</text:p>"))
    write(
        "in/c.html",
        f'<html><head><link rel="stylesheet" href="{web}s.css"><meta http-equiv="refresh" content="0; url={web}">'
        f'<base href="{web}"></head><body><p>{TEXT}</p><img src="{web}b.png"><iframe src="{secret.as_uri()}"></iframe>'
        f'<object data="{web}o"></object><script src="{web}s.js"></script><embed src="{web}e"></body></html>',
    )
    write("in/d.epub", epub(f'<p>{TEXT}</p><img src="{web}b.png"/><iframe src="{web}i"/>'))
    write("in/e.md", f"{TEXT}\n\n![Bild]({web}b.png)\n\n[:include]({secret.as_uri()})\n")
    code, paths, err = translate("in", "--format", "docx,html,odt,md,tmx")
    assert code == 0, err
    assert len(paths) == 25
    assert asked == []
    for path in map(Path, paths):
        data = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                data = b"".join(map(archive.read, archive.namelist()))
        assert SECRET.encode() not in data
    assert [row[1] for row in rows(Path("out/a.de-en.docx"))] == [TEXT]


# --- archives ---------------------------------------------------------------------------------------------------------

ARCHIVES: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "docx": lambda more: word(paragraph(TEXT), dict(more)),
    "odt": lambda more: odt(f"<text:p>{TEXT}</text:p>", more=dict(more)),
    "epub": lambda more: epub(f"<p>{TEXT}</p>", more=dict(more)),
    "xlsx": workbook,
}
archives = pytest.mark.parametrize("form", ARCHIVES)


@archives
def test_bombs_are_seen_before_anything_is_unpacked(write: Write, form: str) -> None:
    make = ARCHIVES[form]
    dense = make({"x.bin": bytes(40 * 2**20)})
    assert len(dense) < 100_000
    assert "times its size when unpacked are more than the 200 allowed" in refusal(write(f"ratio.{form}", dense))
    many = make({f"x/{n}": b"" for n in range(10_001)})
    assert " files inside are more than the 10,000 allowed" in refusal(write(f"count.{form}", many))
    large = os.urandom(2**20) + bytes(2**20)
    with limits.override(archive_bytes=2**20):
        assert "bytes when unpacked are more than the 1,048,576 bytes allowed" in refusal(
            write(f"size.{form}", make({"x": large}))
        )
    marks = make({"x.xml": b"<a>" + b"<b c=''/>" * 5_000 + os.urandom(2**16)})
    with limits.override(xml_nodes=9_000):
        assert " marks of XML are more than the 9,000 allowed" in refusal(write(f"marks.{form}", marks))


@archives
def test_an_archive_that_lies_about_the_size_of_a_file_gets_no_more_than_it_says(write: Write, form: str) -> None:
    """Its list says 100 bytes where 40 MB come out: reading ends at 100 bytes, and the checksum does not fit."""
    names = {
        "docx": "word/document.xml",
        "odt": "content.xml",
        "epub": "OEBPS/a.xhtml",
        "xlsx": "xl/worksheets/sheet1.xml",
    }
    with zipfile.ZipFile(io.BytesIO(ARCHIVES[form]({}))) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    parts[names[form]] += b" " * (40 * 2**20)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
        for info in new.infolist():
            if info.filename == names[form]:
                info.file_size = 100
    assert ": damaged, or no " in refusal(write(f"a.{form}", file.getvalue()))


@archives
def test_names_that_lead_out_of_an_archive_write_nothing(
    write: Write, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "a" / "b" / "c"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    names = ["../../evil.txt", "/tmp/translator-evil.txt", "..\\..\\evil.txt", "C:\\evil.txt", "word/../../../evil.txt"]
    path = write(f"a/b/c/a.{form}", ARCHIVES[form](dict.fromkeys(names, b"evil")))
    before = sorted(tmp_path.rglob("*"))
    try:
        read(path)
    except TranslatorError as error:
        assert str(error).startswith(f"{path}: ")
    assert sorted(tmp_path.rglob("*")) == before
    assert not Path("/tmp/translator-evil.txt").exists()


# --- what would take the memory or hours ------------------------------------------------------------------------------

_READER = """
import json, resource, sys
from pathlib import Path
import docx, lxml.html, odfdo, openpyxl, readability  # what the libraries take is not what a file costs
from translator.documents import InputFile
from translator.errors import TranslatorError
from translator.preparation import prepare

resource.setrlimit(resource.RLIMIT_DATA, (2**30, 2**30))
found = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        document = prepare(InputFile(path, path.name, path.parent), "de")
        found[path.name] = [len(document.segments), max(len(s.source) for s in document.segments), ""]
    except TranslatorError as error:
        found[path.name] = [0, 0, str(error).removeprefix(str(path))]
print(json.dumps(found))
"""


def cell(properties: str = "", content: str = "<w:p><w:r><w:t>Kiew</w:t></w:r></w:p>") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*tall: str) -> bytes:
    return word(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in tall)}</w:tbl>")


_DEEP = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")
_NOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
_NUMBER = "2000000000"
GREEDY: dict[str, tuple[Callable[[], str | bytes], int, str]] = {
    "line of 60 MB.txt": (lambda: b"a" * 60_000_000, 0, "57 MB in a file of text are more than the 50 MB allowed"),
    "line of words.txt": (lambda: "Wort " * 600_000, 1500, ""),
    "line of a word.txt": (lambda: b"a" * 3_000_000, 1500, ""),
    "line of sentences.md": (lambda: "Die Minister beraten in Kopenhagen. " * 20_000, 20_000, ""),
    "lines.txt": (lambda: "a\n" * 500_001, 0, "500,001 lines are more than the 500,000 allowed"),
    "cells.docx": (lambda: table(*[cell() * 1000] * 1000), 0, "times its size"),
    "cells.odt": (
        lambda: odt(f"<table:table>{'<table:table-row>' + '<table:table-cell/>' * 1000 + '</table:table-row>'}</table:table>"
                    * 1000), 0, "times its size"),
    "cells.html": (lambda: "<table>" + ("<tr>" + "<td>Wort" * 1000) * 1000, 0, "elements and attributes are more than"),
    "cells.md": (lambda: "|a" * 1000 + "|\n" + "|-" * 1000 + "|\n" + ("|a" * 1000 + "|\n") * 999, 0, "marks of Markdown are"),
    "attributes.html": (lambda: f"<p {''.join(f'a{n} ' for n in range(100_000))}>x", 0, "attributes in one tag are more"),
    "deep.docx": (lambda: word(_DEEP[0] * 1000 + paragraph(TEXT) + _DEEP[1] * 1000), 0, "damaged, or no Word file"),
    "deep enough.docx": (lambda: word(f"{_DEEP[0] * 60}{paragraph(TEXT)}{('<w:p/>' + _DEEP[1]) * 60}"), 1, ""),
    "deep.odt": (lambda: odt("<text:list><text:list-item>" * 1000 + "</text:list-item></text:list>" * 1000), 0, "damaged"),
    "deep.html": (lambda: "<div>" * 100_000 + TEXT, 0, "nested more than 2,048 deep"),
    "deep enough.html": (lambda: "<div>" * 2_000 + TEXT, 1, ""),
    "deep.epub": (lambda: epub("<div>" * 9_000 + TEXT + "</div>" * 9_000), 0, "nested more than 2,048 deep"),
    "quotes.md": (lambda: ">" * 100_000 + TEXT, 0, "no text in it"),
    "brackets.md": (lambda: "[" * 20_000 + TEXT, 11, ""),
    "stars.md": (lambda: "*a **b " * 10_000 + TEXT, 36, ""),
    "spans.docx": (lambda: table(cell(f'<w:gridSpan w:val="{_NUMBER}"/>')), 1, ""),
    "merged.docx": (
        lambda: table(cell('<w:vMerge w:val="restart"/>'), *[cell("<w:vMerge/>", "<w:p/>")] * 5_000), 1, ""),
    "notes.docx": (lambda: word(f"<w:p><w:r><w:t>{TEXT}</w:t></w:r>{''.join(map(_NOTE.format, range(30_000)))}</w:p>"), 1, ""),
    "runs.docx": (lambda: word("<w:p>" + "<w:r><w:rPr><w:b/></w:rPr><w:t>Wort </w:t></w:r><w:r><w:t>kurz </w:t></w:r>" * 9_000 + "</w:p>"), 45, ""),
    "repeated.odt": (
        lambda: odt(f'<table:table><table:table-row table:number-rows-repeated="{_NUMBER}"><table:table-cell '
                    f'table:number-columns-repeated="{_NUMBER}"><text:p>Kiew<text:s text:c="{_NUMBER}"/>wartet</text:p>'
                    "</table:table-cell></table:table-row></table:table>"), 1, ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def greedy(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, int, str]]:
    """Sentences, characters of the longest, and message of each file, read in a process that may take a gigabyte."""
    folder = tmp_path_factory.mktemp("greedy")
    for name, (make, _, _) in GREEDY.items():
        content = make()
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    done = subprocess.run(
        [sys.executable, "-c", _READER, str(folder)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {name: tuple(found) for name, found in json.loads(done.stdout).items()}


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
@pytest.mark.parametrize("name", GREEDY)
def test_greedy_files_are_read_or_refused_within_a_gigabyte(greedy: dict[str, tuple[int, int, str]], name: str) -> None:
    sentences, longest, message = greedy[name]
    _, wanted, refused = GREEDY[name]
    assert refused in message
    assert bool(refused) == bool(message)
    assert sentences == wanted
    assert longest <= limits.Limits().sentence_characters


def test_a_sheet_that_says_it_has_a_billion_rows_ends(write: Write) -> None:
    data = workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        sheet = old.read("xl/worksheets/sheet1.xml").decode()
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = sheet.replace('ref="A1:B3"', 'ref="A1:XFD2000000000"').replace('<row r="3"', '<row r="2000000000"')
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name, part in (parts | {"xl/worksheets/sheet1.xml": sheet.encode()}).items():
            new.writestr(name, part)
    assert [e.source for e in read_glossary(write("g.xlsx", file.getvalue()), "de", "en").entries] == ["Zoll"]


def test_a_table_of_terms_without_end_is_refused(write: Write) -> None:
    path = write("g.csv", "source,target\n" + "".join(f"Wort{n},word\n" for n in range(200)))
    with limits.override(glossary_rows=100):
        assert "201 rows are more than the 100 allowed; if you trust the file: --limit glossary_rows=" in refusal(path)
    for name, text in (("g.tbx", tbx("<x/>" * 50)), ("m.tmx", tmx("<x/>" * 50))):
        with limits.override(xml_nodes=60):
            assert "marks of XML are more than the 60 allowed" in refusal(write(name, text))


def test_xml_that_hides_its_marks_is_counted_by_its_bytes() -> None:
    assert limits.xml_nodes(b'<?xml version="1.0" encoding="UTF-7"?>' + b"+ADw-b/+AD4-" * 100) > 1_000
    assert limits.xml_nodes('<a b="c"><d/></a>'.encode("utf-16")) == 4


# --- the option -------------------------------------------------------------------------------------------------------


def test_limits_are_changed_for_one_command(translate: Session, write: Write) -> None:
    write("a.txt", f"{TEXT}\n" * 5)
    code, paths, err = translate("a.txt", "--limit", "text_lines=3")
    assert (code, paths) == (3, [])
    assert "a.txt: 5 lines are more than the 3 allowed; if you trust the file: --limit text_lines=6" in err
    assert translate("a.txt", "--limit", "text-lines=1K", "--limit", "text_bytes=1M")[:2] == (0, ["out/a.de-en.docx"])
    assert limits.current() == limits.Limits()


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("list", "the limits are text_bytes (50 MB), text_lines (500,000)"),
        ("lines=4", "the limits are text_bytes (50 MB)"),
        ("text_lines=many", "a whole number is wanted, such as text_lines=5000"),
        ("text_lines=0", "a whole number is wanted"),
        ("text_lines", "a whole number is wanted"),
    ],
)
def test_a_limit_that_is_none_is_an_error_of_usage(
    translate: Session, write: Write, setting: str, message: str
) -> None:
    write("a.txt", TEXT)
    code, paths, err = translate("a.txt", "--limit", setting)
    assert (code, paths) == (2, [])
    assert f"error: --limit {setting}: {message}" in err
    assert err.count("\n") == 1


def test_the_security_page_lists_the_limits_and_names_tests_that_are_there() -> None:
    root = Path(__file__).parent.parent
    page = (root / "SECURITY.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \| ([\d,]+(?: MB| GB)?) ", page, re.M))
    assert listed == {
        f.name: f"{f.default // 2**30} GB" if f.default >= 2**30 else
        f"{f.default // 2**20} MB" if f.name.endswith("bytes") else f"{f.default:,}"
        for f in fields(limits.Limits)
    }  # fmt: skip
    named = set(re.findall(r"`(tests/[\w/.]+)`", page))
    assert len(named) > 10
    assert [name for name in named if not (root / name).exists()] == []


# --- what a spreadsheet or a terminal would obey ----------------------------------------------------------------------

FORMULAS = ["=1+1", "+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1+1", "＝1+1", "＋1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_what_is_written_is_a_formula(
    translate: Session, write: Write, tmp_path: Path, formula: str
) -> None:
    write("in/a.txt", f"{formula} sagte der Minister.\n")
    code, paths, err = translate("in", "--format", "tsv")
    assert code == 0, err
    table = list(csv.reader(io.StringIO(Path(paths[0]).read_text("utf-8-sig"), newline=""), delimiter="\t"))
    assert formula.strip() in table[1][2]
    for name in ("g.csv", "g.tsv", "g.xlsx"):
        entries = [Entry(f"{formula} Zoll", (f"{formula} tariff",), note=formula)]
        write_glossary(entries, tmp_path / name, format_of(tmp_path / name), "de", "en")
    for name, delimiter in (("g.csv", ","), ("g.tsv", "\t")):
        text = (tmp_path / name).read_text("utf-8-sig")
        table += list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    for cell in (cell for row in table for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")), cell
    sheet = openpyxl.load_workbook(tmp_path / "g.xlsx").active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert plain_cell("Zoll") == "Zoll"


CONTROLS = "\x00\x07\x08\x1b\x7f\x84\x9b\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
UNSEEN = set(CONTROLS) | set("\u202c\u2069")


def test_control_characters_and_overrides_of_the_direction_come_into_no_output(
    translate: Session, write: Write, tmp_path: Path
) -> None:
    odd = "Kiew \u202etxet\u202c ist \u2067bereit\u2069, sagt \x1b[31mMüller\x1b[0m."
    write("in/a.txt", odd)
    write("in/b.md", f"# {odd}\n\n{odd}\n")
    write("in/c.html", f"<title>{odd}</title><p>{odd}</p><p>&#x202e;txet&#27;</p>")
    write("in/d.odt", odt(f"<text:p>{odd}</text:p>".replace("\x1b", "")))
    write("in/e.docx", word(paragraph(odd.replace("\x1b", ""))))
    code, paths, err = translate("in", "--format", "docx,html,md,tsv,tmx,xliff,json")
    assert code == 0, err
    assert len(paths) == 35
    for path in map(Path, paths):
        text = "".join(str(row) for row in rows(path)) if path.suffix == ".docx" else path.read_text("utf-8")
        assert "txet" in text
        assert UNSEEN.isdisjoint(text), path
    assert rows(Path("out/a.de-en.docx"))[0][1] == "Kiew txet ist bereit, sagt [31mMüller[0m."


def test_marks_of_direction_stay(write: Write) -> None:
    text = "Der Ort heißt \u200fעזה\u200e auf Hebräisch."
    assert read_document(InputFile(write("a.txt", text), "a.txt")).text == text


def test_messages_are_one_line_that_commands_no_terminal(translate: Session, write: Write) -> None:
    write("in/\x1b[2Jweg\nFehler: alles gelöscht\u202e.docx", b"kein Word")
    write("g.csv", f"source,target\nZoll,{'x' * 2000}\x1b[2J\n")
    code, _, err = translate("in")
    assert code == 3
    assert UNSEEN.isdisjoint(err)
    assert len([line for line in err.splitlines() if "no Word file although it is named like one" in line]) == 1
    assert not any(line.startswith("Fehler") for line in err.splitlines())


# --- folders and names ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other devices")
def test_links_and_devices_in_a_folder_are_not_read(translate: Session, write: Write, tmp_path: Path) -> None:
    write("in/good.txt", TEXT)
    secret = write("elsewhere/secret.txt", SECRET)
    folder = tmp_path / "in"
    (folder / "out.txt").symlink_to(secret)
    (folder / "again.txt").symlink_to("good.txt")
    (folder / "folder.txt").symlink_to(secret.parent)
    (folder / "up").symlink_to("..")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "memory.txt").symlink_to("/proc/self/environ")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as open_socket:
        os.chdir(folder)  # an address may have 107 bytes
        open_socket.bind("socket.txt")
        os.chdir(tmp_path)
        code, paths, err = translate("in")
    assert code == 12
    assert len(paths) == 1  # of two names of one file the first
    assert SECRET not in Path(paths[0]).read_bytes().decode("latin-1")
    assert {row[1] for row in rows(Path(paths[0]))} == {TEXT}
    for name in ("out", "folder", "zero", "memory"):
        assert f"in/{name}.txt: a link out of the folder; name it itself to have it read" in err
    for name in ("pipe", "socket"):
        assert f"in/{name}.txt: no file but a pipe, a socket or a device; it was not opened" in err
    assert "in/loop.txt: " in err
    assert "8 failed" in err or "7 failed" in err


@pytest.mark.skipif(sys.platform == "win32", reason="other systems have other devices")
def test_a_device_named_itself_is_refused_and_a_link_is_followed(
    translate: Session, write: Write, tmp_path: Path
) -> None:
    write("elsewhere/a.txt", TEXT)
    (tmp_path / "link.txt").symlink_to("elsewhere/a.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    code, paths, err = translate("link.txt", "zero.txt")
    assert (code, paths) == (12, ["out/link.de-en.docx"])
    assert "zero.txt: no file but a pipe, a socket or a device; it was not opened" in err
    code, paths, err = translate("link.txt", "--force", "-g", "zero.csv")
    assert (code, paths) == (4, [])
    assert "zero.csv: no file but a pipe, a socket or a device; it was not opened" in err
    (tmp_path / "zero.docx").symlink_to("/dev/zero")
    with pytest.raises(InputError, match="no file but a pipe"):
        read_handout(tmp_path / "zero.docx")


NAMES = {
    "a\nb.txt": "a_b",
    "-rf.txt": "-rf",
    "--to.txt": "--to",
    "\x1b[31mrot.txt": "_[31mrot",
    "\u202egnp.txt": "_gnp",
    "Gr\udcfc\udcdfe.txt": "Grüße",
    "$(touch evil) `x`; rm.txt": "$(touch evil) `x`; rm",
    "[b]rich {0}.txt": "[b]rich {0}",
    "a\u0308.txt": "a\u0308",
}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("name", NAMES)
def test_odd_names(translate: Session, tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_text(TEXT, "utf-8")
    code, paths, err = translate("in", "-v", "--format", "docx,html,tmx,xliff,json")
    assert code == 0, err
    assert UNSEEN.isdisjoint(err)
    stem = NAMES[name]
    assert paths == [f"out/{stem}.de-en{ending}" for ending in (".docx", ".html", ".tmx", ".xlf", ".json")]
    assert [row[1] for row in rows(tmp_path / paths[0])] == [TEXT]
    assert not (tmp_path / "evil").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names of 255 bytes")
@pytest.mark.parametrize("letter", ["a", "ü", "🎈"])
def test_a_name_as_long_as_names_can_be(translate: Session, tmp_path: Path, letter: str) -> None:
    (tmp_path / "in").mkdir()
    stem = letter * (251 // len(letter.encode()))
    for name in (f"{stem}.txt", f"{stem[:-1]}b.txt"):
        (tmp_path / "in" / name).write_text(TEXT, "utf-8")
    code, paths, err = translate("in", "--layout", "worksheet")
    assert code == 0, err
    assert len(set(paths)) == 4
    assert all(Path(path).is_file() for path in paths)
    assert translate("in", "--layout", "worksheet")[1] == []  # they are known again


def test_a_leading_dash_on_the_command_line(translate: Session, write: Write) -> None:
    write("-n.txt", TEXT)
    assert translate("./-n.txt")[:2] == (0, ["out/-n.de-en.docx"])
