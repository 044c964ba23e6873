"""Subtitles: cues to paragraphs, speakers, sounds, rolling captions, broken times."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from translator.documents import Kind
from translator.documents.subtitles import ENDLESS, read
from translator.errors import ExitCode, InputError

Cue = tuple[float, float, str]
Texts = Callable[..., list[str]]


def stamp(seconds: float, mark: str) -> str:
    return f"{time.strftime('%H:%M:%S', time.gmtime(int(seconds)))}{mark}{round(seconds % 1 * 1000):03}"


def srt(*cues: Cue) -> str:
    return "".join(
        f"{n}\n{stamp(start, ',')} --> {stamp(end, ',')}\n{text}\n\n"
        for n, (start, end, text) in enumerate(cues, start=1)
    )


def vtt(*cues: Cue, settings_: str = "") -> str:
    return "WEBVTT\n\n" + "".join(
        f"{stamp(start, '.')} --> {stamp(end, '.')}{settings_}\n{text}\n\n" for start, end, text in cues
    )


@pytest.fixture
def texts(write: Callable[..., Path]) -> Texts:
    def _texts(content: str | bytes, name: str = "a.srt") -> list[str]:
        document = read(write(name, content), name)
        assert {(p.kind, p.level) for p in document.paragraphs} == {(Kind.PARAGRAPH, 1)}
        assert (document.title, document.date, document.author) == (None, None, None)
        return [p.text for p in document.paragraphs]

    return _texts


@pytest.mark.parametrize("write_", [srt, vtt])
@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        ([(0, 2, "Guten Abend."), (2, 4, "Die Minister\nberaten")], ["Guten Abend. Die Minister beraten"]),
        ([(0, 2, "Guten Abend."), (3, 4, "Die Minister")], ["Guten Abend.", "Die Minister"]),
        ([(0, 2, "Guten Abend."), (2.9, 4, "Die Minister")], ["Guten Abend. Die Minister"]),
        ([(0, 2, "Sie sagte: „Gut.“"), (3.5, 4, "Dann ging sie.")], ["Sie sagte: „Gut.“", "Dann ging sie."]),
        ([(0, 2, "Um 17. Und dann"), (4.9, 6, "weiter.")], ["Um 17. Und dann weiter."]),
        ([(0, 2, "Guten Abend"), (5, 6, "aus Berlin")], ["Guten Abend", "aus Berlin"]),
        ([(0, 2, "- Kommen Sie?\n- Nein.")], ["Kommen Sie?", "Nein."]),
        ([(0, 2, "Sie fragte:\n–Kommen Sie?"), (2, 3, "Er nickte.")], ["Sie fragte:", "Kommen Sie? Er nickte."]),
        (
            [(0, 2, "Es war kalt,\n-20 Grad,\n– so hieß es –\nund dunkel.")],
            ["Es war kalt, -20 Grad, – so hieß es – und dunkel."],
        ),
        ([(0, 2, "[Musik]"), (2, 3, "Guten Abend.")], ["[Musik]", "Guten Abend."]),
        ([(0, 2, "Guten Abend,"), (2, 3, "[Applaus]\nmeine Damen.")], ["Guten Abend,", "[Applaus]", "meine Damen."]),
        ([(0, 2, "[Leise\nMusik]\nGuten Abend.")], ["[Leise Musik]", "Guten Abend."]),
        (
            [(0, 2, "Ja, [lacht] gut."), (2, 3, "[Merkel] Wir schaffen das.")],
            ["Ja, [lacht] gut. [Merkel] Wir schaffen das."],
        ),
        (
            [(0, 2, "♪ Über den Wolken\nmuss die Freiheit ♪"), (2, 3, "Danke.")],
            ["♪ Über den Wolken muss die Freiheit ♪", "Danke."],
        ),
        ([(0, 2, "* Spannende Musik *"), (2, 3, "Danke.")], ["* Spannende Musik *", "Danke."]),
        ([(0, 2, "<i>Aus dem <b>Off</b>.</i>\n<font color='red'>Rot.</font>")], ["Aus dem Off. Rot."]),
        ([(0, 2, "{\\an8}Oben &amp; unten&nbsp;ist 1 &lt; 2.")], ["Oben & unten ist 1 < 2."]),
        ([(4, 5, "zweitens."), (1, 4, "Erstens,")], ["Erstens, zweitens."]),
        ([(0, 2, "Wir wohnen seit"), (2, 3, "2024\nin Kiew.")], ["Wir wohnen seit 2024 in Kiew."]),
    ],
    ids=[
        "running",
        "pause after a sentence",
        "shorter pause",
        "quotation",
        "pause inside a sentence",
        "long pause",
        "two speakers",
        "dash without blank",
        "other dashes",
        "sound",
        "sound in a sentence",
        "sound over lines",
        "brackets inside",
        "song",
        "asterisks",
        "tags",
        "positions and entities",
        "order",
        "number in a line",
    ],
)
def test_cues_become_paragraphs(texts: Texts, write_: Callable[..., str], cues: list[Cue], expected: list[str]) -> None:
    assert texts(write_(*cues)) == expected


def test_speakers_of_voice_tags_are_named_when_they_change(texts: Texts) -> None:
    content = vtt(
        (0, 2, "<v Anna Petersen>Guten Abend."),
        (2, 3, "<v Anna Petersen>Die Minister\nberaten."),
        (3, 4, "<v.laut Jan>Wo?</v>"),
        (4, 5, "<v Anna Petersen>Hier.\n<v Jan>Ach."),
        (9, 10, "<v Jan>[seufzt]"),
        (10, 11, "<v Jan>Schade."),
        (15, 16, "Ende."),
    )
    assert texts(content) == [
        "Anna Petersen: Guten Abend. Die Minister beraten.",
        "Jan: Wo?",
        "Anna Petersen: Hier.",
        "Jan: Ach.",
        "[seufzt]",
        "Jan: Schade.",
        "Ende.",
    ]


def test_rolling_captions_are_read_once(texts: Texts) -> None:
    content = vtt(
        (0, 2, " \nguten<00:00:00.500><c> abend</c>"),
        (2, 2.01, "guten abend\n "),
        (2.01, 4, "guten abend\nmeine<00:00:02.500><c> damen und</c>"),
        (4, 4.01, "meine damen und\n "),
        (4.01, 6, "meine damen und\nherren<00:00:04.500><c> heute</c>"),
        settings_=" align:start position:0%",
    )
    assert texts(content, "a.vtt") == ["guten abend meine damen und herren heute"]


def test_what_is_said_twice_stays(texts: Texts) -> None:
    assert texts(srt((0, 1, "Nein."), (1.5, 2, "Nein."), (2, 3, "Nein. Nie."))) == ["Nein. Nein. Nein. Nie."]


def test_text_without_sentences_is_divided(texts: Texts) -> None:
    found = texts(srt(*((n, n + 1, f"und dann kam der {n}. Minister an") for n in range(50))))
    assert len(found) == 1
    found = texts(srt(*((n, n + 1, f"und dann kam Minister {n} an") for n in range(50))))
    assert len(found) == 3 and all(len(text) < ENDLESS + 50 for text in found)
    assert " ".join(found) == " ".join(f"und dann kam Minister {n} an" for n in range(50))


def test_everything_but_cues_is_left_out(texts: Texts) -> None:
    head = "WEBVTT - Tagesschau\nKind: captions\nLanguage: de\n\nNOTE nicht zeigen\n\nSTYLE\n::cue { color: red }\n\n"
    cues = (
        "REGION\nid:a\n\nKennung\n00:01.000 --> 00:02.000 line:0 align:start\nGuten Abend.\n\nNOTE\nmehrere\nZeilen\n"
    )
    assert texts(head + cues, "a.vtt") == ["Guten Abend."]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "00:00:01,000 --> 00:00:02,000\nGuten Abend.\n\n00:00:02,000 --> 00:00:03,000\nDanke.\n",
            ["Guten Abend. Danke."],
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nGuten Abend.\n2\n00:00:02,000 --> 00:00:03,000\nDanke.",
            ["Guten Abend. Danke."],
        ),
        ("1\n00:00:01,000 --> 00:00:02,000\nGuten\n00:00:02,000 --> 00:00:03,000\nAbend.", ["Guten Abend."]),
        ("\n\n 1 \n00:01,000-->00:02.5\nGuten Abend.", ["Guten Abend."]),
        ("1\n0:0:1,0 --> 0:0:2,0 X1:10 X2:20\nGuten Abend.", ["Guten Abend."]),
        ("1\n00:00:01,000 --> 00:00:02,000\nGuten\n\nAbend.\n\n2\n00:00:02,000 --> 00:00:03,000\n\n", ["Guten Abend."]),
        ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nGuten Abend.", ["Guten Abend."]),
        ("1\n00:00:01,000 --> 00:00:02,000\nVon A --> B.", ["Von A --> B."]),
        ("1\r\n00:00:01,000 --> 00:00:02,000\r\nGuten Abend.\r\n", ["Guten Abend."]),
    ],
    ids=[
        "no numbers",
        "no empty lines",
        "neither",
        "blanks and short times",
        "coordinates",
        "empty line inside",
        "WebVTT with commas",
        "arrow in the text",
        "Windows",
    ],
)
def test_sloppy_files_are_read_whole(texts: Texts, content: str, expected: list[str]) -> None:
    assert texts(content) == expected


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (srt((0, 1, "Müller grüßt.")).encode(), "utf-8"),
        (srt((0, 1, "Müller grüßt.")).encode("cp1252"), "cp1252"),
        (vtt((0, 1, "Müller grüßt.")).encode("utf-16"), "utf-16"),
        (b"\xef\xbb\xbf" + vtt((0, 1, "Müller grüßt.")).encode(), "utf-8-sig"),
    ],
    ids=["utf-8", "cp1252", "utf-16", "BOM"],
)
@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
def test_encoding_is_detected_and_the_content_decides_the_format(
    write: Callable[..., Path], name: str, data: bytes, encoding: str
) -> None:
    document = read(write(name, data), name)
    assert (document.text, document.encoding) == ("Müller grüßt.", encoding)


# --- files that are none ---------------------------------------------------------------------------------------------


def refused(path: Path) -> str:
    """The message without the path."""
    with pytest.raises(InputError) as caught:
        read(path, path.name)
    assert caught.value.exit_code is ExitCode.input
    message = str(caught.value)
    assert message.startswith(f"{path}: ") and "\n" not in message
    return message.removeprefix(f"{path}: ")


TIMES = "should give times, such as 00:01:05,200 --> 00:01:07,000"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty"),
        (b"\x00\x01\x02\xff" * 50, "this is no text file"),
        ("Die Minister beraten.", "damaged, or no subtitle file although it is named like one (Invalid format)"),
        ("WEBVTT", "no text in it"),
        (srt((0, 1, "<i></i>"), (1, 2, "{\\an8}")), "no text in it"),
        ("1\n00:00:01,000 -> 00:00:02,000\nA.", f"line 2 {TIMES}: 00:00:01,000 -> 00:00:02,000"),
        (srt((0, 1, "A.")) + "2\n00:00:0x,000 --> 00:00:02,000\nB.", f"line 6 {TIMES}: 00:00:0x,000 --> 00:00:02,000"),
        (srt((0, 1, "A.")) + "2\n00:00:01,000 -->\nB.", f"line 6 {TIMES}: 00:00:01,000 -->"),
        ("WEBVTT\n\n00:01.000 --> bald 2\nA.", f"line 3 {TIMES}"),
        ("WEBVTT\n\n00:61:01.000 --> 00:61:02.000\nA.", f"line 3 {TIMES}: 00:61:01.000 --> 00:61:02.000"),
    ],
    ids=["empty", "binary", "text", "head only", "no words", "short arrow", "letter", "no end", "word", "minutes"],
)
def test_what_is_no_subtitle_file_is_refused(write: Callable[..., Path], content: str | bytes, message: str) -> None:
    assert refused(write("a.srt", content)).startswith(message)


@pytest.mark.parametrize("line", ["00:00:01,000 -->Ein geheimer Satz.", "00:01 --> Ja"])
def test_a_line_with_words_is_not_quoted(write: Callable[..., Path], line: str) -> None:
    assert refused(write("a.srt", f"1\n{line}\nA.")) == f"line 2 {TIMES}"


def test_unreadable_path_is_refused_with_the_reason(tmp_path: Path) -> None:
    assert refused(tmp_path / "fehlt.srt") == "cannot be read (No such file or directory)"


@pytest.mark.parametrize(
    "line",
    ["9" * 10**5, "!" * 10**5 + "a", "<v " * 10**5, "{\\" * 10**5, "[\n" * 10**5, "a\n" * 10**5, "- A\n" * 10**5],
)
def test_hostile_lines_take_no_time(texts: Texts, line: str) -> None:
    begun = time.monotonic()
    texts(srt((0, 1, line)))
    assert time.monotonic() - begun < 5


TOKENS = [
    "WEBVTT\n",
    "\n",
    "\n\n",
    "1\n",
    "00:00:01,000",
    "00:01.000",
    " --> ",
    "<v A>",
    "<i>",
    "- ",
    "[",
    "]",
    "♪",
    "Wort. ",
    "wort ",
    "&#2;",
    "NOTE ",
]


@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.lists(st.sampled_from(TOKENS), max_size=40).map(lambda tokens: "".join(tokens).encode()),
        st.lists(st.sampled_from(TOKENS), max_size=20).map(
            lambda tokens: srt((0, 1, "".join(tokens)), (1, 2, "Ja.")).encode()
        ),
    )
)
@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_arbitrary_bytes_give_a_document_or_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "beliebig.srt"
    path.write_bytes(data)
    try:
        document = read(path, "beliebig.srt")
    except InputError as error:
        assert str(error).startswith(f"{path}: ") and "\n" not in str(error)
    else:
        assert document.paragraphs and all(p.text for p in document.paragraphs)
