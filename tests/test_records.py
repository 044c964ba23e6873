"""Records of an output folder: a file is known for ours at every moment, also if the run is killed while it writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from translator.atomic import announcing, replacing
from translator.export.records import OutputRecords, State


class Killed(BaseException):
    """What a test raises where the process would end."""


def written(records: OutputRecords, path: Path, text: str, fingerprint: str, *, killed: str = "") -> None:
    """Writes an output as a run does; it ends before or after the file is renamed into place, or not at all."""

    def announce(place: Path, content: Path) -> None:
        records.announce(place, content, fingerprint)
        if killed == "before":
            raise Killed

    try:
        with announcing(announce), replacing(path) as temporary:
            temporary.write_text(text, "utf-8")
    except Killed:
        assert killed == "before"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "out" / "sub" / "a.de-en.tsv"


@pytest.fixture
def records(tmp_path: Path) -> OutputRecords:
    return OutputRecords(tmp_path / "out")


def test_a_file_is_known_as_soon_as_it_is_there(records: OutputRecords, path: Path) -> None:
    assert records.state(path, "one") is State.ABSENT
    written(records, path, "text", "one")
    assert records.state(path, "one") is State.CURRENT
    assert records.state(path, "two") is State.STALE


def test_an_announced_file_that_never_came_is_absent(records: OutputRecords, path: Path) -> None:
    written(records, path, "text", "one", killed="before")
    assert records.state(path, "one") is State.ABSENT


def test_a_run_killed_while_it_replaces_a_file_leaves_the_old_one_ours(records: OutputRecords, path: Path) -> None:
    written(records, path, "text", "one")
    for number in range(3):
        written(records, path, f"next text {number}", "two", killed="before")
        assert records.state(path, "two") is State.STALE
        assert records.state(path, "one") is State.CURRENT
    written(records, path, "next text", "two")
    assert records.state(path, "two") is State.CURRENT


def test_an_edited_file_is_not_ours_whatever_was_announced(records: OutputRecords, path: Path) -> None:
    written(records, path, "text", "one")
    path.write_text("my text", "utf-8")
    assert records.state(path, "two") is State.EDITED
    written(records, path, "next text", "two", killed="before")
    assert path.read_text("utf-8") == "my text"
    assert records.state(path, "three") is State.EDITED


def test_files_outside_the_folder_are_not_recorded(records: OutputRecords, path: Path, tmp_path: Path) -> None:
    written(records, tmp_path / "elsewhere.tsv", "text", "one")
    assert not (tmp_path / "out").exists()


def test_records_of_the_version_before_are_read(records: OutputRecords, path: Path) -> None:
    import hashlib
    import sqlite3

    path.parent.mkdir(parents=True)
    path.write_text("text", "utf-8")
    with sqlite3.connect(path.parent.parent / ".translator.sqlite") as database:
        database.execute("CREATE TABLE outputs (name TEXT PRIMARY KEY, fingerprint TEXT, sha256 TEXT)")
        row = ("sub/a.de-en.tsv", "one", hashlib.sha256(b"text").hexdigest())
        database.execute("INSERT INTO outputs VALUES (?, ?, ?)", row)
    database.close()
    assert records.state(path, "one") is State.CURRENT


def test_records_whose_file_is_replaced_or_emptied_under_them_go_on(records: OutputRecords, path: Path) -> None:
    written(records, path, "text", "one")
    assert records.state(path, "one") is State.CURRENT
    file = path.parent.parent / ".translator.sqlite"
    file.unlink()
    assert records.state(path, "one") is State.EDITED
    written(records, path, "text", "one")
    assert records.state(path, "one") is State.CURRENT
    file.write_bytes(b"no database at all " * 100)
    assert records.state(path, "one") is State.EDITED
    written(records, path, "text", "one")
    assert records.state(path, "one") is State.CURRENT


def test_two_runs_write_records_in_turns(records: OutputRecords, path: Path, tmp_path: Path) -> None:
    other = OutputRecords(tmp_path / "out")
    for number in range(3):
        written(records, path, f"text {number}", "one")
        assert other.state(path, "one") is State.CURRENT
        written(other, path, f"other text {number}", "two")
        assert records.state(path, "two") is State.CURRENT
