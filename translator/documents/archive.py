"""Guards for documents that are zip archives (DOCX, ODT, EPUB, XLSX): all is checked before anything is unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from translator import limits
from translator.documents.encoding import require_file
from translator.errors import InputError
from translator.zip_damage import ZIP_DAMAGE

_SMALL = 2**20
"""Bytes unpacked up to which the ratio does not matter."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLOCK = 2**20


def check_archive(path: Path, kind: str) -> None:
    """Refuses what is no readable archive of a sane size.

    Raises:
        InputError: unreadable, empty, password-protected, no zip, a zip bomb, or XML that would fill the memory.
    """
    require_file(path)
    try:
        with path.open("rb") as file:
            start = file.read(8)
        if not start:
            raise InputError(f"{path}: the file is empty")
        if start == _OLE:
            raise InputError(
                f"{path}: password-protected or in the format of Office before 2007; "
                f"open it, remove the password and save it as {path.suffix}"
            )
        limits.check("archive_bytes", path.stat().st_size)  # a list of files alone may be larger than the memory
        with zipfile.ZipFile(path) as archive:
            _check(archive, path)
    except limits.LimitExceeded as error:
        raise InputError(f"{path}: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except ZIP_DAMAGE as error:
        # One changed byte: "zip file version 10.5".
        raise InputError(f"{path}: damaged, or no {kind} file although it is named like one") from error


def _check(archive: zipfile.ZipFile, path: Path) -> None:
    infos = archive.infolist()
    if any(info.flag_bits & 1 for info in infos):
        raise InputError(f"{path}: password-protected; remove the password and try again")
    limits.check("archive_files", len(infos))
    size, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    limits.check("archive_bytes", size)
    if size > _SMALL:
        limits.check("archive_ratio", size // max(packed, 1))
    if size > limits.current().xml_nodes:
        _check_nodes(archive, infos)


def _check_nodes(archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo]) -> None:
    """Counts elements and attributes of all files together: the names of the files that are XML stand in other files."""
    nodes = 0
    for info in infos:
        with archive.open(info) as part:
            block = part.read(_BLOCK)
            if limits.hides_marks(block):
                nodes += info.file_size
            while block:
                nodes += limits.xml_nodes(block)
                limits.check("xml_nodes", nodes)
                block = part.read(_BLOCK)
