"""Installing, removing and verifying packages in Argos's own folder, where argospm and LibreTranslate see them, too.

Argos's index gives no checksums. What is recorded at installation is compared later: a package that changed on the disk
is found, one that was bad from the start is found by loading it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from pathlib import Path

from translator.checksum import sha256
from translator.engine.package_file import root_of, unpack
from translator.engine.packages import Package, all_packages, installed_folders, read_package
from translator.errors import ModelError
from translator.interrupts import finishing

RECORD = "translator.json"
"""In a package's folder: SHA-256 of the file it came from and of every file in it."""
_SCRATCH = ".translator-packages-"


def install(file: Path, folder: Path | None = None) -> Package:
    """Installs a package file into the first of Argos's folders, in place of one with the same name.

    Raises:
        ModelError: it is no package, does not work, or there is no room.
    """
    folder = folder or installed_folders()[0]
    name = root_of(file)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _scratch(folder) as scratch:
            new, place = Path(scratch) / "new", folder / name
            unpack(file, new)
            (new / RECORD).unlink(missing_ok=True)  # a record that came with the package vouches for nothing
            _require_working(file, new, place)
            record = {"file": file.name, "sha256": sha256(file), "files": _sums(new)}
            (new / RECORD).write_text(json.dumps(record, indent=1), "utf-8")
            _exchange(new, place, Path(scratch) / "old")
    except OSError as error:
        raise ModelError(f"{folder}: the package cannot be installed ({error.strerror or error})") from error
    return read_package(place, "installed")


def _scratch(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder on the disk of the packages but not among them: argospm fails where one of its folders is no package.

    What killed runs left there is removed after a day; a younger one may be another run's.
    """
    real = folder.resolve()
    above = real.parent
    beside = above if os.access(above, os.W_OK) and above.stat().st_dev == real.stat().st_dev else real
    for left in beside.glob(f"{_SCRATCH}*"):
        if time.time() - left.stat().st_mtime > 24 * 3600:
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=beside)


def _require_working(file: Path, new: Path, place: Path) -> None:
    """Nothing for a package that works and may take its place."""
    try:
        package = read_package(new, "installed")
        problem = fault(package)
    except ModelError as error:
        problem = str(error)
    if problem:
        raise ModelError(f"{file}: not installed: {problem.removeprefix(f'{new}: ')}")
    try:
        there = read_package(place, "installed")
    except ModelError:  # nothing, or something broken that may be replaced
        return
    if (there.source, there.target) != (package.source, package.target):
        raise ModelError(f"{file}: refused, it would take the place of {there.name}")


def _exchange(new: Path, place: Path, aside: Path) -> None:
    """Puts a folder into its place; what was there goes aside, or back where the new one cannot come in."""
    with finishing():
        if place.exists():
            place.rename(aside)
        try:
            new.rename(place)
        except BaseException:
            if aside.exists():
                aside.rename(place)
            raise


def remove(name: str) -> Package:
    """Removes an installed package, by the name that `models list` shows.

    Raises:
        ModelError: there is none, it is the built-in one, or it cannot be removed.
    """
    fitting = [p for p in all_packages() if p.name == name]
    if not fitting:
        raise ModelError(f"{name}: no such package; see: translate models list")
    package = fitting[0]
    if package.origin == "built-in":
        raise ModelError(f"{name} is built in and cannot be removed")
    try:
        with _scratch(package.path.parent) as aside:
            package.path.rename(Path(aside) / "old")
    except OSError as error:
        raise ModelError(f"{package.path}: cannot be removed ({error.strerror or error})") from error
    return package


def fault(package: Package) -> str | None:
    """What is wrong with a package: changed files, a model that does not load or says nothing; None for a good one."""
    from translator.engine.ct2 import PackageEngine
    from translator.engine.hypotheses import Decoding

    if changed := _changed(package.path):
        return f"{changed} is not as it was installed; install it again"
    try:
        found = PackageEngine(package, threads=1).translate(["1 2 3."], Decoding(beam=1))
    except ModelError as error:
        return str(error)
    return None if found[0][0].text.strip() else "the model answers with nothing"


def broken_folders() -> list[tuple[Path, str]]:
    """Folders among the installed packages that are none, and why."""
    found = []
    for folder in installed_folders():
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            if path.is_dir() and not path.name.startswith("."):
                try:
                    read_package(path, "installed")
                except ModelError as error:
                    found.append((path, str(error)))
    return found


def _sums(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != RECORD)
    return {p.relative_to(folder).as_posix(): sha256(p) for p in files}


def _changed(folder: Path) -> str | None:
    """The first file that is not as it was recorded; None where all are, or nothing was recorded (argospm's packages)."""
    try:
        recorded = json.loads((folder / RECORD).read_text("utf-8"))["files"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return RECORD
    if not isinstance(recorded, dict):
        return RECORD
    now = _sums(folder)
    return next((name for name in sorted({*recorded, *now}) if recorded.get(name) != now.get(name)), None)
