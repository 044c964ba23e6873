"""The LibreOffice handout: the package, its languages and styles, and the text as odfdo reads it back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from odfdo import Document as OdfDocument
from test_export_json import ADDRESS, HOSTILE, SETTINGS, article, of, one_sentence, signature, translated

from translator.documents import Format, Kind, Paragraph, Span
from translator.documents.characters import legal
from translator.export import odt as exporter
from translator.export.odt_styles import cell_style
from translator.export.settings import Align, ExportSettings, Orientation, Paper

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = {
    "office": f"{OASIS}:office:1.0",
    "style": f"{OASIS}:style:1.0",
    "text": f"{OASIS}:text:1.0",
    "table": f"{OASIS}:table:1.0",
    "fo": f"{OASIS}:xsl-fo-compatible:1.0",
    "manifest": f"{OASIS}:manifest:1.0",
    "meta": f"{OASIS}:meta:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def parts(content: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {n: etree.fromstring(archive.read(n)) for n in archive.namelist() if n.endswith(".xml")}


def content_of(whole, settings: ExportSettings = SETTINGS) -> etree._Element:  # type: ignore[no-untyped-def]
    return parts(exporter.odt_bytes(whole, settings))["content.xml"]


def found(node: etree._Element, path: str) -> list:  # type: ignore[type-arg]
    return node.xpath(path, namespaces=NAMESPACES)


def table_texts(content: etree._Element, name: str) -> list[list[str]]:
    rows = found(content, f"//table:table[@table:name='{name}']//table:table-row")
    return [
        [
            "".join(found(cell, ".//*[self::text:p or self::text:h]//text()[not(ancestor::office:annotation)]"))
            for cell in row
        ]
        for row in rows
    ]


def test_the_package(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    assert exporter.write([article()], path, SETTINGS) == (path,)
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert not first.extra
        names = set(archive.namelist())
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    listed = set(found(parts(path.read_bytes())["META-INF/manifest.xml"], "//@manifest:full-path"))
    assert {"content.xml", "styles.xml", "meta.xml"} <= listed
    assert listed - {"/"} == names - {"mimetype", "META-INF/manifest.xml"}


@pytest.mark.parametrize("align", Align)
def test_valid_to_the_schema_of_opendocument(align: Align, tmp_path: Path) -> None:
    """RELAX NG schemas of OASIS for content, styles, meta and manifest, as openxml-audit holds them."""
    audit = pytest.importorskip("openxml_audit")
    exporter.write([article()], tmp_path / "a.odt", ExportSettings(align=align))
    result = audit.OdfValidator(relaxng_validation=True).validate(str(tmp_path / "a.odt"))
    assert result.is_valid and [str(e) for e in result.errors if e.severity.name == "ERROR"] == []
    assert {part.get(f"{{{NAMESPACES['office']}}}version") for part in parts((tmp_path / "a.odt").read_bytes()).values()} == {
        "1.3", None
    }  # fmt: skip


def test_the_schema_of_opendocument_finds_a_fault(tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    with (
        zipfile.ZipFile(io.BytesIO(exporter.odt_bytes(article(), SETTINGS))) as archive,
        zipfile.ZipFile(tmp_path / "a.odt", "w") as spoiled,
    ):
        for name in archive.namelist():
            spoiled.writestr(name, archive.read(name).replace(b"<table:table-header-rows", b"<table:header-rows")
                             .replace(b"</table:table-header-rows", b"</table:header-rows"))  # fmt: skip
    assert not audit.OdfValidator(relaxng_validation=True).validate(str(tmp_path / "a.odt")).is_valid


def test_every_sentence_stands_beside_its_translation() -> None:
    assert table_texts(content_of(article()), "Text") == [
        ["#", "Deutsch", "English"],
        ["1", "Die Waffenruhe hielt.1", "The truce held.1"],
        ["2", "Selenskyj <b>& Co.</b> kam.", "He came."],
        ["3", "Kiew bereit", "Kyiv ready"],
        ["4", "Ein Punkt", "An item"],
        ["5", "2. Noch einer", "2. Another"],
        ["6", "Zelle", "Cell"],
        ["7", "Je ne sais quoi.", "Je ne sais quoi."],
        ["8", "1 Eine Anmerkung", "1 A note"],
    ]


def test_paragraph_by_paragraph() -> None:
    texts = table_texts(content_of(article(), ExportSettings(align=Align.PARAGRAPH)), "Text")
    assert texts[1] == ["1–2", "Die Waffenruhe hielt.1 Selenskyj <b>& Co.</b> kam.", "The truce held.1 He came."]
    assert texts[2][0] == "3"


def test_read_back_by_odfdo(tmp_path: Path) -> None:
    exporter.write([article()], tmp_path / "a.odt", SETTINGS)
    document = OdfDocument(tmp_path / "a.odt")
    headings = [(h.style, h.get_attribute("text:outline-level"), str(h).strip()) for h in document.body.headers]
    assert headings == [
        ("Title", "1", "Kallas fordert „robuste“ Garantien"),
        ("Source_20_Heading", "2", "Kiew bereit"),
        ("Heading_20_2", "2", "Terms"),
    ]
    paragraphs = [(p.style, str(p).strip()) for p in document.body.paragraphs[:2]]
    assert paragraphs == [
        ("Subtitle", "Kallas calls for “robust” guarantees"),
        ("Meta", "2025-08-25 · M. Muster · Source: a.txt · Deutsch – English"),
    ]
    text, terms = document.body.get_tables()
    assert (text.name, terms.name) == ("Text", "Terms")
    assert document.meta.title == "Kallas calls for “robust” guarantees"
    assert document.meta.language == "en-GB"
    assert document.meta.description == str(signature())


def test_vocabulary() -> None:
    content = content_of(article())
    assert table_texts(content, "Terms") == [
        ["Term", "Translation", "Note", "No."],
        ["Selenskyj", "Zelenskyy", "", "2!"],
        ["Waffenruhe", "truce / cease-fire", "short", "1"],
    ]
    assert "".join(found(content, "//office:text/text:p[last()]//text()")) == "! not in the translation: please check"
    assert found(content, "//text:h/text()")[-1] == "Terms"
    assert found(content_of(one_sentence("Ja.", "Yes.")), "//text:h | //table:table[@table:name='Terms']") == []


def test_header_rows_repeat_and_rows_stay_whole() -> None:
    content = content_of(article())
    for table in found(content, "//table:table"):
        assert len(found(table, "table:table-header-rows/table:table-row")) == 1
        assert found(table, "table:title/text()") and found(table, "table:desc/text()")
    rows = found(content, "//style:style[@style:name='HandoutRow']/style:table-row-properties")
    assert [r.get(f"{{{NAMESPACES['fo']}}}keep-together") for r in rows] == ["always"]
    assert set(found(content, "//table:table-row/@table:style-name")) == {"HandoutRow"}


def test_rules_show_where_paragraphs_begin() -> None:
    rows = found(content_of(article()), "//table:table[@table:name='Text']//table:table-row")
    looks = [found(row, "table:table-cell[2]/@table:style-name")[0] for row in rows]
    assert looks[:4] == ["CellHeader", "CellFirst", "CellNext", "CellHeading"]
    assert looks[-1] == "CellFirstLast"
    assert cell_style(heading=True, first=True, last=True) == "CellHeadingLast"


def test_every_style_that_is_used_exists() -> None:
    made = parts(exporter.odt_bytes(article(), SETTINGS))
    attributes = "//@text:style-name | //@table:style-name | //@style:parent-style-name | //@style:page-layout-name"
    used = {name for part in ("content.xml", "styles.xml") for name in found(made[part], attributes)}
    known = {name for part in ("content.xml", "styles.xml") for name in found(made[part], "//@style:name")}
    assert used <= known
    assert {"Source_20_Text", "Target_20_Heading", "Term", "Strong_20_Emphasis", "Emphasis", "Bullets"} <= used


def test_languages_are_those_of_the_styles() -> None:
    styles = parts(exporter.odt_bytes(article(), SETTINGS))["styles.xml"]

    def language(name: str) -> str:
        text = found(styles, f"//style:style[@style:name='{name}']/style:text-properties")[0]
        return "-".join(text.get(f"{{{NAMESPACES['fo']}}}{part}") for part in ("language", "country"))

    assert {n: language(n) for n in ("Source_20_Text", "Source_20_Heading", "Target_20_Text", "Title", "Subtitle")} == {
        "Source_20_Text": "de-DE",
        "Source_20_Heading": "de-DE",
        "Target_20_Text": "en-GB",
        "Title": "de-DE",
        "Subtitle": "en-GB",
    }
    assert set(found(styles, "//@fo:language")) == {"de", "en"}  # nothing is left of the template's French


def test_terms_and_formatting() -> None:
    row = found(content_of(article()), "//table:table[@table:name='Text']//table:table-row")[1]
    source, target = found(row, ".//text:p")[1:]
    assert found(source, ".//text:span[@text:style-name='Term']//text()") == ["Waffenruhe"]
    assert found(target, ".//text:span[@text:style-name='Term']//text()") == ["truce"]
    assert "".join(found(source, ".//text:span[@text:style-name='Strong_20_Emphasis']//text()")) == "Die Waffenruhe"
    assert found(
        source, ".//text:a[@xlink:href=$a]//text:span[@text:style-name='Emphasis']/text()".replace("$a", f"'{ADDRESS}'")
    ) == ["hielt"]
    assert found(target, ".//text:a//text()") == ["held"]
    assert found(target, ".//text:span[@text:style-name='Footnote_20_Mark']/text()") == ["1"]


def test_list_items_have_bullets_unless_they_have_numbers() -> None:
    lists = found(content_of(article()), "//text:list[@text:style-name='Bullets']")
    assert ["".join(node.itertext()) for node in lists] == ["Ein Punkt", "An item"]


def test_ids_travel_in_bookmarks() -> None:
    content = content_of(article())
    names = [f"segment {s.segment.id}" for s in article().segments]
    assert found(content, "//text:bookmark-start/@text:name") == names
    assert found(content, "//text:bookmark-end/@text:name") == names


def test_warnings_are_comments() -> None:
    assert found(content_of(article()), "//office:annotation/text:p/text()") == ["Selenskyj should be Zelenskyy"]


def test_footer() -> None:
    styles = parts(exporter.odt_bytes(article(), SETTINGS))["styles.xml"]
    lines = ["".join(p.itertext()) for p in found(styles, "//style:footer/text:p")]
    assert lines == ["Page 1 of 1", str(signature())]
    assert len(found(styles, "//style:footer//text:page-number | //style:footer//text:page-count")) == 2


@pytest.mark.parametrize(
    ("settings", "page", "number_and_text"),
    [
        (ExportSettings(), ("210.0mm", "297.0mm", "portrait"), ["9.90mm", "82.05mm"]),
        (
            ExportSettings(paper=Paper.LETTER, orientation=Orientation.LANDSCAPE),
            ("279.4mm", "215.9mm", "landscape"),
            ["9.90mm", "116.75mm"],
        ),
    ],
)
def test_paper(settings: ExportSettings, page: tuple[str, ...], number_and_text: list[str]) -> None:
    made = parts(exporter.odt_bytes(article(), settings))
    layout = found(made["styles.xml"], "//style:page-layout-properties")[0]
    attributes = ("{%(fo)s}page-width", "{%(fo)s}page-height", "{%(style)s}print-orientation")
    assert tuple(layout.get(a % NAMESPACES) for a in attributes) == page
    assert found(made["content.xml"], "//@style:column-width")[:2] == number_and_text


def test_a_language_written_from_right_to_left() -> None:
    styles = parts(exporter.odt_bytes(one_sentence("Ja.", "نعم.", "ar"), SETTINGS))["styles.xml"]
    names = found(styles, "//style:style[style:paragraph-properties/@style:writing-mode='rl-tb']/@style:name")
    assert names == ["Target_20_Text", "Target_20_Heading", "Subtitle"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "vnd.sun.star.script:x", "file:///etc/passwd"])
def test_links_that_lead_nowhere_good(address: str) -> None:
    content = content_of(one_sentence("Ja.", of("Yes.", spans=(Span(0, 3, Format.LINK, address),))))
    assert found(content, "//text:a") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(text: str) -> None:
    whole = translated([Paragraph(text, Kind.TITLE), Paragraph(text)], [[text], [text]])
    content = content_of(whole)
    assert table_texts(content, "Text")[1][1:] == [legal(text)] * 2
    assert "".join(found(content, "//office:text/text:h[1]//text()")) == legal(text)
