"""Files and folders given by the user to a list of files, in an order that is the same on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from translator.documents import READERS, InputFile, supported
from translator.errors import InputError


def discover(
    paths: Sequence[Path], *, recursive: bool = True, skip: Path | None = None
) -> tuple[list[InputFile], list[InputError]]:
    """All readable files of the paths, each once, and what is wrong with paths that give none.

    Folders are walked in the order of their names, files before sub-folders. Hidden files, Word's lock files (`~$…`)
    and the output folder `skip` are passed over. A file that was named itself is kept whatever its ending: reading it
    says what is wrong.
    """
    files, errors, seen = [], [], set[Path]()
    for path in paths:
        found = False
        if path.is_dir():
            candidates = _walk(path, recursive, skip)
            root = path
        elif path.exists():
            candidates, root = iter([path]), path.parent
        else:
            errors.append(InputError(f"{path}: no such file or folder"))
            continue
        for file in candidates:
            found = True
            if (key := file.resolve()) not in seen:
                seen.add(key)
                files.append(InputFile(file, file.relative_to(root).as_posix(), root))
        if not found:
            errors.append(InputError(f"{path}: no documents in this folder; {supported()}"))
    return files, errors


def _walk(folder: Path, recursive: bool, skip: Path | None) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda e: (e.is_dir(), e.name))
    except OSError:
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith((".", "~$")) or (skip is not None and path.resolve() == skip.resolve()):
            continue
        if entry.is_dir(follow_symlinks=False):
            if recursive:
                yield from _walk(path, recursive, skip)
        elif path.suffix.lower() in READERS:
            yield path
