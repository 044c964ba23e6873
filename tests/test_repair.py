"""Damaged translations are decoded again, step by step, and taken only if they are less damaged."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from conftest import FakeEngine

from translator.engine.hypotheses import Decoding, Done, Hypothesis
from translator.glossary.enforcement import Enforcer
from translator.glossary.matching import Matcher
from translator.glossary.model import Entry, Glossary, Outcome
from translator.glossary.translated import Translated
from translator.language.capitals import is_capitals, truecased
from translator.repair import Repairer

LONG = "Die Regierung will im Herbst sparen, weil die Einnahmen sinken und die Ausgaben steigen."
LOOP = "The government wants to save, to save, to save, to save in autumn because revenue falls."
GOOD = "The government wants to save in autumn because revenue is falling and spending is rising."


class Looping(FakeEngine):
    """Says the loop unless n-grams must not repeat."""

    def translate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        done: Done | None = None,
        prefixes: Sequence[str] | None = None,
    ) -> list[list[Hypothesis]]:
        if decoding.no_repeat:
            return [[Hypothesis(GOOD, -0.9)] for _ in texts]
        return super().translate(texts, decoding, done, prefixes)


def translate(engine: FakeEngine, text: str, matcher: Matcher | None = None) -> Translated:
    """A text through translation and repair."""
    enforcer = Enforcer(engine, "en")
    hits = [tuple(matcher.hits(text)) if matcher else ()]
    return Repairer(enforcer, "de", "en").repair([text], hits, enforcer.translate([text], hits))[0]


def test_a_sound_translation_is_decoded_once() -> None:
    engine = FakeEngine({LONG: GOOD})
    result = translate(engine, LONG)
    assert (result.text, result.repair, len(engine.asked)) == (GOOD, "", 1)


def test_another_hypothesis_takes_the_place_of_a_loop() -> None:
    result = translate(FakeEngine({LONG: [LOOP, GOOD]}), LONG)
    assert (result.text, result.repair) == (GOOD, "other hypothesis")


def test_a_loop_in_all_hypotheses_is_decoded_without_repetition() -> None:
    result = translate(Looping({LONG: [LOOP, LOOP + " To save, to save."]}), LONG)
    assert (result.text, result.repair) == (GOOD, "no repetition")


@pytest.mark.parametrize(
    ("damaged", "what"),
    [
        ("", "nothing"),
        (LONG, "a copy"),
        (GOOD + " And more of it" * 12, "a runaway"),
        ("The government saves.", "a fragment"),
    ],
)
def test_what_counts_as_damage(damaged: str, what: str) -> None:
    result = translate(FakeEngine({LONG: [damaged, GOOD]}), LONG)
    assert (result.text, result.repair) == (GOOD, "other hypothesis"), what


def test_a_number_that_changed_is_damage() -> None:
    text = "Die Nummer lautet 12345 in Berlin."
    result = translate(FakeEngine({text: ["The number is 1234555 in Berlin.", "The number is 12345 in Berlin."]}), text)
    assert (result.text, result.repair) == ("The number is 12345 in Berlin.", "other hypothesis")


def test_a_headline_is_tried_with_a_final_stop_that_its_translation_does_not_keep() -> None:
    text = "Bund und Länder streiten wieder über Heizkosten"
    engine = FakeEngine({text: "", f"{text}.": "Federal and state governments argue over heating costs again."})
    result = translate(engine, text)
    assert (result.text, result.repair) == (
        "Federal and state governments argue over heating costs again",
        "final stop",
    )


def test_a_sentence_is_cut_at_clauses_as_the_last_resort_and_its_alignment_joined() -> None:
    first, second = "Die Regierung will im Herbst sparen,", "weil die Einnahmen sinken und die Ausgaben steigen."
    engine = FakeEngine({LONG: "", first: "The government wants to save in autumn,",
                         second: "because revenue is falling and spending is rising."})  # fmt: skip
    result = translate(engine, LONG)
    assert (result.text, result.repair) == (GOOD.replace("autumn", "autumn,"), "clauses")
    assert result.alignment is not None
    assert len(result.alignment) == len(result.text.split())
    assert result.alignment[7][0] == len(first.split())


def test_what_cannot_be_mended_stays_as_it_was() -> None:
    engine = FakeEngine({LONG: LONG})
    engine.table |= {part: part for part in (f"{LONG}.", *LONG.split(", "))}
    engine.table["Die Regierung will im Herbst sparen,"] = "Die Regierung will im Herbst sparen,"
    result = translate(engine, LONG)
    assert (result.text, result.repair) == (LONG, "")


def test_capitals_are_translated_in_ordinary_writing_and_put_back() -> None:
    engine = FakeEngine({"KANZLER REIST NACH KIEW": "KANZLER REIST NACH KIEW",
                         "Kanzler reist nach Kiew": "Chancellor travels to Kyiv"})  # fmt: skip
    result = translate(engine, "KANZLER REIST NACH KIEW")
    assert (result.text, result.repair) == ("CHANCELLOR TRAVELS TO KYIV", "ordinary writing")


def test_a_word_in_capitals_that_was_copied_is_tried_too() -> None:
    engine = FakeEngine({"EILMELDUNG": "EILMELDUNG", "Eilmeldung": "Breaking news"})
    assert translate(engine, "EILMELDUNG").text == "BREAKING NEWS"


def test_terms_are_kept_in_a_mended_translation() -> None:
    matcher = Matcher(Glossary((Entry("Waffenruhe", ("truce",)),)))
    text = "WAFFENRUHE BRICHT ZUSAMMEN"
    engine = FakeEngine({text: text, "Waffenruhe bricht zusammen": "Truce collapses"})
    result = translate(engine, text, matcher)
    assert result.text == "TRUCE COLLAPSES"
    assert [(t.hit.entry.source, t.outcome) for t in result.terms] == [("Waffenruhe", Outcome.USED)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("KANZLER REIST NACH KIEW", "Kanzler reist nach Kiew"),
        ("STREIT UM DIE RENTE", "Streit um die Rente"),
        ("EU UND NATO BERATEN", "EU und Nato beraten"),
        ("WAFFENRUHE IN GAZA BRICHT ZUSAMMEN", "Waffenruhe in Gaza bricht zusammen"),
        ("HILFE FÜR SELENSKYJ", "Hilfe für Selenskyj"),
        ("„NEUE HÄUSER“ AB 2027!", "„Neue Häuser“ ab 2027!"),
    ],
)
def test_truecased(text: str, written: str) -> None:
    assert is_capitals(text)
    assert truecased(text, "de") == written
    assert len(truecased(text, "de")) == len(text)


@pytest.mark.parametrize("text", ["", "EU", "2027", "Kanzler reist", "SPD UND CDU", "Die NATO", "Üben"])
def test_ordinary_text_and_initials_are_no_capitals(text: str) -> None:
    assert not is_capitals(text)
