"""What a run on a cluster costs beside an ordinary one, and which of its processes would be the first limit.

    uv run --extra cluster python -m benchmarks.cluster --articles 100 --json cluster.json

The same articles are translated by an ordinary run with one thread, on a Ray cluster of one node and of two (all on this
machine, a core each), and on two nodes of which one is killed when a third of the handouts is there. Wall times
depend on what else the machine does; processor seconds, which are counted for every kind of process, hardly do. What an
article costs each of them is the difference to a run over an eighth of the articles, for starting costs some. Then the
memory is filled beyond what a run here would fill it with, and files are handed out from a ledger of a million. Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.articles import write_articles
from benchmarks.ray_nodes import Node, TwoNodes, family
from translator.cluster.connection import connected
from translator.cluster.keepers import RecordsKeeper
from translator.cluster.ledger import Ledger
from translator.documents import InputFile
from translator.memory.model import EntryOrigin, MemoryEntry, MemoryKey
from translator.memory.store import Memory
from translator.report import FileResult, Status

TICKS = os.sysconf("SC_CLK_TCK")
SAMPLING_SECONDS = 0.1
TITLES = {
    "worker": re.compile(rb"ray::Worker|ray::IDLE"),
    "ledger": re.compile(rb"ray::Ledger"),
    "records": re.compile(rb"ray::RecordsKeeper"),
    "memory": re.compile(rb"ray::Memory"),
    "driver": re.compile(rb"-m\0translator"),
}
"""Kinds of processes by what stands in their title; what fits nothing is Ray's."""


def kind(process: int) -> str:
    """Of which kind a process is; nothing where it has just ended."""
    title = Path(f"/proc/{process}/cmdline").read_bytes()
    return next((name for name, pattern in TITLES.items() if pattern.search(title)), "Ray" if title else "")


def processor_seconds(process: int) -> float:
    """What a process has used so far, without its children."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Meter:
    """Processor seconds by kind of process, read now and then, for processes end when their run does."""

    def __init__(self, nodes: list[Node], driver: int) -> None:
        self._nodes, self._driver = nodes, driver
        self._first: dict[int, float] = {}
        self._last: dict[int, tuple[str, float]] = {}
        for process in self._all():
            with suppress(OSError):
                self._first[process] = processor_seconds(process)

    def _all(self) -> list[int]:
        return [p for n in self._nodes for p in n.processes] + family(self._driver)

    def read(self) -> None:
        """Takes a reading."""
        for process in self._all():
            with suppress(OSError):
                seconds = processor_seconds(process)
                if name := kind(process):
                    self._last[process] = name, seconds - self._first.get(process, 0.0)

    def sums(self) -> dict[str, float]:
        """Seconds by kind."""
        found: dict[str, float] = defaultdict(float)
        for name, seconds in self._last.values():
            found[name] += seconds
        return {name: round(seconds, 2) for name, seconds in sorted(found.items())}


def measured(
    work: Path, name: str, cluster: TwoNodes | None = None, *, killed: bool = False, folder: str = "in"
) -> dict[str, Any]:
    """A run over a folder, on a cluster or not; with `killed` its second node is, when a third of the handouts is there."""
    total, out = len(list((work / folder).iterdir())), work / name
    nodes = [n for n in (cluster.head, cluster.second) if n is not None] if cluster else []
    kill = cluster.second if cluster and killed else None
    command = [sys.executable, "-m", "translator", folder, "--to", "en", "--from", "de", "-o", name, "--report", "json"]
    command += ["--memory", f"{name}.sqlite", "--threads", "1"]
    command += ["--cluster", "ray", "--address", cluster.address] if cluster else []
    environment = cluster.environment if cluster else None
    begun = time.monotonic()
    with (work / f"{name}.log").open("wb") as log, (work / f"{name}.json").open("wb") as report:
        driver = subprocess.Popen(command, cwd=work, stdout=report, stderr=log, env=environment)
        meter, first = Meter(nodes, driver.pid), 0.0
        while driver.poll() is None:
            meter.read()
            made = len(list(out.glob("*.docx")))
            first = first or (time.monotonic() - begun if made else 0.0)
            if kill is not None and made >= total // 3 and kill.works():
                kill.kill()
                kill = None
            time.sleep(SAMPLING_SECONDS)
    wall = time.monotonic() - begun
    said = (work / f"{name}.log").read_text()
    if driver.returncode:
        raise SystemExit(said)
    totals = json.loads((work / f"{name}.json").read_text())["totals"]
    sums = meter.sums()
    return {
        "run": name,
        "wall_seconds": round(wall, 1),
        "first_handout_seconds": round(first, 1),
        "words": totals["words"],
        "words_per_second_after_first": round(totals["words"] * (1 - 1 / total) / (wall - first)),
        "done": totals["done"],
        "files_of_the_dead": sum(map(int, re.findall(r"died; (\d+) files", said))),
        "processor_seconds": sums,
        "words_per_processor_second": round(totals["words"] / sum(sums.values())),
    }


def asked_figures(work: Path, calls: int = 3000, at_once: int = 100) -> dict[str, Any]:
    """Processor milliseconds of the processes on the driver's machine for what an article asks of them, when many ask."""
    files = [InputFile(Path(f"{n}.txt"), f"{n}.txt", Path()) for n in range(calls)]
    alignment = tuple((n, 0.91) for n in range(15))
    texts = [
        f"Dieser Satz hat ungefähr so viele Wörter wie ein anderer, er ist der {n}. von allen."
        for n in range(20 * calls)
    ]
    entries = [(MemoryKey(t, ""), MemoryEntry(t, t, EntryOrigin.MACHINE, -0.3, alignment)) for t in texts]
    with connected(None):
        ray: Any = import_module("ray")
        ledger = ray.remote(Ledger).remote(files, [3000] * calls, ("en",))
        records, memory = (
            ray.remote(RecordsKeeper).remote(work / "records"),
            ray.remote(Memory).remote(work / "asked.sqlite"),
        )

        def finished(n: int) -> list[Any]:
            out = (Path(f"out/{n}.docx"),)
            return [ledger.finished.remote("a", FileResult(f"{n}.txt", Status.DONE, "de", "en", out, 20, 300))]

        def remembered(n: int) -> list[Any]:
            part = entries[20 * n : 20 * n + 20]
            calls = [memory.human.remote([k.source for k, _ in part], "de", "en")]
            if n % 50 == 49:  # a window of 1,000 sentences
                whole = entries[20 * (n - 49) : 20 * n + 20]
                calls.append(memory.human.remote([k.source for k, _ in whole], "de", "en"))
                calls.append(memory.machine.remote([k for k, _ in whole], "de", "en", "m"))
                calls.append(memory.add_machine.remote(whole, "de", "en", "m"))
            return calls

        def recorded(n: int) -> list[Any]:
            return [records.store.remote({f"{n}.docx": [("f" * 80, "0" * 64)]})]

        found = {}
        for name, ask in (("ledger", finished), ("memory", remembered), ("records", recorded)):
            before, under_way = 0.0, list[Any]()
            for n in range(calls):
                if n == calls // 10:
                    before = asked(name)
                under_way += ask(n)
                if len(under_way) > at_once:
                    ray.get(under_way)
                    under_way.clear()
            ray.get(under_way)
            found[name] = round(1000 * (asked(name) - before) / (calls - calls // 10), 2)
    return found


def asked(name: str) -> float:
    """Processor seconds so far of the one process of a kind among this program's children."""
    return sum(processor_seconds(p) for p in family(os.getpid()) if kind(p) == name)


def memory_figures(work: Path, rows: int, step: int = 1000) -> dict[str, Any]:
    """Sentences a second that the memory's process can look up (in vain) and remember, empty and when it is full."""
    dice, memory = random.Random(0), Memory(work / "large.sqlite")
    words = [f"{a}{b}" for a in ("Haus", "Meer", "Land", "Wort", "Zeit") for b in ("bau", "weg", "amt", "tag", "rat")]
    alignment = tuple((n, 0.91) for n in range(15))

    def batch() -> list[tuple[MemoryKey, MemoryEntry]]:
        texts = [" ".join(dice.choices(words, k=14)) + f" {dice.random()}." for _ in range(step)]
        return [
            (MemoryKey(t, ""), MemoryEntry(t, t.upper(), EntryOrigin.MACHINE, -0.3, alignment, file="in/a.txt"))
            for t in texts
        ]

    speeds, sent = list[float](), 0
    for _ in range(rows // step):
        entries = batch()
        begun = time.process_time()
        sources = [key.source for key, _ in entries]
        for at in range(0, step, 20):  # a document's
            memory.human(sources[at : at + 20], "de", "en")
        memory.human(sources, "de", "en")
        memory.machine([key for key, _ in entries], "de", "en", "model")
        memory.add_machine(entries, "de", "en", "model")
        speeds.append(step / (time.process_time() - begun))
        sent = len(pickle.dumps(entries)) // step
    tenth = max(len(speeds) // 10, 1)
    memory.close()
    return {
        "rows": rows,
        "sentences_per_processor_second_empty": round(sum(speeds[:tenth]) / tenth),
        "sentences_per_processor_second_full": round(sum(speeds[-tenth:]) / tenth),
        "bytes_per_sentence_on_disk": (work / "large.sqlite").stat().st_size // rows,
        "bytes_per_sentence_sent": sent,
    }


def ledger_figures(files: int, workers: int = 1000) -> dict[str, Any]:
    """What the ledger's process and the driver hold and do for so many files."""
    before = resident()
    made = [
        InputFile(Path(f"archive/{n // 1000:04}/{n:07}.txt"), f"{n // 1000:04}/{n:07}.txt", Path("archive"))
        for n in range(files)
    ]
    listed = resident()
    ledger = Ledger(made, [3000] * files, ("en",))
    ledger.expect(workers)
    kept, begun, results = resident(), time.process_time(), 0
    left = files
    while left:
        for worker in range(workers):
            for file in ledger.take(str(worker)):
                out = (Path(f"exports/{file.name}.docx"),)
                ledger.finished(str(worker), FileResult(file.name, Status.DONE, "de", "en", out, 20, 300))
        news = ledger.news()
        left, results = news.left, results + len(news.results)
    seconds = time.process_time() - begun
    assert results == files
    return {
        "files": files,
        "driver_list_bytes_per_file": (listed - before) // files,
        "ledger_bytes_per_file": (kept - listed) // files,
        "results_bytes_per_file": (resident() - kept) // files,
        "files_per_processor_second": round(files / seconds),
    }


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--sentences", type=int, default=20)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--files", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures: dict[str, Any] = {"cores": os.cpu_count(), "load": os.getloadavg()}
    with tempfile.TemporaryDirectory(prefix="cluster-") as folder:
        work = Path(folder)
        few = max(options.articles // 8, 1)
        write_articles(work / "in", options.articles, options.sentences)
        write_articles(work / "few", few, options.sentences)
        figures["runs"] = [measured(work, "ordinary")]
        print(json.dumps(figures["runs"][-1]), flush=True)
        cluster = TwoNodes(second=False)
        try:
            start = measured(work, "few-on-one-node", cluster, folder="few")["processor_seconds"]
            for name in ("one-node", "two-nodes", "killed"):
                if name == "two-nodes":
                    cluster.second = cluster.another()
                figures["runs"].append(measured(work, name, cluster, killed=name == "killed"))
                print(json.dumps(figures["runs"][-1]), flush=True)
        finally:
            cluster.close()
        whole = figures["runs"][1]["processor_seconds"]
        figures["processor_milliseconds_per_article"] = {
            name: round(1000 * (whole[name] - start[name]) / (options.articles - few), 1)
            for name in whole
            if name in start
        }
        print("milliseconds per article", figures["processor_milliseconds_per_article"], flush=True)
        figures["processor_milliseconds_per_article_when_many_ask"] = asked_figures(work)
        print("when many ask", figures["processor_milliseconds_per_article_when_many_ask"], flush=True)
        figures["memory"] = memory_figures(work, options.rows)
        print("memory", json.dumps(figures["memory"]), flush=True)
        figures["ledger"] = ledger_figures(options.files)
        print("ledger", json.dumps(figures["ledger"]), flush=True)
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
