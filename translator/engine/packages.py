"""Argos packages: those that argospm or LibreTranslate installed, the built-in one, and files given with --model."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from translator.engine.package_file import unpacked
from translator.errors import ModelError
from translator.language.names import english_name

BUILTIN_FOLDER = Path(__file__).parent / "builtin"

PIVOT = "en"
"""Argos has nearly every pair with English and hardly any other."""

_PIECES, _PIECE = 64, 2**14
"""How much of a model its fingerprint is taken of: number of pieces, and bytes of one."""


@dataclass(frozen=True)
class Package:
    """A translation package on disk.

    Attributes:
        path: folder with metadata.json, model/ and a tokenizer.
        source, target: ISO 639-1 codes.
        version: as its metadata says.
        origin: "built-in", "installed" or "file".
        inline_terms: whether the model was trained with term marks (`"terminology": "inline"` in the metadata).
    """

    path: Path
    source: str
    target: str
    version: str
    origin: str
    inline_terms: bool = False

    @property
    def name(self) -> str:
        """`de_en-1.0`, as it stands in signatures and lists."""
        return f"{self.source}_{self.target}-{self.version}"

    @cached_property
    def fingerprint(self) -> str:
        """8 hex digits over weights and vocabulary map, so that a retrained package of the same version is told apart.

        Of the sizes and 64 pieces of each: training changes every weight, and reading a large model whole would take longer
        than all the rest of a run without changes.
        """
        digest = hashlib.blake2b(digest_size=4)
        for path in (self.path / "model" / "model.bin", *([self.vocabulary_map] if self.vocabulary_map else [])):
            with path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                digest.update(size.to_bytes(8, "big"))
                for place in range(0, size, max(size // _PIECES, _PIECE)):
                    file.seek(place)
                    digest.update(file.read(_PIECE))
        return digest.hexdigest()

    @property
    def vocabulary_map(self) -> Path | None:
        """The file by which CTranslate2 leaves out most of the output layer, if the package has one."""
        path = self.path / "model" / "vmap.txt"
        return path if path.is_file() else None

    @cached_property
    def argos(self) -> Any:
        """Argostranslate's own view of the folder; gives the tokenizer.

        Raises:
            ModelError: the folder is no working package.
        """
        from argostranslate.package import Package as ArgosPackage

        try:
            package = ArgosPackage(self.path)
        except Exception as error:  # argostranslate lets anything through: OSError, JSON and attribute errors
            raise ModelError(f"{self.path}: this is no working Argos package ({error})") from error
        if not hasattr(package, "tokenizer"):
            raise ModelError(f"{self.path}: the package has no tokenizer (sentencepiece.model or bpe.model)")
        return package

    @property
    def readme(self) -> str:
        """What the package says about itself, or an empty string."""
        file = self.path / "README.md"
        return file.read_text(encoding="utf-8", errors="replace").strip() if file.is_file() else ""


def is_code(text: str) -> bool:
    """Whether it may be a language's code: it is printed, and becomes part of file names."""
    return re.fullmatch(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*", text) is not None


def is_version(text: str) -> bool:
    """Whether it may be a package's version, likewise."""
    return re.fullmatch(r"\w[\w.+-]{0,39}", text) is not None


def read_package(folder: Path, origin: str) -> Package:
    """The package in a folder.

    Raises:
        ModelError: no metadata.json, one that makes no sense, or no model.
    """
    try:
        meta = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        source, target = str(meta["from_code"]), str(meta["to_code"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(f"{folder}: this is no Argos translation package (metadata.json: {error})") from error
    version = str(meta.get("package_version") or "?")
    if not (is_code(source) and is_code(target) and (is_version(version) or version == "?")):
        found = ", ".join(repr(text[:40]) for text in (source, target, version))
        raise ModelError(f"{folder}: no language code or version in metadata.json ({found})")
    if not (folder / "model" / "model.bin").is_file():
        raise ModelError(f"{folder}: the package has no model (model/model.bin)")
    return Package(folder, source, target, version, origin, meta.get("terminology") == "inline")


def installed_folders() -> list[Path]:
    """The folders in which argostranslate keeps its packages."""
    from argostranslate import settings

    return [Path(folder) for folder in settings.package_dirs]


def find_packages(folders: Sequence[Path], origin: str) -> list[Package]:
    """All working packages in the folders, by name; a broken one is passed over (`models verify` says why)."""
    packages = []
    for folder in folders:
        try:
            paths = sorted(folder.iterdir()) if folder.is_dir() else []
        except OSError:
            continue
        for path in paths:
            try:
                if (path / "metadata.json").is_file():
                    packages.append(read_package(path, origin))
            except (ModelError, OSError):
                continue
    return packages


def all_packages() -> list[Package]:
    """Installed packages first, then the built-in one: the order in which they are chosen."""
    return find_packages(installed_folders(), "installed") + find_packages([BUILTIN_FOLDER], "built-in")


def open_model(model: str) -> Package:
    """The package `--model` names: a folder, an .argosmodel file, or the name that `translate models list` prints.

    Raises:
        ModelError: there is no such package, or it is broken.
    """
    path = Path(model)
    if path.is_dir():
        return read_package(path, "file")
    if path.is_file():
        return read_package(unpacked(path), "file")
    for package in all_packages():
        if package.name == model:
            return package
    raise ModelError(f"--model {model}: neither a folder, an .argosmodel file nor an installed package; "
                     "see: translate models list")  # fmt: skip


def choose_route(source: str, target: str, model: str | None = None) -> tuple[Package, ...]:
    """The package for a pair, or two that lead through English.

    `--model` wins, then an installed package, then the built-in one; the newest where there are several.

    Raises:
        ModelError: no way from source to target; the message says what to type.
    """
    if model is not None:
        package = open_model(model)
        if (package.source, package.target) != (source, target):
            raise ModelError(
                f"--model {model} translates {package.source} to {package.target}, not {source} to {target}"
            )
        return (package,)
    packages = all_packages()
    if direct := _newest(packages, source, target):
        return (direct,)
    first, second = _newest(packages, source, PIVOT), _newest(packages, PIVOT, target)
    if first and second:
        return first, second
    missing = [(source, target)] if PIVOT in (source, target) else [
        pair for pair, found in (((source, PIVOT), first), ((PIVOT, target), second)) if not found
    ]  # fmt: skip
    commands = " && ".join(f"translate models install {a} {b}" for a, b in missing)
    raise ModelError(f"no model from {english_name(source)} to {english_name(target)}; type: {commands}")


def _newest(packages: Sequence[Package], source: str, target: str) -> Package | None:
    fitting = [p for p in packages if (p.source, p.target) == (source, target)]
    installed = [p for p in fitting if p.origin != "built-in"] or fitting
    return max(installed, key=lambda p: version_key(p.version), default=None)


def version_key(version: str) -> tuple[int, ...]:
    """Orders versions: 1.10 is newer than 1.9."""
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))
