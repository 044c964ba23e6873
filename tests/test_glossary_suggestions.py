"""Terms without an entry: what is found in a sentence, how it is counted and ranked, and the list that comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import FakeEngine

from translator import suggest
from translator.engine.hypotheses import Decoding, Hypothesis
from translator.errors import GlossaryError, InputError, ModelError
from translator.glossary import statistics
from translator.glossary.extraction import SHORTEST_NOUN, Occurrence, occurrences
from translator.glossary.matching import Matcher
from translator.glossary.model import Entry, Glossary, Hit, TermType
from translator.glossary.statistics import Suggestion, TermStatistics
from translator.report import FileResult
from translator.suggest import suggest_terms

NAME, NOUN = TermType.NAME, TermType.NOUN
SURE, UNSURE = 0.9, 0.3


def aligned(translation: str, words: str | Sequence[int], sure: float = SURE) -> Hypothesis:
    """A translation whose words were made of these words of the source: "0 1 1"."""
    numbers = [int(word) for word in words.split()] if isinstance(words, str) else words
    assert len(numbers) == len(translation.split())
    return Hypothesis(translation, -0.1, tuple((word, sure) for word in numbers))


def hits_of(text: str, *entries: Entry) -> list[Hit]:
    return Matcher(Glossary(entries)).hits(text)


def found(source: str, translation: str, words: str, *entries: Entry) -> list[tuple[str, TermType, str]]:
    return [(o.term, o.type, o.rendering) for o in
            occurrences(source, hits_of(source, *entries), aligned(translation, words))]  # fmt: skip


# What is found in a sentence


@pytest.mark.parametrize(
    ("source", "translation", "words", "expected"),
    [
        ("Gestern sprach Odenthal in Genf.", "Yesterday Odenthal spoke in Geneva.", "0 2 1 3 4",
         [("Odenthal", NAME, "Odenthal"), ("Genf", NAME, "Geneva")]),
        ("Dann sprach Annalena Baerbock lange.", "Then Annalena Baerbock spoke long.", "0 2 3 1 4",
         [("Annalena Baerbock", NAME, "Annalena Baerbock")]),
        ("Heute sagte Mohammed bin Salman nichts.", "Today Mohammed bin Salman said nothing.", "0 2 3 4 1 5",
         [("Mohammed bin Salman", NAME, "Mohammed bin Salman")]),
        ("Heute sagte Ursula von der Leyen nichts.", "Today Ursula von der Leyen said nothing.", "0 2 3 4 5 1 6",
         [("Ursula von der Leyen", NAME, "Ursula von der Leyen")]),
        ("Heute traf Ludwig van Dahl seinen Freund", "Today Ludwig van Dahl met his friend", "0 2 3 4 1 5 6",
         [("Ludwig van Dahl", NAME, "Ludwig van Dahl"), ("Freund", NOUN, "friend")]),
        ("Das meldet die Deutsche Welle heute.", "This is what Deutsche Welle reports.", "0 1 1 3 4 1",
         [("Deutsche Welle", NAME, "Deutsche Welle")]),
        ("Die Lage in Genf, Odenthal zufolge", "The situation in Geneva, according to Odenthal", "0 1 2 3 5 5 4",
         [("Genf", NAME, "Geneva"), ("Odenthal", NAME, "Odenthal")]),
        ("Odenthal sprach.", "Odenthal spoke.", "0 1", [("Odenthal", NAME, "Odenthal")]),
        ("Er kam mit Odenthal von Genf", "He came with Odenthal from Geneva", "0 1 2 3 4 5",
         [("Odenthal", NAME, "Odenthal"), ("Genf", NAME, "Geneva")]),
        ("Sie lebt bei Kiew.", "She lives near Kyiv.", "0 1 2 3", [("Kiew", NAME, "Kyiv")]),
        ("Sie nennt die NATO wichtig", "She calls NATO important", "0 1 3 4", [("NATO", NAME, "NATO")]),
    ],
    ids=["two names", "two words", "particle", "two particles", "van", "institution", "comma between", "name at the start",
         "von between two names", "another spelling", "acronym"],
)  # fmt: skip
def test_names(source: str, translation: str, words: str, expected: list[tuple[str, TermType, str]]) -> None:
    assert found(source, translation, words) == expected


@pytest.mark.parametrize(
    ("source", "translation", "words", "term", "rendering"),
    [
        ("Gestern kam Wolodymyr Selenskyjs Antwort", "Yesterday Volodymyr Zelenskyy's answer came", "0 2 3 4 1",
         "Wolodymyr Selenskyj", "Volodymyr Zelenskyy"),
        ("Er las Angela Merkels Buch", "He read Angela Merkel’s book", "0 1 2 3 4", "Angela Merkel", "Angela Merkel"),
        ("Er liebt Berlins Straßenfeste", "He loves Berlin's parties", "0 1 2 3", "Berlin", "Berlin"),
        ("Heute sagte Kaja Kallas nichts", "Today Kaja Kallas said nothing", "0 2 3 1 4", "Kaja Kallas", "Kaja Kallas"),
        ("Heute sagte Kallas nichts", "Today Kallas said nothing", "0 2 1 3", "Kallas", "Kallas"),
        ("Heute sagte Boris Pistorius nichts", "Today Boris Pistorius said nothing", "0 2 3 1 4", "Boris Pistorius",
         "Boris Pistorius"),
        ("Heute sagte Olaf Scholz nichts", "Today Olaf Scholz said nothing", "0 2 3 1 4", "Olaf Scholz", "Olaf Scholz"),
        ("Sie las Günter Grass vor", "She read Günter Grass aloud", "0 1 2 3 4", "Günter Grass", "Günter Grass"),
    ],
)  # fmt: skip
def test_the_genitive_of_a_name_is_folded_and_no_other_s(
    source: str, translation: str, words: str, term: str, rendering: str
) -> None:
    assert (term, NAME, rendering) in found(source, translation, words)


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("Kohleausstieg", "Kohleausstieg"),
        ("Kohleausstiegs", "Kohleausstieg"),
        ("Haushaltssperre", "Haushaltssperre"),
        ("Verhandlungen", "Verhandlung"),
        ("Bürgermeistern", "Bürgermeister"),
        ("Krankenhäuser", "Krankenhaus"),
        ("Zölle", "Zölle"),  # shorter than a noun must be, see below
        ("Straße", "Straße"),
        ("Maßnahmen", "Maßnahme"),
        ("Straßen", "Straße"),
        ("Großmächte", "Großmacht"),
    ],
)
def test_nouns_stand_in_dictionary_form(word: str, term: str) -> None:
    """With their umlaut, capital and ß."""
    nouns = found(f"Sie erwähnt auch {word}.", "She also mentions this thing.", "0 2 1 0 3")
    assert nouns == ([(term, NOUN, "thing")] if len(word) >= SHORTEST_NOUN else [])


@pytest.mark.parametrize(
    ("word", "rendered", "rendering"),
    [
        ("Verhandlung", "negotiation", "negotiation"),
        ("Verhandlungen", "negotiations", "negotiation"),
        ("Krankenhäuser", "hospitals", "hospital"),
        ("Kohleausstiegs", "phase-out", "phase-out"),
        ("Staatschefs", "heads of state", "head of state"),
        ("Nachrichten", "news", "news"),
    ],
)
def test_renderings_of_nouns_stand_in_the_singular(word: str, rendered: str, rendering: str) -> None:
    """As they would in a glossary: otherwise a plural proposes itself, and counts as another rendering."""
    words = " ".join(["0", "2", "1", *["3"] * len(rendered.split())])
    ((_, kind, text),) = found(f"Sie erwähnt auch {word}.", f"She also mentions {rendered}.", words)
    assert (kind, text) == (NOUN, rendering)


@pytest.mark.parametrize(
    ("source", "translation", "words", "name"),
    [
        ("Das meldet die Deutsche Welle heute.", "Deutsche Welle reports this today.", "3 4 1 0 5", "Deutsche Welle"),
        ("Dazu sagte Ursula Meier nichts.", "Ursula Meier said nothing.", "2 3 1 4", "Ursula Meier"),
        (
            "Sie liest die „Lausitzer Rundschau“ oft.",
            "She often reads “Lausitzer Rundschau”.",
            "0 5 1 3 4",
            "Lausitzer Rundschau",
        ),
    ],
)
def test_no_half_of_a_name(source: str, translation: str, words: str, name: str) -> None:
    assert [term for term, _, _ in found(source, translation, words)] in ([], [name])


def test_several_words_for_a_noun() -> None:
    source = "Sie will den Kohleausstieg bald."
    assert found(source, "She wants the coal phase-out soon.", "0 1 2 3 3 4") == [
        ("Kohleausstieg", NOUN, "coal phase-out")
    ]
    assert found(source, "She wants the coal phase-out soon.", "0 1 3 3 3 4") == [
        ("Kohleausstieg", NOUN, "coal phase-out")
    ]


@pytest.mark.parametrize(
    ("source", "translation", "words"),
    [
        ("Verhandlungen gibt es nicht.", "Negotiations do not exist.", "0 3 3 1"),
        ("Er sagte: „Verhandlungen gibt es nicht.“", "He said: “Negotiations do not exist.”", "0 1 2 3 5 3"),
        ("Trotz allem gehen sie.", "Despite it all they go.", "0 1 1 3 2"),
        ("Gestern ging er.", "Yesterday he went.", "0 2 1"),
        ("Sie geht zum See.", "Lake is where she goes.", "3 1 2 0 1"),  # every first word of English has a capital
        ("Sie mag die Linke-Chefin nicht.", "She dislikes the Left leader.", "0 1 2 3 3"),
        ("Der EU-Gipfel begann.", "The summit began.", "0 1 2"),
        ("Der Ukraine‑Gipfel begann.", "The summit began.", "0 1 2"),
        ("Sie mag den Rat.", "She likes the council.", "0 1 2 3"),  # short nouns are hardly terms
        ("Sie geht im Januar, am Montag um 8 Uhr.", "She leaves in January, on Monday at 8 o'clock.",
         "0 1 2 3 4 5 6 7 8"),
        ("Er kauft das A380-Modell und B2B.", "He buys the model and B2B.", "0 1 2 3 4 5"),
        ("sie kauft kleine sachen", "She buys little things", "0 1 2 3"),
    ],
    ids=["start", "start of a quotation", "known word", "adverb", "start of the translation", "hyphen", "second part",
         "hard hyphen", "short", "calendar", "digits", "small letters"],
)  # fmt: skip
def test_what_is_no_term(source: str, translation: str, words: str) -> None:
    assert found(source, translation, words) == []


def test_glossary_hits_are_left_out() -> None:
    source = "Gestern sprach Odenthal über den Kohleausstieg in Genf."
    translation, words = "Yesterday Odenthal spoke about the phase-out in Geneva.", "0 2 1 3 4 5 6 7"
    terms = [("Odenthal", NAME, "Odenthal"), ("Kohleausstieg", NOUN, "phase-out"), ("Genf", NAME, "Geneva")]
    assert found(source, translation, words) == terms
    for entry, left in [
        (Entry("Odenthal", ("Odenthal",), type=NAME), [1, 2]),
        (Entry("Kohleausstieg", ("coal exit",)), [0, 2]),
        (Entry("Ausstieg", ("exit",)), [0, 2]),  # inside the longer word
        (Entry("Genf", ("Geneva",), type=NAME), [0, 1]),
    ]:
        assert found(source, translation, words, entry) == [terms[i] for i in left]


def test_a_hit_ends_a_name() -> None:
    source = "Dazu sagte Wolodymyr Selenskyj nichts"
    entry = Entry("Selenskyj", ("Zelenskyy",), type=NAME)
    assert found(source, "Volodymyr Zelenskyy said nothing", "2 3 1 4", entry) == [("Wolodymyr", NAME, "Volodymyr")]


@pytest.mark.parametrize(
    "hypothesis",
    [
        aligned("Yesterday Odenthal praised the phase-out.", "0 2 1 3 4", UNSURE),
        Hypothesis("Yesterday Odenthal praised the phase-out.", -0.1),
        Hypothesis("Yesterday Odenthal praised the phase-out.", -0.1, ((0, SURE), (2, SURE))),
        aligned("Odenthal yesterday praised Odenthal phase-out the phase-out", "2 0 1 2 4 3 4"),
        aligned("Yesterday he praised it", "0 2 1 4"),
        aligned("Yesterday", "0"),
        Hypothesis("", -0.1, ()),
    ],
    ids=["unsure", "none", "wrong length", "two places", "function words", "left out", "empty"],
)
def test_what_the_alignment_does_not_say_for_sure_is_left_out(hypothesis: Hypothesis) -> None:
    assert list(occurrences("Gestern lobte Odenthal den Kohleausstieg.", [], hypothesis)) == []


def test_punctuation_and_quotation_marks() -> None:
    source, translation = "Er las, „Odenthal“, (Genf)!", "He read: “Odenthal” (Geneva)!"
    assert found(source, translation, "0 1 2 3") == [("Odenthal", NAME, "Odenthal"), ("Genf", NAME, "Geneva")]


def test_empty_source() -> None:
    assert list(occurrences("", [], Hypothesis("", -0.1, ()))) == []


# Counting and ranking


def counted(*rows: tuple[str, str, TermType, str] | tuple[str, str, TermType, str, int]) -> TermStatistics:
    """Statistics over (document, term, kind, rendering[, times])."""
    collected = TermStatistics()
    for document, term, kind, rendering, *times in rows:
        for n in range(times[0] if times else 1):
            collected._add(document, f"Satz {n} mit {term}.", term, kind, rendering)
    return collected


def ranked(collected: TermStatistics, most: int = 50) -> list[tuple[str, int, int]]:
    return [(s.entry.source, s.frequency, s.files) for s in collected.suggestions(most)]


def test_collect_counts_terms_files_and_renderings() -> None:
    collected = TermStatistics()
    exit_ = "Sie will den Kohleausstieg bald, sagt sie heute in aller Ruhe."
    shorter = "Sie will den Kohleausstieg."
    collected.collect("a.txt", exit_, [], aligned("She wants the phase-out soon", "0 1 2 3 4"))
    collected.collect("b.txt", shorter, [], aligned("She wants the phase-out", "0 1 2 3"))
    collected.collect("b.txt", shorter, [], aligned("She wants the exit", "0 1 2 3"))
    assert collected.suggestions(9) == [
        Suggestion(Entry("Kohleausstieg", ("phase-out",)), 3, 2, "exit (1)", shorter),
    ]  # fmt: skip


def test_forms_of_a_word_are_one_term() -> None:
    collected = TermStatistics()
    for word in ("Kohleausstieg", "Kohleausstiegs"):
        collected.collect(
            "a.txt", f"Trotz des {word} kamen sie.", [], aligned("Despite the phase-out they came", "0 1 2 4 3")
        )
    for name in ("Wolodymyr Selenskyj", "Wolodymyr Selenskyjs"):
        collected.collect(
            "a.txt", f"Dort war {name} nicht.", [], aligned("Volodymyr Zelenskyy wasn't there", "2 3 1 0")
        )
    assert sorted(ranked(collected)) == [("Kohleausstieg", 2, 1), ("Wolodymyr Selenskyj", 2, 1)]


def test_one_rendering_in_two_numbers_is_consistent() -> None:
    collected = TermStatistics()
    for word, rendered in [("Verhandlung", "negotiation"), ("Verhandlungen", "negotiations")] * 2:
        collected.collect(
            "a.txt", f"Sie will auch {word} bald.", [], aligned(f"She also wants {rendered} soon", "0 2 1 3 4")
        )
    assert collected.inconsistent(9) == []


def test_glossary_hits_are_not_collected() -> None:
    collected = TermStatistics()
    source = "Sie will den Kohleausstieg bald."
    for _ in range(3):
        hits = hits_of(source, Entry("Kohleausstieg", ("phase-out",)))
        collected.collect("a.txt", source, hits, aligned("She wants the phase-out soon", "0 1 2 3 4"))
    assert collected.suggestions(9) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # more often
        ([("a", "Kohleausstieg", NOUN, "phase-out", 5)], [("a", "Haushaltssperre", NOUN, "freeze", 4)]),
        # in more files
        ([("a", "Kohleausstieg", NOUN, "phase-out", 2), ("b", "Kohleausstieg", NOUN, "phase-out", 2)],
         [("a", "Haushaltssperre", NOUN, "freeze", 4)]),
        # in more ways
        ([("a", "Kohleausstieg", NOUN, "phase-out", 2), ("a", "Kohleausstieg", NOUN, "exit", 2)],
         [("a", "Haushaltssperre", NOUN, "freeze", 4)]),
        # more evenly in two ways
        ([("a", "Kohleausstieg", NOUN, "phase-out", 3), ("a", "Kohleausstieg", NOUN, "exit", 3)],
         [("a", "Haushaltssperre", NOUN, "freeze", 5), ("a", "Haushaltssperre", NOUN, "stop", 1)]),
        # all of it multiplies: 4 × 2 × 2 against 15 × 1 × 1
        ([("a", "Kohleausstieg", NOUN, "phase-out", 2), ("b", "Kohleausstieg", NOUN, "exit", 2)],
         [("a", "Haushaltssperre", NOUN, "freeze", 15)]),
    ],
    ids=["frequency", "spread", "inconsistency", "entropy", "product"],
)  # fmt: skip
def test_ranking(
    first: list[tuple[str, str, TermType, str, int]], second: list[tuple[str, str, TermType, str, int]]
) -> None:
    for rows in ([*first, *second], [*second, *first]):
        assert [s.entry.source for s in counted(*rows).suggestions(9)] == ["Kohleausstieg", "Haushaltssperre"]


def test_terms_of_equal_weight_are_in_alphabetical_order() -> None:
    rows = [("a", term, NOUN, "thing", 2) for term in ("Zollstreit", "Asylrecht", "Mietpreisbremse")]
    assert [term for term, _, _ in ranked(counted(*rows))] == ["Asylrecht", "Mietpreisbremse", "Zollstreit"]
    assert len(counted(*rows).suggestions(2)) == 2


def test_the_commonest_rendering_is_proposed_and_the_others_are_named() -> None:
    collected = counted(
        ("a", "Kohleausstieg", NOUN, "exit"),
        ("a", "Kohleausstieg", NOUN, "phase-out", 3),
        ("b", "Kohleausstieg", NOUN, "coal exit", 2),
    )
    (suggestion,) = collected.suggestions(9)
    assert suggestion.entry.targets == ("phase-out",)
    assert suggestion.others == "coal exit (2) | exit (1)"
    assert (suggestion.frequency, suggestion.files) == (6, 2)


def test_nouns_must_occur_twice_and_names_once() -> None:
    collected = counted(
        ("a", "Kohleausstieg", NOUN, "phase-out"),
        ("a", "Haushaltssperre", NOUN, "freeze", 2),
        ("a", "Kiew", NAME, "Kyiv"),
    )
    assert [(s.entry.source, s.entry.type) for s in collected.suggestions(9)] == [
        ("Haushaltssperre", NOUN),
        ("Kiew", NAME),
    ]


def test_names_that_stay_need_no_entry() -> None:
    collected = counted(
        ("a", "Odenthal", NAME, "Odenthal", 9), ("a", "Genf", NAME, "Genf"), ("a", "Genf", NAME, "Geneva", 2)
    )
    (suggestion,) = collected.suggestions(9)
    assert (suggestion.entry.source, suggestion.entry.target, suggestion.others) == ("Genf", "Geneva", "Genf (1)")


def test_the_kind_is_the_commonest() -> None:
    collected = counted(("a", "Bundestag", NAME, "Bundestag", 2), ("a", "Bundestag", NOUN, "parliament", 3))
    (suggestion,) = collected.suggestions(9)
    assert (suggestion.entry.type, suggestion.entry.target) == (NOUN, "parliament")


def test_words_that_every_text_has_are_left_out() -> None:
    assert counted(("a", "Jahr", NOUN, "year", 9), ("a", "Prozent", NOUN, "percent", 9)).suggestions(9) == []


# Inconsistency


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("phase-out", 2), ("exit", 2)], True),
        ([("phase-out", 9), ("exit", 2), ("stop", 1)], True),
        ([("phase-out", 9), ("exit", 1)], False),
        ([("phase-out", 1), ("exit", 1), ("stop", 1)], False),
        ([("phase-out", 9)], False),
    ],
)
def test_inconsistent(rows: list[tuple[str, int]], expected: bool) -> None:
    collected = counted(*(("a", "Kohleausstieg", NOUN, rendering, n) for rendering, n in rows))
    assert [s.entry.source for s in collected.inconsistent(9)] == (["Kohleausstieg"] if expected else [])


def test_inconsistent_terms_are_ranked_and_cut() -> None:
    rows = [("a", term, NOUN, rendering, n) for term, n in [("Asylrecht", 2), ("Zollstreit", 4), ("Mietpreisbremse", 3)]
            for rendering in ("one", "other")]  # fmt: skip
    rows.append(("a", "Haushaltssperre", NOUN, "freeze", 99))
    collected = counted(*rows)
    assert [s.entry.source for s in collected.inconsistent(9)] == ["Zollstreit", "Mietpreisbremse", "Asylrecht"]
    assert [s.entry.source for s in collected.inconsistent(2)] == ["Zollstreit", "Mietpreisbremse"]
    assert TermStatistics().inconsistent(9) == []


def test_names_that_are_spelled_in_two_ways_are_inconsistent() -> None:
    collected = counted(("a", "Selenskyj", NAME, "Zelensky", 2), ("b", "Selenskyj", NAME, "Zelenskyy", 3))
    (suggestion,) = collected.inconsistent(9)
    assert (suggestion.entry.target, suggestion.others) == ("Zelenskyy", "Zelensky (2)")


# Memory


def test_terms_seen_once_are_forgotten_beyond_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "MOST_TERMS", 10)
    collected = counted(("a", "Kohleausstieg", NOUN, "phase-out", 3))
    for n in range(100):
        collected._add("a", f"Satz {n}", f"Wort{n}", NOUN, f"word {n}")
        assert len(collected._found) <= 11
    assert ranked(collected) == [("Kohleausstieg", 3, 1)]


def test_the_cap_holds_where_every_term_was_seen_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with the archive."""
    monkeypatch.setattr(statistics, "MOST_TERMS", 10)
    collected = counted(("a", "Kohleausstieg", NOUN, "phase-out", 9))
    for n in range(200):
        for _ in range(2):
            collected._add("a", f"Satz {n}", f"Wort{n}", NOUN, f"word {n}")
    assert len(collected._found) <= 30
    assert ranked(collected)[0] == ("Kohleausstieg", 9, 1)


def test_a_frequent_term_is_counted_although_it_comes_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "MOST_TERMS", 10)
    collected = counted(*(("a", f"Wort{n}", NOUN, "word", 2) for n in range(20)))
    for n in range(50):
        collected._add(f"{n}.txt", f"Satz {n}", "Kohleausstieg", NOUN, "phase-out")
    assert ranked(collected)[0] == ("Kohleausstieg", 50, 50)


def test_the_cap_is_not_looked_after_at_every_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Going through all terms for each new one would take minutes in an archive."""
    monkeypatch.setattr(statistics, "MOST_TERMS", 400)
    collected = counted(*(("a", f"Wort{n}", NOUN, "word", 2) for n in range(401)))
    looked = 0
    frequency = statistics._Found.frequency.fget

    def counting(self: statistics._Found) -> int:
        nonlocal looked
        looked += 1
        return frequency(self)

    monkeypatch.setattr(statistics._Found, "frequency", property(counting))
    for n in range(400):
        collected._add("a", "Satz", f"Neu{n}", NOUN, "word")
    assert looked < 400 * 401 / 5


# A whole run


ARTICLE = """Der Streit um die Kohle

Gestern lobte Odenthal den Kohleausstieg. Danach lobte Minister Odenthal den Kohleausstieg erneut. Heute kam sie.
"""
TABLE = {
    "Gestern lobte Odenthal den Kohleausstieg.": "Yesterday praised Odenthal the phase-out.",
    "Danach lobte Minister Odenthal den Kohleausstieg erneut.": "Then praised minister Odenthal the exit again.",
    "Heute kam sie.": "Today came she.",
    "Der Streit um die Kohle": "The dispute about the coal",
}


class Recorder:
    def __init__(self) -> None:
        self.total = self.segments = self.words = self.waiting = 0
        self.results: list[FileResult] = []

    def found(self, files: int) -> None:
        self.total = files

    def read(self, segments: int) -> None:
        self.waiting += segments

    def translated(self, segments: int, words: int) -> None:
        self.segments += segments
        self.words += words

    def finished(self, result: FileResult) -> None:
        self.results.append(result)

    def note(self, text: str) -> None:
        raise AssertionError(text)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeEngine:
    """A fake engine instead of a model, in an empty folder."""
    fake = FakeEngine(dict(TABLE))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(suggest, "choose_route", lambda source, target, model: (source, target, model))
    monkeypatch.setattr(suggest, "load_engine", lambda route: fake)
    return fake


def summary(suggestions: Sequence[Suggestion]) -> list[tuple[str, str, int, int, str]]:
    return [(s.entry.source, s.entry.target, s.frequency, s.files, s.others) for s in suggestions]


def test_suggestions_for_files(engine: FakeEngine, write: Callable[..., Path]) -> None:
    progress = Recorder()
    write("in/a.txt", ARTICLE)
    write("in/b.txt", "Gestern lobte Odenthal den Kohleausstieg. Heute kam sie.")
    suggestions = suggest_terms([Path("in")], "de", "en", progress=progress)
    assert summary(suggestions) == [("Kohleausstieg", "phase-out", 3, 2, "exit (1)")]
    assert suggestions[0].example == "Gestern lobte Odenthal den Kohleausstieg."
    assert {decoding for _, decoding in engine.asked} == {Decoding(beam=1, alignment=True)}
    assert (progress.total, progress.waiting, progress.segments) == (2, 6, 6)
    assert progress.words == sum(len(text.split()) for texts, _ in engine.asked for text in texts)


def test_terms_of_the_glossary_are_not_suggested(engine: FakeEngine, write: Callable[..., Path]) -> None:
    path = write("in/a.txt", ARTICLE)
    glossary = write("meins.csv", "source,target\nKohleausstieg,coal phase-out\n")
    assert suggest_terms([path], "de", "en", glossaries=(glossary,)) == []
    assert len(suggest_terms([path], "de", "en", glossaries=())) == 1


@pytest.mark.parametrize("folder", ["in", "."])
def test_the_glossary_of_the_folder_is_used(engine: FakeEngine, write: Callable[..., Path], folder: str) -> None:
    write("in/a.txt", ARTICLE)
    write(f"{folder}/glossaries/de-en.csv", "source,target\nKohleausstieg,coal phase-out\n")
    assert suggest_terms([Path("in/a.txt")], "de", "en") == []


def test_what_cannot_be_read_is_told_and_passed_over(engine: FakeEngine, write: Callable[..., Path]) -> None:
    progress = Recorder()
    write("in/a.txt", ARTICLE)
    write("in/b.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    suggestions = suggest_terms([Path("in"), Path("fehlt")], "de", "en", progress=progress)
    assert [s.entry.source for s in suggestions] == ["Kohleausstieg"]
    assert sorted(r.name for r in progress.results) == ["b.docx", "fehlt: no such file or folder"]
    assert {r.exit_code for r in progress.results} == {InputError.exit_code}
    assert progress.total == 3


def test_a_glossary_or_model_that_cannot_be_used(
    engine: FakeEngine, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("in/a.txt", ARTICLE)
    with pytest.raises(GlossaryError, match=r"fehlt\.csv: no such glossary"):
        suggest_terms([path], "de", "en", glossaries=(Path("fehlt.csv"),))

    def none(source: str, target: str, model: str | None) -> None:
        raise ModelError(f"no model from {source} to {target}: {model}")

    monkeypatch.setattr(suggest, "choose_route", none)
    with pytest.raises(ModelError, match="no model from de to fr: klein"):
        suggest_terms([path], "de", "fr", model="klein")


def test_no_files(engine: FakeEngine) -> None:
    assert suggest_terms([], "de", "en") == []
    assert suggest_terms([Path("fehlt")], "de", "en") == []


def test_an_engine_that_cannot_align(engine: FakeEngine, write: Callable[..., Path]) -> None:
    engine.aligns = False
    assert suggest_terms([write("a.txt", ARTICLE)], "de", "en") == []


def test_most(engine: FakeEngine, write: Callable[..., Path]) -> None:
    words = ["Haushaltssperre", "Mietpreisbremse", "Kohleausstieg"]
    for word in words:
        engine.table[f"Sie will die {word}."] = f"She wants the {word.lower()}x."
    path = write("a.txt", "Zum Anfang.\n\n" + "\n\n".join(f"Sie will die {w}. Sie will die {w}." for w in words))
    assert [s.entry.source for s in suggest_terms([path], "de", "en")] == sorted(words)
    assert [s.entry.source for s in suggest_terms([path], "de", "en", most=2)] == sorted(words)[:2]


def test_occurrences_can_be_compared() -> None:
    assert Occurrence("Zoll", NOUN, "tariff") == Occurrence("Zoll", NOUN, "tariff")


def test_genitives_of_genitives_are_joined_from_the_longest_on() -> None:
    """A run over 10,000 articles ended in a KeyError: Straus was gone when Strauss was to be joined to it."""
    statistics = TermStatistics()
    for name in ("Strau", "Straus", "Strauss"):
        statistics._add("a.txt", f"Hier steht {name}.", name, TermType.NAME, name)
    assert statistics.inconsistent(5) == []
    assert {term: found.frequency for term, found in statistics._found.items()} == {"Strau": 3}


def test_statistics_of_two_parts_are_those_of_the_whole() -> None:
    rows = [("a", "Zoll", NOUN, "tariff"), ("b", "Zoll", NOUN, "duty"), ("b", "Rat", NOUN, "council")]
    more = [("b", "Zoll", NOUN, "duty"), ("c", "Zoll", TermType.NAME, "Zoll"), ("c", "Kallas", TermType.NAME, "Kallas")]
    whole, part = counted(*rows, *more), counted(*rows)
    part.merge(counted(*more))
    assert part.suggestions(50) == whole.suggestions(50)
    assert part.inconsistent(50) == whole.inconsistent(50)
    assert [s.others for s in whole.suggestions(50) if s.entry.source == "Zoll"] == ["tariff (1) | Zoll (1)"]
