"""Windows: decoding goes on in its own thread while documents are read and written."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import FakeEngine

from translator import scheduling
from translator.documents import InputFile
from translator.engine.hypotheses import Decoding, Done, Hypothesis
from translator.engine.packages import Package
from translator.errors import ModelError
from translator.glossary.translated import Translated
from translator.options import Options
from translator.pipeline import run
from translator.progress import Silent
from translator.repair import Repairer
from translator.report import FileResult, Report, Status
from translator.windows import WindowTranslator

SHARED = "Der Sturm zog über die ganze Küste hinweg."


@pytest.fixture(autouse=True)
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "SMALLEST_WINDOW", 2)
    monkeypatch.setattr(scheduling, "LARGEST_WINDOW", 2)
    monkeypatch.setattr(Repairer, "repair", lambda self, texts, hits, translated: list(translated))


@pytest.fixture
def go(tmp_path: Path, fake_route: Callable[..., tuple[Package, ...]]) -> Callable[..., Report]:
    """Runs over documents d00 d01 … of one sentence of their own and one that all share."""

    def _go(engine: FakeEngine, count: int = 6, progress: Any = None, memory: Path | None = None) -> Report:
        for n in range(count):
            text = f"Im Hafen lagen an diesem Morgen {n + 20} Schiffe. {SHARED}\n"
            (tmp_path / f"d{n:02}.txt").write_text(text, "utf-8")
        paths = tuple(tmp_path / f"d{n:02}.txt" for n in range(count))
        options = Options(paths, ("en",), "de", glossaries=(), output=tmp_path / "out", memory=memory, formats=("tsv",))
        return run(options, progress, load=lambda route, threads, device: engine, choose=fake_route)

    return _go


class Hooked(FakeEngine):
    """Calls `before` and `after` around each decoding, with itself and what is told of progress."""

    def __init__(
        self,
        before: Callable[[FakeEngine, Done | None], None] = lambda engine, done: None,
        after: Callable[[FakeEngine], None] = lambda engine: None,
    ) -> None:
        super().__init__()
        self._before, self._after = before, after

    def translate(
        self, texts: Sequence[str], decoding: Decoding, done: Done | None = None, prefixes: Sequence[str] | None = None
    ) -> list[list[Hypothesis]]:
        self._before(self, done)
        found = super().translate(texts, decoding, done, prefixes)
        self._after(self)
        return found


class Recorder:
    """Progress that calls back when a file is finished."""

    def __init__(self, finished: Callable[[FileResult], None] = lambda result: None) -> None:
        self.finished = finished

    def found(self, files: int) -> None:
        pass

    def read(self, segments: int) -> None:
        pass

    def translated(self, segments: int, words: int) -> None:
        pass

    def note(self, text: str) -> None:
        pass


def test_a_sentence_of_two_windows_is_decoded_once(go: Callable[..., Report]) -> None:
    engine = FakeEngine()
    assert len(go(engine, 2).done) == 2
    assert [text for texts, _ in engine.asked for text in texts].count(SHARED) == 1


def test_a_sentence_of_many_windows_is_decoded_once_where_there_is_a_memory(
    go: Callable[..., Report], tmp_path: Path
) -> None:
    engine = FakeEngine()
    assert len(go(engine, 8, memory=tmp_path / "memory.db").done) == 8
    assert [text for texts, _ in engine.asked for text in texts].count(SHARED) == 1


def test_a_window_is_written_while_the_next_one_is_decoded(go: Callable[..., Report]) -> None:
    written = threading.Event()

    def wait(engine: FakeEngine, done: Done | None) -> None:
        """Goes on with the second window only when a file of the first was written."""
        if len(engine.asked) == 1:
            assert written.wait(30), "nothing was written while the decoder was busy"

    report = go(Hooked(before=wait), 4, Recorder(lambda result: written.set()))
    assert [f.status for f in report.files] == [Status.DONE] * 4


def test_files_are_written_in_their_order(go: Callable[..., Report]) -> None:
    assert [f.name for f in go(FakeEngine(), 9).files] == [f"d{n:02}.txt" for n in range(9)]


def test_ctrl_c_while_writing_ends_the_decoder_between_two_batches(go: Callable[..., Report]) -> None:
    pressed = threading.Event()

    def never_end(engine: FakeEngine, done: Done | None) -> None:
        """Once something was written, batch follows batch for ever."""
        while pressed.is_set() and done is not None:
            done(1)

    def press(result: FileResult) -> None:
        pressed.set()
        raise KeyboardInterrupt

    report = go(Hooked(before=never_end), 6, Recorder(press))
    assert report.interrupted
    assert [f.name for f in report.files] == ["d00.txt"]
    assert not [t for t in threading.enumerate() if t.name.startswith("decoder")]


def test_a_model_that_fails_in_one_window_fails_those_that_waited_for_its_sentences(go: Callable[..., Report]) -> None:
    def fail_once(engine: FakeEngine) -> None:
        if len(engine.asked) == 1:
            raise ModelError("the model broke")

    report = go(Hooked(after=fail_once), 3)
    assert [f.status for f in report.files] == [Status.FAILED, Status.FAILED, Status.DONE]
    assert {f.message for f in report.files[:2]} == {"the model broke"}


def test_only_the_files_that_are_named(
    go: Callable[..., Report], tmp_path: Path, fake_route: Callable[..., tuple[Package, ...]]
) -> None:
    go(FakeEngine(), 3)
    options = Options((tmp_path,), ("en",), "de", glossaries=(), output=tmp_path / "other", formats=("tsv",))
    files = [InputFile(tmp_path / "d01.txt", "sub/d01.txt", tmp_path)]
    report = run(options, load=lambda route, threads, device: FakeEngine(), choose=fake_route, files=files)
    assert [f.name for f in report.files] == ["sub/d01.txt"]
    assert [p.relative_to(tmp_path / "other").as_posix() for p in report.files[0].outputs] == ["sub/d01.de-en.tsv"]


def test_damage_is_mended_while_the_decoder_has_the_next_window(
    go: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = threading.Event()

    def repair(self: Repairer, texts: Any, hits: Any, translated: Any) -> list[Any]:
        """Ends only when the decoder was asked for the second window."""
        assert asked.wait(30), "the decoder had nothing to do while a window was mended"
        return list(translated)

    def ask(engine: FakeEngine, done: Done | None) -> None:
        if len(engine.asked) == 1:
            asked.set()

    monkeypatch.setattr(Repairer, "repair", repair)
    report = go(Hooked(before=ask), 4)
    assert [f.status for f in report.files] == [Status.DONE] * 4


def test_the_decoder_has_all_of_a_window_before_it_is_given_the_next(
    go: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, order = list[int](), list[str]()
    second = threading.Event()
    begin = WindowTranslator.begin

    def counted(self: WindowTranslator, jobs: Any) -> Any:
        window = begin(self, jobs)
        begun.append(1)
        if len(begun) == 2:
            second.set()
        return window

    class Slow(FakeEngine):
        def translate(
            self, texts: Sequence[str], decoding: Decoding, done: Done | None = None, prefixes: Any = None
        ) -> list[list[Hypothesis]]:
            order.append(f"asked {len(self.asked)}")
            if not self.asked:
                assert second.wait(30)
                threading.Event().wait(0.05)  # time enough for the second window, were it let in

            def answered(sentences: int) -> None:
                order.append(f"answered {len(self.asked) - 1}")
                if done is not None:
                    done(sentences)

            return super().translate(texts, decoding, answered, prefixes)

    monkeypatch.setattr(WindowTranslator, "begin", counted)
    go(Slow(), 3)
    assert order[:3] == ["asked 0", "answered 0", "asked 1"]


def test_a_sentence_of_three_windows_under_way_is_decoded_once() -> None:
    ended, decoded = threading.Event(), list[list[str]]()

    def translate(texts: list[str], hits: object, done: Done) -> list[Translated]:
        assert ended.wait(30)
        decoded.append(texts)
        done(len(texts))
        return [Translated(text.upper(), 0.0) for text in texts]

    recall = SimpleNamespace(look_up=lambda texts: {}, remember=lambda *given: None)
    pair: Any = SimpleNamespace(source="de", target="en", recall=recall, translate=translate)

    def job(*texts: str) -> Any:
        document = SimpleNamespace(name="d", segments=[SimpleNamespace(id=t, source=t) for t in texts])
        return SimpleNamespace(pairs=(pair,), foreign=set(), document=document, hits=[[() for _ in texts]])

    translator = WindowTranslator(Silent(), Counter())
    windows = [translator.begin([job(*texts)]) for texts in (["a", "b"], ["c", "a"], ["a", "c", "d"])]
    ended.set()
    found = []
    for window in windows:
        translator.finish(window)
        found.append({text: result.translated.text for text, result in window.results(pair).items()})
    translator.close()
    assert decoded == [["a", "b"], ["c"], ["d"]]
    assert found == [{"a": "A", "b": "B"}, {"a": "A", "c": "C"}, {"a": "A", "c": "C", "d": "D"}]
