"""Which files a document is written to, which of them stand there already, and which were edited by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from translator.atomic import announcing
from translator.bilingual import BilingualDocument, content_fingerprint, corrections_fingerprint
from translator.documents import Document
from translator.errors import OutputError
from translator.export import exporter, write
from translator.export.files import answers_path, handout_path, numbered_paths
from translator.export.records import OutputRecords, State
from translator.export.settings import Layout
from translator.options import Options
from translator.pairs import LanguagePair


@dataclass(frozen=True)
class Output:
    """A file to be written: its format, its place, what it is made from, and the target languages in it."""

    format: str
    path: Path
    fingerprint: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What is to be written for a document, what stands there already, and what was found edited by hand."""

    write: tuple[Output, ...]
    current: tuple[Path, ...]
    kept: tuple[Path, ...]


class Outputs:
    """Plans and writes the outputs of a run."""

    def __init__(self, options: Options, records: OutputRecords) -> None:
        self._options, self._records = options, records

    def plan(self, document: Document, pairs: Sequence[LanguagePair], human: Sequence[Mapping[str, str]]) -> Plan:
        """What has to be written for a document in the languages of the pairs.

        `human` are the corrections of its sentences, by sentence, for each pair: a new one makes an output stale.

        Raises:
            OutputError: there are a thousand edited copies already.
        """
        todo, current, kept = list[Output](), list[Path](), list[Path]()
        for wanted in self._wanted(document, pairs, human):
            if self._options.force:
                todo.append(wanted)
                continue
            for path in numbered_paths(wanted.path):
                files = self._files(wanted.format, path)
                states = [self._records.state(file, wanted.fingerprint) for file in files]
                edited = [f for f, s in zip(files, states, strict=True) if s in (State.EDITED, State.EDITED_CURRENT)]
                kept += edited
                if all(s in (State.CURRENT, State.EDITED_CURRENT) for s in states):
                    current += files
                    break
                if not edited:
                    todo.append(Output(wanted.format, path, wanted.fingerprint, wanted.targets))
                    break
            else:
                raise OutputError(f"{wanted.path}: too many numbered copies; remove some")
        return Plan(tuple(todo), tuple(current), tuple(kept))

    def _wanted(
        self, document: Document, pairs: Sequence[LanguagePair], human: Sequence[Mapping[str, str]]
    ) -> list[Output]:
        """Outputs by format; Word puts several languages into one file, the others write one a language."""
        result = []
        made_from = {
            pair.target: content_fingerprint(document, pair.signature)
            + corrections_fingerprint((s.source, known[s.source]) for s in document.segments if s.source in known)
            for pair, known in zip(pairs, human, strict=True)
        }
        for form in self._options.formats:
            groups = [tuple(pairs)] if form == "docx" else [(p,) for p in pairs]
            for group in groups:
                targets = tuple(p.target for p in group)
                path = handout_path(
                    self._options.output, document.name, group[0].source, "-".join(targets), self._suffix(form)
                )
                parts = "+".join(made_from[t] for t in targets)
                fingerprint = (
                    f"{parts}:{self._options.settings.signature}" if form in ("docx", "odt", "pdf", "html") else parts
                )
                result.append(Output(form, path, fingerprint, targets))
        return result

    def _files(self, form: str, path: Path) -> tuple[Path, ...]:
        """The files that are written as one output: a worksheet has its answers beside it."""
        if self._options.settings.layout is Layout.WORKSHEET and form in ("docx", "pdf"):
            return path, answers_path(path)
        return (path,)

    def _suffix(self, form: str) -> str:
        """Ending of the file; a layout other than the table has its name in it, so that both may lie side by side."""
        layout = self._options.settings.layout
        named = layout is not Layout.TABLE and form in ("docx", "pdf", "html")
        return f".{layout.value}{exporter(form).suffix}" if named else exporter(form).suffix

    def write(self, output: Output, translations: Sequence[BilingualDocument]) -> tuple[Path, ...]:
        """Writes an output and remembers it; returns the files, of which a worksheet has two.

        Raises:
            OutputError: a file cannot be written.
        """
        chosen = [t for t in translations if t.signature.target in output.targets]
        with announcing(lambda path, content: self._records.announce(path, content, output.fingerprint)):
            return write(output.format, chosen, output.path, self._options.settings)
