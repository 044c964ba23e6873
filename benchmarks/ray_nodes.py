"""A Ray cluster of two machines that are both this one: two `ray start` processes with a core each (Linux)."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("", 0))
        return int(one.getsockname()[1])


def family(process: int) -> list[int]:
    """A process with all below it, children first."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [process]
    for one in found:
        found += children.get(one, [])
    return found[::-1]


class Node:
    """A machine: `ray start` with everything that it starts."""

    def __init__(self, log: Path, environment: dict[str, str], *arguments: str) -> None:
        """Starts it; `arguments` are those of `ray start`."""
        self.log = log
        command = [
            str(Path(sys.executable).parent / "ray"),
            "start",
            "--block",
            "--num-cpus=1",
            "--disable-usage-stats",
        ]
        command += ["--object-store-memory=100000000", *arguments]
        with log.open("wb") as stream:
            self._process = subprocess.Popen(
                command, stdout=stream, stderr=stream, start_new_session=True, env=environment
            )

    def said(self, pattern: str, seconds: float = 120) -> str:
        """Waits for a line of `ray start`; returns the first group of the pattern.

        Raises:
            RuntimeError: it ended, or did not say so.
        """
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.log.read_text("utf-8", "replace"))):
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(self.log.read_text("utf-8", "replace"))
            time.sleep(0.1)
        return found[1]

    @property
    def processes(self) -> list[int]:
        """Ids of all its processes."""
        return family(self._process.pid)

    def works(self) -> bool:
        """Whether a worker of it is translating: Ray writes into a process's title what it is at."""
        for process in self.processes:
            with suppress(OSError):
                if b"ray::Worker.translate" in Path(f"/proc/{process}/cmdline").read_bytes():
                    return True
        return False

    def kill(self) -> None:
        """Kills it as a power cut does, with all its processes."""
        if self._process.poll() is not None:
            return
        for process in self.processes[::-1]:  # from the top, so that nothing is started again
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
        self._process.wait(30)


class TwoNodes:
    """The cluster; close it. Whoever joins it needs its `environment`, for it asks for a token."""

    def __init__(self, *, second: bool = True) -> None:
        """Starts both machines, or only the first, and waits for them; `second` may be killed and be `another`."""
        self._folder = Path(tempfile.mkdtemp(prefix="ray-", dir="/tmp"))  # sockets below it have short names only
        self.environment = os.environ | {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
        self._count, self._machines = 0, list[Node]()
        try:
            self.head = self._started("--head", f"--temp-dir={self._folder / 't'}", "--include-dashboard=false")
            self.address = self.head.said(r"--address='(\S+?)'")
            self.second = self.another() if second else None
        except BaseException:
            self.close()
            raise

    def another(self) -> Node:
        """Starts one more machine."""
        return self._started(f"--address={self.address}")

    def _started(self, *arguments: str) -> Node:
        """A machine that runs; Ray gives up after half a minute, which a busy computer may need."""
        for attempt in (1, 2, 3):
            self._count += 1
            port = [f"--port={_free_port()}"] if "--head" in arguments else []
            node = Node(self._folder / f"node-{self._count}.log", self.environment, *arguments, *port)
            self._machines.append(node)
            try:
                node.said("(Ray runtime started)")
            except RuntimeError:
                node.kill()
                if attempt == 3:
                    raise
            else:
                break
        return node

    def logs(self) -> str:
        """All that Ray wrote into its logs."""
        files = [p for p in self._folder.rglob("*") if p.is_file() and p.suffix in (".log", ".out", ".err", ".txt")]
        return "\n".join(p.read_text("utf-8", "replace") for p in files)

    def close(self) -> None:
        """Ends all machines, and removes what they left."""
        for node in self._machines[::-1]:
            node.kill()
        shutil.rmtree(self._folder, ignore_errors=True)
