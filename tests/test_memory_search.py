"""Looking sentences up in the memory."""

from __future__ import annotations

import random
import unicodedata

import pytest

from translator.memory import search as module
from translator.memory.model import EntryOrigin, MemoryEntry
from translator.memory.search import CANDIDATES, search

SENTENCES = {
    "Die Waffenruhe hielt nicht.": "The truce did not hold.",
    "Die Waffenruhe hielt.": "The truce held.",
    "Über Österreich fällt Schnee auf die Straße.": "Snow falls on the street over Austria.",
    "Der Minister reist nach Kopenhagen.": "The minister travels to Copenhagen.",
    "Es regnet.": "It is raining.",
}


def entry(source: str, target: str, origin: EntryOrigin = EntryOrigin.MACHINE) -> tuple[str, str, MemoryEntry]:
    return "de", "en", MemoryEntry(source, target, origin)


ENTRIES = [entry(s, t) for s, t in SENTENCES.items()]


def found(text: str, **options: float) -> list[str]:
    return [m.entry.source for m in search(text, ENTRIES, **options)]  # type: ignore[arg-type]


def test_the_likest_come_first() -> None:
    matches = search("Die Waffenruhe hielt nicht.", ENTRIES)
    assert [m.entry.source for m in matches] == ["Die Waffenruhe hielt nicht.", "Die Waffenruhe hielt."]
    assert matches[0].similarity == 1.0
    assert 0.8 < matches[1].similarity < 1.0
    assert (matches[0].source_language, matches[0].target_language) == ("de", "en")


def test_both_languages_are_searched() -> None:
    assert found("minister travels Copenhagen") == ["Der Minister reist nach Kopenhagen."]
    assert found("the truce did not hold")[0] == "Die Waffenruhe hielt nicht."


@pytest.mark.parametrize(
    "text",
    ["über österreich", "ÜBER ÖSTERREICH", "STRASSE", "strasse", "straße", "  Straße \n",
     unicodedata.normalize("NFD", "Österreich fällt"), "Öster\u00adreich"],
)  # fmt: skip
def test_case_and_umlauts(text: str) -> None:
    assert found(text) == ["Über Österreich fällt Schnee auf die Straße."]


def test_an_umlaut_is_no_plain_letter() -> None:
    assert found("Osterreich uber") == []


def test_the_beginning_of_a_word_finds_it() -> None:
    assert found("Waffen") == ["Die Waffenruhe hielt.", "Die Waffenruhe hielt nicht."]


def test_the_shorter_sentence_with_the_text_comes_first() -> None:
    first, second = search("Waffenruhe", ENTRIES)
    assert 0.9 < second.similarity < first.similarity < 1.0


@pytest.mark.parametrize("text", ["", "   ", "...", "Xylophon"])
def test_nothing_is_like_it(text: str) -> None:
    assert search(text, ENTRIES) == []


def test_an_empty_memory() -> None:
    assert search("Waffenruhe", []) == []


def test_at_most_as_many_as_asked_for() -> None:
    entries = [entry(f"Satz Nummer {i}", "x") for i in range(30)]
    assert len(search("Satz Nummer", entries)) == 10
    assert len(search("Satz Nummer", entries, most=3)) == 3
    assert len(search("Satz Nummer", entries, most=100)) == 30


def test_the_least_similarity() -> None:
    assert found("Die Waffenruhe hielt nicht.", least=0.99) == ["Die Waffenruhe hielt nicht."]
    assert len(found("Die Waffenruhe hielt nicht.", least=0.0)) > 2


def test_of_equals_the_human_one_comes_first() -> None:
    entries = [entry("Es regnet.", "It rains."), entry("Es regnet.", "It is raining.", EntryOrigin.HUMAN)]
    for order in (entries, entries[::-1]):
        assert [m.entry.target for m in search("Es regnet.", order)] == ["It is raining.", "It rains."]


class Counting(module.SequenceMatcher):  # type: ignore[misc]
    """Counts comparisons letter by letter, the only costly ones."""

    compared = 0

    def ratio(self) -> float:
        type(self).compared += 1
        return super().ratio()


def test_a_large_memory_is_not_compared_letter_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Minister Treffen Waffenruhe Gespräch Land Woche Regierung Druck Frieden Grenze die der in mit".split()
    dice = random.Random(1)
    entries = [entry(" ".join(dice.choices(words, k=8)) + f" {i}", "x y z") for i in range(20_000)]
    wanted = "Die Regierung führt in dieser Woche Gespräche über Frieden an der Grenze"
    entries.insert(12_345, entry(wanted + ".", "x"))
    monkeypatch.setattr(module, "SequenceMatcher", Counting)
    monkeypatch.setattr(Counting, "compared", 0)
    matches = search(wanted, entries, most=5)
    assert matches[0].entry.source == wanted + "."
    assert len(matches) == 5
    assert [m.similarity for m in matches] == sorted((m.similarity for m in matches), reverse=True)
    assert 0 < Counting.compared <= 2 * CANDIDATES
