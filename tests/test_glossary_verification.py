"""Is a term in a translation? Every hit wants words of its own."""

from __future__ import annotations

import time

import pytest

from translator.glossary.model import Entry, Form, Hit, TermType
from translator.glossary.verification import Verifier


def hit(*targets: str, kind: TermType = TermType.NOUN, form: Form = Form.EXACT, source: str = "Begriff") -> Hit:
    return Hit(Entry(source, targets, type=kind), 0, len(source), form)


def name(*targets: str) -> Hit:
    return hit(*targets, kind=TermType.NAME)


def soft(*targets: str) -> Hit:
    return hit(*targets, form=Form.MODIFIER)


def texts(translation: str, *hits: Hit, target: str = "en") -> list[str | None]:
    """The words of the translation that render each hit."""
    return [translation[s[0] : s[1]] if s else None for s in Verifier(target).spans(translation, hits)]


@pytest.mark.parametrize(
    ("translation", "wanted", "expected"),
    [
        # surface
        ("The ceasefire held.", hit("ceasefire"), "ceasefire"),
        ("Ceasefire!", hit("ceasefire"), "Ceasefire"),
        ("CEASEFIRE IN SIGHT", hit("ceasefire"), "CEASEFIRE"),
        ("“Ceasefire”, he said", hit("ceasefire"), "Ceasefire"),
        ("The fire ceased.", hit("ceasefire"), None),
        ("The ceasefires held.", hit("ceasefire"), "ceasefires"),
        ("The cease-fire held.", hit("ceasefire"), None),
        ("", hit("ceasefire"), None),
        # alternatives
        ("The cease-fire held.", hit("ceasefire", "cease-fire"), "cease-fire"),
        ("The truce held.", hit("ceasefire", "truce"), "truce"),
        # plural and other forms
        ("Our allies met.", hit("ally"), "allies"),
        ("Our ally came.", hit("allies"), "ally"),
        ("Two women spoke.", hit("woman"), "women"),
        ("The heads of state met.", hit("head of state"), "heads of state"),
        ("Nuclear power plants were closed.", hit("nuclear power plant"), "Nuclear power plants"),
        ("The power of the plant", hit("power plant"), None),
        # possessive
        ("The ceasefire's end", hit("ceasefire"), "ceasefire's"),
        ("The ceasefire’s end", hit("ceasefire"), "ceasefire’s"),
        ("Our allies’ plan", hit("ally"), "allies"),
        ("Trump's plan", name("Trump"), "Trump's"),
        ("TRUMP’S PLAN", name("Trump"), "TRUMP’S"),
        ("Kallas' plan", name("Kallas"), "Kallas"),
        ("Kallas's plan", name("Kallas"), "Kallas's"),
        ("on All Saints' Day", name("All Saints' Day"), "All Saints' Day"),
        # hyphens
        ("the EU-wide ban", name("EU"), "EU"),
        ("the Zelenskyy-led government", name("Zelenskyy"), "Zelenskyy"),
        # acronyms
        ("The US said so.", name("US"), "US"),
        ("He told us so.", name("US"), None),
        ("Us and them", name("US"), None),
        ("the US's plan", name("US"), "US's"),
        ("NGOs protested.", hit("NGO"), "NGOs"),
        ("the MPs’ vote", hit("MP"), "MPs"),
        ("an ngo", hit("NGO"), None),
        ("the UNO", hit("UN"), None),
        ("US troops left.", hit("US troop"), "US troops"),
        # names are not lemmatised
        ("The Greens won.", name("Greens"), "Greens"),
        ("The green won.", name("Greens"), None),
        ("The Greens won.", name("Green"), None),
        ("The Greens won.", hit("Green"), "Greens"),
        ("The Bundestags", hit("Bundestag", kind=TermType.KEEP), None),
        ("Mr Banks came.", name("Bank"), None),
    ],
)
def test_one_hit(translation: str, wanted: Hit, expected: str | None) -> None:
    assert texts(translation, wanted) == [expected]
    assert Verifier("en").missing(translation, [wanted]) == ([0] if expected is None else [])


def test_two_occurrences_are_needed_for_two_hits() -> None:
    once, twice = "The ceasefire held.", "The ceasefire held; a new ceasefire came."
    two = [hit("ceasefire"), hit("ceasefire")]
    assert Verifier().missing(once, two) == [1]
    assert texts(twice, *two) == ["ceasefire", "ceasefire"]
    assert Verifier().spans(twice, two) == [(4, 13), (26, 35)]
    assert Verifier().missing(twice, [*two, hit("ceasefire")]) == [2]


def test_two_entries_with_the_same_rendering_need_two_places() -> None:
    hits = [hit("ceasefire", source="Waffenruhe"), hit("ceasefire", "truce", source="Waffenstillstand")]
    assert Verifier().missing("The ceasefire held.", hits) == [1]
    assert texts("After the truce, the ceasefire held.", *hits) == ["ceasefire", "truce"]


def test_nested_terms_do_not_use_up_each_other() -> None:
    inner, outer = hit("Security Council"), hit("UN Security Council")
    text = "The UN Security Council met, and the Security Council spoke."
    assert texts(text, inner, outer) == ["Security Council", "UN Security Council"]
    assert texts(text, outer, inner) == ["UN Security Council", "Security Council"]
    assert Verifier().spans(text, [inner, outer]) == [(37, 53), (4, 23)]
    assert len(Verifier().missing("The UN Security Council met.", [inner, outer])) == 1
    assert texts("The UN Security Council met.", inner) == ["Security Council"]
    assert texts("The UN Security Council met.", outer) == ["UN Security Council"]


def test_an_assignment_is_found_where_the_first_choice_blocks() -> None:
    # a takes the only place of b unless it yields
    hits = [hit("peace talks", "talks"), hit("peace"), hit("peace talks")]
    text = "Peace talks: talks on peace."
    assert texts(text, *hits) == ["talks", "peace", "Peace talks"]


def test_earlier_places_are_taken_first() -> None:
    hits = [hit("ceasefire", "truce"), hit("ceasefire", "truce")]
    assert texts("A truce is no ceasefire.", *hits) == ["truce", "ceasefire"]


def test_hard_hits_come_before_soft_ones() -> None:
    assert texts("A ceasefire held.", soft("ceasefire"), hit("ceasefire")) == [None, "ceasefire"]
    assert texts("A ceasefire held.", hit("ceasefire"), soft("ceasefire")) == ["ceasefire", None]
    assert texts("A ceasefire held.", soft("ceasefire")) == ["ceasefire"]


def test_soft_hits_are_never_missing() -> None:
    assert Verifier().missing("Nothing.", [soft("ceasefire"), hit("truce"), soft("truce")]) == [1]


def test_spans_never_overlap() -> None:
    hits = [hit("a b"), hit("b c"), hit("c d"), hit("a b c"), hit("d")]
    spans = [s for s in Verifier().spans("a b c d a b c d", hits) if s]
    assert len(spans) == 4  # all five would need ten words
    assert all(a[1] <= b[0] for a, b in zip(sorted(spans), sorted(spans)[1:], strict=False))


def test_occurrences() -> None:
    verifier = Verifier("en")
    assert verifier.occurrences("A truce, truces, TRUCE", "truce", name=False) == [(2, 7), (9, 15), (17, 22)]
    assert verifier.occurrences("A truce, truces, TRUCE", "truce", name=True) == [(2, 7), (17, 22)]
    assert verifier.occurrences("He told us. The US", "US", name=True) == [(16, 18)]
    assert verifier.occurrences("truce", "…", name=False) == []
    assert verifier.occurrences("", "truce", name=False) == []


def test_no_hits() -> None:
    assert Verifier().spans("A truce.", []) == []
    assert Verifier().missing("A truce.", []) == []


@pytest.mark.parametrize(
    ("target", "translation", "rendering", "expected"),
    [
        ("fr", "Les droits de douane baissent.", "droit de douane", "droits de douane"),
        ("es", "Los aranceles suben.", "arancel", "aranceles"),
        ("ja", "aranceles", "arancel", None),
        ("ja", "Arancel", "arancel", "Arancel"),
    ],
)
def test_other_languages(target: str, translation: str, rendering: str, expected: str | None) -> None:
    assert texts(translation, hit(rendering), target=target) == [expected]


# Speed


@pytest.fixture(scope="module", autouse=True)
def dictionary() -> None:
    """simplemma reads its dictionary at the first word: not a part of what is timed."""
    assert texts("Our allies met.", hit("ally")) == ["allies"]


def test_forty_hits_in_a_long_text_finish_fast() -> None:
    terms = ["ceasefire", "security council", "tariff", "ally", "head of state"]
    text = "The ceasefire, the UN security council, tariffs, allies and heads of state. " * 100
    hits = [hit(terms[n % 5]) for n in range(40)]
    started = time.perf_counter()
    spans = Verifier().spans(text, hits)
    assert time.perf_counter() - started < 1
    assert None not in spans
    assert len(set(spans)) == 40


def test_forty_hits_of_which_one_has_no_place_finish_fast() -> None:
    text = "A ceasefire or truce. " * 20 + "The ceasefire."
    hits = [hit("ceasefire", "truce") for _ in range(40)] + [hit("ceasefire") for _ in range(2)]
    started = time.perf_counter()
    missing = Verifier().missing(text, hits)
    assert time.perf_counter() - started < 1
    assert len(missing) == 1


def test_a_thousand_hits_do_not_exhaust_the_stack() -> None:
    text = "EU " * 1000
    hits = [name("EU")] * 1000
    started = time.perf_counter()
    assert Verifier().missing(text, hits) == []
    assert time.perf_counter() - started < 5
