"""What is said and written: no sentence of a document in any message, no file elsewhere, nothing left when forgotten."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conftest import FakeEngine

from translator.cli import translate as command
from translator.cli.app import main
from translator.errors import ExitCode
from translator.pipeline import run

SENTENCES = ("Die Waffenruhe hielt nicht, sagte die Kanzlerin.", "Der geheime Plan liegt in Schublade sieben.")
TRANSLATIONS = ("Somebody said that it had failed.", "Drawer seven hides what nobody may know.")
ARTICLE = f" date 2025-08-25 Ein Abend im Amt\n\n{' '.join(SENTENCES)}\n"
SECRETS = ("Waffenruhe hielt", "Kanzlerin", "geheime", "Schublade", "Somebody said", "Drawer", "hides")
"""Words of which at least one is in every half of every sentence."""

Session = Callable[..., tuple[int, str, str]]


class Failing(FakeEngine):
    """An engine with a fault that says what it was at."""

    def translate(self, texts, *args, **kwargs):  # type: ignore[no-untyped-def]
        try:
            raise ValueError(f"too hard: {texts[-1]}")
        except ValueError as error:
            raise KeyError(texts[-1]) from error


@pytest.fixture
def translate(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    fake_route: Callable[..., object],
) -> Session:
    """Runs `translate ARGS` with a fake engine; gives exit code, stdout, stderr as the system saw them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "g.csv").write_text("source,target\nWaffenruhe,truce\n", "utf-8")

    def _translate(*args: str, engine: FakeEngine | None = None) -> tuple[int, str, str]:
        fake = engine or FakeEngine(dict(zip(SENTENCES, TRANSLATIONS, strict=True)))
        fake.aligns = False  # a term that is missed stays so
        chosen = partial(run, load=lambda route, threads, device: fake, choose=fake_route)  # type: ignore[arg-type]
        monkeypatch.setattr(command, "run", chosen)
        monkeypatch.setattr(sys, "argv", ["translate", *args])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capfd.readouterr()
        return int(caught.value.code or 0), out, err

    return _translate


def told(*streams: str) -> list[str]:
    """What of the document is in the streams."""
    return [secret for secret in SECRETS if any(secret in stream for stream in streams)]


COMMON = ("a.txt", "--to", "en", "--from", "de", "-g", "g.csv", "--memory", "m.sqlite")


@pytest.mark.parametrize(
    "more",
    [(), ("-v",), ("--report", "json"), ("--report", "json", "-v"), ("--dry-run", "-v"), ("--strict", "-q")],
    ids=" ".join,
)
def test_no_message_and_no_report_holds_a_sentence(translate: Session, more: tuple[str, ...]) -> None:
    code, out, err = translate(*COMMON, *more)
    assert code in (ExitCode.ok, ExitCode.check)
    assert told(out, err) == []
    assert code == ExitCode.ok or "-q" in more


def test_what_a_term_was_missed_in_is_numbered_with_v_and_quoted_with_vv(translate: Session) -> None:
    _, _, once = translate(*COMMON, "-v")
    assert "    a.txt, sentence 1: Waffenruhe is not 'truce'\n" in once
    _, out, twice = translate(*COMMON, "-vv", "--force", "--report", "json")
    assert f"    a.txt, sentence 1: Waffenruhe is not 'truce' in: {TRANSLATIONS[0]}\n" in twice
    (missed,) = json.loads(out)["files"][0]["missed"]
    assert (missed["source"], missed["translation"]) == (SENTENCES[0], TRANSLATIONS[0])
    assert translate(*COMMON, "--force")[0] == ExitCode.ok  # -vv does not last
    assert told(*translate(*COMMON, "--force", "-v")[1:]) == []


def test_a_fault_of_the_program_says_where_it_was_and_quotes_nothing(translate: Session) -> None:
    code, out, err = translate(*COMMON, engine=Failing())
    assert code == ExitCode.unexpected
    assert told(out, err) == []
    assert err.count("Traceback (most recent call last):\n") == 2
    assert ", in translate\n" in err
    assert "\nValueError\nthen:\n" in err
    assert "\nKeyError\nerror: this is a fault of translate itself; please report the lines above (-vv adds" in err


def test_a_fault_is_told_with_its_words_where_texts_are_wanted(translate: Session) -> None:
    code, _, err = translate(*COMMON, "-vv", engine=Failing())
    assert code == ExitCode.unexpected
    assert f"ValueError: too hard: {SENTENCES[1]}\n" in err


WATCHED = """
import os, sys
from pathlib import Path

seen = open(sys.argv.pop(1), "a", encoding="utf-8")

def watch(event, arguments):
    if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        places = [arguments[0]]
    elif event in ("os.mkdir", "os.remove", "os.rename", "os.link", "os.symlink", "os.truncate", "os.chmod", "shutil.rmtree"):
        places = [p for p in arguments[:2] if isinstance(p, (str, bytes, os.PathLike))]
        if event == "os.remove" and arguments[1] >= 0:  # of shutil.rmtree, which names what is in a folder it has open
            places = [os.path.join(os.readlink(f"/proc/self/fd/{arguments[1]}"), arguments[0])]
    elif event == "sqlite3.connect":
        places = [arguments[0]]
    else:
        places = []
    for place in places:
        if not isinstance(place, int):
            seen.write(os.path.realpath(os.fsdecode(place)) + "\\n")

sys.addaudithook(watch)
from translator.cli.app import main
main()
"""


def test_every_path_that_is_written_to_lies_in_data_cache_config_or_outputs(tmp_path: Path) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    (work / "in" / "sub").mkdir(parents=True)
    home.mkdir()
    (work / "tmp").mkdir()
    (work / "in" / "sub" / "a.txt").write_text(ARTICLE, "utf-8")
    (work / "in" / "b.md").write_text("# Preise\n\nDie Preise *steigen* nicht.\n", "utf-8")
    seen = tmp_path / "seen"
    unwanted = ("XDG_", "ARGOS", "PYTHON")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
    environment |= {"HOME": str(home), "TMPDIR": str(work / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["PYTHONPATH"] = str(Path(command.__file__).parents[2])
    commands = [
        ["in", "--to", "en", "-o", "out", "--format", "docx,odt,html,md,tmx,xliff,xliff2,tsv,json", "-vv"],
        ["in", "--to", "en", "-o", "out", "--layout", "worksheet"],
        ["detect", "in"],
        ["review", "out/b.de-en.docx"],
        ["memory", "stats"],
        ["models", "list"],
        ["memory", "forget", "--all"],
    ]
    for arguments in commands:
        done = subprocess.run(
            [sys.executable, "-c", WATCHED, str(seen), *arguments],
            cwd=work, env=environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    allowed = [home / ".local" / "share", home / ".cache", home / ".config", home / ".local", work / "out"]
    places = {Path(line) for line in seen.read_text("utf-8").splitlines()}
    assert any((work / "out") in place.parents for place in places)  # the watch sees something
    assert any(place.name == "memory.sqlite" for place in places)
    others = [p for p in places if not any(a == p or a in p.parents for a in allowed) and p != Path(os.devnull)]
    assert [p for p in others if work / "tmp" not in p.parents] == []
    assert list((work / "tmp").rglob("*")) == []
    assert {p.name for p in work.iterdir()} == {"in", "out", "tmp"}
    assert {p.name for p in home.iterdir()} <= {".local", ".cache", ".config"}


def memory_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("m.sqlite*"))


def test_the_memory_is_its_owners_alone_while_a_run_has_it_open(translate: Session, tmp_path: Path) -> None:
    modes = {}

    class Looking(FakeEngine):
        def translate(self, *args, **kwargs):  # type: ignore[no-untyped-def]
            modes.update({p.name: stat.S_IMODE(p.stat().st_mode) for p in memory_files(tmp_path)})
            return super().translate(*args, **kwargs)

    mask = os.umask(0)
    try:
        translate(*COMMON)
        translate(*COMMON, "--force", "--beam", "2", engine=Looking())
    finally:
        os.umask(mask)
    assert set(modes) == {"m.sqlite", "m.sqlite-wal", "m.sqlite-shm"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "m.sqlite").stat().st_mode) == 0o600


def test_what_is_forgotten_is_in_no_file_of_the_memory(translate: Session, tmp_path: Path) -> None:
    translate(*COMMON)
    (tmp_path / "b.txt").write_text("Ein anderer Satz bleibt.\n", "utf-8")
    translate("b.txt", *COMMON[1:])
    held = b"".join(p.read_bytes() for p in memory_files(tmp_path))
    assert all(text.encode() in held for text in SENTENCES + TRANSLATIONS)
    code, _, err = translate("memory", "forget", "--file", "a.txt", "--memory", "m.sqlite")
    assert (code, err) == (0, "forgotten: 3 sentences\n")
    left = b"".join(p.read_bytes() for p in memory_files(tmp_path))
    assert [secret for secret in SECRETS if secret.encode() in left] == []
    assert b"Ein anderer Satz bleibt." in left
