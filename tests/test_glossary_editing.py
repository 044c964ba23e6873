"""Adding and removing entries of a file that its owner looks after: nothing else of it changes."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from translator.errors import ExitCode, GlossaryError, OutputError, UsageError
from translator.glossary import editing
from translator.glossary.editing import add_entry, remove_entry
from translator.glossary.load import read_glossary
from translator.glossary.model import Entry, MatchMode, TermType

Write = Callable[[str, str | bytes], Path]

TOLL = Entry("Maut", ("toll",))
FULL = Entry("Waffenruhe", ("truce", "cease-fire"), 'kurz, "befristet"', MatchMode.PREFIX, True, TermType.PHRASE,
             ("armistice", "standstill"), "Militär")  # fmt: skip
MINE = '''# Glossar der Redaktion, Stand 2025
# Fragen an: Müller

Quelle;Ziel;Anmerkung
# Handel
Zoll;tariff;"auf Einfuhren; nicht: ""duty"""
Zins;interest;

# Personen
Selenskyj;Zelenskyy;
'''


def add(path: Path, entry: Entry) -> None:
    add_entry(path, entry, "de", "en")


def remove(path: Path, term: str) -> list[Entry]:
    return remove_entry(path, term, "de", "en")


def entries(path: Path) -> list[Entry]:
    loaded = read_glossary(path, "de", "en")
    assert loaded.refused == []
    return loaded.entries


def error(kind: type[GlossaryError | UsageError | OutputError], do: Callable[..., object], *args: object) -> str:
    with pytest.raises(kind) as caught:
        do(*args)
    return str(caught.value)


# Adding


def test_a_line_is_added_and_nothing_else_changes(write: Write) -> None:
    path = write("g.csv", MINE)
    add(path, TOLL)
    assert path.read_bytes().decode() == MINE + "Maut;toll;\n"
    assert [e.source for e in entries(path)] == ["Zoll", "Zins", "Selenskyj", "Maut"]


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("source,target\nZoll,tariff\n", "Maut,toll\n"),
        ("source;target\nZoll;tariff\n", "Maut;toll\n"),
        ("source\ttarget\nZoll\ttariff\n", "Maut\ttoll\n"),
        ("Zoll,tariff\nZins,interest\n", "Maut,toll\n"),
        ("Zoll\ttariff\tHandel\nZins\tinterest\t\n", "Maut\ttoll\t\n"),
        ("target,source\ntariff,Zoll\n", "toll,Maut\n"),
        ("English,German\ntariff,Zoll\n", "toll,Maut\n"),
        ("ID,Deutsch,Status,Englisch\n7,Zoll,ok,tariff\n", ",Maut,,toll\n"),
        ("Zoll,tariff,DE,EN\nZins,interest,DE,EN\n", "Maut,toll,,\n"),
        ("# alt\n\nsource,target\nZoll,tariff\n", "Maut,toll\n"),
    ],
    ids=["comma", "semicolon", "tab", "no header", "OmegaT", "target first", "languages", "other columns", "DeepL",
         "comment first"],
)  # fmt: skip
def test_dialects(write: Write, before: str, line: str) -> None:
    path = write("g.csv", before)
    held = entries(path)
    add(path, TOLL)
    assert path.read_bytes().decode() == before + line
    assert entries(path) == [*held, TOLL]


@pytest.mark.parametrize("suffix", [".csv", ".CSV", ".tsv", ".txt", ".tab", ".utf8"])
def test_endings(write: Write, suffix: str) -> None:
    path = write(f"g{suffix}", "source\ttarget\nZoll\ttariff\n")
    add(path, TOLL)
    assert path.read_bytes() == b"source\ttarget\nZoll\ttariff\nMaut\ttoll\n"
    remove(path, "Zoll")
    assert path.read_bytes() == b"source\ttarget\nMaut\ttoll\n"


def test_all_fields_are_written(write: Write) -> None:
    path = write("g.csv", "domain,forbidden,type,case,match,note,target,source\n,,,,,,tariff,Zoll\n")
    add(path, FULL)
    assert entries(path)[1] == FULL


def test_cells_that_need_quotation_marks(write: Write) -> None:
    path = write("g.csv", "source;target;note\nZoll;tariff;\n")
    hard = Entry("Haus; eigenes", ("house",), note='sog. "Eigenheim"; neu,\nteuer', type=TermType.PHRASE)
    add(path, hard)
    add(path, TOLL)
    assert [(e.source, e.note) for e in entries(path)[1:]] == [
        ("Haus; eigenes", 'sog. "Eigenheim"; neu, teuer'), ("Maut", ""),
    ]  # fmt: skip


def test_what_looks_like_a_formula(write: Write) -> None:
    path = write("g.csv", "source,target\nZoll,tariff\n")
    entry = Entry("=Summe", ("+sum",), type=TermType.NOUN)
    add(path, entry)
    assert path.read_text(encoding="utf-8").splitlines()[-1] == "'=Summe,'+sum"
    assert entries(path)[-1] == entry


def test_a_term_with_a_number_sign(write: Write) -> None:
    path = write("g.csv", "source,target\nZoll,tariff\n")
    add(path, Entry("#MeToo", ("#MeToo",), type=TermType.KEEP))
    assert [e.source for e in entries(path)] == ["Zoll", "#MeToo"]


def test_a_file_without_final_newline(write: Write) -> None:
    path = write("g.csv", "source,target\nZoll,tariff")
    add(path, TOLL)
    assert path.read_bytes() == b"source,target\nZoll,tariff\nMaut,toll\n"


def test_windows_line_ends_stay(write: Write) -> None:
    path = write("g.csv", b"source;target\r\nZoll;tariff\r\n")
    add(path, TOLL)
    assert path.read_bytes() == b"source;target\r\nZoll;tariff\r\nMaut;toll\r\n"
    remove(path, "Zoll")
    assert path.read_bytes() == b"source;target\r\nMaut;toll\r\n"


@pytest.mark.parametrize(
    "before",
    [
        'source,target,note\nZoll,tariff,"auf\nEinfuhren"\n',
        'source,target,note\nZoll,tariff,"auf\n\nEinfuhren,\n""Waren"""\nZins,interest,\n',
    ],
)
def test_cells_of_several_lines_stay(write: Write, before: str) -> None:
    path = write("g.csv", before)
    add(path, TOLL)
    assert path.read_bytes().decode() == before + "Maut,toll,\n"
    remove(path, "Maut")
    assert path.read_bytes().decode() == before


# Encodings


ENCODINGS = [
    ("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("cp1252", b""), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-le", b""),
    ("utf-16-be", b""),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS, ids=[f"{e}{' with mark' * bool(m)}" for e, m in ENCODINGS])
def test_the_encoding_stays(write: Write, encoding: str, mark: bytes) -> None:
    before = "Quelle;Ziel\nÄrzte für Österreich;doctors\nZölle;tariffs\n"
    path = write("g.csv", mark + before.encode(encoding))
    add(path, Entry("Straßengebühr", ("road charge",)))
    assert path.read_bytes() == mark + f"{before}Straßengebühr;road charge\n".encode(encoding)
    remove(path, "Zölle")
    assert path.read_bytes() == mark + f"{before}Straßengebühr;road charge\n".replace("Zölle;tariffs\n", "").encode(
        encoding
    )
    assert [e.source for e in entries(path)] == ["Ärzte für Österreich", "Straßengebühr"]


def test_what_windows_1252_cannot_hold_makes_it_utf_8(write: Write) -> None:
    before = "Quelle;Ziel\nZölle;tariffs\nStraße – „Allee“;street\n"
    path = write("g.csv", before.encode("cp1252"))
    add(path, Entry("Łódź", ("Łódź",), type=TermType.KEEP))
    assert path.read_bytes() == codecs.BOM_UTF8 + f"{before}Łódź;Łódź\n".encode()
    assert [e.source for e in entries(path)] == ["Zölle", "Straße – „Allee“", "Łódź"]


def test_what_windows_1252_can_hold_does_not(write: Write) -> None:
    path = write("g.csv", "Quelle;Ziel\nZölle;tariffs\n".encode("cp1252"))
    add(path, Entry("Café „Euro“ – 5 €", ("café",), type=TermType.PHRASE))
    assert path.read_bytes() == "Quelle;Ziel\nZölle;tariffs\nCafé „Euro“ – 5 €;café\n".encode("cp1252")


# A new file


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("neu.csv", "source,target,note,match,case,type,forbidden,domain\nMaut,toll,,,,,,\n"),
        ("neu.tsv", "source\ttarget\tnote\tmatch\tcase\ttype\tforbidden\tdomain\nMaut\ttoll\t\t\t\t\t\t\n"),
        ("ordner/unter/neu.csv", "source,target,note,match,case,type,forbidden,domain\nMaut,toll,,,,,,\n"),
    ],
)
def test_a_new_file_gets_our_header(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    add(path, TOLL)
    assert path.read_bytes() == codecs.BOM_UTF8 + content.encode()
    add(path, FULL)
    assert entries(path) == [TOLL, FULL]


def test_a_new_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "neu.xlsx"
    add(path, TOLL)
    add(path, FULL)
    assert entries(path) == [TOLL, FULL]
    assert [c.value for c in openpyxl.load_workbook(path).worksheets[0][1]][:2] == ["source", "target"]


# What cannot be added


@pytest.mark.parametrize(
    ("before", "term", "expected"),
    [
        ("source,target\nZoll,tariff\nMaut,toll\n", "Maut", "3: 'Maut' is there already (→ toll)"),
        ("source,target\nMaut,toll|charge\n", "MAUT", "2: 'Maut' is there already (→ toll | charge)"),
        ("# alt\nStrasse,road\nZoll,tariff\n", "Straße", "2: 'Strasse' is there already (→ road)"),
        ('source,target,note\nZoll,tariff,"a\nb"\nMaut,toll,\n', "maut", "4: 'Maut' is there already (→ toll)"),
    ],
)
def test_a_term_that_is_there_already(write: Write, before: str, term: str, expected: str) -> None:
    path = write("g.csv", before)
    found = error(GlossaryError, add, path, Entry(term, ("fee",)))
    assert found == f"{path}:{expected}; remove it first: translate glossary remove"
    assert path.read_bytes().decode() == before


@pytest.mark.parametrize(
    ("header", "entry", "missing"),
    [
        ("source,target", FULL, "note, match, case, type, forbidden, domain"),
        ("source,target,note", FULL, "match, case, type, forbidden, domain"),
        ("source,target,domain,type", FULL, "note, match, case, forbidden"),
        ("Deutsch,Englisch", Entry("Maut", ("toll",), note="Verkehr"), "note"),
        ("Deutsch,Englisch", Entry("Maut", ("toll",), forbidden=("duty",), domain="Verkehr"), "forbidden, domain"),
    ],
)
def test_a_missing_column_is_named(write: Write, header: str, entry: Entry, missing: str) -> None:
    before = f"{header}\nZoll,tariff\n"
    path = write("g.csv", before)
    found = error(GlossaryError, add, path, entry)
    assert found == f"{path}: the table has no column for {missing}; add a header with these names"
    assert path.read_bytes().decode() == before


@pytest.mark.parametrize(
    ("before", "fits"),
    [
        ("Zoll,tariff\nZins,interest\n", False),
        ("Zoll,tariff,\nZins,interest,auf Guthaben\n", True),
        ("Zoll,tariff\nZins,interest,auf Guthaben\n", True),  # the widest of the first rows says how many columns
        ("Zoll,tariff,DE,EN\nZins,interest,DE,EN\n", False),  # language codes are no notes
        ("Zoll,tariff,DE,EN,\nZins,interest,DE,EN,auf Guthaben\n", True),
    ],
    ids=["two columns", "three columns", "a row of three", "DeepL", "DeepL with notes"],
)
def test_a_note_in_a_table_without_header(write: Write, before: str, fits: bool) -> None:
    path = write("g.csv", before)
    entry = Entry("Maut", ("toll",), note="Verkehr")
    if fits:
        add(path, entry)
        assert entries(path)[-1] == entry
    else:
        assert "no column for note" in error(GlossaryError, add, path, entry)
        assert path.read_bytes().decode() == before


@pytest.mark.parametrize(
    "head",
    ["", "# alt\n", "\n\n", "  \n", ",,\n", '# sog. ,"Strafzoll\n', '# alt,"x\n# neu,"y\n'],
    ids=["nothing", "comment", "blank lines", "a blank", "empty cells", "a lone quotation mark", "two comments"],
)
def test_the_header_is_found_behind_other_lines(write: Write, head: str) -> None:
    before = f"{head}note,target,source\nHandel,tariff,Zoll\n"
    path = write("g.csv", before)
    assert [e.source for e in entries(path)] == ["Zoll"]
    add(path, Entry("Maut", ("toll",), note="Verkehr"))
    assert path.read_bytes().decode() == before + "Verkehr,toll,Maut\n"


@pytest.mark.parametrize("name", ["g.tbx", "g.xml"])
@pytest.mark.parametrize("exists", [True, False])
def test_tbx_is_not_edited(write: Write, tmp_path: Path, name: str, exists: bool) -> None:
    before = "<martif><text><body><termEntry><langSet xml:lang='de'><tig><term>Zoll</term></tig></langSet>" \
             "<langSet xml:lang='en'><tig><term>tariff</term></tig></langSet></termEntry></body></text></martif>"  # fmt: skip
    path = write(name, before) if exists else tmp_path / name
    hint = f"{path}: only .csv, .tsv, .txt, .tab, .utf8, .xlsx can be edited; convert it: translate glossary convert"
    with pytest.raises(UsageError) as caught:
        add(path, TOLL)
    assert str(caught.value) == hint
    assert caught.value.exit_code is ExitCode.usage
    assert error(UsageError, remove, path, "Zoll") == hint
    assert path.exists() is exists
    assert not exists or path.read_text() == before


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"nur Text ohne Tabelle\n"])
def test_a_file_that_is_no_glossary(write: Write, content: bytes) -> None:
    path = write("g.csv", content)
    for do, what in ((add, TOLL), (remove, "Maut")):
        assert error(GlossaryError, do, path, what).startswith(f"{path}: ")
    assert path.read_bytes() == content


def test_lines_that_are_refused_stay(write: Write) -> None:
    before = 'source,target\nZoll,\n,tariff\nZins,"interest\nSteuer,tax\n'
    path = write("g.csv", before)
    add(path, TOLL)
    assert path.read_bytes().decode() == before + "Maut,toll\n"
    assert [e.source for e in read_glossary(path, "de", "en").entries] == ["Steuer", "Maut"]
    remove(path, "Steuer")
    assert path.read_bytes().decode() == before.replace("Steuer,tax\n", "") + "Maut,toll\n"


# Removing


@pytest.mark.parametrize(
    ("term", "gone"),
    [
        ("Zoll", 'Zoll;tariff;"auf Einfuhren; nicht: ""duty"""\n'),
        ("zoll", 'Zoll;tariff;"auf Einfuhren; nicht: ""duty"""\n'),
        ("Zins", "Zins;interest;\n"),
        ("Selenskyj", "Selenskyj;Zelenskyy;\n"),
    ],
)
def test_a_line_is_removed_and_nothing_else_changes(write: Write, term: str, gone: str) -> None:
    path = write("g.csv", MINE)
    (removed,) = remove(path, term)
    assert removed.source.casefold() == term.casefold()
    assert removed.line == MINE.split("\n").index(gone.rstrip("\n")) + 1
    assert path.read_bytes().decode() == MINE.replace(gone, "")


def test_all_lines_of_a_term_are_removed(write: Write) -> None:
    path = write("g.csv", "source,target\nZoll,tariff\nMaut,toll\nZOLL,duty\n# Zoll,fee\nzoll,customs")
    assert [(e.target, e.line) for e in remove(path, "Zoll")] == [("tariff", 2), ("duty", 4), ("customs", 6)]
    assert path.read_bytes() == b"source,target\nMaut,toll\n# Zoll,fee"


def test_cells_of_several_lines_are_removed_whole(write: Write) -> None:
    before = (
        'source,target,note\nMaut,toll,"auf\nStraßen, ""Brücken""\n\nund in Tunneln"\nZoll,tariff,\n'
        'Steuer,tax,"eine\nZeile"\n'
    )
    path = write("g.csv", before)
    assert [e.note for e in remove(path, "Maut")] == ['auf Straßen, "Brücken" und in Tunneln']
    assert path.read_bytes().decode() == 'source,target,note\nZoll,tariff,\nSteuer,tax,"eine\nZeile"\n'
    remove(path, "Steuer")
    assert path.read_bytes().decode() == "source,target,note\nZoll,tariff,\n"


def test_a_term_of_several_lines_is_removed_whole(write: Write) -> None:
    path = write("g.csv", 'source,target\n"Vereinte\nNationen",UN\nZoll,tariff\n')
    remove(path, "Vereinte Nationen")
    assert path.read_bytes() == b"source,target\nZoll,tariff\n"


def test_inches_are_no_quotation_marks(write: Write) -> None:
    """A mark in the middle of a cell opens nothing; two such lines pair, and each is an entry of its own."""
    path = write("g.csv", 'source;target\nRohr;3" pipe\nZoll;tariff\nRad;5" wheel\nMaut;toll\n')
    held = [e.source for e in entries(path)]
    remove(path, held[0])
    assert [e.source for e in entries(path)] == held[1:]


def test_no_such_term(write: Write) -> None:
    path = write("g.csv", MINE)
    with pytest.raises(GlossaryError) as caught:
        remove(path, "Maut")
    assert str(caught.value) == f"{path}: no entry for 'Maut'"
    assert caught.value.exit_code is ExitCode.glossary
    assert path.read_bytes().decode() == MINE


def test_no_such_file(tmp_path: Path) -> None:
    assert error(GlossaryError, remove, tmp_path / "g.csv", "Maut") == f"{tmp_path / 'g.csv'}: no such glossary"


def test_the_last_entry(write: Write) -> None:
    path = write("g.csv", "source,target\nZoll,tariff\n")
    remove(path, "Zoll")
    assert path.read_bytes() == b"source,target\n"
    add(path, TOLL)
    assert entries(path) == [TOLL]


# Spreadsheets


def book(path: Path, *sheets: tuple[str, Sequence[Sequence[object]]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {s.title: list(s.iter_rows(values_only=True)) for s in openpyxl.load_workbook(path).worksheets}


GLOSSARY_ROWS = [("Ziel", "Quelle", "Anmerkung"), ("tariff", "Zoll", "Handel"), ("interest", "Zins", None)]


def test_a_spreadsheet(tmp_path: Path) -> None:
    path = book(tmp_path / "g.xlsx", ("Begriffe", GLOSSARY_ROWS), ("Alt", [("Maut", "toll"), ("Steuer", "tax")]))
    add(path, Entry("Maut", ("toll",), note="Verkehr"))
    assert cells(path)["Begriffe"] == [*GLOSSARY_ROWS, ("toll", "Maut", "Verkehr")]
    assert [e.line for e in remove(path, "Zoll")] == [2]
    assert cells(path) == {
        "Begriffe": [GLOSSARY_ROWS[0], GLOSSARY_ROWS[2], ("toll", "Maut", "Verkehr")],
        "Alt": [("Maut", "toll"), ("Steuer", "tax")],
    }


def test_several_rows_of_a_spreadsheet(tmp_path: Path) -> None:
    path = book(tmp_path / "g.xlsx", ("Begriffe", [("source", "target"), ("Zoll", "tariff"), ("Maut", "toll"),
                                                   ("zoll", "duty"), (None, None), ("Zins", "interest")]))  # fmt: skip
    assert [e.line for e in remove(path, "Zoll")] == [2, 4]
    assert cells(path)["Begriffe"] == [("source", "target"), ("Maut", "toll"), (None, None), ("Zins", "interest")]


def test_a_spreadsheet_without_header(tmp_path: Path) -> None:
    path = book(tmp_path / "g.xlsx", ("Begriffe", [("Zoll", "tariff"), ("Zins", "interest")]))
    add(path, TOLL)
    assert cells(path)["Begriffe"] == [("Zoll", "tariff"), ("Zins", "interest"), ("Maut", "toll")]


def test_the_sheet_that_is_read_is_the_one_that_is_changed(tmp_path: Path) -> None:
    notes = [("Hinweise zur Pflege",), ("Redaktion", "Müller"), ("Stand 2025",), ("Bitte nicht umsortieren",)]
    path = book(tmp_path / "g.xlsx", ("Hinweise", notes), ("Begriffe", GLOSSARY_ROWS))
    assert [e.source for e in entries(path)] == ["Zoll", "Zins"]
    remove(path, "Zoll")
    assert cells(path)["Hinweise"][1] == ("Redaktion", "Müller")
    assert cells(path)["Begriffe"] == [GLOSSARY_ROWS[0], GLOSSARY_ROWS[2]]
    add(path, TOLL)
    assert [e.source for e in entries(path)] == ["Zins", "Maut"]


def test_the_header_of_a_spreadsheet_is_found_behind_empty_rows(tmp_path: Path) -> None:
    path = book(tmp_path / "g.xlsx", ("Begriffe", [(None, None, None), (None, None, None), *GLOSSARY_ROWS]))
    assert [e.source for e in entries(path)] == ["Zoll", "Zins"]
    add(path, TOLL)
    assert [(e.source, e.target) for e in entries(path)] == [("Zoll", "tariff"), ("Zins", "interest"), ("Maut", "toll")]


def test_a_missing_column_of_a_spreadsheet_is_named(tmp_path: Path) -> None:
    path = book(tmp_path / "g.xlsx", ("Begriffe", [("source", "target"), ("Zoll", "tariff")]))
    before = path.read_bytes()
    found = error(GlossaryError, add, path, Entry("Maut", ("toll",), note="Verkehr", domain="Politik"))
    assert found == f"{path}: the table has no column for note, domain; add a header with these names"
    assert path.read_bytes() == before


def test_a_formula_of_a_spreadsheet_is_text(tmp_path: Path) -> None:
    path = book(tmp_path / "g.xlsx", ("Begriffe", [("source", "target"), ("Zoll", "tariff")]))
    entry = Entry("=Summe", ("=1+1",), type=TermType.NOUN)
    add(path, entry)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [c.data_type for c in sheet[3]] == ["s", "s"]
    assert entries(path)[-1] == entry


def test_what_else_a_spreadsheet_holds_stays(tmp_path: Path) -> None:
    path = book(tmp_path / "g.xlsx", ("Begriffe", GLOSSARY_ROWS))
    made = openpyxl.load_workbook(path)
    sheet = made["Begriffe"]
    sheet.freeze_panes, sheet.column_dimensions["A"].width = "A2", 44
    sheet["A2"].font = openpyxl.styles.Font(bold=True)
    sheet["E2"] = "=1+1"
    made.save(path)
    add(path, TOLL)
    after = openpyxl.load_workbook(path)["Begriffe"]
    assert (after.freeze_panes, after.column_dimensions["A"].width) == ("A2", 44)
    assert after["A2"].font.b
    assert after["E2"].value == "=1+1"


def test_a_term_that_is_there_already_in_a_spreadsheet(tmp_path: Path) -> None:
    path = book(tmp_path / "g.xlsx", ("Begriffe", GLOSSARY_ROWS))
    before = path.read_bytes()
    assert error(GlossaryError, add, path, Entry("ZINS", ("rate",))).startswith(f"{path}:3: 'Zins' is there already")
    assert error(GlossaryError, remove, path, "Maut") == f"{path}: no entry for 'Maut'"
    assert path.read_bytes() == before


# When it cannot be written


@pytest.mark.parametrize("name", ["g.csv", "g.xlsx"])
def test_nothing_is_changed_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = tmp_path / name
    add(path, TOLL)
    before = path.read_bytes()

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for do, what in ((add, FULL), (remove, "Maut")):
        with pytest.raises(OutputError) as caught:
            do(path, what)
        assert str(caught.value).startswith(f"{path}: cannot be written (No space left on device)")
        assert caught.value.exit_code is ExitCode.output
        assert path.read_bytes() == before
        assert [p.name for p in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["g.csv", "g.xlsx"])
def test_nothing_is_left_of_a_new_file_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError):
        add(tmp_path / name, TOLL)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_changed_when_the_program_is_stopped(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("g.csv", MINE)

    def stopped(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        add(path, TOLL)
    assert path.read_bytes().decode() == MINE
    assert [p.name for p in path.parent.iterdir()] == ["g.csv"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights(write: Write) -> None:
    path = write("zu/g.csv", MINE)
    path.parent.chmod(0o500)
    try:
        assert "cannot be written" in error(OutputError, add, path, TOLL)
    finally:
        path.parent.chmod(0o700)


def test_only_the_formats_that_are_named_are_edited() -> None:
    assert {*editing._TEXT, ".xlsx"} < set(read_glossary.__globals__["READERS"])
