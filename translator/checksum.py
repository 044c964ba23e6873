"""The checksum by which files are known again: models, inputs, outputs."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256(file: Path) -> str:
    """SHA-256 of a file in hex, read in blocks; Python 3.10 has no hashlib.file_digest.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(2**20):
            digest.update(block)
    return digest.hexdigest()
