"""The memory and the records of the output folder: kept by one process each on the driver's machine, asked by all workers.

Both are SQLite files, whose locks cannot be trusted on shared storage, and whose write-ahead log must not be shared by
machines at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from translator.errors import OutputError, TranslatorError
from translator.export.records import OutputRecords, Row
from translator.memory.model import MemoryEntry, MemoryKey
from translator.memory.store import Memory

GATHERING_SECONDS = 0.02
"""How long records wait for others to be committed with: a commit takes as long as a disk takes to answer."""


def answer(reference: Any) -> Any:
    """What a remote call returned.

    Raises:
        TranslatorError: the call raised it.
        OutputError: the process that was asked, or its machine, is gone.
    """
    ray: Any = import_module("ray")
    try:
        return ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, TranslatorError):
            raise error.cause from None
        raise
    except ray.exceptions.RayError as error:
        raise OutputError(f"the driver's machine does not answer ({type(error).__name__})") from error


class SharedMemory(Memory):
    """The memory as a worker sees it: what a run needs of one, asked of the process that keeps it."""

    def __init__(self, keeper: Any, path: Path) -> None:
        """`keeper` is a Ray actor with a Memory; `path` is for messages."""
        self.path, self.note, self._keeper = path, "", keeper

    def close(self) -> None:
        """Nothing: others go on using it."""

    def corrections(self, source: str, target: str) -> str:
        """Nothing that is ever the same: what depends on it is not remembered here."""
        return ""

    def human(self, sources: Iterable[str], source: str, target: str) -> dict[str, MemoryEntry]:
        """See Memory."""
        found: dict[str, MemoryEntry] = answer(self._keeper.human.remote(list(dict.fromkeys(sources)), source, target))
        return found

    def machine(self, keys: Sequence[MemoryKey], source: str, target: str, model: str) -> dict[MemoryKey, MemoryEntry]:
        """See Memory."""
        if not keys:
            return {}
        found: dict[MemoryKey, MemoryEntry] = answer(self._keeper.machine.remote(list(keys), source, target, model))
        return found

    def add_machine(
        self, entries: Iterable[tuple[MemoryKey, MemoryEntry]], source: str, target: str, model: str
    ) -> None:
        """See Memory; it is on the keeper's disk when this returns."""
        answer(self._keeper.add_machine.remote(list(entries), source, target, model))


class RecordsKeeper:
    """Keeps the records of an output folder; those that come at about the same time are committed together."""

    def __init__(self, folder: Path) -> None:
        self._records = OutputRecords(folder)
        self._gathered: dict[str, Sequence[Row]] = {}
        self._commit: asyncio.Task[None] | None = None

    async def rows(self, name: str) -> list[Row]:
        """See OutputRecords."""
        return list(self._gathered[name]) if name in self._gathered else self._records.rows(name)

    async def store(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """See OutputRecords; returns when they are on the disk."""
        self._gathered |= rows
        if self._commit is None:
            self._commit = asyncio.get_running_loop().create_task(self._commit_soon())
        await self._commit

    async def _commit_soon(self) -> None:
        await asyncio.sleep(GATHERING_SECONDS)
        gathered, self._commit = self._gathered, None
        self._gathered = {}
        self._records.store(gathered)


class SharedRecords(OutputRecords):
    """The records as a worker sees them: it looks at the files itself and asks the keeper what is remembered."""

    def __init__(self, keeper: Any, folder: Path) -> None:
        """`keeper` is a Ray actor of RecordsKeeper."""
        super().__init__(folder)
        self._keeper = keeper

    def rows(self, name: str) -> list[Row]:
        """See OutputRecords."""
        found: list[Row] = answer(self._keeper.rows.remote(name))
        return found

    def store(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """See OutputRecords."""
        answer(self._keeper.store.remote(dict(rows)))

    def input(self, key: str) -> None:
        """Nothing: the worker reads its inputs."""

    def store_inputs(self, seen: Mapping[str, str]) -> None:
        """Nothing."""
