"""Glossaries in every format: nothing is lost on the way out and back, and nothing a file holds can do harm."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from translator.errors import GlossaryError, OutputError, UsageError
from translator.glossary.load import read_glossary
from translator.glossary.model import Entry, MatchMode, TermType
from translator.glossary.tbx import NAMESPACE
from translator.glossary.writing import FORMATS, format_of, write_glossary

Write = Callable[[str, str | bytes], Path]

ENTRIES = [
    Entry("Waffenruhe", ("truce", "cease-fire", "ceasefire"), forbidden=("armistice", "still stand")),
    Entry("Waffenstillstand", ("armistice",), note="förmlich; auf Dauer", domain="Militär & Krieg"),
    Entry("Zoll", ("tariff",), note='sog. "Strafzoll", auf Einfuhren', forbidden=("duty", "toll"), domain="Handel"),
    Entry("Selenskyj", ("Zelenskyy",), type=TermType.NAME, forbidden=("Selensky", "Zelensky"), domain="Personen"),
    Entry("Vereinte Nationen", ("United Nations", "UN"), type=TermType.PHRASE),
    Entry("Deutsche Welle", ("Deutsche Welle",), type=TermType.KEEP, note="Sender, nicht „Wave“"),
    Entry("Bundestag", ("Bundestag",), type=TermType.KEEP),
    Entry("EU", ("EU",), match=MatchMode.EXACT, case_sensitive=True, type=TermType.KEEP),
    Entry("NATO", ("NATO", "the alliance"), match=MatchMode.EXACT, case_sensitive=True, type=TermType.NAME),
    Entry("GEZ", ("licence fee",), match=MatchMode.INFLECTED, case_sensitive=True),
    Entry("Grüne", ("Greens",), case_sensitive=True, type=TermType.NAME),
    Entry("Projekt", ("project",), match=MatchMode.PREFIX),
    Entry("Rat", ("council",), match=MatchMode.EXACT, case_sensitive=True),
    Entry("Verhandl|ung*", ("negotiation",), match=MatchMode.CUSTOM),
    Entry("Kohle*", ("coal",), match=MatchMode.EXACT),
    Entry("Haus", ("House",), type=TermType.PHRASE),
    Entry("Russe", ("Russian",), type=TermType.NAME),
    Entry("Köln", ("Cologne",), type=TermType.NOUN),
    Entry("Weißes Haus", ("White House",), type=TermType.NAME, note="Washington, D.C."),
    Entry("EU-Gipfel", ("EU summit",), type=TermType.NOUN),
    Entry('Der "große" Bruder', ('the "big" brother',), type=TermType.PHRASE, note='"', forbidden=('"large" brother',)),
    Entry("Haus, eigenes", ("house, own; owned",), type=TermType.PHRASE, note="a;b\tc,d".replace("\t", " ")),
    Entry("Müller & Söhne <GmbH>", ("Müller & Sons <Ltd>",), type=TermType.NAME, note="&amp; bleibt"),
    Entry("Élysée-Palast", ("Élysée Palace",), type=TermType.NAME, note="Paris – 8ᵉ ➜ 日本 🇫🇷"),
    Entry("Cum-Ex", ("cum-ex",), type=TermType.PHRASE, note="match=prefix; case=yes"),
    Entry("Strasse", ("street",), note="Schweiz", domain="Verkehr"),
]
FORMULAS = [
    Entry("=Summe", ("=SUM(A1:A9)",), type=TermType.PHRASE, note="=1+1", domain="=A1"),
    Entry("+49", ("+44", "-44"), type=TermType.NAME, forbidden=("+1",)),
    Entry("-fach", ("-fold",), note="-1"),
    Entry("@Regierung", ("@government",), type=TermType.NOUN, note='@SUM("x")', forbidden=("=cmd|' /C calc'!A0",)[:0]),
    Entry("=cmd", ('=HYPERLINK("http://x.example","y")',)),
]
TABLES, OWN = ["csv", "tsv", "xlsx"], ["csv", "tsv", "xlsx", "tbx", "tbx2"]
SUFFIX = {
    "csv": ".csv",
    "tsv": ".tsv",
    "xlsx": ".xlsx",
    "tbx": ".tbx",
    "tbx2": ".tbx",
    "deepl": ".csv",
    "omegat": ".txt",
}


@pytest.fixture
def there_and_back(tmp_path: Path) -> Callable[..., list[Entry]]:
    """Writes entries in a format and reads them again."""

    def _round(entries: Sequence[Entry], form: str) -> list[Entry]:
        path = tmp_path / f"g{SUFFIX[form]}"
        assert write_glossary(entries, path, form, "de", "en") == {}
        loaded = read_glossary(path, "de", "en")
        assert [str(r) for r in loaded.refused] == []
        return loaded.entries

    return _round


def message(path: Path) -> str:
    with pytest.raises(GlossaryError) as caught:
        read_glossary(path, "de", "en")
    assert str(caught.value).startswith(str(path))
    return str(caught.value).removeprefix(str(path))


# There and back


@pytest.mark.parametrize("form", OWN)
def test_no_field_is_lost(there_and_back: Callable[..., list[Entry]], form: str) -> None:
    found = there_and_back(ENTRIES, form)
    assert found == ENTRIES
    assert [e.fingerprint for e in found] == [e.fingerprint for e in ENTRIES]


@pytest.mark.parametrize("form", OWN)
@pytest.mark.parametrize("entry", ENTRIES, ids=[e.source for e in ENTRIES])
def test_no_field_is_lost_of_a_single_entry(
    there_and_back: Callable[..., list[Entry]], form: str, entry: Entry
) -> None:
    assert there_and_back([entry], form) == [entry]


@pytest.mark.parametrize("form", OWN)
def test_every_kind_with_every_match(there_and_back: Callable[..., list[Entry]], form: str) -> None:
    entries = [
        Entry(source, targets, match=match, case_sensitive=case, type=kind)
        for source, targets in [("Zoll", ("tariff",)), ("Wien", ("Vienna",)), ("Rote Linie", ("red line", "limit"))]
        for match in MatchMode
        for case in (True, False)
        for kind in TermType
    ]
    assert there_and_back(entries, form) == entries


@pytest.mark.parametrize("form", OWN)
def test_a_line_break_in_a_note_becomes_a_blank(there_and_back: Callable[..., list[Entry]], form: str) -> None:
    entry = Entry("Maut", ("toll",), note="auf Straßen,\nBrücken\r\nund in Tunneln", domain="Verkehr")
    assert there_and_back([entry, ENTRIES[0]], form) == [
        replace(entry, note="auf Straßen, Brücken und in Tunneln"), ENTRIES[0],
    ]  # fmt: skip


@pytest.mark.parametrize("form", OWN)
def test_a_term_with_a_number_sign_is_no_comment(there_and_back: Callable[..., list[Entry]], form: str) -> None:
    entries = [Entry("Maut", ("toll",)), Entry("#MeToo", ("#MeToo",), type=TermType.KEEP), Entry("Zoll", ("tariff",))]
    assert there_and_back(entries, form) == entries


@pytest.mark.parametrize("form", OWN)
def test_nothing_is_added_by_writing_again(there_and_back: Callable[..., list[Entry]], form: str) -> None:
    assert there_and_back(there_and_back(FORMULAS + ENTRIES, form), form) == FORMULAS + ENTRIES


@pytest.mark.parametrize("first", OWN)
@pytest.mark.parametrize("second", OWN)
def test_from_every_format_to_every_other(there_and_back: Callable[..., list[Entry]], first: str, second: str) -> None:
    assert there_and_back(there_and_back(ENTRIES, first), second) == ENTRIES


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_tables_begin_with_the_mark_that_excel_needs(tmp_path: Path, form: str) -> None:
    path = tmp_path / "g.csv"
    write_glossary(ENTRIES, path, form, "de", "en")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfsource" + (b"\t" if form == "tsv" else b",") + b"target")
    assert b"\r" not in data
    assert data.endswith(b"\n")


def test_what_the_reader_finds_out_itself_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    write_glossary([ENTRIES[0], ENTRIES[7], ENTRIES[12]], path, "csv", "de", "en")
    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "source,target,note,match,case,type,forbidden,domain",
        "Waffenruhe,truce|cease-fire|ceasefire,,,,,armistice|still stand,",
        "EU,EU,,,,,,",
        "Rat,council,,exact,yes,,,",
    ]


# Formats that hold less


def test_deepl_holds_two_columns(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    entries = [*ENTRIES[:4], ENTRIES[20], ENTRIES[21]]
    lost = write_glossary(entries, path, "deepl", "de", "en")
    assert list(csv.reader(io.StringIO(path.read_text(encoding="utf-8")))) == [[e.source, e.target] for e in entries]
    assert lost == {"alternatives": 1, "forbidden": 4, "note": 4, "domain": 3}
    back = read_glossary(path, "de", "en")
    assert [(e.source, e.targets) for e in back.entries] == [(e.source, (e.target,)) for e in entries]


def test_omegat_holds_a_comment(tmp_path: Path) -> None:
    path = tmp_path / "g.txt"
    entries = [*ENTRIES[:4], ENTRIES[7], ENTRIES[12], ENTRIES[20]]
    lost = write_glossary(entries, path, "omegat", "de", "en")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["Waffenruhe\ttruce\t", "Waffenstillstand\tarmistice\tförmlich; auf Dauer"]
    assert lost == {"alternatives": 1, "forbidden": 4, "domain": 3, "match": 1, "case": 1}
    back = read_glossary(path, "de", "en")
    assert [(e.source, e.target, e.note) for e in back.entries] == [(e.source, e.target, e.note) for e in entries]


@pytest.mark.parametrize("form", ["deepl", "omegat"])
def test_counts_of_what_is_lost(tmp_path: Path, form: str) -> None:
    lost = write_glossary(ENTRIES, tmp_path / "g", form, "de", "en")
    expected = {
        "alternatives": sum(len(e.targets) > 1 for e in ENTRIES),
        "forbidden": sum(bool(e.forbidden) for e in ENTRIES),
        "domain": sum(bool(e.domain) for e in ENTRIES),
        "note": sum(bool(e.note) for e in ENTRIES) if form == "deepl" else 0,
    }
    assert {name: lost.get(name, 0) for name in expected} == expected
    assert {"match", "case", "type"} <= set(lost)
    assert lost.keys() <= {*expected, "match", "case", "type"}


def test_nothing_is_lost_of_plain_entries(tmp_path: Path) -> None:
    plain = [Entry("Waffenruhe", ("truce",)), Entry("Köln", ("Cologne",), type=TermType.NAME)]
    for form in FORMATS:
        assert write_glossary(plain, tmp_path / "g", form, "de", "en") == {}


@pytest.mark.parametrize("form", ["deepl", "omegat"])
def test_an_entry_is_a_line_for_other_programs(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"g{SUFFIX[form]}"
    entries = [Entry("Maut", ("toll",), note="auf Straßen\nund Brücken"), Entry("Zoll", ("tariff",), note="Handel")]
    write_glossary(entries, path, form, "de", "en")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2
    assert [e.source for e in read_glossary(path, "de", "en").entries] == ["Maut", "Zoll"]


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.csv", "csv"), ("a.CSV", "csv"), ("a.tsv", "tsv"), ("a.xlsx", "xlsx"), ("a.tbx", "tbx"), ("a.xml", "tbx"),
     ("a.txt", "omegat"), ("a.utf8", "omegat")],
)  # fmt: skip
def test_format_of(name: str, form: str) -> None:
    assert format_of(Path(name)) == form


@pytest.mark.parametrize("name", ["a", "a.ods", "a.json"])
def test_no_format(name: str) -> None:
    with pytest.raises(UsageError, match=rf"^{name}: the ending says no format; use one of .*\.tbx.*, or --format$"):
        format_of(Path(name))


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_file_that_cannot_be_written(tmp_path: Path, form: str) -> None:
    (tmp_path / "weg").write_text("im Weg")
    with pytest.raises(OutputError, match="cannot be written"):
        write_glossary(ENTRIES, tmp_path / "weg" / "g", form, "de", "en")
    assert [p.name for p in tmp_path.iterdir()] == ["weg"]


@pytest.mark.parametrize("form", list(FORMATS))
def test_no_entries(tmp_path: Path, form: str) -> None:
    assert write_glossary([], tmp_path / "g", form, "de", "en") == {}
    assert (tmp_path / "g").exists()


# Formulas


@pytest.mark.parametrize("form", OWN)
def test_what_looks_like_a_formula_comes_back(there_and_back: Callable[..., list[Entry]], form: str) -> None:
    assert there_and_back(FORMULAS, form) == FORMULAS


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_no_cell_of_a_table_is_a_formula(tmp_path: Path, form: str, delimiter: str) -> None:
    path = tmp_path / "g.csv"
    write_glossary(FORMULAS + ENTRIES, path, form, "de", "en")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=delimiter))
    assert len(rows) == 1 + len(FORMULAS + ENTRIES)
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [row[0] for row in rows[1:4]] == ["'=Summe", "'+49", "'-fach"]


def test_no_cell_of_a_spreadsheet_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "g.xlsx"
    write_glossary(FORMULAS + ENTRIES, path, "xlsx", "de", "en")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert {c.data_type for row in sheet.iter_rows() for c in row if c.value is not None} == {"s"}
    assert [c.value for c in sheet["A"]][1:5] == ["=Summe", "+49", "-fach", "@Regierung"]  # as text, no apostrophe
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml
    assert b"<f " not in xml


def test_an_apostrophe_of_ones_own_stays(there_and_back: Callable[..., list[Entry]]) -> None:
    entries = [
        Entry("'s Gravenhage", ("'s Gravenhage",), type=TermType.KEEP),
        Entry("Rock 'n' Roll", ("rock ’n’ roll",), type=TermType.PHRASE),
    ]
    for form in OWN:
        assert there_and_back(entries, form) == entries


def test_the_spreadsheet_is_one_to_work_with(tmp_path: Path) -> None:
    path = tmp_path / "g.xlsx"
    write_glossary(ENTRIES, path, "xlsx", "de", "en")
    book = openpyxl.load_workbook(path)
    sheet = book["glossary"]
    assert [c.value for c in sheet[1]] == "source target note match case type forbidden domain".split()
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:H{len(ENTRIES) + 1}"
    assert all(c.font.b for c in sheet[1])


# XLSX as people have it


def book(path: Path, *sheets: tuple[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


ROWS = [("Waffenruhe", "truce"), ("Zölle", "tariffs")]


@pytest.mark.parametrize(
    "sheets",
    [
        [("Begriffe", [("Quelle", "Ziel"), *ROWS])],
        [("Begriffe", [("Deutsch", "Englisch", "Anmerkung"), *ROWS])],
        [("Begriffe", [("English", "German"), *(row[::-1] for row in ROWS)])],
        [("Begriffe", [("de-DE", "en-GB"), *ROWS])],
        [("Begriffe", ROWS)],
        [("Begriffe", [("Quelle", "Ziel"), *ROWS]), ("Alt", [("Quelle", "Ziel"), ("Maut", "toll")])],
        [("Leer", []), ("Auch leer", [(None, None)]), ("Begriffe", [("Quelle", "Ziel"), *ROWS])],
        [("Hinweise", [("Pflege: Redaktion",), ("Stand: 2025",)]), ("Begriffe", [("Quelle", "Ziel"), *ROWS])],
        [("Begriffe", [(None, None), (None, None), ("Quelle", "Ziel"), (None, None), *ROWS])],
        [("Begriffe", [("# Redaktion",), ("Quelle", "Ziel"), ROWS[0], ("# Handel", "x"), ROWS[1]])],
        [("Begriffe", [("Nr.", "Ziel", "Status", "Quelle"), *((n, b, "ok", a) for n, (a, b) in enumerate(ROWS))])],
    ],
    ids=["German header", "languages with a note", "English first", "codes", "no header", "first of two",
         "behind empty sheets", "behind a sheet of notes", "behind empty rows", "comments", "other columns"],
)  # fmt: skip
def test_sheets(tmp_path: Path, sheets: list[tuple[str, list[tuple[object, ...]]]]) -> None:
    loaded = read_glossary(book(tmp_path / "g.xlsx", *sheets), "de", "en")
    assert [(e.source, e.target) for e in loaded.entries] == ROWS
    assert loaded.refused == []
    assert loaded.dialect == "sheet Begriffe"


def test_german_columns_of_a_sheet(tmp_path: Path) -> None:
    header = ("Fachgebiet", "verboten", "Typ", "Großschreibung", "Abgleich", "Anmerkung", "Übersetzung", "Begriff")
    row = ("Politik", "Selensky|Zelensky", "Eigenname", "ja", "genau", "Präsident", "Zelenskyy", "Selenskyj")
    loaded = read_glossary(book(tmp_path / "g.xlsx", ("Begriffe", [header, row])), "de", "en")
    assert loaded.columns == ("domain", "forbidden", "type", "case", "match", "note", "target", "source")
    assert loaded.entries == [
        Entry("Selenskyj", ("Zelenskyy",), "Präsident", MatchMode.EXACT, True, TermType.NAME, ("Selensky", "Zelensky"),
              "Politik"),
    ]  # fmt: skip


def test_lines_of_a_sheet_are_its_rows(tmp_path: Path) -> None:
    rows = [("Quelle", "Ziel"), ROWS[0], (None, None), ("Maut", None), ROWS[1], (None, "toll")]
    path = book(tmp_path / "g.xlsx", ("Begriffe", rows))
    loaded = read_glossary(path, "de", "en")
    assert [(e.where, e.source) for e in loaded.entries] == [(f"{path}:2", "Waffenruhe"), (f"{path}:5", "Zölle")]
    assert [str(r) for r in loaded.refused] == [
        f"{path}:4: no translation for 'Maut'; fill in the second column (or = to keep the word as it is)",
        f"{path}:6: no source term for 'toll'; fill in the first column or delete the line",
    ]


def test_cells_that_are_no_text(tmp_path: Path) -> None:
    rows = [("source", "target", "case", "note"), ("G7", "G7", True, 1975), (2030, "2030", False, 0.5)]
    loaded = read_glossary(book(tmp_path / "g.xlsx", ("Begriffe", rows)), "de", "en")
    assert [(e.source, e.target, e.case_sensitive, e.note) for e in loaded.entries] == [
        ("G7", "G7", True, "1975"), ("2030", "2030", False, "0.5"),
    ]  # fmt: skip


def test_formulas_of_a_foreign_sheet_are_not_terms(tmp_path: Path) -> None:
    """A formula that no spreadsheet has calculated has no value: the line is refused, its text is not taken."""
    path = book(tmp_path / "g.xlsx", ("Begriffe", [("source", "target"), *ROWS, ("Maut", '=CONCATENATE("to","ll")')]))
    loaded = read_glossary(path, "de", "en")
    assert [(e.source, e.target) for e in loaded.entries] == ROWS
    assert [r.line for r in loaded.refused] == [4]


@pytest.mark.parametrize("sheets", [[("Leer", [])], [("Liste", [("Waffenruhe",), ("Zoll",), ("Maut",)])]])
def test_no_sheet_with_a_table(tmp_path: Path, sheets: list[tuple[str, list[tuple[object, ...]]]]) -> None:
    path = book(tmp_path / "g.xlsx", *sheets)
    assert message(path) == ": no sheet with a glossary table (two columns)"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"source,target\nZoll,tariff\n", ": damaged, or no Excel file although it is named like one"),
        (b"", ": the file is empty"),
        (b"PK\x03\x04kaputt", ": damaged, or no Excel file although it is named like one"),
    ],
)
def test_no_excel_file(write: Write, content: bytes, expected: str) -> None:
    assert message(write("g.xlsx", content)) == expected


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "g.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "Zoll,tariff")
    assert message(path).startswith(": damaged, or no Excel file although it is named like one")


def test_a_damaged_sheet(tmp_path: Path) -> None:
    whole, path = book(tmp_path / "whole.xlsx", ("Begriffe", ROWS)), tmp_path / "g.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<worksheet><sheetData><row" if "sheet1" in name else old.read(name))
    assert message(path).startswith(": damaged, or no Excel file although it is named like one")


def test_a_protected_workbook_says_so_without_talking_of_word(write: Write) -> None:
    found = message(write("g.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600))
    assert "password-protected" in found
    assert "Word" not in found
    assert ".docx" not in found


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    path = book(tmp_path / "g.xlsx", ("Begriffe", ROWS))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.xml", b"\0" * 20 * 2**20)
    started = time.monotonic()
    assert "times its size when unpacked are more than the 200 allowed" in message(path)
    assert time.monotonic() - started < 1


def test_entities_in_a_workbook_do_no_harm(tmp_path: Path) -> None:
    whole, path = book(tmp_path / "whole.xlsx", ("Begriffe", ROWS)), tmp_path / "g.xlsx"
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode()
            if name.endswith("sheet1.xml"):
                assert "<t>truce</t>" in data
                data = f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{laughs}]>{data.replace("truce", "&l9;")}'
            new.writestr(name, data)
    started = time.monotonic()
    assert message(path).startswith(": damaged, or no Excel file although it is named like one")
    assert time.monotonic() - started < 5


def test_a_wide_and_long_sheet_is_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "g.xlsx"
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("Begriffe")
    for n in range(2000):
        sheet.append([f"Wort{n}", f"word {n}"])
    made.save(path)
    started = time.monotonic()
    assert len(read_glossary(path, "de", "en").entries) == 2000
    assert time.monotonic() - started < 5


# TBX: what is written


@pytest.mark.parametrize(("form", "version"), [("tbx", 3), ("tbx2", 2)])
def test_structure_of_the_tbx(tmp_path: Path, form: str, version: int) -> None:
    path = tmp_path / "g.tbx"
    write_glossary(ENTRIES, path, form, "de", "en")
    root = etree.fromstring(path.read_bytes())
    space = f"{{{NAMESPACE}}}" if version == 3 else ""
    names = {2: ("martif", "termEntry", "langSet", "tig"), 3: ("tbx", "conceptEntry", "langSec", "termSec")}[version]
    root_name, concept_name, section_name, group_name = (f"{space}{name}" for name in names)
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (root.tag, root.get("type"), root.get(language)) == (root_name, {2: "TBX", 3: "TBX-Basic"}[version], "de")
    assert [c.tag for c in root] == [f"{space}{'martif' if version == 2 else 'tbx'}Header", f"{space}text"]
    concepts = list(root.iter(concept_name))
    assert len(concepts) == len(ENTRIES)
    assert len({c.get("id") for c in concepts}) == len(ENTRIES)
    for concept, entry in zip(concepts, ENTRIES, strict=True):
        tags = [c.tag for c in concept]
        assert tags == sorted(tags, key=[f"{space}descrip", f"{space}note", section_name].index)
        sections = concept.findall(section_name)
        assert [s.get(language) for s in sections] == ["de", "en"]
        groups = [[g for g in s if g.tag == group_name] for s in sections]
        assert [len(g) for g in groups] == [1, len(entry.targets) + len(entry.forbidden)]
        for group in (g for gs in groups for g in gs):
            assert [c.tag for c in group] == [f"{space}term", f"{space}termNote", f"{space}termNote"]
            assert [c.get("type") for c in group] == [None, "partOfSpeech", "administrativeStatus"]
        terms = [(g[0].text, g[2].text) for g in groups[1]]
        assert terms == [
            (entry.target, "preferredTerm-admn-sts"),
            *((t, "admittedTerm-admn-sts") for t in entry.targets[1:]),
            *((t, "deprecatedTerm-admn-sts") for t in entry.forbidden),
        ]


def test_parts_of_speech_of_the_tbx(tmp_path: Path) -> None:
    path = tmp_path / "g.tbx"
    write_glossary([ENTRIES[3], ENTRIES[6], ENTRIES[0], ENTRIES[4]], path, "tbx", "de", "en")
    found = [n.text for n in etree.fromstring(path.read_bytes()).iter("{*}termNote") if n.get("type") == "partOfSpeech"]
    assert list(dict.fromkeys(found)) == ["properNoun", "noun", "other"]


def test_other_languages_of_the_tbx(tmp_path: Path) -> None:
    path = tmp_path / "g.tbx"
    write_glossary([Entry("truce", ("Waffenruhe",))], path, "tbx", "en", "de")
    assert [(e.source, e.target) for e in read_glossary(path, "en", "de").entries] == [("truce", "Waffenruhe")]
    assert [(e.source, e.target) for e in read_glossary(path, "de", "en").entries] == [("Waffenruhe", "truce")]
    loaded = read_glossary(path, "de", "fr")
    line = 1 + path.read_text(encoding="utf-8").splitlines().index('      <conceptEntry id="c1">')
    assert [(r.line, r.reason.split(";")[0]) for r in loaded.refused] == [(line, "no translation for 'Waffenruhe'")]


# TBX: what is read


V2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif PUBLIC "ISO 12200:1999A//DTD MARTIF core (DXFcdV04)//EN" "TBXcdv04.dtd">
<martif type="TBX" xml:lang="en">
<martifHeader><fileDesc><sourceDesc><p>Translate Toolkit</p></sourceDesc></fileDesc></martifHeader>
<text><body>
{entries}
</body></text>
</martif>
"""
V3 = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="https://raw.githubusercontent.com/x/TBXcoreStructV03.rng" type="application/xml"?>
<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
{entries}
</body></text>
</tbx>
"""


@pytest.fixture
def read(write: Write) -> Callable[..., list[Entry]]:
    """Entries of a TBX file with these concepts."""

    def _read(entries: str, frame: str = V2) -> list[Entry]:
        loaded = read_glossary(write("g.tbx", frame.format(entries=entries)), "de", "en")
        assert loaded.refused == []
        return loaded.entries

    return _read


def concept(de: str, en: str, notes: str = "") -> str:
    return f'<termEntry>{notes}<langSet xml:lang="de">{de}</langSet><langSet xml:lang="en">{en}</langSet></termEntry>'


def tig(term: str, **notes: str) -> str:
    inner = "".join(f'<termNote type="{name}">{text}</termNote>' for name, text in notes.items())
    return f"<tig><term>{term}</term>{inner}</tig>"


READ: dict[str, tuple[str, Entry]] = {
    "bare": (concept(tig("Zoll"), tig("tariff")), Entry("Zoll", ("tariff",))),
    "several notes": (
        concept(
            "<tig><term>Maut</term><note from='translator'>auf Straßen</note></tig>",
            "<tig><term>toll</term><note from='developer'>not: duty</note></tig>",
            "<note>Verkehr</note><descrip type='definition'>Gebühr für die\n Benutzung</descrip><note>Verkehr</note>",
        ),
        Entry("Maut", ("toll",), note="Verkehr; Gebühr für die Benutzung; auf Straßen; not: duty"),
    ),
    "subject field": (
        concept(tig("Zoll"), tig("tariff"), "<descripGrp><descrip type='subjectField'>Handel</descrip></descripGrp>"),
        Entry("Zoll", ("tariff",), domain="Handel"),
    ),
    "deprecated": (
        concept(tig("Waffenruhe"), tig("armistice", administrativeStatus="deprecatedTerm-admn-sts") + tig("truce")),
        Entry("Waffenruhe", ("truce",), forbidden=("armistice",)),
    ),
    "Weblate's forbidden and obsolete": (
        concept(
            tig("Waffenruhe"),
            tig("armistice", administrativeStatus="forbidden")
            + tig("truce", administrativeStatus="preferred")
            + tig("stand-still", administrativeStatus="obsolete")
            + tig("standstill", administrativeStatus="Deprecated"),
        ),
        Entry("Waffenruhe", ("truce",), forbidden=("armistice", "stand-still", "standstill")),
    ),
    "superseded": (
        concept(tig("Waffenruhe"), tig("truce") + tig("armistice", administrativeStatus="supersededTerm-admn-sts")),
        Entry("Waffenruhe", ("truce",), forbidden=("armistice",)),
    ),
    "admitted before preferred": (
        concept(
            tig("Waffenruhe"),
            tig("cease-fire", administrativeStatus="admittedTerm-admn-sts")
            + tig("ceasefire", administrativeStatus="admittedTerm-admn-sts")
            + tig("truce", administrativeStatus="preferredTerm-admn-sts"),
        ),
        Entry("Waffenruhe", ("truce", "cease-fire", "ceasefire")),
    ),
    "proper noun": (
        concept(tig("Grüne", partOfSpeech="properNoun"), tig("greens")),
        Entry("Grüne", ("greens",), type=TermType.NAME),
    ),
    "proper noun in words": (
        concept(tig("Grüne", partOfSpeech="Proper Noun"), tig("greens")),
        Entry("Grüne", ("greens",), type=TermType.NAME),
    ),
    "verb": (concept(tig("verhandeln", partOfSpeech="verb"), tig("negotiate")), Entry("verhandeln", ("negotiate",))),
    "not to be translated": (
        concept(tig("Bundesrat"), "", "<descrip type='Translation needed'>No</descrip>"),
        Entry("Bundesrat", ("Bundesrat",), type=TermType.KEEP),
    ),
    "not to be translated, with a term": (
        concept(tig("Bundesrat"), tig("Bundesrat"), "<descrip type='Translation needed'>no</descrip>"),
        Entry("Bundesrat", ("Bundesrat",), type=TermType.KEEP),
    ),
    "to be translated": (
        concept(tig("Zoll"), tig("tariff"), "<descrip type='Translation needed'>Yes</descrip>"),
        Entry("Zoll", ("tariff",)),
    ),
    "countries": (
        "<termEntry><langSet xml:lang='en-GB'><tig><term>tariff</term></tig></langSet>"
        "<langSet xml:lang='de-DE'><tig><term>Zoll</term></tig></langSet></termEntry>",
        Entry("Zoll", ("tariff",)),
    ),
    "countries in capitals": (
        "<termEntry><langSet xml:lang='EN_US'><tig><term>tariff</term></tig></langSet>"
        "<langSet xml:lang='DE'><tig><term>Zoll</term></tig></langSet></termEntry>",
        Entry("Zoll", ("tariff",)),
    ),
    "two countries of a language": (
        "<termEntry><langSet xml:lang='de'><tig><term>Arbeit</term></tig></langSet>"
        "<langSet xml:lang='en-GB'><tig><term>labour</term></tig></langSet>"
        "<langSet xml:lang='en-US'><tig><term>labor</term></tig></langSet></termEntry>",
        Entry("Arbeit", ("labour", "labor")),
    ),
    "ntig": (
        concept(
            "<ntig><termGrp><term>Waffenruhe</term><termNote type='partOfSpeech'>noun</termNote></termGrp></ntig>",
            "<ntig><termGrp><term>truce</term><termNoteGrp><termNote type='administrativeStatus'>preferredTerm-admn-sts"
            "</termNote></termNoteGrp></termGrp></ntig><ntig><termGrp><term>armistice</term>"
            "<termNote type='administrativeStatus'>deprecatedTerm-admn-sts</termNote></termGrp></ntig>",
        ),
        Entry("Waffenruhe", ("truce",), forbidden=("armistice",)),
    ),
    "markup and breaks inside a term": (
        concept("<tig><term>Vereinte\n  <hi type='x'>Nationen</hi></term></tig>", tig("United Nations")),
        Entry("Vereinte Nationen", ("United Nations",), type=TermType.PHRASE),
    ),
    "characters": (
        concept(tig("Müller &amp; S&#246;hne"), tig("Müller &lt;&amp;&gt; Sons")),
        Entry("Müller & Söhne", ("Müller <&> Sons",), type=TermType.PHRASE),
    ),
    "comments and processing instructions": (
        concept("<!-- x --><?x y?><tig><!-- alt --><term>Zo<!-- -->ll</term></tig>", tig("tariff"), "<?x y?>"),
        Entry("Zoll", ("tariff",)),
    ),
    "other languages": (
        "<termEntry><langSet xml:lang='fr'><tig><term>droit</term></tig></langSet>"
        "<langSet xml:lang='de'><tig><term>Zoll</term></tig></langSet><langSet xml:lang='en'><tig><term>tariff</term>"
        "</tig></langSet><langSet><tig><term>dazio</term></tig></langSet></termEntry>",
        Entry("Zoll", ("tariff",)),
    ),
    "a deprecated German term": (
        concept(tig("Zollgebühr", administrativeStatus="deprecatedTerm-admn-sts") + tig("Zoll"), tig("tariff")),
        Entry("Zoll", ("tariff",)),
    ),
    "acronym": (
        concept(tig("EU"), tig("EU")),
        Entry("EU", ("EU",), match=MatchMode.EXACT, case_sensitive=True, type=TermType.KEEP),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "expected"), READ.values(), ids=READ)
def test_tbx_2(read: Callable[..., list[Entry]], entries: str, expected: Entry) -> None:
    assert read(entries) == [expected]


@pytest.mark.parametrize(("entries", "expected"), READ.values(), ids=READ)
def test_tbx_3(read: Callable[..., list[Entry]], entries: str, expected: Entry) -> None:
    if "ntig" in entries:
        pytest.skip("ntig is version 2")
    for old, new in (("termEntry", "conceptEntry"), ("langSet", "langSec"), ("tig>", "termSec>")):
        entries = entries.replace(old, new)
    assert read(entries, V3) == [expected]


def test_two_german_terms_of_a_concept_are_two_entries(read: Callable[..., list[Entry]]) -> None:
    entries = concept(
        tig("Waffenruhe") + tig("Feuerpause", partOfSpeech="properNoun"),
        tig("truce") + tig("armistice", administrativeStatus="deprecatedTerm-admn-sts"),
        "<note>kurz</note>",
    )
    assert read(entries) == [
        Entry("Waffenruhe", ("truce",), note="kurz", forbidden=("armistice",)),
        Entry("Feuerpause", ("truce",), note="kurz", forbidden=("armistice",), type=TermType.NAME),
    ]


def test_dct_style_elements_of_other_name_spaces(read: Callable[..., list[Entry]]) -> None:
    """DCT writes data categories as elements of their own: they are at least no reason to refuse the file."""
    entries = (
        "<conceptEntry><min:subjectField>Handel</min:subjectField><langSec xml:lang='de'><termSec><term>Zoll</term>"
        "<min:partOfSpeech>noun</min:partOfSpeech></termSec></langSec><langSec xml:lang='en'><termSec>"
        "<term>tariff</term></termSec></langSec></conceptEntry>"
    )
    (entry,) = read(entries, V3)
    assert (entry.source, entry.target) == ("Zoll", "tariff")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_of_tbx(write: Write, encoding: str) -> None:
    text = V2.format(entries=concept(tig("Zölle"), tig("tariffs")))
    text = text.replace("UTF-8", encoding.removesuffix("-sig"))
    assert [e.source for e in read_glossary(write("g.tbx", text.encode(encoding)), "de", "en").entries] == ["Zölle"]


def test_lines_of_a_tbx_file(write: Write) -> None:
    entries = "\n".join([concept(tig("Zoll"), tig("tariff")), concept(tig("Maut"), ""), concept(tig("--"), tig("x"))])
    path = write("g.tbx", V2.format(entries=entries))
    loaded = read_glossary(path, "de", "en")
    assert [e.where for e in loaded.entries] == [f"{path}:6"]
    assert [(r.line, r.reason.split(";")[0]) for r in loaded.refused] == [
        (7, "no translation for 'Maut'"), (8, "'--' has no letters"),
    ]  # fmt: skip
    assert loaded.dialect == "TBX 2"


# TBX: what is hostile or broken

LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">\n' for n in range(9))
HOSTILE = {
    "entity": '<!DOCTYPE martif [<!ENTITY z "Zoll">]>',
    "external entity": '<!DOCTYPE martif [<!ENTITY z SYSTEM "{secret}">]>',
    "parameter entity": '<!DOCTYPE martif [<!ENTITY % p SYSTEM "{secret}"> <!ENTITY z "Zoll">]>',
    "external DTD with entities": '<!DOCTYPE martif SYSTEM "{secret}" [<!ENTITY z "Zoll">]>',
}


@pytest.mark.parametrize("doctype", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("used", ["&z;", "Zoll"])
def test_entities_are_refused(write: Write, doctype: str, used: str) -> None:
    secret = write("geheim.txt", "streng geheim")
    body = f"<martif><text><body>{concept(tig(used), tig('tariff'))}</body></text></martif>"
    found = message(write("g.tbx", doctype.replace("{secret}", secret.as_uri()) + body))
    assert found == ": refused, it declares XML entities"


def test_only_a_parameter_entity(write: Write) -> None:
    secret = write("geheim.dtd", '<!ENTITY z "geheim">')
    doctype = f'<!DOCTYPE martif [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>'
    body = f"<martif><text><body>{concept(tig('Zoll'), tig('tariff&z;'))}</body></text></martif>"
    found = message(write("g.tbx", doctype + body))
    assert "geheim" not in found.replace("geheim.dtd", "")


@pytest.mark.parametrize("place", ["term", "attribute"])
def test_billion_laughs(write: Write, place: str) -> None:
    body = (
        concept(tig("&l9;"), tig("x")) if place == "term" else f"<note x='&l9;'/>{concept(tig('Zoll'), tig('tariff'))}"
    )
    text = f'<!DOCTYPE martif [<!ENTITY l0 "ha">\n{LAUGHS}]><martif><text><body>{body}</body></text></martif>'
    started = time.monotonic()
    message(write("g.tbx", text))
    assert time.monotonic() - started < 1


def test_quadratic_blowup(write: Write) -> None:
    text = f'<!DOCTYPE martif [<!ENTITY a "{"a" * 50_000}">]><martif x="{"&a;" * 20_000}"/>'
    started = time.monotonic()
    message(write("g.tbx", text))
    assert time.monotonic() - started < 2


def test_an_external_dtd_is_not_loaded(write: Write, tmp_path: Path) -> None:
    """The DTD that every old TBX file names is neither fetched (the network guard would stop it) nor read from disk."""
    write("TBXcoreStructV02.dtd", '<!ENTITY z "aus der DTD"> <!ATTLIST term x CDATA "vorgegeben"> %kaputt;')
    for system in ("TBXcoreStructV02.dtd", "http://www.example.com/TBXcoreStructV02.dtd", tmp_path.as_uri() + "/x.dtd"):
        doctype = f'<!DOCTYPE martif SYSTEM "{system}">'
        text = f"{doctype}<martif><text><body>{concept(tig('Zoll'), tig('tariff'))}</body></text></martif>"
        assert [e.target for e in read_glossary(write("g.tbx", text), "de", "en").entries] == ["tariff"]


def test_inclusions_are_not_followed(write: Write) -> None:
    secret = write("geheim.xml", "<note>streng geheim</note>")
    include = f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{secret.as_uri()}'/>"
    text = V2.format(entries=concept(tig("Zoll"), tig("tariff"), include))
    assert [e.note for e in read_glossary(write("g.tbx", text), "de", "en").entries] == [""]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Zoll\ttariff\n", ":1: no readable TBX (Start tag expected, '<' not found, line 1, column 1)"),
        ("<martif>\n<text>\n<body>\n</text></martif>",
         ":4: no readable TBX (Opening and ending tag mismatch: body line 3 and text, line 4, column 8)"),
        ("<martif>\n<text>&z;</text></martif>", ":2: no readable TBX (Entity 'z' not defined, line 2, column 10)"),
        ("<html><body/></html>", ": no TBX file (its root element is html)"),
        ("<tmx version='1.4'/>", ": no TBX file (its root element is tmx)"),
        ("<martif><text><body/></text></martif>", ": no entries with terms in de and en"),
        (V2.format(entries="<termEntry><langSet xml:lang='fr'><tig><term>x</term></tig></langSet></termEntry>"),
         ": no entries with terms in de and en"),
        ("", ": the file is empty"),
    ],
    ids=["text", "tags", "undeclared entity", "html", "tmx", "no entries", "other languages", "empty"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["g.tbx", "g.xml"])
def test_what_is_no_tbx(write: Write, content: str, expected: str, name: str) -> None:
    assert message(write(name, content)) == expected


def test_deep_nesting(write: Write) -> None:
    text = "<martif>" + "<a>" * 100_000 + "</a>" * 100_000 + "</martif>"
    assert ": no readable TBX (" in message(write("g.tbx", text))
