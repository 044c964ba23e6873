"""Full disks, folders that cannot be written, signals, memory that runs out: nothing written is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from translator.atomic import remove_abandoned, replacing
from translator.engine.ct2 import PackageEngine
from translator.engine.hypotheses import Decoding
from translator.engine.packages import BUILTIN_FOLDER, read_package
from translator.errors import ExitCode, ModelError, OutputError

SENTENCE = "Die Minister beraten am {}. Tag in Kopenhagen über die Waffenruhe, sagte der Sprecher der Regierung.\n"


def articles(folder: Path, count: int, sentences: int = 3) -> Path:
    """A folder of short German articles, no two of which share a sentence."""
    folder.mkdir()
    for i in range(count):
        text = "\n".join(SENTENCE.format(i * sentences + k) for k in range(sentences))
        (folder / f"{i:03}.txt").write_text(text, "utf-8")
    return folder


def has_tmpfs() -> bool:
    command = ["unshare", "--map-root-user", "--mount", "--", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(shutil.which("unshare")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not has_tmpfs(), reason="needs Linux with user namespaces")
def test_a_full_disk_ends_files_not_the_run_and_leaves_no_halves(tmp_path: Path) -> None:
    articles(tmp_path / "in", 12)
    out = tmp_path / "out"
    out.mkdir()
    script = (
        f"mount -t tmpfs -o size=160k none {out} && {sys.executable} -m translator in --to en --from de -o out "
        f"--memory {tmp_path / 'memory.sqlite'}; code=$?; ls -A {out}; "
        f"for f in {out}/*.docx; do {sys.executable} -m zipfile -t $f > /dev/null || echo damaged $f; done; exit $code"
    )
    command = ["unshare", "--map-root-user", "--mount", "--", "sh", "-c", script]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    files = found.stdout.split()
    assert found.returncode == ExitCode.partial, found.stderr
    assert "Traceback" not in found.stderr
    assert "No space left on device" in found.stderr
    assert [f for f in files if f.endswith(".part")] == []
    assert "damaged" not in files
    assert any(f.endswith(".docx") for f in files)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(OutputError, match="Permission denied"), replacing(tmp_path / "out" / "a.docx"):
        pass


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    articles(tmp_path / "in", 2)
    (tmp_path / "out").write_text("", "utf-8")
    command = [sys.executable, "-m", "translator", "in", "--to", "en", "--from", "de", "-o", "out", "--no-memory"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert found.returncode == ExitCode.output
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_kill_and_a_closed_terminal_are_like_ctrl_c(tmp_path: Path, number: signal.Signals) -> None:
    articles(tmp_path / "in", 150, 4)
    command = [sys.executable, "-m", "translator", "in", "--to", "en", "--from", "de", "-o", "out", "--no-memory"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not list((tmp_path / "out").glob("*.docx")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    _, err = process.communicate(timeout=120)
    assert process.returncode == ExitCode.interrupted
    assert "Interrupted. Finished handouts are kept" in err
    assert list((tmp_path / "out").glob(".*.part")) == []


def test_temporary_files_of_dead_processes_are_removed_and_of_living_ones_kept(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    with replacing(tmp_path / "sub" / "mine.docx") as mine:
        mine.write_text("half", "utf-8")
        theirs = mine.with_name(mine.name.replace(f".{os.getpid()}@", f".{ended.pid}@"))
        theirs.write_text("half", "utf-8")
        other_computer = mine.with_name(f".{ended.pid}@0-x.part")
        other_computer.write_text("half", "utf-8")
        foreign = mine.with_name(".download.part")
        foreign.write_text("half", "utf-8")
        remove_abandoned(tmp_path)
        assert [p.exists() for p in (mine, theirs, other_computer, foreign)] == [True, False, True, True]


class Future:
    """The answer of a model, or what it raises."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def result(self) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Cramped:
    """A model that has memory for so many sentences at a time."""

    def __init__(self, room: int, error: Exception) -> None:
        self.room, self.error, self.sizes = room, error, list[int]()

    def translate_batch(self, batch: list[list[str]], **options: object) -> list[Future]:
        self.sizes.append(len(batch))
        if len(batch) > self.room:
            return [Future(self.error)] * len(batch)
        return [Future(SimpleNamespace(hypotheses=[pieces], scores=[-0.1], attention=None)) for pieces in batch]


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("std::bad_alloc"), RuntimeError("CUDA out of memory")])
def test_a_batch_too_large_for_the_memory_is_halved(error: Exception) -> None:
    engine = PackageEngine(read_package(BUILTIN_FOLDER / "translate-de_en", "built-in"), threads=1)
    engine._model = model = Cramped(2, error)
    texts = [f"Satz {i}." for i in range(7)]
    assert [h[0].text for h in engine.translate(texts, Decoding())] == texts
    assert max(model.sizes) == 7
    engine._model = Cramped(0, error)
    with pytest.raises(ModelError, match="the model failed"):
        engine.translate(texts, Decoding())
