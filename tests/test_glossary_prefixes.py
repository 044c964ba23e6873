"""Decoding again behind a prefix that ends in the missing term: what is tried, and which of it is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from conftest import FakeEngine

from translator.engine.hypotheses import Hypothesis
from translator.glossary.enforcement import MOST_LOSS, Enforcer, Steps
from translator.glossary.matching import Matcher
from translator.glossary.model import Entry, Glossary, Hit, Outcome, TermType
from translator.glossary.prefixes import MOST_PLACES, Attempt, redecode
from translator.glossary.translated import Translated
from translator.glossary.verification import Verifier

TRUCE = Entry("Waffenruhe", ("truce", "cease-fire"))
TARIFF = Entry("Zoll", ("tariff",))
ALLY = Entry("Verbündeter", ("ally",))
ZELENSKYY = Entry("Selenskyj", ("Zelenskyy",), type=TermType.NAME)

REPAIRED, MISSED, USED = Outcome.REPAIRED, Outcome.MISSED, Outcome.USED
ONLY_PREFIXES = Steps(marks=False, n_best=False, plain=False, substitution=False)


class Scoring(FakeEngine):
    """Finishes prefixes by a function, scores translations by a table (all others -0.5), records both."""

    def __init__(
        self,
        table: dict[str, str | list[str]] | None = None,
        finish: Callable[[str], str] = lambda prefix: "",
        scores: dict[str, float] | None = None,
    ) -> None:
        super().__init__(table)
        self.aligns, self.finish, self.scores = False, finish, scores or {}
        self.rounds: list[tuple[list[str], list[str]]] = []
        self.scored: list[tuple[list[str], list[str]]] = []

    def translate(self, texts, decoding, done=None, prefixes=None):  # type: ignore[no-untyped-def]
        if prefixes is not None:
            assert len(texts) == len(prefixes)
            self.rounds.append((list(texts), list(prefixes)))
        return super().translate(texts, decoding, done, prefixes)

    def score(self, texts: Sequence[str], translations: Sequence[str]) -> list[float]:
        assert len(texts) == len(translations)
        self.scored.append((list(texts), list(translations)))
        return [self.scores.get(translation, -0.5) for translation in translations]


def hits_of(text: str, *entries: Entry) -> list[Hit]:
    return Matcher(Glossary(entries)).hits(text)


def tried(best: Hypothesis, text: str, *entries: Entry, index: int = 0) -> list[str]:
    """The prefixes that are tried for a missing hit."""
    engine = Scoring()
    assert redecode(
        [Attempt(text, hits_of(text, *entries), best, index)], engine, Verifier("en"), loss=MOST_LOSS
    ) == [None]  # fmt: skip
    return [prefix for _, prefixes in engine.rounds for prefix in prefixes]


def enforce(engine: FakeEngine, text: str, *entries: Entry) -> Translated:
    (result,) = Enforcer(engine, "en", steps=ONLY_PREFIXES).translate([text], [hits_of(text, *entries)])
    return result


def outcomes(result: Translated) -> list[tuple[str, Outcome, str]]:
    return [(t.hit.entry.source, t.outcome, t.how) for t in result.terms]


# What is tried


@pytest.mark.parametrize(
    ("translation", "alignment", "expected"),
    [
        # Gestern(0) hielt(1) die(2) Waffenruhe(3) nicht(4).
        ("Yesterday the standstill did not hold.", [0, 2, 3, 1, 4, 1],
         ["Yesterday the truce", "Yesterday the truce", "Yesterday the standstill truce"]),
        ("Standstill held", [3, 1], ["Truce", "Standstill truce"]),
        ("They broke it", [3, 3, 3], ["Truce", "They broke it truce"]),
        ("Yesterday a long quiet failed", [0, 2, 3, 3, 1],
         ["Yesterday a truce", "Yesterday a truce", "Yesterday a long quiet truce"]),
    ],
)  # fmt: skip
def test_prefixes_near_the_aligned_words(translation: str, alignment: list[int], expected: list[str]) -> None:
    best = Hypothesis(translation, -0.1, tuple((word, 0.9) for word in alignment))
    found = tried(best, "Gestern hielt die Waffenruhe nicht.", TRUCE)
    assert sorted(set(found)) == sorted(set(expected))
    assert all(prefix.casefold().endswith("truce") for prefix in found)


def test_prefixes_without_alignment_are_spread_over_the_sentence() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    found = tried(Hypothesis(" ".join(words), -0.1), "Die Waffenruhe", TRUCE)
    assert len(found) == MOST_PLACES
    heads = [prefix.split()[:-1] for prefix in found]
    assert all(head == words[: len(head)] for head in heads)
    assert heads[0] == []
    assert len({len(head) for head in heads}) == MOST_PLACES
    assert max(len(head) for head in heads) > len(words) / 2


@pytest.mark.parametrize("count", [1, 2, 3, 7, 20, 60])
def test_never_more_than_the_most_places(count: int) -> None:
    found = tried(Hypothesis(" ".join(f"w{n}" for n in range(count)), -0.1), "Die Waffenruhe", TRUCE)
    assert 0 < len(found) <= MOST_PLACES
    assert found[0] == "Truce"


def test_prefixes_keep_an_article_and_names_stand_as_they_are() -> None:
    best = Hypothesis("The standstill held", -0.1, ((0, 0.9), (1, 0.9), (2, 0.9)))
    assert "The truce" in tried(best, "Die Waffenruhe hielt", TRUCE)
    best = Hypothesis("The president spoke", -0.1, ((0, 0.9), (1, 0.9), (2, 0.9)))
    assert "Zelenskyy" in tried(best, "Gestern Selenskyj sprach", ZELENSKYY)


def test_no_prefix_for_an_empty_translation() -> None:
    engine = Scoring()
    text = "Die Waffenruhe"
    attempt = Attempt(text, hits_of(text, TRUCE), Hypothesis("", -0.1), 0)
    assert redecode([attempt], engine, Verifier("en"), loss=MOST_LOSS) == [None]
    assert engine.rounds == []


def test_forged_marks_do_not_reach_the_engine() -> None:
    text = "Die <trm> Waffenruhe"
    engine = Scoring(finish=lambda prefix: f"{prefix} held")
    redecode([Attempt(text, hits_of(text, TRUCE), Hypothesis("It held", -0.1), 0)], engine, Verifier("en"), loss=1.0)
    asked = {text for texts, _ in [*engine.rounds, *engine.scored] for text in texts}
    assert asked == {"Die (trm) Waffenruhe"}


# What is taken

TEXT = "Gestern hielt die Waffenruhe nicht."
LOST = "Yesterday it did not hold."


def found(finish: Callable[[str], str], scores: dict[str, float], *entries: Entry, text: str = TEXT) -> Translated:
    return enforce(Scoring({text: LOST}, finish, scores), text, *(entries or (TRUCE,)))


def test_the_best_candidate_is_taken() -> None:
    candidates = {
        "Truce": "Truce did not hold yesterday.",
        "Yesterday truce": "Yesterday truce did not hold.",
        "Yesterday it truce": "Yesterday it truce hold.",
    }
    scores = {"Truce did not hold yesterday.": -0.4, "Yesterday truce did not hold.": -0.3,
              "Yesterday it truce hold.": -0.6, LOST: -0.2}  # fmt: skip
    result = found(lambda prefix: candidates.get(prefix, prefix), scores)
    assert result.text == "Yesterday truce did not hold."
    assert result.score == pytest.approx(-0.3)
    assert outcomes(result) == [("Waffenruhe", REPAIRED, "prefix decoding")]
    assert [result.text[slice(*t.span)] for t in result.terms if t.span] == ["truce"]


@pytest.mark.parametrize(
    ("candidate", "own", "taken"),
    [(-0.5, -0.1, True), (-0.1, -0.5, True), (-0.6, -0.1, True), (-0.61, -0.1, False), (-3.0, -0.1, False)],
)
def test_a_candidate_that_is_too_unlikely_is_not_taken(candidate: float, own: float, taken: bool) -> None:
    text = "The truce did not hold yesterday."
    result = found(lambda prefix: text, {text: candidate, LOST: own})
    assert result.text == (text if taken else LOST)
    assert outcomes(result) == [("Waffenruhe", REPAIRED, "prefix decoding") if taken else ("Waffenruhe", MISSED, "")]


def test_candidates_are_compared_with_the_translation_they_replace_not_with_its_old_score() -> None:
    text = "The truce did not hold yesterday."
    engine = Scoring({TEXT: LOST}, lambda prefix: text, {text: -2.0, LOST: -1.8})
    result = enforce(engine, TEXT, TRUCE)
    assert (result.text, result.score) == (text, -2.0)
    ((texts, translations),) = engine.scored
    assert set(texts) == {TEXT}
    assert set(translations) == {text, LOST}


@pytest.mark.parametrize(
    "finished",
    [
        "",
        "Yesterday it did not hold.",  # the term went missing again
        "The truce truce did not hold.",
        "The truce and truce did not hold.",
        "Truce, truce",
    ],
)
def test_a_candidate_without_the_term_or_with_a_doubled_one_is_not_taken(finished: str) -> None:
    result = found(lambda prefix: finished, {})
    assert (result.text, outcomes(result)) == (LOST, [("Waffenruhe", MISSED, "")])


def test_a_candidate_that_loses_another_term_is_not_taken() -> None:
    text = "Die Waffenruhe hängt am Zoll."
    engine = Scoring({text: "It depends on the tariff."}, lambda prefix: "The truce depends on it.")
    result = enforce(engine, text, TRUCE, TARIFF)
    assert result.text == "It depends on the tariff."
    assert outcomes(result) == [("Waffenruhe", MISSED, ""), ("Zoll", USED, "")]


def test_a_candidate_that_loses_a_part_of_a_word_is_not_taken() -> None:
    text = "Die Waffenruhe hängt am Ukraine-Zoll."
    engine = Scoring({text: "It depends on the Ukraine tariff."}, lambda prefix: "The truce depends on it.")
    result = enforce(engine, text, TRUCE, TARIFF)
    assert result.text == "It depends on the Ukraine tariff."


def test_a_form_of_the_term_will_do() -> None:
    result = found(lambda prefix: "Truces did not hold yesterday.", {})
    assert (result.text, result.terms[0].outcome) == ("Truces did not hold yesterday.", REPAIRED)


# Several terms, several texts


def test_several_missing_terms_are_tried_at_once_and_the_fullest_translation_taken() -> None:
    text = "Die Waffenruhe hängt am Zoll und am Verbündeten."

    def finish(prefix: str) -> str:
        if prefix.lower().endswith("truce"):
            return "The truce depends on it."
        if prefix.lower().endswith("tariff"):
            return "The truce depends on the tariff."
        return "The truce depends on the tariff and the ally."

    engine = Scoring({text: "It depends."}, finish)
    result = enforce(engine, text, TRUCE, TARIFF, ALLY)
    assert result.text == "The truce depends on the tariff and the ally."
    assert outcomes(result) == [
        ("Waffenruhe", REPAIRED, "prefix decoding"),
        ("Zoll", REPAIRED, "prefix decoding"),
        ("Verbündeter", REPAIRED, "prefix decoding"),
    ]
    endings = [{prefix.split()[-1].lower() for prefix in prefixes} for _, prefixes in engine.rounds]
    assert endings == [{"truce", "tariff", "ally"}]


def test_a_term_that_cannot_be_placed_does_not_keep_the_next_from_its_try() -> None:
    text = "Die Waffenruhe hängt am Zoll."

    def finish(prefix: str) -> str:
        return "It depends on the tariff." if prefix.lower().endswith("tariff") else ""

    engine = Scoring({text: "It depends."}, finish)
    result = enforce(engine, text, TRUCE, TARIFF)
    assert result.text == "It depends on the tariff."
    assert outcomes(result) == [("Waffenruhe", MISSED, ""), ("Zoll", REPAIRED, "prefix decoding")]
    assert len(engine.rounds) == 2


def test_terms_that_one_candidate_places_together() -> None:
    text = "Die Waffenruhe hängt am Zoll."
    engine = Scoring({text: "It depends."}, lambda prefix: "The truce depends on the tariff.")
    result = enforce(engine, text, TRUCE, TARIFF)
    assert len(engine.rounds) == 1
    assert outcomes(result) == [
        ("Waffenruhe", REPAIRED, "prefix decoding"),
        ("Zoll", REPAIRED, "prefix decoding"),
    ]


def test_the_same_term_twice() -> None:
    text = "Auf die Waffenruhe folgte keine Waffenruhe."

    def finish(prefix: str) -> str:
        return (
            "The truce was followed by no truce." if prefix.count("truce") == 2 else "The truce was followed by none."
        )

    engine = Scoring({text: "It was followed by none."}, finish)
    result = enforce(engine, text, TRUCE)
    assert result.text == "The truce was followed by no truce."
    assert outcomes(result) == [("Waffenruhe", REPAIRED, "prefix decoding")] * 2


def test_several_texts_at_once() -> None:
    texts = ["Die Waffenruhe hielt.", "Guten Tag.", "Der Zoll steigt.", "Die Waffenruhe und der Zoll"]
    table = {texts[0]: "It held.", texts[1]: "Hello.", texts[2]: "The tariff rises.", texts[3]: "These two"}

    def finish(prefix: str) -> str:
        return {"truce": "The truce held.", "tariff": "The truce held, the tariff"}[prefix.split()[-1].lower()]

    engine = Scoring(table, finish)
    results = Enforcer(engine, "en", steps=ONLY_PREFIXES).translate(texts, [hits_of(t, TRUCE, TARIFF) for t in texts])
    assert [r.text for r in results] == [
        "The truce held.", "Hello.", "The tariff rises.", "The truce held, the tariff",
    ]  # fmt: skip
    assert [sorted(set(asked)) for asked, _ in engine.rounds] == [[texts[0], texts[3]]]


def test_nothing_is_tried_when_nothing_is_missing() -> None:
    engine = Scoring({TEXT: "Yesterday the truce did not hold."}, lambda prefix: "Truce")
    result = enforce(engine, TEXT, TRUCE)
    assert (result.text, outcomes(result)) == ("Yesterday the truce did not hold.", [("Waffenruhe", USED, "")])
    assert (engine.rounds, engine.scored) == ([], [])


@pytest.mark.parametrize("text", ["Guten Tag.", "Die Ukraine-Waffenruhe"])
def test_nothing_is_tried_without_a_hit_that_must_be_there(text: str) -> None:
    engine = Scoring({text: "Something else"}, lambda prefix: "Truce")
    assert enforce(engine, text, TRUCE).text == "Something else"
    assert (engine.rounds, engine.scored) == ([], [])


def test_nothing_is_tried_when_the_step_is_off() -> None:
    engine = Scoring({TEXT: LOST}, lambda prefix: "The truce did not hold.")
    (result,) = Enforcer(engine, "en", steps=Steps(prefixes=False)).translate([TEXT], [hits_of(TEXT, TRUCE)])
    assert (result.text, engine.rounds) == (LOST, [])


def test_no_attempts() -> None:
    engine = Scoring()
    assert redecode([], engine, Verifier("en"), loss=MOST_LOSS) == []
    assert (engine.rounds, engine.scored) == ([], [])
