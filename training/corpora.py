"""Read aligned German–English text, throw out what is no translation, and hold evaluation sentences back."""

from __future__ import annotations

import gzip
import html
import random
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

MARKS = TRM, TGT, END = "<trm>", "<tgt>", "</trm>"
LONGEST_WORDS = 90
SHORTEST_TEST = 25
"""Letters and digits from which an evaluation line rules pairs out; shorter ones occur by chance."""

Pair = tuple[str, str]


def bare(text: str) -> str:
    """Return the letters and digits of a text in lower case."""
    return "".join(c for c in text.lower() if c.isalnum())


def held_back(files: Iterable[Path]) -> set[str]:
    """Collect the bare lines of evaluation files."""
    lines = (bare(line) for file in files for line in file.read_text("utf-8").splitlines())
    return {line for line in lines if len(line) >= SHORTEST_TEST}


def is_pair(de: str, en: str) -> bool:
    """Say whether two texts can be translations of each other, by length, script and difference."""
    words_de, words_en = len(de.split()), len(en.split())
    if not de or not en or max(words_de, words_en) > LONGEST_WORDS or de.lower() == en.lower():
        return False
    if max(words_de, words_en) > 5 and not 0.4 < (words_de + 1) / (words_en + 1) < 2.2:
        return False
    if len(de) + len(en) > 60 and not 0.4 < len(de) / len(en) < 2.8:
        return False
    letters = sum(c.isalpha() for c in de)
    return letters >= 0.6 * len(de.replace(" ", "")) and not any(m in de or m in en for m in MARKS)


def opened(path: Path) -> TextIO:
    """Open a text file, gzipped or not."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", errors="replace")
    return path.open(encoding="utf-8", errors="replace")


def read_pairs(specs: Iterable[str], tests: set[str], log: Callable[..., None]) -> Iterator[Pair]:
    """Yield the clean, new pairs of FILE[:WEIGHT] corpora, each as often as its corpus weighs.

    A side that equals a line of `tests` rules its pair out.
    """
    seen: set[int] = set()
    for spec in specs:
        name, _, weight = spec.partition(":")
        kept = count = 0
        with opened(Path(name)) as file:
            for line in file:
                count += 1
                fields = line.rstrip("\n").split("\t")
                if len(fields) != 2:
                    continue
                de, en = (" ".join(html.unescape(f).split()) for f in fields)
                key = hash((de.lower(), en.lower()))
                if key in seen or not is_pair(de, en) or (tests and (bare(de) in tests or bare(en) in tests)):
                    continue
                seen.add(key)
                kept += 1
                for _ in range(int(weight or 1)):
                    yield de, en
        log(f"{Path(name).name}: kept {kept} of {count}, weight {weight or 1}")


def curled(text: str, opening: str, closing: str) -> str:
    """Put opening and closing marks in turn for straight double quotes."""
    parts = re.split('"', text)
    return parts[0] + "".join((opening, closing)[i % 2] + part for i, part in enumerate(parts[1:]))


def typographic(pair: Pair, rng: random.Random) -> Pair:
    """Give half of the pairs with straight double quotes the quotes that newspapers print."""
    de, en = pair
    if '"' in de and de.count('"') % 2 == 0 and en.count('"') % 2 == 0 and rng.random() < 0.5:
        return curled(de, "„", "“"), curled(en, "“", "”")
    return pair
