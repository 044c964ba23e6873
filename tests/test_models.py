"""Models from the network: an index and packages from a local server that stalls, breaks off, lies and redirects."""

from __future__ import annotations

import http.server
import io
import json
import os
import shutil
import signal
import sys
import threading
import time
import zipfile
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argostranslate import settings

from translator.cli.app import main
from translator.engine import download as downloads
from translator.engine import package_file as package_files
from translator.engine.download import download, fetch
from translator.engine.index import Offer, choose, newest, parse_index
from translator.engine.installation import RECORD, fault, install, remove
from translator.engine.packages import BUILTIN_FOLDER, read_package
from translator.errors import ExitCode, ModelError

Session = Callable[..., tuple[int, str, str]]
CONTENT = bytes(range(256)) * 4096


def package_file(version: str = "1.0", source: str = "de", target: str = "en") -> bytes:
    """The built-in package as a file, under another name."""
    stream = io.BytesIO()
    folder = BUILTIN_FOLDER / "translate-de_en"
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            content = path.read_bytes()
            if path.name == "metadata.json":
                data = json.loads(content) | {"package_version": version, "from_code": source, "to_code": target}
                content = json.dumps(data).encode()
            archive.writestr(f"translate-{source}_{target}/{path.relative_to(folder).as_posix()}", content)
    return stream.getvalue()


class Server(http.server.ThreadingHTTPServer):
    """Serves `files` by path; `faults` are taken one a request: cut, stall, lie, none, 404, 500."""

    daemon_threads = True

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.redirects: dict[str, str] = {}
        self.faults: list[str] = []
        self.asked: list[tuple[str, str, str | None]] = []
        self.etag: str | None = '"one"'
        self.released = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away are part of the tests."""


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""

    def do_HEAD(self) -> None:
        self.answer(head=True)

    def do_GET(self) -> None:
        self.answer()

    def answer(self, *, head: bool = False) -> None:
        server, path = self.server, self.path.lstrip("/")
        server.asked.append((self.command, path, self.headers.get("Range")))
        if path in server.redirects:
            self.send_response(302)
            self.send_header("Location", server.redirects[path])
            self.end_headers()
            return
        fault_ = "none" if head or not server.faults else server.faults.pop(0)
        if path not in server.files or fault_.isdecimal():
            self.send_error(int(fault_) if fault_.isdecimal() else 404)
            return
        content, start, status = server.files[path], 0, 200
        wanted = self.headers.get("Range")
        if wanted and self.headers.get("If-Range") == server.etag:
            start, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
        body = content[start:]
        self.send_response(status)
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        if server.etag:
            self.send_header("ETag", server.etag)
        if fault_ != "unknown":
            self.send_header("Content-Length", str(len(body) + (99 if fault_ == "lie" else 0)))
        self.end_headers()
        if head:
            return
        if fault_ in ("cut", "stall"):
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            if fault_ == "stall":
                server.released.wait(20)
            return
        self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[Server]:
    served = Server()
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield served
    served.released.set()
    served.shutdown()
    served.server_close()


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of installed packages and one of downloads."""
    folder = tmp_path / "packages"
    monkeypatch.setattr(settings, "package_dirs", [folder])
    monkeypatch.setattr(settings, "downloads_dir", tmp_path / "downloads")
    return folder


@pytest.fixture
def translate(
    tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Session:
    """Runs `translate ARGS`; gives exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(downloads.time, "sleep", lambda seconds: None)

    def _translate(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["translate", *args])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        code = caught.value.code
        return (0 if code is None else int(code)), out, err

    return _translate


# Downloads


def test_a_download_in_one_go(server: Server, tmp_path: Path) -> None:
    server.files["a"] = CONTENT
    seen: list[tuple[int, int | None]] = []
    download([server.url("a")], tmp_path / "sub" / "a", lambda here, whole: seen.append((here, whole)))
    assert (tmp_path / "sub" / "a").read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert [p.name for p in (tmp_path / "sub").iterdir()] == ["a"]


@pytest.mark.parametrize("faults", [["cut"], ["cut", "cut"], ["500"], ["cut", "500", "cut"]])
def test_a_download_goes_on_after_a_break(server: Server, tmp_path: Path, faults: list[str]) -> None:
    server.files["a"], server.faults = CONTENT, list(faults)
    waits: list[float] = []
    download([server.url("a")], tmp_path / "a", sleep=waits.append)
    assert (tmp_path / "a").read_bytes() == CONTENT
    assert waits == [1.0, 2.0, 4.0][: len(faults)]
    ranges = [r for _, _, r in server.asked]
    assert ranges[0] is None
    assert (ranges[-1] == f"bytes={len(CONTENT) // 2}-") is (faults == ["cut"]) or len(faults) > 1 or faults == ["500"]


def test_a_second_call_goes_on_where_the_first_gave_up(server: Server, tmp_path: Path) -> None:
    server.files["a"], server.faults = CONTENT, ["cut"] + ["500"] * 3
    with pytest.raises(ModelError, match="the same command goes on where it broke off"):
        download([server.url("a")], tmp_path / "a", sleep=lambda s: None)
    download([server.url("a")], tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == CONTENT
    assert server.asked[-1][2] == f"bytes={len(CONTENT) // 2}-"


def test_another_version_on_the_server_is_downloaded_anew(server: Server, tmp_path: Path) -> None:
    server.files["a"], server.faults = CONTENT, ["cut"] + ["500"] * 3
    with pytest.raises(ModelError):
        download([server.url("a")], tmp_path / "a", sleep=lambda s: None)
    server.files["a"], server.etag = CONTENT[::-1], '"two"'
    download([server.url("a")], tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == CONTENT[::-1]


def test_without_a_mark_of_the_version_nothing_is_gone_on_with(server: Server, tmp_path: Path) -> None:
    server.files["a"], server.faults, server.etag = CONTENT, ["cut"], None
    download([server.url("a")], tmp_path / "a", sleep=lambda s: None)
    assert (tmp_path / "a").read_bytes() == CONTENT
    assert [r for _, _, r in server.asked] == [None, None]


def test_a_stalled_connection_is_given_up(server: Server, tmp_path: Path) -> None:
    server.files["a"], server.faults = CONTENT, ["stall"]
    download([server.url("a")], tmp_path / "a", sleep=lambda s: None, timeout=0.3)
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_a_server_that_always_lies_about_the_length(server: Server, tmp_path: Path) -> None:
    server.files["a"], server.faults = CONTENT, ["lie"] * 8
    with pytest.raises(ModelError, match=r"broke off after|IncompleteRead"):
        download([server.url("a")], tmp_path / "a", sleep=lambda s: None)
    assert not (tmp_path / "a").exists()


def test_a_server_that_does_not_say_the_length(server: Server, tmp_path: Path) -> None:
    server.files["a"], server.faults = CONTENT, ["unknown"]
    download([server.url("a")], tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_mirrors_are_tried_in_order_and_a_missing_file_is_not_asked_for_again(server: Server, tmp_path: Path) -> None:
    server.files["b"] = CONTENT
    download([server.url("a"), server.url("b")], tmp_path / "a")
    assert [path for _, path, _ in server.asked] == ["a", "b"]
    with pytest.raises(ModelError, match="Not Found"):
        download([server.url("c")], tmp_path / "c", sleep=lambda s: None)
    assert [path for _, path, _ in server.asked].count("c") == 1


def test_redirects_within_http_are_followed_and_others_refused(server: Server, tmp_path: Path) -> None:
    server.files["a"] = CONTENT
    server.redirects = {"b": server.url("a"), "c": "file:///etc/hostname", "d": "ftp://127.0.0.1/a"}
    download([server.url("b")], tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == CONTENT
    for path in "cd":
        with pytest.raises(ModelError, match=r"redirect|not allowed|HTTP Error 302"):
            download([server.url(path)], tmp_path / path, sleep=lambda s: None)
        assert not (tmp_path / path).exists()


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/a", "data:,x", "nonsense"])
def test_only_web_addresses_are_opened(url: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no web address"):
        fetch(url, 100)
    with pytest.raises(ModelError, match="no web address"):
        download([url], tmp_path / "a", sleep=lambda s: None)


def test_a_full_disk_is_seen_before_the_download(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")(10**9, 10**9, 1000)
    monkeypatch.setattr(package_files.shutil, "disk_usage", lambda path: usage)
    server.files["a"] = CONTENT
    with pytest.raises(ModelError, match=r"no room for 1 MB \(0 MB are free\)"):
        download([server.url("a")], tmp_path / "a")


def test_an_index_that_is_too_large(server: Server) -> None:
    server.files["a"] = CONTENT
    with pytest.raises(ModelError, match="refused, it has more than"):
        fetch(server.url("a"), 1000)


# The index


def entry(**fields: object) -> dict[str, object]:
    given = {"from_code": "de", "to_code": "en", "package_version": "1.0", "links": ["https://example.org/a"]}
    return given | fields


def test_an_index_is_read_and_what_is_no_package_passed_over() -> None:
    entries = [
        entry(),
        entry(package_version="1.10"),
        entry(package_version="1.9"),
        entry(type="sbd"),
        entry(links=[]),
        entry(links=["file:///etc/passwd", "ipfs://x"]),
        entry(links="https://example.org/a"),
        entry(from_code="../x"),
        entry(from_code=None),
        "rubbish",
        None,
    ]
    offers = parse_index(json.dumps(entries).encode(), "index")
    assert [o.name for o in offers] == ["de_en-1.0", "de_en-1.10", "de_en-1.9"]
    assert newest(offers, "de", "en") == Offer("de", "en", "1.10", ("https://example.org/a",))


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"a": 1}', b"[" * 100_000, b"\xff\xfe"])
def test_rubbish_for_an_index(content: bytes) -> None:
    with pytest.raises(ModelError, match="no index of packages"):
        parse_index(content, "https://example.org/index.json")


def test_a_pair_without_a_package_is_led_through_english() -> None:
    offers = parse_index(json.dumps([entry(), entry(from_code="en", to_code="fr")]).encode(), "index")
    assert [o.name for o in choose(offers, "de", "fr")] == ["de_en-1.0", "en_fr-1.0"]
    with pytest.raises(ModelError, match="no model from German to Ukrainian is offered, not even through English"):
        choose(offers, "de", "uk")


# Installation


def test_a_package_is_installed_found_changed_and_removed(packages: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.argosmodel"
    file.write_bytes(package_file())
    package = install(file)
    assert (package.name, package.path) == ("de_en-1.0", packages / "translate-de_en")
    assert fault(package) is None
    assert "metadata.json" in json.loads((package.path / RECORD).read_text("utf-8"))["files"]
    install(file)
    assert [p.name for p in packages.iterdir()] == ["translate-de_en"]
    (package.path / "README.md").write_text("changed", "utf-8")
    assert fault(read_package(package.path, "installed")) == "README.md is not as it was installed; install it again"
    assert remove("de_en-1.0").path == package.path
    assert list(packages.iterdir()) == []


def test_a_package_that_does_not_work_is_not_installed_and_the_old_one_kept(packages: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.argosmodel", tmp_path / "bad.argosmodel"
    good.write_bytes(package_file())
    install(good)
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("translate-de_en/metadata.json", json.dumps({"from_code": "de", "to_code": "en"}))
        archive.writestr("translate-de_en/model/model.bin", b"rubbish")
        archive.writestr("translate-de_en/sentencepiece.model", b"rubbish")
    with pytest.raises(ModelError, match="not installed"):
        install(bad)
    assert [p.name for p in packages.iterdir()] == ["translate-de_en"]
    assert fault(read_package(packages / "translate-de_en", "installed")) is None


# Sessions


def served_index(server: Server) -> str:
    server.files["de_en.argosmodel"] = package_file()
    server.files["en_fr.argosmodel"] = package_file("2.0", "en", "fr")
    entries = [
        entry(links=[server.url("de_en.argosmodel")]),
        entry(from_code="en", to_code="fr", package_version="2.0", links=[server.url("en_fr.argosmodel")]),
    ]
    server.files["index.json"] = json.dumps(entries).encode()
    return server.url("index.json")


def test_available_install_verify_remove(translate: Session, server: Server, packages: Path) -> None:
    index = served_index(server)
    code, out, _ = translate("models", "available", "--index", index)
    assert (code, out.split()) == (0, "name from to de_en-1.0 German English en_fr-2.0 English French".split())
    assert "en_fr" not in translate("models", "available", "de", "--index", index)[1]
    code, out, err = translate("models", "install", "de", "fr", "--index", index)
    assert (code, out) == (0, "installed de_en-1.0\ninstalled en_fr-2.0\n"), err
    assert f"de_en-1.0: 13 MB from {server.url('de_en.argosmodel')}\n" in err or "de_en-1.0: 1" in err
    assert list((packages.parent / "downloads").iterdir()) == []
    code, out, err = translate("models", "install", "de", "en", "--index", index)
    assert (code, out, err) == (0, "", "de_en-1.0 is installed already; --force installs it again\n")
    assert "installed" in translate("models", "available", "de", "en", "--index", index)[1]
    code, out, _ = translate("models", "verify")
    assert (code, out.splitlines()[:2]) == (0, ["✓ de_en-1.0", "✓ en_fr-2.0"])
    model = packages / "translate-de_en" / "model" / "model.bin"
    model.write_bytes(model.read_bytes()[:-1])
    (packages / "half").mkdir()
    code, out, _ = translate("models", "verify")
    assert code == ExitCode.model
    assert "✗ de_en-1.0: model/model.bin is not as it was installed; install it again" in out
    assert f"✗ {packages / 'half'}: this is no Argos translation package" in out
    assert translate("models", "remove", "en_fr-2.0")[:2] == (0, "removed en_fr-2.0\n")
    assert not (packages / "translate-en_fr").exists()


def test_install_from_a_file(translate: Session, tmp_path: Path, packages: Path) -> None:
    (tmp_path / "m.argosmodel").write_bytes(package_file("3.1"))
    assert translate("models", "install", "m.argosmodel") == (0, "installed de_en-3.1\n", "")
    assert (packages / "translate-de_en" / "model" / "model.bin").is_file()
    shutil.rmtree(packages)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["install", "de"], 2, "error: give two languages, for example: translate models install de en; or .argosmodel files"),
        (["install", "de", "klingon"], 2, "error: unknown language 'klingon'"),
        (["install", "none.argosmodel"], 5, "error: none.argosmodel: cannot be read (No such file or directory)"),
        (["remove", "xx_yy-1"], 5, "error: xx_yy-1: no such package; see: translate models list"),
        (["verify", "xx_yy-1"], 5, "error: --model xx_yy-1: neither a folder"),
        (["available", "--index", "http://127.0.0.1:1/index.json"], 5,
         "error: http://127.0.0.1:1/index.json: could not be reached (Connection refused); a package file that was "
         "downloaded elsewhere is installed with: translate models install FILE.argosmodel"),
    ],
)  # fmt: skip
def test_errors_are_one_line(translate: Session, arguments: list[str], code: int, message: str) -> None:
    found, out, err = translate("models", *arguments)
    assert (found, out) == (code, "")
    assert err.startswith(message)
    assert len(err.splitlines()) == 1


def test_the_built_in_model_is_not_removed(translate: Session) -> None:
    name = read_package(BUILTIN_FOLDER / "translate-de_en", "built-in").name
    assert translate("models", "remove", name) == (5, "", f"error: {name} is built in and cannot be removed\n")


def test_ctrl_c_keeps_what_came_and_the_same_command_goes_on(
    translate: Session, server: Server, packages: Path, tmp_path: Path
) -> None:
    index = served_index(server)
    half = len(server.files["de_en.argosmodel"]) // 2
    part = tmp_path / "downloads" / "translate-de_en-1_0.argosmodel.part"
    server.faults = ["none", "stall"]

    def press() -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until and not (part.is_file() and part.stat().st_size == half):
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press, daemon=True).start()
    code, out, err = translate("models", "install", "de", "en", "--index", index)
    assert (code, out) == (ExitCode.interrupted, "")
    assert err.splitlines()[1:] == ["Interrupted. What came is kept; the same command goes on with the rest."]
    assert part.stat().st_size == half
    assert not packages.exists()
    assert translate("models", "install", "de", "en", "--index", index)[:2] == (0, "installed de_en-1.0\n")
    assert server.asked[-1] == ("GET", "de_en.argosmodel", f"bytes={half}-")


def test_a_proxy_is_asked_in_the_place_of_the_server(
    translate: Session, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url(""))
    monkeypatch.setenv("no_proxy", "")
    server.files["http://models.invalid/index.json"] = json.dumps([entry()]).encode()
    code, out, _ = translate("models", "available", "--index", "http://models.invalid/index.json")
    assert (code, out.split()[-3:]) == (0, ["de_en-1.0", "German", "English"])


def test_a_file_that_is_refused_is_not_kept(translate: Session, server: Server, packages: Path) -> None:
    index = served_index(server)
    server.files["de_en.argosmodel"] = b"<html>log in first</html>"
    code, out, err = translate("models", "install", "de", "en", "--index", index)
    assert (code, out) == (ExitCode.model, "")
    assert "no Argos package (.argosmodel is a zip archive)" in err.splitlines()[-1]
    assert list((packages.parent / "downloads").iterdir()) == []
