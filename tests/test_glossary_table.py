"""Glossaries as people have them: separators, encodings, headers, other programs' columns, and lines that are refused."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from translator.errors import GlossaryError
from translator.glossary.columns import field_of, header_fields, headerless_fields
from translator.glossary.files import LoadedFile
from translator.glossary.model import Entry, MatchMode, TermType
from translator.glossary.rows import infer_type
from translator.glossary.table import read_table

Write = Callable[[str, str | bytes], Path]
Read = Callable[..., LoadedFile]

ROWS = [
    ("Waffenstillstand", "ceasefire"),
    ("Außenbeauftragte", "foreign policy chief"),
    ("Zölle", "tariffs"),
]


@pytest.fixture
def read(write: Write) -> Read:
    """Reads content as a glossary file."""

    def _read(content: str | bytes, name: str = "begriffe.csv", source: str = "de", target: str = "en") -> LoadedFile:
        return read_table(write(name, content), source, target)

    return _read


def pairs(loaded: LoadedFile) -> list[tuple[str, str]]:
    return [(entry.source, entry.target) for entry in loaded.entries]


def reasons(loaded: LoadedFile) -> list[tuple[int, str]]:
    return [(refusal.line, refusal.reason) for refusal in loaded.refused]


def only(loaded: LoadedFile) -> Entry:
    assert loaded.refused == []
    assert len(loaded.entries) == 1
    return loaded.entries[0]


# Separators and encodings


@pytest.mark.parametrize(("delimiter", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators(read: Read, delimiter: str, name: str, header: bool, end: str) -> None:
    rows = [("source", "target"), *ROWS] if header else ROWS
    loaded = read(end.join(delimiter.join(row) for row in rows) + end)
    assert pairs(loaded) == ROWS
    assert loaded.dialect == f"utf-8, {name}"
    assert loaded.columns == ("source", "target")
    first = 2 if header else 1
    assert [entry.line for entry in loaded.entries] == [first, first + 1, first + 2]


@pytest.mark.parametrize(
    ("encode", "name"),
    [
        (lambda text: text.encode("utf-8"), "utf-8"),
        (lambda text: text.encode("utf-8-sig"), "utf-8-sig"),
        (lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"), "utf-16"),
        (lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"), "utf-16"),
        (lambda text: text.encode("utf-16-le"), "utf-16-le"),
        (lambda text: text.encode("utf-16-be"), "utf-16-be"),
        (lambda text: text.encode("cp1252"), "cp1252"),
    ],
    ids=["utf-8", "utf-8 with BOM", "utf-16 LE", "utf-16 BE", "utf-16 LE without BOM", "utf-16 BE without BOM", "1252"],
)
def test_encodings(read: Read, encode: Callable[[str], bytes], name: str) -> None:
    loaded = read(encode("Quelle;Ziel\r\n" + "".join(f"{a};{b}\r\n" for a, b in ROWS)))
    assert pairs(loaded) == ROWS
    assert loaded.dialect == f"{name}, semicolon"


@pytest.mark.parametrize(
    ("content", "delimiter", "expected"),
    [
        # a separator of the other kind inside some cells
        ("Haus;house, home\nBaum;tree\n", "semicolon", [("Haus", "house, home"), ("Baum", "tree")]),
        ("Haus,house; home\nBaum,tree\n", "comma", [("Haus", "house; home"), ("Baum", "tree")]),
        ("Haus\thouse, home\nBaum\ttree\n", "tab", [("Haus", "house, home"), ("Baum", "tree")]),
        # in every line, so that both separators make two columns of every line
        ("Haus\thouse, home\nBaum\ttree, trunk\n", "tab", [("Haus", "house, home"), ("Baum", "tree, trunk")]),
        ("Haus\thouse; home\nBaum\ttree; trunk\n", "tab", [("Haus", "house; home"), ("Baum", "tree; trunk")]),
        ("Haus;house;klein, alt\nBaum;tree;hoch, jung\n", "semicolon", [("Haus", "house"), ("Baum", "tree")]),
        ("Haus,house,klein; alt\nBaum,tree,hoch; jung\n", "comma", [("Haus", "house"), ("Baum", "tree")]),
    ],
)
def test_separator_is_the_one_of_the_columns(
    read: Read, content: str, delimiter: str, expected: list[tuple[str, str]]
) -> None:
    loaded = read(content)
    assert (loaded.dialect, pairs(loaded)) == (f"utf-8, {delimiter}", expected)


def test_cells_are_composed_and_free_of_invisible_characters(read: Read) -> None:
    """Files from a Mac hold ö as o and two dots; texts are composed when they are read, so entries must be as well."""
    entry = only(read("source,target,note\nZo\u0308lle,Mu\u0308ller\u00ad tariffs\u200b,a\u0308hnlich\n"))
    assert (entry.source, entry.targets, entry.note) == ("Zölle", ("Müller tariffs",), "ähnlich")


# Headers


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("source,target,note,match,case,type,forbidden,domain", "source target note match case type forbidden domain"),
        ("Quelle,Ziel,Anmerkung,Abgleich,Großschreibung,Typ,verboten,Fachgebiet",
         "source target note match case type forbidden domain"),
        ("domain,forbidden,type,case,match,note,target,source", "domain forbidden type case match note target source"),
        ("verboten,Ziel,Kommentar,Quelle", "forbidden target note source"),
        ("Deutsch,Englisch", "source target"),
        ("Englisch,Deutsch", "target source"),
        ("German,English", "source target"),
        ("English,German", "target source"),
        ("de,en", "source target"),
        ("de-DE,en-GB", "source target"),
        ("DE_de,EN_us", "source target"),
        ("Source Term,Target Term,Do not use", "source target forbidden"),
        ("source_term,TARGET-TERM,part of speech", "source target type"),
        ("Ausgangssprache,Zielsprache,Sachgebiet", "source target domain"),
        ("Begriff,Übersetzung,Bemerkung", "source target note"),
        (" Quellbegriff , Entsprechung ,Wortart", "source target type"),
        ("term,translation,definition,subject field", "source target note domain"),
        ("grossschreibung,target,source", "case target source"),
    ],
)  # fmt: skip
def test_header_names(read: Read, header: str, expected: str) -> None:
    fields = expected.split()
    cells = {"source": "Waffenruhe", "target": "truce", "note": "kurz", "match": "exact", "case": "ja", "type": "noun",
             "forbidden": "armistice", "domain": "Politik"}  # fmt: skip
    loaded = read(f"{header}\n{','.join(cells[f] for f in fields)}\n")
    assert loaded.columns == tuple(fields)
    entry = only(loaded)
    assert (entry.source, entry.target, entry.line) == ("Waffenruhe", "truce", 2)
    assert entry.note == ("kurz" if "note" in fields else "")
    assert entry.match is (MatchMode.EXACT if "match" in fields else MatchMode.INFLECTED)
    assert entry.case_sensitive is ("case" in fields)
    assert entry.forbidden == (("armistice",) if "forbidden" in fields else ())
    assert entry.domain == ("Politik" if "domain" in fields else "")


def test_unknown_and_repeated_columns_are_passed_over(read: Read) -> None:
    loaded = read("ID,Deutsch,Status,Englisch,Notiz,Kommentar\n7,Zoll,ok,tariff,erste,zweite\n")
    assert loaded.columns == ("source", "target", "note")
    entry = only(loaded)
    assert (entry.source, entry.target, entry.note) == ("Zoll", "tariff", "erste")


@pytest.mark.parametrize(
    ("header", "source", "target", "expected"),
    [
        (["de", "fr"], "de", "fr", ["source", "target"]),
        (["fr", "de"], "de", "fr", ["target", "source"]),
        (["Quelle", "uk"], "de", "uk", ["source", "target"]),
        (["en", "de"], "en", "de", ["source", "target"]),
        (["English", "German"], "en", "de", ["source", "target"]),
        (["fr", "en"], "fr", "en", ["source", "target"]),
        (["fr", "de"], "fr", "de", ["source", "target"]),
    ],
)
def test_header_of_the_languages_of_the_pair(
    header: list[str], source: str, target: str, expected: list[str | None]
) -> None:
    assert header_fields(header, source, target) == expected


@pytest.mark.parametrize("row", [["Waffenruhe", "truce"], ["source"], ["source", "note"], ["target", "note"], ["", ""]])
def test_rows_that_are_no_header(row: list[str]) -> None:
    assert header_fields(row, "de", "en") is None


@pytest.mark.parametrize(("name", "field"), [("QUELLE", "source"), ("Ziel-Begriff", "target"), ("Preis", None)])
def test_field_of(name: str, field: str | None) -> None:
    assert field_of(name) == field


# Tables without header, and those of other programs


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["Zoll", "tariff"], ["source", "target"]),
        (["Zoll", "tariff", "Handel"], ["source", "target", "note"]),
        (["Zoll", "tariff", "DE", "EN"], ["source", "target", None, None]),
        (["Zoll", "tariff", "de", "en-GB"], ["source", "target", None, None]),
        (["Zoll", "tariff", "DE", "EN", "Handel"], ["source", "target", None, None, "note"]),
        (["Zoll", "tariff", "Handel", "exact"], ["source", "target", "note", "match"]),
        (["Zoll", "tariff", "", "", "", "noun", "duty", "Handel"],
         ["source", "target", "note", "match", "case", "type", "forbidden", "domain"]),
    ],
)  # fmt: skip
def test_headerless_columns(row: list[str], expected: list[str | None]) -> None:
    assert headerless_fields(row) == expected


@pytest.mark.parametrize(
    ("columns", "note"),
    [("", ""), (",DE,EN", ""), (",de,en-US", ""), (",DE,EN,noun phrase", "noun phrase")],
)
def test_deepl_columns(read: Read, columns: str, note: str) -> None:
    loaded = read(f"Waffenruhe,truce{columns}\nZoll,tariff{columns}\n")
    assert pairs(loaded) == [("Waffenruhe", "truce"), ("Zoll", "tariff")]
    assert [entry.note for entry in loaded.entries] == [note, note]


def test_deepl_with_three_columns_of_which_the_third_is_a_note(read: Read) -> None:
    assert only(read("Waffenruhe,truce,kurz\n")).note == "kurz"


def test_omegat_columns(read: Read) -> None:
    loaded = read("Waffenruhe\ttruce\tkurz, befristet\nZoll\ttariff\nMaut\ttoll\t\n", "omegat.txt")
    assert pairs(loaded) == [("Waffenruhe", "truce"), ("Zoll", "tariff"), ("Maut", "toll")]
    assert [entry.note for entry in loaded.entries] == ["kurz, befristet", "", ""]
    assert loaded.columns == ("source", "target", "note")


def test_memoq_columns(read: Read) -> None:
    loaded = read("German;English;Entry_Note;Entry_Domain;Term_Info\nZoll;tariff;auf Einfuhren;Handel;\n")
    assert loaded.columns == ("source", "target", "note", "domain", "type")
    entry = only(loaded)
    assert (entry.source, entry.target, entry.note, entry.domain) == ("Zoll", "tariff", "auf Einfuhren", "Handel")


def test_own_table_without_header(read: Read) -> None:
    entry = only(read("Selenskyj,Zelenskyy,Präsident,exact,ja,name,Selensky|Zelensky,Politik\n"))
    assert entry == Entry(
        "Selenskyj", ("Zelenskyy",), "Präsident", MatchMode.EXACT, True, TermType.NAME, ("Selensky", "Zelensky"),
        "Politik",
    )  # fmt: skip


# Lines


def test_comments_and_blank_lines_are_passed_over_and_counted(read: Read) -> None:
    loaded = read(
        "# Begriffe der Redaktion\n\nsource,target\n# Militär\nWaffenruhe,truce\n\n \n,\nZoll,tariff\n#Maut,toll\n"
    )
    assert pairs(loaded) == [("Waffenruhe", "truce"), ("Zoll", "tariff")]
    assert [entry.line for entry in loaded.entries] == [5, 9]
    assert loaded.refused == []


def test_a_comment_ends_with_its_line(read: Read) -> None:
    loaded = read('source,target\n# alt:,"Feuerpause\nWaffenruhe,truce\nZoll,tariff\n')
    assert [(e.source, e.target, e.line) for e in loaded.entries] == [("Waffenruhe", "truce", 3), ("Zoll", "tariff", 4)]


def test_quoted_cells(read: Read) -> None:
    loaded = read(
        'source,target,note\n"Maut","toll","auf Straßen, Brücken\nund in Tunneln"\n'
        '"Haus, eigenes",own house,\n"Der ""große"" Bruder","the ""big"" brother",\nZoll,,\n'
    )
    assert [(e.source, e.target, e.note, e.line) for e in loaded.entries] == [
        ("Maut", "toll", "auf Straßen, Brücken und in Tunneln", 2),
        ("Haus, eigenes", "own house", "", 4),
        ('Der "große" Bruder', 'the "big" brother', "", 5),
    ]
    assert [refusal.line for refusal in loaded.refused] == [6]


def test_a_line_break_inside_a_term_is_a_blank(read: Read) -> None:
    """Terms are put into sentences: a break or a doubled blank of a spreadsheet cell must not come along."""
    entry = only(read('source,target\n"Vereinte\nNationen","United\n Nations"\n'))
    assert (entry.source, entry.targets) == ("Vereinte Nationen", ("United Nations",))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Zoll", "no translation for 'Zoll'; fill in the second column (or = to keep the word as it is)"),
        ("Zoll,", "no translation for 'Zoll'; fill in the second column (or = to keep the word as it is)"),
        ("Zoll, | ", "no translation for 'Zoll'; fill in the second column (or = to keep the word as it is)"),
        (",tariff", "no source term for 'tariff'; fill in the first column or delete the line"),
        ("--,dash", "'--' has no letters"),
        ("Zoll,tariff,,,,thing", "type 'thing' is none of name, noun, phrase, keep"),
        ("Zoll,tariff,,fast", "match 'fast' is none of exact, inflected, prefix, custom"),
        ("Zoll,=,,fast", "match 'fast' is none of exact, inflected, prefix, custom"),
        (f"Zoll,{'x' * 1001}", "a cell has more than 1000 characters; a quotation mark is probably missing"),
        (f"{'x' * 1001},tariff", "a cell has more than 1000 characters; a quotation mark is probably missing"),
    ],
    ids=["one cell", "no target", "empty alternatives", "no source", "no letters", "type", "match", "match of =",
         "long target", "long source"],
)  # fmt: skip
def test_refused_lines(read: Read, row: str, reason: str) -> None:
    loaded = read(f"source,target,note,match,case,type\n\nMaut,toll\nSteuer,tax\n{row}\nZins,interest\n")
    assert pairs(loaded) == [("Maut", "toll"), ("Steuer", "tax"), ("Zins", "interest")]
    assert reasons(loaded) == [(5, reason)]
    assert str(loaded.refused[0]) == f"{loaded.path}:5: {reason}"


def test_several_refused_lines_keep_their_numbers(read: Read) -> None:
    loaded = read('Maut,toll,"ein\nzwei\ndrei"\n,tax,\nZoll,tariff,\nZins,,\n')
    assert [(e.source, e.line) for e in loaded.entries] == [("Maut", 1), ("Zoll", 5)]
    assert [line for line, _ in reasons(loaded)] == [4, 6]


def test_a_missing_quotation_mark_swallows_no_lines_silently(write: Write) -> None:
    rows = "".join(f"Wort{chr(97 + n)},word {n}\n" for n in range(5))
    path = write("begriffe.csv", f'source,target\nMaut,toll\nZoll,"tariff\n{rows}')
    try:
        loaded = read_table(path)
    except GlossaryError as error:
        assert f"{path}:3:" in str(error)
    else:
        assert pairs(loaded)[0] == ("Maut", "toll")
        assert "Zoll" not in [entry.source for entry in loaded.entries]
        assert 3 in [refusal.line for refusal in loaded.refused]


def test_a_line_with_only_a_note_says_nothing(read: Read) -> None:
    loaded = read("source,target,note\nMaut,toll,\n,,später\n")
    assert (pairs(loaded), loaded.refused) == ([("Maut", "toll")], [])


# What a line says


@pytest.mark.parametrize("row", ["Bundestag,=,", "Bundestag,=,keep", "Bundestag,,keep", "Bundestag,,behalten",
                                 "Bundestag,,name", "Bundestag,=,noun", "Bundestag,Bundestag,",
                                 "Bundestag,,do not translate"])  # fmt: skip
def test_kept_words(read: Read, row: str) -> None:
    entry = only(read(f"source,target,type\n{row}\n"))
    assert (entry.targets, entry.type, entry.is_name) == (("Bundestag",), TermType.KEEP, True)


def test_alternatives_and_forbidden(read: Read) -> None:
    entry = only(read("source,target,forbidden\nWaffenstillstand, ceasefire |cease-fire||,armistice| truce |\n"))
    assert entry.targets == ("ceasefire", "cease-fire")
    assert entry.target == "ceasefire"
    assert entry.forbidden == ("armistice", "truce")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("name", TermType.NAME), ("NOUN", TermType.NOUN), (" phrase ", TermType.PHRASE), ("keep", TermType.KEEP),
     ("Eigenname", TermType.NAME), ("proper noun", TermType.NAME), ("Substantiv", TermType.NOUN),
     ("Wendung", TermType.PHRASE), ("DNT", TermType.KEEP), ("Verb", TermType.NOUN)],
)  # fmt: skip
def test_stated_types(read: Read, text: str, expected: TermType) -> None:
    assert only(read(f"source,target,type\nZoll,tariff,{text}\n")).type is expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Waffenruhe", "truce", TermType.NOUN),
        ("Haus", "house", TermType.NOUN),
        ("Russe", "Russian", TermType.NOUN),
        ("Sozialdemokrat", "Social Democrat", TermType.NOUN),
        ("Selenskyj", "Zelenskyy", TermType.NAME),
        ("Kiew", "Kyiv", TermType.NAME),
        ("Wien", "Vienna", TermType.NAME),
        ("Köln", "Cologne", TermType.NAME),
        ("Bundestag", "Bundestag", TermType.KEEP),
        ("Vereinte Nationen", "United Nations", TermType.PHRASE),
        ("EU-Gipfel", "EU summit", TermType.PHRASE),
    ],
)
def test_inferred_types(source: str, target: str, expected: TermType) -> None:
    assert infer_type(source, target) is expected


def test_types_are_inferred_where_none_is_stated(read: Read) -> None:
    loaded = read("source,target,type\nHaus,house,\nPutin,Putin,\nSelenskyj,Zelenskyy,\nWeißes Haus,White House,\n")
    assert [e.type for e in loaded.entries] == [TermType.NOUN, TermType.KEEP, TermType.NAME, TermType.PHRASE]


@pytest.mark.parametrize(
    ("source", "stated", "expected"),
    [
        ("Waffenruhe", "", MatchMode.INFLECTED),
        ("EU", "", MatchMode.EXACT),
        ("EU", "inflected", MatchMode.INFLECTED),
        ("Verhandl|ung*", "", MatchMode.CUSTOM),
        ("Waffen*", "", MatchMode.CUSTOM),
        ("Waffen*", "exact", MatchMode.EXACT),
        ("Projekt", "prefix", MatchMode.PREFIX),
        ("Projekt", "Anfang", MatchMode.PREFIX),
        ("Projekt", "Genau", MatchMode.EXACT),
        ("Projekt", "gebeugt", MatchMode.INFLECTED),
        ("Projekt", "FUZZY", MatchMode.INFLECTED),
        ("Projekt", " Custom ", MatchMode.CUSTOM),
    ],
)
def test_match_values(read: Read, source: str, stated: str, expected: MatchMode) -> None:
    assert only(read(f"source,target,match\n{source},thing,{stated}\n")).match is expected


@pytest.mark.parametrize(
    ("source", "case", "expected"),
    [("Grüne", "", False), ("Grüne", "nein", False), ("Grüne", "0", False), ("Grüne", "ja", True), ("Grüne", "X", True),
     ("Grüne", "TRUE", True), ("Grüne", "1", True), ("Grüne", "wahr", True), ("EU", "", True), ("EU", "nein", True)],
)  # fmt: skip
def test_case_values(read: Read, source: str, case: str, expected: bool) -> None:
    assert only(read(f"source,target,case\n{source},thing,{case}\n")).case_sensitive is expected


def test_where_an_entry_stands(read: Read) -> None:
    loaded = read("source,target\n\nZoll,tariff\n")
    assert only(loaded).where == f"{loaded.path}:3"


# What is no glossary


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_empty_file(write: Write, content: bytes) -> None:
    path = write("leer.csv", content)
    with pytest.raises(GlossaryError) as caught:
        read_table(path)
    assert str(caught.value) == f"{path}: the file is empty"


@pytest.mark.parametrize("content", [bytes(range(256)), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"Zoll,tariff\0\x01\x02"])
def test_binary_file(write: Write, content: bytes) -> None:
    path = write("bild.csv", content)
    with pytest.raises(GlossaryError) as caught:
        read_table(path)
    assert str(caught.value) == f"{path}: this is no text file (its bytes are neither UTF-8, UTF-16 nor Windows-1252)"


@pytest.mark.parametrize(
    "content",
    ["Zoll\nMaut\nSteuer\n", "Zoll", "# nur ein Kommentar, mit Komma\n", "# eins\n# zwei\n",
     "Am Montag, so heißt es, kam der Minister.\n\nEr sprach nicht.\n\nDann ging er.\n"],
)  # fmt: skip
def test_no_table(write: Write, content: str) -> None:
    path = write("text.csv", content)
    with pytest.raises(GlossaryError) as caught:
        read_table(path)
    assert str(caught.value) == f"{path}: no glossary table (two columns, separated by comma, semicolon or tab)"


def test_only_a_header(read: Read) -> None:
    loaded = read("source,target,note\n")
    assert (loaded.entries, loaded.refused, loaded.columns) == ([], [], ("source", "target", "note"))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="cannot be read"):
        read_table(tmp_path / "fehlt.csv")
    with pytest.raises(GlossaryError, match="cannot be read"):
        read_table(tmp_path)


TABLE_LIKE = st.lists(
    st.sampled_from([",", ";", "\t", "\n", "\r", '"', "#", "|", "=", "*", "Zoll", "tariff", "source", "target", "keep",
                     "exact", "ä", "\0", "\ufeff", "x" * 500, " "]),
    max_size=60,
).map("".join)  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=300),
        TABLE_LIKE.map(lambda text: text.encode()),
        TABLE_LIKE.map(lambda text: text.encode("utf-16")),
        TABLE_LIKE.map(lambda text: text.encode("utf-16-le")),
    )
)
@example(b'a,b\n"' + b"x" * 140_000)
@example("a,b\nc\0,d\n".encode("utf-16"))
@example(b"\xff\xfe\x00\xd8\n\x00")
def test_any_bytes_give_a_table_or_a_glossary_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "zufall.csv"
    path.write_bytes(data)
    try:
        loaded = read_table(path)
    except GlossaryError as error:
        assert str(error).startswith(str(path))
        return
    assert isinstance(loaded, LoadedFile)
    for entry in loaded.entries:
        assert entry.source.strip() == entry.source != ""
        assert all(target.strip() == target != "" for target in entry.targets)
        assert entry.targets
    lines = [e.line for e in loaded.entries] + [r.line for r in loaded.refused]
    assert len(set(lines)) == len(lines)
