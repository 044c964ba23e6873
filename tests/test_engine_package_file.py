"""Packages as files from the net: unpacked when they are packages, refused without a trace when they are not."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from translator.checksum import sha256
from translator.engine import package_file
from translator.engine.package_file import unpack, unpacked
from translator.errors import ExitCode, ModelError

Write = Callable[[str, str | bytes], Path]

GOOD = {"de_en/metadata.json": b"{}", "de_en/model/model.bin": b"weights", "de_en/README.md": b"read me"}


def zipped(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo("x")
            info.filename = name  # past ZipInfo's own clean-up: an attacker's program has none
            info.compress_type = compression
            archive.writestr(info, content)
    return stream.getvalue()


def with_link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in GOOD.items():
            archive.writestr(name, content)
        link = zipfile.ZipInfo("de_en/link")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def with_damage(method: int = zipfile.ZIP_DEFLATED, behind: int = 0) -> bytes:
    """The compressed bytes of one file are others than were written."""
    content = bytes(range(256)) * 8
    data = bytearray(zipped(GOOD | {"de_en/vocabulary": content}, method))
    at = data.index(b"de_en/vocabulary") + len("de_en/vocabulary") + behind
    for i in range(at, at + 40):
        data[i] ^= 0xFF
    return bytes(data)


def with_wrong_checksum() -> bytes:
    data = bytearray(zipped(GOOD, zipfile.ZIP_STORED))
    at = data.index(b"weights")
    data[at] ^= 1
    return bytes(data)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from argostranslate import settings

    monkeypatch.setattr(settings, "cache_dir", tmp_path / "cache")
    return tmp_path / "cache" / "translator"


def left(cache: Path) -> list[str]:
    """Everything in the cache."""
    return sorted(str(p.relative_to(cache)) for p in cache.rglob("*")) if cache.is_dir() else []


def test_good_package(write: Write, cache: Path) -> None:
    file = write("de_en.argosmodel", zipped(GOOD))
    folder = unpacked(file)
    assert folder == cache / hashlib.sha256(file.read_bytes()).hexdigest()
    assert {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()} == {
        "metadata.json": b"{}", "model/model.bin": b"weights", "README.md": b"read me",
    }  # fmt: skip
    assert [p.name for p in cache.iterdir()] == [folder.name]


def test_second_call_uses_the_cache(write: Write, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write("a.argosmodel", zipped(GOOD))
    folder = unpacked(file)
    (folder / "mark").write_text("here", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise AssertionError("unpacked again")

    monkeypatch.setattr(package_file, "unpack", refuse)
    assert unpacked(file) == folder
    assert unpacked(write("copy.argosmodel", file.read_bytes())) == folder
    assert (folder / "mark").exists()


def test_changed_file_is_unpacked_anew(write: Write, cache: Path) -> None:
    first = unpacked(write("a.argosmodel", zipped(GOOD)))
    second = unpacked(write("a.argosmodel", zipped(GOOD | {"de_en/model/model.bin": b"others"})))
    assert first != second
    assert (first / "model" / "model.bin").read_bytes() == b"weights"
    assert (second / "model" / "model.bin").read_bytes() == b"others"


def test_unpack_where_another_run_was_first(write: Write, cache: Path) -> None:
    file, destination = write("a.argosmodel", zipped(GOOD)), cache / "there"
    destination.mkdir(parents=True)
    (destination / "metadata.json").write_text("first", encoding="utf-8")
    unpack(file, destination)
    assert left(cache) == ["there", "there/metadata.json"]
    assert (destination / "metadata.json").read_text(encoding="utf-8") == "first"


REFUSED = {
    "no zip": (b"this is no archive", "no Argos package (.argosmodel is a zip archive)"),
    "empty": (b"", "no Argos package (.argosmodel is a zip archive)"),
    "cut off": (zipped(GOOD)[:-30], "no Argos package (.argosmodel is a zip archive)"),
    "absolute": (zipped(GOOD | {"/etc/passwd": b"x"}), "refused, it contains the path '/etc/passwd'"),
    "parent": (zipped(GOOD | {"de_en/../../x": b"x"}), "refused, it contains the path 'de_en/../../x'"),
    "parent first": (zipped({"../metadata.json": b"x"}), "refused, it contains the path '../metadata.json'"),
    "backslashes": (zipped(GOOD | {"de_en\\..\\..\\x": b"x"}), "refused, it contains the path"),
    "absolute backslash": (zipped(GOOD | {"\\windows\\x": b"x"}), "refused, it contains the path"),
    "drive letter": (zipped(GOOD | {"C:/x": b"x"}), "refused, it contains the path 'C:/x'"),
    "drive letter inside": (zipped(GOOD | {"de_en/C:x": b"x"}), "refused, it contains the path 'de_en/C:x'"),
    "link": (with_link(), "refused, it contains a link ('de_en/link')"),
    "bomb": (zipped(GOOD | {"de_en/zeros": bytes(20 * 2**20)}), "times the package's size when unpacked are more than the 100 allowed"),
    "many files": (zipped(GOOD | {f"de_en/{n}": b"" for n in range(500)}),
                   "refused, 503 files in a package are more than the 500 allowed"),
    "no metadata": (zipped({"de_en/model/model.bin": b"x"}), "no Argos package: metadata.json is missing"),
    "metadata too deep": (zipped({"a/b/metadata.json": b"x"}), "no Argos package: metadata.json is missing"),
    "no folder": (zipped({"metadata.json": b"x"}), "no Argos package: metadata.json is missing"),
    "two roots": (zipped(GOOD | {"other/x": b"x"}), "no Argos package"),
    "nothing inside": (zipped({}), "no Argos package"),
    "file and folder of one name": (zipped({"de_en/metadata.json/x": b"", "de_en/metadata.json": b""}), ""),
    "damaged": (with_damage(), "no Argos package (.argosmodel is a zip archive)"),
    "damaged LZMA": (with_damage(zipfile.ZIP_LZMA, 20), "no Argos package (.argosmodel is a zip archive)"),
    "damaged bzip2": (with_damage(zipfile.ZIP_BZIP2, 20), "cannot be unpacked"),
    "wrong checksum": (with_wrong_checksum(), "no Argos package (.argosmodel is a zip archive)"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(write: Write, tmp_path: Path, cache: Path, data: bytes, reason: str) -> None:
    file = write("paket.argosmodel", data)
    before = {p for p in tmp_path.rglob("*") if cache.parent not in (p, *p.parents)}
    with pytest.raises(ModelError) as caught:
        unpacked(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert reason in str(caught.value)
    assert caught.value.exit_code is ExitCode.model
    assert "\n" not in str(caught.value)
    assert left(cache) == []
    assert {p for p in tmp_path.rglob("*") if cache.parent not in (p, *p.parents)} == before


def test_a_refused_file_is_refused_again(write: Write, cache: Path) -> None:
    file = write("a.argosmodel", zipped({"de_en/model/model.bin": b"x"}))
    for _ in range(2):
        with pytest.raises(ModelError, match=r"metadata\.json is missing"):
            unpacked(file)


def test_model_weights_that_compress_well_are_no_bomb(write: Write, cache: Path) -> None:
    folder = unpacked(write("a.argosmodel", zipped(GOOD | {"de_en/zeros": bytes(2**20)})))
    assert (folder / "zeros").stat().st_size == 2**20


def test_missing_file(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(ModelError) as caught:
        unpacked(tmp_path / "fehlt.argosmodel")
    assert str(caught.value) == f"{tmp_path / 'fehlt.argosmodel'}: cannot be read (No such file or directory)"
    assert left(cache) == []


def test_no_room(write: Write, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "extractall", full)
    file = write("a.argosmodel", zipped(GOOD))
    with pytest.raises(ModelError, match=r"cannot be unpacked to .* \(No space left on device\)"):
        unpacked(file)
    assert left(cache) == []


def test_cache_that_is_a_file(write: Write, cache: Path) -> None:
    write("cache", "not a folder")
    with pytest.raises(ModelError, match="cannot be unpacked"):
        unpacked(write("a.argosmodel", zipped(GOOD)))


def test_sha256(write: Write) -> None:
    content = b"x" * (2**20 + 5)
    assert sha256(write("big", content)) == hashlib.sha256(content).hexdigest()
