"""Words a second, time to the first handout, memory and growth, beside Argos Translate and the bare decoder.

    uv run --group benchmarks python -m benchmarks.speed --argos ARGOS_ENVIRONMENT/bin/python --plot docs/speed.svg

All run the same package on the same articles with beam 4, on all cores, one after the other, so that ratios are of one
run. Ours is the command as a user types it, with memory and Word handouts; no glossary, for Argos has none. Argos Translate
needs an environment of its own (`uv venv ARGOS_ENVIRONMENT && uv pip install --python … argostranslate`); its command line
is measured on a few articles, for it loads everything anew for each. See benchmarks/peers.py for its sentence splitter.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.articles import write_articles
from translator.engine.packages import BUILTIN_FOLDER

PEERS = Path(__file__).with_name("peers.py")
PACKAGE = BUILTIN_FOLDER / "translate-de_en"
OURS = [str(Path(sys.executable).with_name("translate"))]


@dataclass(frozen=True)
class Measured:
    """A process: wall and processor time in seconds, its peak of memory in MB, and its output."""

    seconds: float
    cpu: float
    peak: float
    output: str = field(repr=False, default="")


def measured(command: list[str], *, home: Path, stdin: Path | None = None) -> Measured:
    """Runs a command with a home of its own.

    Raises:
        SystemExit: it failed.
    """
    environment = {name: value for name, value in os.environ.items() if name != "ARGOS_PACKAGES_DIR"}
    environment |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CACHE", "CONFIG", "STATE")}
    with tempfile.TemporaryFile() as output, (stdin or Path(os.devnull)).open("rb") as given:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=given, stdout=output, stderr=subprocess.PIPE, env=environment)
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command[:4])} … failed:\n{said.decode(errors='replace')[-2000:]}")
        output.seek(0)
        text = output.read().decode(errors="replace")
    return Measured(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text)


def first_output(folder: Path, found: list[float], ended: threading.Event) -> None:
    """Appends the moment at which the first handout is there."""
    while not ended.is_set() and not found:
        if next(folder.glob("*.docx"), None) is not None:
            found.append(time.perf_counter())
        time.sleep(0.005)


class Speed:
    """The measurements, each with its figures in `figures`."""

    def __init__(self, scratch: Path, argos: Path | None) -> None:
        self._scratch, self._argos, self._homes, self._length = scratch, argos, 0, 0
        self._started = self._home()
        self.figures: dict[str, Any] = {"processors": os.cpu_count()}

    def _home(self) -> Path:
        self._homes += 1
        return self._scratch / f"home{self._homes}"

    def _ours(self, articles: Path, name: str, home: Path) -> list[str]:
        output = self._scratch / f"out-{name}"
        memory = ["--memory", str(home / "memory.sqlite")]
        return [*OURS, str(articles), "--to", "en", "--no-glossary", "-q", "-o", str(output), *memory]

    def whole(self, count: int, length: int) -> None:
        """The same articles by us, a second time unchanged, and by the bare decoder."""
        self._length = length
        articles, home = self._scratch / "articles", self._started
        words = write_articles(articles, count, length)
        command = self._ours(articles, "whole", home)
        home.mkdir()
        one = self._scratch / "one"
        write_articles(one, 1, length)
        # The first start of all on a computer makes the dictionaries of word forms.
        alone = [measured(self._ours(one, f"one{n}", self._home()), home=home) for n in range(2)]
        found, ended = list[float](), threading.Event()
        watcher = threading.Thread(target=first_output, args=(self._scratch / "out-whole", found, ended))
        watcher.start()
        started = time.perf_counter()
        ours = measured(command, home=home)
        ended.set()
        watcher.join()
        again = min((measured(command, home=home) for _ in range(3)), key=lambda run: run.seconds)
        self.figures |= {
            "articles": count,
            "words": words,
            "ours": shown(ours, words),
            "first handout": {"seconds": found[0] - started, "share": (found[0] - started) / ours.seconds},
            "second run": {"seconds": again.seconds, "times faster": ours.seconds / again.seconds},
            "one article": {"seconds": alone[1].seconds, "first start of all": alone[0].seconds},
        }
        for name in ("bare", "bare-map"):
            run = measured([sys.executable, str(PEERS), name, str(PACKAGE), str(articles)], home=home)
            found_figures = json.loads(run.output)
            self.figures[name] = found_figures | {
                "words/s": words / found_figures["seconds"],
                "ours": found_figures["seconds"] / ours.seconds,
                "ours, processor": found_figures["cpu"] / ours.cpu,
            }

    def peer(self, share: int, few: int) -> None:
        """Argos Translate on the first `share` of the articles: its API in one process; its command line for a few."""
        assert self._argos is not None
        packages, articles = self._scratch / "packages", self._scratch / "articles"
        packages.mkdir()
        (packages / PACKAGE.name).symlink_to(PACKAGE)
        package, home = packages / PACKAGE.name, self._home()
        python, ours = str(self._argos), self.figures["ours"]
        part = self._scratch / "part"
        some = write_articles(part, min(share, self.figures["articles"]), self._length)
        run = measured([python, str(PEERS), "argos-api", str(package), str(part)], home=home)
        api = json.loads(run.output)
        self.figures["argos api"] = {
            "articles": min(share, self.figures["articles"]),
            "seconds": api["seconds"],
            "words/s": some / api["seconds"],
            "peak MB": run.peak,
            "ours faster": ours["words/s"] * api["seconds"] / some,
        }
        files = sorted(articles.glob("*.txt"))[:few]
        runs = [measured([python, str(PEERS), "argos-cli", str(package)], home=home, stdin=file) for file in files]
        each = sum(r.seconds for r in runs) / len(runs)
        self.figures["argos cli"] = {
            "files measured": few,
            "seconds a file": each,
            "ours faster": each * self.figures["articles"] / ours["seconds"],
        }
        imports = min(measured([python, str(PEERS), "argos-import"], home=home).seconds for _ in range(3))
        helps = min(measured([*OURS, "--help"], home=home).seconds for _ in range(5))
        self.figures["help"] = {"seconds": helps, "argos import": imports, "share": helps / imports}

    def growth(self, counts: list[int], length: int) -> None:
        """Time and memory by the number of short articles."""
        rows = []
        for count in counts:
            articles = self._scratch / f"articles{count}"
            words = write_articles(articles, count, length)
            # Short articles are sometimes too short for a sure language.
            run = measured([*self._ours(articles, str(count), self._home()), "--from", "de"], home=self._started)
            rows.append(
                {"articles": count, **shown(run, words), "ms an article": 1000 * run.seconds / count, "cpu ms an article": 1000 * run.cpu / count}
            )  # fmt: skip
            print(json.dumps(rows[-1]), flush=True)
        self.figures["growth"] = {"sentences an article": length + 1, "runs": rows}


def shown(run: Measured, words: int) -> dict[str, float]:
    """Figures of a process that translated so many words."""
    return {"seconds": run.seconds, "words/s": words / run.seconds, "cpu seconds": run.cpu, "peak MB": run.peak}


def plot(figures: dict[str, Any], file: Path) -> None:
    """Bars of words a second, and growth where it was measured."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    bars = {"translate": figures["ours"]["words/s"], "bare decoder": figures["bare"]["words/s"]}
    if "argos api" in figures:
        bars["argos-translate, Python"] = figures["argos api"]["words/s"]
        words = figures["words"] / figures["articles"]
        bars["argos-translate, command"] = words / figures["argos cli"]["seconds a file"]
    runs = figures.get("growth", {}).get("runs", [])
    _, axes = plt.subplots(1, 2 if runs else 1, figsize=(9, 2.6), squeeze=False, layout="constrained")
    left = axes[0][0]
    left.barh(list(bars)[::-1], list(bars.values())[::-1], color=["#9aa5b8"] * (len(bars) - 1) + ["#1f3f7a"])
    left.set_title("words a second")
    for index, value in enumerate(list(bars.values())[::-1]):
        left.text(value, index, f" {value:,.0f}", va="center")
    left.set_xlim(0, max(bars.values()) * 1.2)
    left.spines[["top", "right"]].set_visible(False)
    if runs:
        right = axes[0][1]
        right.plot(
            [r["articles"] for r in runs],
            [r["ms an article"] for r in runs],
            "o-",
            color="#1f3f7a",
            label="ms an article",
        )
        right.plot(
            [r["articles"] for r in runs], [r["peak MB"] for r in runs], "s--", color="#b06000", label="peak memory, MB"
        )
        right.set(xscale="log", ylim=(0, None), title="articles in one run")
        right.spines[["top", "right"]].set_visible(False)
        right.legend(frameon=False)
    plt.savefig(file)


def main() -> None:
    """Measures, prints a JSON object, and draws."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--sentences", type=int, default=25, help="of an article")
    parser.add_argument("--argos", type=Path, help="Python of an environment that has argostranslate")
    parser.add_argument("--share", type=int, default=50, help="articles for Argos's Python API")
    parser.add_argument("--few", type=int, default=5, help="articles for Argos's command line")
    parser.add_argument("--growth", type=int, nargs="*", default=[10, 100, 1000], help="numbers of articles")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--plot", type=Path, help="SVG file")
    parser.add_argument("--draw", type=Path, help="draw the figures of an earlier run instead of measuring")
    given = parser.parse_args()
    if given.draw:
        plot(json.loads(given.draw.read_text("utf-8")), given.plot)
        return
    with tempfile.TemporaryDirectory() as scratch:
        speed = Speed(Path(scratch), given.argos)
        speed.whole(given.articles, given.sentences)
        print(json.dumps(speed.figures, indent=1), flush=True)
        if given.argos:
            speed.peer(given.share, given.few)
        if given.growth:
            print(json.dumps(speed.figures, indent=1), flush=True)
            speed.growth(given.growth, 5)
    text = json.dumps(speed.figures, indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", "utf-8")
    if given.plot:
        plot(speed.figures, given.plot)


if __name__ == "__main__":
    main()
