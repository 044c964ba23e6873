"""Several glossaries as one, in order of priority, and where the default one is looked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from translator.errors import ExitCode, GlossaryError
from translator.glossary.load import READERS, LoadedGlossary, default_glossary, load, read_glossary
from translator.glossary.model import Glossary

Write = Callable[[str, str | bytes], Path]


def terms(loaded: LoadedGlossary) -> list[tuple[str, str]]:
    return [(entry.source, entry.target) for entry in loaded.glossary.entries]


def test_earlier_file_wins(write: Write) -> None:
    mine = write("eigene.csv", "source,target\nZoll,duty\nMaut,toll\n")
    shared = write("gemeinsam.csv", "source;target\nZoll;tariff\nmaut;road charge\nZins;interest\n")
    loaded = load([mine, shared], "de", "en")
    assert terms(loaded) == [("Zoll", "duty"), ("Maut", "toll"), ("Zins", "interest")]
    assert [(e.file, e.line) for e in loaded.glossary.entries] == [(str(mine), 2), (str(mine), 3), (str(shared), 4)]
    assert terms(load([shared, mine], "de", "en")) == [
        ("Zoll", "tariff"),
        ("maut", "road charge"),
        ("Zins", "interest"),
    ]


def test_earlier_line_wins(write: Write) -> None:
    path = write("a.csv", "source,target\nZoll,tariff\nZOLL,duty\nMaut,toll\n")
    # ZOLL is written like an acronym and so a word of its own
    assert terms(load([path], "de", "en")) == [("Zoll", "tariff"), ("ZOLL", "duty"), ("Maut", "toll")]
    path = write("b.csv", "source,target\nZoll,tariff\nzoll,duty\n")
    assert terms(load([path], "de", "en")) == [("Zoll", "tariff")]


def test_case_sensitive_entries_stand_beside_others(write: Write) -> None:
    path = write("a.csv", "source,target,case\ngrüne,green,ja\nGrüne,Greens,ja\nGrüne,green party,ja\nGrüne,greens,\n")
    assert terms(load([path], "de", "en")) == [("grüne", "green"), ("Grüne", "Greens"), ("Grüne", "greens")]


def test_files_keep_what_they_held(write: Write) -> None:
    one = write("eins.csv", "source,target\nZoll,tariff\n,toll\n")
    two = write("zwei.tsv", "Zoll\tduty\nMaut\ttoll\n")
    loaded = load([one, two], "de", "en")
    assert [file.path for file in loaded.files] == [one, two]
    assert [len(file.entries) for file in loaded.files] == [1, 2]
    assert [[r.line for r in file.refused] for file in loaded.files] == [[3], []]
    assert (loaded.glossary.source, loaded.glossary.target) == ("de", "en")
    assert len(loaded.glossary) == 2


def test_no_files_give_an_empty_glossary() -> None:
    loaded = load([], "de", "fr")
    assert (len(loaded.glossary), loaded.files) == (0, ())
    assert (loaded.glossary.source, loaded.glossary.target) == ("de", "fr")


@pytest.mark.parametrize("name", ["a.csv", "a.CSV", "a.tsv", "a.txt", "a.Txt", "a.tab", "a.utf8"])
def test_endings_that_are_read(write: Write, name: str) -> None:
    loaded = read_glossary(write(name, "Zoll\ttariff\nMaut\ttoll\n"), "de", "en")
    assert [(e.source, e.target) for e in loaded.entries] == [("Zoll", "tariff"), ("Maut", "toll")]


@pytest.mark.parametrize("name", ["a.ods", "a.xls", "a.json", "a"])
def test_other_endings(write: Write, name: str) -> None:
    path = write(name, "Zoll,tariff\n")
    with pytest.raises(GlossaryError) as caught:
        read_glossary(path, "de", "en")
    assert str(caught.value) == f"{path}: glossaries are read from {', '.join(READERS)}"
    assert set(READERS) == {".csv", ".tsv", ".txt", ".tab", ".utf8", ".xlsx", ".tbx", ".xml"}
    assert caught.value.exit_code is ExitCode.glossary


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.xlsx", ": damaged, or no Excel file although it is named like one"),
        ("a.tbx", ":1: no readable TBX (Start tag expected, '<' not found, line 1, column 1)"),
        ("a.xml", ":1: no readable TBX (Start tag expected, '<' not found, line 1, column 1)"),
    ],
)
def test_another_format_under_a_known_ending(write: Write, name: str, message: str) -> None:
    path = write(name, "Zoll,tariff\n")
    with pytest.raises(GlossaryError) as caught:
        read_glossary(path, "de", "en")
    assert str(caught.value) == f"{path}{message}"
    assert caught.value.exit_code is ExitCode.glossary


def test_missing_file(write: Write, tmp_path: Path) -> None:
    there, path = write("da.csv", "Zoll,tariff\n"), tmp_path / "fehlt.csv"
    with pytest.raises(GlossaryError) as caught:
        load([there, path], "de", "en")
    assert str(caught.value) == f"{path}: no such glossary"


def test_folder_named_like_a_glossary(tmp_path: Path) -> None:
    (tmp_path / "ordner.csv").mkdir()
    with pytest.raises(GlossaryError, match=r"ordner\.csv: cannot be read"):
        read_glossary(tmp_path / "ordner.csv", "de", "en")


def test_default_glossary_order(write: Write, tmp_path: Path) -> None:
    texts, here = tmp_path / "texte", tmp_path / "hier"
    assert default_glossary("de", "en", [texts, here]) is None
    assert default_glossary("de", "en", []) is None
    write("hier/glossaries/de-fr.csv", "Zoll,droit\n")
    write("hier/glossaries/en-de.csv", "tariff,Zoll\n")
    write("hier/de-en.csv", "Zoll,tariff\n")
    (texts / "glossaries" / "de-en.csv").mkdir(parents=True)
    assert default_glossary("de", "en", [texts, here]) is None
    for suffix in (".tbx", ".tsv", ".xlsx"):  # the last one written is the first one looked for
        last = write(f"hier/glossaries/de-en{suffix}", "Zoll\ttariff\n")
        assert default_glossary("de", "en", [texts, here]) == last
    third = write("hier/glossaries/de-en.csv", "Zoll,tariff\n")
    assert default_glossary("de", "en", [texts, here]) == third
    second = write("texte/glossaries/de-en.tsv", "Zoll\ttariff\n")
    assert default_glossary("de", "en", [texts, here]) == second
    assert default_glossary("de", "en", [here, texts]) == third
    assert default_glossary("de", "fr", [texts, here]) == here / "glossaries" / "de-fr.csv"


def fingerprint(write: Write, rows: str) -> str:
    glossary: Glossary = load(
        [write("f.csv", f"source,target,note,type,forbidden,domain\n{rows}")], "de", "en"
    ).glossary
    return glossary.fingerprint


def test_fingerprint_changes_with_what_shapes_a_translation(write: Write) -> None:
    base = fingerprint(write, "Zoll,tariff,,noun,duty,\n")
    assert len(base) == 8
    assert int(base, 16) >= 0
    assert fingerprint(write, "\n# Handel\nZoll,tariff,auf Einfuhren,noun,duty,Handel\n") == base
    changed = [
        "Zoll,duty,,noun,duty,\n",
        "Zoll,tariff|duty,,noun,,\n",
        "Zoll,tariff,,name,duty,\n",
        "Zoll,tariff,,noun,,\n",
        "Zölle,tariff,,noun,duty,\n",
        "Zoll,tariff,,noun,duty,\nMaut,toll,,,,\n",
    ]
    others = [fingerprint(write, rows) for rows in changed]
    assert base not in others
    assert len(set(others)) == len(others)
