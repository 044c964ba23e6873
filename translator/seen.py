"""Inputs whose outputs stand there untouched: a second run does not read them to know that nothing is to be done.

What counts is remembered beside the records of the outputs: the input's SHA-256, all that shapes a translation, the
corrections that there were, and the outputs with what they were made from. Whatever differs, or is not remembered, is
read and planned as on the first day.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from translator.checksum import sha256
from translator.documents import InputFile
from translator.errors import ModelError
from translator.export.records import OutputRecords
from translator.options import Options
from translator.pairs import LanguagePair, LanguagePairs
from translator.report import FileResult, Status


class SeenInputs:
    """What a run knows of its inputs before it reads them."""

    def __init__(self, options: Options, pairs: LanguagePairs, records: OutputRecords) -> None:
        self._options, self._pairs, self._records = options, pairs, records
        self._gathered: dict[str, str] = {}

    def digest(self, file: InputFile) -> str:
        """SHA-256 of an input's bytes; empty where it cannot be read, which its reader will say better."""
        try:
            return sha256(file.path) if file.path.is_file() else ""
        except OSError:
            return ""

    def unchanged(self, file: InputFile, digest: str, targets: Sequence[str]) -> FileResult | None:
        """The result for an input with that digest for which there is nothing to do; None where it must be read.

        Raises:
            GlossaryError: a glossary that cannot be used.
        """
        if self._options.force or not digest:
            return None
        remembered = self._records.input(self._key(file.name, targets))
        if remembered is None:
            return None
        try:
            seen = json.loads(remembered)
            source, wanted = str(seen["source"]), [str(t) for t in seen["targets"]]
            outputs = [(self._options.output / name, made) for name, made in seen["outputs"]]
            pairs = [self._pairs.get(source, target, file.root) for target in wanted]
            if seen["state"] != self._state(digest, pairs):
                return None
        except (ValueError, KeyError, TypeError, ModelError):
            return None
        if not all(self._records.untouched(path, made) for path, made in outputs):
            return None
        return FileResult(file.name, Status.UNCHANGED, source, ",".join(wanted), tuple(p for p, _ in outputs))

    def remember(
        self,
        name: str,
        digest: str,
        targets: Sequence[str],
        pairs: Sequence[LanguagePair],
        outputs: Sequence[Path],
    ) -> None:
        """Remembers an input whose outputs are all there, untouched; flush writes it down.

        `targets` are those that were asked for together.
        """
        folder = self._options.output
        if not digest or not all(path.is_relative_to(folder) for path in outputs):
            return
        made = {path.relative_to(folder).as_posix(): self._records.made_from(path) for path in outputs}
        if None in made.values():
            return
        seen = {
            "source": pairs[0].source,
            "targets": [pair.target for pair in pairs],
            "outputs": list(made.items()),
            "state": self._state(digest, pairs),
        }
        self._gathered[self._key(name, targets)] = json.dumps(seen)

    def flush(self) -> None:
        """Writes down what was gathered, in one commit."""
        if self._gathered:
            self._records.store_inputs(self._gathered)
            self._gathered = {}

    def _key(self, name: str, targets: Sequence[str]) -> str:
        """An input, the languages asked for, and what is written of it, in what layout."""
        options = self._options
        return "\0".join(
            (name, ",".join(targets), options.source or "", ",".join(options.formats), options.settings.signature)
        )

    def _state(self, digest: str, pairs: Sequence[LanguagePair]) -> str:
        """Hash of all that must be as it was."""
        parts = [digest, *(f"{pair.signature}\0{pair.recall.corrections()}" for pair in pairs)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()
