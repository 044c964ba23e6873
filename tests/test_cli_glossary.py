"""`translate glossary` as people use it: what they see on both streams, the exit code, and what became of the file."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import FakeEngine

from translator import suggest
from translator.cli.app import main
from translator.errors import ModelError
from translator.glossary.load import read_glossary
from translator.glossary.writing import FORMATS

Session = Callable[..., tuple[int, str, str]]

HEADER = "source,target,note,match,case,type,forbidden,domain\n"
GLOSSARY = (
    HEADER
    + "Waffenruhe,truce|cease-fire,kurz,,,,armistice,Militär\n"
    + "Waffenstillstand,ceasefire,,,,,,\n"
    + "Selenskyj,Zelenskyy,,,,name,,\n"
    + "EU,=,,,,,,\n"
)


@pytest.fixture
def translate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Session:
    """Runs `translate glossary ARGS` in an empty folder; gives exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def _translate(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["translate", "glossary", *args])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        code = caught.value.code
        return (0 if code is None else int(code)), out, err

    return _translate


def table(text: str) -> list[str]:
    """Lines of a table without the blanks at their ends."""
    return [line.rstrip() for line in text.splitlines()]


@pytest.mark.parametrize("command", ["check", "list", "add", "remove", "convert", "suggest"])
def test_every_command_has_help_with_an_example(translate: Session, command: str) -> None:
    code, out, _ = translate(command, "--help")
    assert code == 0
    assert f"translate glossary {command} " in out.split("Example:")[1]


def test_the_group_lists_its_commands(translate: Session) -> None:
    code, out, _ = translate("--help")
    assert code == 0
    for command in ("check", "list", "add", "remove", "convert", "suggest"):
        assert f"\n  {command} " in out


# list


def test_list(translate: Session, write) -> None:
    write("g.csv", GLOSSARY)
    code, out, err = translate("list", "g.csv")
    assert (code, err) == (0, "")
    assert table(out) == [
        "source            target              type  match      note",
        "Waffenruhe        truce | cease-fire  noun  inflected  kurz",
        "Waffenstillstand  ceasefire           noun  inflected",
        "Selenskyj         Zelenskyy           name  inflected",
        "EU                EU                  keep  exact",
    ]


@pytest.mark.parametrize(
    ("search", "terms"),
    [
        ("waffen", ["Waffenruhe", "Waffenstillstand"]),
        ("WAFFEN", ["Waffenruhe", "Waffenstillstand"]),
        ("cease", ["Waffenruhe", "Waffenstillstand"]),
        ("cease-", ["Waffenruhe"]),
        ("kurz", ["Waffenruhe"]),
        ("zelenskyy", ["Selenskyj"]),
        ("ruhe truce", ["Waffenruhe"]),
        ("armistice", []),
        ("Maut", []),
        ("", ["Waffenruhe", "Waffenstillstand", "Selenskyj", "EU"]),
    ],
)
def test_list_with_a_search(translate: Session, write, search: str, terms: list[str]) -> None:
    write("g.csv", GLOSSARY)
    code, out, _ = translate("list", "g.csv", "--search", search)
    assert code == 0
    assert [line.split()[0] for line in table(out)] == ["source", *terms]
    assert translate("list", "-s", search, "g.csv")[1] == out


def test_list_of_a_search_with_sz_and_umlauts(translate: Session, write) -> None:
    write("g.csv", "source,target\nStraßenmaut,road toll\nÖlpreis,oil price\n")
    assert "Straßenmaut" in translate("list", "g.csv", "-s", "STRASSEN")[1]
    assert "Ölpreis" in translate("list", "g.csv", "-s", "ölPREIS")[1]


def test_list_of_several_files_in_several_formats(translate: Session, write) -> None:
    write("a.csv", "source,target\nZoll,tariff\n")
    write("b.tsv", "Maut\ttoll\nZins\tinterest\n")
    assert translate("convert", "a.csv", "c.tbx")[0] == 0
    code, out, _ = translate("list", "a.csv", "b.tsv", "c.tbx")
    assert code == 0
    assert [line.split()[0] for line in table(out)] == ["source", "Zoll", "Maut", "Zins", "Zoll"]


def test_list_shows_what_stands_there(translate: Session, write) -> None:
    """Nothing of rich's own markup: neither [bold] nor :smile: mean anything in a glossary."""
    write("g.csv", "source,target,note\nZoll,tariff,[bold]Handel[/bold]\nMaut,[toll],:car: :smile:\n")
    _, out, _ = translate("list", "g.csv")
    assert table(out)[1:] == [
        "Zoll    tariff  noun  inflected  [bold]Handel[/bold]",
        "Maut    [toll]  noun  inflected  :car: :smile:",
    ]


def test_list_has_a_line_for_every_entry(translate: Session, write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that goes into grep or a file is not broken at the width of a terminal."""
    monkeypatch.setenv("COLUMNS", "40")
    note = "auf Einfuhren aus Ländern außerhalb der Union, nicht mit der Maut zu verwechseln"
    write("g.csv", f'source,target,note\nZoll,tariff,"{note}"\nMaut,toll,\n')
    _, out, _ = translate("list", "g.csv")
    assert len(table(out)) == 3
    assert note in out


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["list", "fehlt.csv"], 4, "error: fehlt.csv: no such glossary\n"),
        (["list", "a.ods"], 4, "error: a.ods: glossaries are read from .csv, .tsv, .txt, .tab, .utf8, .xlsx, .tbx, .xml\n"),
        (["list", "g.csv", "--from", "xx"], 2, "error: unknown language 'xx'"),
        (["list"], 2, "Missing argument 'FILE...'"),
        (["lust"], 2, "No such command 'lust'"),
    ],
)  # fmt: skip
def test_errors_of_list(translate: Session, write, args: list[str], code: int, message: str) -> None:
    write("g.csv", GLOSSARY)
    write("a.ods", "x,y\n")
    found, out, err = translate(*args)
    assert (found, out) == (code, "")
    assert message in err


# add and remove


def test_a_session_with_the_glossary_of_the_folder(translate: Session, write, tmp_path: Path) -> None:
    path = write("glossaries/de-en.csv", "# Redaktion\nsource,target,forbidden\nZoll,tariff,duty\n")
    args = ["add", "Waffenstillstand", "ceasefire|truce", "--forbidden", "armistice|standstill"]
    assert translate(*args) == (0, "", "glossaries/de-en.csv: Waffenstillstand → ceasefire | truce (noun)\n")
    assert path.read_text() == (
        "# Redaktion\nsource,target,forbidden\nZoll,tariff,duty\n"
        "Waffenstillstand,ceasefire|truce,armistice|standstill\n"
    )
    assert translate("remove", "zoll") == (0, "", "glossaries/de-en.csv: removed Zoll → tariff (line 3)\n")
    assert path.read_text() == (
        "# Redaktion\nsource,target,forbidden\nWaffenstillstand,ceasefire|truce,armistice|standstill\n"
    )
    assert [p.name for p in (tmp_path / "glossaries").iterdir()] == ["de-en.csv"]


def test_the_first_term_of_an_empty_folder_of_glossaries(translate: Session, tmp_path: Path) -> None:
    (tmp_path / "glossaries").mkdir()
    assert translate("add", "Selenskyj", "Zelenskyy", "--to", "en") == (
        0, "", "glossaries/de-en.csv: Selenskyj → Zelenskyy (name)\n",
    )  # fmt: skip
    assert translate("add", "Zoll", "droit de douane", "--to", "fr")[2] == (
        "glossaries/de-fr.csv: Zoll → droit de douane (noun)\n"
    )
    assert (tmp_path / "glossaries" / "de-en.csv").read_text(
        encoding="utf-8-sig"
    ) == HEADER + "Selenskyj,Zelenskyy,,,,,,\n"


@pytest.mark.parametrize("suffix", [".xlsx", ".tsv"])
def test_the_glossary_of_the_folder_may_be_another_than_csv(
    translate: Session, write, tmp_path: Path, suffix: str
) -> None:
    """A run takes glossaries/de-en.xlsx where there is no CSV: a new CSV beside it would hide all its terms."""
    write("alt.csv", GLOSSARY)
    (tmp_path / "glossaries").mkdir()
    assert translate("convert", "alt.csv", f"glossaries/de-en{suffix}")[0] == 0
    code, _, err = translate("add", "Maut", "toll")
    assert (code, err) == (0, f"glossaries/de-en{suffix}: Maut → toll (noun)\n")
    assert [p.name for p in (tmp_path / "glossaries").iterdir()] == [f"de-en{suffix}"]
    loaded = read_glossary(tmp_path / "glossaries" / f"de-en{suffix}", "de", "en")
    assert [e.source for e in loaded.entries][-2:] == ["EU", "Maut"]
    assert translate("remove", "Maut")[0] == 0


def test_all_options_of_add(translate: Session, tmp_path: Path) -> None:
    code, out, err = translate(
        "add", "Grüne", "Greens|Green Party", "-g", "neu.csv", "--note", 'Partei, "grün"', "--type", "name",
        "--match", "exact", "--forbidden", "greens", "--domain", "Politik",
    )  # fmt: skip
    assert (code, out, err) == (0, "", "neu.csv: Grüne → Greens | Green Party (name)\n")
    assert (tmp_path / "neu.csv").read_text(encoding="utf-8-sig") == (
        HEADER + 'Grüne,Greens|Green Party,"Partei, ""grün""",exact,,name,greens,Politik\n'
    )


@pytest.mark.parametrize(
    ("args", "message", "row"),
    [
        (["Bundestag", "="], "g.csv: Bundestag → Bundestag (keep)\n", "Bundestag,Bundestag,,,,,,"),
        (["NATO", "NATO"], "g.csv: NATO → NATO (keep)\n", "NATO,NATO,,,,,,"),
        (["Rote Linie", "red line"], "g.csv: Rote Linie → red line (phrase)\n", "Rote Linie,red line,,,,,,"),
        (["Verhandl|ung*", "negotiation"], "g.csv: Verhandl|ung* → negotiation (noun)\n",
         "Verhandl|ung*,negotiation,,,,,,"),
        (["Projekt", "project", "--match", "anfang"], "g.csv: Projekt → project (noun)\n", "Projekt,project,,prefix,,,,"),
        (["Köln", "Cologne", "--type", "substantiv"], "g.csv: Köln → Cologne (noun)\n", "Köln,Cologne,,,,noun,,"),
    ],
)  # fmt: skip
def test_kinds_of_terms(translate: Session, write, args: list[str], message: str, row: str) -> None:
    path = write("g.csv", HEADER)
    assert translate("add", *args, "--glossary", "g.csv") == (0, "", message)
    assert path.read_text() == f"{HEADER}{row}\n"


def test_add_and_remove_in_a_spreadsheet(translate: Session, tmp_path: Path) -> None:
    assert translate("add", "Zoll", "tariff", "-g", "neu.xlsx") == (0, "", "neu.xlsx: Zoll → tariff (noun)\n")
    assert translate("add", "Maut", "toll", "-g", "neu.xlsx", "--note", "Verkehr")[0] == 0
    assert translate("remove", "Zoll", "-g", "neu.xlsx")[2] == "neu.xlsx: removed Zoll → tariff (line 2)\n"
    rows = list(openpyxl.load_workbook(tmp_path / "neu.xlsx").worksheets[0].iter_rows(values_only=True))
    assert [row[:3] for row in rows] == [("source", "target", "note"), ("Maut", "toll", "Verkehr")]


def test_remove_tells_every_line(translate: Session, write) -> None:
    path = write("g.csv", "Zoll,tariff\nMaut,toll\nzoll,duty|customs\n")
    assert translate("remove", "Zoll", "-g", "g.csv")[2] == (
        "g.csv: removed Zoll → tariff (line 1)\ng.csv: removed zoll → duty | customs (line 3)\n"
    )
    assert path.read_text() == "Maut,toll\n"


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["add", "Waffenruhe", "truce", "-g", "g.csv"], 4,
         "error: g.csv:2: 'Waffenruhe' is there already (→ truce | cease-fire); remove it first: translate glossary remove\n"),
        (["add", "Zoll", "tariff"], 4, "error: glossaries/de-en.csv: no such glossary here; name one with --glossary FILE\n"),
        (["remove", "Zoll"], 4, "error: glossaries/de-en.csv: no such glossary here; name one with --glossary FILE\n"),
        (["remove", "Maut", "-g", "g.csv"], 4, "error: g.csv: no entry for 'Maut'\n"),
        (["remove", "Maut", "-g", "fehlt.csv"], 4, "error: fehlt.csv: no such glossary\n"),
        (["add", "Zoll", "tariff", "-g", "zwei.csv", "--note", "x", "--domain", "y"], 4,
         "error: zwei.csv: the table has no column for note, domain; add a header with these names\n"),
        (["add", "Zoll", "tariff", "-g", "neu.tbx"], 2,
         "error: neu.tbx: only .csv, .tsv, .txt, .tab, .utf8, .xlsx can be edited; convert it: translate glossary convert\n"),
        (["add", "Zoll", "tariff", "-g", "neu.ods"], 2,
         "error: neu.ods: only .csv, .tsv, .txt, .tab, .utf8, .xlsx can be edited; convert it: translate glossary convert\n"),
        (["add", "Zoll", "tariff", "-g", "g.csv", "--type", "ding"], 2,
         "error: type 'ding' is none of name, noun, phrase, keep\n"),
        (["add", "Zoll", "tariff", "-g", "g.csv", "--match", "ungefähr"], 2,
         "error: match 'ungefähr' is none of exact, inflected, prefix, custom\n"),
        (["add", "Zoll", "", "-g", "g.csv"], 2, "error: no translation for 'Zoll'"),
        (["add", "", "tariff", "-g", "g.csv"], 2, "error: no source term for 'tariff'"),
        (["add", "", "", "-g", "g.csv"], 2, "error: say a term and its translation\n"),
        (["add", "--", "--", "dash", "-g", "g.csv"], 2, ""),
        (["add", "Zoll", "-g", "g.csv"], 2, "Missing argument 'TRANSLATION'"),
        (["add", "Zoll", "tariff", "-g", "g.csv", "--to", "klingon"], 2, "error: unknown language 'klingon'"),
        (["add", "Zoll", "tariff", "-g", "g.csv/x.csv"], 6, "cannot be written"),
    ],
)  # fmt: skip
def test_errors_of_add_and_remove(
    translate: Session, write, tmp_path: Path, args: list[str], code: int, message: str
) -> None:
    path, two = write("g.csv", GLOSSARY), write("zwei.csv", "source,target\nMaut,toll\n")
    found, out, err = translate(*args)
    assert (found, out) == (code, "")
    assert message in err
    assert path.read_text() == GLOSSARY
    assert two.read_text() == "source,target\nMaut,toll\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.csv", "zwei.csv"]


# convert


@pytest.mark.parametrize("form", list(FORMATS))
def test_convert(translate: Session, write, tmp_path: Path, form: str) -> None:
    write("g.csv", "source,target\nZoll,tariff\nKöln,Cologne\n")
    assert translate("convert", "g.csv", "neu.datei", "--format", form) == (0, "neu.datei\n", "")
    suffix = {"xlsx": ".xlsx", "tbx": ".tbx", "tbx2": ".tbx", "tsv": ".tsv"}.get(form, ".csv")
    (tmp_path / "neu.datei").rename(tmp_path / f"neu{suffix}")
    loaded = read_glossary(tmp_path / f"neu{suffix}", "de", "en")
    assert [(e.source, e.target) for e in loaded.entries] == [("Zoll", "tariff"), ("Köln", "Cologne")]


@pytest.mark.parametrize("name", ["neu.tsv", "neu.xlsx", "neu.tbx", "neu.xml", "ordner/neu.csv"])
def test_convert_by_the_ending(translate: Session, write, tmp_path: Path, name: str) -> None:
    write("g.csv", GLOSSARY)
    assert translate("convert", "g.csv", name) == (0, f"{name}\n", "")
    before = read_glossary(tmp_path / "g.csv", "de", "en").entries
    assert read_glossary(tmp_path / name, "de", "en").entries == before


def test_convert_says_what_is_lost(translate: Session, write) -> None:
    write("g.csv", GLOSSARY)
    code, out, err = translate("convert", "g.csv", "neu.csv", "--format", "deepl")
    assert (code, out) == (0, "neu.csv\n")
    assert sorted(err.splitlines()) == sorted(
        f"neu.csv: 1 entries have {field}, for which this format has no room"
        for field in ("note", "forbidden", "domain", "alternatives")
    )
    code, out, err = translate("convert", "g.csv", "neu.utf8")
    assert (code, out) == (0, "neu.utf8\n")
    assert "note" not in err
    assert len(err.splitlines()) == 3


def test_convert_says_what_is_not_used(translate: Session, write, tmp_path: Path) -> None:
    write("g.csv", "source,target\nZoll,tariff\nMaut,\n,toll\n")
    code, out, err = translate("convert", "g.csv", "neu.tsv")
    assert (code, out) == (0, "neu.tsv\n")
    assert err == (
        "not used: g.csv:3: no translation for 'Maut'; fill in the second column (or = to keep the word as it is)\n"
        "not used: g.csv:4: no source term for 'toll'; fill in the first column or delete the line\n"
    )
    assert len((tmp_path / "neu.tsv").read_text().splitlines()) == 2


def test_convert_does_not_overwrite(translate: Session, write, tmp_path: Path) -> None:
    write("g.csv", GLOSSARY)
    path = write("neu.tsv", "meins")
    assert translate("convert", "g.csv", "neu.tsv") == (2, "", "error: neu.tsv exists; --force overwrites it\n")
    assert path.read_text() == "meins"
    assert translate("convert", "g.csv", "neu.tsv", "--force") == (0, "neu.tsv\n", "")
    assert read_glossary(path, "de", "en").entries[0].source == "Waffenruhe"
    assert translate("convert", "g.csv", "g.csv", "--force")[0] == 0
    assert [e.source for e in read_glossary(tmp_path / "g.csv", "de", "en").entries] == [
        "Waffenruhe", "Waffenstillstand", "Selenskyj", "EU",
    ]  # fmt: skip


def test_convert_turns_a_pair_around(translate: Session, write, tmp_path: Path) -> None:
    write("g.csv", "de,en\nZoll,tariff\n")
    assert translate("convert", "g.csv", "neu.tbx", "--from", "en", "--to", "de")[0] == 0
    assert [(e.source, e.target) for e in read_glossary(tmp_path / "neu.tbx", "en", "de").entries] == [
        ("tariff", "Zoll")
    ]


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["g.csv", "neu.ods"], 2, "error: neu.ods: the ending says no format; use one of .csv, .tsv, .xlsx, .tbx, "
         ".xml, .txt, .utf8, or --format\n"),
        (["g.csv", "neu"], 2, "error: neu: the ending says no format; use one of"),
        (["g.csv", "neu.tbx", "--format", "tbx4"], 2,
         "error: --format tbx4: known are csv, tsv, xlsx, tbx, tbx2, deepl, omegat\n"),
        (["fehlt.csv", "neu.tbx"], 4, "error: fehlt.csv: no such glossary\n"),
        (["leer.csv", "neu.tbx"], 4, "error: leer.csv: the file is empty\n"),
        (["g.csv", "g.csv/neu.tbx"], 6, "cannot be written"),
        (["g.csv"], 2, "Missing argument 'TO'"),
    ],
)  # fmt: skip
def test_errors_of_convert(translate: Session, write, tmp_path: Path, args: list[str], code: int, message: str) -> None:
    write("g.csv", GLOSSARY)
    write("leer.csv", "")
    found, out, err = translate("convert", *args)
    assert (found, out) == (code, "")
    assert message in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.csv", "leer.csv"]


# check


def test_check_with_a_corpus(translate: Session, write) -> None:
    write("g.csv", "source,target\nZoll,tariff\nMaut,toll\nWaffenruhe,truce\nEU,=\n")
    write("texte/a.txt", "Die Zölle steigen, sagt die EU am Montag.")
    write("texte/unter/b.md", "# Über die Ukraine-Waffenruhe\n\nSie hielt nicht.\n")
    code, out, err = translate("check", "g.csv", "--corpus", "texte")
    assert (code, err) == (4, "")
    assert out == (
        "g.csv: 4 entries (utf-8, comma; columns: source, target)\n"
        "g.csv:3: 'Maut' occurs nowhere in the corpus\n"
    )  # fmt: skip
    write("c.txt", "Die Maut bleibt.")
    assert translate("check", "g.csv", "--corpus", "texte", "--corpus", "c.txt") == (
        0, "g.csv: 4 entries (utf-8, comma; columns: source, target)\nno complaints\n", "",
    )  # fmt: skip


def test_check_of_several_files(translate: Session, write) -> None:
    write("a.csv", "source,target\nZoll,tariff\n")
    write("b.txt", "Maut\ttoll\tVerkehr\nZins\tinterest\t\n")
    assert translate("convert", "a.csv", "c.tbx")[0] == 0
    code, out, err = translate("check", "a.csv", "b.txt")
    assert (code, out, err) == (
        0,
        "a.csv: 1 entries (utf-8, comma; columns: source, target)\n"
        "b.txt: 2 entries (utf-8, tab; columns: source, target, note)\n"
        "no complaints\n",
        "",
    )
    assert translate("check", "c.tbx")[:2] == (
        0, "c.tbx: 1 entries (TBX 3; columns: source, target, note, type, forbidden, domain)\nno complaints\n",
    )  # fmt: skip


def test_check_says_what_of_the_corpus_cannot_be_read(translate: Session, write) -> None:
    write("g.csv", "source,target\nZoll,tariff\n")
    write("texte/a.txt", "Der Zoll steigt.")
    write("texte/b.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    _, out, err = translate("check", "g.csv", "--corpus", "texte", "--corpus", "fehlt")
    assert err.splitlines()[0] == "error: fehlt: no such file or folder"
    assert err.splitlines()[1].startswith("error: texte/b.docx: password-protected")
    assert "occurs nowhere" not in out


def test_check_of_what_is_no_glossary(translate: Session, write) -> None:
    write("g.tbx", "<html/>")
    assert translate("check", "g.tbx") == (4, "", "error: g.tbx: no TBX file (its root element is html)\n")


# suggest

FIELDS = "source,target,note,match,case,type,forbidden,domain,frequency,files,other renderings,example"
ARTICLE = """Der Streit um die Kohle

Gestern lobte Odenthal den Kohleausstieg. Danach lobte sie in Genf den Kohleausstieg erneut.
"""
TABLE = {
    "Gestern lobte Odenthal den Kohleausstieg.": "Yesterday praised Odenthal the phase-out.",
    "Danach lobte sie in Genf den Kohleausstieg erneut.": "Then praised she in Geneva the exit again.",
    "Der Streit um die Kohle": "The dispute about the coal",
}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine(dict(TABLE))
    monkeypatch.setattr(suggest, "choose_route", lambda source, target, model: (source, target, model))
    monkeypatch.setattr(suggest, "load_engine", lambda route: fake)
    return fake


def test_suggest(translate: Session, engine: FakeEngine, write) -> None:
    write("texte/a.txt", ARTICLE)
    code, out, err = translate("suggest", "texte/")
    assert (code, err) == (0, "")
    assert out == (
        f"{FIELDS}\n"
        "Kohleausstieg,phase-out,,,,,,,2,1,exit (1),Gestern lobte Odenthal den Kohleausstieg.\n"
        "Genf,Geneva,,,,,,,1,1,,Danach lobte sie in Genf den Kohleausstieg erneut.\n"
    )


def test_suggest_into_a_file_that_is_a_glossary(translate: Session, engine: FakeEngine, write, tmp_path: Path) -> None:
    write("texte/a.txt", ARTICLE)
    assert translate("suggest", "texte", "-o", "fehlend.csv") == (0, "fehlend.csv\n", "")
    data = (tmp_path / "fehlend.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf" + FIELDS.encode() + b"\n")
    loaded = read_glossary(tmp_path / "fehlend.csv", "de", "en")
    assert [e.source for e in loaded.entries] == ["Kohleausstieg", "Genf"]
    assert loaded.columns == tuple(FIELDS.split(",")[:8])
    assert translate("suggest", "texte", "-g", "fehlend.csv")[1] == f"{FIELDS}\n"  # now they are there


def test_suggest_with_a_glossary_and_most(translate: Session, engine: FakeEngine, write) -> None:
    write("texte/a.txt", ARTICLE)
    write("a.csv", "source,target\nKohleausstieg,phase-out\n")
    write("b.csv", "source,target\nGenf,Geneva\n")
    sources = [row["source"] for row in csv.DictReader(io.StringIO(translate("suggest", "texte", "-g", "a.csv")[1]))]
    assert sources == ["Genf"]
    assert translate("suggest", "texte", "-g", "a.csv", "-g", "b.csv")[1] == f"{FIELDS}\n"
    sources = [row["source"] for row in csv.DictReader(io.StringIO(translate("suggest", "texte", "--most", "1")[1]))]
    assert sources == ["Kohleausstieg"]


@pytest.mark.parametrize("sentence", ["=HYPERLINK(1;2) nennt {}.", "+49 nennt {}.", "-1 nennt {}.", "@alle: {}!"])
def test_no_cell_of_the_suggestions_is_a_formula(translate: Session, engine: FakeEngine, write, sentence: str) -> None:
    """The list is for a spreadsheet, and its examples come from documents that anyone may have written."""
    text = sentence.format("Kohleausstieg")
    place = next(i for i, word in enumerate(text.split()) if "Kohleausstieg" in word)
    engine.table[text] = " ".join(["word"] * place + ["phase-out"])
    write("a.txt", f"Der Streit um die Kohle\n\n{text}\n\nWas folgt.\n\n{text}\n")
    code, out, _ = translate("suggest", "a.txt")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, [row["source"] for row in rows]) == (0, ["Kohleausstieg"])
    assert text in rows[0]["example"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_suggest_passes_over_what_cannot_be_read(translate: Session, engine: FakeEngine, write) -> None:
    write("texte/a.txt", ARTICLE)
    write("texte/b.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    code, out, err = translate("suggest", "texte")
    assert code in (0, 12)
    assert "Kohleausstieg" in out
    assert "b.docx: password-protected" in err


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["fehlt"], 3, "fehlt: no such file or folder"),
        (["texte", "-g", "fehlt.csv"], 4, "error: fehlt.csv: no such glossary\n"),
        (["texte", "--from", "xx"], 2, "error: unknown language 'xx'"),
        (["texte", "--most", "0"], 2, "Invalid value for '--most'"),
        (["texte", "-o", "texte/a.txt/x.csv"], 6, "cannot be written"),
        ([], 2, "Missing argument 'PATH...'"),
    ],
)
def test_errors_of_suggest(
    translate: Session, engine: FakeEngine, write, args: list[str], code: int, message: str
) -> None:
    write("texte/a.txt", ARTICLE)
    found, _, err = translate("suggest", *args)
    assert found == code
    assert message in err


def test_suggest_without_a_model(translate: Session, write, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(source: str, target: str, model: str | None) -> None:
        raise ModelError(f"no model from {source} to {target}")

    monkeypatch.setattr(suggest, "choose_route", none)
    write("a.txt", ARTICLE)
    assert translate("suggest", "a.txt", "--to", "fr") == (5, "", "error: no model from de to fr\n")
