"""The memory's file: versions, permissions, damage, several processes, a killed one, and really forgetting."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from translator.errors import ExitCode, OutputError
from translator.memory import schema, store
from translator.memory.model import EntryOrigin, MemoryEntry, MemoryKey
from translator.memory.store import Memory, default_path

SECRET = "Geheimnisvollerzwiebelkuchen"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "memory.sqlite"


def human(source: str, target: str = "by hand", **more: str) -> MemoryEntry:
    return MemoryEntry(source, target, EntryOrigin.HUMAN, **more)


def machine(source: str, target: str = "made", terms: str = "", **more: object) -> tuple[MemoryKey, MemoryEntry]:
    return MemoryKey(source, terms), MemoryEntry(source, target, EntryOrigin.MACHINE, **more)


def pragma(path: Path, name: str) -> object:
    database = sqlite3.connect(path)
    try:
        return database.execute(f"PRAGMA {name}").fetchone()[0]
    finally:
        database.close()


def bytes_of(path: Path) -> bytes:
    """All bytes of the database with what lies beside it."""
    return b"".join(p.read_bytes() for p in sorted(path.parent.glob(path.name + "*")))


# versions


def test_a_new_file(path: Path) -> None:
    Memory(path).close()
    assert pragma(path, "user_version") == len(schema.MIGRATIONS) == 1
    assert pragma(path, "journal_mode") == "wal"
    assert pragma(path, "integrity_check") == "ok"


@pytest.mark.skipif(os.name == "nt", reason="no such permissions there")
def test_only_the_owner_may_read_it(path: Path) -> None:
    old = os.umask(0)
    try:
        memory = Memory(path)
        memory.add_human([human("Eins")], "de", "en")
        files = sorted(path.parent.iterdir())
        assert [p.name for p in files] == ["memory.sqlite", "memory.sqlite-shm", "memory.sqlite-wal"]
        assert [stat.S_IMODE(p.stat().st_mode) for p in files] == [0o600] * 3
        memory.close()
    finally:
        os.umask(old)


def test_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    memory = Memory(path)
    memory.add_human([human("Eins")], "de", "en")
    memory.close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 2")
    database.close()
    before = path.read_bytes()
    with pytest.raises(OutputError) as caught:
        Memory(path)
    assert str(caught.value) == (
        f"{path}: written by a newer version of translate; update it, or use another --memory FILE"
    )
    assert caught.value.exit_code is ExitCode.output
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["memory.sqlite"]


def add_column(database: sqlite3.Connection) -> None:
    database.execute("CREATE TABLE second (x)")


def test_an_old_file_is_migrated_and_keeps_its_entries(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(path)
    memory.add_human([human("Eins")], "de", "en")
    memory.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, add_column))
    memory = Memory(path)
    assert memory.note == ""
    assert memory.counts() == [("de", "en", "human", 1)]
    memory.close()
    assert pragma(path, "user_version") == 2
    database = sqlite3.connect(path)
    assert database.execute("SELECT COUNT(*) FROM second").fetchone() == (0,)
    database.close()


def test_a_failed_migration_leaves_the_old_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(path)
    memory.add_human([human("Eins")], "de", "en")
    memory.close()

    def fails(database: sqlite3.Connection) -> None:
        database.execute("DROP TABLE human")
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, add_column, fails))
        with pytest.raises(OutputError, match=r"cannot be opened \(disk I/O error\)"):
            Memory(path)
    assert pragma(path, "user_version") == 1
    memory = Memory(path)
    assert memory.counts() == [("de", "en", "human", 1)]
    memory.close()


def test_without_create_a_missing_file_is_not_made(path: Path) -> None:
    with pytest.raises(OutputError, match="there is no translation memory here yet"):
        Memory(path, create=False)
    assert not path.parent.exists()


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the translation memory cannot be opened"):
        Memory(tmp_path)


def test_default_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if sys.platform.startswith("linux"):
        assert default_path() == tmp_path / "translator" / "memory.sqlite"
    assert default_path().name == "memory.sqlite"


# damage


@pytest.mark.parametrize("content", [b"short", b"not a database at all\n" * 400, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_moved_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    memory = Memory(path)
    assert memory.note.startswith(f"{path}: the translation memory was damaged (")
    assert memory.note.endswith(") and is now memory.sqlite.damaged-1; a new one was begun")
    assert path.with_name("memory.sqlite.damaged-1").read_bytes() == content
    memory.add_human([human("Eins")], "de", "en")
    assert memory.counts() == [("de", "en", "human", 1)]
    memory.close()
    again = Memory(path)
    assert again.note == ""
    again.close()


def test_damage_in_the_middle_is_noticed(path: Path) -> None:
    memory = Memory(path)
    memory.add_human([human(f"Satz {i}" * 20) for i in range(500)], "de", "en")
    memory.close()
    damaged = bytearray(path.read_bytes())
    for page in range(3, len(damaged) // 4096):
        damaged[page * 4096 : page * 4096 + 200] = b"\xa5" * 200
    path.write_bytes(damaged)
    memory = Memory(path)
    assert "was damaged" in memory.note
    assert memory.counts() == []
    memory.close()
    assert path.with_name("memory.sqlite.damaged-1").read_bytes() == bytes(damaged)


def test_damaged_files_never_replace_each_other(path: Path) -> None:
    path.parent.mkdir()
    for number in range(1, 4):
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        path.write_bytes(b"broken %d " % number * 300)
        memory = Memory(path)
        assert f"memory.sqlite.damaged-{number};" in memory.note
        memory.close()
    for number in range(1, 4):
        assert path.with_name(f"memory.sqlite.damaged-{number}").read_bytes() == b"broken %d " % number * 300


def test_an_empty_file_is_a_new_memory(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    memory = Memory(path)
    assert memory.note == ""
    memory.close()
    assert pragma(path, "user_version") == 1


def test_damage_met_later_is_an_error_of_one_line(path: Path) -> None:
    memory = Memory(path)
    database = sqlite3.connect(path)
    database.execute("DROP TABLE human")
    database.close()
    with pytest.raises(OutputError, match="cannot be read"):
        memory.human(["Eins"], "de", "en")
    with pytest.raises(OutputError, match="cannot be read"):
        list(memory.entries())
    with pytest.raises(OutputError, match="cannot be written"):
        memory.add_human([human("Eins")], "de", "en")
    memory.close()


# several processes

WRITER = """
import sys, time
from pathlib import Path
from translator.memory.model import EntryOrigin, MemoryEntry, MemoryKey
from translator.memory.store import Memory
path, who, start = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
print("ready", flush=True)
while not start.exists():
    time.sleep(0.001)
memory = Memory(path)
for batch in range(15):
    entries = [MemoryEntry(f"{who} {batch} {i}", "x", EntryOrigin.MACHINE) for i in range(20)]
    memory.add_machine([(MemoryKey(e.source, ""), e) for e in entries], "de", "en", "m")
    memory.add_human([MemoryEntry(f"{who} {batch}", who, EntryOrigin.HUMAN)], "de", "en")
    assert len(memory.machine([MemoryKey(e.source, "") for e in entries], "de", "en", "m")) == 20
memory.close()
"""


def test_processes_that_begin_and_write_it_at_once_lose_nothing(path: Path, tmp_path: Path) -> None:
    start = tmp_path / "start"
    command = [sys.executable, "-c", WRITER, str(path)]
    processes = [
        subprocess.Popen([*command, str(n), str(start)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for n in range(4)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    start.touch()
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    memory = Memory(path)
    assert memory.note == ""
    assert memory.counts() == [("de", "en", "human", 4 * 15), ("de", "en", "machine", 4 * 15 * 20)]
    memory.close()
    assert [p.name for p in path.parent.iterdir()] == ["memory.sqlite"]


def test_a_locked_file_is_told_in_the_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    one, other = Memory(path), Memory(path)
    one._database.execute("BEGIN IMMEDIATE")
    with pytest.raises(OutputError, match=r"cannot be written \(database is locked\)"):
        other.add_human([human("Eins")], "de", "en")
    assert other.counts() == []  # reading goes on
    one._database.execute("ROLLBACK")
    other.add_human([human("Eins")], "de", "en")
    assert one.counts() == [("de", "en", "human", 1)]
    one.close()
    other.close()


ENDLESS = """
import sys
from pathlib import Path
from translator.memory.model import EntryOrigin, MemoryEntry
from translator.memory.store import Memory
memory = Memory(Path(sys.argv[1]))
batch = 0
while True:
    memory.add_human([MemoryEntry(f"{batch} {i}", "x" * 300, EntryOrigin.HUMAN) for i in range(50)], "de", "en")
    print(batch, flush=True)
    batch += 1
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
@pytest.mark.parametrize("seconds", [0.0, 0.013, 0.05])
def test_a_killed_run_loses_at_most_its_open_batch(path: Path, seconds: float) -> None:
    process = subprocess.Popen([sys.executable, "-c", ENDLESS, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(4)] == ["0\n", "1\n", "2\n", "3\n"]
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    told, _ = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL
    committed = 4 + told.count("\n")
    memory = Memory(path)
    assert memory.note == ""
    sources = {entry.source for _, _, entry in memory.entries()}
    batches = len(sources) // 50
    assert batches in (committed, committed + 1)  # what was told is there; the last commit may not have been told
    assert sources == {f"{b} {i}" for b in range(batches) for i in range(50)}  # none in parts
    memory.close()
    assert pragma(path, "integrity_check") == "ok"


def test_a_failing_batch_is_not_there_in_part(path: Path) -> None:
    memory = Memory(path)
    with pytest.raises(OutputError, match="cannot be written"):
        memory.add_human([human("Eins"), human("Zwei", None)], "de", "en")  # type: ignore[arg-type]
    assert memory.counts() == []
    memory.add_human([human("Eins")], "de", "en")  # no transaction was left open
    memory.close()


# entries


def test_an_entry_comes_back_as_it_was(path: Path) -> None:
    memory = Memory(path)
    entry = MemoryEntry(
        "Ein „Satz“ mit 😀 und\u00a0Rand.", "A ‘sentence’\nin two lines", EntryOrigin.MACHINE, -0.25,
        ((0, 0.91), (3, 0.5)), ((1, "n-best"),), "2025-08-25T10:15:00Z", "ä.txt",
    )  # fmt: skip
    key = MemoryKey(entry.source, "f00")
    memory.add_machine([(key, entry)], "de", "en", "m")
    memory.close()
    memory = Memory(path)
    assert memory.machine([key], "de", "en", "m") == {key: entry}
    bare = machine("Zwei", alignment=None, created="2025-08-25T10:15:00Z")
    memory.add_machine([bare], "de", "en", "m")
    assert memory.machine([bare[0]], "de", "en", "m") == {bare[0]: bare[1]}
    corrected = human("Drei", "three; '); DROP TABLE human; --", created="2025-08-25T10:15:01Z", file="b.txt")
    memory.add_human([corrected], "de", "en")
    assert memory.human(["Drei", "Vier"], "de", "en") == {"Drei": corrected}
    memory.close()


@pytest.mark.parametrize(
    ("key", "pair", "model"),
    [
        (MemoryKey("eins", "t"), ("de", "en"), "m"),
        (MemoryKey("Eins", "u"), ("de", "en"), "m"),
        (MemoryKey("Eins", ""), ("de", "en"), "m"),
        (MemoryKey("Eins", "t"), ("de", "fr"), "m"),
        (MemoryKey("Eins", "t"), ("fr", "en"), "m"),
        (MemoryKey("Eins", "t"), ("de", "en"), "n"),
    ],
)
def test_a_machine_entry_is_found_only_if_everything_is_equal(
    path: Path, key: MemoryKey, pair: tuple[str, str], model: str
) -> None:
    memory = Memory(path)
    memory.add_machine([machine("Eins", terms="t")], "de", "en", "m")
    assert memory.machine([key], *pair, model) == {}
    assert list(memory.machine([MemoryKey("Eins", "t")], "de", "en", "m")) == [MemoryKey("Eins", "t")]
    memory.close()


def test_human_entries_are_of_a_pair_and_the_last_counts(path: Path) -> None:
    memory = Memory(path)
    memory.add_human([human("Eins", "one")], "de", "en")
    memory.add_human([human("Eins", "un")], "de", "fr")
    memory.add_human([human("Eins", "ONE")], "de", "en")
    assert memory.human(["Eins"], "de", "en")["Eins"].target == "ONE"
    assert memory.human(["Eins"], "de", "fr")["Eins"].target == "un"
    assert memory.human(["Eins"], "en", "de") == {}
    assert memory.counts() == [("de", "en", "human", 1), ("de", "fr", "human", 1)]
    memory.close()


def test_more_sentences_than_variables(path: Path) -> None:
    memory = Memory(path)
    count = 2 * store._CHUNK + 1
    sources = [f"Satz {i}" for i in range(count)]
    memory.add_human([human(s) for s in sources], "de", "en")
    memory.add_machine([machine(s) for s in sources], "de", "en", "m")
    assert list(memory.human([*sources, *sources], "de", "en")) != []
    assert set(memory.human(sources, "de", "en")) == set(sources)
    assert len(memory.machine([MemoryKey(s, "") for s in sources], "de", "en", "m")) == count
    assert memory.human([], "de", "en") == memory.machine([], "de", "en", "m") == {}
    memory.close()


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_several_machine_translations_the_newest_is_shown(path: Path, newest_first: bool) -> None:
    memory = Memory(path)
    dates = {"old": "2024-01-01T00:00:00Z", "middle": "2024-06-01T00:00:00Z", "new": "2025-01-01T00:00:00Z"}
    for model in sorted(dates, reverse=newest_first):
        memory.add_machine(
            [machine("Eins", model, created=dates[model], file=f"{model}.txt", score=-1.0)], "de", "en", model
        )
    memory.add_human([human("Zwei", created="2026-01-01T00:00:00Z")], "de", "en")
    rows = [(e.source, e.target, e.created, e.file) for _, _, e in memory.entries()]
    assert rows == [("Zwei", "by hand", "2026-01-01T00:00:00Z", ""), ("Eins", "new", dates["new"], "new.txt")]
    assert memory.latest_machine(["Eins", "Zwei"], "de", "en") == {"Eins": "new"}
    memory.close()


def test_entries_of_a_pair(path: Path) -> None:
    memory = Memory(path)
    memory.add_human([human("Eins")], "de", "en")
    memory.add_machine([machine("Un")], "fr", "en", "m")
    memory.add_machine([machine("Zwei")], "de", "fr", "m")

    def found(*pair: str | None) -> list[tuple[str, str, str]]:
        return [(s, t, e.source) for s, t, e in memory.entries(*pair)]

    assert sorted(found()) == [("de", "en", "Eins"), ("de", "fr", "Zwei"), ("fr", "en", "Un")]
    assert found("de", "en") == [("de", "en", "Eins")]
    assert found("fr") == [("fr", "en", "Un")]
    assert sorted(found(None, "en")) == [("de", "en", "Eins"), ("fr", "en", "Un")]
    memory.close()


def test_entries_get_the_present_time(path: Path) -> None:
    memory = Memory(path)
    before = store.timestamp()
    memory.add_human([human("Eins")], "de", "en")
    memory.add_machine([machine("Zwei")], "de", "en", "m")
    after = store.timestamp()
    assert all(before <= e.created <= after and len(e.created) == 20 for _, _, e in memory.entries())
    memory.close()


# forgetting


def filled(path: Path) -> Memory:
    memory = Memory(path)
    memory.add_human([human("A", file="1.txt"), human("B", file="2.txt")], "de", "en")
    memory.add_machine([machine("A", file="1.txt"), machine("C", file="2.txt")], "de", "en", "m")
    memory.add_machine([machine("A", "other", file="3.txt")], "de", "en", "n")
    return memory


@pytest.mark.parametrize(
    ("selectors", "gone", "left"),
    [
        ({}, 5, []),
        ({"text": "A"}, 3, ["human B", "machine C"]),
        ({"text": "a"}, 0, ["human A", "human B", "machine A", "machine C"]),
        ({"file": "2.txt"}, 2, ["human A", "machine A"]),
        ({"machine": True}, 3, ["human A", "human B"]),
        ({"human": True}, 2, ["machine A", "machine C"]),
        ({"machine": True, "human": True}, 5, []),
        ({"text": "A", "human": True}, 1, ["human B", "machine A", "machine C"]),
        ({"text": "A", "file": "1.txt"}, 2, ["human B", "machine A", "machine C"]),
        ({"file": "1.txt", "machine": True}, 1, ["human A", "human B", "machine A", "machine C"]),
        ({"file": "%.txt"}, 0, ["human A", "human B", "machine A", "machine C"]),
    ],
)
def test_what_is_forgotten(path: Path, selectors: dict[str, object], gone: int, left: list[str]) -> None:
    memory = filled(path)
    assert memory.forget(**selectors) == gone  # type: ignore[arg-type]
    assert sorted(f"{e.origin.value} {e.source}" for _, _, e in memory.entries()) == left
    memory.close()


@pytest.mark.parametrize("big", [1, 400], ids=["in a page", "over several pages"])
def test_forgotten_text_is_in_no_file_any_more(path: Path, big: int) -> None:
    memory = Memory(path)
    others = [human(f"Satz {i} bleibt", "stays " * 30) for i in range(300)]
    memory.add_human(others, "de", "en")
    memory.add_human([human(f"{SECRET} " * big, f"{SECRET}-target", file="secret.txt")], "de", "en")
    memory.add_machine([machine(f"{SECRET} " * big, f"{SECRET}-made", file="secret.txt")], "de", "en", "m")
    assert SECRET.encode() in bytes_of(path)  # it would be found
    assert memory.forget(file="secret.txt") == 2
    assert SECRET.encode() not in bytes_of(path)  # while it is still open
    memory.close()
    assert SECRET.encode() not in bytes_of(path)
    assert b"secret.txt" not in bytes_of(path)
    memory = Memory(path)
    assert memory.counts() == [("de", "en", "human", 300)]
    memory.close()


def test_what_another_run_keeps_from_being_overwritten_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    memory = Memory(path)
    memory.add_human([human(SECRET)], "de", "en")
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM human").fetchall()
    with pytest.raises(OutputError, match=r"removed, but the space is not overwritten yet .*; forget it again later"):
        memory.forget(text=SECRET)
    assert memory.counts() == []
    reader.close()
    assert memory.forget(text=SECRET) == 0
    assert SECRET.encode() not in bytes_of(path)
    memory.close()
