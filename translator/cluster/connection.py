"""Joining a Ray cluster, or starting one on this machine; the only place where Ray is set up."""

from __future__ import annotations

import io
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from typing import Any, TextIO

from translator.errors import TranslatorError, UsageError
from translator.interrupts import SIGNALS

OBJECT_STORE_BYTES = 256 * 2**20
"""Of a cluster on this machine: what processes tell each other here is small, and Ray would take a third of the memory."""
ANSWER_SECONDS = 5.0
_SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",  # tells nobody that it was used
    # `uv run translate` would have Ray copy the working folder, documents and all, to every machine.
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
}


@contextmanager
def connected(address: str | None) -> Iterator[None]:
    """Joins the cluster at an address (`host:port`, or `auto` for the one this machine belongs to) while the block lasts.

    Without an address a cluster of this machine's cores is started, and ended with the block.

    Raises:
        UsageError: Ray is not installed, or there is no cluster that could be joined.
        TranslatorError: the cluster went away.
    """
    if address is not None and "://" in address:
        raise UsageError(f"--address {address}: give host:port, and run the command on a machine of the cluster")
    os.environ.update(_SETTINGS)  # Ray reads them when it is imported, and hands them to the processes it starts
    try:
        ray: Any = import_module("ray")
    except ImportError as error:
        raise UsageError(
            "--cluster ray needs Ray, which is not installed: uv sync --extra cluster, or pip install 'translator[cluster]'"
        ) from error
    if address is not None and address != "auto":
        _require_answer(address)
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR", "include_dashboard": False}
    if address is None:
        options |= {"num_cpus": os.cpu_count() or 1, "object_store_memory": OBJECT_STORE_BYTES}
    else:
        del options["include_dashboard"]
    try:
        ray.init(address=address or "local", **options)
    except (ConnectionError, RuntimeError, ValueError, OSError, ray.exceptions.RayError) as error:
        reason = str(error).strip().split("\n")[0]
        if address is None:
            raise UsageError(f"--cluster ray: Ray does not start on this machine ({reason})") from error
        advice = "if the cluster asks for a token, set RAY_AUTH_MODE=token"
        raise UsageError(f"--address {address}: no Ray cluster could be joined ({reason}); {advice}") from error
    finally:
        for number, handler in handlers.items():  # Ray would end the program on a polite kill, without a report
            signal.signal(number, handler)
    try:
        with redirect_stdout(_WithoutRay(sys.stdout)):
            yield
    except ray.exceptions.RayError as error:
        reason = str(error).strip().split("\n")[0]
        message = "the Ray cluster went away; the same command goes on with the rest"
        raise TranslatorError(f"{message} ({reason})") from error
    finally:
        with redirect_stdout(io.StringIO()):  # for what its threads have kept back
            ray.shutdown()


class _WithoutRay(io.TextIOBase):
    """Standard output for everybody but Ray, whose threads tell it of machines that are gone; so does the driver."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """See TextIOBase."""
        return len(text) if threading.current_thread().name.startswith("ray_") else self._stream.write(text)

    def flush(self) -> None:
        """See TextIOBase."""
        self._stream.flush()


def _require_answer(address: str) -> None:
    """Looks whether anybody is there: Ray itself would try for minutes.

    Raises:
        UsageError: nobody answers.
    """
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), ANSWER_SECONDS):
            return
    except (OSError, ValueError, OverflowError) as error:
        advice = "give the HOST:PORT that `ray start --head` has printed"
        raise UsageError(f"--address {address}: no Ray cluster answers ({error}); {advice}") from error


def nodes() -> dict[str, tuple[int, int]]:
    """Living machines of the cluster with their cores and graphics cards."""
    ray: Any = import_module("ray")
    living = ((n["NodeID"], n["Resources"]) for n in ray.nodes() if n["Alive"])
    return {node: (int(has.get("CPU", 0)), int(has.get("GPU", 0))) for node, has in living}


def on_node(node: str) -> Any:
    """Scheduling on this machine and no other."""
    strategies: Any = import_module("ray.util.scheduling_strategies")
    return strategies.NodeAffinitySchedulingStrategy(node_id=node, soft=False)
