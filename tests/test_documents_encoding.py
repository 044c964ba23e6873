"""Bytes to text: what is decoded and how, what is refused and with which words."""

from __future__ import annotations

import codecs
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translator import limits
from translator.documents import Document, InputFile, read_document
from translator.documents.encoding import read_text
from translator.errors import ExitCode, InputError

GERMAN = "Präsident Selenskyj grüßte „Europa“ – für 5 € und über Grenzen hinweg.\nDie Minister hörten zu.\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)
NO_TEXT = "this is no text file (its bytes are neither UTF-8, UTF-16 nor Windows-1252)"
EMPTY = "the file is empty"

Write = Callable[[str, "str | bytes"], Path]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (GERMAN.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + GERMAN.encode("utf-8"), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + GERMAN.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), "utf-16"),
        (GERMAN.encode("utf-16-le"), "utf-16-le"),
        (GERMAN.encode("utf-16-be"), "utf-16-be"),
        (GERMAN.encode("cp1252"), "cp1252"),
    ],
    ids=["utf-8", "utf-8 BOM", "utf-16-le BOM", "utf-16-be BOM", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_german_text_is_decoded_with_its_encoding(write: Write, data: bytes, encoding: str) -> None:
    assert read_text(write("a.txt", data)) == (GERMAN, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_gives_the_same_document(write: Write, encoding: str) -> None:
    text = " date 2025-08-25 Großes Treffen in Kopenhagen\n\nDie Außenminister hörten „Grüße“.\n"
    path = write("a.txt", text.encode(encoding))
    document = read_document(InputFile(path, "a.txt"))
    assert (document.date, document.title) == ("2025-08-25", "Großes Treffen in Kopenhagen")
    assert document.text == "Großes Treffen in Kopenhagen\nDie Außenminister hörten „Grüße“."


def test_pure_ascii_is_utf8(write: Write) -> None:
    assert read_text(write("a.txt", b"Kiew ist bereit.")) == ("Kiew ist bereit.", "utf-8")


def test_the_shortest_utf16_without_bom_is_recognised(write: Write) -> None:
    assert read_text(write("a.txt", "Ja".encode("utf-16-le"))) == ("Ja", "utf-16-le")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "lone CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_every_line_end_becomes_a_newline(write: Write, line_end: str, encoding: str) -> None:
    text = "Überschrift\n\nErste Zeile.\nZweite Zeile.\n"
    assert read_text(write("a.txt", text.replace("\n", line_end).encode(encoding)))[0] == text


def test_mixed_line_ends_become_newlines(write: Write) -> None:
    assert read_text(write("a.txt", b"eins\r\nzwei\rdrei\nvier\r\r\nsechs"))[0] == "eins\nzwei\ndrei\nvier\n\nsechs"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", EMPTY),
        (b" \t\r\n\n  ", EMPTY),
        (codecs.BOM_UTF8, EMPTY),
        (codecs.BOM_UTF16_LE, EMPTY),
        (codecs.BOM_UTF8 + b"\n \n", EMPTY),
        ("\u00a0\u2003\n".encode(), EMPTY),
        (b"\0" * 500, EMPTY),
        (b"Die Minister\0 beraten in Kopenhagen.", NO_TEXT),
        (PNG, NO_TEXT),
        (b"\x7fELF\x02\x01\x01\x00\x00", NO_TEXT),
        (b"Die Minister \x07 beraten.", NO_TEXT),
        (b"Gr\xfc\xdfe \x81 \x8d", NO_TEXT),
        (codecs.BOM_UTF16_LE + "Grüße".encode("utf-16-le") + b"x", NO_TEXT),
        (codecs.BOM_UTF8 + b"Gr\xfc\xdfe", NO_TEXT),
    ],
    ids=[
        "empty",
        "blank",
        "only UTF-8 BOM",
        "only UTF-16 BOM",
        "BOM and blank",
        "no-break blanks",
        "NUL only",
        "NUL inside",
        "PNG",
        "ELF",
        "bell",
        "undefined in cp1252",
        "odd UTF-16",
        "BOM but no UTF-8",
    ],
)
def test_what_is_no_text_is_refused(write: Write, data: bytes, message: str) -> None:
    path = write("a.txt", data)
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert str(caught.value) == f"{path}: {message}"
    assert caught.value.exit_code is ExitCode.input


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    os.truncate(path, 60 * 2**20)  # sparse: takes no room
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert str(caught.value) == (
        f"{path}: 60 MB in a file of text are more than the 50 MB allowed; if you trust the file: --limit text_bytes=100M"
    )


def test_too_many_lines_are_refused_unless_more_are_allowed(write: Write) -> None:
    path = write("a.txt", "Zeile.\n" * 6)
    with limits.override(text_lines=5), pytest.raises(InputError) as caught:
        read_text(path)
    assert str(caught.value).endswith(
        "6 lines are more than the 5 allowed; if you trust the file: --limit text_lines=10"
    )
    with limits.override(text_lines=6):
        assert read_text(path)[0].count("\n") == 6


def test_unreadable_path_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.mkdir()
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert str(caught.value) == f"{path}: cannot be read (Is a directory)"


def test_missing_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "weg.txt"
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert str(caught.value) == f"{path}: cannot be read (No such file or directory)"


def test_forbidden_file_is_refused_with_the_reason(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = write("a.txt", "Text.")
    monkeypatch.setattr(Path, "read_bytes", forbidden)  # root may read everything, so chmod is no test
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert str(caught.value) == f"{path}: cannot be read (Permission denied)"


@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
        st.text(max_size=200).map(lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le", "surrogatepass")),
        st.text("abc äöü \n-.1)„“", max_size=200).map(lambda text: text.encode("cp1252")),
    )
)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arbitrary_bytes_as_txt_give_a_document_or_an_input_error(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(data)
        try:
            document = read_document(InputFile(path, "a.txt"))
        except InputError as error:
            assert str(error).startswith(f"{path}: ")
        else:
            assert isinstance(document, Document)
            assert document.paragraphs != ()
