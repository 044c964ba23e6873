"""Guards for documents that are zip archives (DOCX): size and ratio are checked before anything is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

from translator.errors import InputError

MAX_UNPACKED = 300 * 2**20
"""Bytes a document may unpack to; a picture-heavy thesis stays far below."""
MAX_RATIO = 200
"""Unpacked to packed; XML reaches 30, a zip bomb 1,000."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_archive(path: Path, kind: str) -> None:
    """Refuses what is no readable archive of a sane size.

    Raises:
        InputError: unreadable, empty, password-protected, no zip, or a zip bomb.
    """
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
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:  # one changed byte: "zip file version 10.5"
        raise InputError(f"{path}: damaged, or no {kind} file although it is named like one") from error
    if any(info.flag_bits & 1 for info in infos):
        raise InputError(f"{path}: password-protected; remove the password and try again")
    size, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if size > MAX_UNPACKED or (size > 2**20 and size > MAX_RATIO * max(packed, 1)):
        raise InputError(f"{path}: unpacks to {size / 2**20:.0f} MB from {packed / 2**20:.1f} MB and was not opened")
