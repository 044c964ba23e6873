"""A run with a fake engine in a process of its own that may take a gigabyte, as a promise of the package."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MOST = 2**30
"""Bytes of memory the process may ask for."""

_PROGRAM = """
import json, resource, sys
from pathlib import Path

import docx, lxml.html, numpy, odfdo, pypdf  # the libraries themselves are not what a file costs

from conftest import FakeEngine
from translator.engine.packages import Package
from translator.options import Options
from translator.pipeline import run

resource.setrlimit(resource.RLIMIT_DATA, (MOST, MOST))
folder, output, package, formats = sys.argv[1:]
route = Package(Path(package), "de", "en", "1.0", "installed")
options = Options(paths=(Path(folder),), targets=("en",), source="de", glossaries=(), output=Path(output), memory=None,
                  formats=tuple(formats.split(",")))
report = run(options, load=lambda route, threads: FakeEngine(), choose=lambda source, target, model: (route,))
files = {f.name: (f.status.value, f.message) for f in report.files}
print(json.dumps({"files": files, "code": report.exit_code, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""


@dataclass(frozen=True)
class Found:
    """What became of a folder.

    Attributes:
        files: status and message by name.
        code: exit code of the run.
        peak: kilobytes of memory that the process had at its largest.
    """

    files: dict[str, tuple[str, str]]
    code: int
    peak: int


def translated(folder: Path, output: Path, seconds: int = 300, formats: str = "docx") -> Found:
    """Translates all files of a folder; fails where that takes more than a gigabyte or does not end."""
    package = output.parent / "package"
    (package / "model").mkdir(parents=True, exist_ok=True)
    (package / "model" / "model.bin").write_bytes(b"weights")
    command = [
        sys.executable,
        "-c",
        _PROGRAM.replace("MOST", str(MOST)),
        str(folder),
        str(output),
        str(package),
        formats,
    ]
    done = subprocess.run(
        command, cwd=Path(__file__).parent, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    return Found(
        {name: (status, message) for name, (status, message) in found["files"].items()}, found["code"], found["peak"]
    )
