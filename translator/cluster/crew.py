"""The workers of a run: started on every core there is, called again while there is work, replaced when they die."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from typing import Any

from translator.cluster.connection import nodes, on_node
from translator.cluster.worker import Outcome, Worker
from translator.errors import TranslatorError, UsageError

LOOKING_SECONDS = 3.0
"""How often machines that have come are looked for."""
STILLBORN = 3
"""Workers that die while they start, after which a machine is left alone."""


@dataclass
class _Member:
    """A worker: its actor, its machine, the call that it is at (None while it waits), and the mark of its files."""

    actor: Any
    node: str
    call: Any
    mark: str = ""


class Crew:
    """One worker for every `threads` cores of every machine, or with `cards` for every graphics card."""

    def __init__(self, arguments: tuple[Any, ...], threads: int, cards: bool, note: Callable[[str], None]) -> None:
        """`arguments` are those of Worker behind its name; `note` tells the user something."""
        self._ray: Any = import_module("ray")
        self._arguments, self._threads, self._cards, self._note = arguments, threads, cards, note
        self._members: dict[str, _Member] = {}
        self._numbers, self._looked = count(1), 0.0
        self._stillborn, self._refused = Counter[str](), dict[str, TranslatorError]()
        self.ended = set[str]()
        """Marks of processes that were killed or died."""

    @property
    def size(self) -> int:
        """How many workers there are."""
        return len(self._members)

    def recruit(self) -> None:
        """Starts a worker on every core that has none; machines may come, go and come back.

        Raises:
            UsageError: there is no machine that can be used.
        """
        if time.monotonic() < self._looked + LOOKING_SECONDS:
            return
        self._looked = time.monotonic()
        found = {
            node: min(cores // self._threads, cards) if self._cards else cores // self._threads
            for node, (cores, cards) in nodes().items()
        }
        for node, room in found.items():
            there = sum(m.node == node for m in self._members.values())
            for number in range(there, 0 if node in self._refused else room):
                self._start(node, first=number == 0)
        if self._members:
            return
        if self._refused:
            raise next(iter(self._refused.values()))
        if not any(found.values()):
            wanted = f"{self._threads} cores" + (" and a graphics card" if self._cards else "")
            if next(self._numbers) == 1:
                raise UsageError(f"no machine of the cluster has the {wanted} that a worker is to have")
            self._note(f"no machine with {wanted} is left; waiting for one (Ctrl-C ends the run)")

    def _start(self, node: str, *, first: bool) -> None:
        options = {
            "num_cpus": self._threads,
            "num_gpus": int(self._cards),
            "scheduling_strategy": on_node(node),
            "max_restarts": 0,
        }
        name = f"worker {next(self._numbers)}"
        actor = self._ray.remote(Worker).options(**options).remote(name, *self._arguments)
        self._members[name] = _Member(actor, node, actor.start.remote(tidy=first))

    def call(self) -> None:
        """Has those that wait ask for files again."""
        for member in (m for m in self._members.values() if m.call is None):
            member.call = member.actor.translate.remote()

    def returned(self, seconds: float) -> Iterator[tuple[str, Outcome | None]]:
        """Waits at most so long for calls; gives the workers that are through with their outcomes, the dead with None.

        Raises:
            GlossaryError: a glossary cannot be used.
            UsageError: a machine has other models than the rest.
        """
        calls = {m.call: name for name, m in self._members.items() if m.call is not None}
        if not calls:
            time.sleep(seconds)
            return
        ready, _ = self._ray.wait(list(calls), timeout=seconds)
        for name in [calls[call] for call in ready]:
            try:
                outcome = self._outcome(self._members[name])
            except self._ray.exceptions.RayError:
                self._bury(name)
                yield name, None
            else:
                if outcome is not None:
                    yield name, outcome

    def _outcome(self, member: _Member) -> Outcome | None:
        """What a call that has ended brought: an outcome, or None of a worker that has just started or was refused."""
        call, member.call = member.call, None
        try:
            said = self._ray.get(call)
        except self._ray.exceptions.RayTaskError as error:
            cause = error.cause
            if isinstance(cause, UsageError) and not member.mark:
                self._refuse(member.node, cause)
                return None
            if isinstance(cause, TranslatorError):
                raise cause from None
            raise cause from error  # whose words, with the places in the worker, are shown where texts are wanted
        if isinstance(said, Outcome):
            return said
        member.mark = str(said)
        member.call = member.actor.translate.remote()
        return None

    def _refuse(self, node: str, why: TranslatorError) -> None:
        """Leaves a machine out that does not see what it should."""
        self._note(f"{why}; it is left out")
        self._refused[node] = why
        for name in [n for n, m in self._members.items() if m.node == node]:
            self._ray.kill(self._members.pop(name).actor)

    def _bury(self, name: str) -> None:
        member = self._members.pop(name)
        self._looked = 0.0
        if member.mark:
            self.ended.add(member.mark)
            return
        self._stillborn[member.node] += 1
        if self._stillborn[member.node] >= STILLBORN:
            error = UsageError("workers die as soon as they start on a machine (see the logs of Ray there)")
            self._refuse(member.node, error)

    @property
    def busy(self) -> bool:
        """Whether a worker is at something other than starting."""
        return any(m.call is not None and m.mark for m in self._members.values())

    def dismiss(self) -> None:
        """Ends all workers, wherever they are."""
        for member in self._members.values():
            if member.call is not None and member.mark:
                self.ended.add(member.mark)
            self._ray.kill(member.actor)
        self._members.clear()
