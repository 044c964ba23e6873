"""Quick looks spare the checks most of their work: none of them may hide what the rule behind it would find."""

from __future__ import annotations

import re
import sys
from collections import Counter
from difflib import SequenceMatcher

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from translator.checks import (
    codes,
    copies,
    currency,
    names,
    negation,
    numerals,
    repetition,
    spellings,
    untranslated,
)
from translator.checks.chain import run_checks
from translator.checks.exonyms import EXONYMS
from translator.checks.sentence import Sentence
from translator.checks.text import Text, folded
from translator.checks.wording import known
from translator.language import lemmas

PIECES = """nicht NICHT nıcht nİcht kein KeInE keines keiN nie Nİe niemand nirgends weder nichts un unmöglich ohne not Not nOT
    another never Never nobody no-one NO-ONE cannot can't couldn’t DON'T know none nothing without hopeless impossible
    www. WWW.a ſ K http:// HTTPS://x htTpſ://y @ab a@b.de #c1 #x &#39 merkur.de merkur.DE a.at .ch .com.
    € 5 EUR Euro euro Europa $ USD Dollar dollar £ Pfund Sterling ¥ Yen Franken Schweizer ₽ Rubel ₴ Griwna PLN Złoty Zloty
    Yuan Renminbi ₹ INR Rupie Rupien Rubrik 3 Mio. Mrd. Million Millionen Milliarden Billion Tausend Tausendfüßler""".split()
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=8).flatmap(
    lambda parts: st.sampled_from([" ", "", "-", ", ", "'", "\u00a0"]).map(lambda blank: blank.join(parts))
)
words = st.text(st.sampled_from("abcdeghiklnorstuwyäöüßéñſ-"), min_size=1, max_size=12)


def test_folded_letters_are_those_that_patterns_without_case_take_for_a_to_z() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    for letter in "abcdefghijklmnopqrstuvwxyz":
        taken = re.findall(letter, everything, re.I)
        assert {letter, letter.upper()} <= set(taken)
        assert {folded(other) for other in taken} == {letter}


SUMS = [f"{amount} {name}" for amount in ("5", "Mio.", "Mrd.", "Million", "Milliarden", "Billion", "Tausend")
        for name in ("Euro", "$", "Pfund Sterling", "Yen", "Franken", "Rubel", "Griwna", "Zloty", "Yuan", "Rupien")]  # fmt: skip


def _is_seen(text: str) -> None:
    """What the slow patterns find in a text, the quick look at it saw coming."""
    side = Text(text, "de")
    assert side.may_hold(negation._MAY_DENY_DE) or not negation._STRONG_DE.search(text)
    assert side.may_hold(negation._MAY_DENY_EN) or not negation._STRONG_EN.search(text)
    assert codes.may_have_address(side) or not codes.ADDRESS.search(text)
    assert side.has_digit == any(c.isdecimal() for c in text)
    assert untranslated._DOMAIN in untranslated._kept(side) or not untranslated._DOMAIN.search(text)
    for name, (german, _) in currency._CURRENCIES.items():
        marks = [mark for mark, named in currency._MARKS.items() if named == name]
        assert any(mark in text for mark in marks) or not re.search(german, text)
        has_amount = side.has_digit or any(amount in text for amount in currency._WRITTEN_AMOUNTS)
        assert has_amount or not currency._SUMS[name].search(text)


@pytest.mark.parametrize("text", [*PIECES, *SUMS])
def test_nothing_is_hidden_in_a_word(text: str) -> None:
    _is_seen(text)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_nothing_is_hidden_in_a_text(text: str) -> None:
    _is_seen(text)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_what_denies_strongly_also_denies_weakly(text: str) -> None:
    assert negation._WEAK_DE.search(text) or not negation._STRONG_DE.search(text)
    assert negation._WEAK_EN.search(text) or not negation._STRONG_EN.search(text)


@given(words, words)
def test_common_letters_are_no_fewer_than_there_are(one: str, other: str) -> None:
    exact = sum((Counter(one) & Counter(other)).values())
    assert spellings.common_letters(one, other) >= exact
    if one.isascii() and other.isascii() and "-" not in one + other:
        assert spellings.common_letters(one, other) == exact


@settings(max_examples=300)
@given(words, words, st.sampled_from([spellings.SIMILAR, spellings.SIMILAR_ADJECTIVE]))
def test_spellings_are_alike_if_their_ratio_says_so(one: str, other: str, least: float) -> None:
    for other_ in (other, one[1:] + other[:2] or "a", one[:-1] + other[0]):
        assert spellings._alike(one, other_, least) == (SequenceMatcher(None, one, other_, False).ratio() >= least)


@pytest.mark.parametrize("stem", [*EXONYMS, "haus", "ost"])
def test_exonyms_are_those_of_all_stems(stem: str) -> None:
    for word in (stem, f"{stem}ische", f"nieder{stem}", f"un{stem}er", stem[1:]):
        stems = [s for s in EXONYMS if (word.startswith(s) if len(s) < 5 else s in word)]
        assert set(spellings.exonyms(word)) == {form for s in stems for form in EXONYMS[s]}


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.sampled_from("ent oäß."), min_size=10, max_size=60) | st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.text(st.sampled_from("entx "), max_size=2)), max_size=6),
)
def test_no_copy_is_passed_over(text: str, changes: list[tuple[int, str]]) -> None:
    other = text
    for at, letters in changes:
        other = other[:at] + letters + other[at + 1 :]
    one, two = copies.letters(text), copies.letters(other)
    if one == two or SequenceMatcher(None, one, two, False).ratio() >= copies.NEARLY:
        assert copies._may_be_copy(folded(text), folded(other))


@pytest.mark.parametrize(
    "word",
    [
        "Haus",
        "haus",
        "HAUS",
        "Gehen",
        "gehen",
        "gEHEN",
        "NATO",
        "nato",
        "Istanbul",
        "istanbul",
        "Ǆungla",
        "ßa",
        "x",
        "USA",
        "FRIEDEN",
        "MONDAY",
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_word_is_known_as_written_or_in_small_letters(word: str, language: str) -> None:
    assert known(word, language) == any(lemmas.is_known(form, language) for form in (word, word.lower()))


@given(
    st.lists(st.sampled_from([*numerals._WORDS["de"], *numerals._WORDS["en"], "und", "s", "er", "haus"]), max_size=4)
)
def test_number_words_are_found_by_their_beginnings(parts: list[str]) -> None:
    word = "".join(parts)
    for language, forms in numerals._WORDS.items():
        found = numerals.spelled(word, language)
        assert {value for form, value in forms.items() if word.startswith(form)} <= found
        if not any(word.startswith(form) for form in forms):
            assert not found


def _first_loop(tokens: list[str]) -> tuple[int, int] | None:
    """The rule as it reads: every phrase, shortest first, against what follows it."""
    for size in range(1, repetition.LONGEST_PHRASE + 1):
        for start in range(len(tokens) - 2 * size + 1):
            often = 2 if size > 1 else 4 if tokens[start] in repetition._DOUBLED else 2
            if tokens[start : start + often * size] == tokens[start : start + size] * often:
                return start, size
    return None


@pytest.mark.parametrize("size", range(1, repetition.LONGEST_PHRASE + 2))
def test_loops_of_any_length(size: int) -> None:
    phrase = [chr(ord("a") + at) for at in range(size)]
    found = (1, size) if size <= repetition.LONGEST_PHRASE else None
    assert repetition._loop(" ".join(["z", *phrase * 2]), ["z", *phrase * 2]) == found


@settings(max_examples=400)
@given(st.lists(st.sampled_from(["a", "b", "c", "very"]), max_size=40))
def test_loops_are_found_where_words_return(tokens: list[str]) -> None:
    assert repetition._loop(" ".join(tokens), tokens) == _first_loop(tokens)


def _comes_often(tokens: list[str]) -> bool:
    size = repetition._COUNTED
    phrases = Counter(tuple(tokens[at : at + size]) for at in range(len(tokens) - size + 1))
    return max(phrases.values(), default=0) >= repetition._MOST


@settings(max_examples=400)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=5), st.lists(st.sampled_from("abcdxyz"), max_size=16))
def test_a_phrase_comes_too_often_if_it_is_counted_so(phrase: list[str], others: list[str]) -> None:
    for tokens in (phrase * 3, phrase * 4 + others, others, [*phrase, *others, *phrase, *others[:3], *phrase, *phrase]):
        assert repetition._is_frequent(tokens) == _comes_often(tokens)


@given(
    st.lists(st.sampled_from(["A", "Ä", "Ab", "Öl", "Bär", "Abend", "der", " ", " ", "-", "_", "5", "é", "’"])).map(
        "".join
    )
)
@example("5Ab Bär Öl_Ab Abend")
def test_pairs_of_capitalised_words_overlap(text: str) -> None:
    anywhere = re.compile(r"(?=\b([A-ZÄÖÜ][^\W\d_]+) ([A-ZÄÖÜ][^\W\d_]{2,})\b)")
    assert names._PAIR.findall(text) == anywhere.findall(text)


@given(st.lists(st.sampled_from([*"aB'’- 5_éſ", "Haus", "über"]), max_size=20).map("".join))
def test_words_that_may_be_names_are_those_of_the_pattern(text: str) -> None:
    assert names._words(Text(text, "de")) == [w for w in names._NAME.findall(text) if w[0].isupper() or len(w) > 3]


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("Er lebt in Bonn.", "Neckarsulm is his home, he says of Neckarsulm.", "Neckarsulm is not in the original"),
        ("Gestern sprach Annalena Bärbock.", "Yesterday Annalena Window spoke.", "Window is not in the original"),
        ("Es war der 5.10.2018.", "It was September 5, 2018.", "5.10.2018 is missing"),
        ("Die Rede wurde gehalten.", "The speech wurde, gehalten.", "left in German: wurde, gehalten"),
        ("Die Rede wurde gehalten.", "The speech wurde - gehalten.", "left in German: wurde"),
    ],
)
def test_what_is_said(source: str, target: str, message: str) -> None:
    assert message in [finding.message for finding in run_checks(Sentence(source, target))]


def test_a_month_in_a_date_may_be_a_word() -> None:
    assert not run_checks(Sentence("Es war der 5.10.2018.", "It was October 5, 2018."))


def test_both_sides_are_read_once() -> None:
    sentence = Sentence("Er kam. Sie ging.", "He came. She went.")
    assert sentence.free is sentence.texts
    assert sentence.texts[0].sentences is sentence.free[0].sentences
    assert sentence == Sentence("Er kam. Sie ging.", "He came. She went.")
