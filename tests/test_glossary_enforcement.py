"""Keeping translations to the glossary, step by step, and never at the price of a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from translator.engine.hypotheses import Decoding, Done, Hypothesis
from translator.glossary.enforcement import N_BEST, Enforcer, Steps
from translator.glossary.marks import CLOSE, MOST_MARKS, OPEN, TARGET, marked, neutral, places, plain
from translator.glossary.matching import Matcher
from translator.glossary.model import Entry, Form, Glossary, Hit, MatchMode, Outcome, TermType
from translator.glossary.translated import Translated

Fake = Callable[..., Any]

TRUCE = Entry("Waffenruhe", ("truce", "cease-fire"), forbidden=("armistice", "stillstand"))
TARIFF = Entry("Zoll", ("tariff",), forbidden=("duty",))
ALLY = Entry("Verbündeter", ("ally",))
ZELENSKYY = Entry("Selenskyj", ("Zelenskyy",), type=TermType.NAME)
UNITED = Entry("Vereinte Nationen", ("United Nations",), type=TermType.NAME)
RED_CROSS = Entry("Rotes Kreuz", ("Red Cross",), type=TermType.PHRASE)
EU = Entry("EU", ("EU",), match=MatchMode.EXACT, case_sensitive=True, type=TermType.KEEP)

FIRST = Decoding(beam=4, alignment=True)
SECOND = Decoding(beam=N_BEST, n_best=N_BEST, alignment=True)
USED, REPAIRED, MISSED = Outcome.USED, Outcome.REPAIRED, Outcome.MISSED


def hits_of(text: str, *entries: Entry) -> list[Hit]:
    return Matcher(Glossary(entries)).hits(text)


def enforce(engine: Any, text: str, *entries: Entry, steps: Steps | None = None, target: str = "en") -> Translated:
    (result,) = Enforcer(engine, target, steps=steps).translate([text], [hits_of(text, *entries)])
    return result


def outcomes(result: Translated) -> list[tuple[str, Outcome, str, str | None]]:
    """(source, outcome, step, words of the translation) of every term."""
    return [
        (t.hit.entry.source, t.outcome, t.how, result.text[t.span[0] : t.span[1]] if t.span else None)
        for t in result.terms
    ]


# Marks


def test_marks_are_written_for_an_engine_that_reads_them(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt nicht."
    request = "Die <trm> Waffenruhe <tgt> truce </trm> hielt nicht."
    engine = fake_engine({request: "The truce did not hold."}, inline=True)
    result = enforce(engine, text, TRUCE)
    assert engine.asked == [([request], FIRST)]
    assert result.text == "The truce did not hold."
    assert outcomes(result) == [("Waffenruhe", USED, "", "truce")]
    assert result.terms[0].span == (4, 9)


def test_no_marks_for_an_engine_that_does_not(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt nicht."
    engine = fake_engine({text: "The truce did not hold."})
    assert outcomes(enforce(engine, text, TRUCE)) == [("Waffenruhe", USED, "", "truce")]
    assert engine.asked == [([text], FIRST)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Waffenruhe.", "Die <trm> Waffenruhe <tgt> truce </trm>."),
        ("Waffenruhe, Zoll", "<trm> Waffenruhe <tgt> truce </trm>, <trm> Zoll <tgt> tariff </trm>"),
        ("Zoll Waffenruhe", "<trm> Zoll <tgt> tariff </trm> <trm> Waffenruhe <tgt> truce </trm>"),
        ("(Waffenruhe)", "( <trm> Waffenruhe <tgt> truce </trm>)"),
        ("bei den Vereinten Nationen!", "bei den <trm> Vereinten Nationen <tgt> United Nations </trm>!"),
        ("Die Ukraine-Waffenruhe", "Die Ukraine-Waffenruhe"),  # soft hits are never forced
        ("Nichts davon", "Nichts davon"),
    ],
)
def test_marked(text: str, expected: str) -> None:
    assert marked(text, hits_of(text, TRUCE, TARIFF, UNITED)).text == expected


def test_at_most_four_marks_for_the_longest_terms() -> None:
    text = "Selenskyj sprach über Zoll, Waffenruhe, die Vereinten Nationen, einen Verbündeten und das Rote Kreuz."
    hits = hits_of(text, TRUCE, TARIFF, UNITED, ALLY, ZELENSKYY, RED_CROSS)
    assert len(hits) == 6
    request = marked(text, hits)
    assert MOST_MARKS == 4
    assert request.text == (
        "Selenskyj sprach über Zoll, <trm> Waffenruhe <tgt> truce </trm>, die <trm> Vereinten Nationen <tgt> "
        "United Nations </trm>, einen <trm> Verbündeten <tgt> ally </trm> und das <trm> Rote Kreuz <tgt> Red Cross "
        "</trm>."
    )
    given, words = request.text.split(), text.split()
    places_of = [[given[i] for i, word in enumerate(request.words) if word in places(text, hit)] for hit in hits]
    assert places_of == [
        ["Selenskyj"],
        ["Zoll,"],
        ["<trm>", "Waffenruhe", "<tgt>", "truce", "</trm>,"],
        ["<trm>", "Vereinten", "Nationen", "<tgt>", "United", "Nations", "</trm>,"],
        ["<trm>", "Verbündeten", "<tgt>", "ally", "</trm>"],
        ["<trm>", "Rote", "Kreuz", "<tgt>", "Red", "Cross", "</trm>."],
    ]
    unmarked = [(given[i], words[word]) for i, word in enumerate(request.words) if given[i] in words]
    assert all(one == other for one, other in unmarked)


def test_places_of_plain_requests() -> None:
    text = "(Waffenruhe) bei  den Vereinten Nationen; EU-Zoll."
    request = plain(text)
    assert (request.text, request.words) == (text, tuple(range(6)))
    given = text.split()
    assert [[given[i] for i in sorted(places(text, hit))] for hit in hits_of(text, TRUCE, UNITED, TARIFF)] == [
        ["(Waffenruhe)"], ["Vereinten", "Nationen;"], ["EU-Zoll."],
    ]  # fmt: skip


@pytest.mark.parametrize("inline", [True, False])
def test_forged_marks_in_the_source_are_neutralised(fake_engine: Fake, inline: bool) -> None:
    text = "Das <trm> Haus <tgt> bomb </trm> und▁der Zoll <tgt>"
    engine = fake_engine(inline=inline)
    enforce(engine, text, TARIFF)
    asked = engine.asked[0][0][0]
    zoll = "<trm> Zoll <tgt> tariff </trm>" if inline else "Zoll"
    assert asked == f"Das (trm) Haus (tgt) bomb (trm) und_der {zoll} (tgt)"


@pytest.mark.parametrize(
    "text", ["<trm>", "x<tgt>y", "</trm></trm>", "<<trm>trm>", "＜trm＞ Haus ＜tgt＞", "<ｔｒｍ>", "﹤trm﹥"]
)
def test_marks_cannot_be_forged_in_any_spelling(text: str) -> None:
    """The tokenizer composes compatibility characters (NFKC), so a full-width mark becomes a mark."""
    read_by_model = unicodedata.normalize("NFKC", neutral(text))
    assert not any(mark in read_by_model for mark in (OPEN, TARGET, CLOSE))


def test_harmless_text_stays() -> None:
    for text in ("a < b > c", "<b>fett</b>", "trm tgt", "", "5 < 6"):
        assert neutral(text) == text


# Steps


def test_without_hits_nothing_is_asked_twice(fake_engine: Fake) -> None:
    engine = fake_engine({"Guten Tag.": "Hello."}, inline=True)
    assert enforce(engine, "Guten Tag.", TRUCE) == Translated("Hello.", -0.1, (), ((0, 0.9),))
    assert engine.asked == [(["Guten Tag."], FIRST)]


def test_a_term_that_is_there_is_used(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt."
    for translation, words in [("The truce held.", "truce"), ("The cease-fire held.", "cease-fire"),
                               ("Truces held.", "Truces"), ("The truce's end", "truce's")]:  # fmt: skip
        engine = fake_engine({text: translation})
        result = enforce(engine, text, TRUCE)
        assert (result.text, result.score) == (translation, -0.1)
        assert outcomes(result) == [("Waffenruhe", USED, "", words)]
        assert len(engine.asked) == 1


def test_repaired_by_n_best(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt."
    engine = fake_engine({text: ["The lull held.", "The pause held.", "The truce held.", "A truce held."]})
    engine.aligns = False
    result = enforce(engine, text, TRUCE)
    assert result.text == "The truce held."
    assert result.score == pytest.approx(-0.3)
    assert outcomes(result) == [("Waffenruhe", REPAIRED, "n-best", "truce")]
    assert engine.asked == [([text], FIRST), ([text], SECOND)]


def test_n_best_takes_the_one_with_the_fewest_missing_terms(fake_engine: Fake) -> None:
    text = "Waffenruhe, Zoll und Verbündeter"
    engine = fake_engine({text: ["x", "truce", "truce and tariff", "truce, tariff and ally", "ally"]})
    engine.aligns = False
    result = enforce(engine, text, TRUCE, TARIFF, ALLY)
    assert outcomes(result) == [
        ("Waffenruhe", REPAIRED, "n-best", "truce"),
        ("Zoll", REPAIRED, "n-best", "tariff"),
        ("Verbündeter", REPAIRED, "n-best", "ally"),
    ]


def test_a_much_worse_hypothesis_is_not_taken(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt."
    bad = [f"Pause {n}." for n in range(7)]
    engine = fake_engine({text: [*bad, "truce truce"]})
    engine.aligns = False
    result = enforce(engine, text, TRUCE)
    assert (result.text, result.score) == ("Pause 0.", -0.1)
    assert outcomes(result) == [("Waffenruhe", MISSED, "", None)]


def test_beam_of_the_caller(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt."
    for beam, second in [(1, N_BEST), (12, 12)]:
        engine = fake_engine({text: "x"})
        Enforcer(engine, "en", beam=beam).translate([text], [hits_of(text, TRUCE)])
        assert [d for _, d in engine.asked] == [
            Decoding(beam=beam, alignment=True), Decoding(beam=second, n_best=N_BEST, alignment=True),
        ]  # fmt: skip


def test_repaired_by_plain_decoding(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt."
    request = "Die <trm> Waffenruhe <tgt> truce </trm> hielt."
    engine = fake_engine({request: ["The pause.", "The rest."], text: ["The truce held.", "A truce."]}, inline=True)
    engine.aligns = False
    result = enforce(engine, text, TRUCE)
    assert result.text == "The truce held."
    assert outcomes(result) == [("Waffenruhe", REPAIRED, "plain decoding", "truce")]
    assert engine.asked == [([request], FIRST), ([text], FIRST)]


def test_no_plain_decoding_for_an_engine_without_marks(fake_engine: Fake) -> None:
    engine = fake_engine({"Die Waffenruhe": "x"})
    enforce(engine, "Die Waffenruhe", TRUCE)
    assert len(engine.asked) == 2


@pytest.mark.parametrize(
    ("translation", "expected", "words"),
    [
        ("The armistice held.", "The truce held.", "truce"),
        ("An armistice held.", "A truce held.", "truce"),
        ("Armistices broke.", "Truces broke.", "Truces"),
        ("The armistice's end", "The truce's end", "truce's"),
        ("They broke the armistices.", "They broke the truces.", "truces"),
        ("The stillstand held.", "The truce held.", "truce"),
    ],
)
def test_repaired_by_a_forbidden_rendering(fake_engine: Fake, translation: str, expected: str, words: str) -> None:
    text = "Die Waffenruhe hielt nicht."
    engine = fake_engine({text: translation})
    engine.aligns = False
    result = enforce(engine, text, TRUCE)
    assert result.text == expected
    assert outcomes(result) == [("Waffenruhe", REPAIRED, "substitution", words)]


def test_the_german_name_is_a_wrong_rendering(fake_engine: Fake) -> None:
    text = "Selenskyjs Rede"
    engine = fake_engine({text: "Selenskyj's speech"})
    engine.aligns = False
    result = enforce(engine, text, ZELENSKYY)
    assert result.text == "Zelenskyy's speech"
    assert outcomes(result) == [("Selenskyj", REPAIRED, "substitution", "Zelenskyy's")]


def test_the_german_noun_is_not(fake_engine: Fake) -> None:
    text = "Der Rat tagt."
    engine = fake_engine({text: "A Rat is meeting."})
    engine.aligns = False
    result = enforce(engine, text, Entry("Rat", ("council",)))
    assert (result.text, result.terms[0].outcome) == ("A Rat is meeting.", MISSED)


def test_every_forbidden_place_is_replaced_where_as_many_terms_are_missing(fake_engine: Fake) -> None:
    text = "Die Waffenruhe war keine sehr lange Waffenruhe."
    engine = fake_engine({text: "The armistice was not a very long armistice."})
    engine.aligns = False
    result = enforce(engine, text, TRUCE)
    assert result.text == "The truce was not a very long truce."
    assert outcomes(result) == [("Waffenruhe", REPAIRED, "substitution", "truce")] * 2


def test_a_forbidden_word_that_stands_there_more_often_is_left(fake_engine: Fake) -> None:
    text = "Die Waffenruhe nach dem Kriegsende"
    translation = "The armistice that followed the well-known armistice"
    engine = fake_engine({text: translation})
    engine.aligns = False
    result = enforce(engine, text, TRUCE)
    assert (result.text, outcomes(result)) == (translation, [("Waffenruhe", MISSED, "", None)])


def test_a_soft_hit_without_a_place_does_not_keep_a_hard_one_from_its_own(fake_engine: Fake) -> None:
    text = "Das Ukraine-Waffenruhe-Papier ist keine Waffenruhe."
    engine = fake_engine({text: "The Ukraine paper is no armistice."})
    engine.aligns = False
    result = enforce(engine, text, TRUCE)
    assert result.text == "The Ukraine paper is no truce."
    assert outcomes(result) == [
        ("Waffenruhe", MISSED, "", None),
        ("Waffenruhe", REPAIRED, "substitution", "truce"),
    ]


def test_what_renders_another_term_is_left(fake_engine: Fake) -> None:
    ceasefire = Entry("Waffenstillstand", ("armistice",))
    text = "Die Waffenruhe und der Waffenstillstand"
    engine = fake_engine({text: "The armistice"})
    engine.aligns = False
    result = enforce(engine, text, TRUCE, ceasefire)
    assert result.text == "The armistice"
    assert outcomes(result) == [("Waffenruhe", MISSED, "", None), ("Waffenstillstand", USED, "", "armistice")]


def test_nothing_is_inserted(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt."
    for translation in ("It held.", "", "The the the."):
        engine = fake_engine({text: translation})
        engine.aligns = False
        result = enforce(engine, text, TRUCE)
        assert (result.text, outcomes(result)) == (translation, [("Waffenruhe", MISSED, "", None)])


@pytest.mark.parametrize("translation", ["A truce armistice held.", "The truce, an armistice"])
def test_a_word_is_not_doubled(fake_engine: Fake, translation: str) -> None:
    text = "Waffenruhe folgt auf eine andere Waffenruhe"
    engine = fake_engine({text: translation})
    engine.aligns = False
    result = enforce(engine, text, TRUCE)
    assert result.text == translation
    assert outcomes(result) == [("Waffenruhe", USED, "", "truce"), ("Waffenruhe", MISSED, "", None)]


# Alignment


class Aligning:
    """One translation with a given alignment, as PackageEngine gives it."""

    name, inline_terms = "aligning", False

    def __init__(self, translation: str, alignment: Sequence[tuple[int, float]]) -> None:
        self.translation, self.alignment = translation, tuple(alignment)

    def translate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        done: Done | None = None,
        prefixes: Sequence[str] | None = None,
    ) -> list[list[Hypothesis]]:
        if prefixes is not None:
            return [[Hypothesis("", -0.5)] for _ in prefixes]
        return [[Hypothesis(self.translation, -0.1, self.alignment if decoding.alignment else None)] for _ in texts]

    def score(self, texts: Sequence[str], translations: Sequence[str]) -> list[float]:
        return [-0.5] * len(texts)


@pytest.mark.parametrize(
    ("text", "translation", "expected", "words"),
    [
        ("Die Waffenruhe hielt.", "The standstill held.", "The truce held.", "truce"),
        ("Die Waffenruhen hielten.", "The standstills held.", "The truces held.", "truces"),
        ("Keine „Waffenruhe“!", "No “standstill”!", "No “truce”!", "truce"),
        ("Waffenruhe hielt.", "Standstill held.", "Truce held.", "Truce"),
        ("Eine Waffenruhe kam.", "An intermission came.", "A truce came.", "truce"),
    ],
)
def test_repaired_by_alignment(fake_engine: Fake, text: str, translation: str, expected: str, words: str) -> None:
    result = enforce(fake_engine({text: translation}), text, TRUCE)
    assert result.text == expected
    assert outcomes(result) == [("Waffenruhe", REPAIRED, "substitution", words)]


def test_alignment_of_several_words_leaves_the_article(fake_engine: Fake) -> None:
    text = "Sie lobt Rotes Kreuz und alle"
    result = enforce(fake_engine({text: "She praises the Cross and all"}), text, RED_CROSS)
    assert result.text == "She praises the Red Cross and all"
    assert outcomes(result) == [("Rotes Kreuz", REPAIRED, "substitution", "Red Cross")]


SURE, UNSURE = 0.9, 0.4


def test_quotation_marks_behind_an_article_stay() -> None:
    result = enforce(Aligning("The “standstill” held.", [(1, SURE), (1, SURE), (2, SURE)]), "Waffenruhe hielt.", TRUCE)
    assert result.text == "The “standstill” held."
    result = enforce(Aligning("The “standstill” held.", [(0, SURE), (0, SURE), (1, SURE)]), "Waffenruhe hielt.", TRUCE)
    assert result.text == "The “truce” held."


@pytest.mark.parametrize(
    ("entry", "text", "translation", "alignment"),
    [
        (TRUCE, "Die Waffenruhe hielt.", "The standstill held.", [(0, SURE), (1, UNSURE), (2, SURE)]),
        (TRUCE, "Die Waffenruhe hielt.", "The still peace held.", [(0, SURE), (1, SURE), (0, SURE), (1, SURE)]),
        (TRUCE, "Die Waffenruhe hielt.", "b c d e f g", [(1, SURE)] * 6),
        (TRUCE, "Die Waffenruhe hielt.", "For it was", [(1, SURE), (1, SURE), (1, SURE)]),
        (TRUCE, "Die Waffenruhe hielt.", "The standstill held.", [(0, SURE), (1, SURE)]),
        (TRUCE, "Die Waffenruhe hielt.", "The standstill held.", [(0, SURE), (2, SURE), (2, SURE)]),
        (ZELENSKYY, "Da sprach Selenskyj.", "There spoke someone.", [(0, SURE), (1, SURE), (2, SURE)]),
    ],
    ids=[
        "unsure",
        "two places",
        "too many words",
        "function words",
        "wrong length",
        "no word",
        "name by small letters",
    ],
)
def test_doubtful_alignment_changes_nothing(
    entry: Entry, text: str, translation: str, alignment: list[tuple[int, float]]
) -> None:
    result = enforce(Aligning(translation, alignment), text, entry)
    assert (result.text, outcomes(result)) == (translation, [(entry.source, MISSED, "", None)])


def test_alignment_to_words_of_another_term_changes_nothing() -> None:
    text = "Zoll und Waffenruhe"
    result = enforce(Aligning("A tariff", [(1, SURE), (2, SURE)]), text, TRUCE, TARIFF)
    assert result.text == "A tariff"
    assert outcomes(result) == [("Zoll", USED, "", "tariff"), ("Waffenruhe", MISSED, "", None)]


class TwoFaced:
    """Reads marks; has the same translation for the marked and the plain text, but aligns only one of them."""

    name, inline_terms = "two-faced", True
    text = "Heute hielt die Waffenruhe am See."
    translation = "Today the standstill held lakeside."

    def __init__(self, aligned: str, words: Sequence[int]) -> None:
        self.aligned, self.words = aligned, words

    def translate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        done: Done | None = None,
        prefixes: Sequence[str] | None = None,
    ) -> list[list[Hypothesis]]:
        if prefixes is not None:
            return [[Hypothesis("", -0.5)] for _ in prefixes]
        aligned = decoding.alignment and (OPEN in texts[0]) == (self.aligned == "marked")
        return [[Hypothesis(self.translation, -0.1, tuple((w, SURE) for w in self.words) if aligned else None)]]

    def score(self, texts: Sequence[str], translations: Sequence[str]) -> list[float]:
        return [-0.5] * len(texts)


@pytest.mark.parametrize(
    ("aligned", "words"),
    [
        ("plain", [0, 2, 3, 1, 4]),
        ("marked", [0, 2, 4, 1, 8]),  # Heute hielt die <trm> Waffenruhe <tgt> truce </trm> am See.
        ("marked", [0, 2, 6, 1, 8]),  # what attends to the hint renders the term
        ("marked", [0, 2, 3, 1, 9]),
    ],
    ids=["plain", "term", "hint", "mark"],
)
def test_an_alignment_is_read_with_the_words_it_was_made_for(aligned: str, words: list[int]) -> None:
    result = enforce(TwoFaced(aligned, words), TwoFaced.text, TRUCE)
    assert result.text == "Today the truce held lakeside."
    assert outcomes(result) == [("Waffenruhe", REPAIRED, "substitution", "truce")]


def test_the_alignment_that_is_given_is_to_words_of_the_source() -> None:
    engine = TwoFaced("marked", [0, 2, 6, 1, 9])
    result = enforce(engine, TwoFaced.text, TRUCE, steps=Steps(substitution=False))
    assert result.alignment == ((0, SURE), (2, SURE), (3, SURE), (1, SURE), (5, SURE))
    replaced = enforce(engine, TwoFaced.text, TRUCE).alignment
    assert replaced == ((0, SURE), (2, SURE), (3, SURE), (1, SURE), (5, SURE))


@pytest.mark.parametrize(
    ("entry", "text", "translation", "alignment", "changed", "expected"),
    [
        # one word becomes two, two become one: the words behind keep theirs
        (RED_CROSS, "Sie lobt Rotes Kreuz und alle", "She praises the Cross and all", [0, 1, 3, 3, 4, 5],
         "She praises the Red Cross and all", [0, 1, 3, 3, 3, 4, 5]),
        (UNITED, "Die Vereinten Nationen tagen heute", "The Nations meet today", [0, 2, 3, 4],
         "The United Nations meet today", [0, 2, 2, 3, 4]),
        (TRUCE, "Die Waffenruhe hielt gestern.", "The cease peace held yesterday.", [0, 1, 1, 2, 3],
         "The truce held yesterday.", [0, 1, 2, 3]),
        (TRUCE, "Gestern die Waffenruhe", "Yesterday a standstill", [0, 1, 2], "Yesterday a truce", [0, 1, 2]),
    ],
)  # fmt: skip
def test_the_alignment_after_a_substitution(
    entry: Entry, text: str, translation: str, alignment: list[int], changed: str, expected: list[int]
) -> None:
    result = enforce(Aligning(translation, [(w, SURE) for w in alignment]), text, entry)
    assert result.text == changed
    assert [word for word, _ in result.alignment or ()] == expected


# Several terms, several texts


def test_every_term_says_which_step_repaired_it(fake_engine: Fake) -> None:
    text = "Die Waffenruhe und der Zoll"
    engine = fake_engine({text: ["The pause and the duty", "The truce and the duty"]})
    engine.aligns = False
    result = enforce(engine, text, TRUCE, TARIFF)
    assert result.text == "The truce and the tariff"
    assert outcomes(result) == [
        ("Waffenruhe", REPAIRED, "n-best", "truce"),
        ("Zoll", REPAIRED, "substitution", "tariff"),
    ]


def test_spans_point_at_the_terms_after_every_change(fake_engine: Fake) -> None:
    text = "Die EU, die Waffenruhe, der Zoll und Selenskyj"
    engine = fake_engine({text: "The EU, an armistice, the duty and Selenskyj’s allies"})
    engine.aligns = False
    result = enforce(engine, text, EU, TRUCE, TARIFF, ZELENSKYY)
    assert result.text == "The EU, a truce, the tariff and Zelenskyy’s allies"
    assert outcomes(result) == [
        ("EU", USED, "", "EU"),
        ("Waffenruhe", REPAIRED, "substitution", "truce"),
        ("Zoll", REPAIRED, "substitution", "tariff"),
        ("Selenskyj", REPAIRED, "substitution", "Zelenskyy’s"),
    ]


def test_a_term_that_another_decoding_brings_is_not_called_a_substitution(fake_engine: Fake) -> None:
    """The armistice is replaced at first, but the sentence that is taken in the end has a truce of its own."""
    text = "Die Waffenruhe und der Zoll"
    engine = fake_engine({text: ["The armistice and the fee", "A truce and a tariff"]})
    engine.aligns = False
    result = enforce(engine, text, TRUCE, TARIFF)
    assert result.text == "A truce and a tariff"
    assert outcomes(result) == [
        ("Waffenruhe", REPAIRED, "n-best", "truce"),
        ("Zoll", REPAIRED, "n-best", "tariff"),
    ]


def test_a_repaired_part_of_a_word_says_its_step_as_well(fake_engine: Fake) -> None:
    text = "Die Ukraine-Waffenruhe senkt den Zoll."
    engine = fake_engine({text: ["The Ukraine deal lowers the fee.", "The Ukraine truce lowers the tariff."]})
    engine.aligns = False
    result = enforce(engine, text, TRUCE, TARIFF)
    assert outcomes(result) == [
        ("Waffenruhe", REPAIRED, "n-best", "truce"),
        ("Zoll", REPAIRED, "n-best", "tariff"),
    ]


@pytest.mark.parametrize(
    ("translations", "expected"),
    [
        (["The truce, a cease-fire and truce, held.", "The truce held."], "The truce held."),
        (["The truce of the truce held.", "Pause held."], "The truce of the truce held."),
        (["The truce held.", "The truce of the truce held."], "The truce held."),
    ],
    ids=["doubled", "nothing better", "not doubled"],
)
def test_a_term_that_is_said_twice_is_decoded_again(fake_engine: Fake, translations: list[str], expected: str) -> None:
    text = "Die Waffenruhe hielt."
    engine = fake_engine({text: translations})
    engine.aligns = False
    result = enforce(engine, text, TRUCE)
    assert result.text == expected
    assert [t.outcome for t in result.terms] == [USED]


def test_second_decoding_is_asked_only_for_failing_sentences(fake_engine: Fake) -> None:
    texts = ["Die Waffenruhe hielt.", "Guten Tag.", "Der Zoll stieg.", "Die Ukraine-Waffenruhe", "Ein Zoll"]
    engine = fake_engine(
        {
            texts[0]: "The truce held.",
            texts[1]: "Hello.",
            texts[2]: ["The fee rose.", "The tariff rose."],
            texts[3]: "The Ukraine deal",
            texts[4]: "A duty",
        }
    )
    engine.aligns = False
    seen: list[int] = []
    hits = [hits_of(t, TRUCE, TARIFF) for t in texts]
    results = Enforcer(engine, "en").translate(texts, hits, seen.append)
    assert [r.text for r in results] == [
        "The truce held.",
        "Hello.",
        "The tariff rose.",
        "The Ukraine deal",
        "A tariff",
    ]
    assert [asked for asked, _ in engine.asked] == [texts, [texts[2]]]  # a known wrong word needs no second decoding
    assert seen == [5]
    assert [outcomes(r) for r in results] == [
        [("Waffenruhe", USED, "", "truce")],
        [],
        [("Zoll", REPAIRED, "n-best", "tariff")],
        [("Waffenruhe", MISSED, "", None)],
        [("Zoll", REPAIRED, "substitution", "tariff")],
    ]
    assert results[3].terms[0].hit.form is Form.HYPHEN


def test_no_texts(fake_engine: Fake) -> None:
    assert Enforcer(fake_engine(), "en").translate([], []) == []


# Switches and other languages


def test_no_steps(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt."
    engine = fake_engine({text: ["The armistice held.", "The truce held."]}, inline=True)
    none = Steps(marks=False, n_best=False, plain=False, substitution=False, prefixes=False)
    result = enforce(engine, text, TRUCE, steps=none)
    assert engine.prefixes == []
    assert engine.asked == [([text], FIRST)]
    assert (result.text, outcomes(result)) == ("The armistice held.", [("Waffenruhe", MISSED, "", None)])


def test_without_n_best(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt."
    engine = fake_engine({text: ["The armistice held.", "A truce held."]})
    result = enforce(engine, text, TRUCE, steps=Steps(n_best=False))
    assert result.text == "The truce held."
    assert outcomes(result) == [("Waffenruhe", REPAIRED, "substitution", "truce")]


def test_without_substitution(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt."
    engine = fake_engine({text: ["The armistice held.", "An armistice held."]})
    result = enforce(engine, text, TRUCE, steps=Steps(substitution=False))
    assert (result.text, outcomes(result)) == ("The armistice held.", [("Waffenruhe", MISSED, "", None)])
    engine.table[text] = ["The armistice held.", "A truce held."]
    assert enforce(engine, text, TRUCE, steps=Steps(substitution=False)).text == "A truce held."


def test_without_plain_decoding(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt."
    request = "Die <trm> Waffenruhe <tgt> truce </trm> hielt."
    engine = fake_engine({request: "x", text: "The truce held."}, inline=True)
    result = enforce(engine, text, TRUCE, steps=Steps(plain=False))
    assert (result.text, result.terms[0].outcome) == ("x", MISSED)
    assert [asked for asked, _ in engine.asked] == [[request], [request]]


def test_without_marks(fake_engine: Fake) -> None:
    text = "Die Waffenruhe hielt."
    engine = fake_engine({text: "x"}, inline=True)
    enforce(engine, text, TRUCE, steps=Steps(marks=False))
    assert [asked for asked, _ in engine.asked] == [[text], [text]]


def test_english_articles_are_for_english_only(fake_engine: Fake) -> None:
    text = "Es gibt ein Abkommen."
    engine = fake_engine({text: "Il y a armistice."})
    engine.aligns = False
    accord = Entry("Abkommen", ("accord",), forbidden=("armistice",))
    assert enforce(engine, text, accord, target="fr").text == "Il y a accord."


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("A EU envoy spoke.", "An EU envoy spoke."),
        ("It was an truce and a EU envoy came.", "It was a truce and an EU envoy came."),
        ("The EU envoy saw the truce.", "The EU envoy saw the truce."),
    ],
)
def test_the_article_before_a_term_is_put_right(fake_engine: Fake, said: str, expected: str) -> None:
    source = "Waffenruhe, EU-Gesandter."
    entries = [Entry("Waffenruhe", ("truce",)), Entry("EU-Gesandter", ("EU envoy",))]
    hits = tuple(Matcher(Glossary(tuple(entries))).hits(source))
    translated = Enforcer(fake_engine({source: said}), "en", steps=Steps(prefixes=False)).translate([source], [hits])
    assert translated[0].text == expected
