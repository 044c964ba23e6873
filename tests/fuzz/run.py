"""Long fuzzing of one format: `python -m fuzz.run FORMAT --minutes 30`, in tests/.

With atheris, which looks at the coverage of the Python code, where it is installed (`uv pip install atheris`; it has no
wheels for every system); else with hypothesis, which changes good files at random. Faults are printed and kept, and fuzzing goes on.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

atheris: Any = import_module("atheris") if find_spec("atheris") else None
_READING = "translator docx odfdo openpyxl pypdf readability webvtt markdown_it yaml zipfile".split()

_MOST = dict.fromkeys(("csv", "html", "md", "srt", "tbx", "tmx", "txt", "vtt"), 2**14)
"""Bytes of a file of text: a longer one takes a third of a second to read and shows nothing that a short one does not."""


def _instrumented() -> AbstractContextManager[object]:
    """Modules of the readers that are imported in this block tell atheris which of their lines run."""
    return atheris.instrument_imports(include=_READING) if atheris else nullcontext()


with _instrumented():
    from translator.errors import TranslatorError

    from .corpus import samples
    from .mutation import mutated, unzipped, zipped
    from .targets import FORMATS, Fuzz, fuzzer, own_home


class Findings:
    """Faults, each kept once a place in the code."""

    def __init__(self, name: str, folder: Path) -> None:
        self._name, self._folder = name, folder
        self._places = set[str]()
        self.runs = 0

    def guarded(self, fuzz: Fuzz) -> Fuzz:
        """The same without errors; what they mean is noted."""

        def run(data: bytes) -> None:
            self.runs += 1
            try:
                fuzz(data)
            except TranslatorError:
                pass
            except Exception as error:
                self._note(data, error)

        return run

    def _note(self, data: bytes, error: Exception) -> None:
        # An assertion about a message is always at the same place; where the message was made tells them apart.
        frames = [
            traceback.extract_tb(e.__traceback__)[-1] for e in (error, error.__context__) if e and e.__traceback__
        ]
        place = f"{type(error).__name__} in {', '.join(f'{frame.filename}:{frame.lineno}' for frame in frames)}"
        if place not in self._places:
            self._places.add(place)
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._folder / f"{self._name}-{zlib.crc32(data):08x}{FORMATS[self._name][0]}"
            file.write_bytes(data)
            print(f"{file}: {place}: {str(error)[:300]}", flush=True)


def _with_atheris(name: str, minutes: float, keep: Path, queue: Path) -> None:
    good = samples(name)
    for number, data in enumerate(good):
        (queue / f"good-{number}").write_bytes(data)
    with _instrumented():  # prints, so it is not the fuzzer that meets what is imported when first needed
        suffix, read = FORMATS[name]
        for data in good:
            file = queue.parent / f"first-{name}{suffix}"
            file.write_bytes(data)
            read(file)
            file.unlink(missing_ok=True)
    with fuzzer(name) as fuzz:
        findings = Findings(name, keep)
        arguments = ["-timeout=60", "-rss_limit_mb=1536", f"-max_total_time={minutes * 60:.0f}", f"-max_len={_MOST.get(name, 2**18)}",
                     "-print_final_stats=1", f"-artifact_prefix={keep}/{name}-", "-len_control=0"]  # fmt: skip
        keep.mkdir(parents=True, exist_ok=True)
        atheris.Setup(
            [sys.argv[0], *arguments, str(queue)], findings.guarded(fuzz), custom_mutator=_mutator(name, good)
        )
        atheris.Fuzz()


def _mutator(name: str, good: list[bytes]) -> Callable[[bytes, int, int], bytes]:
    """Changes bytes as libFuzzer does, or as our mutation does; in an archive inside one of its files."""

    def change(data: bytes, most: int, seed: int) -> bytes:
        dice = Random(seed)
        if dice.random() < 0.4:
            return mutated([data or good[0], *good], name, dice)[:most]
        members = list(unzipped(data).items())
        if not members or dice.random() < 0.1:
            return bytes(atheris.Mutate(data, most))
        index = dice.choices(range(len(members)), [len(c) ** 0.5 + 1 for _, c in members])[0]
        inner = members[index][1]
        members[index] = members[index][0], bytes(atheris.Mutate(inner, len(inner) + 4096))
        try:
            packed = zipped(members)
        except (ValueError, OSError):
            return data[:most]
        return packed if len(packed) <= most else data[:most]

    return change


def _with_hypothesis(name: str, minutes: float, keep: Path) -> None:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    with fuzzer(name) as fuzz:
        findings, end = Findings(name, keep), time.monotonic() + minutes * 60
        run, good = findings.guarded(fuzz), samples(name)

        @settings(max_examples=2_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(st.binary() | st.builds(lambda seed: mutated(good, name, Random(seed)), st.integers(0, 2**64)))
        def some(data: bytes) -> None:
            if time.monotonic() < end:
                run(data)

        while time.monotonic() < end:
            some()
        print(f"{name}: {findings.runs:,} files with hypothesis in {minutes:g} minutes")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.run", description=__doc__)
    parser.add_argument("format", choices=FORMATS)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--keep", type=Path, default=Path("/tmp/fuzz-findings"), help="folder for files with faults")
    parser.add_argument(
        "--queue", type=Path, help="folder where atheris keeps files that reached new lines, for next time"
    )
    options = parser.parse_args()
    own_home()
    if atheris:
        with tempfile.TemporaryDirectory() as folder:
            queue = (options.queue or Path(folder)) / options.format
            queue.mkdir(parents=True, exist_ok=True)
            _with_atheris(options.format, options.minutes, options.keep, queue)
    else:
        print("atheris is not installed; fuzzing with hypothesis", file=sys.stderr)
        _with_hypothesis(options.format, options.minutes, options.keep)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
