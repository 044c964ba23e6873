"""TMX: valid, complete, and read back as it was by another program's library."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from test_export_json import HOSTILE, SETTINGS, LaterOrigin, article, of, one_sentence, signature, translated

from translator.documents import Paragraph
from translator.documents.characters import collapse
from translator.export import tmx as exporter

DTD = etree.DTD(str(Path(__file__).parent / "data" / "schemas" / "tmx14.dtd"))
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def units(content: bytes) -> list[etree._Element]:
    root = etree.fromstring(content)
    assert DTD.validate(root), DTD.error_log
    return list(root.iter("tu"))


def texts(content: bytes) -> list[tuple[str, str]]:
    return [tuple(seg.text or "" for seg in unit.iter("seg")) for unit in units(content)]


def test_a_small_document() -> None:
    whole = one_sentence("Grüße & <b>", "Greetings & <b>")
    identity = whole.document.segments[0].id
    assert (
        exporter.tmx_bytes(whole).decode()
        == f"""<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="translator" creationtoolversion="1.0" segtype="sentence" o-tmf="translator" adminlang="en" \
srclang="de" datatype="plaintext">
    <prop type="x-signature">{signature()}</prop>
  </header>
  <body>
    <tu tuid="{identity}">
      <prop type="x-document">a.txt</prop>
      <prop type="x-number">1</prop>
      <prop type="x-origin">machine</prop>
      <tuv xml:lang="de">
        <seg>Grüße &amp; &lt;b&gt;</seg>
      </tuv>
      <tuv xml:lang="en">
        <seg>Greetings &amp; &lt;b&gt;</seg>
      </tuv>
    </tu>
  </body>
</tmx>
"""
    )


def test_a_whole_article(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    assert exporter.write([article()], path, SETTINGS) == (path,)
    found = units(path.read_bytes())
    whole = article()
    kept = [s for s in whole.segments if s.origin.value != "copied"]
    assert [u.get("tuid") for u in found] == [s.segment.id for s in kept]
    assert texts(path.read_bytes()) == [(s.segment.source, s.target) for s in kept]
    second = found[2]
    assert [child.tag for child in second] == ["note", "note", "prop", "prop", "prop", "tuv", "tuv"]
    assert [n.text for n in second.iter("note")] == ["term: Selenskyj should be Zelenskyy", "numbers: 5 is new"]


def test_a_pair_stands_once() -> None:
    whole = translated([Paragraph("Ja. / Ja. / Ja.")], [["Yes.", "Yes.", "Yeah."]])
    assert texts(exporter.tmx_bytes(whole)) == [("Ja.", "Yes."), ("Ja.", "Yeah.")]


def test_no_unit_without_translation() -> None:
    assert texts(exporter.tmx_bytes(one_sentence("Ja.", " "))) == []


def test_blanks_at_the_ends_are_gone() -> None:
    assert texts(exporter.tmx_bytes(one_sentence(" Ja. ", "\tYes.\n\n "))) == [("Ja.", "Yes.")]


@pytest.mark.parametrize("origin", list(LaterOrigin))
def test_origins_by_value(origin: LaterOrigin) -> None:
    unit = units(exporter.tmx_bytes(one_sentence("Ja.", of("Yes.", origin=origin))))[0]
    assert unit.xpath("prop[@type='x-origin']/text()") == [origin.value]


@pytest.mark.parametrize(("code", "tag"), [("en", "en"), ("uk", "uk"), ("pb", "pt-BR"), ("zt", "zh-TW")])
def test_language_tags(code: str, tag: str) -> None:
    unit = units(exporter.tmx_bytes(one_sentence("Ja.", "x", code)))[0]
    assert [v.get(XML_LANG) for v in unit.iter("tuv")] == ["de", tag]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(text: str) -> None:
    assert texts(exporter.tmx_bytes(one_sentence(text, text))) == [(collapse(text), collapse(text))]


def test_read_by_translate_toolkit(tmp_path: Path) -> None:
    tmx = pytest.importorskip("translate.storage.tmx")  # needs Python 3.11
    path = tmp_path / "a.tmx"
    exporter.write([article()], path, SETTINGS)
    kept = [s for s in article().segments if s.origin.value != "copied"]
    read = tmx.tmxfile.parsefile(str(path))
    assert [(u.source, u.target) for u in read.units] == [(s.segment.source, s.target) for s in kept]
    notes = ["\n".join(f"{f.rule}: {f.message}" for f in s.findings) for s in kept]
    assert [u.getnotes() for u in read.units] == notes
