"""A term that takes the place of other words takes over their number, possessive, capital and article."""

from __future__ import annotations

import pytest

from translator.glossary.agreement import agreeing, replace


@pytest.mark.parametrize(
    ("term", "wrong", "expected"),
    [
        # number
        ("ceasefire", "truce", "ceasefire"),
        ("ceasefire", "truces", "ceasefires"),
        ("ally", "partners", "allies"),
        ("crisis", "emergencies", "crises"),
        ("statesman", "politicians", "statesmen"),
        ("child", "youngsters", "children"),
        ("tax", "duties", "taxes"),
        ("firefighter", "firemen", "firefighters"),
        ("minor", "children", "minors"),
        ("head of state", "chiefs of state", "heads of state"),
        ("head of state", "state leaders", "heads of state"),
        ("nuclear power plant", "atomic power plants", "nuclear power plants"),
        ("nuclear power plant", "AKWs", "nuclear power plants"),
        ("ban on combustion engines", "prohibitions", "bans on combustion engines"),
        ("tariffs", "duties", "tariffs"),
        ("sanctions", "penalty", "sanctions"),
        ("head of state", "leader of states", "head of state"),
        ("policy", "politics", "policy"),
        ("report", "news", "report"),
        ("ceasefire", "press", "ceasefire"),
        # possessive
        ("ceasefire", "truce's", "ceasefire's"),
        ("ceasefire", "truce’s", "ceasefire’s"),
        ("ceasefire", "truces'", "ceasefires'"),
        ("ceasefire", "truces’", "ceasefires’"),
        ("child", "youngsters’", "children’s"),
        ("child", "youngsters'", "children's"),
        # capital
        ("ceasefire", "Truce", "Ceasefire"),
        ("ceasefire", "Truces", "Ceasefires"),
        ("head of state", "Chiefs of state", "Heads of state"),
        ("EU summit", "council", "EU summit"),
        ("EU summit", "Council", "EU summit"),
    ],
)
def test_agreeing(term: str, wrong: str, expected: str) -> None:
    assert agreeing(term, wrong, name=False) == expected


@pytest.mark.parametrize(
    ("term", "wrong", "expected"),
    [
        ("Zelenskyy", "Selenskyj", "Zelenskyy"),
        ("Zelenskyy", "Selenskyj's", "Zelenskyy's"),
        ("Zelenskyy", "Selenskyj’s", "Zelenskyy’s"),
        ("Kallas", "Kalas'", "Kallas's"),
        ("Kallas", "Kalas’", "Kallas’s"),
        ("Green", "Verts", "Green"),
        ("United Nations", "Verband", "United Nations"),
    ],
)
def test_agreeing_names(term: str, wrong: str, expected: str) -> None:
    assert agreeing(term, wrong, name=True) == expected


@pytest.mark.parametrize(
    ("term", "wrong", "expected"),
    [("trêve", "trêves", "trêve"), ("trêve", "Armistice", "Trêve"), ("trêve", "armistice's", "trêve")],
)
def test_other_languages_have_no_english_endings(term: str, wrong: str, expected: str) -> None:
    assert agreeing(term, wrong, name=False, language="fr") == expected


@pytest.mark.parametrize(
    ("text", "wrong", "term", "expected"),
    [
        ("The truce held.", "truce", "ceasefire", "The ceasefire held."),
        ("Two truces broke.", "truces", "ceasefire", "Two ceasefires broke."),
        ("The chiefs of state met.", "chiefs of state", "head of state", "The heads of state met."),
        ("The truce's end", "truce's", "ceasefire", "The ceasefire's end"),
        # capitals
        ("Truce holds.", "Truce", "ceasefire", "Ceasefire holds."),
        ("“Truce holds”", "Truce", "ceasefire", "“Ceasefire holds”"),
        ("It ended. Truces broke.", "Truces", "ceasefire", "It ended. Ceasefires broke."),
        ("The Truce held.", "Truce", "ceasefire", "The ceasefire held."),
        ("The Council met.", "Council", "EU summit", "The EU summit met."),
        ("truce holds", "truce", "ceasefire", "ceasefire holds"),
        ("AKW opponents protest.", "AKW", "nuclear power plant", "Nuclear power plant opponents protest."),
        ("AKWs were closed.", "AKWs", "nuclear power plant", "Nuclear power plants were closed."),
        ("The AKW was closed.", "AKW", "nuclear power plant", "The nuclear power plant was closed."),
        # articles
        ("He wants an armistice.", "armistice", "ceasefire", "He wants a ceasefire."),
        ("He wants a truce.", "truce", "armistice", "He wants an armistice."),
        ("A truce held.", "truce", "armistice", "An armistice held."),
        ("An armistice held.", "armistice", "ceasefire", "A ceasefire held."),
        ("He wants a “truce”.", "truce", "armistice", "He wants an “armistice”."),
        ("a truce", "truce", "hour-long pause", "an hour-long pause"),
        ("an agreement", "agreement", "European law", "a European law"),
        ("an agreement", "agreement", "UN resolution", "a UN resolution"),
        ("an agreement", "agreement", "US envoy", "a US envoy"),
        ("a group", "group", "NGO", "an NGO"),
        ("a group", "group", "SPD committee", "an SPD committee"),
        ("a council", "council", "EU summit", "an EU summit"),
        ("an immediate armistice", "armistice", "ceasefire", "an immediate ceasefire"),
        ("the armistice", "armistice", "ceasefire", "the ceasefire"),
        ("vitamin A. Truce", "Truce", "armistice", "vitamin A. Armistice"),
    ],
)
def test_replace(text: str, wrong: str, term: str, expected: str) -> None:
    start = text.index(wrong)
    assert replace(text, start, start + len(wrong), term, name=False) == expected


@pytest.mark.parametrize(
    ("text", "wrong", "term", "expected"),
    [
        ("Selenskyj's plan", "Selenskyj's", "Zelenskyy", "Zelenskyy's plan"),
        ("So Selenskyj said", "Selenskyj", "Zelenskyy", "So Zelenskyy said"),
        ("an Ukrainian town, Charkiw", "Charkiw", "Kharkiv", "an Ukrainian town, Kharkiv"),
        ("a Orban speech", "Orban", "Orbán", "an Orbán speech"),
        ("The Verts won", "Verts", "Greens", "The Greens won"),
    ],
)
def test_replace_names(text: str, wrong: str, term: str, expected: str) -> None:
    start = text.index(wrong)
    assert replace(text, start, start + len(wrong), term, name=True) == expected


def test_articles_of_other_languages_stay() -> None:
    assert replace("Il a armistice", 5, 14, "trêve", name=False, language="fr") == "Il a trêve"
