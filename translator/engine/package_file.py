"""Unpacking .argosmodel files: a package is data from the net and is refused when it is anything else."""

from __future__ import annotations

import re
import shutil
import stat
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from translator import limits
from translator.checksum import sha256
from translator.errors import ModelError
from translator.zip_damage import ZIP_DAMAGE

_SMALL = 2**14
"""Bytes of a packed package that count at the least: small ones compress well."""
ROOM = 50 * 2**20
"""Bytes that must stay free on the disk."""
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,99}")


def unpacked(file: Path) -> Path:
    """Folder with the contents of an .argosmodel file, unpacked once into the user's cache under its SHA-256.

    Raises:
        ModelError: it is no package or could not be unpacked.
    """
    from argostranslate import settings

    try:
        digest = sha256(file)
    except OSError as error:
        raise ModelError(f"{file}: cannot be read ({error.strerror or error})") from error
    cache = Path(settings.cache_dir) / "translator" / digest
    if not cache.is_dir():
        unpack(file, cache)
    return cache


def require_room(folder: Path, size: int) -> None:
    """Nothing where so many bytes more fit on the folder's disk.

    Raises:
        ModelError: they do not.
    """
    free = shutil.disk_usage(folder).free
    if size > free - ROOM:
        raise ModelError(f"{folder}: no room for {size / 2**20:.0f} MB ({free / 2**20:.0f} MB are free)")


def root_of(file: Path) -> str:
    """Name of the one folder in a package file.

    Raises:
        ModelError: it is no package, or an unsafe one.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _check(file, archive)
    except ZIP_DAMAGE as error:
        raise ModelError(f"{file}: no Argos package (.argosmodel is a zip archive): {error}") from error
    except OSError as error:
        raise ModelError(f"{file}: cannot be read ({error.strerror or error})") from error


def unpack(file: Path, destination: Path) -> None:
    """Unpacks the package's one folder to `destination`, beside it first and renamed when complete.

    Raises:
        ModelError: no zip, an unsafe path, a link, a bomb, no package inside, or no room.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            root = _check(file, archive)
            destination.parent.mkdir(parents=True, exist_ok=True)
            require_room(destination.parent, sum(info.file_size for info in archive.infolist()))
            beside = Path(tempfile.mkdtemp(prefix=f".{destination.name[:20]}-", dir=destination.parent))
            try:
                archive.extractall(beside)
                (beside / root).replace(destination)
            except OSError:
                if not destination.is_dir():  # another run may have been first
                    raise
            finally:
                shutil.rmtree(beside, ignore_errors=True)
    except ZIP_DAMAGE as error:
        raise ModelError(f"{file}: no Argos package (.argosmodel is a zip archive): {error}") from error
    except OSError as error:
        raise ModelError(f"{file}: cannot be unpacked to {destination} ({error.strerror or error})") from error


def _check(file: Path, archive: zipfile.ZipFile) -> str:
    """Name of the package's root folder, after every entry was found to be harmless."""
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    try:
        limits.check("package_files", len(infos))
        limits.check("package_bytes", size)
        limits.check("package_ratio", size // max(packed, _SMALL))
    except limits.LimitExceeded as error:
        raise ModelError(f"{file}: refused, {error}") from error
    roots = set()
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in info.filename or not path.parts:
            raise ModelError(f"{file}: refused, it contains the path {info.filename!r}")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise ModelError(f"{file}: refused, it contains a link ({info.filename!r})")
        roots.add(path.parts[0])
    if len(roots) != 1 or f"{next(iter(roots))}/metadata.json" not in archive.namelist():
        raise ModelError(f"{file}: no Argos package: metadata.json is missing")
    (root,) = roots
    if not _FOLDER.fullmatch(root):
        raise ModelError(f"{file}: refused, its folder is named {root[:100]!r}")
    return root
