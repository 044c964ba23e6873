"""A memory that is damaged, locked or out of reach, and runs that are killed: no data of anybody is lost."""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import FakeEngine

from translator.engine.packages import Package
from translator.errors import OutputError
from translator.memory import schema
from translator.memory.model import EntryOrigin, MemoryEntry
from translator.memory.store import Memory
from translator.options import Options
from translator.pipeline import run
from translator.report import Status

KILLS = int(os.environ.get("TRANSLATOR_TEST_KILLS", "12"))
"""Runs that are killed; the environment variable makes it a longer test."""

BEGIN = """
import sys, time
from pathlib import Path
from translator.memory.model import EntryOrigin, MemoryEntry
from translator.memory.store import Memory
path, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
memory = Memory(path)
print(bool(memory.note), flush=True)
for i in range(20):
    memory.add_human([MemoryEntry(f"{name} {i}", "x", EntryOrigin.HUMAN)], "de", "en")
memory.close()
"""


@pytest.mark.parametrize("content", [b"no database\n" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_runs_that_find_a_damaged_memory_at_once_lose_nothing(tmp_path: Path, content: bytes) -> None:
    for turn in range(3):
        path = tmp_path / str(turn) / "m.sqlite"
        path.parent.mkdir()
        path.write_bytes(content)
        runs = [
            subprocess.Popen(
                [sys.executable, "-c", BEGIN, str(path), name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for name in "abc"
        ]
        for process in runs:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        results = []
        for process in runs:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        for process in runs:
            results.append(process.communicate(timeout=60))
        assert [err for _, err in results] == ["", "", ""]
        assert sorted(out for out, _ in results) == ["False\n", "False\n", "True\n"]  # one moved it aside
        aside = sorted(p.name for p in path.parent.glob("*damaged-[0-9]*"))
        assert aside == ["m.sqlite.damaged-1"]
        assert (path.parent / aside[0]).read_bytes() == content
        memory = Memory(path)
        assert memory.counts() == [("de", "en", "human", 60)]
        memory.close()


def test_a_memory_that_was_mended_in_the_meantime_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another run exchanges the damaged file between our look at it and our turn to do so."""
    path = tmp_path / "m.sqlite"
    path.write_bytes(b"no database\n" * 500)
    begun_anew = schema._begun_anew

    def later(path: Path) -> tuple[sqlite3.Connection, str]:
        path.unlink()
        other = Memory(path)
        other.add_human([MemoryEntry("Ja.", "Yes.", EntryOrigin.HUMAN)], "de", "en")
        other.close()
        return begun_anew(path)

    monkeypatch.setattr(schema, "_begun_anew", later)
    memory = Memory(path)
    assert (memory.note, memory.counts()) == ("", [("de", "en", "human", 1)])
    memory.close()
    assert not list(tmp_path.glob("*damaged-[0-9]*"))


class Notes:
    """Progress that remembers what was said."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def found(self, files: int) -> None: ...
    def read(self, segments: int) -> None: ...
    def translated(self, segments: int, words: int) -> None: ...
    def finished(self, result: object) -> None: ...

    def note(self, text: str) -> None:
        self.notes.append(text)


@pytest.fixture
def translate(tmp_path: Path, fake_route: Callable[..., tuple[Package, ...]]) -> Callable[[Path], list[str]]:
    """Translates a short text with a memory; gives what was said about the memory."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Die Minister beraten am Donnerstag. Die Waffenruhe hielt nicht.")

    def _translate(memory: Path) -> list[str]:
        progress = Notes()
        options = Options(
            (tmp_path / "in",), ("en",), "de", glossaries=(), output=tmp_path / "out", memory=memory, force=True
        )
        report = run(options, progress, load=lambda route, threads, device: FakeEngine(), choose=fake_route)  # type: ignore[arg-type]
        assert [f.status for f in report.files] == [Status.DONE]
        assert (tmp_path / "out" / "a.de-en.docx").stat().st_size > 0
        return [n for n in progress.notes if "memory" in n]

    return _translate


def test_a_memory_locked_for_long_does_not_stop_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, translate: Callable[[Path], list[str]]
) -> None:
    path = tmp_path / "m.sqlite"
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    other = Memory(path)
    other._database.execute("BEGIN IMMEDIATE")
    (note,) = translate(path)
    assert note == (
        f"{path}: the translation memory cannot be written (database is locked); the run goes on without it"
    )
    other._database.execute("ROLLBACK")
    assert translate(path) == []
    assert other.counts() == [("de", "en", "machine", 2)]
    other.close()


def test_a_memory_that_nothing_may_be_read_from_does_not_stop_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, translate: Callable[[Path], list[str]]
) -> None:
    path = tmp_path / "m.sqlite"
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    (note,) = translate(path)
    assert note == f"{path}: the translation memory cannot be opened (database is locked); the run goes on without it"
    other.close()


@pytest.mark.parametrize("column", ["target", "detail", "score", "file"])
def test_a_text_that_became_something_else_does_not_stop_a_run(
    tmp_path: Path, translate: Callable[[Path], list[str]], column: str
) -> None:
    path = tmp_path / "m.sqlite"
    assert translate(path) == []
    database = sqlite3.connect(path)
    with database:
        database.execute(f"UPDATE machine SET {column} = x'00ff41'")
    database.close()
    memory = Memory(path)
    if column != "detail":
        with pytest.raises(OutputError, match=rf"cannot be read \(malformed: a {column} that is no "):
            list(memory.entries())
    memory.close()
    assert len(translate(path)) <= 1


@pytest.mark.parametrize("place", ["file", "folder"])
def test_a_memory_that_cannot_be_there_does_not_stop_a_run(
    tmp_path: Path, translate: Callable[[Path], list[str]], place: str
) -> None:
    path = tmp_path / "x" / "m.sqlite"
    if place == "file":
        path.parent.write_text("no folder")
    else:
        path.mkdir(parents=True)
    (note,) = translate(path)
    assert note.startswith(f"{path}: the translation memory cannot be opened (")
    assert note.endswith("; the run goes on without it")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be written there")
def test_a_memory_in_a_read_only_folder_does_not_stop_a_run(
    tmp_path: Path, translate: Callable[[Path], list[str]]
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    try:
        (note,) = translate(folder / "m.sqlite")
        assert "cannot be opened" in note
        with pytest.raises(OutputError, match="cannot be opened"):
            Memory(folder / "m.sqlite")
    finally:
        folder.chmod(0o700)


class SlowEngine(FakeEngine):
    """A little slower, so that a run may be killed while it translates."""

    def translate(self, texts, *args, **kwargs):  # type: ignore[no-untyped-def]
        time.sleep(0.002 * len(texts))
        return super().translate(texts, *args, **kwargs)


def _run(folder: Path, choose: Callable[..., tuple[Package, ...]]) -> None:
    options = Options((folder / "in",), ("en",), "de", glossaries=(), output=folder / "out", memory=folder / "m.sqlite")
    report = run(options, load=lambda route, threads, device: SlowEngine(), choose=choose)
    os._exit(0 if all(f.status in (Status.DONE, Status.UNCHANGED) for f in report.files) else 1)


_CLOCK = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _content(folder: Path) -> dict[str, dict[str, bytes]]:
    """Every file below the outputs with its parts; when it was written does not count."""
    found: dict[str, dict[str, bytes]] = {}
    for path in sorted((folder / "out").rglob("*")):
        parts: dict[str, bytes] = {}
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as word:
                parts = {name: _CLOCK.sub(b"", word.read(name)) for name in word.namelist()}
        found[str(path.relative_to(folder))] = parts
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork and SIGKILL")
def test_a_run_killed_at_any_moment_is_finished_by_the_next(
    tmp_path: Path, fake_route: Callable[..., tuple[Package, ...]]
) -> None:
    fork, dice = multiprocessing.get_context("fork"), random.Random(6)
    words = "Minister Treffen Waffenruhe Gespräch Land Woche Regierung Druck Frieden Grenze".split()
    texts = [
        "\n\n".join(f"Am {i}. Tag sprach der {dice.choice(words)} über {dice.choice(words)} {n}." for n in range(6))
        for i in range(1, 31)
    ]

    def started(name: str) -> tuple[Path, multiprocessing.process.BaseProcess]:
        folder = tmp_path / name
        if not folder.exists():
            (folder / "in").mkdir(parents=True)
            for i, text in enumerate(texts):
                (folder / "in" / f"{i:02}.txt").write_text(text)
        process = fork.Process(target=_run, args=(folder, fake_route))
        process.start()
        return folder, process

    begun = time.monotonic()
    undisturbed, process = started("undisturbed")
    process.join(60)
    whole = time.monotonic() - begun
    assert process.exitcode == 0
    expected = _content(undisturbed)
    assert len([name for name in expected if name.endswith(".docx")]) == 30
    killed = 0
    for turn in range(KILLS):
        folder, process = started(f"{turn:02}")
        time.sleep(whole * (turn + dice.random()) / KILLS)  # moments spread over the whole run
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join(60)
        killed += process.exitcode == -signal.SIGKILL
        _, process = started(f"{turn:02}")
        process.join(60)
        assert process.exitcode == 0
        assert _content(folder) == expected
        database = sqlite3.connect(folder / "m.sqlite")
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT COUNT(*) FROM machine").fetchone() == (180,)
        database.close()
    assert killed >= KILLS * 3 // 4
