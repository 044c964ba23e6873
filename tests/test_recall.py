"""A pair's view of the memory: what is recalled when, and that a run never ends for its sake."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from translator.bilingual import Origin
from translator.glossary.model import Entry, Form, Hit, Outcome, TermResult
from translator.glossary.translated import Translated
from translator.memory.model import EntryOrigin, MemoryEntry
from translator.memory.store import Memory
from translator.recall import Recall

TRUCE = "Die Waffenruhe hielt."
HIT = Hit(Entry("Waffenruhe", ("truce",)), 4, 14, Form.EXACT)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "m.sqlite")


def recall(memory: Memory | None, model: str = "m", **options: object) -> Recall:
    return Recall(memory, "de", "en", model, **options)  # type: ignore[arg-type]


def remembered(memory: Memory, hits: tuple[Hit, ...] = ()) -> None:
    recall(memory).remember({TRUCE: Translated("The truce held.", -0.5)}, {TRUCE: hits}, {TRUCE: "a.txt"})


def test_what_was_remembered_is_recalled(memory: Memory) -> None:
    remembered(memory)
    found = recall(memory).look_up({TRUCE: (), "Neu.": ()})
    assert list(found) == [TRUCE]
    assert (found[TRUCE].translated.text, found[TRUCE].origin, found[TRUCE].recalled) == (
        "The truce held.",
        Origin.MACHINE,
        True,
    )
    assert found[TRUCE].translated.score == -0.5


def test_another_model_or_glossary_hit_is_translated_anew(memory: Memory) -> None:
    remembered(memory)
    assert recall(memory, "other").look_up({TRUCE: ()}) == {}
    assert recall(memory).look_up({TRUCE: (HIT,)}) == {}


def test_recalled_terms_are_judged_again(memory: Memory) -> None:
    remembered(memory, (HIT,))
    (term,) = recall(memory).look_up({TRUCE: (HIT,)})[TRUCE].translated.terms
    assert (term.outcome, term.span) == (Outcome.USED, (4, 9))


def test_how_a_term_was_repaired_comes_back(memory: Memory) -> None:
    made = Translated("The truce held.", -0.5, (TermResult(HIT, Outcome.REPAIRED, "slot", (4, 9)),))
    recall(memory).remember({TRUCE: made}, {TRUCE: (HIT,)}, {})
    (term,) = recall(memory).look_up({TRUCE: (HIT,)})[TRUCE].translated.terms
    assert (term.outcome, term.how) == (Outcome.REPAIRED, "slot")


@pytest.mark.parametrize("fresh", [False, True])
def test_a_correction_beats_every_machine(memory: Memory, fresh: bool) -> None:
    remembered(memory)
    memory.add_human([MemoryEntry(TRUCE, "The ceasefire held.", EntryOrigin.HUMAN)], "de", "en")
    found = recall(memory, fresh=fresh).look_up({TRUCE: ()})[TRUCE]
    assert (found.translated.text, found.origin) == ("The ceasefire held.", Origin.HUMAN)
    assert recall(memory, "other").human([TRUCE, "Neu."]) == {TRUCE: "The ceasefire held."}


def test_fresh_recalls_no_machine(memory: Memory) -> None:
    remembered(memory)
    assert recall(memory, fresh=True).look_up({TRUCE: ()}) == {}


def test_without_a_memory_nothing_happens() -> None:
    view = recall(None)
    view.remember({TRUCE: Translated("x", 0.0)}, {TRUCE: ()}, {})
    assert (view.look_up({TRUCE: ()}), view.human([TRUCE])) == ({}, {})


@pytest.mark.parametrize("step", ["human", "look_up", "remember"])
def test_a_failing_memory_is_told_once_and_given_up(memory: Memory, step: str) -> None:
    told: list[str] = []
    view = recall(memory, warn=told.append)
    memory.close()
    memory._database = sqlite3.connect(":memory:")  # a file without tables: every question fails
    for _ in range(2):
        if step == "human":
            assert view.human([TRUCE]) == {}
        elif step == "look_up":
            assert view.look_up({TRUCE: ()}) == {}
        else:
            view.remember({TRUCE: Translated("x", 0.0)}, {TRUCE: ()}, {})
    (message,) = told
    assert message.startswith(f"{memory.path}: the translation memory cannot be ")
    assert message.endswith("; the run goes on without it")
