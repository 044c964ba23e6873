"""Names of the outputs: readable, stable, and never two inputs with one output."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def handout_path(folder: Path, name: str, source: str, target: str, suffix: str) -> Path:
    """`exports/sub/article.de-en.docx` for the input `sub/article.txt`."""
    relative = Path(name)
    return folder / relative.parent / f"{relative.stem}.{source}-{target}{suffix}"


def answers_path(worksheet: Path) -> Path:
    """`article.de-en.worksheet.answers.docx`, the answers of a worksheet."""
    return worksheet.with_name(f"{worksheet.stem}.answers{worksheet.suffix}")


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
