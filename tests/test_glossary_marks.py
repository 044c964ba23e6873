"""Term marks in the source: which words of a request stand for which words of the text."""

from __future__ import annotations

import pytest

from translator.engine.hypotheses import Hypothesis
from translator.glossary.marks import MOST_MARKS, Request, marked, places, plain
from translator.glossary.matching import Matcher
from translator.glossary.model import Entry, Glossary, Hit, TermType

TRUCE = Entry("Waffenruhe", ("truce", "cease-fire"))
TARIFF = Entry("Zoll", ("tariff",))
UNITED = Entry("Vereinte Nationen", ("United Nations",), type=TermType.NAME)
CHIEF = Entry("Außenbeauftragte", ("foreign policy chief",))


def hits_of(text: str, *entries: Entry) -> list[Hit]:
    return Matcher(Glossary(entries)).hits(text)


def pairs(text: str, request: Request) -> list[tuple[str, str]]:
    """Every word of the request with the word of the text that it stands for."""
    given, words = request.text.split(), text.split()
    assert len(given) == len(request.words)
    return [(word, words[index]) for word, index in zip(given, request.words, strict=True)]


MARKED = [
    (
        "start",
        "Waffenruhe hielt nicht.",
        "<trm> Waffenruhe <tgt> truce </trm> hielt nicht.",
        [0, 0, 0, 0, 0, 1, 2],
    ),
    (
        "middle",
        "Die Waffenruhe hielt nicht.",
        "Die <trm> Waffenruhe <tgt> truce </trm> hielt nicht.",
        [0, 1, 1, 1, 1, 1, 2, 3],
    ),
    (
        "end",
        "Es gilt eine Waffenruhe",
        "Es gilt eine <trm> Waffenruhe <tgt> truce </trm>",
        [0, 1, 2, 3, 3, 3, 3, 3],
    ),
    (
        "quotation marks",
        "Die „Waffenruhe“ hielt nicht.",
        "Die „ <trm> Waffenruhe <tgt> truce </trm>“ hielt nicht.",
        [0, 1, 1, 1, 1, 1, 1, 2, 3],
    ),
    (
        "inside a quotation",
        "Er nannte es „eine Waffenruhe auf Zeit“.",
        "Er nannte es „eine <trm> Waffenruhe <tgt> truce </trm> auf Zeit“.",
        [0, 1, 2, 3, 4, 4, 4, 4, 4, 5, 6],
    ),
    (
        "bracket and quotation mark",
        "Dann kam („Waffenruhe“), Ruhe.",
        "Dann kam („ <trm> Waffenruhe <tgt> truce </trm>“), Ruhe.",
        [0, 1, 2, 2, 2, 2, 2, 2, 3],
    ),
    (
        "trailing punctuation",
        "Nach der Waffenruhe, sagte er, kam Zoll!",
        "Nach der <trm> Waffenruhe <tgt> truce </trm>, sagte er, kam <trm> Zoll <tgt> tariff </trm>!",
        [0, 1, 2, 2, 2, 2, 2, 3, 4, 5, 6, 6, 6, 6, 6],
    ),
    (
        "two side by side",
        "Zoll Waffenruhe",
        "<trm> Zoll <tgt> tariff </trm> <trm> Waffenruhe <tgt> truce </trm>",
        [0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
    ),
    (
        "two in one word",
        "Im Streit um Zoll/Waffenruhe einig",
        "Im Streit um <trm> Zoll <tgt> tariff </trm>/ <trm> Waffenruhe <tgt> truce </trm> einig",
        [0, 1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4],
    ),
    (
        "term of two words",
        "Bei den Vereinten Nationen in Genf",
        "Bei den <trm> Vereinten Nationen <tgt> United Nations </trm> in Genf",
        [0, 1, 2, 2, 3, 2, 2, 2, 2, 4, 5],
    ),
    (
        "hint of three words",
        "Die Außenbeauftragte Kallas kam.",
        "Die <trm> Außenbeauftragte <tgt> foreign policy chief </trm> Kallas kam.",
        [0, 1, 1, 1, 1, 1, 1, 1, 2, 3],
    ),
    (
        "several blanks",
        "Die  Waffenruhe   hielt.",
        "Die  <trm> Waffenruhe <tgt> truce </trm>   hielt.",
        [0, 1, 1, 1, 1, 1, 2],
    ),
    ("no hit", "Die Gespräche gehen weiter.", "Die Gespräche gehen weiter.", [0, 1, 2, 3]),
    ("only a part of a word", "Der Ukraine-Zoll bleibt.", "Der Ukraine-Zoll bleibt.", [0, 1, 2]),
]


@pytest.mark.parametrize(("text", "expected", "words"), [row[1:] for row in MARKED], ids=[row[0] for row in MARKED])
def test_words_of_a_marked_request(text: str, expected: str, words: list[int]) -> None:
    request = marked(text, hits_of(text, TRUCE, TARIFF, UNITED, CHIEF))
    assert request.text == expected
    assert list(request.words) == words


@pytest.mark.parametrize("text", [row[1] for row in MARKED], ids=[row[0] for row in MARKED])
def test_words_that_are_not_marked_stand_for_themselves(text: str) -> None:
    hits = hits_of(text, TRUCE, TARIFF, UNITED, CHIEF)
    hit_words = {word for hit in hits for word in places(text, hit)}
    found = marked(text, hits)
    for given, index in zip(found.text.split(), found.words, strict=True):
        assert given == text.split()[index] or index in hit_words
    assert set(found.words) == set(range(len(text.split())))


def test_words_beyond_the_most_marks() -> None:
    text = "Zoll eins, Zoll zwei, Zoll drei, Zoll vier, Zoll fünf, Zoll sechs."
    request = marked(text, hits_of(text, TARIFF))
    assert request.text.count("<trm>") == MOST_MARKS
    assert [index for given, index in zip(request.text.split(), request.words, strict=True) if given == "Zoll"] == [
        0, 2, 4, 6, 8, 10,
    ]  # fmt: skip


def test_empty_text() -> None:
    assert plain("") == marked("", []) == Request("", ())


# What a document forges


FORGED = [
    ("Das <trm> Haus brennt.", "Das (trm) Haus brennt.", [0, 1, 2, 3]),
    ("Das <tgt> Haus </trm> brennt.", "Das (tgt) Haus (trm) brennt.", [0, 1, 2, 3, 4]),
    ("</trm> </trm> </trm> </trm> Haus und Hof", "(trm) (trm) (trm) (trm) Haus und Hof", [0, 1, 2, 3, 4, 5, 6]),
    ("Ein ＜ｔｒｍ＞ Haus brennt.", "Ein (ｔｒｍ) Haus brennt.", [0, 1, 2, 3]),
    ("Ein < trm > Haus brennt.", "Ein (trm) Haus brennt.", [0, 1, 4, 5]),
    ("Ein < / trm > altes Haus brennt.", "Ein (trm) altes Haus brennt.", [0, 1, 5, 6, 7]),
    ("Ein▁Haus brennt.", "Ein_Haus brennt.", [0, 1]),
]


@pytest.mark.parametrize(("text", "expected", "words"), FORGED)
def test_words_of_a_plain_request(text: str, expected: str, words: list[int]) -> None:
    """A mark that was made harmless may have fewer words and letters: those behind it stay where they are."""
    request = plain(text)
    assert request.text == expected
    assert list(request.words) == words


@pytest.mark.parametrize(("text", "expected", "words"), FORGED)
def test_words_of_a_marked_request_with_forged_marks(text: str, expected: str, words: list[int]) -> None:
    text += " Der Zoll steigt."
    request = marked(text, hits_of(text, TARIFF))
    assert request.text == f"{expected} Der <trm> Zoll <tgt> tariff </trm> steigt."
    last = len(text.split()) - 1
    assert list(request.words) == [*words, last - 2, *[last - 1] * 5, last]


# Alignment


@pytest.mark.parametrize(
    ("alignment", "expected"),
    [
        # Die <trm> Waffenruhe <tgt> truce </trm> hielt nicht.
        ([0, 2, 7, 6], [0, 1, 3, 2]),
        ([0, 4, 7, 6], [0, 1, 3, 2]),
        ([1, 3, 5, 5], [1, 1, 1, 1]),
        ([0, 4, 8, 99], [0, 1, 3, 3]),
    ],
    ids=["term", "hint", "marks", "beyond the last word"],
)
def test_in_source(alignment: list[int], expected: list[int]) -> None:
    text = "Die Waffenruhe hielt nicht."
    request = marked(text, hits_of(text, TRUCE))
    sure = [0.9, 0.8, 0.3, 0.7]
    aligned = tuple(zip(alignment, sure, strict=True))
    moved = request.in_source(Hypothesis("The truce not held", -0.2, aligned))
    assert moved == Hypothesis("The truce not held", -0.2, tuple(zip(expected, sure, strict=True)))


def test_in_source_without_alignment() -> None:
    hypothesis = Hypothesis("The truce held.", -0.2)
    assert plain("Die Waffenruhe hielt.").in_source(hypothesis) == hypothesis


def test_in_source_of_an_empty_text() -> None:
    assert plain("").in_source(Hypothesis("Well", -0.2, ((0, 0.9),))).alignment is None


# Places


@pytest.mark.parametrize(
    ("text", "entry", "expected"),
    [
        ("Waffenruhe hielt.", TRUCE, [["Waffenruhe"]]),
        ("Die „Waffenruhe“, sagte er", TRUCE, [["„Waffenruhe“,"]]),
        ("Die Vereinten Nationen tagen", UNITED, [["Vereinten", "Nationen"]]),
        ("Die Vereinten  Nationen: tagen", UNITED, [["Vereinten", "Nationen:"]]),
        ("Zoll auf Zoll", TARIFF, [["Zoll"], ["Zoll"]]),
        ("Der Ukraine-Zoll bleibt", TARIFF, [["Ukraine-Zoll"]]),
    ],
)
def test_places(text: str, entry: Entry, expected: list[list[str]]) -> None:
    words = text.split()
    found = [[words[i] for i in sorted(places(text, hit))] for hit in hits_of(text, entry)]
    assert found == expected


def test_places_of_repeated_words_are_told_apart() -> None:
    text = "Zoll auf Zoll"
    assert [sorted(places(text, hit)) for hit in hits_of(text, TARIFF)] == [[0], [2]]
