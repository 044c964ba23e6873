"""German sentence boundaries against a table of our own (issue: no false split, at most two missed)."""

from __future__ import annotations

from pathlib import Path

import pytest

from translator.language.sentences import split

TABLE = Path(__file__).parent / "data" / "german_boundaries.txt"


def boundaries(parts: list[str]) -> set[int]:
    """Characters at which a new sentence begins."""
    places, at = set(), 0
    for part in parts[:-1]:
        at += len(part) + 1
        places.add(at)
    return places


def paragraphs() -> list[list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line.split(" ¦ ") for line in lines if line.strip() and not line.startswith("# ")]


def test_table_is_large_enough() -> None:
    assert sum(len(p) - 1 for p in paragraphs()) >= 150


def test_no_false_split_and_at_most_two_missed() -> None:
    false, missed = [], []
    for parts in paragraphs():
        text = " ".join(parts)
        wanted, found = boundaries(parts), boundaries(split(text))
        false += [text[max(0, at - 25) : at] + "|" + text[at : at + 20] for at in found - wanted]
        missed += [text[max(0, at - 25) : at] + "|" + text[at : at + 20] for at in wanted - found]
    assert false == []
    assert len(missed) <= 2, missed


@pytest.mark.parametrize("parts", paragraphs(), ids=range(len(paragraphs())))
def test_nothing_is_lost(parts: list[str]) -> None:
    text = " ".join(parts)
    assert " ".join(split(text)) == text


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("", "de", []),
        ("   ", "de", []),
        ("Ein Satz", "de", ["Ein Satz"]),
        ("Zeile eins\nzwei.  Dann drei.", "de", ["Zeile eins zwei.", "Dann drei."]),
        ("He met Dr. Smith. They talked.", "en", ["He met Dr. Smith.", "They talked."]),
    ],
)
def test_split(text: str, language: str, expected: list[str]) -> None:
    assert split(text, language) == expected
