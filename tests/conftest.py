"""What all tests share: no network, no user folders, a fake engine."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from translator.engine.hypotheses import Decoding, Done, Hypothesis
from translator.engine.packages import Package


@pytest.fixture(scope="session", autouse=True)
def user_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """argostranslate makes its folders in the user's home when it is imported: give it another home first."""
    home = tmp_path_factory.mktemp("home")
    patch = pytest.MonkeyPatch()
    patch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        patch.setenv(name, str(home / name.lower()))
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to connect or to look up a host fails the test; loopback stays for local test servers."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family == getattr(socket, "AF_UNIX", None) or (
            isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1")
        ):
            return connect(self, address)
        raise AssertionError(f"a test tried to connect to {address}")

    def lookup(host: object, *args: object, **kwargs: object) -> list[object]:
        if host in ("127.0.0.1", "::1", "localhost"):
            return original(host, *args, **kwargs)
        raise AssertionError(f"a test tried to look up {host}")

    original = socket.getaddrinfo
    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", lookup)


class FakeEngine:
    """Translates by a table; what is not in it comes out as `EN(text)`. Records what it was asked.

    Each value of the table is one translation or a list of them, best first. Alignment is word i to word i.
    """

    def __init__(self, table: dict[str, str | list[str]] | None = None, *, inline: bool = False) -> None:
        self.table, self.inline_terms, self.name = table or {}, inline, "fake"
        self.aligns = True
        self.prefixes: list[str] = []
        self.finish: Callable[[str], str] = lambda prefix: ""
        self.asked: list[tuple[list[str], Decoding]] = []

    def translate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        done: Done | None = None,
        prefixes: Sequence[str] | None = None,
    ) -> list[list[Hypothesis]]:
        if prefixes is not None:  # finishes a sentence with nothing, so that prefix decoding never helps
            self.prefixes = list(prefixes)
            return [[Hypothesis(self.finish(prefix), -0.5)] for prefix in prefixes]
        self.asked.append((list(texts), decoding))
        results = []
        for text in texts:
            found = self.table.get(text, f"EN({text})")
            translations = [found] if isinstance(found, str) else found
            results.append(
                [
                    Hypothesis(
                        t,
                        -0.1 * (n + 1),
                        tuple((i, 0.9) for i in range(len(t.split()))) if decoding.alignment and self.aligns else None,
                    )
                    for n, t in enumerate(translations[: decoding.n_best])
                ]
            )
        if done:
            done(len(texts))
        return results

    def score(self, texts: Sequence[str], translations: Sequence[str]) -> list[float]:
        return [-0.5] * len(texts)


@pytest.fixture
def fake_engine() -> type[FakeEngine]:
    return FakeEngine


@pytest.fixture
def fake_route(tmp_path: Path) -> Callable[[str, str, str | None], tuple[Package, ...]]:
    """A route over a package folder with an empty model, for the fake engine."""
    folder = tmp_path / "package"
    (folder / "model").mkdir(parents=True)
    (folder / "model" / "model.bin").write_bytes(b"weights")

    def choose(source: str, target: str, model: str | None) -> tuple[Package, ...]:
        return (Package(folder, source, target, "1.0", "installed"),)

    return choose


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file under tmp_path: write("a/b.txt", "text") or bytes."""

    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write
