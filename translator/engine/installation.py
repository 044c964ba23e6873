"""Installing, removing and verifying packages in Argos's own folder, where argospm and LibreTranslate see them, too.

Argos's index gives no checksums. What is recorded at installation is compared later: a package that changed on the disk
is found, one that was bad from the start is found by loading it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from translator.engine.package_file import root_of, sha256, unpack
from translator.engine.packages import Package, all_packages, installed_folders, read_package
from translator.errors import ModelError

RECORD = "translator.json"
"""In a package's folder: SHA-256 of the file it came from and of every file in it."""


def install(file: Path, folder: Path | None = None) -> Package:
    """Installs a package file into the first of Argos's folders, in place of one with the same name.

    Raises:
        ModelError: it is no package, does not work, or there is no room.
    """
    folder = folder or installed_folders()[0]
    name = root_of(file)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".installing-", dir=folder) as scratch:
            new = Path(scratch) / name
            unpack(file, new)
            if problem := fault(read_package(new, "installed")):
                raise ModelError(f"{file}: not installed: {problem}")
            record = {"file": file.name, "sha256": sha256(file), "files": _sums(new)}
            (new / RECORD).write_text(json.dumps(record, indent=1), "utf-8")
            place = folder / name
            if place.exists():
                place.rename(Path(scratch) / "old")
            new.rename(place)
    except OSError as error:
        raise ModelError(f"{folder}: the package cannot be installed ({error.strerror or error})") from error
    return read_package(place, "installed")


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
        aside = Path(tempfile.mkdtemp(prefix=".removing-", dir=package.path.parent))
        package.path.rename(aside / package.path.name)
        shutil.rmtree(aside)
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
    except (OSError, ValueError, KeyError, TypeError):
        return RECORD
    now = _sums(folder)
    return next((name for name in sorted({*recorded, *now}) if recorded.get(name) != now.get(name)), None)
