"""Clocks that jump: days back, years forward, between runs and in the middle of one."""

from __future__ import annotations

import datetime as dt
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from conftest import FakeEngine

from translator.bilingual import BilingualDocument, Signature, TranslatedSegment
from translator.documents import Document, Paragraph
from translator.engine.packages import Package
from translator.export import write
from translator.export.docx_xml import all_text
from translator.export.settings import ExportSettings, Layout
from translator.glossary.editing import add_entry
from translator.glossary.load import read_glossary
from translator.glossary.model import Entry
from translator.glossary.xlsx import write_xlsx
from translator.memory import store
from translator.memory.model import EntryOrigin, MemoryEntry
from translator.memory.store import Memory
from translator.options import Options
from translator.pipeline import run
from translator.repair import Repairer
from translator.report import Report

DAY = 86_400.0
YEAR = 365 * DAY
JUMPS = {
    "back an hour": -3600.0,
    "back a day": -DAY,
    "back to before 1970": -70 * YEAR,
    "forward to 2099": 73 * YEAR,
    "forward beyond 2107": 90 * YEAR,
}
"""Seconds; zip archives know the years 1980 to 2107 only."""


class Clock:
    """The time of day for the package, so many seconds off; `step` is added at every look at it."""

    def __init__(self) -> None:
        self.offset = self.step = 0.0

    def now(self, zone: dt.tzinfo | None = None) -> dt.datetime:
        self.offset += self.step
        return dt.datetime.now(zone) + dt.timedelta(seconds=self.offset)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """time.time and datetime.now jump; time.monotonic does not, as the system promises."""
    clock, real = Clock(), time.time
    shifted = type("shifted", (dt.datetime,), {"now": classmethod(lambda cls, tz=None: clock.now(tz))})
    monkeypatch.setattr(time, "time", lambda: real() + clock.offset)
    for module in _modules_with_datetime():
        monkeypatch.setattr(module, "dt", SimpleNamespace(**{**vars(dt), "datetime": shifted}))
    return clock


def _modules_with_datetime() -> Iterator[Any]:
    import importlib
    import pkgutil

    import translator

    for found in pkgutil.walk_packages(translator.__path__, "translator."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        if getattr(module, "dt", None) is dt:
            yield module


@pytest.fixture
def translate(
    tmp_path: Path, fake_route: Callable[..., tuple[Package, ...]], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Report]:
    """Translates the folder `in` with a fake engine."""
    monkeypatch.setattr(Repairer, "repair", lambda self, texts, hits, translated: list(translated))
    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / f"{name}.txt").write_text(f"Die Waffenruhe in Ort {name} hielt nicht lange.", "utf-8")

    def _translate(engine: FakeEngine | None = None) -> Report:
        options = Options(
            (tmp_path / "in",), ("en",), "de", glossaries=(), output=tmp_path / "out", memory=tmp_path / "m"
        )
        fake = engine or FakeEngine()
        return run(options, load=lambda route, threads, device: fake, choose=fake_route)

    return _translate


def statuses(report: Report) -> list[str]:
    return [f.status.value for f in report.files]


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_every_archive_is_written_whatever_the_year(clock: Clock, tmp_path: Path, jump: float) -> None:
    clock.offset = jump
    paragraph = Paragraph("Die Waffenruhe hielt nicht.")
    document = Document(tmp_path / "a.txt", "a.txt", (paragraph,), language="de").with_segments([[paragraph.text]])
    signature = Signature("1.0", "de", "en", "m", "abcd", 0, 4)
    bilingual = BilingualDocument(document, (TranslatedSegment(document.segments[0], "It failed."),), signature)
    for layout in Layout:
        write("docx", [bilingual], tmp_path / f"{layout.value}.docx", ExportSettings(layout=layout))
    write("odt", [bilingual], tmp_path / "a.odt", ExportSettings())
    write_xlsx([Entry("Haus", ("house",))], tmp_path / "a.xlsx")
    add_entry(tmp_path / "a.xlsx", Entry("Maus", ("mouse",)), "de", "en")
    for path in (p for p in tmp_path.iterdir() if p.suffix in (".docx", ".odt", ".xlsx")):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert all(1980 <= info.date_time[0] <= 2107 for info in archive.infolist())
    assert [e.source for e in read_glossary(tmp_path / "a.xlsx", "de", "en").entries] == ["Haus", "Maus"]


def handout(folder: Path, name: str) -> str:
    return all_text(docx.Document(str(folder / "out" / f"{name}.de-en.docx")).element.body)


def test_the_clock_of_the_tests_reaches_the_memory(clock: Clock) -> None:
    clock.offset = 73 * YEAR
    assert store.timestamp()[:2] == "20"
    assert int(store.timestamp()[:4]) > 2090


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_a_jump_between_runs_changes_nothing(clock: Clock, translate: Callable[..., Report], jump: float) -> None:
    assert statuses(translate()) == ["done"] * 3
    clock.offset = jump
    assert statuses(translate()) == ["unchanged"] * 3


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_what_was_translated_before_a_jump_is_recalled(
    clock: Clock, translate: Callable[..., Report], tmp_path: Path, jump: float
) -> None:
    translate()
    before = handout(tmp_path, "b")
    clock.offset = jump
    for path in (tmp_path / "out").glob("*.docx"):
        path.unlink()
    engine = FakeEngine()
    report = translate(engine)
    assert (statuses(report), report.recalled, engine.asked) == (["done"] * 3, 3, [])
    assert handout(tmp_path, "b") == before


@pytest.mark.parametrize("step", [-DAY, YEAR], ids=["ever further back", "ever further forward"])
def test_jumps_in_the_middle_of_a_run(
    clock: Clock, translate: Callable[..., Report], tmp_path: Path, step: float
) -> None:
    class Jumping(FakeEngine):
        def translate(self, texts: Sequence[str], *args: Any, **kwargs: Any) -> Any:
            clock.offset += 1000 * step / 365
            return super().translate(texts, *args, **kwargs)

    clock.step = step
    report = translate(Jumping())
    assert statuses(report) == ["done"] * 3
    assert 0 <= report.seconds < 600
    assert statuses(translate()) == ["unchanged"] * 3
    assert "Ort c" in handout(tmp_path, "c")


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_a_correction_made_after_a_jump_counts(
    clock: Clock, translate: Callable[..., Report], tmp_path: Path, jump: float
) -> None:
    """The person said so last, whatever the clock says."""
    sentence = "Die Waffenruhe in Ort a hielt nicht lange."
    for number, offset in enumerate((0.0, jump, -jump / 2)):
        clock.offset = offset
        memory = Memory(tmp_path / "m")
        memory.add_human([MemoryEntry(sentence, f"Version {number}.", EntryOrigin.HUMAN)], "de", "en")
        memory.close()
        report = translate()
        assert report.human == 1
        assert f"Version {number}." in handout(tmp_path, "a")


def test_an_import_with_a_date_in_the_future_can_be_corrected(clock: Clock, tmp_path: Path) -> None:
    """A machine whose clock ran ahead wrote the file; a person's later word still replaces it."""
    memory = Memory(tmp_path / "m")
    ahead = MemoryEntry("Ja.", "Yes, wrong.", EntryOrigin.HUMAN, created="2099-01-01T00:00:00Z")
    memory.import_human([ahead], "de", "en")
    memory.add_human([MemoryEntry("Ja.", "Yes.", EntryOrigin.HUMAN)], "de", "en")
    assert memory.human(["Ja."], "de", "en")["Ja."].target == "Yes."
    memory.close()
