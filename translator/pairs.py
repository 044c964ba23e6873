"""What all documents of one language pair share: model, glossary, signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from translator import __version__
from translator.bilingual import Signature
from translator.engine.hypotheses import Done, Engine
from translator.engine.packages import Package
from translator.errors import ModelError
from translator.glossary.files import LoadedFile
from translator.glossary.load import default_glossary, load
from translator.glossary.model import Glossary, Hit
from translator.glossary.translated import Translated
from translator.memory.store import Memory
from translator.options import Options
from translator.progress import Progress
from translator.recall import Recall

if TYPE_CHECKING:
    from translator.glossary.enforcement import Enforcer
    from translator.glossary.matching import Matcher

EngineLoader = Callable[[tuple[Package, ...], int, str], Engine]
RouteChooser = Callable[[str, str, str | None], tuple[Package, ...]]


@dataclass
class LanguagePair:
    """A source and a target language with everything that shapes a translation between them."""

    source: str
    target: str
    glossary: Glossary
    route: tuple[Package, ...]
    signature: Signature
    files: tuple[LoadedFile, ...]
    options: Options
    load_engine: EngineLoader
    recall: Recall
    _enforcer: Enforcer | None = None

    def translate(self, texts: list[str], hits: list[tuple[Hit, ...]], done: Done | None = None) -> list[Translated]:
        """Translations of the texts; the model is loaded when it is first needed.

        Raises:
            ModelError: the model does not load or fails.
        """
        from translator.glossary.enforcement import Enforcer  # of no use to a run without changes, like the matcher
        from translator.repair import Repairer

        if self._enforcer is None:
            engine = self.load_engine(self.route, self.options.threads, self.options.device)
            self._enforcer = Enforcer(engine, self.target, beam=self.options.beam)
        translated = self._enforcer.translate(texts, hits, done)
        return Repairer(self._enforcer, self.source, self.target).repair(texts, hits, translated)

    @cached_property
    def matcher(self) -> Matcher:
        """Finds the glossary's entries in sentences; made at the first, for a run without changes looks at none."""
        from translator.glossary.matching import Matcher

        return Matcher(self.glossary)

    @property
    def models(self) -> str:
        """The packages, for messages."""
        return " and ".join(f"{p.name} ({p.origin})" for p in self.route)


class LanguagePairs:
    """Opens each pair once; a pair without a model fails each document anew with the same message."""

    def __init__(
        self,
        options: Options,
        progress: Progress,
        load_engine: EngineLoader,
        choose: RouteChooser,
        memory: Memory | None = None,
    ) -> None:
        self._options, self._progress, self._memory = options, progress, memory
        self._load_engine, self._choose = load_engine, choose
        self._opened: dict[tuple[str, str], LanguagePair | ModelError] = {}

    def get(self, source: str, target: str, root: Path) -> LanguagePair:
        """The pair; `root` is the folder of the first document that needs it, beside which glossaries are looked for.

        Raises:
            ModelError: there is no way from source to target.
            GlossaryError: a glossary cannot be used.
        """
        key = (source, target)
        if key not in self._opened:
            try:
                self._opened[key] = self._open(source, target, root)
            except ModelError as error:
                self._opened[key] = error
        pair = self._opened[key]
        if isinstance(pair, ModelError):
            raise pair
        return pair

    @property
    def opened(self) -> list[LanguagePair]:
        """Pairs in use, in the order in which they were opened."""
        return [p for p in self._opened.values() if isinstance(p, LanguagePair)]

    def _open(self, source: str, target: str, root: Path) -> LanguagePair:
        options = self._options
        route = self._choose(source, target, options.model)
        paths = options.glossaries
        if paths is None:
            found = default_glossary(source, target, [root, root.resolve().parent, Path()])
            paths = (found,) if found else ()
        loaded = load(paths, source, target)
        model = "+".join(f"{p.name}/{p.fingerprint}" for p in route)
        signature = Signature.of(__version__, loaded.glossary, model, options.beam)
        recall = Recall(
            self._memory,
            source,
            target,
            f"{model}/beam{options.beam}",
            fresh=options.force,
            warn=self._progress.note,
        )
        pair = LanguagePair(
            source, target, loaded.glossary, route, signature, loaded.files, options, self._load_engine, recall
        )
        self._announce(pair)
        return pair

    def _announce(self, pair: LanguagePair) -> None:
        note = self._progress.note
        for file in pair.files:
            note(f"glossary {file.path}: {len(file.entries)} entries ({file.dialect})")
            for refusal in file.refused:
                note(f"not used: {refusal}")
        note(f"model {pair.source}→{pair.target}: {pair.models}")
        if any(p.origin == "built-in" for p in pair.route):
            note(f"a larger model, once, with a connection: translate models install {pair.source} {pair.target}")
