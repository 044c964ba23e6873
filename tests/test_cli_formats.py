"""Every format, layout, template and way in, from the command line: what comes out can be opened and holds the sentences."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from lxml import etree

from translator.cli.app import main
from translator.errors import ExitCode
from translator.export import EXPORTERS

TEXT = "Waffenruhe gebrochen\n\nDie Waffenruhe hielt nicht lange, sagte der Minister am Montag in Berlin.\n"
TERM = "truce"
Session = Callable[..., tuple[int, str, str]]


@pytest.fixture
def translate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Session:
    """Runs `translate ARGS` in a folder with an article and a glossary; gives exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("a.txt").write_text(TEXT, "utf-8")
    Path("glossaries").mkdir()
    Path("glossaries/de-en.csv").write_text("source,target\nWaffenruhe,truce\n", "utf-8")

    def _translate(*args: str, stdin: bytes | None = None) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["translate", *args])
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        code = caught.value.code
        return (0 if code is None else int(code)), out, err

    return _translate


def content(path: Path) -> str:
    """All text of a written file, whatever its format."""
    if path.suffix in (".docx", ".odt"):
        with zipfile.ZipFile(path) as archive:
            name = "word/document.xml" if path.suffix == ".docx" else "content.xml"
            return " ".join(" ".join(etree.fromstring(archive.read(name)).itertext()).split())
    if path.suffix == ".html":
        return "".join(etree.HTML(path.read_bytes()).itertext())
    return path.read_text("utf-8")


def test_every_format_is_written_and_holds_both_languages(translate: Session) -> None:
    formats = [name for name in EXPORTERS if name != "pdf"]
    code, out, err = translate("a.txt", "--to", "en", "--from", "de", "--format", ",".join(formats))
    assert code == 0, err
    paths = [Path(line) for line in out.splitlines()]
    assert [p.name for p in paths] == [f"a.de-en{EXPORTERS[name].suffix}" for name in formats]
    for path in paths:
        text = content(path)
        assert "Die Waffenruhe hielt nicht lange" in text, path
        assert TERM in text.lower(), path
    again = translate("a.txt", "--to", "en", "--from", "de", "--format", ",".join(formats))
    assert (again[0], again[1]) == (0, "")
    assert "1 unchanged" in again[2]


@pytest.mark.parametrize("layout", ["table", "interleaved", "target", "worksheet"])
@pytest.mark.parametrize("align", ["sentence", "paragraph"])
def test_layouts_of_the_word_handout(translate: Session, layout: str, align: str) -> None:
    code, out, _ = translate("a.txt", "--to", "en", "--from", "de", "--layout", layout, "--align", align, "-q")
    named = "" if layout == "table" else f".{layout}"
    expected = [f"exports/a.de-en{named}.docx"]
    if layout == "worksheet":
        expected.append("exports/a.de-en.worksheet.answers.docx")
    assert (code, out.replace(os.sep, "/").split()) == (0, expected)
    text = content(Path(expected[0])).lower()
    assert ("waffenruhe hielt" in text) is (layout != "target")
    assert ("truce" in content(Path(expected[-1])).lower()) is True


def test_layouts_lie_side_by_side(translate: Session) -> None:
    for layout in ("table", "target"):
        assert translate("a.txt", "--to", "en", "--from", "de", "--layout", layout, "-q")[0] == 0
    assert sorted(p.name for p in Path("exports").glob("*.docx")) == ["a.de-en.docx", "a.de-en.target.docx"]


def test_paper_and_orientation(translate: Session) -> None:
    translate("a.txt", "--to", "en", "--from", "de", "--paper", "letter", "--orientation", "landscape", "-q")
    section = docx.Document("exports/a.de-en.docx").sections[0]
    assert (round(section.page_width.inches, 1), round(section.page_height.inches, 1)) == (11.0, 8.5)


def test_a_template_is_made_and_used(translate: Session) -> None:
    code, out, _ = translate("template", "new", "school.docx")
    assert (code, out) == (0, "school.docx\n")
    word = docx.Document("school.docx")
    word.sections[0].header.paragraphs[0].text = "School of Seven Hills"
    word.save("school.docx")
    assert translate("a.txt", "--to", "en", "--from", "de", "--template", "school.docx", "-q")[0] == 0
    assert docx.Document("exports/a.de-en.docx").sections[0].header.paragraphs[0].text == "School of Seven Hills"
    code, out, err = translate("template", "new", "school.docx")
    assert (code, out, err) == (2, "", "error: school.docx exists; --force overwrites it\n")
    assert translate("template", "new", "school.dotx")[2] == "error: school.dotx: a template is a .docx file\n"


def test_a_template_that_is_none(translate: Session) -> None:
    Path("bad.docx").write_bytes(b"no archive")
    code, _, err = translate("a.txt", "--to", "en", "--from", "de", "--template", "bad.docx")
    assert code == ExitCode.output
    assert "template bad.docx" in err
    assert "Traceback" not in err
    code, _, err = translate("a.txt", "--to", "en", "--template", "none.docx")
    assert code == ExitCode.usage
    assert err == "error: --template none.docx: no such file; make one: translate template new none.docx\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "stdin.de-en.docx"),
        (b"# Titel\n\n" + TEXT.encode(), "stdin.de-en.docx"),
        (b"<!DOCTYPE html><html lang='de'><body><article><h1>Titel</h1><p>" + TEXT.split("\n\n")[1].encode() * 5
         + b"</p></article></body></html>", "stdin.de-en.docx"),
    ],
)  # fmt: skip
def test_standard_input(translate: Session, data: bytes, name: str) -> None:
    code, out, err = translate("-", "--to", "en", "--from", "de", stdin=data)
    assert (code, Path(out.strip()).name) == (0, name), err
    assert "truce" in content(Path(out.strip())).lower()


def test_standard_input_with_nothing_in_it(translate: Session) -> None:
    code, out, err = translate("-", "--to", "en", stdin=b"")
    assert (code, out) == (ExitCode.input, "")
    assert "empty" in err


def test_standard_input_without_an_end_is_not_read_to_the_end(
    translate: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0

    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            nonlocal asked
            asked += len(buffer)
            assert asked < 20 * 2**20
            buffer[:] = (b"Ein Satz. " * (len(buffer) // 10 + 1))[: len(buffer)]
            return len(buffer)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    code, out, err = translate("-", "--to", "en", "--from", "de", "--limit", "text_bytes=5M")
    assert (code, out) == (ExitCode.input, "")
    assert "stdin.txt" in err and "--limit text_bytes=10M" in err


def test_a_pattern_chooses_files_of_folders(translate: Session) -> None:
    Path("in").mkdir()
    for name in ("2025-a.txt", "2026-b.txt", "notes.md"):
        Path("in", name).write_text(TEXT, "utf-8")
    code, out, _ = translate("in", "--to", "en", "--from", "de", "--pattern", "2025-*", "-q")
    assert (code, [Path(line).name for line in out.splitlines()]) == (0, ["2025-a.de-en.docx"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "doc"], "error: unknown format 'doc'; known are docx, html, md, odt, pdf, tmx, xliff, xliff2, tsv, json"),
        (["--layout", "columns"], "Invalid value for '--layout'"),
        (["--paper", "a3"], "Invalid value for '--paper'"),
    ],
)  # fmt: skip
def test_unknown_choices(translate: Session, arguments: list[str], message: str) -> None:
    code, out, err = translate("a.txt", "--to", "en", *arguments)
    assert (code, out) == (ExitCode.usage, "")
    assert message in " ".join(err.split())


def _fake_office(folder: Path, script: str) -> None:
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for LibreOffice")
@pytest.mark.parametrize(
    ("script", "message"),
    [("exit 3", "no reason given"), ("echo 'source file could not be loaded' >&2", "source file could not be loaded")],
)
def test_an_office_that_fails_is_an_error_of_one_line(
    translate: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    _fake_office(tmp_path / "bin", script)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/bin{os.pathsep}/usr/bin")
    code, _, err = translate("a.txt", "--to", "en", "--from", "de", "--format", "pdf", "--no-memory")
    assert code == ExitCode.output
    assert f"LibreOffice did not make a PDF ({message})" in " ".join(err.split())
    assert not list(Path("exports").glob("*.pdf"))


def test_pdf_without_an_office(translate: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("translator.export.pdf._PROGRAMS", ("soffice",))
    code, _, err = translate("a.txt", "--to", "en", "--from", "de", "--format", "docx,pdf", "--no-memory")
    assert code == ExitCode.output
    assert "PDF needs LibreOffice (libreoffice.org), which was not found" in " ".join(err.split())
    assert Path("exports/a.de-en.docx").is_file()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_pdf_with_an_office(translate: Session) -> None:
    code, out, err = translate("a.txt", "--to", "en", "--from", "de", "--format", "pdf", "--layout", "worksheet", "-q")
    assert code == 0, err
    assert [Path(line).name for line in out.splitlines()] == [
        "a.de-en.worksheet.pdf", "a.de-en.worksheet.answers.pdf",
    ]  # fmt: skip
    assert all(Path(line).read_bytes().startswith(b"%PDF") for line in out.splitlines())


def test_json_holds_every_sentence_with_its_translation(translate: Session) -> None:
    translate("a.txt", "--to", "en", "--from", "de", "--format", "json", "-q")
    data = json.loads(Path("exports/a.de-en.json").read_text("utf-8"))
    assert "Die Waffenruhe hielt nicht lange, sagte der Minister am Montag in Berlin." in json.dumps(
        data, ensure_ascii=False
    )
