"""Whole runs with a fake engine: what is written, what is passed over, what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from conftest import FakeEngine
from docx.oxml.ns import qn

from translator.engine.packages import Package
from translator.errors import ExitCode, GlossaryError, ModelError, UsageError
from translator.export.docx_xml import all_text
from translator.options import Options
from translator.pipeline import run
from translator.repair import Repairer
from translator.report import FileResult, Report, Status

ARTICLE = """ date 2025-08-25 Treffen in Kopenhagen

Die Minister beraten am Donnerstag. Die Waffenruhe hielt nicht, sagte Selenskyj.

Kiew ist bereit

Die Ukraine hält sich für Gespräche bereit. Es sei aber wichtig, den Druck zu erhöhen.
"""
LONGER = "Nach Angaben des Ministeriums sollen in dieser Woche Gespräche mit mehreren Ländern geführt werden. " * 3
GLOSSARY = "source,target\nWaffenruhe,truce\nSelenskyj,Zelenskyy\n"


class Recorder:
    """Progress that remembers."""

    def __init__(self) -> None:
        self.total = self.waiting = self.segments = self.words = 0
        self.results: list[FileResult] = []
        self.notes: list[str] = []

    def found(self, files: int) -> None:
        self.total = files

    def read(self, segments: int) -> None:
        self.waiting += segments

    def translated(self, segments: int, words: int) -> None:
        self.segments += segments
        self.words += words

    def finished(self, result: FileResult) -> None:
        self.results.append(result)

    def note(self, text: str) -> None:
        self.notes.append(text)


@pytest.fixture
def translate(tmp_path: Path, fake_route: Callable[..., tuple[Package, ...]], monkeypatch: pytest.MonkeyPatch):
    """Runs with a fake engine; keyword arguments are options, `engine` and `progress`."""
    monkeypatch.chdir(tmp_path)
    # EN(text) is a copy, which would be decoded again: test_repair.py is about that.
    monkeypatch.setattr(Repairer, "repair", lambda self, texts, hits, translated: list(translated))

    def _translate(
        *paths: Path, engine: FakeEngine | None = None, progress: Recorder | None = None, **options: object
    ) -> Report:
        given = Options(paths=paths, targets=("en",), output=tmp_path / "out")
        fake = engine or FakeEngine()
        return run(replace(given, **options), progress, load=lambda route, threads, device: fake, choose=fake_route)

    return _translate


def rows(path: Path) -> list[list[str]]:
    table = docx.Document(str(path)).tables[0]._tbl
    return [[all_text(cell) for cell in row.tc_lst] for row in table.tr_lst[1:]]


def statuses(report: Report) -> list[tuple[str, str]]:
    return [(f.name, f.status.value) for f in report.files]


def test_one_article(translate, write, tmp_path: Path) -> None:
    progress = Recorder()
    report = translate(write("in/a.txt", ARTICLE), progress=progress)
    assert statuses(report) == [("a.txt", "done")]
    assert report.exit_code is ExitCode.ok
    assert rows(tmp_path / "out/a.de-en.docx") == [
        ["1", "Die Minister beraten am Donnerstag.", "EN(Die Minister beraten am Donnerstag.)"],
        ["2", "Die Waffenruhe hielt nicht, sagte Selenskyj.", "EN(Die Waffenruhe hielt nicht, sagte Selenskyj.)"],
        ["3", "Kiew ist bereit", "EN(Kiew ist bereit)"],
        ["4", "Die Ukraine hält sich für Gespräche bereit.", "EN(Die Ukraine hält sich für Gespräche bereit.)"],
        ["5", "Es sei aber wichtig, den Druck zu erhöhen.", "EN(Es sei aber wichtig, den Druck zu erhöhen.)"],
    ]
    assert (progress.total, progress.waiting, progress.segments) == (1, 6, 6)
    assert report.segments == 6


def test_folders_keep_their_shape(translate, write, tmp_path: Path) -> None:
    write("in/b/c.txt", ARTICLE)
    write("in/a.txt", ARTICLE)
    report = translate(tmp_path / "in")
    assert statuses(report) == [("a.txt", "done"), ("b/c.txt", "done")]
    assert (tmp_path / "out/b/c.de-en.docx").is_file()


def test_equal_stems_stay_apart(translate, write, tmp_path: Path) -> None:
    write("in/a.txt", ARTICLE)
    write("in/a.md", ARTICLE)
    translate(tmp_path / "in")
    assert sorted(p.name for p in (tmp_path / "out").glob("*.docx")) == ["a_md.de-en.docx", "a_txt.de-en.docx"]


def test_a_repeated_sentence_is_translated_once(translate, write, tmp_path: Path) -> None:
    engine = FakeEngine()
    for name in "abc":
        write(f"in/{name}.txt", ARTICLE)
    report = translate(tmp_path / "in", engine=engine)
    assert [len(texts) for texts, _ in engine.asked] == [6]
    assert report.segments == 18


def test_bad_files_do_not_stop_the_others(translate, write, tmp_path: Path) -> None:
    write("in/a.txt", "")
    write("in/b.txt", b"\x89PNG\r\n\x1a\n\x00\x00")
    write("in/c.docx", "no zip")
    write("in/d.txt", ARTICLE)
    report = translate(tmp_path / "in", tmp_path / "missing.txt")
    assert statuses(report) == [
        (str(tmp_path / "missing.txt"), "failed"),
        ("a.txt", "failed"),
        ("b.txt", "failed"),
        ("c.docx", "failed"),
        ("d.txt", "done"),
    ]
    assert report.exit_code is ExitCode.partial
    assert all(len(f.message.splitlines()) == 1 and str(tmp_path) in f.message for f in report.files if f.message)


def test_only_bad_files(translate, write) -> None:
    assert translate(write("a.txt", "")).exit_code is ExitCode.input


def test_already_in_the_target_language(translate, write) -> None:
    english = (
        "The ministers met on Thursday in Copenhagen. They talked about the war and about what it would take to end it."
    )
    report = translate(write("a.txt", english))
    assert [(f.status, f.message) for f in report.files] == [(Status.SKIPPED, "already in English")]
    assert report.exit_code is ExitCode.ok


def test_unsure_language_asks_for_from(translate, write) -> None:
    path = write("a.txt", "Video")
    report = translate(path)
    assert "--from" in report.files[0].message
    assert translate(path, source="de").files[0].status is Status.DONE


def test_a_foreign_paragraph_is_left_as_it_is(translate, write, tmp_path: Path) -> None:
    quote = "The president said that the war would not end before the troops had left the country and the prisoners were free."
    engine = FakeEngine()
    report = translate(write("a.txt", ARTICLE + "\n" + LONGER + "\n\n" + quote + "\n"), engine=engine)
    assert rows(tmp_path / "out/a.de-en.docx")[-1][1:] == [quote, quote]
    assert report.files[0].copied == 1
    assert quote not in engine.asked[0][0]


def test_second_run_changes_nothing(translate, write, tmp_path: Path) -> None:
    article, engine = write("a.txt", ARTICLE), FakeEngine()
    translate(article, engine=engine)
    before = (tmp_path / "out/a.de-en.docx").read_bytes()
    report = translate(article, engine=engine)
    assert statuses(report) == [("a.txt", "unchanged")]
    assert len(engine.asked) == 1
    assert (tmp_path / "out/a.de-en.docx").read_bytes() == before


@pytest.mark.parametrize("change", [{"beam": 2}, {"glossaries": ()}])
def test_other_settings_translate_again(translate, write, change: dict[str, object]) -> None:
    article = write("a.txt", ARTICLE)
    write("glossaries/de-en.csv", GLOSSARY)
    translate(article)
    assert statuses(translate(article, **change)) == [("a.txt", "done")]


def edit(path: Path) -> None:
    word = docx.Document(str(path))
    cell = word.tables[0].rows[1].cells[2]
    next(cell._tc.iter(qn("w:t"))).text = "By hand."
    word.save(str(path))


def test_a_file_edited_by_hand_is_kept(translate, write, tmp_path: Path) -> None:
    article, handout = write("a.txt", ARTICLE), tmp_path / "out/a.de-en.docx"
    translate(article)
    edit(handout)
    kept = handout.read_bytes()
    assert [(f.status, f.message) for f in translate(article).files] == [(Status.UNCHANGED, "edited by hand and kept")]
    report = translate(article, beam=2)
    assert report.files[0].output == tmp_path / "out/a.de-en.2.docx"
    assert handout.read_bytes() == kept
    assert statuses(translate(article, beam=2)) == [("a.txt", "unchanged")]
    assert translate(article, beam=3).files[0].output == tmp_path / "out/a.de-en.2.docx"
    translate(article, force=True)
    assert handout.read_bytes() != kept


def test_somebody_elses_file_is_kept(translate, write, tmp_path: Path) -> None:
    theirs = write("out/a.de-en.docx", "mine")
    report = translate(write("a.txt", ARTICLE))
    assert theirs.read_text() == "mine"
    assert report.files[0].output == tmp_path / "out/a.de-en.2.docx"


def test_glossary_beside_the_input_is_found(translate, write, tmp_path: Path) -> None:
    write("project/glossaries/de-en.csv", GLOSSARY)
    progress = Recorder()
    engine = FakeEngine({"Die Waffenruhe hielt nicht, sagte Selenskyj.": "The truce did not hold, Selenskyj said."})
    report = translate(write("project/seeds/a.txt", ARTICLE).parent, engine=engine, progress=progress)
    assert (report.terms.used, report.terms.repaired, report.terms.missed) == (1, 1, 0)
    assert rows(tmp_path / "out/a.de-en.docx")[1][2] == "The truce did not hold, Zelenskyy said."
    assert any(n.startswith("glossary ") and "2 entries" in n for n in progress.notes)


def test_missed_terms_are_reported_with_their_sentence(translate, write) -> None:
    write("glossaries/de-en.csv", GLOSSARY)
    engine = FakeEngine({"Die Waffenruhe hielt nicht, sagte Selenskyj.": "It did not hold, he said."})
    engine.aligns = False
    missed = translate(write("a.txt", ARTICLE), engine=engine).files[0].missed
    assert [(m.number, m.source, m.target, m.translation) for m in missed] == [
        (2, "Waffenruhe", "truce", "It did not hold, he said."),
        (2, "Selenskyj", "Zelenskyy", "It did not hold, he said."),
    ]


def test_refused_glossary_lines_are_said(translate, write) -> None:
    path = write("my.csv", GLOSSARY + "Waffe,\n")
    progress = Recorder()
    translate(write("a.txt", ARTICLE), glossaries=(path,), progress=progress)
    assert (
        f"not used: {path}:4: no translation for 'Waffe'; fill in the second column (or = to keep the word as it is)"
        in progress.notes
    )


def test_unusable_glossary_ends_the_run(translate, write, tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"missing\.csv: no such glossary"):
        translate(write("a.txt", ARTICLE), glossaries=(tmp_path / "missing.csv",))


def test_no_target() -> None:
    with pytest.raises(UsageError, match="--to en"):
        run(Options(paths=(Path("x"),), targets=()))


def test_missing_model_fails_its_files_only(write, tmp_path: Path, fake_route) -> None:
    def choose(source: str, target: str, model: str | None) -> tuple[Package, ...]:
        if target == "fr":
            raise ModelError("no model from German to French; type: translate models install de fr")
        return fake_route(source, target, model)

    options = Options(paths=(write("a.txt", ARTICLE),), targets=("en", "fr"), output=tmp_path / "out", glossaries=())
    report = run(options, load=lambda route, threads, device: FakeEngine(), choose=choose)
    assert sorted((f.target, f.status.value, f.exit_code) for f in report.files) == [
        ("en", "done", ExitCode.ok),
        ("fr", "failed", ExitCode.model),
    ]
    assert report.exit_code is ExitCode.partial


def test_failing_engine(translate, write) -> None:
    class Broken(FakeEngine):
        def translate(self, *args: object, **kwargs: object) -> list[object]:
            raise ModelError("the model failed")

    report = translate(write("a.txt", ARTICLE), engine=Broken())
    assert (report.files[0].status, report.exit_code) == (Status.FAILED, ExitCode.model)


def test_dry_run_writes_nothing(translate, write, tmp_path: Path) -> None:
    write("glossaries/de-en.csv", GLOSSARY)
    engine = FakeEngine()
    report = translate(write("a.txt", ARTICLE), engine=engine, dry_run=True)
    assert [(f.status, f.segments, f.terms.used) for f in report.files] == [(Status.PLANNED, 6, 2)]
    assert not (tmp_path / "out").exists()
    assert engine.asked == []


def test_interrupt_keeps_what_is_finished(translate, write, tmp_path: Path) -> None:
    class Interrupted(FakeEngine):
        def translate(self, texts, decoding, done=None):
            if len(self.asked) == 1:
                raise KeyboardInterrupt
            return super().translate(texts, decoding, done)

    for i in range(40):
        write(f"in/{i:02}.txt", ARTICLE.replace("Donnerstag", f"{i}. Tag"))
    report = translate(tmp_path / "in", engine=Interrupted())
    written = sorted(p.name for p in (tmp_path / "out").glob("*.docx"))
    assert report.exit_code is ExitCode.interrupted
    assert 0 < len(written) < 40
    assert written == [f.output.name for f in report.done]
    assert all(name.endswith(".de-en.docx") for name in written)
    again = translate(tmp_path / "in")
    assert (again.count(Status.UNCHANGED), again.count(Status.DONE)) == (len(written), 40 - len(written))


def test_unwritable_output(translate, write, tmp_path: Path) -> None:
    write("out", "a file is in the way")
    report = translate(write("a.txt", ARTICLE))
    assert (report.files[0].status, report.exit_code) == (Status.FAILED, ExitCode.output)


def test_report_as_json(translate, write, tmp_path: Path) -> None:
    write("glossaries/de-en.csv", GLOSSARY)
    report = translate(write("a.txt", ARTICLE))
    data = json.loads(json.dumps(report.as_dict()))
    assert data["totals"]["done"] == 1
    assert data["totals"]["sentences"] == 6
    assert data["files"][0]["output"] == (tmp_path / "out/a.de-en.docx").as_posix()
    assert data["glossaries"][0]["entries"] == 2


def test_early_first_handout(translate, write, tmp_path: Path) -> None:
    """The first window is small: with many files the first handout does not wait for all."""
    engine = FakeEngine()
    for i in range(60):
        write(f"in/{i:02}.txt", ARTICLE.replace("Donnerstag", f"{i}. Tag").replace("Kiew", f"Stadt {i}"))
    translate(tmp_path / "in", engine=engine)
    sizes = [len(texts) for texts, _ in engine.asked]
    assert len(sizes) > 1
    assert sizes[0] < sum(sizes) / 2
