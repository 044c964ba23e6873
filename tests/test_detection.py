"""Languages of documents and paragraphs: right, the same every time, and unsure rather than guessed."""

from __future__ import annotations

import pytest

from translator.language.detection import Detection, DocumentDetection, detect, detect_text

GERMAN = "Die Minister haben in Brüssel über Sicherheitsgarantien beraten. Beschlüsse gab es nicht."
GERMAN_LONG = (
    "Die Außenministerinnen und Außenminister der Europäischen Union haben in Brüssel über mögliche Garantien für die "
    "Ukraine beraten. Im Mittelpunkt stand die Frage, welchen Beitrag die Staaten nach einem Waffenstillstand leisten "
    "können."
)
ENGLISH = "“We will stand with Ukraine for as long as it takes, and we mean every word of it,” the president said."
LUXEMBOURGISH = (
    "D'Regierung huet e Mëttwoch decidéiert, datt d'Präisser fir de Stroum net weider an d'Luucht gi solle. De Premier "
    "sot, datt d'Leit an d'Betriber an dëser schwéierer Zäit Hëllef bräichten, a keen alleng gelooss gëtt. "
    "D'Oppositioun huet d'Mesure kritiséiert."
)
SWISS = (
    "De Bundesrat het am Mittwuch entschide, dass d'Priise für de Strom nöd witer stiige söled. D'Lüüt und d'Betrieb "
    "bruched i dere schwäre Ziit Hilf, hät de Minister gseit, und niemer söll elei glah werde. D'Opposition hät "
    "d'Massnahme kritisiert."
)
NOTHING = Detection(None, 0.0, 0)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (GERMAN_LONG, "de"),
        ("Guten Morgen, meine sehr verehrten Damen und Herren!", "de"),
        (ENGLISH, "en"),
        ("The ministers met in Brussels to discuss security guarantees, but no decision was taken.", "en"),
        ("Les ministres se sont réunis à Bruxelles pour discuter des garanties de sécurité pour l'Ukraine.", "fr"),
        ("De ministers hebben in Brussel over garanties gesproken. Besluiten werden er niet genomen.", "nl"),
        ("Ministrene har i Bruxelles drøftet sikkerhedsgarantier, men der blev ikke truffet nogen beslutning.", "da"),
        ("Міністри обговорили в Брюсселі гарантії безпеки для України, але рішень не ухвалили.", "uk"),
    ],
)
def test_running_text_is_recognised_and_sure(text: str, language: str) -> None:
    found = detect_text(text)
    assert (found.language, found.sure) == (language, True)
    assert found.letters == sum(c.isalpha() for c in text)
    assert detect([text]).document.language == language
    assert detect([text]).document.sure


@pytest.mark.parametrize(
    "headline",
    [
        "WAFFENSTILLSTAND RÜCKT NÄHER",
        "MINISTER BERATEN ÜBER SICHERHEITSGARANTIEN",
        "BUNDESTAG STIMMT FÜR HAUSHALT",
        "NATO ERHÖHT DRUCK AUF MOSKAU",
        "EU BERÄT ÜBER SANKTIONEN",
    ],
)
def test_german_headline_in_capitals_is_german(headline: str) -> None:
    found = detect_text(headline)
    assert (found.language, found.sure) == ("de", True)


@pytest.mark.parametrize(("text", "letters"), [("Video", 5), ("Guten Morgen", 11), ("Kreml lehnt Treffen ab", 19)])
def test_short_text_alone_is_not_judged(text: str, letters: int) -> None:
    assert detect_text(text) == Detection(None, 0.0, letters)


@pytest.mark.parametrize("text", ["Video", "Guten Morgen", "MERZ IN LONDON"])
def test_document_of_a_few_words_is_unsure(text: str) -> None:
    assert not detect([text]).document.sure


@pytest.mark.parametrize("headline", ["KREML LEHNT TREFFEN AB", "Kreml lehnt Treffen ab"])
def test_short_german_headline_is_never_surely_another_language(headline: str) -> None:
    found = detect([headline]).document
    assert found.language == "de" or not found.sure


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "https://www.example.org/ausland/europa/ukraine-gipfel-in-kopenhagen-100.html",
        "www.example.org/ein/sehr/langer/deutscher/pfad",
        "redaktion.ausland@nachrichten.example.org",
        "2025-08-25, 17:30 – +49 30 1234567 *** 100 %",
    ],
    ids=["empty", "blank", "URL", "www", "mail", "digits"],
)
def test_text_without_words_has_no_language(text: str) -> None:
    assert detect_text(text) == NOTHING
    found = detect([text]).document
    assert (found, found.sure) == (NOTHING, False)


def test_no_paragraphs_have_no_language() -> None:
    assert detect([]) == DocumentDetection(NOTHING, ())


def test_addresses_do_not_count_as_letters() -> None:
    assert detect_text(f"{GERMAN} https://example.org/the/quick/brown/fox") == detect_text(GERMAN)


def test_decomposed_umlauts_are_judged_like_composed_ones() -> None:
    assert detect_text("Die Ma\u0308rkte sind u\u0308ber Nacht gefallen.") == detect_text(
        "Die M\u00e4rkte sind \u00fcber Nacht gefallen."
    )


def test_one_english_paragraph_is_foreign_in_a_german_document() -> None:
    found = detect(["Treffen in Kopenhagen", GERMAN_LONG, ENGLISH, GERMAN])
    assert (found.document.language, found.document.sure) == ("de", True)
    assert [found.foreign(i) for i in range(4)] == [None, None, "en", None]


def test_one_german_paragraph_is_foreign_in_an_english_document() -> None:
    english = "The ministers met in Brussels to discuss guarantees for Ukraine, but no decision was taken. " * 3
    found = detect([english, GERMAN, ENGLISH])
    assert (found.document.language, found.document.sure) == ("en", True)
    assert [found.foreign(i) for i in range(3)] == [None, "de", None]


@pytest.mark.parametrize(
    "text", ["Breaking News", "“We will never give up,” he said.", "", "https://example.org/the/news"]
)
def test_short_or_empty_paragraph_is_not_foreign(text: str) -> None:
    assert detect([GERMAN_LONG, text, GERMAN]).foreign(1) is None


def test_letters_of_the_document_are_those_of_its_paragraphs() -> None:
    found = detect([GERMAN_LONG, "Video", GERMAN])
    assert found.document.letters == sum(p.letters for p in found.paragraphs)
    assert [p.letters for p in found.paragraphs] == [sum(map(str.isalpha, t)) for t in (GERMAN_LONG, "Video", GERMAN)]


def test_short_paragraphs_do_not_outvote_the_text() -> None:
    assert detect(["Live", "Video", "News", GERMAN_LONG, "Top Stories"]).document.language == "de"


@pytest.mark.parametrize(
    "texts",
    [[GERMAN], [GERMAN_LONG, ENGLISH, GERMAN], [LUXEMBOURGISH], ["WAFFENSTILLSTAND RÜCKT NÄHER"], ["Video", "Sport"]],
    ids=["German", "mixed", "Luxembourgish", "capitals", "scraps"],
)
def test_twenty_calls_give_one_result(texts: list[str]) -> None:
    first = detect(texts)
    for _ in range(20):
        detect_text(ENGLISH)  # what was judged in between must not matter
        assert detect(texts) == first


@pytest.mark.parametrize("text", [LUXEMBOURGISH, SWISS], ids=["Luxembourgish", "Swiss German"])
def test_german_lookalikes_are_unsure(text: str) -> None:
    assert detect([text]).document.sure is False


def test_lookalike_in_several_paragraphs_is_unsure() -> None:
    assert detect([s + "." for s in LUXEMBOURGISH.split(". ")]).document.sure is False


@pytest.mark.parametrize(
    "text",
    [
        "De regering heeft woensdag besloten dat de prijzen voor stroom niet verder mogen stijgen.",
        "De minister zei dat niemand in deze moeilijke tijd alleen wordt gelaten en dat er hulp komt.",
    ],
)
def test_dutch_is_not_german(text: str) -> None:
    assert detect([text]).document.language == "nl"
