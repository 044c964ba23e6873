"""Recalling translations from the memory and remembering new ones, for one language pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from translator.bilingual import Origin
from translator.engine.hypotheses import Hypothesis
from translator.errors import OutputError
from translator.glossary.model import Hit, Outcome, hits_fingerprint
from translator.glossary.translated import ALGORITHM, Translated, settled
from translator.glossary.verification import Verifier
from translator.memory.model import EntryOrigin, MemoryEntry, MemoryKey
from translator.memory.store import Memory


@dataclass(frozen=True)
class Result:
    """A translation with where it comes from."""

    translated: Translated
    origin: Origin
    recalled: bool


class Recall:
    """A language pair's view of the memory; without a memory nothing is recalled or remembered."""

    def __init__(
        self,
        memory: Memory | None,
        source: str,
        target: str,
        model: str,
        *,
        fresh: bool = False,
        warn: Callable[[str], None] = lambda text: None,
    ) -> None:
        """A view for a pair.

        Args:
            memory: the memory, or None.
            source: code of the source language.
            target: code of the target language.
            model: what identifies the model with its settings.
            fresh: whether machine translations are made anew; corrections are recalled in any case.
            warn: is told when the memory fails; the run goes on without it.
        """
        self._memory, self._source, self._target = memory, source, target
        self._model = f"{model}/{ALGORITHM}"
        self._corrections: str | None = None
        self._verifier, self._fresh, self._warn = Verifier(target), fresh, warn

    def corrections(self) -> str:
        """What tells the corrections that there are from those of another time; looked up once a run."""
        if self._corrections is None:
            self._corrections = ""
            if self._memory is not None:
                try:
                    self._corrections = self._memory.corrections(self._source, self._target)
                except OutputError as error:
                    self._give_up(error)
        return self._corrections

    def human(self, sources: Iterable[str]) -> dict[str, str]:
        """Corrections of those of the sentences that have one."""
        if self._memory is None:
            return {}
        try:
            return {s: e.target for s, e in self._memory.human(sources, self._source, self._target).items()}
        except OutputError as error:
            self._give_up(error)
            return {}

    def look_up(self, texts: Mapping[str, Sequence[Hit]]) -> dict[str, Result]:
        """What is remembered of the sentences with their hits: a human's translation, else one the model would give again."""
        if self._memory is None:
            return {}
        try:
            human = self._memory.human(texts, self._source, self._target)
            keys = [MemoryKey(text, hits_fingerprint(hits)) for text, hits in texts.items() if text not in human]
            known = {} if self._fresh else self._memory.machine(keys, self._source, self._target, self._model)
        except OutputError as error:
            self._give_up(error)
            return {}
        found = {text: self._result(entry, texts[text]) for text, entry in human.items()}
        found |= {key.source: self._result(entry, texts[key.source]) for key, entry in known.items()}
        return found

    def _give_up(self, error: OutputError) -> None:
        self._memory = None
        self._warn(f"{error}; the run goes on without it")

    def _result(self, entry: MemoryEntry, hits: Sequence[Hit]) -> Result:
        hypothesis = Hypothesis(entry.target, entry.score, entry.alignment)
        origin = Origin.HUMAN if entry.origin is EntryOrigin.HUMAN else Origin.MACHINE
        return Result(settled(hypothesis, hits, self._verifier, dict(entry.how)), origin, True)

    def remember(
        self, results: Mapping[str, Translated], hits: Mapping[str, Sequence[Hit]], files: Mapping[str, str]
    ) -> None:
        """Remembers machine translations; `files` names the document each sentence was first seen in."""
        if self._memory is None or not results:
            return
        entries = []
        for text, translated in results.items():
            how = tuple((i, t.how) for i, t in enumerate(translated.terms) if t.outcome is Outcome.REPAIRED)
            entry = MemoryEntry(
                text,
                translated.text,
                EntryOrigin.MACHINE,
                translated.score,
                translated.alignment,
                how,
                file=files.get(text, ""),
            )
            entries.append((MemoryKey(text, hits_fingerprint(hits[text])), entry))
        try:
            self._memory.add_machine(entries, self._source, self._target, self._model)
        except OutputError as error:
            self._give_up(error)
