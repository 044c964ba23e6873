"""Formatting carried to the translation by the word alignment, and dropped where that is unsure."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from translator.documents import Format, Segment, Span
from translator.formatting import project

ADDRESS = "https://example.org/"
SURE, UNSURE = 0.9, 0.3


def segment(text: str, format: Format = Format.BOLD, value: str = "") -> Segment:
    """A sentence with its formatted words in square brackets."""
    spans, plain = [], ""
    for piece in re.split(r"(\[.*?\])", text):
        inner = piece[1:-1] if piece.startswith("[") else piece
        if piece.startswith("["):
            spans.append(Span(len(plain), len(plain) + len(inner), format, value))
        plain += inner
    return Segment("0123456789", plain, 1, tuple(spans))


def aligned(words: str, sure: float = SURE) -> list[tuple[int, float]]:
    """For each target word the source word; a `?` behind it is unsure."""
    return [(int(w.rstrip("?")), UNSURE if w.endswith("?") else sure) for w in words.split()]


def marked(translation: str, spans: Sequence[Span]) -> str:
    """The translation with its formatted words in square brackets."""
    for span in sorted(spans, key=lambda s: -s.start):
        translation = f"{translation[: span.start]}[{translation[span.start : span.end]}]{translation[span.end :]}"
    return translation


def carried(source: str, translation: str, words: str, format: Format = Format.BOLD, value: str = "") -> str:
    found = project(segment(source, format, value), translation, aligned(words))
    assert {(s.format, s.value) for s in found} <= {(format, value)}
    return marked(translation, found)


@pytest.mark.parametrize(("format", "value"), [(Format.BOLD, ""), (Format.ITALIC, ""), (Format.LINK, ADDRESS)])
def test_one_word(format: Format, value: str) -> None:
    expected = "Yesterday the [government] fell."
    assert (
        carried("Gestern stürzte die [Regierung].", "Yesterday the government fell.", "0 2 3 1", format, value)
        == expected
    )


@pytest.mark.parametrize(
    ("source", "translation", "words", "expected"),
    [
        ("Die [neue Regierung] kam.", "The new government came.", "0 1 2 3", "The [new government] came."),
        ("[Heute] kam er.", "He came today.", "2 1 0", "He came [today]."),
        ("Er sagte „[Niemals]“ dazu.", "He said “Never” to that.", "0 1 2 3 3", "He said “[Never]” to that."),
        ("Die [Bundesregierung] kam.", "The federal government came.", "0 1 1 2", "The [federal government] came."),
        ("Er kam [heute], ja.", "He came today, yes.", "0 1 2 3", "He came [today], yes."),
        # A part of a compound that belongs to nothing else joins it.
        ("Die [Klimarat] warnt.", "The climate council warns.", "0 1 2? 2", "The [climate council] warns."),
        # What leans on the article before a compound is a part of it.
        ("Die Präsenz an der [Ostflanke].", "Presence on eastern flank.", "1 2 3 4", "Presence on [eastern flank]."),
        # Nouns have no auxiliaries.
        ("Ein [Nashorn] lebt.", "A rhino has lived.", "0 1 1 2", "A [rhino] has lived."),
        ("Er [hat gesiegt] am Ende.", "He has won in the end.", "0 1 2 3 3 4", "He [has won] in the end."),
        ("Der Mann kam nach [langem Streik] an.", "After long strike the man arrived.", "0? 4 5 0 1 2",
         "After [long strike] the man arrived."),
        # Articles and prepositions at the ends stay outside.
        ("Das [Ende] kam.", "The end of came.", "0 1 1 2", "The [end] of came."),
    ],
)  # fmt: skip
def test_words_that_render_it(source: str, translation: str, words: str, expected: str) -> None:
    assert carried(source, translation, words) == expected


@pytest.mark.parametrize(
    ("source", "translation", "words"),
    [
        ("Die [Regierung] kam.", "The cabinet came.", "0 1? 2"),  # unsure
        ("Er [rief] ihn [an] dort.", "He him telephoned there.", "0 2 1? 4"),
        ("Die [neue Regierung] kam.", "The new and old government came.", "0 1 4 4 2 3"),  # another word between
        ("Die [alte graue Ministerin] kam.", "The minister came.", "0 3 4"),  # two of three have no rendering
        ("Die Bundes[regierung] kam.", "The federal government came.", "0 1 1 2"),  # half a word
        (
            "Es stiegen die [Ölexporte] auf zwei.",
            "Oil exports rose to two.",
            "3 3 4 4 5",
        ),  # rose renders no preposition
        (
            "In der Stadt hat die [Flanke] Angst.",
            "In town eastern flank fears.",
            "0 2 1 5 6",
        ),  # not the article before it
        (
            "Der [Klimarat] warnt heute deutlich.",
            "The climate council warns today.",
            "0 1 2? 2 3",
        ),  # or is it deutlich?
    ],
)
def test_what_is_unsure_is_dropped(source: str, translation: str, words: str) -> None:
    assert carried(source, translation, words) == translation


def test_without_a_usable_alignment() -> None:
    sentence = segment("Die [Regierung] kam.")
    for alignment in (None, [], aligned("0 1"), aligned("0 1 2 3")):
        assert project(sentence, "The government came.", alignment) == ()


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("Die [Tagesschau] berichtet.", "The Tagesschau reports.", "The [Tagesschau] reports."),
        ("Er zahlt [500 €] dafür.", "He pays 500 € for it.", "He pays [500 €] for it."),
        ("Siehe [www.a.de/b] dort.", "See www.a.de/b there.", "See [www.a.de/b] there."),
        ("Die [EU] will das.", "The EU and the EU want it.", "The EU and the EU want it."),
        ("Die [EU] oder die EU.", "The EU.", "The EU."),
        ("In [Rom] war es.", "In Romania it was.", "In Romania it was."),
        ("Das [x] ist es.", "The x is it.", "The x is it."),
    ],
)
def test_what_is_the_same_in_both_languages_needs_no_alignment(source: str, translation: str, expected: str) -> None:
    assert marked(translation, project(segment(source), translation, None)) == expected


def test_a_false_friend_is_not_the_same() -> None:
    assert carried("Er kam [also] auch.", "So he also came.", "2 0 3 1") == "[So] he also came."
    assert carried("Er kam [also] auch.", "Then he also came.", "2? 0 3 1") == "Then he also came."


def test_a_name_stays_though_the_alignment_errs() -> None:
    assert carried("Die [Zeit] fragt.", "The Zeit asks.", "0 2 2") == "The [Zeit] asks."


@pytest.mark.parametrize("source", ["[Die Regierung kam.]", "[Die Regierung kam].", "„[Die Regierung kam.]“"])
def test_a_whole_sentence_needs_no_alignment(source: str) -> None:
    assert project(segment(source), "They came.", None) == (Span(0, 10, Format.BOLD),)


@pytest.mark.parametrize("translation", ["", " ", "\t\n", "\u00a0"])
@pytest.mark.parametrize("format", Format)
def test_a_blank_translation_has_no_formatting(translation: str, format: Format) -> None:
    spans = (Span(0, 2, format, "1"), Span(3, 3, format, "1"))
    assert project(Segment("0123456789", "Ja.", 1, spans), translation, None) == ()
    assert project(Segment("0123456789", "Ja.", 1, spans), translation, []) == ()


def note(source: str, translation: str, words: str | None) -> str:
    """The translation with the footnote mark as ^; it stands in the source likewise."""
    place = source.index("^")
    sentence = Segment("0123456789", source.replace("^", ""), 1, (Span(place, place, Format.NOTE, "1"),))
    found = project(sentence, translation, None if words is None else aligned(words))
    for span in found:
        assert (span.start, span.format, span.value) == (span.end, Format.NOTE, "1")
        translation = f"{translation[: span.start]}^{translation[span.start :]}"
    return translation


@pytest.mark.parametrize(
    ("source", "translation", "words", "expected"),
    [
        ("Er kam.^", "He came.", None, "He came.^"),  # at the end it stays at the end
        ("Er kam^.", "He came.", None, "He came.^"),
        ("Gestern^ kam er.", "He came yesterday then.", "2 1 0 0?", "He came yesterday^ then."),
        ("Die Bundesregierung^ kam.", "The federal government came.", "0 1 1 2", "The federal government^ came."),
        ("Ein Nashorn^ lebt.", "A rhino has lived.", "0 1 1 2", "A rhino^ has lived."),
        ("Der Klimarat^ warnt.", "The climate council warns.", "0 1 2? 2", "The climate council^ warns."),
        ("Gestern^ kam er.", "He came then.", "2 1 0?", "He came then."),  # unsure
        ("Gestern^ kam er.", "He came then.", None, "He came then."),
    ],
)
def test_footnote_marks(source: str, translation: str, words: str | None, expected: str) -> None:
    assert note(source, translation, words) == expected


def test_several_formats_are_carried_each_for_itself_and_in_order() -> None:
    spans = (Span(20, 25, Format.LINK, ADDRESS), Span(0, 7, Format.BOLD), Span(20, 25, Format.ITALIC))
    sentence = Segment("0123456789", "Gestern kam ein sehr alter Mann.", 1, spans)
    assert sentence.source[20:25] == " alte"
    whole = (Span(21, 26, Format.LINK, ADDRESS), Span(0, 7, Format.BOLD), Span(21, 26, Format.ITALIC))
    found = project(
        Segment("0123456789", sentence.source, 1, whole), "A very old man came yesterday.", aligned("2 3 4 5 1 0")
    )
    assert [(s.format, "A very old man came yesterday."[s.start : s.end], s.value) for s in found] == [
        (Format.ITALIC, "old", ""),
        (Format.LINK, "old", ADDRESS),
        (Format.BOLD, "yesterday", ""),
    ]
