"""The page as a browser's parser reads it: sentences, languages, links, escaping, nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as parser

from translator.bilingual import BilingualDocument, Origin, Signature, TranslatedSegment
from translator.checks.model import Finding, Severity
from translator.documents import Document, Format, Kind, Paragraph, Span
from translator.errors import OutputError, UsageError
from translator.export import html as exporter
from translator.export.html_page import page
from translator.export.settings import ExportSettings, Layout, Orientation, Paper
from translator.glossary.model import Entry, Form, Hit, Outcome, TermResult

LAYOUTS = list(Layout)
ASSETS = Path(exporter.__file__).parent / "templates"

TRUCE = Entry("Waffenruhe", ("truce", "cease-fire"), note="short <b>note</b>")
PARLIAMENT = Entry("Bundestag", ("Bundestag",))
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'

PARAGRAPHS: tuple[tuple[Paragraph, tuple[str, ...]], ...] = (
    (Paragraph("Waffenruhe hält", Kind.TITLE), ("Truce holds",)),
    (
        Paragraph("Die Waffenruhe hielt. Der Bundestag kam. Alles blieb."),
        ("The truce held.", "He came.", "All stayed."),
    ),
    (Paragraph("Kiew bereit", Kind.HEADING, 3), ("Kyiv ready",)),
    (Paragraph("Ein Punkt", Kind.LIST_ITEM), ("An item",)),
    (Paragraph("1. Noch einer", Kind.LIST_ITEM, 2), ("1. Another",)),
    (Paragraph("Zelle", Kind.TABLE_CELL), ("Cell",)),
    (Paragraph("Eine Brücke", Kind.CAPTION), ("A bridge",)),
    (Paragraph("Left alone.", language="en"), ("Left alone.",)),
    (Paragraph("Siehe dort.", Kind.FOOTNOTE, 1), ("See there.",)),
)


def bilingual(target: str = "en") -> BilingualDocument:
    """A document with every kind of paragraph; terms in its first sentences, findings on the third."""
    document = Document(
        Path("in/a.txt"), "a.txt", tuple(p for p, _ in PARAGRAPHS), "2025-08-25", "A. Weiß", language="de"
    ).with_segments([re.split(r"(?<=[a-z]\.) ", p.text) for p, _ in PARAGRAPHS])
    truce = TermResult(Hit(TRUCE, 4, 14, Form.EXACT), Outcome.USED, "", (4, 9))
    extra = {
        "Die Waffenruhe hielt.": {"terms": (truce,)},
        "Der Bundestag kam.": {"terms": (TermResult(Hit(PARLIAMENT, 4, 13, Form.EXACT), Outcome.MISSED),)},
        "Alles blieb.": {"findings": (Finding("numbers", "1 is 2."), Finding("x", "Long.", Severity.INFO))},
        "Left alone.": {"origin": Origin.COPIED},
    }
    targets = [t for _, texts in PARAGRAPHS for t in texts]
    segments = tuple(
        TranslatedSegment(s, t, **extra.get(s.source, {})) for s, t in zip(document.segments, targets, strict=True)
    )
    return BilingualDocument(document, segments, Signature("1.0", "de", target, "de_en-1.0", "abcd1234", 2, 4))


def single(source: str, target: str, *, kind: Kind = Kind.PARAGRAPH, language: str = "en", **changes: object) -> str:
    """The page of one sentence; changes are those of its translated segment, `marks` the spans of its source."""
    spans = changes.pop("marks", ())
    document = Document(Path("a"), "a.txt", (Paragraph(source, kind, spans=spans),)).with_segments([[source]])
    segment = TranslatedSegment(document.segments[0], target, **changes)
    signature = Signature("1.0", "de", language, "m", "g", 0, 4)
    return exporter.build(BilingualDocument(document, (segment,), signature), ExportSettings())


def tree(whole: BilingualDocument, layout: Layout = Layout.TABLE) -> parser.HtmlElement:
    return parser.document_fromstring(exporter.build(whole, ExportSettings(layout=layout)))


def column(root: parser.HtmlElement, side: str) -> list[str]:
    return [node.text_content() for node in root.cssselect(f".{side} .sentence .text")]


def expected(side: str) -> list[str]:
    return [s.target if side == "target" else s.segment.source for s in bilingual().segments]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_sentence_stands_once_and_in_order(layout: Layout) -> None:
    root = tree(bilingual(), layout)
    assert column(root, "source") == ([] if layout is Layout.TARGET else expected("source"))
    assert column(root, "target") == expected("target")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_ids_are_those_of_the_segments(layout: Layout) -> None:
    root, ids = tree(bilingual(), layout), [s.id for s in bilingual().document.segments]
    first = "target" if layout is Layout.TARGET else "source"
    assert [n.get("id") for n in root.cssselect(f".{first} .sentence")] == ids
    assert [n.get("data-segment") for n in root.cssselect(".target .sentence")] == ids
    every = root.xpath("//@id")
    assert len(set(every)) == len(every)
    for attribute in ("aria-describedby", "aria-labelledby"):
        assert {i for value in root.xpath(f"//@{attribute}") for i in value.split()} <= set(every)
    assert {href[1:] for href in root.xpath("//@href") if href.startswith("#")} <= set(every)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_part_says_its_language(layout: Layout) -> None:
    root = tree(bilingual(), layout)
    sides = {
        (n.get("class"), n.get("lang"), n.get("dir")) for n in root.cssselect("article p.source, article p.target")
    }
    kept = {("source", "en-GB", "ltr"), ("target", "en-GB", "ltr")}  # a paragraph that was in English already
    assert sides - kept == ({("source", "de-DE", "ltr")} if layout is not Layout.TARGET else set())
    assert root.get("lang") == "en"
    for heading in root.cssselect("article h1, article h2"):
        assert heading.get("lang") in ("de-DE", "en-GB") or heading.get("id") == "footnotes"


def test_right_to_left() -> None:
    root = parser.document_fromstring(single("Guten Tag.", "نهارك سعيد.", language="ar"))
    assert [(n.get("lang"), n.get("dir")) for n in root.cssselect(".row .source, .row .target")] == [
        ("de-DE", "ltr"),
        ("ar", "rtl"),
    ]
    assert root.get("lang") == "en", "labels are English where there are none in the language"


def test_sides_follow_each_other_as_the_layout_says() -> None:
    def order(layout: Layout) -> list[str]:
        row = tree(bilingual(), layout).cssselect("article > .row")[0]
        return [f"{n.xpath('ancestor-or-self::*[@lang]')[-1].get('class')[0]}{n.get('data-number')}"
                for n in row.cssselect(".sentence")]  # fmt: skip

    assert order(Layout.TABLE) == ["s1", "s2", "s3", "t1", "t2", "t3"]
    assert order(Layout.INTERLEAVED) == order(Layout.WORKSHEET) == ["s1", "t1", "s2", "t2", "s3", "t3"]
    assert order(Layout.TARGET) == ["t1", "t2", "t3"]


def test_pairs_describe_each_other_but_for_answers() -> None:
    root = tree(bilingual())
    for source, target in zip(root.cssselect(".source .sentence"), root.cssselect(".target .sentence"), strict=True):
        assert source.get("aria-describedby") == target.get("id")
        assert target.get("aria-describedby") == source.get("id")
    worksheet = tree(bilingual(), Layout.WORKSHEET)
    assert not worksheet.xpath("//*[@class='source']//*[@class='sentence']/@aria-describedby")
    assert len(worksheet.cssselect("details.answer")) == len(bilingual().segments)
    assert all(n.xpath("ancestor::details[not(@open)]") for n in worksheet.cssselect(".target .sentence"))
    assert worksheet.findtext(".//title") == "Waffenruhe hält"
    assert not worksheet.cssselect(".findings, .legend, [data-term~=legend-missed]")


def test_terms_link_both_sides_to_the_vocabulary() -> None:
    root = tree(bilingual())
    links = [(n.text, n.get("href"), n.get("class")) for n in root.cssselect(".sentence a.term")]
    assert links == [
        ("Waffenruhe", "#term-2", "term"),
        ("Bundestag", "#term-1", "term missed"),
        ("truce", "#term-2", "term"),
    ]
    assert root.cssselect(".missed")[0].get("aria-describedby").endswith(" legend-missed")
    rows = [[cell.text_content() for cell in row] for row in root.cssselect("tbody tr")]
    assert rows == [
        ["Bundestag", "Bundestag", "", "2!"],
        ["Waffenruhe", "truce / cease-fire", "short <b>note</b>", "1"],
    ]
    assert [n.get("href")[1:] for n in root.cssselect("tbody a")] == [
        bilingual().segments[i].segment.id for i in (2, 1)
    ]
    assert root.xpath("//thead//th/@scope") == ["col"] * 4 and root.xpath("//tbody//th/@scope") == ["row"] * 2


def test_no_vocabulary_and_no_list_where_there_is_nothing_to_list() -> None:
    root = parser.document_fromstring(single("Ja.", "Yes."))
    assert not root.cssselect("table, .appendix, #show-notes")


def test_findings_have_symbol_and_text_and_are_listed() -> None:
    root = tree(bilingual())
    (note,) = root.cssselect(".target .sentence .note")
    assert note.text_content().split() == ["⚠\ufe0e", "Please", "check:", "1", "is", "2."]
    assert note.getparent().get("data-number") == "3"
    listed = [" ".join(n.text_content().split()) for n in root.cssselect(".findings li")]
    assert listed == ["Sentence 3 ⚠\ufe0e Please check: 1 is 2.", "Sentence 3 ℹ\ufe0e For information: Long."]


def test_kinds_of_paragraphs() -> None:
    root = tree(bilingual())
    assert [n.text_content() for n in root.cssselect("h1, h2")][:3] == ["Waffenruhe hält", "Kiew bereit", "Kyiv ready"]
    assert [n.get("class") for n in root.cssselect("article > ul > li")] == ["row level-1", "row level-2 numbered"]
    assert len(root.cssselect("figure > figcaption .pair")) == len(root.cssselect(".cell .pair")) == 1
    assert root.cssselect("[role=doc-endnotes] #footnote-1 .source")[0].text_content() == "Siehe dort."
    assert [n.text for n in root.cssselect("time, .author, .file")] == ["2025-08-25", "A. Weiß", "a.txt"]


def test_formatting_links_and_footnote_marks() -> None:
    marks = (
        Span(0, 5, Format.BOLD), Span(3, 8, Format.ITALIC), Span(6, 11, Format.LINK, "https://a.example/?b=1&c=\"2"),
        Span(11, 11, Format.NOTE, "7"),
    )  # fmt: skip
    text = single("eins zwei drei", "one", marks=marks, spans=(Span(0, 3, Format.LINK, "mailto:a@b.example"),))
    assert ("<strong>ein</strong><strong><em>s </em></strong><em>z</em>"
            '<a href="https://a.example/?b=1&amp;c=&#34;2" rel="noopener noreferrer" class="link"><em>we</em>i d</a>'
            '<sup class="footnote-mark">7</sup>rei</span>') in text  # fmt: skip
    assert '<a href="mailto:a@b.example" rel="noopener noreferrer" class="link">one</a>' in text


def test_a_footnote_mark_leads_to_its_footnote() -> None:
    whole = bilingual()
    paragraph = replace(whole.document.paragraphs[1], spans=(Span(40, 40, Format.NOTE, "1"),))
    paragraphs = (whole.document.paragraphs[0], paragraph, *whole.document.paragraphs[2:])
    document = replace(whole.document, paragraphs=paragraphs).with_segments(
        [[s.source for s in p.segments] for p in whole.document.paragraphs]
    )
    segments = tuple(replace(t, segment=s) for t, s in zip(whole.segments, document.segments, strict=True))
    root = tree(BilingualDocument(document, segments, whole.signature))
    assert [n.get("href") for n in root.cssselect("[role=doc-noteref]")] == ["#footnote-1"]


@pytest.mark.parametrize("link", [
    "javascript:alert(1)", " JavaScript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x",
    "file:///etc/passwd", "//host.example/", "vbscript:x", "http:javascript:alert(1)", "https://a\tb", "", "#x", "a.html",
])  # fmt: skip
def test_other_links_are_text(link: str) -> None:
    text = single("eins zwei", "one", marks=(Span(0, 4, Format.LINK, link),))
    root = parser.document_fromstring(text)
    assert not root.xpath("//article//a") and "script:alert" not in text
    assert column(root, "source") == ["eins zwei"]


def test_hostile_text_stays_text() -> None:
    entry = Entry("zwei", (HOSTILE,), note=HOSTILE)
    document = Document(Path("a"), HOSTILE, (Paragraph(HOSTILE, Kind.TITLE), Paragraph(HOSTILE)), HOSTILE, HOSTILE)
    document = document.with_segments([[HOSTILE], [HOSTILE]])
    result = TermResult(Hit(entry, 0, 4, Form.EXACT), Outcome.REPAIRED, HOSTILE, (1, 5))
    segments = tuple(
        TranslatedSegment(s, HOSTILE, terms=(result,), findings=(Finding(HOSTILE, HOSTILE),)) for s in document.segments
    )
    signature = Signature(HOSTILE, "de", "en", HOSTILE, HOSTILE, 1, 4)
    for layout in LAYOUTS:
        root = tree(BilingualDocument(document, segments, signature), layout)
        assert len(root.xpath("//script")) == 1 and not root.xpath("//img | //@onerror")
        assert column(root, "target") == [HOSTILE, HOSTILE]
        assert root.findtext(".//title") == HOSTILE
        assert str(signature) in root.xpath("//meta[@name='translator-signature']/@content")


def test_characters_that_html_forbids() -> None:
    assert column(parser.document_fromstring(single("a", "x\x0by\x00z")), "target") == ["xyz"]


def test_head_and_footer() -> None:
    text = exporter.build(bilingual(), ExportSettings())
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    root = parser.document_fromstring(text)
    meta = {n.get("name"): n.get("content") for n in root.xpath("//meta[@name]")}
    assert meta["translator-signature"] == str(bilingual().signature) == root.findtext(".//footer/p")
    assert meta["generator"] == "translator 1.0"
    assert meta["description"] == "Sentences side by side: Deutsch and English · a.txt · 2025-08-25"
    assert root.findtext(".//title") == "Truce holds" and root.find(".//title").get("lang") == "en-GB"
    assert len(root.xpath("//main")) == len(root.xpath("//h1")) == len(root.xpath("//main/article")) == 1


def test_a_document_without_title_has_a_heading_all_the_same() -> None:
    root = parser.document_fromstring(single("Ja.", "Yes."))
    assert root.findtext(".//h1") == root.findtext(".//title") == "a.txt"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_comes_from_outside(layout: Layout) -> None:
    text = exporter.build(bilingual(), ExportSettings(layout=layout))
    assert not re.search(
        r"\bsrc\s*=|\bsrcset|url\(|@import|@font-face|<link|<iframe|<object|<embed|fetch\(|XMLHttp", text
    )
    assert not re.search(r"(?:https?:)?//(?!\s)[\w-]+\.\w", re.sub(r'<a href="[^"]*"', "", text))
    assert not re.search(r"\son\w+=|\sstyle=", text), "the policy would block them"
    root = parser.document_fromstring(text)
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (inline,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.S)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


@pytest.mark.parametrize("layout", LAYOUTS)
def test_without_the_script_only_its_own_parts_are_missing(layout: Layout) -> None:
    assert set(tree(bilingual(), layout).xpath("//*[@hidden]/@id")) <= {"keys", "hint", "all-answers"}


def test_places_of_sentences_reach_as_far_as_the_longest_paragraph() -> None:
    assert page(bilingual(), Layout.TABLE).longest == 3
    text = exporter.build(bilingual(), ExportSettings())
    assert ".sentence:nth-child(3) { order: 3; grid-row: 3 }" in text and ":nth-child(4)" not in text


def test_paper() -> None:
    assert "@page { size: A4 portrait;" in exporter.build(bilingual(), ExportSettings())
    other = ExportSettings(paper=Paper.LETTER, orientation=Orientation.LANDSCAPE)
    assert "@page { size: letter landscape;" in exporter.build(bilingual(), other)


def test_labels_in_the_language_of_the_readers() -> None:
    root = parser.document_fromstring(single("Yes.", "Ja.", language="de"))
    assert root.get("lang") == "de" and root.cssselect("legend")[0].text == "Zeigen"


def test_writing(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.html", "b.html")]
    for path in paths:
        assert exporter.write([bilingual()], path, ExportSettings()) == (path,)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert b"\r" not in paths[0].read_bytes()
    assert sorted(tmp_path.iterdir()) == paths


@pytest.mark.parametrize("count", [0, 2])
def test_one_translation_a_page(tmp_path: Path, count: int) -> None:
    with pytest.raises(UsageError, match="one translation"):
        exporter.write([bilingual()] * count, tmp_path / "a.html", ExportSettings())
    assert not list(tmp_path.iterdir())


def test_unwritable_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        exporter.write([bilingual()], tmp_path / "file" / "a.html", ExportSettings())


def luminance(colour: str) -> float:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast(scheme: int) -> None:
    blocks = re.findall(r":root \{(.*?)\}", (ASSETS / "handout.css").read_text(encoding="utf-8"), re.S)
    colours = dict(re.findall(r"--(\w+): (#\w{6})", blocks[scheme]))
    for text in ("text", "quiet", "link", "warning"):
        for ground in ("page", "lit", "kept", "note"):
            lighter, darker = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (text, ground)
