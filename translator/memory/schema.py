"""Opening the memory's file: its tables, the migrations between versions, and what to do with a damaged one."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from translator.errors import OutputError

BUSY_SECONDS = 30
"""How long a run waits for another one that is writing; a commit takes milliseconds."""


CHECKED_BYTES = 64 * 2**20
_COLUMNS = ("source", "target", "model", "terms", "detail", "created", "file", "source_language", "target_language")
_NUMBERS = ("score",)


def _first(database: sqlite3.Connection) -> None:
    """Version 1: machine translations by everything they depend on, human ones by sentence."""
    database.execute(
        "CREATE TABLE machine (source TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL, "
        "model TEXT NOT NULL, terms TEXT NOT NULL, target TEXT NOT NULL, score REAL NOT NULL, detail TEXT NOT NULL, "
        "created TEXT NOT NULL, file TEXT NOT NULL, "
        "PRIMARY KEY (source, source_language, target_language, model, terms)) WITHOUT ROWID"
    )
    database.execute(
        "CREATE TABLE human (source TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL, "
        "target TEXT NOT NULL, created TEXT NOT NULL, file TEXT NOT NULL, "
        "PRIMARY KEY (source, source_language, target_language)) WITHOUT ROWID"
    )


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first,)
"""Step i brings a file from version i to i + 1; `PRAGMA user_version` says which version a file has."""


def open_database(path: Path, *, create: bool = True) -> tuple[sqlite3.Connection, str]:
    """Opens the file, makes it (readable by its owner only) or brings it to the present version.

    A file that is no database, or a damaged one, is moved aside under a number and never overwritten, for somebody may
    still save a correction in it; a new one is begun, and the second value says so (it is empty otherwise).

    Raises:
        OutputError: it cannot be opened, or is from a newer version of the program.
    """
    if not create and not path.exists():
        raise OutputError(f"{path}: there is no translation memory here yet")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _opened(path), ""
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            return _begun_anew(path)
    except (sqlite3.Error, OSError) as error:
        raise OutputError(f"{path}: the translation memory cannot be opened ({error})") from error


def _begun_anew(path: Path) -> tuple[sqlite3.Connection, str]:
    """Moves a damaged file aside and begins another, unless another run has done so in the meantime.

    The lock is SQLite's own on an empty file, so that it works everywhere and ends with its process; the file stays, for
    a run that waits for one just removed would not see the next run's.
    """
    guard = sqlite3.connect(path.with_name(f"{path.name}.damaged-lock"), timeout=BUSY_SECONDS, isolation_level=None)
    try:
        guard.execute("BEGIN EXCLUSIVE")
        try:
            return _opened(path), ""
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            aside = _moved_aside(path)
            note = f"{path}: the translation memory was damaged ({error}) and is now {aside.name}; a new one was begun"
            return _opened(path), note
    finally:
        guard.close()


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return "not a database" in str(error) or "malformed" in str(error)


def _opened(path: Path) -> sqlite3.Connection:
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    database.row_factory = _sound
    try:
        _use_wal(database)
        database.execute("PRAGMA synchronous = FULL")  # a correction must survive the plug being pulled
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise OutputError(
                f"{path}: written by a newer version of translate; update it, or use another --memory FILE"
            )
        if version < len(MIGRATIONS):
            _migrate(database)
        # A large memory is not read through at every start: its damage shows when the page is needed.
        if path.stat().st_size < CHECKED_BYTES and database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("malformed")
    except UnicodeDecodeError as error:  # SQLite's message quotes the damage
        database.close()
        raise sqlite3.DatabaseError("malformed") from error
    except BaseException:
        database.close()
        raise
    return database


def _sound(cursor: sqlite3.Cursor, row: tuple[object, ...]) -> tuple[object, ...]:
    """The row; SQLite gives back what a damaged disk has made of a text, bytes or a number, without a word."""
    for (name, *_), value in zip(cursor.description, row, strict=True):
        if isinstance(value, bytes) or (name in _COLUMNS and not isinstance(value, str)):
            raise sqlite3.DatabaseError(f"malformed: a {name} that is no text")
        if name in _NUMBERS and not isinstance(value, float):
            raise sqlite3.DatabaseError(f"malformed: a {name} that is no number")
    return row


def _use_wal(database: sqlite3.Connection) -> None:
    """Turns the write-ahead log on; SQLite does not wait by itself where another process is doing the same."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.02)


def _migrate(database: sqlite3.Connection) -> None:
    """All missing steps in one transaction; another process that was first has done them."""
    database.execute("BEGIN IMMEDIATE")
    try:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        for step in MIGRATIONS[version:]:
            step(database)
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


def _moved_aside(path: Path) -> Path:
    """The damaged file under a name of its own, its write-ahead log with it."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    # The log first: once the file is away another run may begin a new one, whose log must stay where it is.
    for ending in ("-wal", "-shm", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside
