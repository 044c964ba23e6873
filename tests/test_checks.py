"""Each rule on good and bad translations."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translator.checks import Sentence, Severity, run_checks
from translator.glossary.model import Entry, Form, Hit, Outcome, TermResult

BAD = [
    ("numbers", "Er zahlte 1.234,56 Euro.", "He paid 1,234.65 euros."),
    ("numbers", "Es kamen 3.500 Gäste.", "There were 3.500 guests."),
    ("numbers", "Am 5. Mai kam er.", "He came on 6 May."),
    ("numbers", "Es sind 5 Milliarden.", "There are 5 million."),
    ("numbers", "Um 14.30 Uhr begann es.", "It began at 3.40 pm."),
    ("currency", "Das kostet 50 Euro.", "That costs 50 dollars."),
    ("currency", "Das kostet 50 €.", "That costs 50."),
    ("negation", "Er kommt nicht.", "He is coming."),
    ("negation", "Sie hat keine Zeit.", "She has time."),
    ("negation", "Sie hat Zeit.", "She does not have time."),
    ("copies", "Das ist ein schöner Tag.", "Das ist ein schöner Tag."),
    ("copies", "Wir gehen heute nach Hause.", "Wir gehen heute nach Hause"),
    ("untranslated", "Er wohnt in dem alten Haus.", "He lives und wohnt here."),
    ("untranslated", "Das Treffen wurde verschoben.", "The meeting was verschoben."),
    ("repetition", "Er ging am Abend nach Hause.", "He went home in the evening in the evening."),
    ("repetition", "Er sprach lange.", "He spoke spoke for long."),
    ("length", "Er sprach lange über die Lage im Land und über die Wahl.", "He spoke."),
    ("length", "Er kam.", "He came and then he told us all about it for hours on end."),
    ("leftovers", "Er kam.", "He <trm> came."),
    ("leftovers", "Er kam.", "He▁came."),
    ("quotes", "Er las das Buch „Faust“ gern.", "He liked the book “Faust."),
    ("quotes", "Er (der Chef) kam.", "He (the boss came."),
    ("punctuation", "Kommt er heute?", "He is coming today."),
    ("punctuation", "Er kommt heute.", "He is coming today"),
    ("names", "Gestern sprach Annalena Bärbock mit ihm.", "Yesterday Annalena Kowalczyk spoke with him."),
    ("codes", "Siehe https://example.org/a für mehr.", "See https://example.org/b for more."),
    ("codes", "Schreiben Sie an rat@example.org.", "Write to council@example.org."),
    ("sentences", "Er kam. Er sah. Er ging.", "He came and saw and went."),
]
GOOD = [
    ("Er zahlte 1.234,56 Euro.", "He paid 1,234.56 euros."),
    ("Um 14.30 Uhr begann es.", "It began at 2.30 pm."),
    ("Am 5. Mai 2024 kam er.", "He came on May 5, 2024."),
    ("Es sind 2,3 Mrd. Euro.", "It is 2.3 billion euros."),
    ("Das Spiel endete 84:80.", "The match ended 84-80."),
    ("Im 19. Jahrhundert war das so.", "That was so in the 19th century."),
    ("Es waren 3 Männer.", "There were three men."),
    ("Er kommt nicht.", "He isn't coming."),
    ("Nicht nur er kam.", "He was among those who came."),
    ("Das ist nicht möglich.", "That is impossible."),
    ("Die Süddeutsche Zeitung berichtet.", "The Süddeutsche Zeitung reports."),
    ("Das ist sehr, sehr gut.", "That is very, very good."),
    ("Er las „Faust“ gern.", "He liked reading “Faust”."),
    ("Selenskyj traf Lawrow.", "Zelenskyy met Lavrov."),
    ("Kommt er heute?", "Is he coming today?"),
    ("Siehe www.example.org.", "See www.example.org."),
]


def warnings(sentence: Sentence) -> set[str]:
    return {f.rule for f in run_checks(sentence) if f.severity is Severity.WARNING}


@pytest.mark.parametrize(("rule", "source", "target"), BAD)
def test_errors_are_found(rule: str, source: str, target: str) -> None:
    assert rule in warnings(Sentence(source, target))


@pytest.mark.parametrize(("source", "target"), GOOD)
def test_good_translations_pass(source: str, target: str) -> None:
    assert warnings(Sentence(source, target)) == set()


@pytest.mark.parametrize(("score", "expected"), [(None, set()), (-0.3, set()), (-1.2, set()), (-2.0, {"confidence"})])
def test_low_scores(score: float | None, expected: set[str]) -> None:
    assert warnings(Sentence("Er kam.", "He came.", score=score)) == expected


def test_what_the_glossary_wants_is_no_error() -> None:
    hit = Hit(Entry("Schloss", ("schloss wird",)), 4, 11, Form.EXACT)
    term = TermResult(hit, Outcome.USED, span=(4, 16))
    assert "untranslated" in warnings(Sentence("Das Schloss brennt.", "The schloss wird burns."))
    assert warnings(Sentence("Das Schloss brennt.", "The schloss wird burns.", terms=(term,))) == set()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["de", "fr"]))
def test_no_text_crashes_and_spans_are_inside(source: str, target: str, language: str) -> None:
    for finding in run_checks(Sentence(source, target, language)):
        assert finding.message
        assert finding.span is None or 0 <= finding.span[0] <= finding.span[1] <= len(target)
