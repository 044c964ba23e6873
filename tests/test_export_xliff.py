"""XLIFF 1.2 and 2.1: valid, with states, notes, glossary and formatting, and read back as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from test_export_json import (
    ADDRESS,
    HOSTILE,
    SETTINGS,
    LaterOrigin,
    article,
    of,
    one_sentence,
    signature,
    translated,
)

from translator.bilingual import BilingualDocument, Origin
from translator.documents import Document, Format, Paragraph, Span
from translator.documents.characters import legal
from translator.export import xliff, xliff2

SCHEMAS = Path(__file__).parent / "data" / "schemas"
NAMESPACES = {
    "x": "urn:oasis:names:tc:xliff:document:1.2",
    "y": "urn:oasis:names:tc:xliff:document:2.0",
    "g": "urn:oasis:names:tc:xliff:glossary:2.0",
}
SCHEMA = {n: etree.RelaxNG(etree.parse(str(SCHEMAS / f"{n}.rng"))) for n in ("xliff12", "xliff21")}


def one(whole: BilingualDocument) -> etree._Element:
    """Version 1.2, valid, its ids unique where they have to be."""
    root = etree.fromstring(xliff.xliff_bytes(whole))
    assert SCHEMA["xliff12"].validate(root), SCHEMA["xliff12"].error_log
    for tag in ("trans-unit", "group"):
        ids = root.xpath(f"//x:{tag}/@id", namespaces=NAMESPACES)
        assert len(ids) == len(set(ids))
    for text in root.xpath("//x:source | //x:target", namespaces=NAMESPACES):
        ids = [node.get("id") for node in text.iterdescendants()]
        assert len(ids) == len(set(ids))
    return root


def two(whole: BilingualDocument) -> etree._Element:
    """Version 2.1, valid, its ids unique where they have to be, its references to what there is."""
    root = etree.fromstring(xliff2.xliff2_bytes(whole))
    assert SCHEMA["xliff21"].validate(root), SCHEMA["xliff21"].error_log
    units = root.xpath("//y:unit", namespaces=NAMESPACES)
    assert len({u.get("id") for u in units}) == len(units)
    for unit in units:
        inline = unit.xpath(".//y:source//y:*/@id", namespaces=NAMESPACES)
        ids = [*unit.xpath("y:segment/@id", namespaces=NAMESPACES), *inline]
        assert len(ids) == len(set(ids))
        # An element of the translation has one with its id in the source.
        assert set(unit.xpath(".//y:target//y:*/@id", namespaces=NAMESPACES)) <= set(inline)
        data = set(unit.xpath("y:originalData/y:data/@id", namespaces=NAMESPACES))
        assert set(unit.xpath(".//@dataRefStart")) <= data
    return root


def plain(root: etree._Element, tag: str) -> list[str]:
    """Texts of the sources or targets of sentences, without formatting."""
    path = f"//x:trans-unit/x:{tag} | //y:segment/y:{tag}"
    return ["".join(node.itertext()) for node in root.xpath(path, namespaces=NAMESPACES)]


def inner(root: etree._Element, tag: str) -> str:
    """The markup inside the first source or target, without namespaces."""
    node = root.xpath(f"(//x:{tag} | //y:segment/y:{tag})[1]", namespaces=NAMESPACES)[0]
    text = etree.tostring(node, encoding="unicode", with_tail=False)
    for declaration in (
        ' xmlns="{x}"',
        ' xmlns="{y}"',
        ' xmlns:gls="{g}"',
        ' xmlns:xlink="http://www.w3.org/1999/xlink"',
    ):
        text = text.replace(declaration.format(**NAMESPACES), "")
    return text[text.index(">") + 1 : text.rindex("<")]


def test_a_small_document() -> None:
    whole = one_sentence("Grüße & <b>", "Greetings & <b>")
    identity = whole.document.segments[0].id
    assert (
        xliff.xliff_bytes(whole).decode()
        == f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
  <file original="a.txt" source-language="de" target-language="en" datatype="plaintext" tool-id="translator" \
date="2025-08-25T00:00:00Z">
    <header>
      <tool tool-id="translator" tool-name="translator" tool-version="1.0"/>
      <note from="translator">{signature()}</note>
    </header>
    <body>
      <group id="p1" restype="x-paragraph">
        <trans-unit id="{identity}" approved="no" xml:space="preserve">
          <source>Grüße &amp; &lt;b&gt;</source>
          <target state="needs-review-translation" state-qualifier="mt-suggestion">Greetings &amp; &lt;b&gt;</target>
        </trans-unit>
      </group>
    </body>
  </file>
</xliff>
"""
    )


def test_a_small_document_in_version_2() -> None:
    whole = translated([Paragraph("Ja. / Nein.")], [["Yes.", "No."]])
    first, second = (s.id for s in whole.document.segments)
    assert (
        xliff2.xliff2_bytes(whole).decode()
        == f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="de" trgLang="en">
  <file id="f1" original="a.txt" xml:space="preserve">
    <notes>
      <note category="signature">{signature()}</note>
    </notes>
    <unit id="p1" type="translator:paragraph">
      <segment id="{first}" state="translated" subState="translator:machine">
        <source>Ja.</source>
        <target>Yes.</target>
      </segment>
      <ignorable>
        <source> </source>
        <target> </target>
      </ignorable>
      <segment id="{second}" state="translated" subState="translator:machine">
        <source>Nein.</source>
        <target>No.</target>
      </segment>
    </unit>
  </file>
</xliff>
"""
    )


@pytest.mark.parametrize("read", [one, two])
def test_a_whole_article(read) -> None:  # type: ignore[no-untyped-def]
    root = read(article())
    assert plain(root, "source") == [s.segment.source for s in article().segments]
    assert plain(root, "target") == [s.target for s in article().segments]
    ids = root.xpath("//x:trans-unit/@id | //y:segment/@id", namespaces=NAMESPACES)
    assert ids == [s.segment.id for s in article().segments]


def test_paragraphs_are_groups() -> None:
    kinds = ["title", "paragraph", "heading", "list-item", "list-item", "table-cell", "paragraph", "footnote"]
    assert one(article()).xpath("//x:group/@restype", namespaces=NAMESPACES) == [f"x-{k}" for k in kinds]
    assert two(article()).xpath("//y:unit/@type", namespaces=NAMESPACES) == [f"translator:{k}" for k in kinds]


def test_notes_and_glossary() -> None:
    notes = one(article()).xpath("//x:trans-unit/x:note", namespaces=NAMESPACES)
    assert [(n.get("from"), n.get("priority"), n.get("annotates"), n.text) for n in notes] == [
        ("glossary", "5", "source", "Waffenruhe = truce / cease-fire (short)"),
        ("term", "1", "target", "Selenskyj should be Zelenskyy"),
        ("numbers", "5", "target", "5 is new"),
        ("glossary", "5", "source", "Selenskyj = Zelenskyy"),
    ]
    root = two(article())
    notes = root.xpath("//y:unit/y:notes/y:note", namespaces=NAMESPACES)
    assert [(n.get("category"), n.get("priority"), n.get("appliesTo"), n.text) for n in notes] == [
        ("term", "1", "target", "2: Selenskyj should be Zelenskyy"),
        ("numbers", "5", "target", "2: 5 is new"),
    ]
    entries = root.xpath("//y:unit[@id='p2']/g:glossary/g:glossEntry", namespaces=NAMESPACES)
    assert [[(etree.QName(c).localname, c.text) for c in e] for e in entries] == [
        [("term", "Waffenruhe"), ("translation", "truce"), ("translation", "cease-fire"), ("definition", "short")],
        [("term", "Selenskyj"), ("translation", "Zelenskyy")],
    ]


@pytest.mark.parametrize(
    ("value", "approved", "state", "qualifier", "state_2"),
    [
        ("machine", "no", "needs-review-translation", "mt-suggestion", "translated"),
        ("human", "yes", "final", None, "final"),
        ("copied", "no", "translated", None, "translated"),
        ("memory", "no", "translated", None, "translated"),
    ],
)
def test_states(value: str, approved: str, state: str, qualifier: str | None, state_2: str) -> None:
    known = {o.value: o for o in (*LaterOrigin, *Origin)}
    whole = one_sentence("Ja.", of("Yes.", origin=known[value]))
    unit = one(whole).find(".//x:trans-unit", NAMESPACES)
    target = unit.find("x:target", NAMESPACES)
    assert (unit.get("approved"), target.get("state"), target.get("state-qualifier")) == (approved, state, qualifier)
    segment = two(whole).find(".//y:segment", NAMESPACES)
    assert (segment.get("state"), segment.get("subState")) == (state_2, f"translator:{value}")


def test_no_translation() -> None:
    whole = one_sentence("Ja.", "")
    assert one(whole).find(".//x:target", NAMESPACES).get("state") == "needs-translation"
    segment = two(whole).find(".//y:segment", NAMESPACES)
    assert (segment.get("state"), segment.find("y:target", NAMESPACES)) == ("initial", None)


def test_formatting_that_both_sides_have() -> None:
    """The italic word is not italic in the translation and stays plain; bold, link and note have their counterparts."""
    paragraph = article().document.paragraphs[1]
    whole = BilingualDocument(
        Document(Path("a"), "a.txt", (paragraph,), language="de"), article().segments[1:3], signature()
    )
    link = ADDRESS.replace("&", "&amp;")
    assert inner(one(whole), "source") == (
        '<g id="1" ctype="bold">Die Waffenruhe</g> '
        f'<g id="2" ctype="link" xlink:href="{link}">hielt</g>.<x id="3" ctype="x-footnote" equiv-text="[1]"/>'
    )
    assert inner(one(whole), "target") == (
        '<g id="1" ctype="bold">The truce</g> '
        f'<g id="2" ctype="link" xlink:href="{link}">held</g>.<x id="3" ctype="x-footnote" equiv-text="[1]"/>'
    )
    note = '<ph id="3" type="other" subType="translator:footnote" disp="[1]" equiv="[1]"/>'
    assert inner(two(whole), "target") == (
        '<pc id="1" type="fmt" subType="xlf:b">The truce</pc> '
        f'<pc id="2" type="link" dataRefStart="d1">held</pc>.{note}'
    )
    assert two(whole).xpath("//y:data/text()", namespaces=NAMESPACES) == [ADDRESS]


def test_a_lost_footnote_mark_stays_in_the_source() -> None:
    whole = translated([Paragraph("Ja.", spans=(Span(3, 3, Format.NOTE, "7"),))], [["Yes."]])
    assert inner(one(whole), "source") == 'Ja.<x id="1" ctype="x-footnote" equiv-text="[7]"/>'
    assert inner(one(whole), "target") == "Yes."
    assert inner(two(whole), "target") == "Yes."


def test_formatting_nests_and_does_not_cross() -> None:
    bold, italic = Format.BOLD, Format.ITALIC
    nested = of("aaa bbb", spans=(Span(0, 7, bold), Span(4, 7, italic)))
    crossed = of("aaa bbb ccc", spans=(Span(0, 7, bold), Span(4, 11, italic)))
    source = Paragraph("AAA BBB", spans=(Span(0, 7, bold), Span(0, 3, italic)))
    whole = translated([source], [[nested]])
    assert inner(one(whole), "source") == '<g id="1" ctype="bold"><g id="2" ctype="italic">AAA</g> BBB</g>'
    assert inner(one(whole), "target") == '<g id="1" ctype="bold">aaa <g id="2" ctype="italic">bbb</g></g>'
    assert inner(one(translated([source], [[crossed]])), "target") == '<g id="1" ctype="bold">aaa bbb</g> ccc'
    two(translated([source], [[crossed]]))


def test_ids_of_formatting_run_through_a_unit() -> None:
    spans = (Span(0, 2, Format.BOLD), Span(4, 6, Format.BOLD))
    target = [of("Yes.", spans=(Span(0, 3, Format.BOLD),)), of("No.", spans=(Span(0, 2, Format.BOLD),))]
    root = two(translated([Paragraph("Ja. / Nein.", spans=spans)], [target]))
    assert root.xpath("//y:pc/@id", namespaces=NAMESPACES) == ["1", "1", "2", "2"]


def test_blanks_between_formatted_words_are_not_indented() -> None:
    spans = (Span(0, 3, Format.BOLD), Span(4, 7, Format.ITALIC))
    whole = translated([Paragraph("AAA BBB", spans=spans)], [[of("aaa bbb", spans=spans)]])
    for root in (one(whole), two(whole)):
        assert plain(root, "source") == ["AAA BBB"]


@pytest.mark.parametrize("date", [None, "2025-08", "25. August 2025"])
def test_a_date_only_if_it_is_known(date: str | None) -> None:
    document = Document(Path("a"), "a.txt", (), date)
    file = one(BilingualDocument(document, (), signature())).find("x:file", NAMESPACES)
    assert "date" not in file.attrib


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("read", [one, two])
def test_hostile_text(read, text: str) -> None:  # type: ignore[no-untyped-def]
    root = read(one_sentence(text, text))
    assert plain(root, "source") == plain(root, "target") == [legal(text)]


@pytest.mark.parametrize(("code", "tag"), [("uk", "uk"), ("pb", "pt-BR")])
def test_language_tags(code: str, tag: str) -> None:
    whole = one_sentence("Ja.", "x", code)
    assert one(whole).find("x:file", NAMESPACES).get("target-language") == tag
    assert two(whole).get("trgLang") == tag


def test_read_by_translate_toolkit(tmp_path: Path) -> None:
    storage = pytest.importorskip("translate.storage.xliff")  # needs Python 3.11
    path = tmp_path / "a.xlf"
    assert xliff.write([article()], path, SETTINGS) == (path,)
    units = storage.xlifffile.parsefile(str(path)).units
    segments = article().segments
    assert [(u.source, u.target) for u in units] == [(s.segment.source, s.target) for s in segments]
    assert [u.xmlelement.get("id") for u in units] == [s.segment.id for s in segments]
    assert not any(u.isapproved() for u in units)
    assert "Selenskyj should be Zelenskyy" in units[2].getnotes()


def test_version_2_read_by_translate_toolkit(tmp_path: Path) -> None:
    storage = pytest.importorskip("translate.storage.xliff2")  # needs Python 3.11
    path = tmp_path / "a.xliff"
    assert xliff2.write([article()], path, SETTINGS) == (path,)
    units = storage.Xliff2File.parsefile(str(path)).units
    segments = article().segments
    assert [(u.source, u.target) for u in units] == [(s.segment.source, s.target) for s in segments]
