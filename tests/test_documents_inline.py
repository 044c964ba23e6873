"""Bold, italic, links and footnote marks are read alike from every format, however the programs cut their runs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from test_documents_epub import book, chapter
from test_documents_html import FIRST, SECOND, TITLE, page
from test_documents_odt import content, packed

from translator.documents import Format, InputFile, Kind, Paragraph, read_document

ADDRESS = "https://example.org/rede"
_TAGS = {Format.BOLD: "b", Format.ITALIC: "i", Format.LINK: "a"}


def marked(text: str, spans: tuple) -> str:  # type: ignore[type-arg]
    """The text with its formatting as tags, the longer ones outside, and footnote marks as ^1."""
    inserts: list[tuple[int, int, int, str]] = []
    for s in spans:
        if s.format is Format.NOTE:
            inserts.append((s.start, 2, 0, f"^{s.value}"))
            continue
        length, tag = s.end - s.start, _TAGS[s.format]
        order = "abi".index(tag)
        inserts += [(s.start, 3, -length * 10 + order, f"<{tag}>"), (s.end, 1, length * 10 - order, f"</{tag}>")]
    for place, _, _, tag in sorted(inserts, reverse=True):
        text = text[:place] + tag + text[place:]
    return text


def shown(paragraphs: list[Paragraph] | tuple[Paragraph, ...]) -> list[str]:
    return [marked(p.text, p.spans) for p in paragraphs if p.kind is Kind.PARAGRAPH]


# --- one text in every format

CASES = {
    "bold": ("Die <b>neuen Regeln</b> gelten.", "Die **neuen Regeln** gelten."),
    "italic": ("In der <i>Zeit</i> steht es.", "In der *Zeit* steht es."),
    "italic in bold": ("Die <b>sehr <i>neuen</i> Regeln</b> gelten.", "Die **sehr *neuen* Regeln** gelten."),
    "bold and italic at once": ("Das gilt <b><i>nur</i></b> heute.", "Das gilt ***nur*** heute."),
    "italic ends with bold": ("Das <b>gilt <i>nur</i></b> heute.", "Das **gilt *nur*** heute."),
    "link": ("Die <a>Rede</a> war lang.", f"Die [Rede]({ADDRESS}) war lang."),
    "bold in a link": ("Die <a>Rede in <b>Kiew</b></a> war lang.", f"Die [Rede in **Kiew**]({ADDRESS}) war lang."),
    "a bold link": ("Die <a><b>Rede</b></a> war lang.", f"Die **[Rede]({ADDRESS})** war lang."),
    "two side by side": ("Die <b>neue</b> <i>gute</i> Regel.", "Die **neue** *gute* Regel."),
    "within a word": ("Die <b>Neu</b>regelung gilt.", "Die **Neu**regelung gilt."),
    "before a sign": ("Er kam <b>heute</b>, ja.", "Er kam **heute**, ja."),
    "at both ends": ("<b>Heute</b> kam er <b>an</b>", "**Heute** kam er **an**"),
}  # fmt: skip


def _runs(source: str, run: Callable[[str, frozenset[str]], str], link: Callable[[str], str]) -> str:
    """The pieces of a marked text in another format: each run with its tags, links around theirs."""
    made, inside, open_tags, linked = "", "", set[str](), False
    for piece in source.replace("<", "\n<").replace(">", ">\n").split("\n"):
        if piece in ("<a>", "</a>"):
            made, inside, linked = (made, inside, True) if piece == "<a>" else (made + link(inside), "", False)
        elif piece.startswith("</"):
            open_tags.discard(piece[2:-1])
        elif piece.startswith("<"):
            open_tags.add(piece[1:-1])
        elif piece:
            new = run(piece, frozenset(open_tags))
            made, inside = (made, inside + new) if linked else (made + new, inside)
    return made


def word_run(text: str, tags: frozenset[str] = frozenset(), tag: str = "t") -> str:
    properties = "".join(f"<w:{t}/>" for t in sorted(tags))
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def word_link(inside: str) -> str:
    return f'<w:hyperlink r:id="rIdLink">{inside}</w:hyperlink>'


def read_word(content_: str, path: Path, notes: str = "") -> list[str]:
    """Paragraphs of a Word file with one paragraph of this content; `notes` are its footnotes."""
    word = docx.Document()
    key = word.part.relate_to(ADDRESS, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    body = word.element.body
    body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'r')}>{content_.replace('rIdLink', key)}</w:p>"))
    if notes:
        blob = f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>".encode()
        part = Part(
            PackURI("/word/footnotes.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
            blob,
            word.part.package,
        )
        word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    word.save(str(path))
    return shown(read_document(InputFile(path, path.name)).paragraphs)


_LOOKS = {
    "b": 'fo:font-weight="bold"',
    "i": 'fo:font-style="italic"',
    "bi": 'fo:font-weight="bold" fo:font-style="italic"',
}
ODT_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
    for name, look in _LOOKS.items()
)


def odt_run(text: str, tags: frozenset[str]) -> str:
    return f'<text:span text:style-name="{"".join(sorted(tags))}">{text}</text:span>' if tags else text


def odt_link(inside: str) -> str:
    return f'<text:a xlink:type="simple" xlink:href="{ADDRESS}">{inside}</text:a>'


def read_odt(inside: str, path: Path) -> list[str]:
    path.write_bytes(packed({"content.xml": content(f"<text:p>{inside}</text:p>", ODT_STYLES)}))
    return shown(read_document(InputFile(path, path.name)).paragraphs)


def as_html(source: str) -> str:
    return source.replace("<a>", f'<a href="{ADDRESS}">')


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("format", ["docx", "odt", "html", "epub", "md"])
def test_read_alike_from_every_format(format: str, case: str, tmp_path: Path) -> None:
    source, markdown = CASES[case]
    path = tmp_path / f"artikel.{format}"
    if format == "docx":
        found = read_word(_runs(source, word_run, word_link), path)
    elif format == "odt":
        found = read_odt(_runs(source, odt_run, odt_link), path)
    else:
        path.write_bytes({
            "html": page(f"<article><h1>{TITLE}</h1><p>{FIRST}<p>{as_html(source)}<p>{SECOND}</article>").encode(),
            "epub": book({"a.xhtml": chapter(f"<p>{as_html(source)}</p>")}),
            "md": f"{markdown}\n".encode(),
        }[format])  # fmt: skip
        found = shown(read_document(InputFile(path, path.name)).paragraphs)
    assert found == ([FIRST, source, SECOND] if format == "html" else [source])


# --- how Word cuts its runs

B = frozenset("b")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        # A word over several runs: spelling marks, ids of revisions.
        (word_run("Die ") + word_run("Bun", B) + "<w:proofErr w:type='spellStart'/>" + word_run("des", B)
         + word_run("regierung", B) + word_run(" kam."), "Die <b>Bundesregierung</b> kam."),
        (word_run("Die ") + word_run("Bun", B) + "<w:bookmarkStart w:id='0' w:name='_GoBack'/><w:bookmarkEnd w:id='0'/>"
         + word_run("destag", B) + word_run(" kam."), "Die <b>Bundestag</b> kam."),
        # Blanks inside and outside at the borders, alone in a run, doubled, with and without the format.
        (word_run("Die") + word_run(" neuen ", B) + word_run("Regeln."), "Die <b>neuen</b> Regeln."),
        (word_run("Die ") + word_run(" neuen", B) + word_run(" ", B) + word_run(" Regeln", B) + word_run(" ") + word_run("hier."),
         "Die <b>neuen Regeln</b> hier."),
        (word_run("Die ") + word_run("neuen", B) + word_run(" ") + word_run("Regeln", B) + word_run("."),
         "Die <b>neuen Regeln</b>."),
        (word_run("Die ") + word_run(" ", B) + word_run("Regeln."), "Die Regeln."),
        (word_run("Die ") + word_run("", B) + word_run("Regeln."), "Die Regeln."),
        # Switched off again on the run.
        (word_run("Die ") + "<w:r><w:rPr><w:b w:val='0'/><w:i w:val='false'/></w:rPr><w:t>Regeln</w:t></w:r>" + word_run("."),
         "Die Regeln."),
        # Links: over several runs, and one behind the other.
        (word_run("Die ") + word_link(word_run("Re") + word_run("de")) + word_run("."), "Die <a>Rede</a>."),
        (word_run("Die ") + word_link(word_run("Rede ") + word_run("hier", B)) + word_run("."), "Die <a>Rede <b>hier</b></a>."),
        # A line break inside.
        (word_run("Die ") + "<w:r><w:rPr><w:b/></w:rPr><w:t>neuen</w:t><w:br/><w:t>Regeln</w:t></w:r>" + word_run("."),
         "Die <b>neuen Regeln</b>."),
    ],
    ids=["split word", "bookmark", "blanks in the run", "blanks alone", "plain blank between", "bold blank", "empty run",
         "switched off", "split link", "bold in a link", "line break"],
)  # fmt: skip
def test_runs_of_word(inside: str, expected: str, tmp_path: Path) -> None:
    assert read_word(inside, tmp_path / "a.docx") == [expected]


def inserted(inside: str) -> str:
    return f'<w:ins w:id="1" w:author="A">{inside}</w:ins>'


def deleted(text: str, tags: frozenset[str] = frozenset()) -> str:
    return f'<w:del w:id="2" w:author="A">{word_run(text, tags, "delText")}</w:del>'


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (word_run("Die ") + word_run("sehr ", B) + deleted("alten ", B) + inserted(word_run("neuen ", B))
         + word_run("Regeln", B) + word_run("."), "Die <b>sehr neuen Regeln</b>."),
        (word_run("Die ") + inserted(word_run("neuen", B)) + word_run(" Regeln."), "Die <b>neuen</b> Regeln."),
        (word_run("Die ") + deleted("alten", B) + word_run(" Regeln."), "Die Regeln."),
        (word_run("Die ") + word_link(word_run("Re") + deleted("ch") + inserted(word_run("de"))) + word_run("."),
         "Die <a>Rede</a>."),
        # Only the format was changed, and the old one is kept beside it.
        (word_run("Die ") + '<w:r><w:rPr><w:i/><w:rPrChange w:id="3" w:author="A"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr>'
         "<w:t>Regeln</w:t></w:r>" + word_run("."), "Die <i>Regeln</i>."),
    ],
    ids=["replaced in bold", "inserted", "deleted", "in a link", "format changed"],
)  # fmt: skip
def test_tracked_changes_inside_formatting(inside: str, expected: str, tmp_path: Path) -> None:
    assert read_word(inside, tmp_path / "a.docx") == [expected]


def test_footnote_marks_of_word_stand_behind_their_words(tmp_path: Path) -> None:
    def mark(number: int) -> str:
        style = '<w:rPr><w:rStyle w:val="FootnoteReference"/><w:b/></w:rPr>'
        return f'<w:r>{style}<w:footnoteReference w:id="{number}"/></w:r>'

    notes = "".join(f'<w:footnote w:id="{n}"><w:p>{word_run(f"Note {n}.")}</w:p></w:footnote>' for n in (7, 3))
    inside = word_run("Die ") + word_run("Regeln", B) + mark(7) + word_run(" gelten") + mark(3) + word_run(".")
    assert read_word(inside, tmp_path / "a.docx", notes) == ["Die <b>Regeln</b>^1 gelten^2."]


def test_tracked_changes_inside_formatting_of_opendocument(tmp_path: Path) -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>alten</text:p></text:deletion>'
        '</text:changed-region><text:changed-region text:id="c2"><text:insertion/></text:changed-region></text:tracked-changes>'
    )
    inside = (
        'Die <text:span text:style-name="b">sehr <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>'
        'neuen<text:change-end text:change-id="c2"/> Regeln</text:span>.'
    )
    path = tmp_path / "a.odt"
    path.write_bytes(packed({"content.xml": content(f"{changes}<text:p>{inside}</text:p>", ODT_STYLES)}))
    assert shown(read_document(InputFile(path, path.name)).paragraphs) == ["Die <b>sehr neuen Regeln</b>."]


def test_formatting_over_the_end_of_a_sentence_belongs_to_both(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Gestern kam **die Regierung. Heute ging** sie wieder.\n", encoding="utf-8")
    document = read_document(InputFile(path, path.name))
    document = document.with_segments([["Gestern kam die Regierung.", "Heute ging sie wieder."]])
    assert [marked(s.source, s.spans) for s in document.segments] == [
        "Gestern kam <b>die Regierung.</b>",
        "<b>Heute ging</b> sie wieder.",
    ]


def test_the_zip_of_word_is_what_is_read(tmp_path: Path) -> None:
    """The builder above writes what it says: the file holds the runs cut as given."""
    read_word(word_run("Bun", B) + word_run("des", B) + word_run(" da"), tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        assert archive.read("word/document.xml").count(b"<w:b/>") == 2
