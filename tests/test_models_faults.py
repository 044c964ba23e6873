"""What packages, indexes and servers may do wrong to an installation, and what a break in the middle of one leaves."""

from __future__ import annotations

import http.server
import json
import signal
import threading
import time
import zipfile
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from argostranslate import settings

from translator.engine import installation, package_file
from translator.engine.download import download
from translator.engine.index import default_index, parse_index
from translator.engine.installation import RECORD, fault, install
from translator.engine.packages import BUILTIN_FOLDER, read_package
from translator.errors import ModelError


@pytest.fixture(autouse=True)
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of installed packages, empty."""
    folder = tmp_path / "packages"
    monkeypatch.setattr(settings, "package_dirs", [folder])
    return folder


def package(tmp_path: Path, root: str = "translate-de_en", more: dict[str, str] | None = None, **meta: object) -> Path:
    """The built-in package as a file, with another root folder, other metadata and more files."""
    file, folder = tmp_path / "given.argosmodel", BUILTIN_FOLDER / "translate-de_en"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            content = path.read_bytes()
            if path.name == "metadata.json":
                content = json.dumps(json.loads(content) | {"package_version": "1.0"} | meta).encode()
            archive.writestr(f"{root}/{path.relative_to(folder).as_posix()}", content)
        for name, text in (more or {}).items():
            archive.writestr(f"{root}/{name}", text)
    return file


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), KeyboardInterrupt()])
def test_the_old_package_stays_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    install(package(tmp_path))
    rename, place = Path.rename, packages / "translate-de_en"

    def broken(self: Path, target: Path) -> Path:
        if Path(target) == place and (self / RECORD).is_file() and read_package(self, "").name == "de_en-1.1":
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises((ModelError, KeyboardInterrupt)):
        install(package(tmp_path, package_version="1.1"))
    assert read_package(place, "installed").name == "de_en-1.0"
    assert fault(read_package(place, "installed")) is None


def test_ctrl_c_waits_until_the_package_is_in_its_place(
    tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(package(tmp_path))
    rename = Path.rename

    def pressed(self: Path, target: Path) -> Path:
        renamed = rename(self, target)
        if Path(target).name == "old":
            signal.raise_signal(signal.SIGINT)
        return renamed

    monkeypatch.setattr(Path, "rename", pressed)
    with pytest.raises(KeyboardInterrupt):
        install(package(tmp_path, package_version="1.1"))
    assert read_package(packages / "translate-de_en", "installed").name == "de_en-1.1"


@pytest.mark.parametrize("work", ["install", "remove"])
def test_argospm_can_list_its_packages_at_every_moment(
    tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    from argostranslate.package import get_installed_packages

    install(package(tmp_path))
    rename, seen = Path.rename, []

    def watched(self: Path, target: Path) -> Path:
        seen.append(len(get_installed_packages([packages])))
        renamed = rename(self, target)
        seen.append(len(get_installed_packages([packages])))
        return renamed

    monkeypatch.setattr(Path, "rename", watched)
    if work == "install":
        install(package(tmp_path))
    else:
        installation.remove("de_en-1.0")
    assert set(seen) == {0, 1}
    monkeypatch.undo()
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_a_package_does_not_take_the_place_of_one_for_another_pair(tmp_path: Path, packages: Path) -> None:
    install(package(tmp_path, "translate-en_fr", from_code="en", to_code="fr"))
    with pytest.raises(ModelError, match=r"refused, it would take the place of en_fr-1\.0"):
        install(package(tmp_path, "translate-en_fr"))
    assert read_package(packages / "translate-en_fr", "installed").name == "en_fr-1.0"


@pytest.mark.parametrize("root", [".hidden", "a\x1b[2Jb", "a b", "x" * 120, "con\n"])
def test_a_folder_name_that_is_unsafe_is_refused(tmp_path: Path, packages: Path, root: str) -> None:
    with pytest.raises(ModelError, match="refused, its folder is named") as caught:
        install(package(tmp_path, root))
    assert str(caught.value).isprintable()
    assert not packages.exists() or list(packages.iterdir()) == []


@pytest.mark.parametrize("meta", [{"from_code": "de\x1b[2J"}, {"to_code": "../en"}, {"package_version": "1\n2"},
                                  {"from_code": ["de"]}, {"package_version": "1/../../x"}])  # fmt: skip
def test_codes_and_versions_that_are_none_are_refused(tmp_path: Path, packages: Path, meta: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="no language code or version") as caught:
        install(package(tmp_path, **meta))
    assert str(caught.value).isprintable()
    assert list(packages.iterdir()) == []


@pytest.mark.parametrize("record", ['{"files": []}', '{"files": {"README.md": "0"}}', "[]", "rubbish"])
def test_a_record_that_came_with_the_package_counts_for_nothing(tmp_path: Path, packages: Path, record: str) -> None:
    installed = install(package(tmp_path, more={RECORD: record}))
    assert fault(installed) is None
    (installed.path / RECORD).write_text('{"files": []}', "utf-8")
    assert fault(installed) == f"{RECORD} is not as it was installed; install it again"


def test_a_full_disk_is_seen_before_unpacking(tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = package(tmp_path)
    usage = namedtuple("usage", "total used free")(10**9, 10**9, 1000)
    monkeypatch.setattr(package_file.shutil, "disk_usage", lambda path: usage)
    monkeypatch.setattr(zipfile.ZipFile, "extractall", lambda *a: pytest.fail("unpacked"))
    with pytest.raises(ModelError, match=r"no room for 1\d MB \(0 MB are free\)"):
        install(file)


@pytest.mark.parametrize("link", ["http://[", "http://[::1]:x/a", "https://", "http://user:word@example.org/a",
                                  "http://example.org/a b", "http://example.org/\x1b[2J"])  # fmt: skip
def test_a_link_that_is_no_address_is_passed_over(link: str) -> None:
    entry = {"from_code": "de", "to_code": "en", "package_version": "1.0", "links": [link, "https://example.org/a"]}
    (offer,) = parse_index(json.dumps([entry]).encode(), "index")
    assert offer.links == ("https://example.org/a",)


@pytest.mark.parametrize("version", ["1/../../x", "\x1b[2J", "", None, 1.0, "x" * 100])
def test_an_entry_with_an_unsafe_version_is_passed_over(version: object) -> None:
    entry = {"from_code": "de", "to_code": "en", "package_version": version, "links": ["https://example.org/a"]}
    assert parse_index(json.dumps([entry]).encode(), "index") == []


def test_an_encrypted_index_names_no_unencrypted_links() -> None:
    entry = {"from_code": "de", "to_code": "en", "package_version": "1.0", "links": ["http://example.org/a"]}
    assert parse_index(json.dumps([entry]).encode(), "https://example.org/index.json") == []
    assert len(parse_index(json.dumps([entry]).encode(), "http://example.org/index.json")) == 1


@pytest.mark.parametrize("base", ["http://example.org/mainindex.json", "http://example.org/main/index.json"])
def test_the_index_of_the_settings_may_lack_its_last_slash(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    monkeypatch.setattr(settings, "remote_package_index", base)
    assert default_index() == "http://example.org/main/index.json"


# Servers


class Odd(http.server.BaseHTTPRequestHandler):
    """Sends `content` in one of several ways."""

    content = b"PK\x03\x04" + bytes(200_000)
    asked: ClassVar[list[str | None]] = []
    statuses: ClassVar[list[int]] = []
    released = threading.Event()

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.asked.append(wanted)
        if self.statuses:
            self.send_response(self.statuses.pop(0))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if wanted and int(wanted[6:-1]) >= len(self.content):
            self.send_response(416)
            if self.path == "/a":
                self.send_header("Content-Range", f"bytes */{len(self.content)}")
            self.end_headers()
            return
        start = int(wanted[6:-1]) if wanted else 0
        self.send_response(206 if wanted else 200)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Length", str(len(self.content) - start))
        if wanted:
            self.send_header("Content-Range", f"bytes {start}-{len(self.content) - 1}/{len(self.content)}")
        self.end_headers()
        if self.path == "/trickle":
            for at in range(200):
                self.wfile.write(self.content[at : at + 1])
                self.wfile.flush()
                if self.released.wait(0.05):
                    return
        self.wfile.write(self.content[start:])


@pytest.fixture
def odd() -> Iterator[str]:
    Odd.asked, Odd.statuses, Odd.released = [], [], threading.Event()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    server.daemon_threads = True
    server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    Odd.released.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("path", "more", "asked"), [("a", b"", 1), ("b", b"", 2), ("a", b"more", 2)])
def test_a_part_that_is_whole_is_taken_and_one_that_is_too_long_given_up(
    odd: str, tmp_path: Path, path: str, more: bytes, asked: int
) -> None:
    (tmp_path / "a.part").write_bytes(Odd.content + more)
    (tmp_path / "a.version").write_text('"one"', "utf-8")
    download([f"{odd}/{path}"], tmp_path / "a", sleep=lambda s: None)
    assert (tmp_path / "a").read_bytes() == Odd.content
    assert len(Odd.asked) == asked
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_server_that_sends_a_byte_now_and_then_is_given_up(odd: str, tmp_path: Path) -> None:
    before = time.monotonic()
    with pytest.raises(ModelError, match="stalled"):
        download([f"{odd}/trickle"], tmp_path / "a", sleep=lambda s: None, timeout=0.3)
    assert time.monotonic() - before < 8  # 200 bytes at 0.05 s would take 10 s each of four times


@pytest.mark.parametrize("status", [408, 429])
def test_a_server_that_is_busy_is_asked_again(odd: str, tmp_path: Path, status: int) -> None:
    Odd.statuses = [status]
    download([f"{odd}/a"], tmp_path / "a", sleep=lambda s: None)
    assert (tmp_path / "a").read_bytes() == Odd.content


def test_a_disk_that_fills_up_is_no_fault_of_the_server(
    odd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    class Full:
        def __init__(self, file: object) -> None:
            self.file = file

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *exception: object) -> None:
            self.file.close()  # type: ignore[attr-defined]

        def write(self, block: bytes) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(
        Path, "open", lambda self, *a, **k: Full(opened(self, *a, **k)) if a == ("ab",) else opened(self, *a, **k)
    )
    with pytest.raises(ModelError, match=r"a\.part: cannot be written \(No space left on device\)"):
        download([f"{odd}/a"], tmp_path / "a", sleep=lambda s: None)
    assert len(Odd.asked) == 1
