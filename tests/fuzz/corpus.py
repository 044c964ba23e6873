"""The files that fuzzing begins with, and those that once were a finding."""

from __future__ import annotations

from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
FINDINGS = Path(__file__).parent / "findings"


def samples(name: str) -> list[bytes]:
    """Good files of a format, in the order of their names."""
    return [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]


def findings(name: str) -> list[Path]:
    """Files that once led to a fault."""
    folder = FINDINGS / name
    return sorted(p for p in folder.iterdir() if not p.name.startswith(".")) if folder.is_dir() else []
