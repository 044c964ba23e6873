"""Which outputs are written again, which are kept because somebody edited them, and where the new ones go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from conftest import FakeEngine

from translator.engine.packages import Package
from translator.export.records import NAME
from translator.export.settings import ExportSettings, Layout
from translator.options import Options
from translator.pipeline import run
from translator.repair import Repairer
from translator.report import Report

WORKSHEET, ANSWERS = "a.de-en.worksheet.docx", "a.de-en.worksheet.answers.docx"
TEXT = "Die Waffenruhe hielt nicht lange.\n\nAm Abend wurde wieder geschossen.\n"


@pytest.fixture
def translate(tmp_path: Path, fake_route: Callable[..., tuple[Package, ...]], monkeypatch: pytest.MonkeyPatch):
    """Runs over a.txt; keyword arguments are options."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Repairer, "repair", lambda self, texts, hits, translated: list(translated))
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    given = Options(paths=(tmp_path / "a.txt",), targets=("en",), source="de", output=tmp_path / "out")

    def _translate(**options: object) -> Report:
        return run(replace(given, **options), load=lambda route, threads, device: FakeEngine(), choose=fake_route)

    return _translate


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def names(out: Path) -> list[str]:
    """Files of the output folder, without the records."""
    return sorted(p.name for p in out.iterdir() if not p.name.startswith(NAME))


def edit(path: Path, text: str = "My own words.") -> bytes:
    """Adds a paragraph, as a reader would in Word; returns the file's bytes."""
    word = docx.Document(str(path))
    word.add_paragraph(text)
    word.save(str(path))
    return path.read_bytes()


def status(report: Report) -> str:
    return report.files[0].status.value


SHEET = ExportSettings(layout=Layout.WORKSHEET)


def test_a_worksheet_and_its_answers_are_one_output(translate, out: Path) -> None:
    translate(settings=SHEET)
    assert names(out) == [ANSWERS, WORKSHEET]
    assert status(translate(settings=SHEET)) == "unchanged"


@pytest.mark.parametrize("edited", [WORKSHEET, ANSWERS])
def test_an_edited_half_of_a_stale_worksheet_is_kept(translate, out: Path, tmp_path: Path, edited: str) -> None:
    translate(settings=SHEET)
    content = edit(out / edited)
    (tmp_path / "a.txt").write_text(TEXT + "\nDie Nacht blieb ruhig.\n", "utf-8")
    assert status(translate(settings=SHEET)) == "done"
    assert (out / edited).read_bytes() == content
    assert names(out) == [
        "a.de-en.worksheet.2.answers.docx", "a.de-en.worksheet.2.docx", ANSWERS, WORKSHEET,
    ]  # fmt: skip


@pytest.mark.parametrize("edited", [WORKSHEET, ANSWERS])
def test_an_edited_half_of_a_current_worksheet_is_kept_and_nothing_written(translate, out: Path, edited: str) -> None:
    translate(settings=SHEET)
    content = edit(out / edited)
    assert status(translate(settings=SHEET)) == "unchanged"
    assert names(out) == [ANSWERS, WORKSHEET]
    assert (out / edited).read_bytes() == content


@pytest.mark.parametrize("gone", [WORKSHEET, ANSWERS])
def test_a_deleted_half_is_written_again(translate, out: Path, gone: str) -> None:
    translate(settings=SHEET)
    (out / gone).unlink()
    assert status(translate(settings=SHEET)) == "done"
    assert names(out) == [ANSWERS, WORKSHEET]


def test_a_deleted_half_of_an_edited_worksheet_gets_a_number(translate, out: Path) -> None:
    translate(settings=SHEET)
    content = edit(out / WORKSHEET)
    (out / ANSWERS).unlink()
    translate(settings=SHEET)
    assert (out / WORKSHEET).read_bytes() == content
    assert "a.de-en.worksheet.2.answers.docx" in names(out)


def test_force_overwrites_both_halves(translate, out: Path) -> None:
    translate(settings=SHEET)
    contents = {name: edit(out / name) for name in (WORKSHEET, ANSWERS)}
    translate(settings=SHEET, force=True)
    assert names(out) == [ANSWERS, WORKSHEET]
    assert all((out / name).read_bytes() != content for name, content in contents.items())


def test_an_edited_handout_gets_a_neighbour_with_a_number_and_then_another(
    translate, out: Path, tmp_path: Path
) -> None:
    translate()
    first = edit(out / "a.de-en.docx")
    (tmp_path / "a.txt").write_text(TEXT.replace("lange", "ewig"), "utf-8")
    translate()
    second = edit(out / "a.de-en.2.docx")
    (tmp_path / "a.txt").write_text(TEXT.replace("lange", "immer"), "utf-8")
    translate()
    assert names(out) == ["a.de-en.2.docx", "a.de-en.3.docx", "a.de-en.docx"]
    assert [(out / "a.de-en.docx").read_bytes(), (out / "a.de-en.2.docx").read_bytes()] == [first, second]


def test_without_records_an_untouched_handout_is_known_and_an_edited_one_kept(translate, out: Path) -> None:
    translate()
    (out / NAME).unlink()
    assert status(translate()) == "unchanged"
    content = edit(out / "a.de-en.docx")
    (out / NAME).unlink(missing_ok=True)
    translate(settings=ExportSettings(layout=Layout.TABLE))
    assert (out / "a.de-en.docx").read_bytes() == content


def test_a_file_of_unknown_origin_is_never_overwritten(translate, out: Path) -> None:
    out.mkdir()
    (out / "a.de-en.tsv").write_text("somebody else's", "utf-8")
    translate(formats=("tsv",))
    assert (out / "a.de-en.tsv").read_text("utf-8") == "somebody else's"
    assert "a.de-en.2.tsv" in names(out)


def test_damaged_records_are_no_obstacle(translate, out: Path) -> None:
    translate(formats=("docx", "tsv"))
    (out / NAME).write_bytes(b"this is no database")
    assert status(translate(formats=("docx",))) == "unchanged"
    assert status(translate(formats=("tsv",))) == "done"
    assert names(out) == ["a.de-en.2.tsv", "a.de-en.docx", "a.de-en.tsv"]
    assert status(translate(formats=("tsv",))) == "unchanged"  # there are records again
