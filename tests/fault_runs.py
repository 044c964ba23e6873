"""Runs that are killed again and again: `python tests/fault_runs.py --kills 200` (some half an hour; Linux).

A run over 50 short documents with the built-in model is killed with SIGKILL at random moments and begun again, up to ten
times, until one ends by itself. Then its outputs are compared with those of a run that nobody disturbed, and what a
person corrected, before and between the kills, is looked for in the memory. pytest does a shorter version of it with a
fake engine (test_memory_faults.py).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import docx

from translator.memory.model import EntryOrigin, MemoryEntry
from translator.memory.store import Memory

DOCUMENTS = 50
WHO = (
    "Die Ministerin",
    "Der Sprecher",
    "Eine Zeugin",
    "Das Amt",
    "Ein Fischer",
    "Der Verein",
    "Die Stadt",
    "Das Gericht",
)
WHAT = ("lobte den Vorschlag", "warnte vor dem Sturm", "verlangte mehr Geld", "schwieg zu der Frage", "öffnete das Tor")
WHERE = ("in Kiel", "am Hafen", "vor dem Rathaus", "auf der Insel", "im Bundestag", "an der Grenze", "im alten Dorf")
GLOSSARY = "source,target\nMinisterin,minister\nBundestag,Bundestag\nHafen,harbour\n"
_CLOCK = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def sentences(document: int) -> list[str]:
    """The sentences of a document, no two of which are alike."""
    dice = random.Random(document)
    return [
        f"{dice.choice(WHO)} {dice.choice(WHAT)} {dice.choice(WHERE)}, zum {document * 3 + n + 1}. Mal in diesem Jahr."
        for n in range(3)
    ]


def corrections() -> dict[str, str]:
    """What a person corrected before: a sentence of every fifth document."""
    return {sentences(d)[1]: f"Corrected by hand, number {d}." for d in range(0, DOCUMENTS, 5)}


def prepared(folder: Path) -> Path:
    """A folder with the documents, half of them Word files, a glossary, and a memory with the corrections."""
    (folder / "in" / "sub").mkdir(parents=True)
    for number in range(DOCUMENTS):
        place = folder / "in" / ("sub" if number % 3 == 0 else "")
        if number % 2:
            (place / f"{number:02}.txt").write_text("\n\n".join(sentences(number)), "utf-8")
        else:
            word = docx.Document()
            for sentence in sentences(number):
                word.add_paragraph(sentence)
            word.save(str(place / f"{number:02}.docx"))
    (folder / "terms.csv").write_text(GLOSSARY, "utf-8")
    corrected(folder, corrections())
    return folder


def corrected(folder: Path, pairs: dict[str, str]) -> None:
    """Remembers corrections as `translate review` does."""
    memory = Memory(folder / "memory.sqlite")
    memory.add_human([MemoryEntry(s, t, EntryOrigin.HUMAN) for s, t in pairs.items()], "de", "en")
    memory.close()


def started(folder: Path) -> subprocess.Popen[bytes]:
    """A run over the folder; its temporary files belong to it alone."""
    (folder / "tmp").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "translator", "in", "--to", "en", "--from", "de", "-o", "out"]
    command += ["--memory", "memory.sqlite", "--glossary", "terms.csv"]
    environment = os.environ | {"TMPDIR": str(folder / "tmp"), "HOME": str(folder)}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=log)


def outputs(folder: Path) -> dict[str, dict[str, bytes]]:
    """Every file below the outputs with the parts of its archive; when it was written does not count."""
    found: dict[str, dict[str, bytes]] = {}
    for path in sorted(p for p in (folder / "out").rglob("*") if p.is_file()):
        parts: dict[str, bytes] = {}
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as word:
                parts = {name: _CLOCK.sub(b"", word.read(name)) for name in word.namelist()}
        found[path.relative_to(folder / "out").as_posix()] = parts
    return found


@dataclass
class Figures:
    """What came of it.

    Attributes:
        kills, rounds: processes killed, runs that were finished after kills.
        moments: seconds from the start of the kills.
        faults: a line for everything that was not as it should be.
    """

    kills: int = 0
    rounds: int = 0
    moments: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def _checked(folder: Path, expected: dict[str, dict[str, bytes]], human: dict[str, str], figures: Figures) -> None:
    found = outputs(folder)
    for name in sorted(found.keys() - expected.keys()):
        figures.faults.append(f"{folder.name}: {name} was left behind")
    for name in sorted(expected.keys() - found.keys()):
        figures.faults.append(f"{folder.name}: {name} is missing")
    for name in sorted(n for n in expected.keys() & found.keys() if found[n] != expected[n]):
        parts = [part for part in expected[name] if expected[name][part] != found[name].get(part)]
        figures.faults.append(f"{folder.name}: {name} differs in {', '.join(parts)}")
    for left in (folder / "tmp").rglob("*"):
        figures.faults.append(f"{folder.name}: {left.relative_to(folder)} was left behind")
    others = {p.name for p in folder.iterdir()} - {"in", "out", "tmp", "terms.csv", "memory.sqlite", "log"}
    figures.faults += [f"{folder.name}: {name} was left behind" for name in sorted(others) if not name.startswith(".")]
    memory = Memory(folder / "memory.sqlite")
    kept = {s: e.target for s, e in memory.human(human, "de", "en").items()}
    counts = {origin: count for _, _, origin, count in memory.counts()}
    memory.close()
    if kept != human:
        figures.faults.append(f"{folder.name}: {len(human) - len(kept)} of {len(human)} corrections are lost")
    if counts["machine"] != DOCUMENTS * 3 - len(corrections()):
        figures.faults.append(f"{folder.name}: the memory holds {counts['machine']} machine translations")
    database = sqlite3.connect(folder / "memory.sqlite")
    if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        figures.faults.append(f"{folder.name}: the memory is damaged")
    database.close()
    if b"Traceback" in (log := (folder / "log").read_bytes()) or b"damaged" in log:
        figures.faults.append(f"{folder.name}: {log[-500:].decode(errors='replace')}")


def killed_runs(work: Path, kills: int, seed: int) -> Figures:
    """Kills so many runs and compares what those after them write."""
    dice, figures = random.Random(seed), Figures()
    calm = prepared(work / "calm")
    begun = time.monotonic()
    if started(calm).wait(600) != 0:
        raise SystemExit((calm / "log").read_text())
    whole = time.monotonic() - begun
    expected = outputs(calm)
    assert sum(name.endswith(".docx") for name in expected) == DOCUMENTS
    print(f"undisturbed: {whole:.1f} s, {len(expected)} files", flush=True)
    while figures.kills < kills:
        folder = prepared(work / f"{figures.rounds:03}")
        human = corrections()
        for attempt in range(min(dice.randint(1, 10), kills - figures.kills)):
            process = started(folder)
            begun = time.monotonic()
            try:
                code = process.wait(dice.random() * whole)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                code = process.wait(60)
            if code != -signal.SIGKILL:  # it was done before
                if attempt == 0:  # other programs slowed the first run down: kill earlier
                    whole = min(whole, time.monotonic() - begun)
                if code != 0:
                    figures.faults.append(f"{folder.name}: a run ended with {code}")
                break
            figures.kills += 1
            figures.moments.append(time.monotonic() - begun)
            more = {f"Dieser Satz steht nirgends, Nummer {figures.kills}.": "Corrected between two kills."}
            corrected(folder, more)
            human |= more
        if (code := started(folder).wait(600)) != 0:
            figures.faults.append(f"{folder.name}: the last run ended with {code}")
        _checked(folder, expected, human, figures)
        figures.rounds += 1
        if figures.rounds % 10 == 0:
            print(f"{figures.kills} kills, {figures.rounds} rounds, {len(figures.faults)} faults", flush=True)
    return figures


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fault-runs-") as work:
        figures = killed_runs(Path(work), options.kills, options.seed)
    early, late = min(figures.moments), max(figures.moments)
    print(
        f"{figures.kills} kills between {early:.2f} and {late:.2f} s after the start, {figures.rounds} runs finished after them"
    )
    for fault in figures.faults:
        print(fault)
    print(f"{len(figures.faults)} faults")
    sys.exit(1 if figures.faults else 0)


if __name__ == "__main__":
    main()
