"""Writing files so that no one ever sees half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from translator.errors import OutputError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it is renamed into place when the block ends well and removed when not.

    Raises:
        OutputError: the folder or file cannot be written (no rights, disk full, open in Word on Windows).
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=f".{path.name[-40:]}.part", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{path}: cannot be written ({reason}); is it open in Word, or the disk full?") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    """The process's umask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def handout_path(folder: Path, name: str, source: str, target: str, suffix: str) -> Path:
    """`exports/sub/article.de-en.docx` for the input `sub/article.txt`."""
    relative = Path(name)
    return folder / relative.parent / f"{relative.stem}.{source}-{target}{suffix}"


def numbered_paths(path: Path) -> Iterator[Path]:
    """`article.de-en.docx`, then `article.de-en.2.docx` and so on."""
    yield path
    for number in range(2, 1000):
        yield path.with_name(f"{path.stem}.{number}{path.suffix}")


def distinct_names(names: list[str]) -> list[str]:
    """Names that stay apart when their endings are dropped: `a.txt` and `a.docx` become `a_txt.txt`, `a_docx.docx`."""
    stems: dict[str, int] = {}
    for name in names:
        key = str(Path(name).with_suffix("")).casefold()
        stems[key] = stems.get(key, 0) + 1
    result, used = [], set[str]()
    for name in names:
        path = Path(name)
        if stems[str(path.with_suffix("")).casefold()] > 1:
            path = path.with_name(f"{path.stem}_{path.suffix[1:]}{path.suffix}")
        candidate, number = path, 2
        while candidate.as_posix().casefold() in used:  # two folders given that both hold a 001.txt
            candidate, number = path.with_name(f"{path.stem}_{number}{path.suffix}"), number + 1
        used.add(candidate.as_posix().casefold())
        result.append(candidate.as_posix())
    return result
