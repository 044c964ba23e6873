"""PDF files: four samples set by LibreOffice 7.4 from texts written for these tests, and pages drawn here line by line.

The samples hold a one-column article, a newspaper page with two columns below a headline, a report of three pages with
running heads, and a narrow column with many divided words.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from translator import limits
from translator.documents import Document, Kind
from translator.documents.pdf import read
from translator.documents.pdf_layout import joined
from translator.errors import ExitCode, InputError

DATA = Path(__file__).parent / "data" / "pdf"
T, H, P, L = Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM
Shape = list[tuple[Kind, int, str]]
Draw = Callable[..., Document]


def shape(document: Document) -> Shape:
    return [(p.kind, p.level, p.text) for p in document.paragraphs]


def text(x: float, y: float, words: str, size: float = 11, font: str = "R") -> str:
    """Operators that put words on a page; font R, B or S: regular, bold, or with a map to Unicode."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def lines(x: float, y: float, words: str, size: float = 11, font: str = "R", leading: float = 13) -> str:
    """The lines of a text, one below the other."""
    return "".join(text(x, y - n * leading, line, size, font) for n, line in enumerate(words.split("\n")))


def packed(objects: dict[int, bytes], trailer: str = "") -> bytes:
    """A PDF file of numbered objects, of which the first is the root."""
    data, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    data += b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places.items())
    size = max(objects) + 1
    return data + f"trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica%s /Encoding /WinAnsiEncoding >>"
FONTS = f"/Font << /R {FONT % ''} /B {FONT % '-Bold'} >>"


def built(*pages: str, info: str = "", entries: str = "", more: dict[int, bytes] | None = None) -> bytes:
    """A PDF file with pages of the given operators; objects from 100 on may be added."""
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 3: f"<< {info} >>".encode("cp1252")}
    kids = []
    for n, content in enumerate(pages):
        objects[10 + 2 * n] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {11 + 2 * n} 0 R {entries} "
            f"/Resources << {FONTS} /XObject << /X 100 0 R /Y 101 0 R >> >> >>"
        ).encode()
        objects[11 + 2 * n] = stream(content.encode("cp1252", "replace"))
        kids.append(f"{10 + 2 * n} 0 R")
    objects[2] = f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(kids)}] >>".encode()
    return packed({**objects, **(more or {})}, "/Info 3 0 R")


@pytest.fixture
def drawn(write: Callable[..., Path]) -> Draw:
    def _drawn(*pages: str, **options: object) -> Document:
        return read(write("seite.pdf", built(*pages, **options)), "seite.pdf")

    return _drawn


# --- samples ---------------------------------------------------------------------------------------------------------

SAMPLES: dict[str, Shape] = {
    "artikel": [
        (T, 1, "Kallas fordert robuste Garantien für Kiew"),
        (P, 1, "Von Anna Petersen, Kopenhagen"),
        (
            P,
            1,
            "Die EU-Außenbeauftragte hat nach dem Treffen der Außen- und Verteidigungsminister in Kopenhagen verlässliche Zusagen für die Ukraine verlangt. Ein Waffenstillstand allein genüge nicht, sagte sie am Samstag. Beschlüsse gab es nicht.",
        ),
        (
            P,
            1,
            "Mehrere Länder sprachen sich für eine Mission unter dem Dach der Vereinten Nationen aus. „Wir reden über eine Frontlinie von mehr als 1.000 Kilometern“, sagte ein ranghoher Beamter der Kommission. Das lasse sich nicht allein mit Drohnen und Satelliten bewältigen, dafür brauche es Soldaten am Boden.",
        ),
        (H, 2, "Bundestag muss entscheiden"),
        (
            P,
            1,
            "Aus dem Ministerium in Berlin hieß es, die Bundeswehr prüfe derzeit verschiedene Formen der Unterstützung. Infrage kämen z. B. die Ausbildung von Soldaten und die Räumung von Minen. Zahlen nannte das Ministerium nicht.",
        ),
        (P, 1, "Ein weiteres Treffen ist für den 3. Oktober geplant."),
        (H, 2, "Was Moskau sagt"),
        (
            P,
            1,
            "Der Kreml wies die Überlegungen zurück. Ein Sprecher sagte, ausländische Truppen seien ein legitimes Ziel.",
        ),
    ],
    "zeitung": [
        (T, 1, "Hafen investiert eine Milliarde Euro und streicht Arbeitsplätze am Containerterminal"),
        (
            P,
            1,
            "Die Hafengesellschaft hat am Donnerstag Investitionen von 1,2 Milliarden Euro angekündigt. Bis 2032 soll das Containerterminal im Süden der Stadt weitgehend automatisiert werden, wie der Vorsitzende der Hafengesellschaft mitteilte.",
        ),
        (
            P,
            1,
            "Die Gewerkschaft reagierte mit Sorge. Mehr als 900 Beschäftigten drohe der Verlust ihrer Arbeitsplätze, sagte eine Sprecherin. „Wer Unternehmen Geld gibt, muss auch an die Mitarbeiter denken.“ Die Verhandlungen beginnen im Mai.",
        ),
        (
            P,
            1,
            "Der Senat stellt 480 Millionen Euro bereit. Die Bürgerschaft muss noch zustimmen, die Mehrheit gilt als sicher.",
        ),
        (H, 2, "Konkurrenz aus Rotterdam"),
        (
            P,
            1,
            "Der Umschlag war im vergangenen Jahr um 3,4 Prozent gesunken. Reedereien weichen nach Rotterdam und Antwerpen aus, wo die Kosten niedriger sind. Auch die Hinterlandanbindung gilt als Schwachpunkt, seit die Brücke über den Fluss für schwere Lastwagen gesperrt ist.",
        ),
        (
            P,
            1,
            "Die Senatorin für Wirtschaft verteidigte die Pläne. Ohne Investitionen verliere der Hafen weiter Ladung, sagte sie. Die Elbvertiefung habe gezeigt, wie lange solche Vorhaben dauern. Die Verkehrsbehörde prüft derzeit, ob ein Teil der Ladung auf die Schiene verlagert werden kann.",
        ),
        (
            P,
            1,
            "Umweltverbände kündigten Klage an. Sie halten die Prognosen für überholt und fordern, dass sich die drei Häfen an der Küste die Ladung teilen.",
        ),
    ],
    "bericht": [
        (T, 1, "Zwischenbericht zur Energiewende vor Ort"),
        (H, 2, "Vorbemerkung"),
        (
            P,
            1,
            "Dieser Bericht fasst die Gespräche zusammen, die zwischen März und Juni in vier Städten geführt wurden. Befragt wurden 48 Fachleute aus Verwaltung, Wissenschaft und Verbänden.",
        ),
        (
            P,
            1,
            "Die Aussagen sind nicht repräsentativ. Sie zeigen aber, an welchen Stellen der Umbau der Energieversorgung ins Stocken gerät und welche Lösungen vor Ort gefunden wurden. Wo Zahlen genannt werden, stammen sie aus den Haushaltsplänen der Städte.",
        ),
        (H, 2, "Netze"),
        (
            P,
            1,
            "Fast alle Befragten nannten die Stromnetze als größtes Hindernis. Anschlüsse für neue Anlagen dauern im Schnitt 14 Monate, in ländlichen Gebieten oft länger. Die Betreiber verweisen auf fehlendes Personal und auf lange Lieferzeiten für Transformatoren.",
        ),
        (
            P,
            1,
            "In zwei Städten haben die Stadtwerke deshalb begonnen, kleinere Anlagen ohne vorherige Prüfung anzuschließen. Bislang kam es nach ihren Angaben zu keinen Ausfällen. Die Aufsicht duldet das Verfahren, hat es aber nicht genehmigt.",
        ),
        (
            P,
            1,
            "Der Ausbau der Speicher kommt schneller voran als erwartet. Im vergangenen Jahr wurden 34 Prozent mehr Batterien angemeldet als im Jahr davor.",
        ),
        (H, 2, "Wärme"),
        (
            P,
            1,
            "Die kommunale Wärmeplanung liegt in drei der vier Städte vor. Umstritten ist, wer die Kosten trägt. Mietervereine fordern eine Obergrenze, die Wohnungswirtschaft lehnt sie ab.",
        ),
        (
            P,
            1,
            "Fernwärme gilt vielen als bequemste Lösung. Der Anschluss eines Hauses kostet im Mittel 18.000 Euro, von denen der Bund einen Teil erstattet. Wer sich später entscheidet, zahlt mehr.",
        ),
        (H, 2, "Ausblick"),
        (
            P,
            1,
            "Die Befragten erwarten, dass sich das Tempo in den kommenden Jahren erhöht. Voraussetzung sei, dass der Bund seine Zusagen einhält und die Förderung nicht von Haushalt zu Haushalt neu verhandelt wird.",
        ),
        (P, 1, "Ein zweiter Bericht soll im Herbst erscheinen."),
    ],
    "trennung": [
        (
            P,
            1,
            "Die EU-Außenbeauftragte und die Außen- und Verteidigungsminister der Mitgliedstaaten haben über Sicherheitsgarantien und die Überwachung eines Waffenstillstandes beraten. Beobachter der Vereinten Nationen halten neue Waffenstillstandsverhandlungen noch in diesem Jahr für möglich. Die Gespräche der EU-Außenbeauftragten gehen weiter.",
        ),
        (P, 1, "Ein Waffenstillstand ohne Überwachung sei nichts wert, hieß es aus dem Kreis der Mitgliedstaaten."),
    ],
}


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_read_as_they_were_written(name: str) -> None:
    document = read(DATA / f"{name}.pdf", f"{name}.pdf")
    assert shape(document) == SAMPLES[name]
    assert (document.date, document.author, document.encoding) == (None, None, "pdf")


# --- columns ---------------------------------------------------------------------------------------------------------

LEFT = (
    "Die Minister beraten am Don-\nnerstag in Kopenhagen über\ndie Lage. Beschlüsse gab es\nbisher nicht. Die Gespräche"
)
MIDDLE = "gehen weiter. Ein Sprecher\nsagte, man sei zuversichtlich,\nobwohl die Zeit knapp werde\nund viele Fragen offen seien."
RIGHT = (
    "Der Kreml wies alles zurück\nund sprach von Drohungen. In\nKiew hieß es, das überrasche\nniemanden mehr im Land."
)
LEFT_READ = "Die Minister beraten am Donnerstag in Kopenhagen über die Lage. Beschlüsse gab es bisher nicht."
MIDDLE_READ = "Ein Sprecher sagte, man sei zuversichtlich, obwohl die Zeit knapp werde und viele Fragen offen seien."
RIGHT_READ = (
    "Der Kreml wies alles zurück und sprach von Drohungen. In Kiew hieß es, das überrasche niemanden mehr im Land."
)


def interleaved(*columns: tuple[float, float, str]) -> str:
    """Columns drawn line by line across the page, as some programs do."""
    rows = zip(*(words.split("\n") for _, _, words in columns), strict=True)
    return "".join(
        text(x, y - 13 * n, line) for n, row in enumerate(rows) for (x, y, _), line in zip(columns, row, strict=True)
    )


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            lines(50, 700, LEFT) + lines(210, 700, MIDDLE) + lines(370, 700, RIGHT),
            [(P, 1, f"{LEFT_READ} Die Gespräche gehen weiter. {MIDDLE_READ}"), (P, 1, RIGHT_READ)],
        ),
        (
            interleaved((50, 700, LEFT), (210, 700, MIDDLE), (370, 700, RIGHT)),
            [(P, 1, f"{LEFT_READ} Die Gespräche gehen weiter. {MIDDLE_READ}"), (P, 1, RIGHT_READ)],
        ),
        (
            lines(50, 700, LEFT) + lines(210, 693.5, MIDDLE),
            [(P, 1, f"{LEFT_READ} Die Gespräche gehen weiter. {MIDDLE_READ}")],
        ),
        (
            lines(50, 700, LEFT) + lines(210, 700, MIDDLE) + text(60, 730, "Treffen in der Hauptstadt", 22, "B"),
            [(T, 1, "Treffen in der Hauptstadt"), (P, 1, f"{LEFT_READ} Die Gespräche gehen weiter. {MIDDLE_READ}")],
        ),
        (
            interleaved((50, 700, LEFT), (210, 700, MIDDLE))
            + text(50, 630, "Ein zweites Thema über beide Spalten", 16, "B")
            + interleaved((50, 600, RIGHT), (210, 600, MIDDLE)),
            [
                (T, 1, "Ein zweites Thema über beide Spalten"),
                (P, 1, f"{LEFT_READ} Die Gespräche gehen weiter. {MIDDLE_READ}"),
                (P, 1, RIGHT_READ),
                (P, 1, f"gehen weiter. {MIDDLE_READ}"),
            ],
        ),
        (
            "".join(text(50, 700 - 13 * n, "•") + text(80, 700 - 13 * n, f"Punkt {n} der Liste.") for n in range(4)),
            [(L, 1, f"Punkt {n} der Liste.") for n in range(4)],
        ),
    ],
    ids=["three", "drawn across", "shifted by half a line", "headline across", "two pairs", "bullets are no column"],
)
def test_columns_are_read_one_after_the_other(drawn: Draw, page: str, expected: Shape) -> None:
    assert shape(drawn(page)) == expected


# --- lines and paragraphs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Waffen-\nstillstand", "Waffenstillstand"),
        ("Waffen\u00ad\nstillstand", "Waffenstillstand"),
        ("Waffen\u2010\nstillstand", "Waffenstillstand"),
        ("Waffen ‐\nstillstand", "Waffenstillstand"),
        ("Waf-\nfenstill-\nstand", "Waffenstillstand"),
        ("EU-\nAußenbeauftragte", "EU-Außenbeauftragte"),
        ("EU-\nweit", "EU-weit"),
        ("die 20-\njährige Frau", "die 20-jährige Frau"),
        ("2024-\n2025", "2024-2025"),
        ("E-\nMail", "E-Mail"),
        ("Nord-Süd-\nGefälle", "Nord-Süd-Gefälle"),
        ("die Außen- und Verteidigungsminister", "die Außen- und Verteidigungsminister"),
        ("die Außen-\nund Verteidigungsminister", "die Außen- und Verteidigungsminister"),
        ("Haupt-\noder Nebenamt", "Haupt- oder Nebenamt"),
        ("Ver-\nunden", "Verunden"),
        ("WAFFEN-\nSTILLSTAND IN SICHT", "WAFFENSTILLSTAND IN SICHT"),
        ("EU-\nUSA-Gipfel", "EU-USA-Gipfel"),
        ("Bündnis 90/\nDie Grünen", "Bündnis 90/Die Grünen"),
        ("Er kam –\nund ging", "Er kam – und ging"),
        ("Ein Satz.\nNoch  einer.", "Ein Satz. Noch einer."),
        ("nur eine Zeile", "nur eine Zeile"),
        ("Sport-\n„Schau“", "Sport- „Schau“"),
    ],
)
def test_hyphens_at_line_ends(written: str, expected: str) -> None:
    assert joined(written.split("\n")) == expected


TAIL = "Am Abend gingen die Minister auseinander, ohne dass etwas\nbeschlossen worden wäre."
TAIL_READ = "Am Abend gingen die Minister auseinander, ohne dass etwas beschlossen worden wäre."
BODY = "Die Minister beraten seit dem frühen Morgen hinter Türen.\nSie hoffen auf ein Ergebnis, aber erwarten können sie es\nkaum noch."
BODY_READ = BODY.replace("\n", " ")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (lines(50, 700, BODY) + lines(50, 655, TAIL), [(P, 1, BODY_READ), (P, 1, TAIL_READ)]),
        (lines(50, 700, f"{BODY}\n{TAIL}"), [(P, 1, BODY_READ), (P, 1, TAIL_READ)]),
        (
            lines(50, 700, BODY.rsplit("\n", 1)[0]) + text(62, 674, "Eingerückt beginnt ein neuer Absatz."),
            [(P, 1, BODY_READ.removesuffix(" kaum noch.")), (P, 1, "Eingerückt beginnt ein neuer Absatz.")],
        ),
        (
            lines(50, 700, BODY) + lines(50, 661, "1. Erstens gilt das für alle, die bis dahin einen\n")
            + text(64, 648, "Antrag stellen.") + text(50, 635, "2. Zweitens nicht."),
            [(P, 1, BODY_READ), (P, 1, "1. Erstens gilt das für alle, die bis dahin einen Antrag stellen."), (P, 1, "2. Zweitens nicht.")],
        ),
        (
            text(50, 700, "Die ") + text(70, 700, "Minister", font="B") + text(116, 700, " beraten."),
            [(P, 1, "Die Minister beraten.")],
        ),
        (
            text(50, 700, "Die Minister") + text(114, 704, "3", 6) + text(118, 700, " messen 20 m")
            + text(186, 704, "2", 6) + text(190, 700, " aus."),
            [(P, 1, "Die Minister messen 20 m² aus.")],
        ),
        (
            text(50, 674, "D", 40) + text(82, 700, "ie Minister beraten seit heute") + text(82, 687, "früh hinter Türen und hoffen")
            + text(82, 674, "auf ein Ergebnis, das sie kaum") + text(50, 661, "noch erwarten können, sagen sie."),
            [(P, 1, "Die Minister beraten seit heute früh hinter Türen und hoffen auf ein Ergebnis, das sie kaum noch erwarten können, sagen sie.")],
        ),
        ("q 0 1 -1 0 300 300 cm " + text(0, 0, "Foto: Agentur", 6) + "Q " + lines(50, 700, BODY), [(P, 1, BODY_READ)]),
        (lines(50, 700, BODY) + "/Y Do ", [(P, 1, BODY_READ), (P, 1, "Aus dem Formular.")]),
    ],
    ids=[
        "gap",
        "short last line",
        "indent",
        "hanging numbers",
        "bold word",
        "raised numbers",
        "drop cap",
        "text up the margin",
        "form",
    ],
)  # fmt: skip
def test_lines_become_paragraphs(drawn: Draw, page: str, expected: Shape) -> None:
    form = stream(text(50, 500, "Aus dem Formular.").encode(), f"/Subtype /Form /Resources << {FONTS} >>")
    assert shape(drawn(page, more={101: form})) == expected


def test_ligatures_are_letters(drawn: Draw) -> None:
    cmap = b"begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <7e> <FB01> endbfchar"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 100 0 R >>"
    form = stream(
        b"BT /S 11 Tf 50 700 Td (Of~ziell best\\344tigt.) Tj ET",
        f"/Subtype /Form /Resources << /Font << /S {font} >> >>",
    )
    assert shape(drawn("/Y Do", more={100: stream(cmap), 101: form})) == [(P, 1, "Offiziell bestätigt.")]


MAP = stream(b"begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <00ff> <0000> endbfrange")
SIMPLE = "/Type /Font /Subtype /TrueType /BaseFont /Schmal /Encoding /WinAnsiEncoding /FirstChar 0"
COMPOSITE = "/Type /Font /Subtype /Type0 /BaseFont /Schmal /Encoding /Identity-H /ToUnicode 100 0 R"


@pytest.mark.parametrize(
    ("font", "number"),
    [
        (f"{SIMPLE} /Widths [{'500 ' * 256}]", 2),
        (f"{COMPOSITE} /DescendantFonts [<< /DW 500 >>]", 2),
        (f"{COMPOSITE} /DescendantFonts [<< /DW 0 /W [0 [{'500 ' * 200}] 200 255 500] >>]", 2),
        (f"{COMPOSITE} /DescendantFonts []", 1),
        (f"{SIMPLE}", 1),
    ],
    ids=["one byte", "default", "two bytes", "without descendant", "estimated"],
)
def test_widths_of_the_font_tell_where_lines_end(drawn: Draw, font: str, number: int) -> None:
    """By the widths the first line is a third of the second; W and i as they mostly look are of one length here."""
    words = ["WWWWWWWW.", "ii iiiiiiiiiiiiiiiiiiiiiii"]
    wide = "Type0" in font
    codes = [(word.encode("utf-16-be") if wide else word.encode()).hex() for word in words]
    shown = "".join(f"BT /S 11 Tf 1 0 0 1 50 {700 - 13 * n} Tm <{code}> Tj ET " for n, code in enumerate(codes))
    form = stream(shown.encode(), f"/Subtype /Form /Resources << /Font << /S << {font} >> >> >>")
    texts = [p.text for p in drawn("/Y Do", more={100: MAP, 101: form}).paragraphs]
    assert texts == (words if number == 2 else [" ".join(words)])


def test_spacing_of_letters_and_words_counts(drawn: Draw) -> None:
    """A line driven apart is full, one that is not leaves room for the next word."""
    first, rest = "Das war es für heute.", "Am Abend tagten die Minister hinter den Türen."
    for spacing in ("6 Tc", "30 Tw"):
        driven = f"{spacing} {text(50, 700, first)} 0 Tc 0 Tw {text(50, 687, rest)}"
        assert shape(drawn(driven)) == [(P, 1, f"{first} {rest}")]
    assert len(drawn(text(50, 700, first) + text(50, 687, rest)).paragraphs) == 2


def test_paragraph_goes_on_over_the_page_and_past_a_footnote(drawn: Draw) -> None:
    first = lines(50, 700, BODY.rsplit("\n", 1)[0]) + text(50, 100, "1", 5) + text(56, 97, "Eine Fußnote.", 8)
    assert shape(drawn(first, text(50, 700, "kaum noch.") + lines(50, 670, TAIL))) == [
        (P, 1, BODY_READ),
        (P, 1, "1 Eine Fußnote."),
        (P, 1, TAIL_READ),
    ]


@pytest.mark.parametrize(
    ("next_page", "number"),
    [(text(62, 700, "Eingerückt ist er neu.") + text(50, 687, "Das sieht man."), 2), (lines(50, 700, TAIL), 1)],
)
def test_after_a_full_stop_at_the_end_of_a_full_line_an_indent_tells(drawn: Draw, next_page: str, number: int) -> None:
    def indented(y: float) -> str:
        return text(62, y, "Ein Absatz mit Einzug, wie er in Zeitungen üblich") + text(
            50, y - 13, "ist, hat zwei Zeilen."
        )

    page = indented(700) + indented(674) + text(50, 648, "Die Minister beraten seit dem frühen Morgen hinter Türen.")
    texts = [p.text for p in drawn(page, next_page).paragraphs]
    assert len(texts) == 2 + number, texts


# --- headings and titles ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "size", "font", "expected"),
    [
        ("Streit um den Haushalt", 14, "R", (H, 2)),
        ("Streit um den Haushalt?", 14, "R", (H, 2)),
        ("Streit um den Haushalt:", 14, "R", (P, 1)),
        ("Streit um den Haushalt", 11, "B", (H, 2)),
        ("Streit um den Haushalt?", 11, "B", (P, 1)),
        ("Der Streit dauert an.", 11, "B", (P, 1)),
        ("Streit um den Haushalt", 11, "R", (P, 1)),
        ("Streit um den Haushalt", 12, "R", (P, 1)),
        ("17.30", 14, "B", (P, 1)),
    ],
)
def test_headings_are_larger_or_bold_and_end_openly(
    drawn: Draw, line: str, size: float, font: str, expected: tuple[Kind, int]
) -> None:
    page = (
        text(50, 750, "Der Titel", 20) + lines(50, 720, BODY) + text(50, 670, line, size, font) + lines(50, 650, TAIL)
    )
    assert shape(drawn(page)) == [(T, 1, "Der Titel"), (P, 1, BODY_READ), (*expected, line), (P, 1, TAIL_READ)]


def test_levels_follow_the_sizes(drawn: Draw) -> None:
    page = text(50, 780, "Ressort", 9) + text(50, 750, "Der Titel der", 24) + text(50, 722, "Geschichte", 24)
    page += text(50, 700, "Oben", 16) + lines(50, 680, BODY) + text(50, 630, "Unten", 11, "B") + lines(50, 615, TAIL)
    assert shape(drawn(page)) == [
        (T, 1, "Der Titel der Geschichte"),
        (P, 1, "Ressort"),
        (H, 2, "Oben"),
        (P, 1, BODY_READ),
        (H, 3, "Unten"),
        (P, 1, TAIL_READ),
    ]


def test_a_text_bold_throughout_has_no_bold_headings(drawn: Draw) -> None:
    page = text(50, 740, "Ein Wort") + lines(50, 700, BODY, font="B") + text(50, 640, "Streit um Geld", font="B")
    assert [p.kind for p in drawn(page).paragraphs] == [P, P, P]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Treffen in Kopenhagen", "Treffen in Kopenhagen"),
        ("Microsoft Word - treffen in kopenhagen.docx", None),
        ("treffen kopenhagen.indd", None),
        ("Treffen_in Kopenhagen", None),
        ("Unbenannt 1", None),
        ("Treffen", None),
        ("DIE MINISTER TREFFEN SICH", "DIE MINISTER TREFFEN SICH"),
        ("", None),
    ],
)
def test_metadata_give_the_title_when_they_look_like_one(drawn: Draw, stated: str, expected: str | None) -> None:
    page = text(50, 730, "Die Minister treffen sich") + lines(50, 700, BODY)
    document = drawn(page, info=f"/Title ({stated}) /CreationDate (D:20250101120000)")
    assert (document.title, document.date) == (expected, None)
    rest = [] if expected == "DIE MINISTER TREFFEN SICH" else ["Die Minister treffen sich"]
    assert [p.text for p in document.paragraphs if p.kind is P] == [*rest, BODY_READ]


def test_a_large_heading_goes_before_the_metadata_and_a_bold_one_behind(drawn: Draw) -> None:
    large = text(50, 730, "Groß steht es da", 20) + lines(50, 700, BODY)
    bold = text(50, 730, "Fett steht es da", 11, "B") + lines(50, 700, BODY)
    stated = "/Title (So steht es in den Metadaten)"
    assert drawn(large, info=stated).title == "Groß steht es da"
    assert drawn(bold, info=stated).title == "So steht es in den Metadaten"
    assert drawn(bold).title == "Fett steht es da"


@pytest.mark.parametrize(
    ("author", "expected"),
    [("Anna Petersen", "Anna Petersen"), ("Ursula von der Leyen", "Ursula von der Leyen"), ("apetersen", None), ("Redaktion1 X", "Redaktion1 X"), ("PC-12\\\\anna", None)],
)  # fmt: skip
def test_metadata_give_the_author_when_it_is_a_name(drawn: Draw, author: str, expected: str | None) -> None:
    assert drawn(lines(50, 700, BODY), info=f"/Author ({author})").author == expected


def test_article_shape_of_the_first_line(drawn: Draw) -> None:
    document = drawn(text(50, 730, "date 2025-08-25 Treffen in Kopenhagen") + lines(50, 700, BODY))
    assert (document.date, shape(document)) == ("2025-08-25", [(T, 1, "Treffen in Kopenhagen"), (P, 1, BODY_READ)])


# --- running heads ---------------------------------------------------------------------------------------------------


def filler(n: int) -> str:
    return lines(50, 700, f"Text der Seite {'eins zwei drei vier fünf'.split()[n]} steht hier oben.\n{BODY}\n{TAIL}")


@pytest.mark.parametrize(
    "edge",
    [
        lambda n: text(50, 800, "Forum Stadtwerke"),
        lambda n: text(50, 800, "Forum Stadtwerke") + text(450, 800, f"Ausgabe {n}"),
        lambda n: text(50, 800, "Forum Stadtwerke" if n % 2 else "Zwischenbericht 2025"),
        lambda n: text(50, 800, "Forum Stadtwerke", 8) + text(50, 788, "Zwischenbericht", 8),
        lambda n: text(280, 40, str(n + 1)),
        lambda n: text(280, 40, f"- {n + 1} -"),
        lambda n: text(280, 40, f"Seite {n + 1} von 5"),
        lambda n: text(280, 40, f"{n + 1}/5"),
        lambda n: text(50, 800, ["Anfang", "Mitte", "Weiter", "Noch", "Schluss"][n], 8),
        lambda n: text(20, 820, "25.11.26, 07:39", 8) + text(200, 820, "Forum | Stadt", 8)
        + text(20, 20, "https://forum.example/a", 8) + text(560, 20, f"{n + 1}/5", 8),
        lambda n: text(280, 40, str(n + 1)) if n else "",
    ],
    ids=["text", "text and number", "left and right", "two lines", "number", "dashes", "Seite", "slash", "place", "browser", "but the first"],
)  # fmt: skip
def test_running_heads_are_left_out(drawn: Draw, edge: Callable[[int], str]) -> None:
    texts = [p.text for p in drawn(*(edge(n) + filler(n) for n in range(5))).paragraphs]
    assert texts[::3] == [f"Text der Seite {word} steht hier oben." for word in "eins zwei drei vier fünf".split()]
    assert [texts[1::3], texts[2::3]] == [[BODY_READ] * 5, [TAIL_READ] * 5]


@pytest.mark.parametrize(
    "edge", [text(280, 40, "7"), text(20, 820, "11/25/26, 7:39 AM", 8) + text(200, 820, "Titel", 8)]
)
def test_a_single_page_loses_its_number_and_what_the_browser_printed(drawn: Draw, edge: str) -> None:
    assert shape(drawn(edge + lines(50, 700, BODY))) == [(P, 1, BODY_READ)]


def test_titles_of_slides_and_repeated_sentences_stay(drawn: Draw) -> None:
    slides = [text(50, 750, f"Folie {w}", 28) + filler(n) for n, w in enumerate("eins zwei drei".split())]
    assert [p.text for p in drawn(*slides).paragraphs if p.kind is not P] == ["Folie eins", "Folie zwei", "Folie drei"]
    same = lines(50, 700, f"{BODY}\n{TAIL}")
    assert [p.text for p in drawn(same, same, same).paragraphs] == [BODY_READ, TAIL_READ] * 3


# --- files that are none ---------------------------------------------------------------------------------------------


def refused(path: Path) -> str:
    """The message without the path."""
    with pytest.raises(InputError) as caught:
        read(path, path.name)
    assert caught.value.exit_code is ExitCode.input
    message = str(caught.value)
    assert message.startswith(f"{path}: ") and "\n" not in message
    return message.removeprefix(f"{path}: ")


DAMAGED = "damaged, or no PDF file although it is named like one"
IMAGE = stream(b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"Die Minister beraten am Donnerstag.", DAMAGED),
        (b"%PDF-1.7\n%%EOF", DAMAGED),
        (built(lines(50, 700, BODY))[:400], DAMAGED),
        (packed({1: b"<< /Type /Catalog >>"}), DAMAGED),
        (packed({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"}), ""),
        (packed({1: b"<< /Type /Catalog /Pages 1 0 R >>"}), ""),
        (built(""), "no text in it"),
        (built("100 700 50 50 re f"), "no text in it"),
        (built("/X Do", more={100: IMAGE}), "contains only pictures of text; make it searchable first"),
        (built("BI /W 1 /H 1 /CS /G /BPC 8 ID x EI"), "contains only pictures of text; make it searchable first"),
    ],
    ids=["empty", "text", "header only", "cut off", "no pages", "page loop", "root loop", "blank", "drawing", "scan", "inline scan"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(write: Callable[..., Path], data: bytes, message: str) -> None:
    assert refused(write("a.pdf", data)).startswith(message)


def test_pages_with_pictures_do_not_hide_the_others(drawn: Draw) -> None:
    assert shape(drawn("/X Do", lines(50, 700, BODY), more={100: IMAGE})) == [(P, 1, BODY_READ)]


def encrypted(user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(built(lines(50, 700, BODY)))))
    writer.encrypt(user, owner, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_password_is_needed_where_there_is_one(write: Callable[..., Path]) -> None:
    message = "password-protected; print it to a new PDF without a password"
    assert refused(write("a.pdf", encrypted("geheim", "geheim"))) == message
    open_ = write("b.pdf", encrypted("", "geheim"))  # protected against changes, but everyone may read it
    assert shape(read(open_, "b.pdf")) == [(P, 1, BODY_READ)]


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("pdf_bytes", 500, " bytes in a PDF file are more than the 500 bytes allowed"),
        ("pdf_pages", 2, "3 pages are more than the 2 allowed; if you trust the file: --limit pdf_pages=4"),
        ("pdf_characters", 200, " characters are more than the 200 allowed"),
        ("pdf_operations", 20, "21 drawing operations are more than the 20 allowed"),
    ],
)
def test_too_large_files_are_refused(write: Callable[..., Path], limit: str, value: int, message: str) -> None:
    with limits.override(**{limit: value}):
        assert message in refused(write("a.pdf", built(*[lines(50, 700, BODY)] * 3)))


def test_form_that_draws_itself_ends(drawn: Draw) -> None:
    loop = stream(
        b"/Y Do " + text(50, 700, "Einmal.").encode(),
        f"/Subtype /Form /Resources << {FONTS} /XObject << /Y 101 0 R >> >>",
    )
    assert shape(drawn("/Y Do", more={101: loop})) == [(P, 1, "Einmal.")]


def test_forms_that_multiply_are_stopped(write: Callable[..., Path]) -> None:
    forms = {
        101 + n: stream(
            f"/Y Do {text(50, 700, 'x')}".encode() * 10,
            f"/Subtype /Form /Resources << {FONTS} /XObject << /Y {102 + n} 0 R >> >>",
        )
        for n in range(8)
    }
    with limits.override(pdf_operations=5_000):
        found = refused(write("a.pdf", built("/Y Do", more=forms)))
    assert found.startswith("5,001 drawing operations are more than the 5,000 allowed")


def test_compressed_bomb_is_not_unpacked(write: Callable[..., Path]) -> None:
    bomb = stream(zlib.compress(bytes(200 * 2**20), 9), "/Subtype /Form /Filter /FlateDecode")
    assert refused(write("a.pdf", built("/Y Do", more={101: bomb}))) in (
        "no text in it",
        "contains only pictures of text; make it searchable first",
    )


def test_rotated_page_is_read_upright(drawn: Draw) -> None:
    turned = "q 0 1 -1 0 595 0 cm " + lines(50, 500, BODY) + "Q"
    assert shape(drawn(turned, entries="/Rotate 90")) == [(P, 1, BODY_READ)]


def test_unreadable_path_is_refused_with_the_reason(tmp_path: Path) -> None:
    assert refused(tmp_path) == "cannot be read (Is a directory)"


def mutated(name: str, changes: list[tuple[int, bytes]]) -> bytes:
    """A sample with some bytes replaced."""
    data = bytearray(
        (DATA / f"{name}.pdf").read_bytes() if name else built(lines(50, 700, BODY), info="/Title (Ein Titel)")
    )
    for at, new in changes:
        at %= len(data)
        data[at : at + len(new)] = new
    return bytes(data)


TOKENS = st.sampled_from(
    ["<<", ">>", "[", "]", "0 R", " 1 0 R", "-1", "1e99", "/Kids", "/W", "BT", "Tj", "(", "nan", "\0"]
)


@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=300).map(lambda data: b"%PDF-1.4\n" + data),
        st.builds(
            mutated,
            st.sampled_from(["", "", "trennung"]),
            st.lists(
                st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=3) | TOKENS.map(str.encode)), max_size=8
            ),
        ),
        st.text(st.sampled_from("0123456789. -"), max_size=40).map(
            lambda numbers: built(f"BT /R {numbers} Tf {numbers} Tm (x y) Tj {numbers} Td [(a) {numbers} (b)] TJ ET")
        ),
    )
)
@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_arbitrary_bytes_give_a_document_or_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "beliebig.pdf"
    path.write_bytes(data)
    try:
        document = read(path, "beliebig.pdf")
    except InputError as error:
        assert str(error).startswith(f"{path}: ") and "\n" not in str(error)
    else:
        assert document.paragraphs and all(p.text for p in document.paragraphs)
