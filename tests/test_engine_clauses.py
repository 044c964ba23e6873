"""Sentences that are too long for a model are cut, and nothing of them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translator.engine.clauses import cut


def count(text: str) -> int:
    """Words stand for pieces."""
    return len(text.split())


def test_what_fits_stays_whole() -> None:
    assert cut("eins zwei drei", count, 3) == ["eins zwei drei"]
    assert cut("", count, 3) == [""]
    assert cut("eins; zwei, drei", count, 3) == ["eins; zwei, drei"]


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        # a semicolon is better than a comma, a conjunction better than a bare comma, a comma better than a blank
        ("a b, c d; e f, g h i", 6, ["a b, c d;", "e f, g h i"]),
        ("a b: c d, e f", 4, ["a b:", "c d, e f"]),
        ("a b – c d, e f", 5, ["a b –", "c d, e f"]),
        ("a b c, d e f, und g h i, j k", 8, ["a b c, d e f,", "und g h i, j k"]),
        ("a b c, weil d e, f g", 5, ["a b c,", "weil d e, f g"]),
        ("a b c, d e f", 4, ["a b c,", "d e f"]),
        ("a b c d e f", 3, ["a b c", "d e f"]),
        # of several marks the one nearest the middle
        ("a b, c d e f, g h i j, k l", 8, ["a b, c d e f,", "g h i j, k l"]),
        # none that leaves a scrap
        ("ja; a b c d e f g h i j k l m", 12, ["ja; a b c d e", "f g h i j k l m"]),
        ("a b c d e f g h i j k l m; ja", 12, ["a b c d e f g", "h i j k l m; ja"]),
        # in several steps
        ("a b; c d; e f; g h", 2, ["a b;", "c d;", "e f;", "g h"]),
        ("a b c d e f g h", 2, ["a b", "c d", "e f", "g h"]),
        # no number or time is torn apart
        ("um 10:30 Uhr kam er, so um 11:45 Uhr ging er", 8, ["um 10:30 Uhr kam er,", "so um 11:45 Uhr ging er"]),
        ("es waren 1,5 Meter oder so etwa 2,5 Meter", 5, ["es waren 1,5 Meter", "oder so etwa 2,5 Meter"]),
    ],
)
def test_where_it_is_cut(text: str, limit: int, expected: list[str]) -> None:
    assert cut(text, count, limit) == expected


def test_a_single_word_is_not_cut() -> None:
    assert cut("x" * 500, len, 100) == ["x" * 500]
    assert cut(f"kurz {'x' * 500}", len, 100) == ["kurz", "x" * 500]


def test_eight_hundred_words() -> None:
    text = " ".join(f"wort{n}{',' if n % 7 == 0 else ''}" for n in range(800))
    parts = cut(text, count, 20)
    assert " ".join(parts) == text
    assert max(count(part) for part in parts) <= 20
    assert len(parts) <= 128


@pytest.mark.parametrize("target", ["truce", "a truce, but not a ceasefire", "Ministry of Finance; Treasury"])
def test_a_term_mark_is_not_cut(target: str) -> None:
    """A model that reads half a mark has lost the hint and may write nonsense."""
    text = f"{'wort ' * 5}<trm> Waffenruhe <tgt> {target} </trm>{' wort' * 6}"
    parts = cut(text, count, 12)
    assert " ".join(parts) == text
    assert len(parts) > 1
    for part in parts:
        assert part.count("<trm>") == part.count("<tgt>") == part.count("</trm>")


WORDS = st.lists(
    st.sampled_from(["a", "bb", "ccc,", "und", "weil", "dd;", "–", "e:", "f.", "(g", "h)", "10:30"]), min_size=1
)


@settings(max_examples=200, deadline=None)
@given(WORDS, st.integers(1, 12))
def test_nothing_is_lost_and_every_part_fits(words: list[str], limit: int) -> None:
    text = " ".join(words)
    parts = cut(text, count, limit)
    assert " ".join(parts) == text
    assert all(part == part.strip() != "" for part in parts)
    assert all(count(part) <= limit for part in parts)
