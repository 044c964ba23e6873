"""From a file to numbered segments with ids that last."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from translator.documents import Document, InputFile, Kind
from translator.documents.model import Paragraph, segment_id
from translator.errors import ExitCode, InputError
from translator.preparation import prepare

ARTICLE = """ date 2025-08-25 Treffen in Kopenhagen

Die Minister beraten am 25. August über Garantien. Beschlüsse gab es z. B. nicht zum Haushalt.

Kiew ist bereit

Die Ukraine hält sich bereit. Beschlüsse gab es z. B. nicht zum Haushalt.

- Hilfe für Kiew
- Neue Zölle
"""
GERMAN = (
    "Die Außenminister der Europäischen Union haben in Brüssel über mögliche Garantien für die Ukraine beraten. "
    "Im Mittelpunkt stand die Frage, welchen Beitrag die Staaten leisten können."
)
ENGLISH = "“We will stand with Ukraine for as long as it takes. We mean every word of that promise,” he said in London."
LUXEMBOURGISH = (
    "D'Regierung huet e Mëttwoch decidéiert, datt d'Präisser fir de Stroum net weider an d'Luucht gi solle. De Premier "
    "sot, datt d'Leit an d'Betriber an dëser schwéierer Zäit Hëllef bräichten, a keen alleng gelooss gëtt. "
    "D'Oppositioun huet d'Mesure kritiséiert."
)

Prepare = Callable[..., Document]


@pytest.fixture
def prepared(write: Callable[[str, str], Path]) -> Prepare:
    def _prepared(text: str, source: str | None = None, name: str = "a.txt") -> Document:
        return prepare(InputFile(write(name, text), name), source)

    return _prepared


def test_article_is_read_detected_and_cut_into_numbered_segments(prepared: Prepare) -> None:
    document = prepared(ARTICLE)
    assert (document.language, document.date, document.title) == ("de", "2025-08-25", "Treffen in Kopenhagen")
    assert [(s.number, s.source) for s in document.segments] == [
        (0, "Treffen in Kopenhagen"),
        (1, "Die Minister beraten am 25. August über Garantien."),
        (2, "Beschlüsse gab es z. B. nicht zum Haushalt."),
        (3, "Kiew ist bereit"),
        (4, "Die Ukraine hält sich bereit."),
        (5, "Beschlüsse gab es z. B. nicht zum Haushalt."),
        (6, "Hilfe für Kiew"),
        (7, "Neue Zölle"),
    ]
    assert [(p.kind, len(p.segments)) for p in document.paragraphs] == [
        (Kind.TITLE, 1),
        (Kind.PARAGRAPH, 2),
        (Kind.HEADING, 1),
        (Kind.PARAGRAPH, 2),
        (Kind.LIST_ITEM, 1),
        (Kind.LIST_ITEM, 1),
    ]


def test_every_sentence_of_the_title_has_number_zero(prepared: Prepare) -> None:
    document = prepared(f"date 2025-08-25 Merz reist nach Kiew. Der Bundestag stimmt zu.\n\n{GERMAN}")
    assert [s.number for s in document.segments] == [0, 0, 1, 2]


def test_document_without_title_is_numbered_from_one(prepared: Prepare) -> None:
    assert [s.number for s in prepared(GERMAN).segments] == [1, 2]


def test_segments_joined_give_their_paragraph(prepared: Prepare) -> None:
    for paragraph in prepared(ARTICLE).paragraphs:
        assert " ".join(s.source for s in paragraph.segments) == paragraph.text


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("https://www.example.org/ausland/ukraine.html", "too little text"),
        ("Video", "perhaps Spanish, 50%"),
        (LUXEMBOURGISH, "perhaps German, 50%"),
    ],
    ids=["URL", "one word", "Luxembourgish"],
)
def test_unsure_language_is_an_error_that_names_the_option(
    write: Callable[[str, str], Path], text: str, hint: str
) -> None:
    path = write("a.txt", text)
    with pytest.raises(InputError) as caught:
        prepare(InputFile(path, "a.txt"))
    assert str(caught.value) == f"{path}: the language is unsure ({hint}); say it with --from, such as --from de"
    assert caught.value.exit_code is ExitCode.input


@pytest.mark.parametrize("text", ["https://www.example.org/ausland.html", "Video", LUXEMBOURGISH])
def test_given_language_is_never_questioned(prepared: Prepare, text: str) -> None:
    document = prepared(text, "de")
    assert document.language == "de"
    assert [p.language for p in document.paragraphs] == [None]
    assert document.segments != []


def test_foreign_paragraph_is_marked_and_cut_by_its_own_rules(prepared: Prepare) -> None:
    document = prepared(f"{GERMAN}\n\n{ENGLISH}\n\n{GERMAN}")
    assert document.language == "de"
    assert [p.language for p in document.paragraphs] == [None, "en", None]
    assert " ".join(s.source for s in document.paragraphs[1].segments) == ENGLISH
    assert [s.number for s in document.segments] == list(range(1, len(document.segments) + 1))


def test_given_language_counts_for_foreign_paragraphs_too(prepared: Prepare) -> None:
    document = prepared(f"{GERMAN}\n\n{ENGLISH}\n\n{GERMAN}", "de")
    assert [p.language for p in document.paragraphs] == [None, None, None]


def test_english_document_is_english(prepared: Prepare) -> None:
    document = prepared("The ministers met Dr. Smith in Brussels. They discussed the guarantees for Ukraine.")
    assert document.language == "en"
    assert [s.source for s in document.segments] == [
        "The ministers met Dr. Smith in Brussels.",
        "They discussed the guarantees for Ukraine.",
    ]


def test_ids_are_ten_hex_digits_and_distinct_even_for_repeated_sentences(prepared: Prepare) -> None:
    segments = prepared(ARTICLE).segments
    assert all(re.fullmatch(r"[0-9a-f]{10}", s.id) for s in segments)
    assert len({s.id for s in segments}) == len(segments) == 8
    repeated = [s for s in segments if s.source.startswith("Beschlüsse")]
    assert [s.id for s in repeated] == [segment_id("a.txt", n, repeated[0].source) for n in (1, 2)]


def test_ids_are_those_of_handouts_already_given_out() -> None:
    assert segment_id("a.txt", 1, "Kiew ist bereit") == "68559f0cd6"
    assert segment_id("a.txt", 2, "Kiew ist bereit") == "c96498583f"
    assert segment_id("unter/b.txt", 1, "Größe: „10 €“") == "875d92a4a7"


def test_ids_are_the_same_in_every_run(prepared: Prepare) -> None:
    first = prepared(ARTICLE)
    assert [s.id for s in prepared(ARTICLE).segments] == [s.id for s in first.segments]


def test_ids_do_not_depend_on_the_folder_the_file_lies_in(write: Callable[[str, str], Path]) -> None:
    one, two = (prepare(InputFile(write(place, ARTICLE), "a.txt")) for place in ("hier/a.txt", "dort/a.txt"))
    assert one.segments == two.segments


def test_ids_of_two_documents_differ(prepared: Prepare) -> None:
    one, two = prepared(ARTICLE, name="a.txt"), prepared(ARTICLE, name="b.txt")
    assert not {s.id for s in one.segments} & {s.id for s in two.segments}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Die Minister beraten", "Es ist Montag. Die Minister beraten"),
        ("Kiew ist bereit\n", "Ein neuer Absatz steht hier.\n\nKiew ist bereit\n"),
        ("Treffen in Kopenhagen", "Gipfel in Kopenhagen"),
    ],
    ids=["sentence", "paragraph", "title"],
)
def test_ids_of_the_other_sentences_survive_an_edit_above(prepared: Prepare, old: str, new: str) -> None:
    before, after = prepared(ARTICLE), prepared(ARTICLE.replace(old, new, 1))
    kept = [s.id for s in after.segments if s.source in {b.source for b in before.segments}]
    assert kept == [s.id for s in before.segments if s.source in {a.source for a in after.segments}]
    assert len(kept) >= 7
    assert len({s.id for s in after.segments}) == len(after.segments)


def test_read_error_comes_through(write: Callable[[str, str], Path]) -> None:
    path = write("a.txt", " \n")
    with pytest.raises(InputError, match="the file is empty"):
        prepare(InputFile(path, "a.txt"), "de")


def test_sentences_must_fit_the_paragraphs() -> None:
    document = Document(Path("a.txt"), "a.txt", (Paragraph("Eins."), Paragraph("Zwei.")))
    with pytest.raises(ValueError, match="zip"):
        document.with_segments([["Eins."]])
