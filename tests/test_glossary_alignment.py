"""Which words of a translation render a word of the source, and when that is too unsure to say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.engine.hypotheses import Hypothesis
from translator.glossary.alignment import MOST_WORDS, Links, rendering, starts
from translator.glossary.alignment import SURE as LEAST

SURE = 0.9


def rendered(translation: str, words: Sequence[int] | None, *source: int, sure: Sequence[float] = ()) -> str | None:
    """What renders the source words, as text; all words are sure unless said otherwise."""
    aligned = None if words is None else tuple(zip(words, sure or [SURE] * len(words), strict=True))
    span = rendering(Hypothesis(translation, -0.1, aligned), set(source))
    return None if span is None else translation[slice(*span)]


@pytest.mark.parametrize(
    ("translation", "words", "source", "expected"),
    [
        # Die(0) Waffenruhe(1) hielt(2) gestern(3) nicht(4).
        ("The standstill held.", [0, 1, 2], [1], "standstill"),
        ("Standstill", [1], [1], "Standstill"),
        ("It was a lasting standstill", [2, 2, 0, 1, 1], [1], "lasting standstill"),
        ("The break in fighting did not hold", [0, 1, 1, 1, 4, 4, 2], [1], "break in fighting"),
        # a rendering of two source words
        ("bei den United Countries heute", [0, 1, 2, 3, 4], [2, 3], "United Countries"),
        ("The Countries met", [0, 2, 3], [1, 2], "Countries"),
        ("Countries united met", [3, 2, 4], [2, 3], "Countries united"),
    ],
)
def test_one_run_of_words(translation: str, words: list[int], source: list[int], expected: str) -> None:
    assert rendered(translation, words, *source) == expected


@pytest.mark.parametrize(
    ("translation", "words", "expected"),
    [
        ("The standstill, he said,", [0, 1, 2, 2], "standstill"),
        ("No “standstill”!", [0, 1], "standstill"),
        ("(Standstill) now", [1, 2], "Standstill"),
        ("‘Standstill’?", [1], "Standstill"),
        ("The standstill’s end", [0, 1, 2], "standstill’s"),
        ("The allies’ end", [0, 1, 2], "allies"),
        ("The stand-still held", [0, 1, 2], "stand-still"),
        ("“Still” peace. Then", [1, 1, 2], "Still” peace"),
        ("50 % less", [1, 1, 2], "50"),
        ("The 5th truce", [0, 1, 1], "5th truce"),
    ],
)
def test_punctuation_does_not_belong_to_it(translation: str, words: list[int], expected: str) -> None:
    assert rendered(translation, words, 1) == expected


@pytest.mark.parametrize(
    ("translation", "words", "expected"),
    [
        ("The standstill held", [1, 1, 2], "standstill"),
        ("He broke a standstill.", [0, 2, 1, 1], "standstill"),
        ("An intermission", [1, 1], "intermission"),
        ("“The standstill” held", [1, 1, 2], "standstill"),
        ("the long standstill held", [1, 1, 1, 2], "long standstill"),
        ("a", [1], None),
        ("standstill the", [1, 1], "standstill"),
        ("theatre play", [1, 1], "theatre play"),
        # a quotation mark behind the article is not a part of the rendering either
        ("The “standstill” held", [1, 1, 2], "standstill"),
        ("Keep the (standstill) now", [0, 1, 1, 2], "standstill"),
    ],
)
def test_a_leading_article_does_not_belong_to_it(translation: str, words: list[int], expected: str | None) -> None:
    assert rendered(translation, words, 1) == expected


@pytest.mark.parametrize("translation", ["For it was", "of the", "The", "It", "is, was", "–", "“ ”"])
def test_function_words_alone_are_no_rendering(translation: str) -> None:
    assert rendered(translation, [1] * len(translation.split()), 1) is None


def test_function_words_beside_others_are_one() -> None:
    assert rendered("the State of the Union", [1, 1, 1, 1, 1], 1) == "State of the Union"
    assert rendered("the State of the", [1, 1, 1, 1], 1) == "State"


@pytest.mark.parametrize(
    ("sure", "expected"),
    [
        ([SURE, LEAST, SURE], "standstill"),
        ([SURE, LEAST - 0.01, SURE], None),
        ([0.1, 1.0, 0.1], "standstill"),
        ([1.0, 0.0, 1.0], None),
    ],
)
def test_unsure(sure: list[float], expected: str | None) -> None:
    assert rendered("The standstill held.", [0, 1, 2], 1, sure=sure) == expected


def test_unsure_words_join_a_run_unless_they_belong_elsewhere() -> None:
    assert rendered("long lasting standstill", [1, 1, 1], 1, sure=[SURE, SURE, 0.2]) == "long lasting standstill"
    assert rendered("long lasting standstill", [1, 1, 1], 1, sure=[SURE, 0.2, SURE]) == "long lasting standstill"
    assert rendered("long lasting standstill", [1, 1, 2], 1, sure=[SURE, SURE, 0.9]) == "long lasting"


@pytest.mark.parametrize(
    ("words", "expected"),
    [([1, 0, 1, 2, 2, 2], None), ([1, 1, 0, 1, 2, 2], None), ([0, 0, 1, 1, 2, 2], "c d")],
)
def test_two_runs_are_no_rendering(words: list[int], expected: str | None) -> None:
    assert rendered("a b c d e f", words, 1) == expected


@pytest.mark.parametrize(("count", "expected"), [(MOST_WORDS, "b c d e f"), (MOST_WORDS + 1, None)])
def test_too_many_words(count: int, expected: str | None) -> None:
    assert rendered("b c d e f g h", [1] * count + [2] * (7 - count), 1) == expected


@pytest.mark.parametrize("words", [None, [], [0, 1], [0, 1, 2, 3]])
def test_no_alignment_or_one_of_another_length(words: list[int] | None) -> None:
    assert rendered("The standstill held.", words, 1) is None


def test_nothing_is_asked_for_or_found() -> None:
    assert rendered("The standstill held.", [0, 1, 2]) is None
    assert rendered("The standstill held.", [0, 1, 2], 7) is None
    assert rendered("", [], 0) is None


def test_several_blanks() -> None:
    assert rendered("The  standstill   held.", [0, 1, 2], 1) == "standstill"
    assert rendered("They broke  the   standstill", [0, 2, 1, 1], 1) == "standstill"


@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from([0.2, 0.4, LEAST, 0.7, 0.9])), max_size=12),
    st.sets(st.integers(0, 6), max_size=4),
)
def test_target_words_are_sure_of_a_source_word_in_their_order(links: list[tuple[int, float]], words: set[int]) -> None:
    assert Links(links).surely(words) == [j for j, (word, sure) in enumerate(links) if word in words and sure >= LEAST]


@given(st.text(st.sampled_from("ab. \u00a0\n\t"), max_size=20))
def test_words_begin_where_the_blanks_end(text: str) -> None:
    places = starts(text, text.split())
    assert places == [at for at, c in enumerate(text) if not c.isspace() and (at == 0 or text[at - 1].isspace())]
