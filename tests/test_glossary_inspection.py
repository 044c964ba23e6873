"""Glossaries that could be read, and what is wrong with them all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from translator.glossary.inspection import Remark, inspect_glossary
from translator.glossary.load import read_glossary
from translator.glossary.model import Entry

Write = Callable[[str, str | bytes], Path]
Remarks = Callable[..., list[tuple[int, str]]]

HEADER = "source,target,match,case,type,forbidden\n"


@pytest.fixture
def remarks(write: Write) -> Remarks:
    """(line, text) of the remarks on a glossary with these rows; the first row is line 2."""

    def _remarks(*rows: str) -> list[tuple[int, str]]:
        loaded = read_glossary(write("g.csv", HEADER + "".join(row + "\n" for row in rows)), "de", "en")
        assert loaded.refused == []
        return [(r.entry.line, r.text) for r in inspect_glossary(loaded.entries)]

    return _remarks


def test_nothing_to_say(remarks: Remarks) -> None:
    assert remarks(
        "Waffenruhe,truce|cease-fire,,,noun,armistice",
        "Waffenstillstand,ceasefire,,,noun,",
        "Selenskyj,Zelenskyy,,,name,Selensky",
        "Vereinte Nationen,United Nations|UN,,,name,",
        "EU,=,,,keep,",
        "EU-Gipfel,EU summit,,,phrase,",
        "erneuerbare Energien,renewables,,,phrase,",
        "Golfstaat,Gulf state,,,noun,",
        "Golfstaaten,Gulf states,,,noun,",
        "Verhandl|ung*,negotiation,,,,",
        "Projekt,project,prefix,,,",
    ) == []  # fmt: skip
    assert inspect_glossary([]) == []


def test_repeated_entries(remarks: Remarks) -> None:
    assert remarks("Zoll,tariff", "Maut,toll", "Zoll,Tariff|duty", "zoll,tariff") == [
        (4, "'Zoll' stands there twice (line 2)"),
        (5, "'zoll' stands there twice (line 2)"),
    ]


def test_contradictions(remarks: Remarks) -> None:
    assert remarks("Zoll,tariff", "Zoll,duty", "zoll,customs") == [
        (3, "'Zoll' → 'duty' contradicts line 2 (→ 'tariff'), which counts"),
        (4, "'zoll' → 'customs' contradicts line 2 (→ 'tariff'), which counts"),
    ]


def test_spellings_with_sz_are_one_entry(remarks: Remarks) -> None:
    assert remarks("Straße,street", "Strasse,road") == [
        (3, "'Strasse' → 'road' contradicts line 2 (→ 'street'), which counts"),
    ]


def test_case_sensitive_entries_are_told_apart(remarks: Remarks) -> None:
    assert remarks("Grüne,Greens,,ja,,", "grüne,green,,ja,,") == []
    assert remarks("Grüne,Greens,,ja,,", "Grüne,Greens,,ja,,") == [(3, "'Grüne' stands there twice (line 2)")]


def test_forbidden_and_wanted_at_once(remarks: Remarks) -> None:
    assert remarks("Waffenruhe,truce|cease-fire,,,,armistice|Truce|CEASE-FIRE", "Zoll,tariff,,,,duty") == [
        (2, "'Truce' is forbidden and wanted at once"),
        (2, "'CEASE-FIRE' is forbidden and wanted at once"),
    ]


def test_forbidden_here_and_wanted_there(remarks: Remarks) -> None:
    assert remarks(
        "Waffenruhe,truce,,,,Armistice|standstill", "Waffenstillstand,ceasefire|armistice,,,,truce", "Zoll,tariff"
    ) == [
        (2, "'Armistice' is forbidden here and wanted for 'Waffenstillstand' (line 3)"),
        (3, "'truce' is forbidden here and wanted for 'Waffenruhe' (line 2)"),
    ]


def test_entries_that_are_never_found(remarks: Remarks) -> None:
    assert remarks("EU-Kommission,European Commission", "EU Kommission,Commission") == [
        (3, "'EU Kommission' is never found: 'EU-Kommission' (line 2) is found instead"),
    ]
    assert remarks("Grüne,Greens", "Grüne,Greens,,ja,,") == [
        (3, "'Grüne' is never found: 'Grüne' (line 2) is found instead"),
    ]
    assert remarks("*minister,minister,custom,,,", "Zoll,tariff") == [(2, "'*minister' is never found")]


def test_the_order_is_that_of_the_lines(remarks: Remarks) -> None:
    found = remarks("Zoll,tariff,,,,tariff", "Maut,toll", "Zoll,duty,,,,", "Maut,fee,,,,fee")
    assert [line for line, _ in found] == [2, 4, 5, 5]


def test_remarks_name_file_and_line() -> None:
    entries = [
        Entry("Zoll", ("tariff",), file="b.csv", line=7),
        Entry("Zoll", ("tariff",), file="a.csv", line=9),
        Entry("Maut", ("toll",), forbidden=("toll",), file="a.csv", line=3),
    ]
    assert [str(r) for r in inspect_glossary(entries)] == [
        "a.csv:3: 'toll' is forbidden and wanted at once",
        "a.csv:9: 'Zoll' stands there twice (line 7)",
    ]
    assert str(Remark(entries[0], "x")) == "b.csv:7: x"


def test_the_glossary_of_the_project_is_clean() -> None:
    path = Path(__file__).parent.parent / "glossaries" / "de-en.csv"
    loaded = read_glossary(path, "de", "en")
    assert loaded.refused == []
    assert [str(r) for r in inspect_glossary(loaded.entries)] == []
    assert len(loaded.entries) > 500
