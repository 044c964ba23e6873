"""Mutated real files: `python -m fuzz.mutate FORMAT --count 10000`, in tests/ (Linux).

Every file is read in a child process, which is ended when one takes too long or too much memory. A file is a result, a
clear error, or a fault: anything else that escapes, a crash, a hang, or too much memory. Faults are kept in a folder.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from translator.errors import TranslatorError

from .corpus import samples
from .mutation import mutated
from .targets import FORMATS, fuzzer, own_home

SECONDS = 20.0
"""Processor time that a file may take; ten times as long by the clock, for other programs run beside."""
MEMORY = 2**30
"""Bytes that a process may hold while it reads a file."""
SPACE = 4 * MEMORY
"""Addresses it may have: what wants more is a fault, not a full machine."""


def made(name: str, number: int, seed: int = 0) -> bytes:
    """The mutated file of a number."""
    return mutated(samples(name), name, Random(f"{name} {seed} {number}"))


def _peak() -> int:
    """The most bytes that this process held since the last call (Linux)."""
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) * 1024
    Path("/proc/self/clear_refs").write_text("5")
    return peak


def _read_files(pipe: Connection, name: str, first: int, count: int, seed: int) -> None:
    """The child process: reads files and says what came of each."""
    resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
    good = samples(name)
    with fuzzer(name) as fuzz:
        for sample in good:
            fuzz(sample)  # modules that are imported when first needed
        _peak()
        for number in range(first, count):
            data = mutated(good, name, Random(f"{name} {seed} {number}"))
            pipe.send(("begun", number, ""))
            try:
                fuzz(data)
                outcome, detail = "result", ""
            except TranslatorError as error:
                outcome, detail = "clear error", str(error)
            except BaseException as error:
                last = traceback.extract_tb(error.__traceback__)[-1]
                outcome, detail = "fault", f"{type(error).__name__}: {error} ({last.filename}:{last.lineno})"
            if (peak := _peak()) > MEMORY:
                outcome, detail = "fault", f"{peak / 2**20:.0f} MB of memory; {detail}"
            pipe.send((outcome, number, detail))
    pipe.send(("end", count, ""))


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _outcomes(pipe: Connection, process: int) -> Iterator[tuple[int, str, str, float]]:
    """Number, outcome, detail and seconds of each file, until the child has done all, hangs or is no more.

    Raises:
        RuntimeError: the child did not even begin, as when a good file of the corpus is not read.
    """
    limit = 120.0  # until everything is imported
    number = -1
    begun, used = time.monotonic(), 0.0
    while True:
        try:
            if not pipe.poll(limit):
                if (
                    number >= 0
                    and _processor_seconds(process) - used < SECONDS
                    and time.monotonic() - begun < 10 * SECONDS
                ):
                    continue
                outcome, detail = "fault", f"more than {SECONDS:g} s"
            else:
                outcome, number, detail = pipe.recv()
        except EOFError:
            outcome, detail = "fault", "the process crashed"
        if number < 0:
            raise RuntimeError("the child process did not begin")
        if outcome == "end":
            return
        if outcome == "begun":
            begun, used, limit = time.monotonic(), _processor_seconds(process), SECONDS
            continue
        yield number, outcome, detail, time.monotonic() - begun
        if detail.startswith(("more than", "the process crashed")):
            return


def run(name: str, count: int, seed: int, keep: Path, first: int = 0) -> Counter[str]:
    """Reads mutated files of a format; faults are printed and kept."""
    outcomes, faults, slowest = Counter[str](), Counter[str](), 0.0
    fork = multiprocessing.get_context("fork")
    while first < count:
        ours, theirs = fork.Pipe(duplex=False)
        child = fork.Process(target=_read_files, args=(theirs, name, first, count, seed))
        child.start()
        theirs.close()
        for number, outcome, detail, seconds in _outcomes(ours, child.pid or 0):
            outcomes[outcome] += 1
            slowest, first = max(slowest, seconds), number + 1
            if outcome == "fault":
                faults[detail[:200]] += 1
                if faults[detail[:200]] <= 3:
                    keep.mkdir(parents=True, exist_ok=True)
                    place = keep / f"{name}-{seed}-{number}{FORMATS[name][0]}"
                    place.write_bytes(made(name, number, seed))
                    print(f"{place}: {detail}", flush=True)
        child.kill()
        child.join()
        ours.close()
    shown = ", ".join(f"{outcomes[o]:,} {o}" for o in ("result", "clear error", "fault"))
    print(f"{name}: {outcomes.total():,} files: {shown}; slowest {slowest:.1f} s", flush=True)
    return outcomes


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.mutate", description=__doc__)
    parser.add_argument("format", choices=[*FORMATS, "all"])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--keep", type=Path, default=Path("/tmp/fuzz-findings"), help="folder for files with faults")
    options = parser.parse_args()
    own_home()
    faults = 0
    for name in FORMATS if options.format == "all" else [options.format]:
        faults += run(name, options.count, options.seed, options.keep, options.first)["fault"]
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
