"""Bytes to text: UTF-8 with or without BOM, UTF-16, Windows-1252.

Three encodings in a fixed order rather than a statistical guess: the same file must decode the same way every day, and
German text in Windows-1252 is almost never valid UTF-8, so trying UTF-8 first decides correctly.
"""

from __future__ import annotations

import codecs
import re
import stat
from pathlib import Path

from translator import limits
from translator.errors import InputError

# Control characters that occur in no text file; NUL is handled with UTF-16 first.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x19\x1c-\x1f]")
_NO_TEXTS = (
    (b"%PDF-", "a PDF file", "let its name end in .pdf"),
    (b"{\\rtf", "an RTF file", "open it in Word or LibreOffice and save it as .docx"),
)


def read_text(path: Path) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Raises:
        InputError: the file is unreadable, too large, empty, or no text.
    """
    return decode(read_bytes(path), path)


def require_file(path: Path) -> None:
    """Nothing where the path is a regular file or a link to one; a pipe or a device would keep its reader waiting.

    Raises:
        InputError: it is anything else, or cannot be looked at.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # a folder names itself when it is opened
        raise InputError(f"{path}: no file but a pipe, a socket or a device; it was not opened")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of text.

    Raises:
        InputError: it is unreadable, larger than text_bytes, empty, or PDF or RTF.
    """
    require_file(path)
    try:
        limits.check("text_bytes", path.stat().st_size)
        data = path.read_bytes()
    except limits.LimitExceeded as error:
        raise InputError(f"{path}: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    if not data.strip(b"\0 \t\r\n\f"):
        raise InputError(f"{path}: the file is empty")
    for beginning, name, what_to_do in _NO_TEXTS:  # letters, but not those of an article
        if data.startswith(beginning):
            raise InputError(f"{path}: this is {name} although it is not named like one; {what_to_do}")
    return data


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """Text and encoding of the bytes; line ends become `\\n`.

    Raises:
        InputError: the bytes are no text in any of the three encodings, or have too many lines.
    """
    text, encoding = _decode(data, path)
    if not text.strip():
        raise InputError(f"{path}: the file is empty")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        limits.check("text_lines", text.count("\n"))
    except limits.LimitExceeded as error:
        raise InputError(f"{path}: {error}") from error
    return text, encoding


def _decode(data: bytes, path: Path) -> tuple[str, str]:
    broken = f"{path}: this is no text file (its bytes are neither UTF-8, UTF-16 nor Windows-1252)"
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), "utf-16"
        if data.startswith(codecs.BOM_UTF8):
            return data.decode("utf-8-sig"), "utf-8-sig"
        if wide := _utf16_without_bom(data):
            return data.decode(wide), wide
    except UnicodeDecodeError as error:
        raise InputError(broken) from error
    if _BINARY.search(data):
        raise InputError(broken)
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise InputError(broken)


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 that lost its BOM: European text has a zero in every other byte."""
    sample = data[:4000]
    if len(sample) < 4 or 0 not in sample:
        return None
    even, odd = sample[0::2], sample[1::2]
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high.count(0) > 0.7 * len(high) and low.count(0) < 0.05 * len(low):
            return encoding
    return None
