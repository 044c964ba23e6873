"""The command line as people use it: sessions with what they see on both streams and the exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from translator import __version__
from translator.cli.app import main
from translator.errors import ExitCode
from translator.export.docx_xml import all_text

ARTICLE = """ date 2025-08-25 Treffen in Kopenhagen

Die Minister beraten am Donnerstag in Kopenhagen. Die Waffenruhe hielt nicht, sagte Selenskyj.
"""
SEEDS = Path(__file__).parent.parent / "seeds"

Session = Callable[..., tuple[int, str, str]]


@pytest.fixture
def translate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Session:
    """Runs `translate ARGS` in an empty folder; gives exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def _translate(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["translate", *args])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        code = caught.value.code
        return (0 if code is None else int(code)), out, err

    return _translate


def test_help_lists_commands_and_exit_codes(translate: Session) -> None:
    code, out, _ = translate("--help")
    assert code == 0
    for word in ("detect", "models", "glossary", "translate seeds/ --to en"):
        assert word in out
    for exit_code in ExitCode:
        assert f"{exit_code.value:>3}  {exit_code.meaning}" in out


@pytest.mark.parametrize("command", [["files"], ["detect"], ["models", "list"], ["glossary", "check"]])
def test_every_command_has_help_with_an_example(translate: Session, command: list[str]) -> None:
    code, out, _ = translate(*command, "--help")
    assert code == 0
    assert "Example:" in out
    assert f"translate {command[0] if command != ['files'] else 'seeds/'}" in out


def test_version(translate: Session) -> None:
    assert translate("--version")[:2] == (0, f"translate {__version__}\n")


def test_first_session(translate: Session, write) -> None:
    write("seeds/a.txt", ARTICLE)
    write("glossaries/de-en.csv", "source,target\nWaffenruhe,truce\nKopenhagen,Copenhagen\n")
    code, out, err = translate("seeds/", "--to", "en")
    assert code == 0
    assert out == f"exports{os.sep}a.de-en.docx\n"
    assert "glossary" in err
    assert "2 entries (utf-8, comma)" in err
    assert "model de→en: de_en-" in err
    assert "translate models install de en" in err
    assert "files      1 done" in err
    assert "sentences  3 translated" in err
    assert f"translator {__version__} · de→en · model de_en-" in err
    code, out, err = translate("seeds/", "--to", "en")
    assert (code, out) == (0, "")
    assert "files      1 unchanged" in err


def test_options_may_come_first(translate: Session, write) -> None:
    write("a.txt", ARTICLE)
    code, out, _ = translate("--to", "en", "-o", "out", "-q", "a.txt")
    assert (code, out) == (0, f"out{os.sep}a.de-en.docx\n")


def test_quiet_says_nothing(translate: Session, write) -> None:
    write("a.txt", ARTICLE)
    assert translate("a.txt", "--to", "en", "-q")[2] == ""


def test_verbose_lists_files_and_missed_terms(translate: Session, write) -> None:
    write("a.txt", ARTICLE)
    write("g.csv", "source,target\nDonnerstag,Qwxyz-Day\n")
    code, _, err = translate("a.txt", "--to", "en", "-g", "g.csv", "-vv", "--beam", "1")
    assert code == 0
    assert "✓ a.txt → exports" in err
    assert "glossary   1 used" in err or "a.txt, sentence 1: Donnerstag is not 'Qwxyz-Day' in:" in err


def test_json_report_is_all_of_stdout(translate: Session, write) -> None:
    write("a.txt", ARTICLE)
    code, out, _ = translate("a.txt", "--to", "en", "--report", "json")
    data = json.loads(out)
    assert code == 0
    assert data["totals"]["sentences"] == 3
    assert data["files"][0]["status"] == "done"


def test_dry_run(translate: Session, write, tmp_path: Path) -> None:
    write("a.txt", ARTICLE)
    code, out, err = translate("a.txt", "--to", "en", "--dry-run")
    assert (code, out) == (0, "")
    assert "· a.txt → exports" in err
    assert "3 to translate" in err
    assert not (tmp_path / "exports").exists()


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["a.txt"], 2, "error: say which language to translate into, for example: --to en"),
        (["a.txt", "--to", "klingon"], 2, "error: unknown language 'klingon'; use a code such as de, en, fr, es, uk (translate models list)"),
        (["a.txt", "--to", "en", "--from", "xx"], 2, "error: unknown language 'xx'"),
        (["a.txt", "--to", "fr", "--from", "uk"], 5, "✗ no model from Ukrainian to French; type: translate models install uk en && translate models install en fr"),
        (["a.txt", "--to", "en", "--model", "nope"], 5, "--model nope: neither a folder, an .argosmodel file nor an installed package"),
        (["missing/", "--to", "en"], 3, "missing: no such file or folder"),
        (["a.txt", "--to", "en", "--glossary", "no.csv"], 4, "error: no.csv: no such glossary"),
        (["a.txt", "--to", "en", "--glossary", "a.txt"], 4, "error: a.txt: no glossary table"),
        (["a.txt", "--to", "en", "-o", "a.txt"], 6, "cannot be written"),
        (["a.txt", "--to", "en", "--report", "xml"], 2, "error: --report xml: only json is known"),
        (["a.txt", "--to", "en", "--beam", "0"], 2, "Invalid value for '--beam'"),
        (["a.txt", "--too", "en"], 2, "No such option: --too"),
    ],
)  # fmt: skip
def test_errors_say_what_and_where(translate: Session, write, args: list[str], code: int, message: str) -> None:
    write("a.txt", ARTICLE)
    found, out, err = translate(*args)
    assert found == code
    assert out == ""
    assert message in " ".join(err.split())
    assert "Traceback" not in err


def test_bad_glossary_line_names_file_and_line(translate: Session, write) -> None:
    write("a.txt", ARTICLE)
    write("g.csv", "source,target\nKiew,Kyiv\nWaffenruhe,\n")
    code, _, err = translate("a.txt", "--to", "en", "-g", "g.csv", "--strict")
    assert "not used: g.csv:3: no translation for 'Waffenruhe'" in err
    assert code == ExitCode.check


def test_one_bad_file_among_good_ones(translate: Session, write) -> None:
    write("in/a.txt", ARTICLE)
    write("in/b.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    code, out, err = translate("in", "--to", "en")
    assert (code, out) == (12, f"exports{os.sep}a.de-en.docx\n")
    assert "password-protected" in err
    assert "files      1 done, 1 failed" in err


def test_detect(translate: Session, write) -> None:
    write("a.txt", ARTICLE)
    write("b.txt", "The ministers met on Thursday in Copenhagen to talk about the war.")
    write("c.txt", "Video")
    code, out, err = translate("detect", "a.txt", "b.txt", "c.txt", "no.txt")
    lines = out.splitlines()
    assert lines[0].startswith("de 1.00   a.txt")
    assert lines[1].startswith("en 1.00   b.txt")
    assert "?" in lines[2]
    assert err == "error: no.txt: no such file or folder\n"
    assert code == 12


def test_detect_paragraphs(translate: Session, write) -> None:
    write("a.txt", ARTICLE)
    _, out, _ = translate("detect", "a.txt", "-p")
    assert len(out.splitlines()) == 3


def test_models_list_shows_the_built_in_one(translate: Session) -> None:
    code, out, err = translate("models", "list")
    assert code == 0
    assert any(line.startswith("de_en-") and "German" in line and "built in" in line for line in out.splitlines())
    assert "Installed models are looked for in" in err


def test_glossary_check(translate: Session, write) -> None:
    write("good.csv", "source,target\nKiew,Kyiv\n")
    code, out, _ = translate("glossary", "check", "good.csv")
    assert (code, out) == (0, "good.csv: 1 entries (utf-8, comma; columns: source, target)\nno complaints\n")
    write("bad.csv", "source,target,forbidden\nKiew,Kyiv,\nKiew,Kiev,\nWaffe,,\nRuhe,calm,calm\n")
    code, out, _ = translate("glossary", "check", "bad.csv")
    assert code == 4
    assert out.splitlines()[1:] == [
        "not used: bad.csv:4: no translation for 'Waffe'; fill in the second column (or = to keep the word as it is)",
        "bad.csv:3: 'Kiew' → 'Kiev' contradicts line 2 (→ 'Kyiv'), which counts",
        "bad.csv:5: 'calm' is forbidden and wanted at once",
    ]


def test_a_folder_named_like_a_command(translate: Session, write) -> None:
    write("detect/a.txt", ARTICLE)
    code, out, _ = translate("./detect", "--to", "en")
    assert (code, out) == (0, f"exports{os.sep}a.de-en.docx\n")


def _rows(path: Path) -> list[list[str]]:
    table = docx.Document(str(path)).tables[0]._tbl
    return [[all_text(cell) for cell in row.tc_lst] for row in table.tr_lst[1:]]


def test_the_same_text_in_every_format(translate: Session, write, tmp_path: Path) -> None:
    """The built-in model, once a format: same sentences, same translations."""
    body = "Die Minister beraten am Donnerstag in Kopenhagen. Die Waffenruhe hielt nicht.\n\nKiew ist bereit\n"
    write("in/a.txt", body)
    write("in/b.md", body.replace("Kiew ist bereit", "## Kiew ist bereit"))
    word = docx.Document()
    word.add_paragraph("Die Minister beraten am Donnerstag in Kopenhagen. Die Waffenruhe hielt nicht.")
    word.add_heading("Kiew ist bereit", 2)
    word.save(str(tmp_path / "in" / "c.docx"))
    assert translate("in", "--to", "en", "-q")[0] == 0
    tables = [_rows(tmp_path / "exports" / f"{n}.de-en.docx") for n in "abc"]
    assert tables[0] == tables[1] == tables[2]
    assert [row[1] for row in tables[0]] == [
        "Die Minister beraten am Donnerstag in Kopenhagen.",
        "Die Waffenruhe hielt nicht.",
        "Kiew ist bereit",
    ]
    assert all(row[2] and row[2] != row[1] for row in tables[0])


def test_the_seeds_keep_every_sentence(translate: Session, tmp_path: Path) -> None:
    """What a newcomer runs: every source sentence once and in order, and the report agrees with the documents."""
    code, out, _ = translate(str(SEEDS), "--to", "en", "--report", "json")
    assert code == 0
    report = json.loads(out)
    assert len(report["files"]) >= 4
    for file in report["files"]:
        word = docx.Document(file["output"])
        rows = _rows(Path(file["output"]))
        titles = [p.text for p in word.paragraphs if p.style.name == "Title"]
        source = " ".join((SEEDS / file["file"]).read_text(encoding="utf-8").split()).split(" ", 2)[2]
        assert " ".join([*titles, *(row[1] for row in rows)]) == source
        assert file["sentences"] == len(rows) + len(titles)
        assert all(row[2] for row in rows)


def test_stdout_to_a_closed_pipe_is_no_error(write, tmp_path: Path) -> None:
    write("a.txt", ARTICLE)
    command = f"{sys.executable} -m translator detect a.txt -p | true"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_keeps_finished_handouts(write, tmp_path: Path) -> None:
    for i in range(300):
        write(
            f"in/{i:03}.txt",
            ARTICLE.replace("Donnerstag", f"{i}. Tag der langen Verhandlungen über Sicherheitsgarantien"),
        )
    process = subprocess.Popen(
        [sys.executable, "-m", "translator", "in", "--to", "en"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("exports/*.docx")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == ExitCode.interrupted
    assert "Interrupted. Finished handouts are kept" in err
    assert "Traceback" not in err
    written = sorted(f"exports{os.sep}{p.name}" for p in tmp_path.glob("exports/*.docx"))
    assert 0 < len(written) < 300
    assert sorted(out.split()) == written
    for name in written:
        docx.Document(str(tmp_path / name))


def test_no_bars_when_stderr_is_no_terminal(write, tmp_path: Path) -> None:
    write("a.txt", ARTICLE)
    done = subprocess.run(
        [sys.executable, "-m", "translator", "a.txt", "--to", "en"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\r" not in done.stderr
    assert "it/s" not in done.stderr
