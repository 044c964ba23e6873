"""Who gets which files of a run on a cluster, and what becomes of those of a worker that dies: without Ray."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from translator.cluster.driver import _require_one_glossary
from translator.cluster.ledger import DEATHS_ALONE, DEATHS_TOGETHER, MOST_FILES, Ledger
from translator.cluster.worker import Place, Worker
from translator.documents import InputFile
from translator.errors import UsageError
from translator.limits import Limits
from translator.options import Options
from translator.report import FileResult, Status


def ledger(count: int, workers: int = 2, targets: tuple[str, ...] = ("en",), sizes: list[int] | None = None) -> Ledger:
    files = [InputFile(Path(f"in/{n:03}.txt"), f"{n:03}.txt", Path("in")) for n in range(count)]
    made = Ledger(files, sizes or [5000] * count, targets)
    made.expect(workers)
    return made


def done(name: str, target: str = "en", status: Status = Status.DONE) -> FileResult:
    return FileResult(name, status, "de", target)


def names(files: list[InputFile]) -> list[str]:
    return [f.name for f in files]


def finish(book: Ledger, worker: str, files: list[InputFile]) -> None:
    for file in files:
        book.finished(worker, done(file.name))


@pytest.mark.parametrize("seed", range(20))
def test_every_file_is_handed_out_until_it_is_finished_whoever_dies(seed: int) -> None:
    dice = random.Random(seed)
    book, results, given = ledger(200, 4), list[int](), list[str]()
    held: dict[str, list[InputFile]] = {f"w{n}": [] for n in range(4)}
    deaths, left = 0, 200
    while left:
        worker = dice.choice(list(held))
        if dice.random() < 0.03 and deaths < 6:
            book.lost(worker)
            del held[worker]
            deaths += 1
            held[f"w{4 + deaths}"] = []
            continue
        part = book.take(worker)
        given += names(part)
        held[worker] += part
        if not part or dice.random() < 0.3:
            finish(book, worker, held[worker])
            held[worker] = []
            book.ended(worker)
        news = book.news()
        results += [number for number, _ in news.results]
        left = news.left
    assert sorted(results) == list(range(200))
    assert len(given) - 200 <= 6 * 200 // 4  # what was done again is what the dead had, not more


def test_files_come_in_order_and_towards_the_end_few_at_a_time() -> None:
    book, parts = ledger(400, 4), list[list[str]]()
    while part := book.take("a"):
        parts.append(names(part))
        finish(book, "a", part)
    given = [name for part in parts for name in part]
    assert given == sorted(given)
    assert len(given) == 400
    assert [len(p) for p in parts[:3]] == [MOST_FILES] * 3
    assert [len(p) for p in parts[-5:]] == [1] * 5


def test_a_worker_that_has_its_share_finishes_it_first() -> None:
    book = ledger(16, 2)
    first = book.take("a")
    assert len(first) == 4  # a quarter of what is left: two workers, and each may have to wait for the other
    assert book.take("a") == []
    assert len(book.take("b")) == 3
    finish(book, "a", first)
    book.ended("a")
    assert book.take("a") != []


def test_a_large_document_counts_for_many_small_ones() -> None:
    book = ledger(20, 2, sizes=[2_000_000, *[2_000] * 19])
    assert names(book.take("a")) == ["000.txt"]
    assert book.take("a") == []
    assert len(book.take("b")) == 5


def test_what_a_dead_worker_has_finished_is_not_done_again() -> None:
    book = ledger(8, 1)
    part = book.take("a")
    book.finished("a", done(part[0].name))
    assert book.lost("a") == len(part) - 1
    again = list[str]()
    while more := book.take("b"):
        again += names(more)
        finish(book, "b", more)
    assert again == [f"{n:03}.txt" for n in range(1, 8)]
    assert [n for n, _ in book.news().results] == list(range(8))


def test_a_file_in_two_languages_stays_done_in_the_one_that_the_dead_had_written() -> None:
    book = ledger(1, 1, ("en", "fr"))
    book.take("a")
    book.finished("a", done("000.txt", "en"))
    book.lost("a")
    assert names(book.take("b")) == ["000.txt"]
    book.finished("b", done("000.txt", "en", Status.UNCHANGED))
    book.finished("b", done("000.txt", "fr"))
    news = book.news()
    assert [(r.target, r.status) for _, r in news.results] == [("en", Status.DONE), ("fr", Status.DONE)]
    assert news.left == 0


def test_a_result_that_comes_after_its_worker_was_given_up_counts_once() -> None:
    book = ledger(2, 1)
    book.take("a")
    book.lost("a")
    book.finished("a", done("000.txt"))
    assert book.take("a") == []
    assert names(book.take("b")) == ["001.txt"]
    book.finished("b", done("001.txt"))
    assert book.news().left == 0


def test_a_file_that_kills_its_workers_is_tried_alone_and_then_given_up() -> None:
    book, deaths, given = ledger(30, 1), 0, list[list[str]]()
    for number in range(100):
        worker, dead = f"w{number}", False
        while part := book.take(worker):
            given.append(names(part))
            if any(f.name == "007.txt" for f in part):
                book.lost(worker)
                dead = True
                break
            finish(book, worker, part)
        deaths += dead
        if not dead:
            break
    news = book.news()
    assert deaths == DEATHS_TOGETHER + DEATHS_ALONE
    assert [p for p in given if "007.txt" in p][DEATHS_TOGETHER:] == [["007.txt"]] * DEATHS_ALONE
    failed = [r for _, r in news.results if r.status is Status.FAILED]
    assert [(r.name, r.target) for r in failed] == [("007.txt", "en")]
    assert "died" in failed[0].message and "in/007.txt" in failed[0].message
    assert (len(news.results), news.left) == (30, 0)


def test_after_the_end_nothing_is_handed_out_and_workers_are_told() -> None:
    book = ledger(5)
    book.take("a")
    assert book.told("a", 3, 2, 30, ["a note"]) is False
    book.stop()
    assert book.take("a") == []
    assert book.told("a", 0, 0, 0, []) is True
    news = book.news()
    assert (news.read, news.translated, news.words, news.notes) == (3, 2, 30, ["a note"])
    assert book.news().notes == []


def test_folders_with_glossaries_of_their_own_need_a_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a/in", "b/in"):
        (tmp_path / name).mkdir(parents=True)
    files = [InputFile(Path(f"{n}/in/x.txt"), f"{n}.txt", Path(f"{n}/in")) for n in "ab"]
    options = Options((Path("a/in"), Path("b/in")), ("en",))
    _require_one_glossary(options, files)
    (tmp_path / "glossaries").mkdir()
    (tmp_path / "glossaries/de-en.csv").write_text("source,target\n")
    _require_one_glossary(options, files)
    (tmp_path / "b/glossaries").mkdir()
    (tmp_path / "b/glossaries/de-en.csv").write_text("source,target\n")
    with pytest.raises(
        UsageError, match=r"a/in and b/in have different glossaries beside them: say which with --gloss"
    ):
        _require_one_glossary(options, files)
    _require_one_glossary(Options(options.paths, ("en",), glossaries=()), files)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A worker's start with a place that differs in something."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Text")
    (tmp_path / "token").write_text("secret")

    def start(folder: Path = tmp_path, token: str = "secret", size: int = 4, version: str | None = None) -> str:
        from translator import __version__

        seen = Place(folder, (Path("token"), token), ((Path("a.txt"), size),), version or __version__, Limits())
        return Worker("w", Options((), ("en",), output=tmp_path), seen, None, None, None).start(tidy=True)

    return start


def test_a_machine_that_sees_the_same_is_taken(place) -> None:
    assert place().startswith(".")


def test_a_machine_that_does_not_see_what_the_driver_sees_is_refused(place, tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"does not see .*/elsewhere \(No such file or directory\); run the command in"
    ):
        place(folder=tmp_path / "elsewhere")
    with pytest.raises(UsageError, match=r"does not see the output folder .*: it must be shared storage"):
        place(token="other")
    with pytest.raises(UsageError, match=r"does not see a\.txt as the driver does"):
        place(size=5)
    with pytest.raises(UsageError, match=r"the driver 0\.0\.1: install the same"):
        place(version="0.0.1")
