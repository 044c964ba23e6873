"""Articles to measure with: German text of the training corpus (ours, CC0), cut into as many articles as are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "training" / "corpus"


def sentences(corpus: Path = CORPUS) -> Iterator[str]:
    """German sides of all pairs, again and again; from the second round on each with a number, so that no two are alike."""
    lines = dict.fromkeys(
        line.split("\t")[0] for file in sorted(corpus.glob("*.tsv")) for line in file.read_text("utf-8").splitlines()
    )
    once, part = [line for line in lines if len(line.split()) > 3], 1
    while True:
        for line in once:
            yield line if part == 1 else f"{line.rstrip('.!?')} (Teil {part})."
        part += 1


def write_articles(folder: Path, count: int, length: int, suffix: str = ".txt") -> int:
    """Writes `count` articles of a headline and `length` sentences in paragraphs of four; returns their number of words.

    Raises:
        OSError: they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stream, words = sentences(), 0
    for number in range(1, count + 1):
        title, *body = islice(stream, length + 1)
        paragraphs = [" ".join(body[at : at + 4]) for at in range(0, length, 4)]
        words += sum(len(s.split()) for s in (title, *body))
        text = "\n\n".join([f"Bericht {number}: {title.rstrip('.')}", *paragraphs]) + "\n"
        (folder / f"article-{number:05}{suffix}").write_text(text, "utf-8")
    return words
