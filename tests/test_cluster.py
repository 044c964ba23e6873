"""Runs on a Ray cluster of two nodes, of which one may die: the texts of one machine, nothing twice, nothing missing."""

from __future__ import annotations

import importlib.util
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from translator.cluster.driver import run_on_cluster
from translator.errors import ExitCode, UsageError
from translator.export.docx_xml import all_text
from translator.memory.model import EntryOrigin, MemoryEntry
from translator.memory.store import Memory
from translator.options import Options
from translator.pipeline import run

HAS_RAY = importlib.util.find_spec("ray") is not None and sys.platform == "linux"
needs_ray = pytest.mark.skipif(not HAS_RAY, reason="needs Linux and: uv sync --extra cluster")
WHO = ("Die Ministerin", "Der Sprecher", "Eine Zeugin", "Das Amt", "Ein Fischer", "Der Verein", "Das Gericht")
WHAT = ("lobte den Vorschlag", "warnte vor dem Sturm", "verlangte mehr Geld", "schwieg dazu", "öffnete das Tor")
WHERE = ("in Kiel", "am Hafen", "vor dem Rathaus", "auf der Insel", "im Bundestag", "an der Grenze")
COMMON = "Die Sitzung dauerte bis zum späten Abend."
CORRECTED = "The meeting went on into the night."


def sentence(number: int) -> str:
    parts = WHO[number % 7], WHAT[number % 5], WHERE[number % 6]
    return f"{' '.join(parts)}, zum {number}. Mal in diesem Jahr, wie es am Montag in einer Mitteilung hieß."


def prepared(folder: Path, count: int, length: int) -> Path:
    """A folder with articles (of which two cannot be read), a glossary, and a memory with a correction."""
    (folder / "in" / "sub").mkdir(parents=True)
    for number in range(count):
        place = folder / "in" / ("sub" if number % 3 == 0 else "")
        own = [sentence(number * length + n) for n in range(length)]
        (place / f"{number:02}.txt").write_text("\n".join([own[0], COMMON, *own[1:]]), "utf-8")
    (folder / "in" / "empty.txt").write_text("")
    (folder / "in" / "broken.docx").write_text("no archive")
    (folder / "terms.csv").write_text("source,target\nHafen,harbour\nBundestag,Bundestag\n", "utf-8")
    for name in ("one.sqlite", "many.sqlite"):
        memory = Memory(folder / name)
        memory.add_human([MemoryEntry(COMMON, CORRECTED, EntryOrigin.HUMAN)], "de", "en")
        memory.close()
    return folder


def on_one_machine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The report of an ordinary run; its outputs are in `one`."""
    monkeypatch.chdir(folder)
    options = Options(
        (Path("in"),), ("en",), "de", (Path("terms.csv"),), Path("one"), threads=1, formats=("docx", "tsv"),
        memory=Path("one.sqlite"),
    )  # fmt: skip
    return run(options).as_dict()


def command(address: str | None) -> list[str]:
    found = [sys.executable, "-m", "translator", "in", "--to", "en", "--from", "de", "--glossary", "terms.csv"]
    found += ["--format", "docx,tsv", "-o", "many", "--memory", "many.sqlite", "--report", "json", "--cluster", "ray"]
    return [*found, "--address", address] if address else found


def texts(folder: Path) -> dict[str, Any]:
    """Every output with its text; the folder holds nothing else."""
    found: dict[str, Any] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != ".translator.sqlite"):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".docx":
            table = docx.Document(str(path)).tables[0]._tbl
            found[name] = [[all_text(cell) for cell in row.tc_lst] for row in table.tr_lst]
        else:
            found[name] = path.read_text("utf-8")
    return found


def remembered(path: Path) -> list[tuple[str, str, str]]:
    memory = Memory(path)
    found = sorted((e.source, e.target, e.origin.value) for _, _, e in memory.entries())
    counts = memory.counts()
    memory.close()
    assert sum(number for *_, number in counts) == len(found)
    return found


def kept(report: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What a report says of each file; sentences may come from the memory in another order."""
    return [(f["file"], f["status"], f["sentences"], f["words"], f["terms"], f.get("human")) for f in report["files"]]


@pytest.fixture(scope="module")
def nodes() -> Iterator[Any]:
    from benchmarks.ray_nodes import TwoNodes

    started = TwoNodes()
    yield started
    started.close()


@needs_ray
def test_a_node_that_is_killed_costs_nothing_but_time(nodes: Any, tmp_path: Path, monkeypatch) -> None:
    folder = prepared(tmp_path, 30, 8)
    with (folder / "log").open("wb") as log:
        driver = subprocess.Popen(
            command(nodes.address), cwd=folder, stdout=subprocess.PIPE, stderr=log, env=nodes.environment
        )
    try:
        before: int | None = None
        while driver.poll() is None:
            written = len(list((folder / "many").rglob("*.tsv")))
            if before is None and written >= 2 and nodes.second.works():
                before = written
            if before is not None and written >= before + 2:
                nodes.second.kill()
                break
            time.sleep(0.02)
        out, _ = driver.communicate(timeout=300)
    finally:
        driver.kill()
    said = (folder / "log").read_text("utf-8")
    assert driver.returncode == ExitCode.partial, said
    died = re.findall(r"^worker \d+ died; (\d+) files go to others$", said, re.M)
    assert len(died) == 1, said
    report, expected = json.loads(out), on_one_machine(folder, monkeypatch)
    assert texts(folder / "many") == texts(folder / "one")
    assert sorted(kept(report)) == sorted(kept(expected))
    assert [f["file"] for f in report["files"]] == [f"{n:02}.txt" for n in range(30) if n % 3] + [
        "broken.docx", "empty.txt",
    ] + [f"sub/{n:02}.txt" for n in range(0, 30, 3)]  # fmt: skip
    assert report["signatures"] == expected["signatures"]
    assert [g["file"] for g in report["glossaries"]] == ["terms.csv"]
    assert remembered(folder / "many.sqlite") == remembered(folder / "one.sqlite")
    assert "Mal in diesem Jahr" not in nodes.logs()
    nodes.second = nodes.another()
    again = subprocess.run(
        command(nodes.address),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=nodes.environment,
    )
    totals = json.loads(again.stdout)["totals"]
    assert (totals["done"], totals["unchanged"], totals["failed"]) == (0, 30, 2), again.stderr
    assert texts(folder / "many") == texts(folder / "one")


@needs_ray
def test_ctrl_c_ends_the_run_between_two_files(nodes: Any, tmp_path: Path, monkeypatch) -> None:
    folder = prepared(tmp_path, 30, 8)
    driver = subprocess.Popen(
        command(nodes.address), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=nodes.environment
    )
    while driver.poll() is None and len(list((folder / "many").rglob("*.tsv"))) < 3:
        time.sleep(0.02)
    driver.send_signal(signal.SIGINT)
    out, said = driver.communicate(timeout=120)
    assert driver.returncode == ExitCode.interrupted, said.decode()
    report = json.loads(out)
    on_one_machine(folder, monkeypatch)
    done = [f for f in report["files"] if f["status"] == "done"]
    assert 1 <= len(done) < 30
    found, whole = texts(folder / "many"), texts(folder / "one")
    assert found == {name: whole[name] for name in found}
    assert len(found) == 2 * len(done)


@needs_ray
def test_without_an_address_the_cores_of_this_machine_are_used(tmp_path: Path, monkeypatch) -> None:
    folder = prepared(tmp_path, 4, 2)
    found = subprocess.run(command(None), cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert found.returncode == ExitCode.partial, found.stderr
    on_one_machine(folder, monkeypatch)
    assert texts(folder / "many") == texts(folder / "one")


@needs_ray
@pytest.mark.parametrize("address", ["127.0.0.1:9", "nonsense", "ray://127.0.0.1:10001"])
def test_an_address_without_a_cluster_ends_in_one_line(tmp_path: Path, address: str) -> None:
    folder = prepared(tmp_path, 1, 1)
    found = subprocess.run(command(address), cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == ExitCode.usage
    said = [line for line in found.stderr.splitlines() if not line.startswith("✗")]  # the files that cannot be read
    assert len(said) == 1 and said[0].startswith(f"error: --address {address}: "), found.stderr
    assert not list((folder / "many").glob("*"))


@needs_ray
@pytest.mark.parametrize("wish", [("--threads", "3"), ("--device", "cuda")])
def test_a_cluster_without_what_a_worker_needs_is_refused(nodes: Any, tmp_path: Path, wish: tuple[str, str]) -> None:
    folder = prepared(tmp_path, 1, 1)
    asked = [*command(nodes.address), *wish]
    found = subprocess.run(
        asked, cwd=folder, capture_output=True, text=True, timeout=120, check=False, env=nodes.environment
    )
    assert found.returncode == ExitCode.usage, found.stderr
    needs = "3 cores" if wish[0] == "--threads" else "1 cores and a graphics card"
    assert f"error: no machine of the cluster has the {needs} that a worker is to have" in found.stderr


def test_without_ray_one_line_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = prepared(tmp_path, 1, 1)
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"uv sync --extra cluster, or pip install 'translator\[cluster\]'"):
        run_on_cluster(Options((folder / "in",), ("en",), "de", output=folder / "out"))
    assert not (folder / "out").exists() or list((folder / "out").iterdir()) == []


def test_an_address_is_for_a_cluster_only(tmp_path: Path) -> None:
    folder = prepared(tmp_path, 1, 1)
    arguments = [sys.executable, "-m", "translator", "in", "--to", "en", "--address", "auto"]
    found = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
    assert found.returncode == ExitCode.usage
    assert "--address auto: it is for --cluster ray" in found.stderr
