"""`translate review …` as people use it: a handout is made, edited with Word or LibreOffice, and taken back."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from test_export_docx import bilingual

from translator.cli.app import main
from translator.export import docx as exporter
from translator.export.settings import Align, ExportSettings, Layout
from translator.memory.model import EntryOrigin, MemoryEntry, MemoryKey
from translator.memory.store import Memory
from translator.review import handout as module

SOFFICE = shutil.which("soffice")
CAME = "Selenskyj <b>& Co.</b> kam."

Session = Callable[..., tuple[int, str, str]]


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Session:
    """Runs `translate review ARGS --memory m` beside `a.de-en.docx`, whose sentences m remembers."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    made(Path("a.de-en.docx"))
    store = Memory(Path("m"))
    machine = [
        (MemoryKey(s.segment.source, ""), MemoryEntry(s.segment.source, s.target, EntryOrigin.MACHINE))
        for s in bilingual().segments
    ]
    store.add_machine(machine, "de", "en", "model")
    store.close()

    def _review(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["translate", "review", *args, "--memory", "m"])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err

    return _review


def made(path: Path, layout: Layout = Layout.TABLE) -> None:
    exporter.write([bilingual()], path, ExportSettings(layout=layout, align=Align.SENTENCE))


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Exchanges texts that stand in one run each, as a person does in a word processor."""
    word = docx.Document(str(path))
    for old, new in changes:
        (node,) = (t for t in word.element.body.iter(qn("w:t")) if old in (t.text or ""))
        node.text = node.text.replace(old, new)
    word.save(str(path))


def corrections() -> dict[str, tuple[str, str]]:
    """What a person made, by sentence, with the file it comes from."""
    store = Memory(Path("m"))
    found = {e.source: (e.target, e.file) for _, _, e in store.entries() if e.origin is EntryOrigin.HUMAN}
    store.close()
    return found


def rows(table: str) -> list[list[str]]:
    """Cells of a printed table."""
    return [[cell for cell in line.split("  ") if cell.strip()] for line in table.splitlines()]


def test_an_untouched_handout(review: Session) -> None:
    assert review("a.de-en.docx") == (0, "", "corrections remembered: 0, unchanged: 6\n")
    assert corrections() == {}


def test_a_correction_is_shown_and_remembered(review: Session) -> None:
    edit(Path("a.de-en.docx"), ("He came.", "He arrived."))
    code, out, err = review("a.de-en.docx")
    assert (code, err) == (0, "corrections remembered: 1, unchanged: 5\n")
    assert [[c.strip() for c in row] for row in rows(out)] == [
        ["file", "no.", "old", "new"],
        ["a.de-en.docx", "2", "He came.", "He arrived."],
    ]
    assert corrections() == {CAME: ("He arrived.", "a.de-en.docx")}


def test_a_second_time_nothing_changes(review: Session) -> None:
    edit(Path("a.de-en.docx"), ("He came.", "He arrived."))
    first = review("a.de-en.docx")
    before = corrections()
    assert review("a.de-en.docx")[0] == first[0] == 0
    assert corrections() == before


def test_dry_run_shows_the_same_and_remembers_nothing(review: Session) -> None:
    edit(Path("a.de-en.docx"), ("He came.", "He arrived."))
    dry = review("a.de-en.docx", "--dry-run")
    assert corrections() == {}
    wet = review("a.de-en.docx")
    assert dry == (0, wet[1], "corrections would be remembered: 1, unchanged: 5\n")


def test_an_unreadable_file_beside_a_good_one(review: Session) -> None:
    edit(Path("a.de-en.docx"), ("He came.", "He arrived."))
    Path("b.docx").write_bytes(b"PK\x03\x04rubbish")
    code, out, err = review("b.docx", "a.de-en.docx")
    assert code == 12
    assert "He arrived." in out
    assert err.splitlines() == [
        "error: b.docx: damaged, or no Word file although it is named like one",
        "corrections remembered: 1, unchanged: 5",
    ]
    assert list(corrections()) == [CAME]


def test_only_unreadable_files(review: Session) -> None:
    code, out, err = review("none.docx")
    assert (code, out) == (3, "")
    assert err.splitlines() == [
        "error: none.docx: cannot be read (No such file or directory)",
        "corrections remembered: 0, unchanged: 0",
    ]


def test_what_is_not_taken_is_told(review: Session) -> None:
    edit(Path("a.de-en.docx"), ("He came.", "He arrived."), (" kam.", " ging."))
    code, out, err = review("a.de-en.docx")
    assert (code, out) == (0, "")
    assert err.splitlines() == [
        "a.de-en.docx: sentence 2: the source text was changed too; not taken",
        "corrections remembered: 0, unchanged: 5",
    ]
    assert corrections() == {}


def test_repeated_corrections_propose_terms_as_csv(review: Session) -> None:
    word = docx.Document()
    table = word.add_table(4, 2)
    texts = [
        ("Deutsch", "English"),
        ("Die Waffenruhe begann.", "The truce began."),
        ("Eine Waffenruhe ist nötig.", "A truce is needed."),
        ("Er kam.", "He came."),
    ]
    for row, pair in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, pair, strict=True):
            cell.text = text
    word.save("b.docx")
    store = Memory(Path("m"))
    old = [(s, t.replace("truce", "armistice")) for s, t in texts[1:]]
    store.add_machine([(MemoryKey(s, ""), MemoryEntry(s, t, EntryOrigin.MACHINE)) for s, t in old], "de", "en", "model")
    store.close()
    code, out, err = review("b.docx", "--terms", "--dry-run")
    assert code == 0
    assert out == "source,target,note,forbidden\nWaffenruhe,truce,corrected 2 times,armistice\n"
    assert err == "corrections would be remembered: 2, unchanged: 1\n"


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_an_unknown_language(review: Session, option: str) -> None:
    code, out, err = review("a.de-en.docx", option, "klingon")
    assert (code, out) == (2, "")
    assert err.startswith("error: unknown language 'klingon'")


def test_help(review: Session) -> None:
    code, out, _ = review("--help")
    assert code == 0
    assert "translate review exports/article.de-en.docx --dry-run" in out


def test_a_handout_is_unpacked_once(review: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    document = docx.Document

    def counting(path: str) -> object:
        opened.append(path)
        return document(path)

    monkeypatch.setattr("docx.Document", counting)
    found = module.read_handout(Path("a.de-en.docx"))
    assert opened == ["a.de-en.docx"]
    assert (found.source_language, found.ours) == ("de", True)


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize("layout", [Layout.TABLE, Layout.INTERLEAVED, Layout.TARGET])
def test_a_handout_saved_by_libreoffice(review: Session, tmp_path: Path, layout: Layout) -> None:
    """LibreOffice opens the handout and saves it; then it is corrected.

    Older versions (7.4) drop the tags: a table is then read by its headings, without the title above it, and the other
    layouts are refused.
    """
    made(Path("a.de-en.docx"), layout)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "docx", "--outdir", "saved", "a.de-en.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = Path("saved") / "a.de-en.docx"
    with zipfile.ZipFile(saved) as word:
        tagged = b"<w:tag " in word.read("word/document.xml")
    if not tagged and layout is not Layout.TABLE:
        code, _, err = review(str(saved))
        assert (code, err.split(";")[0]) == (3, f"error: {saved}: no sentences with translations in it")
        return
    sentences = 6 if tagged else 5
    assert review(str(saved))[2] == f"corrections remembered: 0, unchanged: {sentences}\n"
    edit(saved, ("He came.", "He arrived."))
    code, _, err = review(str(saved))
    assert (code, err) == (0, f"corrections remembered: 1, unchanged: {sentences - 1}\n")
    assert corrections() == {CAME: ("He arrived.", "a.de-en.docx")}
