"""Each check says something about the bad example and nothing about the good one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.checks import Sentence, Severity, run_checks


def warned(source: str, target: str, score: float | None = None) -> set[str]:
    return {f.rule for f in run_checks(Sentence(source, target, score=score)) if f.severity is Severity.WARNING}


@pytest.mark.parametrize(
    ("rule", "source", "good", "bad"),
    [
        ("numbers", "Im Jahr 1998 kamen 45 Gäste.", "In 1998, 45 guests came.", "In 1989, 45 guests came."),
        ("numbers", "Es kostet 1.250,50 Kronen.", "It costs 1,250.50 crowns.", "It costs 1,350.50 crowns."),
        (
            "negation",
            "Der Minister hat dem Plan nicht zugestimmt.",
            "The minister did not agree to the plan.",
            "The minister agreed to the plan.",
        ),
        (
            "copies",
            "Die Regierung hat gestern ein neues Gesetz beschlossen.",
            "The government passed a new law yesterday.",
            "Die Regierung hat gestern ein neues Gesetz beschlossen.",
        ),
        (
            "repetition",
            "Die Schule öffnet morgen wieder ihre Türen.",
            "The school opens its doors again tomorrow.",
            "The school opens the school opens the school opens the school opens tomorrow.",
        ),
        (
            "quotes",
            "Er nannte den Vorschlag „mutig und klug“, mehr sagte er dazu aber am Montag in Rostock.",
            "He called the proposal “bold and wise”, but said no more about it in Rostock on Monday.",
            "He called the proposal “bold and wise, but said no more about it in Rostock on Monday.",
        ),
        (
            "codes",
            "Mehr steht auf www.beispiel.org/hilfe zu lesen.",
            "More can be read at www.beispiel.org/hilfe today.",
            "More can be read at the help page today.",
        ),
        ("leftovers", "Die Messe beginnt heute.", "The fair begins today.", "The <trm> fair begins today."),
    ],
)  # fmt: skip
def test_good_and_bad(rule: str, source: str, good: str, bad: str) -> None:
    assert warned(source, good) == set()
    assert rule in warned(source, bad)


def test_length() -> None:
    source = "Die Abgeordneten stritten bis in den Abend hinein über den Haushalt und die Schulden des Landes."
    assert warned(source, "Members argued into the evening about the budget and the country's debts.") == set()
    assert "length" in warned(source, "Members.")


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_makes_them_fail(source: str, target: str) -> None:
    run_checks(Sentence(source, target, score=-1.0))
