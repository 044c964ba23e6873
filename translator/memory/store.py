"""The translation memory in one SQLite file: WAL, so that two runs may use it at once; a commit a batch."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from translator.errors import OutputError
from translator.memory.model import EntryOrigin, MemoryEntry, MemoryKey
from translator.memory.schema import open_database

_CHUNK = 400
"""Sentences asked for at a time; SQLite allows 999 variables in its oldest builds."""


class Memory:
    """A translation memory of one language pair and model, or of all for looking at it.

    Every method opens a transaction of its own; another process may read and write in between. `note` says what happened
    to a damaged file when it was opened, and is empty otherwise.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Opens the file, or begins it.

        Raises:
            OutputError: it cannot be opened or made.
        """
        self.path = path
        self._database, self.note = open_database(path, create=create)

    def close(self) -> None:
        """Closes the file; what was written is safe already."""
        self._database.close()

    def corrections(self, source: str, target: str) -> str:
        """16 hex digits over all that people corrected in a language pair: equal means that nothing was corrected since.

        Raises:
            OutputError: the memory fails.
        """
        digest = hashlib.blake2b(digest_size=8)
        query = "SELECT source, target FROM human WHERE source_language = ? AND target_language = ? ORDER BY source"
        with _readable(self.path):
            for row in self._database.execute(query, (source, target)):
                digest.update("\0".join(row).encode() + b"\1")
        return digest.hexdigest()

    def human(self, sources: Iterable[str], source: str, target: str) -> dict[str, MemoryEntry]:
        """Human translations of those of the sentences that have one."""
        query = "SELECT source, target, created, file FROM human WHERE source_language = ? AND target_language = ? AND source IN ({})"
        found = self._select(query, (source, target), list(dict.fromkeys(sources)))
        return {row[0]: MemoryEntry(row[0], row[1], EntryOrigin.HUMAN, created=row[2], file=row[3]) for row in found}

    def machine(self, keys: Sequence[MemoryKey], source: str, target: str, model: str) -> dict[MemoryKey, MemoryEntry]:
        """Machine translations by the model of those of the keys that have one."""
        wanted = {(k.source, k.terms): k for k in keys}
        query = (
            "SELECT source, terms, target, score, detail, created, file FROM machine "
            "WHERE source_language = ? AND target_language = ? AND model = ? AND source IN ({})"
        )
        rows = self._select(query, (source, target, model), list(dict.fromkeys(k.source for k in keys)))
        found = {}
        for text, terms, translation, score, detail, created, file in rows:
            key = wanted.get((text, terms))
            if key is not None and (known := _detail(detail)) is not None:
                alignment, how = known
                found[key] = MemoryEntry(text, translation, EntryOrigin.MACHINE, score, alignment, how, created, file)
        return found

    def latest_machine(self, sources: Iterable[str], source: str, target: str) -> dict[str, str]:
        """The newest machine translation of each sentence by any model, for showing what a correction changed."""
        query = (
            "SELECT source, target, MAX(created) AS created FROM machine "
            "WHERE source_language = ? AND target_language = ? AND source IN ({}) GROUP BY source"
        )
        return {row[0]: row[1] for row in self._select(query, (source, target), list(dict.fromkeys(sources)))}

    def _select(self, query: str, fixed: tuple[str, ...], values: list[str]) -> Iterator[Any]:
        for at in range(0, len(values), _CHUNK):
            chunk = values[at : at + _CHUNK]
            with _readable(self.path):
                yield from self._database.execute(query.format(",".join("?" * len(chunk))), (*fixed, *chunk)).fetchall()

    def add_machine(
        self, entries: Iterable[tuple[MemoryKey, MemoryEntry]], source: str, target: str, model: str
    ) -> None:
        """Remembers machine translations, in one commit.

        Raises:
            OutputError: the disk is full, or the file locked for longer than half a minute.
        """
        now = timestamp()
        rows = [
            (key.source, source, target, model, key.terms, e.target, e.score, _json(e), e.created or now, e.file)
            for key, e in entries
        ]
        with self._writing():
            self._database.executemany("INSERT OR REPLACE INTO machine VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def add_human(self, entries: Iterable[MemoryEntry], source: str, target: str) -> None:
        """Remembers human translations, in one commit; a later one of the same sentence replaces it.

        Raises:
            OutputError: as add_machine.
        """
        now = timestamp()
        rows = [(e.source, source, target, e.target, e.created or now, e.file) for e in entries]
        with self._writing():
            self._database.executemany("INSERT OR REPLACE INTO human VALUES (?, ?, ?, ?, ?, ?)", rows)

    def import_human(self, entries: Iterable[MemoryEntry], source: str, target: str) -> int:
        """Remembers human translations from elsewhere, in one commit, each unless a newer one is there already.

        An entry without a date is older than any with one, and replaces none. Returns how many other translations were
        kept against the entries.

        Raises:
            OutputError: as add_machine.
        """
        key, kept = "source_language = ? AND target_language = ? AND source = ?", 0
        with self._writing():
            for entry in entries:
                row = self._database.execute(
                    f"SELECT target, created FROM human WHERE {key}", (source, target, entry.source)
                ).fetchone()
                if row is None or (entry.created and entry.created >= row[1]):
                    values = (entry.source, source, target, entry.target, entry.created, entry.file)
                    self._database.execute("INSERT OR REPLACE INTO human VALUES (?, ?, ?, ?, ?, ?)", values)
                else:
                    kept += row[0] != entry.target
        return kept

    def entries(self, source: str | None = None, target: str | None = None) -> Iterator[tuple[str, str, MemoryEntry]]:
        """All entries with their languages, human ones first; of a machine's several translations the newest."""
        condition = "WHERE (?1 IS NULL OR source_language = ?1) AND (?2 IS NULL OR target_language = ?2)"
        with _readable(self.path):
            human = self._database.execute(
                f"SELECT source_language, target_language, source, target, created, file FROM human {condition} ORDER BY created",
                (source, target),
            )
            for row in human:
                yield row[0], row[1], MemoryEntry(row[2], row[3], EntryOrigin.HUMAN, created=row[4], file=row[5])
            machine = self._database.execute(
                # One aggregate only: the other columns are then those of the row that has it.
                f"SELECT source_language, target_language, source, target, score, MAX(created) AS created, file FROM machine {condition} "
                "GROUP BY source_language, target_language, source ORDER BY 6, 3",
                (source, target),
            )
            for row in machine:
                yield (
                    row[0],
                    row[1],
                    MemoryEntry(row[2], row[3], EntryOrigin.MACHINE, row[4], created=row[5], file=row[6]),
                )

    def counts(self) -> list[tuple[str, str, str, int]]:
        """Source language, target language, origin and number of entries."""
        with _readable(self.path):
            rows = self._database.execute(
                "SELECT source_language, target_language, 'human', COUNT(*) FROM human GROUP BY 1, 2 "
                "UNION ALL SELECT source_language, target_language, 'machine', COUNT(*) FROM machine GROUP BY 1, 2 ORDER BY 1, 2, 3"
            ).fetchall()
        return [(str(r[0]), str(r[1]), str(r[2]), int(r[3])) for r in rows]

    def forget(
        self, *, text: str | None = None, file: str | None = None, machine: bool = False, human: bool = False
    ) -> int:
        """Removes entries for good (the space they took is overwritten): of a sentence, of a file, or by origin.

        Raises:
            OutputError: as add_machine.
        """
        tables = [t for t, wanted in (("machine", machine), ("human", human)) if wanted or not (machine or human)]
        gone = 0
        with self._writing():
            self._database.execute("PRAGMA secure_delete = ON")
            for table in tables:
                gone += self._database.execute(
                    f"DELETE FROM {table} WHERE (?1 IS NULL OR source = ?1) AND (?2 IS NULL OR file = ?2)", (text, file)
                ).rowcount
        try:
            self._database.execute("VACUUM")
            busy = self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error as error:
            raise self._not_overwritten(str(error)) from error
        if busy:
            raise self._not_overwritten("another run is using it")
        return gone

    def _not_overwritten(self, why: str) -> OutputError:
        return OutputError(f"{self.path}: removed, but the space is not overwritten yet ({why}); forget it again later")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            raise OutputError(f"{self.path}: the translation memory cannot be written ({error})") from error


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:  # where a message of SQLite quotes damage
        raise OutputError(f"{path}: the translation memory cannot be read ({error})") from error


def _json(entry: MemoryEntry) -> str:
    alignment = [[word, round(sure, 2)] for word, sure in entry.alignment] if entry.alignment is not None else None
    return json.dumps({"alignment": alignment, "how": [list(h) for h in entry.how]}, separators=(",", ":"))


def _detail(text: str) -> tuple[tuple[tuple[int, float], ...] | None, tuple[tuple[int, str], ...]] | None:
    """What _json wrote, None where the disk has changed it: the sentence is translated again."""
    try:
        data = json.loads(text)
        alignment = data.get("alignment")
        pairs = tuple((int(w), float(s)) for w, s in alignment) if alignment is not None else None
        return pairs, tuple((int(i), str(how)) for i, how in data.get("how", ()))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def timestamp() -> str:
    """Now, ISO 8601 in UTC with seconds."""
    return dt.datetime.now(dt.timezone.utc).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def default_path() -> Path:
    """The memory of this user: `translator/memory.sqlite` in the system's folder for user data."""
    import platformdirs

    return Path(platformdirs.user_data_dir("translator", appauthor=False)) / "memory.sqlite"
