"""Markdown: structure kept, markup dropped, front matter as metadata."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from translator.documents import Document, InputFile, Kind, read_document
from translator.errors import InputError

T, H, P, L, C = Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.TABLE_CELL
BODY = "Die Minister beraten am Donnerstag."

Read = Callable[[str], Document]


@pytest.fixture
def read(write: Callable[[str, str], Path]) -> Read:
    return lambda text: read_document(InputFile(write("artikel.md", text), "artikel.md"))


def shape(document: Document) -> list[tuple[Kind, int, str]]:
    return [(p.kind, p.level, p.text) for p in document.paragraphs]


def test_headings_keep_their_level_and_the_first_is_the_title(read: Read) -> None:
    text = f"# Treffen in Kopenhagen\n\n{BODY}\n\n## Kiew ist bereit ##\n\n### Reaktionen\n\nMoskau schweigt\n-----\n"
    document = read(text)
    assert document.title == "Treffen in Kopenhagen"
    assert shape(document) == [
        (T, 1, "Treffen in Kopenhagen"),
        (P, 1, BODY),
        (H, 2, "Kiew ist bereit"),
        (H, 3, "Reaktionen"),
        (H, 2, "Moskau schweigt"),
    ]


@pytest.mark.parametrize("text", [f"## Kiew\n\n{BODY}", f"{BODY}\n\n# Kiew"])
def test_only_a_first_heading_of_level_one_is_the_title(read: Read, text: str) -> None:
    assert read(text).title is None


def test_wrapped_paragraph_is_joined(read: Read) -> None:
    assert shape(read("Die Minister\nberaten  \nam\\\nDonnerstag.")) == [(P, 1, BODY)]


def test_nested_lists_keep_their_depth(read: Read) -> None:
    text = "- Hilfe für Kiew\n  - Munition\n    - Artillerie\n\n    mit Zusatz\n- Zölle\n\n1. Erster Punkt\n2. Zweiter Punkt\n"
    assert shape(read(text)) == [
        (L, 1, "Hilfe für Kiew"),
        (L, 2, "Munition"),
        (L, 3, "Artillerie"),
        (L, 2, "mit Zusatz"),
        (L, 1, "Zölle"),
        (L, 1, "1. Erster Punkt"),
        (L, 1, "2. Zweiter Punkt"),
    ]


def test_paragraph_that_begins_with_a_date_keeps_its_day(read: Read) -> None:
    document = read(f"{BODY}\n\n24. Februar 2022: Russland überfällt die Ukraine.")
    assert document.text == f"{BODY}\n24. Februar 2022: Russland überfällt die Ukraine."


def test_tables_give_their_cells_row_by_row(read: Read) -> None:
    text = f"{BODY}\n\n| Land | Beitrag |\n|:-----|--------:|\n| *Dänemark* | 5 Mrd. |\n| Polen | |\n\n{BODY}"
    assert shape(read(text)) == [
        (P, 1, BODY),
        (C, 1, "Land"),
        (C, 1, "Beitrag"),
        (C, 1, "Dänemark"),
        (C, 1, "5 Mrd."),
        (C, 1, "Polen"),
        (P, 1, BODY),
    ]


@pytest.mark.parametrize(
    "code",
    [
        "```python\nprint('Hallo')\n```",
        "~~~\nHallo\n~~~",
        "    eingerückter Code",
        "<div class='anzeige'>\nWerbung\n</div>",
        "<!-- Anmerkung der Redaktion -->",
        "***",
    ],
    ids=["fence", "tildes", "indented", "html block", "comment", "rule"],
)
def test_code_html_and_rules_are_left_out(read: Read, code: str) -> None:
    assert shape(read(f"{BODY}\n\n{code}\n\nBeschlüsse gab es nicht.")) == [
        (P, 1, BODY),
        (P, 1, "Beschlüsse gab es nicht."),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Die **Ministerin** und *der* ___Minister___.", "Die Ministerin und der Minister."),
        ("Die [Rede **von gestern**](https://example.org 'Titel').", "Die Rede von gestern."),
        ("Die [Rede][1] im Netz.\n\n[1]: https://example.org", "Die Rede im Netz."),
        ("Mehr unter <https://example.org/a>.", "Mehr unter https://example.org/a."),
        ("Der Befehl `translate` hilft.", "Der Befehl translate hilft."),
        ("![Die Ministerin](bild.png) in Brüssel", "Die Ministerin in Brüssel"),
        ("![Die *Ministerin*](bild.png) in Brüssel", "Die Ministerin in Brüssel"),
        ("Müller &amp; Söhne, 5 &euro;", "Müller & Söhne, 5 €"),
        (r"Kein \*Stern\*, kein \_Strich\_.", "Kein *Stern*, kein _Strich_."),
        ("Ein <b>fettes</b> Wort.", "Ein fettes Wort."),
        ("Kiew<br>Moskau", "Kiew Moskau"),
        ("Kiew<br/>und Moskau", "Kiew und Moskau"),
        ("> Wir sind bereit.", "Wir sind bereit."),
    ],
)
def test_markup_is_dropped_and_its_text_kept(read: Read, source: str, expected: str) -> None:
    assert shape(read(source)) == [(P, 1, expected)]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2025-08-25", "2025-08-25"),
        ('"2025-08-25"', "2025-08-25"),
        ("2025-08-25 17:30:00", "2025-08-25"),
        ("2025-08-25T17:30:00+02:00", "2025-08-25"),
        ("25.8.2025", "2025-08-25"),
        ("", None),
        ("2025-02-30", None),
        ("demnächst", None),
        ("[2025, 8]", None),
    ],
)
def test_front_matter_gives_title_and_iso_date(read: Read, date: str, expected: str | None) -> None:
    document = read(f"---\ntitle: Treffen  in Kopenhagen\ndate: {date}\n---\n\n{BODY}\n")
    assert document.date == expected
    assert shape(document) == [(T, 1, "Treffen in Kopenhagen"), (P, 1, BODY)]


def test_date_in_words_is_not_cut_off(read: Read) -> None:
    assert read(f"---\ntitle: Treffen\ndate: 25. August 2025\n---\n{BODY}").date in (None, "2025-08-25")


def test_title_that_yaml_takes_for_a_number_is_a_title(read: Read) -> None:
    assert shape(read(f"---\ntitle: 1984\n---\n{BODY}")) == [(T, 1, "1984"), (P, 1, BODY)]


def test_front_matter_without_title_leaves_the_heading_as_title(read: Read) -> None:
    document = read(f"---\ndate: 2025-08-25\nautor: dpa\n---\n# Treffen in Kopenhagen\n\n{BODY}")
    assert document.date == "2025-08-25"
    assert shape(document) == [(T, 1, "Treffen in Kopenhagen"), (P, 1, BODY)]


@pytest.mark.parametrize(
    "meta",
    [
        "title: EU: Gipfel",
        "title: [offen",
        "title: 'Kopenhagen",
        "- eine\n- Liste",
        "nur Text",
        "a: !!int x",
        "a: !!timestamp x",
        "a: !!python/object:os.system x",
        "a: " + "[" * 1000,
    ],
    ids=["colon", "bracket", "quote", "list", "scalar", "bad int", "bad timestamp", "python tag", "deep"],
)
def test_broken_front_matter_is_passed_over_and_the_text_kept(read: Read, meta: str) -> None:
    document = read(f"---\n{meta}\n---\n\n{BODY}\n")
    assert document.date is None
    assert shape(document) == [(P, 1, BODY)]


@pytest.mark.parametrize("first", [" date 2025-08-25 Treffen in Kopenhagen", "Datum: 25.8.2025 Treffen in Kopenhagen"])
def test_date_line_works_in_markdown(read: Read, first: str) -> None:
    document = read(f"{first}\n\n## Kiew ist *bereit*\n\n{BODY}\n")
    assert document.date == "2025-08-25"
    assert shape(document) == [(T, 1, "Treffen in Kopenhagen"), (H, 2, "Kiew ist bereit"), (P, 1, BODY)]


def test_heading_below_a_date_line_without_title_is_the_title(read: Read) -> None:
    document = read(f" date 2025-08-25\n\n# Treffen in Kopenhagen\n\n{BODY}")
    assert document.date == "2025-08-25"
    assert shape(document) == [(T, 1, "Treffen in Kopenhagen"), (P, 1, BODY)]


@pytest.mark.parametrize("text", ["```\nnur Code\n```\n", "---\ndate: 2025-08-25\n---\n", "<!-- nichts -->", "***\n"])
def test_file_without_text_is_refused(write: Callable[[str, str], Path], text: str) -> None:
    path = write("a.md", text)
    with pytest.raises(InputError) as caught:
        read_document(InputFile(path, "a.md"))
    assert str(caught.value) == f"{path}: no text in it"


def test_markdown_ending_and_line_ends_are_read(write: Callable[..., Path]) -> None:
    path = write("a.Markdown", "# Größe\r\n\r\nDie Fläche ist groß.\r\n".encode("cp1252"))
    document = read_document(InputFile(path, "a.Markdown"))
    assert document.encoding == "cp1252"
    assert shape(document) == [(T, 1, "Größe"), (P, 1, "Die Fläche ist groß.")]
