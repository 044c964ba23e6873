"""What was written into an output folder, so that a later run knows what is unchanged and what was edited by hand.

A small SQLite file in the folder itself: it moves with the folder, and two runs at once are safe. Losing it loses nothing
but this knowledge: a Word handout still says what it was made from (see provenance.py), and a file of unknown origin is
never overwritten.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from enum import Enum
from pathlib import Path

from translator.bilingual import without_corrections
from translator.export.provenance import inspect

NAME = ".translator.sqlite"


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


class OutputRecords:
    """Records of one output folder; where they cannot be kept (a read-only disk) it works without them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def state(self, path: Path, fingerprint: str) -> State:
        """State of an output that would be made from `fingerprint`."""
        if not path.exists():
            return State.ABSENT
        recorded = self._read(path)
        if recorded is not None and recorded[1] == _sha256(path):
            return State.CURRENT if recorded[0] == fingerprint else State.STALE
        if path.suffix == ".docx":
            # Word saves a file anew without a change of text; and the records may have been lost.
            found = inspect(path)
            if not found.edited:
                return State.CURRENT if found.fingerprint == fingerprint else State.STALE
            if found.fingerprint and without_corrections(found.fingerprint) == without_corrections(fingerprint):
                return State.EDITED_CURRENT
        elif recorded is not None and without_corrections(recorded[0]) == without_corrections(fingerprint):
            return State.EDITED_CURRENT
        return State.EDITED

    def written(self, path: Path, fingerprint: str) -> None:
        """Remembers an output that was just written."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as database, database:
                database.execute(
                    "INSERT OR REPLACE INTO outputs (name, fingerprint, sha256) VALUES (?, ?, ?)",
                    (self._name(path), fingerprint, _sha256(path)),
                )
        except (sqlite3.Error, OSError):
            return

    def _read(self, path: Path) -> tuple[str, str] | None:
        if not (self._folder / NAME).exists():
            return None
        try:
            with closing(self._open()) as database:
                query = "SELECT fingerprint, sha256 FROM outputs WHERE name = ?"
                row = database.execute(query, (self._name(path),)).fetchone()
        except (sqlite3.Error, OSError):
            return None
        return (str(row[0]), str(row[1])) if row else None

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._folder / NAME, timeout=30)
        database.execute("CREATE TABLE IF NOT EXISTS outputs (name TEXT PRIMARY KEY, fingerprint TEXT, sha256 TEXT)")
        return database

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
