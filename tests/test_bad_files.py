"""One table for every format: what becomes of files that are damaged, misnamed, protected, empty, huge or just unusual."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import odfdo
import openpyxl
import pytest
import test_documents_epub as books
import test_documents_odt as open_documents
import test_documents_pdf as pdf_files

from translator.documents import InputFile
from translator.errors import TranslatorError
from translator.glossary.load import read_glossary
from translator.language.sentences import split
from translator.memory.tmx import read_tmx
from translator.preparation import prepare

DOCUMENTS = ("txt", "md", "docx", "odt", "html", "pdf", "epub", "srt", "vtt")
GLOSSARIES = ("csv", "xlsx", "tbx")
FORMATS = (*DOCUMENTS, *GLOSSARIES, "tmx")
ZIPPED = ("docx", "odt", "epub", "xlsx")
every = pytest.mark.parametrize("form", FORMATS)

Texts = list[str]
Write = Callable[[str, "str | bytes"], Path]


def made(form: str, texts: Texts) -> bytes:
    """A file of a format with these paragraphs, cues, terms or sentences."""
    data = _MAKERS[form](texts)
    return data.encode() if isinstance(data, str) else data


def _docx(texts: Texts) -> bytes:
    word, file = docx.Document(), io.BytesIO()
    for text in texts:
        word.add_paragraph(text)
    word.save(file)
    return file.getvalue()


def _odt(texts: Texts) -> bytes:
    document, file = odfdo.Document("text"), io.BytesIO()
    document.body.clear()
    for text in texts:
        document.body.append(odfdo.Paragraph(text))
    document.save(file)
    return file.getvalue()


def _pdf(texts: Texts) -> bytes:
    """Forty lines a page; texts of Windows-1252 only."""
    pages = [texts[n : n + 40] for n in range(0, len(texts), 40)]
    return pdf_files.built(*(pdf_files.lines(50, 800, "\n".join(page), leading=18) for page in pages))


def _cues(texts: Texts, mark: str) -> str:
    """A cue of a second for each text."""
    times = [f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}{mark}" for n in range(len(texts) + 1)]
    return "".join(f"{n + 1}\n{times[n]}000 --> {times[n]}900\n{text}\n\n" for n, text in enumerate(texts))


def _xlsx(texts: Texts) -> bytes:
    book, file = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in [("source", "target"), *((text, "term") for text in texts)]:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def _tbx(texts: Texts) -> str:
    section = '<langSet xml:lang="{}"><tig><term>{}</term></tig></langSet>'
    entries = (f"<termEntry>{section.format('de', t)}{section.format('en', 'term')}</termEntry>" for t in texts)
    return f'<martif type="TBX"><text><body>{"".join(entries)}</body></text></martif>'


def _tmx(texts: Texts) -> str:
    version = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'
    units = (f"<tu>{version.format('de', t)}{version.format('en', 'Yes.')}</tu>" for t in texts)
    return f'<tmx version="1.4"><header/><body>{"".join(units)}</body></tmx>'


_MAKERS: dict[str, Callable[[Texts], str | bytes]] = {
    "txt": "\n\n".join,
    "md": "\n\n".join,
    "docx": _docx,
    "odt": _odt,
    "html": lambda texts: f'<meta charset="utf-8">{"".join(f"<p>{t}</p>" for t in texts)}',
    "pdf": _pdf,
    "epub": lambda texts: books.book({"a.xhtml": books.chapter("".join(f"<p>{t}</p>" for t in texts))}, metadata=""),
    "srt": lambda texts: _cues(texts, ","),
    "vtt": lambda texts: f"WEBVTT\n\n{_cues(texts, '.')}",
    "csv": lambda texts: "source,target\n" + "".join(f'"{t}",term\n' for t in texts),
    "xlsx": _xlsx,
    "tbx": _tbx,
    "tmx": _tmx,
}


def texts_of(path: Path, form: str) -> Texts:
    """What is read: sentences of a document or memory, terms of a glossary."""
    if form in GLOSSARIES:
        loaded = read_glossary(path, "de", "en")
        assert loaded.refused == []
        return [entry.source for entry in loaded.entries]
    if form == "tmx":
        return [entry.source for entry in read_tmx(path, "de", "en").entries]
    return [s.source for s in prepare(InputFile(path, path.name), "de").segments]


def refusal(path: Path, form: str) -> str:
    """The line with which a file is refused, without its name."""
    with pytest.raises(TranslatorError) as caught:
        texts_of(path, form)
    message = str(caught.value)
    assert message.startswith(f"{path}:")
    assert message.isprintable()
    return message.removeprefix(f"{path}:")


TEXT = "Die Minister beraten am Donnerstag in Kopenhagen."


@every
def test_a_sound_file_is_read(write: Write, form: str) -> None:
    texts = [TEXT, "Der Präsident wartet in Kiew."]
    assert texts_of(write(f"a.{form}", made(form, texts)), form) == texts


@every
@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b" \r\n\t \n"], ids=["zero bytes", "zeros", "blanks"])
def test_an_empty_file_is_refused(write: Write, form: str, content: bytes) -> None:
    message = refusal(write(f"a.{form}", content), form)
    assert any(words in message for words in ("the file is empty", "damaged, or no ", "no text in it"))


@every
def test_a_file_cut_off_anywhere_is_read_in_part_or_refused(write: Write, form: str) -> None:
    texts = (
        [f"{n}. Minister: {TEXT}" for n in range(30)] if form in DOCUMENTS else [f"Begriff{n} Zoll" for n in range(30)]
    )
    whole = made(form, texts)
    known = set(texts) | {s for text in texts for s in split(text, "de")}
    for tenth in range(1, 10):
        path = write(f"a.{form}", whole[: len(whole) * tenth // 10])
        try:
            found = texts_of(path, form)
        except TranslatorError as error:
            assert str(error).startswith(f"{path}:")
            assert str(error).isprintable()
            continue
        except AssertionError:  # a line of a glossary that was cut is refused by itself
            assert form == "csv"
            continue
        assert form not in (*ZIPPED, "tbx", "tmx")
        assert set(found[:-2]) <= known  # the last sentence may be half


_OTHERS = {"png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "rtf": b"{\\rtf1\\ansi Die Minister beraten.}"}


@pytest.mark.parametrize(
    ("form", "other"),
    [
        (form, other)
        for form in FORMATS
        for other in ("docx", "odt", "pdf", "xlsx", "txt", *_OTHERS)
        if form != other
        and (form, other) not in (("md", "txt"), ("html", "txt"))  # both are text, with or without marks
    ],
)
def test_a_wrong_ending_is_seen(write: Write, form: str, other: str) -> None:
    content = _OTHERS[other] if other in _OTHERS else made(other, [TEXT])
    message = refusal(write(f"a.{form}", content), form)
    assert any(
        words in message
        for words in (
            "although it is named like one",
            "although it is not named like one",
            "this is no text file",
            "no subtitle",
            "no glossary table",
            "no readable T",
        )
    ), message


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize("form", ["docx", "xlsx", "odt", "epub", "pdf"])
def test_a_password_is_named_and_what_to_do(write: Write, form: str) -> None:
    """Office packs what it encrypts into a container of its own; the others say inside what they have encrypted."""
    if form == "pdf":
        content = pdf_files.encrypted("geheim", "geheim")
    elif form == "odt":
        encrypted = open_documents.MANIFEST.decode().replace(
            'full-path="/"/>', 'full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
        )
        content = open_documents.packed({"META-INF/manifest.xml": encrypted.encode()})
    elif form == "epub":
        entry = '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData><CipherReference URI="OEBPS/a.xhtml"/>'
        encryption = (
            '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            f"{entry}</CipherData></EncryptedData></encryption>"
        )
        content = books.book({"a.xhtml": books.chapter(TEXT)}, more={"META-INF/encryption.xml": encryption})
    else:
        content = OLE
    message = refusal(write(f"a.{form}", content), form)
    assert "protected" in message
    assert any(words in message for words in ("remove the password", "without a password", "copy"))


@pytest.mark.parametrize("form", ZIPPED)
def test_an_encrypted_zip_is_named_too(write: Write, form: str) -> None:
    data = bytearray(made(form, [TEXT]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # general purpose flags
        data[data.index(signature) + offset] |= 1
    assert "password-protected; remove the password and try again" in refusal(write(f"a.{form}", bytes(data)), form)


@every
def test_200_mb_are_refused_before_they_are_read(tmp_path: Path, form: str) -> None:
    """A sparse file: it takes no room on the disk, and nobody could read it in the time of a test."""
    path = tmp_path / f"a.{form}"
    path.write_bytes(made(form, [TEXT]))
    os.truncate(path, 200 * 2**20 if form not in (*ZIPPED, "pdf") else 301 * 2**20)
    message = refusal(path, form)
    assert "MB allowed; if you trust the file: --limit " in message


NESTED = {
    "docx": lambda: _nested_word(),
    "odt": lambda: open_documents.packed(
        {"content.xml": open_documents.content(
            "<table:table><table:table-row><table:table-cell><text:p>Außen</text:p>" * 3
            + "</table:table-cell></table:table-row></table:table>" * 3)}),
    "html": lambda: f"<p>{TEXT}</p>" + "<table><tr><td>Außen</td><td>" * 3 + "Innen" + "</td></tr></table>" * 3,
    "epub": lambda: books.book({"a.xhtml": books.chapter(
        "<table><tr><td>Außen</td><td>" * 3 + "Innen" + "</td></tr></table>" * 3)}),
    "md": lambda: "| Außen | Außen |\n|---|---|\n| > Außen | - Außen |\n",
}  # fmt: skip


def _nested_word() -> bytes:
    word, file = docx.Document(), io.BytesIO()
    holder = word
    for _ in range(3):
        table = holder.add_table(1, 2) if holder is not word else word.add_table(1, 2)
        table.cell(0, 0).text = "Außen"
        holder = table.cell(0, 1)
    holder.text = "Innen"
    word.save(file)
    return file.getvalue()


@pytest.mark.parametrize("form", NESTED)
def test_tables_inside_tables_lose_no_cell(write: Write, form: str) -> None:
    found = texts_of(write(f"a.{form}", NESTED[form]()), form)
    assert sum("Außen" in text for text in found) == (4 if form == "md" else 3)
    assert sum("Innen" in text for text in found) == (0 if form in ("odt", "md") else 1)


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "pdf"])  # ours holds Windows-1252 only
@pytest.mark.parametrize(
    "text",
    ["ראש הממשלה נפגש עם השר בירושלים.", "قال الوزير إن الهدنة لم تدم طويلا.", "Der Ort עזה liegt am Meer.",
     "Die Regierung feiert 🎉 mit 👩‍👩‍👧‍👦 und 🇩🇪.", "Straße № 7 — „naïve“ Ideen: 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ﬁndet ≠ statt."],
    ids=["Hebrew", "Arabic", "mixed", "emoji", "letters"],
)  # fmt: skip
def test_all_scripts_come_through(write: Write, form: str, text: str) -> None:
    assert texts_of(write(f"a.{form}", made(form, [text])), form) == [text]


def named(number: int) -> str:
    """A name for a number: lines that differ in digits alone would be running heads of a PDF."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number)).capitalize()


@every
def test_10_000_paragraphs_are_all_read_in_order(write: Write, form: str) -> None:
    texts = [f"Herr {named(n)} wartet auf Regen." if form in DOCUMENTS else f"Begriff{n}" for n in range(10_000)]
    found = texts_of(write(f"a.{form}", made(form, texts)), form)
    if form == "pdf":  # lines that follow each other may be one paragraph
        assert " ".join(found) == " ".join(texts)
    else:
        assert found == texts


@pytest.mark.parametrize("form", ZIPPED)
def test_a_zip_with_nothing_of_the_format_in_it_is_refused(write: Write, form: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("notizen.txt", TEXT)
    assert "damaged, or no " in refusal(write(f"a.{form}", file.getvalue()), form)
