"""A second run does not read inputs whose outputs stand there untouched, and reads them as soon as anything differs."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FakeEngine

from translator import preparation
from translator.documents import Document, InputFile
from translator.engine.packages import Package
from translator.export.settings import ExportSettings, Layout
from translator.memory.model import EntryOrigin, MemoryEntry
from translator.memory.store import Memory
from translator.options import Options
from translator.pipeline import run
from translator.repair import Repairer
from translator.report import Report, Status

FIRST, SECOND = "Die Minister beraten am Donnerstag in Kopenhagen.", "Die Waffenruhe hielt nicht."


class Runs:
    """Runs over one folder, and the names of the inputs that each of them read."""

    def __init__(
        self, folder: Path, choose: Callable[..., tuple[Package, ...]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.folder, self._choose = folder, choose
        self.read: list[str] = []
        prepare = preparation.prepare

        def counted(file: InputFile, source: str | None = None) -> Document:
            self.read.append(file.name)
            return prepare(file, source)

        monkeypatch.setattr(preparation, "prepare", counted)
        monkeypatch.setattr(Repairer, "repair", lambda self, texts, hits, translated: list(translated))
        (folder / "in").mkdir()
        (folder / "in" / "a.txt").write_text(FIRST, "utf-8")
        (folder / "in" / "b.txt").write_text(SECOND, "utf-8")
        (folder / "terms.csv").write_text("source,target\nWaffenruhe,truce\n", "utf-8")
        self.options = Options(
            (folder / "in",), ("en",), "de", (folder / "terms.csv",), folder / "out", memory=folder / "memory.sqlite"
        )

    def __call__(self, **changes: object) -> Report:
        self.read.clear()
        given = replace(self.options, **changes)
        return run(given, load=lambda route, threads, device: FakeEngine(), choose=self._choose)


@pytest.fixture
def runs(tmp_path: Path, fake_route: Callable[..., tuple[Package, ...]], monkeypatch: pytest.MonkeyPatch) -> Runs:
    made = Runs(tmp_path, fake_route, monkeypatch)
    assert [f.status for f in made().files] == [Status.DONE] * 2
    assert made.read == ["a.txt", "b.txt"]
    return made


def test_a_second_run_reads_nothing_and_says_the_same_of_each_file(runs: Runs) -> None:
    report = runs()
    assert runs.read == []
    assert [(f.name, f.status, f.source, f.target) for f in report.files] == [
        ("a.txt", Status.UNCHANGED, "de", "en"),
        ("b.txt", Status.UNCHANGED, "de", "en"),
    ]
    assert [p.name for f in report.files for p in f.outputs] == ["a.de-en.docx", "b.de-en.docx"]


def test_a_new_date_without_new_text_changes_nothing(runs: Runs) -> None:
    os.utime(runs.folder / "in" / "a.txt", (1, 1))
    runs()
    assert runs.read == []


def test_a_changed_input_is_read(runs: Runs) -> None:
    (runs.folder / "in" / "a.txt").write_text(FIRST + " Neu ist das nicht.", "utf-8")
    assert {f.name: f.status for f in runs().files} == {"a.txt": Status.DONE, "b.txt": Status.UNCHANGED}
    assert runs.read == ["a.txt"]
    runs()
    assert runs.read == []


def test_a_changed_glossary_has_all_read_and_writes_what_it_touches(runs: Runs) -> None:
    (runs.folder / "terms.csv").write_text("source,target\nWaffenruhe,cease-fire\n", "utf-8")
    runs()
    assert runs.read == ["a.txt", "b.txt"]


def test_a_correction_of_one_file_has_it_written_again(runs: Runs) -> None:
    memory = Memory(runs.folder / "memory.sqlite")
    memory.add_human([MemoryEntry(SECOND, "The truce did not last.", EntryOrigin.HUMAN)], "de", "en")
    memory.close()
    assert {f.name: f.status for f in runs().files} == {"a.txt": Status.UNCHANGED, "b.txt": Status.DONE}
    runs()
    assert runs.read == []


@pytest.mark.parametrize("harm", ["removed", "edited"])
def test_an_output_that_is_gone_or_edited_has_its_input_read(runs: Runs, harm: str) -> None:
    output = runs.folder / "out" / "a.de-en.docx"
    if harm == "removed":
        output.unlink()
    else:
        output.write_bytes(output.read_bytes() + b"\n")
    runs()
    assert runs.read == ["a.txt"]


def test_another_layout_format_model_or_force_reads(runs: Runs) -> None:
    settings = ExportSettings(Layout.INTERLEAVED)
    for changes in ({"settings": settings}, {"formats": ("tsv",)}, {"beam": 2}, {"force": True}, {"source": None}):
        runs(**changes)
        assert runs.read == ["a.txt", "b.txt"], changes


def test_runs_that_take_turns_in_one_folder_do_not_believe_each_other(runs: Runs) -> None:
    """Both write the same names: what one remembers of them must not count after the other."""
    runs(beam=2)
    assert [f.status for f in runs().files] == [Status.DONE] * 2
    assert runs.read == ["a.txt", "b.txt"]


def test_damaged_records_only_cost_time(runs: Runs) -> None:
    (runs.folder / "out" / ".translator.sqlite").write_bytes(b"no database" * 100)
    assert [f.status for f in runs().files] == [Status.UNCHANGED] * 2
    assert runs.read == ["a.txt", "b.txt"]


def test_several_languages_are_remembered_one_by_one(runs: Runs) -> None:
    report = runs(targets=("en", "fr"))
    assert {(f.target, f.status) for f in report.files} == {("en", Status.UNCHANGED), ("fr", Status.DONE)}
    report = runs(targets=("en", "fr"))
    assert runs.read == []
    assert [f.target for f in report.files] == ["en", "fr", "en", "fr"]
