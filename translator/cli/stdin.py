"""`translate -`: a document from standard input, of whatever format its first bytes show."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_ZIP = {b"mimetypeapplication/epub+zip": ".epub", b"mimetypeapplication/vnd.oasis": ".odt"}


@contextmanager
def standard_input(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """The paths with `-` replaced by a file that holds what was read from standard input, while the block lasts."""
    if Path("-") not in paths:
        yield tuple(paths)
        return
    data = sys.stdin.buffer.read()
    with tempfile.TemporaryDirectory(prefix="translate-") as folder:
        file = Path(folder) / f"stdin{suffix_of(data)}"
        file.write_bytes(data)
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
