"""What was written into an output folder, so that a later run knows what is unchanged and what was edited by hand.

A small SQLite file in the folder itself: it moves with the folder, and two runs at once are safe. Losing it loses nothing
but this knowledge: a Word handout still says what it was made from (see provenance.py), and a file of unknown origin is
never overwritten.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path

from translator.bilingual import without_corrections
from translator.checksum import sha256

NAME = ".translator.sqlite"


_NOWHERE = (0, 0)


class State(str, Enum):
    """What an existing output is to a run that would write it."""

    ABSENT = "absent"
    CURRENT = "current"
    """Ours, untouched, and made from the same."""
    STALE = "stale"
    """Ours and untouched, but made from something else: to be written again."""
    EDITED_CURRENT = "edited, current"
    """Edited by hand, and made from the same: to be kept, nothing to be written."""
    EDITED = "edited"
    """Edited by hand or not ours: to be kept."""


Row = tuple[str, str]
"""What an output was made from, and the SHA-256 of its bytes."""


class OutputRecords:
    """Records of one output folder; where they cannot be kept (a read-only disk) it works without them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._database: sqlite3.Connection | None = None
        self._opened = _NOWHERE

    def close(self) -> None:
        """Closes the file; it is opened anew when it is asked again."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def state(self, path: Path, fingerprint: str) -> State:
        """State of an output that would be made from `fingerprint`."""
        if not path.exists():
            return State.ABSENT
        rows = self.rows(self._name(path))
        here = sha256(path)
        ours = next((row for row in rows if row[1] == here), None)
        if ours is not None:
            return State.CURRENT if ours[0] == fingerprint else State.STALE
        if path.suffix == ".docx":
            from translator.export.provenance import inspect  # python-docx, which a run without changes does not need

            # Word saves a file anew without a change of text; and the records may have been lost.
            found = inspect(path)
            if not found.edited:
                return State.CURRENT if found.fingerprint == fingerprint else State.STALE
            if found.fingerprint and without_corrections(found.fingerprint) == without_corrections(fingerprint):
                return State.EDITED_CURRENT
        elif rows and without_corrections(rows[0][0]) == without_corrections(fingerprint):
            return State.EDITED_CURRENT
        return State.EDITED

    def announce(self, path: Path, content: Path, fingerprint: str) -> None:
        """Remembers an output whose content is about to be renamed to `path`; other files are passed over.

        Before, not after: a run that is killed in between must know the file for its own. What stands there until then
        is remembered beside it if it is ours, for the run may be killed before it is replaced.
        """
        if not path.is_relative_to(self._folder):
            return
        name, rows = self._name(path), list[Row]()
        with suppress(OSError):
            rows = [(fingerprint, sha256(content))]
            if path.exists():
                here = sha256(path)
                rows += [row for row in self.rows(name) if row[1] == here][:1]
        self.store({name: rows})

    def rows(self, name: str) -> list[Row]:
        """What is remembered of an output: the newest, and what it replaced where that may still be there."""
        return [*self._rows("outputs", name), *self._rows("replaced", name)]

    def _rows(self, table: str, name: str) -> list[Row]:
        try:
            if (database := self._existing()) is None:
                return []
            found = database.execute(f"SELECT fingerprint, sha256 FROM {table} WHERE name = ?", (name,)).fetchall()
        except (sqlite3.Error, OSError) as error:
            self._failed(error)
            return []
        return [(str(row[0]), str(row[1])) for row in found]

    def store(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Remembers what `rows` gives of outputs, in one commit."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._open() as database:
                for name, (newest, *replaced) in ((n, r) for n, r in rows.items() if r):
                    database.execute("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)", (name, *newest))
                    database.execute("DELETE FROM replaced WHERE name = ?", (name,))
                    database.executemany("INSERT INTO replaced VALUES (?, ?, ?)", [(name, *row) for row in replaced])
        except (sqlite3.Error, OSError) as error:
            self._failed(error)

    def made_from(self, path: Path) -> str | None:
        """What an output is remembered to be made from, None where nothing is remembered."""
        rows = self._rows("outputs", self._name(path))
        return rows[0][0] if rows else None

    def untouched(self, path: Path, fingerprint: str) -> bool:
        """Whether an output stands there as it was written from `fingerprint`."""
        rows = self._rows("outputs", self._name(path))
        return bool(rows) and rows[0][0] == fingerprint and path.is_file() and rows[0][1] == sha256(path)

    def input(self, key: str) -> str | None:
        """What was stored of an input (see translator/seen.py), or None."""
        try:
            if (database := self._existing()) is None:
                return None
            found = database.execute("SELECT seen FROM inputs WHERE key = ?", (key,)).fetchall()
        except (sqlite3.Error, OSError) as error:
            self._failed(error)
            return None
        return str(found[0][0]) if found else None

    def store_inputs(self, seen: Mapping[str, str]) -> None:
        """Stores something of inputs by key, in one commit."""
        try:
            with self._open() as database:
                database.executemany("INSERT OR REPLACE INTO inputs VALUES (?, ?)", seen.items())
        except (sqlite3.Error, OSError) as error:
            self._failed(error)

    def _open(self) -> sqlite3.Connection:
        """The database, opened once; anew where its file is another by now: somebody may empty the folder at any time."""
        if (database := self._existing()) is not None:
            return database
        return self._begin()

    def _existing(self) -> sqlite3.Connection | None:
        """The database, None where there is no file."""
        here = _identity(self._folder / NAME)
        if self._database is not None and self._opened == here:
            return self._database
        return None if here == _NOWHERE else self._begin()

    def _begin(self) -> sqlite3.Connection:
        self.close()
        path = self._folder / NAME
        database = sqlite3.connect(path, timeout=30, check_same_thread=False)
        try:
            # Waiting for the disk at each commit took longer than writing the handout; what a power cut takes is only
            # this knowledge, and a killed process loses nothing by it.
            database.execute("PRAGMA synchronous = OFF")
            for table in ("outputs", "replaced"):
                database.execute(
                    f"CREATE TABLE IF NOT EXISTS {table} (name TEXT PRIMARY KEY, fingerprint TEXT, sha256 TEXT)"
                )
            database.execute("CREATE TABLE IF NOT EXISTS inputs (key TEXT PRIMARY KEY, seen TEXT)")
        except sqlite3.Error:
            database.close()
            raise
        self._database, self._opened = database, _identity(path)
        return database

    def _failed(self, error: Exception) -> None:
        """Removes a damaged file, so that the next run has records again; of a locked or full disk nothing is to be done."""
        if type(error) is sqlite3.DatabaseError:  # not one of its subclasses: no database, or a malformed one
            self.close()
            with suppress(OSError):
                (self._folder / NAME).unlink()

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()


def _identity(path: Path) -> tuple[int, int]:
    """What tells a file from another that takes its place."""
    try:
        found = path.stat()
    except OSError:
        return _NOWHERE
    return found.st_dev, found.st_ino
