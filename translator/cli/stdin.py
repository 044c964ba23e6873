"""`translate -`: a document from standard input, of whatever format its first bytes show."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from translator import limits

_BLOCK = 2**20
_LIMITS = {".pdf": "pdf_bytes", ".docx": "archive_bytes", ".odt": "archive_bytes", ".epub": "archive_bytes"}
"""The limit of a file by its ending, where it is no text."""
_ZIP = {b"mimetypeapplication/epub+zip": ".epub", b"mimetypeapplication/vnd.oasis": ".odt"}


@contextmanager
def standard_input(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """The paths with `-` replaced by a file that holds what was read from standard input, while the block lasts."""
    if Path("-") not in paths:
        yield tuple(paths)
        return
    given = sys.stdin.buffer
    block = given.read(_BLOCK)
    suffix = suffix_of(block)
    # What is more than a file may have is not waited for: such a file is refused by its reader.
    left = getattr(limits.current(), _LIMITS.get(suffix, "text_bytes")) + 1
    with tempfile.TemporaryDirectory(prefix="translate-") as folder:
        file = Path(folder) / f"stdin{suffix}"
        with file.open("wb") as copy:
            while block and left > 0:
                copy.write(block[:left])
                left -= len(block)
                block = given.read(_BLOCK)
        yield tuple(file if path == Path("-") else path for path in paths)


def suffix_of(data: bytes) -> str:
    """The ending a file with these bytes would have; `.txt` for everything that shows nothing else."""
    start = data[:400]
    if start.startswith(b"PK\x03\x04"):
        return next((suffix for mark, suffix in _ZIP.items() if mark in start), ".docx")
    if start.startswith(b"%PDF"):
        return ".pdf"
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return ".html"
    if head.startswith(b"webvtt"):
        return ".vtt"
    return ".md" if head.startswith((b"# ", b"---\n")) else ".txt"
