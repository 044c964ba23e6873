"""Writing files so that no one ever sees half of one."""

from __future__ import annotations

import io
import os
import platform
import re
import tempfile
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from translator.errors import OutputError
from translator.zip_clock import possible_dates

Announce = Callable[[Path, Path], None]
"""Is told the place of a file and its finished temporary file, before the one is replaced by the other."""
_ANNOUNCE: ContextVar[Announce | None] = ContextVar("announce", default=None)


@contextmanager
def announcing(announce: Announce) -> Iterator[None]:
    """Has every file that is written in the block announced before it is renamed into place."""
    token = _ANNOUNCE.set(announce)
    try:
        yield
    finally:
        _ANNOUNCE.reset(token)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it is renamed into place when the block ends well and removed when not.

    Raises:
        OutputError: the folder or file cannot be written (no rights, disk full, open in Word on Windows).
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_mark(os.getpid()), suffix=f".{path.name[-40:]}.part", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.chmod(0o666 & ~_umask())
        if (announce := _ANNOUNCE.get()) is not None:
            announce(path, temporary)
        temporary.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{path}: cannot be written ({reason}); is it open in Word, or the disk full?") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def replace_with(path: Path, save: Callable[[BinaryIO], object]) -> None:
    """Writes what `save` puts into a stream to `path`, renamed into place.

    It goes to memory first: a zip archive that meets a full disk complains again when Python throws it away.

    Raises:
        OutputError: the folder or file cannot be written.
    """
    content = io.BytesIO()
    with possible_dates():
        save(content)
    with replacing(path) as temporary:
        temporary.write_bytes(content.getvalue())


def remove_abandoned(folder: Path, ended: Collection[str] = ()) -> None:
    """Removes the temporary files under `folder` of processes of this computer that are no more (kill -9, a power cut).

    `ended` are the marks of processes, perhaps of other computers, that are known to be no more.
    """
    for path in folder.rglob(".*.part"):
        found = _MARK.match(path.name)
        if found and (found[0] in ended or (found[0] == _mark(int(found[1])) and not _alive(int(found[1])))):
            with suppress(OSError):
                path.unlink()


_MARK = re.compile(r"\.(\d+)@[0-9a-f]+-")


def own_mark() -> str:
    """The mark of this process, by which its temporary files are known."""
    return _mark(os.getpid())


def _mark(process: int) -> str:
    """What the names of a process's temporary files begin with; folders may be shared by computers."""
    return f".{process}@{zlib.crc32(platform.node().encode()):x}-"


def _alive(process: int) -> bool:
    if os.name == "nt":  # where os.kill(…, 0) is Ctrl-C
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _umask() -> int:
    """The process's umask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
