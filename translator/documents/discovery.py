"""Files and folders given by the user to a list of files, in an order that is the same on every machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from translator.documents import READERS, InputFile, supported
from translator.errors import InputError

_LONGEST = 180
"""Bytes of a name without its ending; `.de-en.worksheet.answers.docx` and the like are still to come."""
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def discover(
    paths: Sequence[Path], *, recursive: bool = True, skip: Path | None = None, pattern: str | None = None
) -> tuple[list[InputFile], list[InputError]]:
    """All readable files of the paths, each once, and what is wrong with paths that give none.

    Folders are walked in the order of their names, files before sub-folders. Hidden files, Word's lock files (`~$…`)
    and the output folder `skip` are passed over, as are files in folders whose name does not match `pattern`. A file
    that was named itself is kept whatever its ending: reading it says what is wrong. A link in a folder that leads out of
    it is an error: whoever packed the folder may have meant another file of this computer.
    """
    files, errors, seen, places = [], [], set[str](), _Places()
    for path in paths:
        found = False
        if path.is_dir():
            candidates = _walk(path, recursive, skip, pattern)
            root = path
        elif path.exists():
            candidates, root = iter([path]), path.parent
        else:
            errors.append(InputError(f"{path}: no such file or folder"))
            continue
        try:
            for file in candidates:
                found = True
                place = places.of(file)
                if root is path and not place.startswith(os.path.join(places.folder(path), "")):  # noqa: PTH118
                    errors.append(InputError(f"{file}: a link out of the folder; name it itself to have it read"))
                    continue
                if place not in seen:
                    seen.add(place)
                    files.append(InputFile(file, _name(file.relative_to(root)), root))
        except InputError as error:
            errors.append(error)
            continue
        if not found:
            errors.append(InputError(f"{path}: no documents in this folder; {supported()}"))
    return files, errors


def _walk(folder: Path, recursive: bool, skip: Path | None, pattern: str | None) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda e: (_is_folder(e), e.name))
    except OSError as error:
        raise InputError(f"{folder}: cannot be read ({error.strerror or error})") from error
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith((".", "~$")):
            continue
        if _is_folder(entry):
            if recursive and (skip is None or os.path.realpath(path) != os.path.realpath(skip)):
                yield from _walk(path, recursive, skip, pattern)
        elif path.suffix.lower() in READERS and (pattern is None or fnmatch(entry.name, pattern)):
            yield path


def _name(path: Path) -> str:
    """What the outputs of a file are named after: any file system, terminal or XML file can hold it.

    Names from old archives are no UTF-8 but Windows-1252; a name has at most 255 bytes, and ours are longer than theirs.
    """
    parts = []
    for part in path.parts:
        raw = os.fsencode(part)
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
        stem, dot, suffix = text.rpartition(".") if part is path.parts[-1] else (text, "", "")
        while len(stem.encode()) > _LONGEST:
            stem = stem[:-1]
        parts.append(_UNSAFE.sub("_", f"{stem}{dot}{suffix}"))
    return "/".join(parts)


class _Places:
    """Where files are without links. os.path's answer, for pathlib's fails on circular links."""

    def __init__(self) -> None:
        self._folders: dict[Path, str] = {}

    def of(self, file: Path) -> str:
        """The place of a file; only what is a link is followed, for that looks at every folder above it."""
        return os.path.realpath(file) if file.is_symlink() else f"{self.folder(file.parent)}{os.sep}{file.name}"

    def folder(self, folder: Path) -> str:
        """The place of a folder."""
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        return self._folders[folder]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder itself; links to folders are not followed, and a circular link is no folder."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
