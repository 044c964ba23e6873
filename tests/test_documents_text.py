"""Plain text: date and title of an article, headings, wrapped lines, lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from translator.documents import Document, InputFile, Kind, read_document, supported
from translator.documents.text import is_heading, iso_date
from translator.errors import InputError

T, H, P, L = Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM
BODY = "Die Minister beraten am Donnerstag in Kopenhagen."

Read = Callable[[str], Document]


@pytest.fixture
def read(write: Callable[[str, str], Path]) -> Read:
    return lambda text: read_document(InputFile(write("artikel.txt", text), "artikel.txt"))


def shape(document: Document) -> list[tuple[Kind, str]]:
    return [(p.kind, p.text) for p in document.paragraphs]


@pytest.mark.parametrize(
    ("first", "date"),
    [
        (" date 2025-08-25 Treffen in Kopenhagen", "2025-08-25"),
        ("date 2025-08-25 Treffen in Kopenhagen", "2025-08-25"),
        ("        date 2025-08-25 Treffen in Kopenhagen", "2025-08-25"),
        ("\tdate 2025-08-25 Treffen in Kopenhagen", "2025-08-25"),
        ("\u00a0date 2025-08-25 Treffen in Kopenhagen", "2025-08-25"),
        ("\n\n  date 2025-08-25 Treffen in Kopenhagen", "2025-08-25"),
        ("Date: 2025-08-25   Treffen  in Kopenhagen  ", "2025-08-25"),
        ("DATE 2025-08-25\tTreffen in Kopenhagen", "2025-08-25"),
        ("Datum: 25.8.2025 Treffen in Kopenhagen", "2025-08-25"),
        ("datum = 05.08.2025 Treffen in Kopenhagen", "2025-08-05"),
        ("Datum 1. 12. 2025 Treffen in Kopenhagen", "2025-12-01"),
        ("date 2025-08-25\nTreffen in Kopenhagen", "2025-08-25"),
        ("Datum: 25.8.2025  \n  Treffen in Kopenhagen", "2025-08-25"),
    ],
)
def test_date_line_gives_date_and_title(read: Read, first: str, date: str) -> None:
    document = read(f"{first}\n\n{BODY}\n")
    assert document.date == date
    assert shape(document) == [(T, "Treffen in Kopenhagen"), (P, BODY)]
    assert document.title == "Treffen in Kopenhagen"


def test_title_may_be_a_whole_sentence_behind_the_date(read: Read) -> None:
    document = read(f" date 2025-08-25 Wer zahlt für Europas Sicherheit?\n\n{BODY}")
    assert shape(document) == [(T, "Wer zahlt für Europas Sicherheit?"), (P, BODY)]


def test_text_below_the_title_without_a_blank_line_is_no_part_of_it(read: Read) -> None:
    document = read(f" date 2025-08-25 Treffen in Kopenhagen\n{BODY}")
    assert shape(document) == [(T, "Treffen in Kopenhagen"), (P, BODY)]


def test_title_on_the_next_line_leaves_the_lines_below_to_the_text(read: Read) -> None:
    document = read("date 2025-08-25\nTreffen in Kopenhagen\nDie Minister beraten\nam Donnerstag.")
    assert shape(document) == [(T, "Treffen in Kopenhagen"), (P, "Die Minister beraten am Donnerstag.")]


def test_title_below_the_date_and_a_blank_line_is_the_title(read: Read) -> None:
    document = read(f"Datum: 25.8.2025\n\nTreffen in Kopenhagen\n\n{BODY}")
    assert document.date == "2025-08-25"
    assert shape(document) == [(T, "Treffen in Kopenhagen"), (P, BODY)]


def test_date_without_title_gives_a_document_without_title(read: Read) -> None:
    document = read(f" date 2025-08-25\n\n{BODY}\n\nBeschlüsse gab es nicht.")
    assert (document.date, document.title) == ("2025-08-25", None)
    assert shape(document) == [(P, BODY), (P, "Beschlüsse gab es nicht.")]


def test_running_text_right_below_the_date_is_no_title(read: Read) -> None:
    text = "Die Minister haben in Brüssel beraten. Beschlüsse gab es nach Angaben der Sprecherin nicht."
    document = read(f" date 2025-08-25\n{text}\n")
    assert document.title is None
    assert shape(document) == [(P, text)]


@pytest.mark.parametrize(
    "first",
    [
        "Update 2025-08-25 zur Lage",
        "Datum der Sitzung noch offen",
        "Am Datum 2025-08-25 hängt viel",
        "date 25.8.25 Treffen",
        "Kandidaten für 2025-08-25",
    ],
)
def test_other_first_lines_carry_no_date(read: Read, first: str) -> None:
    document = read(f"{first}\n\n{BODY}")
    assert document.date is None
    assert shape(document) == [(T, first), (P, BODY)]


def test_date_line_counts_at_the_top_only(read: Read) -> None:
    document = read(f"{BODY}\n\ndate 2025-08-25 Treffen in Kopenhagen")
    assert document.date is None
    assert shape(document) == [(P, BODY), (H, "date 2025-08-25 Treffen in Kopenhagen")]


@pytest.mark.parametrize("written", ["2025-13-45", "2025-02-30", "31.2.2025", "0.0.2025"])
def test_impossible_date_is_no_date(read: Read, written: str) -> None:
    assert read(f" date {written} Treffen in Kopenhagen\n\n{BODY}").date is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2025-08-25", "2025-08-25"), ("25.8.2025", "2025-08-25"), ("1. 1.2026", "2026-01-01")],
)
def test_iso_date(text: str, expected: str) -> None:
    assert iso_date(text) == expected


def test_date_alone_is_no_text(write: Callable[[str, str], Path]) -> None:
    path = write("a.txt", " date 2025-08-25\n")
    with pytest.raises(InputError) as caught:
        read_document(InputFile(path, "a.txt"))
    assert str(caught.value) == f"{path}: no text in it"


def test_first_line_alone_is_the_title_without_a_date(read: Read) -> None:
    assert shape(read(f"Treffen in Kopenhagen\n\n{BODY}")) == [(T, "Treffen in Kopenhagen"), (P, BODY)]


@pytest.mark.parametrize(
    "line",
    [
        "Kiew ist bereit",
        "Kallas: „Wir sind bereit“",
        "WAFFENSTILLSTAND RÜCKT NÄHER",
        "Haushalt 2026",
        "Streit um 25 Milliarden (und kein Ende)",
    ],
)
def test_short_line_without_final_punctuation_is_a_heading(read: Read, line: str) -> None:
    assert is_heading(line)
    assert shape(read(f"{BODY}\n\n{line}\n\n{BODY}")) == [(P, BODY), (H, line), (P, BODY)]


@pytest.mark.parametrize(
    "line",
    [
        "Kiew ist bereit.",
        "Ist Kiew bereit?",
        "Kallas sagte: „Wir sind bereit.“",
        "Kallas sagte: »Wir sind bereit.«",
        "Sie sagte: ‚Wir kommen morgen.‘",
        "Sie sagte: ›Wir kommen morgen.‹",
        "Er nannte drei Gründe:",
        "Danach wurde es still …",
        "* * *",
        "2025",
        "Die Außenministerinnen und Außenminister haben in Brüssel lange über Garantien für die Ukraine und ihre "
        "Nachbarn beraten und vertagt",
        "Eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn",
    ],
)
def test_sentences_numbers_and_long_lines_are_no_headings(line: str) -> None:
    assert not is_heading(line)


def test_hard_wrapped_mail_is_unwrapped(read: Read) -> None:
    text = (
        "Liebe Kolleginnen und Kollegen,\n\n"
        "die Minister haben sich gestern in Kopenhagen getroffen und über\n"
        "mögliche Garantien für die Ukraine beraten. Beschlüsse gab es\n"
        "nicht.\n\n"
        "Am Freitag geht es\tweiter; die Unterlagen  folgen.\n\n"
        "Mit freundlichen Grüßen"
    )
    assert shape(read(text)) == [
        (P, "Liebe Kolleginnen und Kollegen,"),
        (
            P,
            "die Minister haben sich gestern in Kopenhagen getroffen und über mögliche Garantien für die Ukraine "
            "beraten. Beschlüsse gab es nicht.",
        ),
        (P, "Am Freitag geht es weiter; die Unterlagen folgen."),
        (H, "Mit freundlichen Grüßen"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Der Krieg dauert seit dem", "24. Februar 2022 an, und niemand kennt sein Ende."],
        ["Die Minister haben sich am", "3. Oktober in Köln getroffen."],
        ["Die Ministerinnen haben", "– so die Sprecherin – lange beraten."],
    ],
    ids=["ordinal of a date", "ordinal of a holiday", "dash of an insertion"],
)
def test_wrapped_sentence_is_not_cut_where_a_line_begins_like_a_list_item(read: Read, lines: list[str]) -> None:
    assert shape(read("\n".join(lines))) == [(P, " ".join(lines))]


@pytest.mark.parametrize("line", ["24. Februar 2022: Russland überfällt die Ukraine.", "3. Oktober ist Feiertag."])
def test_paragraph_that_begins_with_a_date_is_no_list_item(read: Read, line: str) -> None:
    assert shape(read(f"{BODY}\n\n{line}")) == [(P, BODY), (P, line)]


def test_long_lines_are_a_paragraph_each(read: Read) -> None:
    one = (
        "Die Außenministerinnen und Außenminister der Europäischen Union haben in Brüssel über Garantien beraten. " * 2
    )
    two = "Eine Sprecherin erklärte nach der Sitzung, Europa müsse auf ein Abkommen vorbereitet sein."
    assert shape(read(f"{one}\n{two}\nKiew ist bereit\n{one}\n")) == [
        (P, one.strip()),
        (P, two),
        (H, "Kiew ist bereit"),
        (P, one.strip()),
    ]


@pytest.mark.parametrize("bullet", ["-", "*", "•", "‣", "–"])
def test_bullets_are_dropped_and_wrapped_items_joined(read: Read, bullet: str) -> None:
    text = f"Beschlossen wurde:\n{bullet} mehr Hilfe für die\n  Ukraine\n  {bullet}  neue Zölle\n{bullet} ein Gipfel\n"
    assert shape(read(text)) == [
        (P, "Beschlossen wurde:"),
        (L, "mehr Hilfe für die Ukraine"),
        (L, "neue Zölle"),
        (L, "ein Gipfel"),
    ]


@pytest.mark.parametrize("numbers", [("1.", "2."), ("1)", "2)"), ("a)", "b)"), ("9.", "10.")])
def test_numbers_stay_in_the_list_items(read: Read, numbers: tuple[str, str]) -> None:
    text = f"{BODY}\n\n{numbers[0]} Hilfe für Kiew\n  {numbers[1]}   Neue Zölle"
    assert shape(read(text)) == [(P, BODY), (L, f"{numbers[0]} Hilfe für Kiew"), (L, f"{numbers[1]} Neue Zölle")]


@pytest.mark.parametrize("line", ["-10 Grad wurden gemessen.", "1.000 Menschen kamen.", "2025 war ein gutes Jahr."])
def test_what_only_looks_like_a_list_item_is_text(read: Read, line: str) -> None:
    assert shape(read(f"{BODY}\n\n{line}")) == [(P, BODY), (P, line)]


def test_invisible_characters_are_dropped_and_blanks_collapsed(read: Read) -> None:
    text = "Die Sicher\u00adheits\u00adkonferenz\u200b tagt\u00a0am\u202f3.\u2003Mai.\n\nZwei  \t Blanks, ein\x0cSeitenwechsel."
    assert shape(read(text)) == [
        (P, "Die Sicherheitskonferenz tagt am 3. Mai."),
        (P, "Zwei Blanks, ein Seitenwechsel."),
    ]


def test_decomposed_umlauts_are_composed(read: Read) -> None:
    assert shape(read("Die Ma\u0308rkte sind u\u0308ber Nacht gefallen.")) == [
        (P, "Die M\u00e4rkte sind \u00fcber Nacht gefallen.")
    ]


@pytest.mark.parametrize("invisible", ["\u200b", "\u00ad", "\u2060 \u200b"])
def test_line_of_invisible_characters_is_a_blank_line(read: Read, invisible: str) -> None:
    assert shape(read(f"{BODY}\n\n{invisible}\n\n{BODY}")) == [(P, BODY), (P, BODY)]


@pytest.mark.parametrize("invisible", ["\u200b", "\u00ad\n\u200b"])
def test_file_of_invisible_characters_has_no_text(read: Read, invisible: str) -> None:
    with pytest.raises(InputError):
        read(invisible)


def test_blank_lines_with_blanks_separate_paragraphs(read: Read) -> None:
    assert shape(read(f"{BODY}\n   \t\n\n\n{BODY}")) == [(P, BODY), (P, BODY)]


def test_document_carries_path_name_and_encoding(write: Callable[[str, str], Path]) -> None:
    path = write("ordner/a.TXT", BODY)
    document = read_document(InputFile(path, "ordner/a.TXT"))
    assert (document.path, document.name, document.encoding) == (path, "ordner/a.TXT", "utf-8")
    assert (document.language, document.segments) == (None, [])


@pytest.mark.parametrize(
    ("name", "ending"), [("a.png", ".png"), ("a.DOC", ".doc"), ("LIESMICH", "a file without ending")]
)
def test_other_endings_are_refused_with_the_formats_read(
    write: Callable[[str, str], Path], name: str, ending: str
) -> None:
    path = write(name, BODY)
    with pytest.raises(InputError) as caught:
        read_document(InputFile(path, name))
    assert str(caught.value) == f"{path}: {ending} is not read; {supported()}"
