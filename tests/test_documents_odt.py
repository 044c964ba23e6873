"""OpenDocument texts: structure, lists, tables, footnotes, formatting, tracked changes, and every kind of file that is none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import odfdo
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from translator import limits
from translator.documents import Document, Kind
from translator.documents.model import Format, Span
from translator.documents.odt import read
from translator.errors import ExitCode, InputError

T, H, P, L, C, N = Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.TABLE_CELL, Kind.FOOTNOTE
BODY = "Die Minister beraten am Donnerstag."
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "draw": f"{OASIS}:drawing:1.0",
        "fo": f"{OASIS}:xsl-fo-compatible:1.0",
        "manifest": f"{OASIS}:manifest:1.0",
        "office": f"{OASIS}:office:1.0",
        "style": f"{OASIS}:style:1.0",
        "table": f"{OASIS}:table:1.0",
        "text": f"{OASIS}:text:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
MIMETYPE = b"application/vnd.oasis.opendocument.text"

Save = Callable[..., Document]


def content(body: str, automatic: str = "", head: str = "") -> bytes:
    return (
        f"{head}<office:document-content {NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    ).encode()


STYLES = f"""<office:document-styles {NAMES}><office:styles>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Heading_20_2" style:family="paragraph"/>
<style:style style:name="Caption" style:family="paragraph"/>
<style:style style:name="Table" style:family="paragraph" style:parent-style-name="Caption"/>
<style:style style:name="Strong_20_Emphasis" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
</office:styles><office:master-styles><style:master-page style:name="Standard"><style:header><text:p>Kopfzeile</text:p>
</style:header></style:master-page></office:master-styles></office:document-styles>""".encode()
MANIFEST = f'<manifest:manifest {NAMES}><manifest:file-entry manifest:full-path="/"/></manifest:manifest>'.encode()


def packed(changes: dict[str, bytes | None], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package with parts replaced, or left out where None."""
    parts: dict[str, bytes | None] = {
        "mimetype": MIMETYPE,
        "content.xml": content(f"<text:p>{BODY}</text:p>"),
        "styles.xml": STYLES,
        "META-INF/manifest.xml": MANIFEST,
        **changes,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as package:
        for name, data in parts.items():
            if data is not None:
                package.writestr(name, data)
    return file.getvalue()


@pytest.fixture
def saved(write: Callable[..., Path]) -> Save:
    def _saved(body: str, automatic: str = "", head: str = "") -> Document:
        return read(write("artikel.odt", packed({"content.xml": content(body, automatic, head)})), "artikel.odt")

    return _saved


def shape(document: Document) -> list[tuple[Kind, int, str]]:
    return [(p.kind, p.level, p.text) for p in document.paragraphs]


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int = 1) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def note(text: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>*</text:note-citation>'
        f"<text:note-body>{text}</text:note-body></text:note>"
    )


# --- structure -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (h("Treffen in Kopenhagen") + p(BODY), [(T, 1, "Treffen in Kopenhagen"), (P, 1, BODY)]),
        (h("Treffen", 2) + p(BODY), [(H, 2, "Treffen"), (P, 1, BODY)]),
        (p("Treffen", "Title") + p(BODY), [(T, 1, "Treffen"), (P, 1, BODY)]),
        (p("Treffen", "P1") + p(BODY), [(T, 1, "Treffen"), (P, 1, BODY)]),
        (p(BODY) + p("Kiew ist bereit", "Heading_20_2"), [(P, 1, BODY), (H, 2, "Kiew ist bereit")]),
        (p(BODY) + p("Kiew ist bereit", "Table"), [(P, 1, BODY), (Kind.CAPTION, 1, "Kiew ist bereit")]),
        (
            p(BODY) + p("rund", "P2") + "<text:h>ohne Stufe</text:h>",
            [(P, 1, BODY), (P, 1, "rund"), (H, 1, "ohne Stufe")],
        ),
        (p("") + p("<text:s/>") + p(BODY), [(P, 1, BODY)]),
        (
            f"<text:section>{p(BODY)}</text:section><text:section text:display='none'>{p('Verborgen.')}</text:section>",
            [(P, 1, BODY)],
        ),
        (
            f"<text:table-of-content><text:index-body>{p('Treffen 1')}</text:index-body></text:table-of-content>{p(BODY)}",
            [(P, 1, BODY)],
        ),
        (p("date 2025-08-25 Treffen in Kopenhagen") + p(BODY), [(T, 1, "Treffen in Kopenhagen"), (P, 1, BODY)]),
    ],
    ids=[
        "heading",
        "second level",
        "title",
        "style from title",
        "heading by style",
        "caption",
        "circle of styles",
        "empty",
        "sections",
        "index",
        "date",
    ],
)
def test_structure(saved: Save, body: str, expected: list[tuple[Kind, int, str]]) -> None:
    automatic = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    automatic += '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="P3"/>'
    automatic += '<style:style style:name="P3" style:family="paragraph" style:parent-style-name="P2"/>'
    document = saved(body, automatic)
    assert shape(document) == expected
    assert (document.date, document.author, document.encoding) == (
        "2025-08-25" if "date" in body else None,
        None,
        "odt",
    )


def items(*texts: str) -> str:
    return "".join(f"<text:list-item>{text}</text:list-item>" for text in texts)


def test_lists_keep_their_depth(saved: Save) -> None:
    inner = f"<text:list>{items(p('Polen') + p('seit 1999'), p('Estland'))}</text:list>"
    body = f"<text:list><text:list-header>{p('Länder')}</text:list-header>{items(p('Osten') + inner, p('Westen'))}</text:list>"
    assert shape(saved(body)) == [
        (L, 1, "Länder"),
        (L, 1, "Osten"),
        (L, 2, "Polen"),
        (L, 2, "seit 1999"),
        (L, 2, "Estland"),
        (L, 1, "Westen"),
    ]


def test_numbered_headings_are_headings_although_they_stand_in_a_list(saved: Save) -> None:
    assert shape(saved(p(BODY) + f"<text:list>{items(h('Kiew ist bereit', 2))}</text:list>")) == [
        (P, 1, BODY),
        (H, 2, "Kiew ist bereit"),
    ]


def row(*cells: str, repeated: str = "") -> str:
    return f"<table:table-row {repeated}>{''.join(cells)}</table:table-row>"


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{text}</table:table-cell>"


def test_cells_come_row_by_row_and_merged_or_repeated_ones_once(saved: Save) -> None:
    covered = "<table:covered-table-cell><text:p>verdeckt</text:p></table:covered-table-cell>"
    inner = f"<table:table>{row(cell(p('innen')))}</table:table>"
    table = (
        f"<table:table><table:table-header-rows>{row(cell(p('Land')), cell(p('Beitrag')))}</table:table-header-rows>"
        + row(cell(p("quer"), 'table:number-columns-spanned="2"'), covered)
        + row(cell(p("oft"), 'table:number-columns-repeated="900"'), repeated='table:number-rows-repeated="1000000"')
        + row(cell(h("Kopf") + inner + f"<text:list>{items(p('Punkt'))}</text:list>"), cell(p("")))
        + "</table:table>"
    )
    assert shape(saved(p(BODY) + table + p("Ende."))) == [
        (P, 1, BODY),
        *((C, 1, text) for text in ("Land", "Beitrag", "quer", "oft", "Kopf", "innen", "Punkt")),
        (P, 1, "Ende."),
    ]


def test_footnotes_come_at_the_end_and_leave_marks(saved: Save) -> None:
    first = note(p("Drucksache 20/1234.") + p("Seite <text:span text:style-name='Strong_20_Emphasis'>7</text:span>."))
    comment = "<office:annotation><dc:creator>A</dc:creator><text:p>Stimmt das?</text:p></office:annotation>"
    second = note(p(f"Ebenda{comment}."), "endnote")
    document = saved(p(f"Die Minister{first} beraten am Donnerstag.{second}") + p("Ende."))
    assert shape(document) == [(P, 1, BODY), (P, 1, "Ende."), (N, 1, "Drucksache 20/1234. Seite 7."), (N, 2, "Ebenda.")]
    assert document.paragraphs[0].spans == (Span(12, 12, Format.NOTE, "1"), Span(35, 35, Format.NOTE, "2"))
    assert document.paragraphs[2].spans == (Span(26, 27, Format.BOLD),)


# --- inside a paragraph ----------------------------------------------------------------------------------------------

AUTOMATIC = "".join(
    f'<style:style style:name="{name}" style:family="text" {parent}><style:text-properties {properties}/></style:style>'
    for name, parent, properties in (
        ("T1", "", 'fo:font-weight="bold"'),
        ("T2", "", 'fo:font-style="italic"'),
        ("T3", 'style:parent-style-name="Strong_20_Emphasis"', 'fo:font-style="oblique"'),
        ("T4", "", 'fo:font-weight="normal"'),
        ("T5", "", 'fo:font-weight="600"'),
        ("T6", "", 'text:display="none"'),
        ("T7", "", 'fo:color="#ff0000"'),
    )
)


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def link(text: str, address: str) -> str:
    return f'<text:a xlink:type="simple" xlink:href="{address}">{text}</text:a>'


BOLD, ITALIC = Format.BOLD, Format.ITALIC


@pytest.mark.parametrize(
    ("inside", "text", "spans"),
    [
        (f"Die {span('drei', 'T1')} Minister.", "Die drei Minister.", [Span(4, 8, BOLD)]),
        (f"Die {span('drei', 'Strong_20_Emphasis')} Minister.", "Die drei Minister.", [Span(4, 8, BOLD)]),
        (f"Die {span('drei', 'T3')} Minister.", "Die drei Minister.", [Span(4, 8, BOLD), Span(4, 8, ITALIC)]),
        (f"Die {span('drei', 'T5')} Minister.", "Die drei Minister.", [Span(4, 8, BOLD)]),
        (f"Die {span('drei', 'T7')} Minister.", "Die drei Minister.", []),
        (f"Die {span('drei', 'fehlt')} Minister.", "Die drei Minister.", []),
        (
            span(f"Die {span('drei', 'T4')} {span('Minister', 'T2')}", "T1") + ".",
            "Die drei Minister.",
            [Span(0, 3, BOLD), Span(9, 17, BOLD), Span(9, 17, ITALIC)],
        ),
        (span("Die drei Minister.", "T1"), "Die drei Minister.", []),
        (f"Die{span(' verborgenen', 'T6')} Minister.", "Die Minister.", []),
        (
            f"Die {link(span('Rede', 'T2'), 'https://example.org/a')}.",
            "Die Rede.",
            [Span(4, 8, ITALIC), Span(4, 8, Format.LINK, "https://example.org/a")],
        ),
        (
            f"Die {link('Rede', 'mailto:a@example.org')}.",
            "Die Rede.",
            [Span(4, 8, Format.LINK, "mailto:a@example.org")],
        ),
        (f"Die {link('Rede', '#Anker')} {link('lief', 'javascript:alert(1)')}.", "Die Rede lief.", []),
        (
            "Der<text:s text:c='3'/>Anhang<text:tab/>kommt<text:line-break/>heute,\n    sagt\u00a0 man.",
            "Der Anhang kommt heute, sagt man.",
            [],
        ),
        ("Ein<text:soft-page-break/> Wort<text:bookmark text:name='x'/>.", "Ein Wort.", []),
        ("Am <text:date>3. Mai</text:date>, Seite <text:page-number>7</text:page-number>.", "Am 3. Mai, Seite 7.", []),
        ("Die<!-- drei --> Minister<?x y?>.", "Die Minister.", []),
        (
            "Die<office:annotation><text:p>Anmerkung</text:p></office:annotation> Minister<office:annotation-end/>.",
            "Die Minister.",
            [],
        ),
        (
            "Die <draw:frame><draw:text-box><text:p>Werbung</text:p></draw:text-box></draw:frame>Minister.",
            "Die Minister.",
            [],
        ),
        (
            "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text></text:ruby>字",
            "漢字",
            [],
        ),
    ],
    ids=[
        "automatic",
        "named",
        "parent",
        "weight in numbers",
        "colour",
        "missing style",
        "nested",
        "throughout",
        "hidden",
        "link",
        "mail",
        "other links",
        "blanks",
        "marks",
        "fields",
        "XML comments",
        "comment",
        "text frame",
        "ruby",
    ],
)
def test_runs(saved: Save, inside: str, text: str, spans: list[Span]) -> None:
    document = saved(p(inside), AUTOMATIC)
    assert [(q.text, list(q.spans)) for q in document.paragraphs] == [(text, spans)]


def test_tracked_changes_are_read_as_accepted(saved: Save) -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>gestern</text:p></text:deletion>'
        '</text:changed-region><text:changed-region text:id="c2"><text:insertion/></text:changed-region></text:tracked-changes>'
    )
    inserted = 'am <text:change-start text:change-id="c2"/>Donnerstag<text:change-end text:change-id="c2"/>'
    body = changes + p(f'Die Minister beraten <text:change text:change-id="c1"/>{inserted}.')
    assert shape(saved(body)) == [(P, 1, BODY)]


def test_what_odfdo_writes_is_read(tmp_path: Path) -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Treffen in Kopenhagen"))
    paragraph = odfdo.Paragraph(BODY)
    paragraph.insert_note(after="Minister", note_id="n1", citation="1", body="Drei an der Zahl.")
    document.body.append(paragraph)
    document.body.append(odfdo.List(["Polen", "Estland"]))
    table = odfdo.Table("Tabelle", width=2, height=1)
    table.set_values([["Land", "Beitrag"]])
    document.body.append(table)
    path = tmp_path / "~artikel.odt"
    document.save(str(path))
    assert shape(read(path, path.name)) == [
        (T, 1, "Treffen in Kopenhagen"),
        (P, 1, BODY),
        (L, 1, "Polen"),
        (L, 1, "Estland"),
        (C, 1, "Land"),
        (C, 1, "Beitrag"),
        (N, 1, "Drei an der Zahl."),
    ]


def test_name_that_begins_like_a_home_is_read(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write("~niemand.odt", packed({})).parent)
    assert shape(read(Path("~niemand.odt"), "~niemand.odt")) == [(P, 1, BODY)]


# --- files that are none ---------------------------------------------------------------------------------------------


def refused(path: Path) -> str:
    """The message without the path."""
    with pytest.raises(InputError) as caught:
        read(path, path.name)
    assert caught.value.exit_code is ExitCode.input
    message = str(caught.value)
    assert message.startswith(f"{path}: ") and "\n" not in message
    return message.removeprefix(f"{path}: ")


DAMAGED = "damaged, or no OpenDocument file although it is named like one"
PASSWORD = "password-protected; remove the password and try again"
ENCRYPTED = MANIFEST.replace(b"/></", b"><manifest:encryption-data/></manifest:file-entry></")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (BODY.encode(), DAMAGED),
        (packed({})[:300], DAMAGED),
        (b"PK\x03\x04", DAMAGED),
        (packed({"mimetype": None}), DAMAGED),
        (packed({"mimetype": b"text/plain"}), DAMAGED),
        (packed({"content.xml": None}), f"{DAMAGED} (no text document)"),
        (packed({"content.xml": b""}), DAMAGED),
        (packed({"content.xml": b"<office:document"}), DAMAGED),
        (packed({"content.xml": b"<x/>"}), f"{DAMAGED} (no text document)"),
        (
            packed({"content.xml": content("").replace(b"office:text", b"office:spreadsheet")}),
            f"{DAMAGED} (no text document)",
        ),
        (packed({"styles.xml": b"<x"}), DAMAGED),
        (packed({"META-INF/manifest.xml": ENCRYPTED, "content.xml": b"\x13\x37"}), PASSWORD),
        (packed({"content.xml": content("")}), "no text in it"),
        (packed({"content.xml": content(p("date 2025-08-25"))}), "no text in it"),
        (packed({"content.xml": content("<text:p>" * 5000 + "</text:p>" * 5000)}), DAMAGED),
    ],
    ids=[
        "empty",
        "text",
        "cut off",
        "only a signature",
        "no type",
        "other type",
        "no content",
        "empty content",
        "cut XML",
        "other XML",
        "spreadsheet",
        "cut styles",
        "encrypted",
        "no text",
        "date only",
        "too deep",
    ],
)
def test_what_is_no_open_document_text_is_refused(write: Callable[..., Path], data: bytes, message: str) -> None:
    assert refused(write("a.odt", data)).startswith(message)


@pytest.mark.parametrize("part", ["styles.xml", "META-INF/manifest.xml"])
def test_a_missing_part_that_holds_no_text_does_not_matter(write: Callable[..., Path], part: str) -> None:
    assert shape(read(write("a.odt", packed({part: None})), "a.odt")) == [(P, 1, BODY)]


def test_encrypted_zip_is_refused(write: Callable[..., Path]) -> None:
    data = bytearray(packed({}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # general purpose flags
        data[data.index(signature) + offset] |= 1
    assert refused(write("a.odt", bytes(data))) == PASSWORD


def test_zip_bomb_is_not_opened(write: Callable[..., Path]) -> None:
    path = write("a.odt", packed({"Pictures/a.bmp": bytes(16 * 2**20)}))
    assert "times its size when unpacked are more than the 200 allowed" in refused(path)


def test_huge_document_is_not_opened(write: Callable[..., Path]) -> None:
    path = write("a.odt", packed({}))
    with limits.override(archive_bytes=1000):
        assert " bytes when unpacked are more than the 1,000 bytes allowed" in refused(path)


@pytest.mark.parametrize(
    "declared",
    [
        "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        '<!ENTITY i SYSTEM "file:///etc/passwd">',
        '<!ENTITY i SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY i "<text:p>Werbung</text:p>">',
    ],
    ids=["bomb", "file", "net", "markup"],
)
def test_entities_are_not_expanded(write: Callable[..., Path], declared: str) -> None:
    data = content(f"{p('Text &i;hier')}&i;", head=f'<!DOCTYPE x [<!ENTITY a "Werbung">{declared}]>')
    try:
        text = read(write("a.odt", packed({"content.xml": data})), "a.odt").text
    except InputError:
        text = ""
    assert text in ("", "Text hier")


def test_unreadable_path_is_refused_with_the_reason(tmp_path: Path) -> None:
    assert refused(tmp_path) == "cannot be read (Is a directory)"


def mutated(changes: list[tuple[int, int]]) -> bytes:
    """A sound document with single bytes changed."""
    data = bytearray(packed({}, zipfile.ZIP_STORED))
    for at, value in changes:
        data[at % len(data)] = value
    return bytes(data)


@given(
    data=st.one_of(
        st.binary(max_size=300).map(lambda data: b"PK\x03\x04" + data),
        st.binary(max_size=300).map(lambda data: packed({"content.xml": data})),
        st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=8).map(mutated),
        st.lists(
            st.sampled_from(
                [
                    "<text:p>",
                    "</text:p>",
                    "<text:list>",
                    "</text:list>",
                    "a",
                    "&amp;",
                    "&x;",
                    "<text:note>",
                    "</text:note>",
                    "<text:s/>",
                ]
            ),
            max_size=20,
        ).map(lambda tokens: packed({"content.xml": content("".join(tokens))})),
    )
)
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_arbitrary_bytes_give_a_document_or_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "beliebig.odt"
    path.write_bytes(data)
    try:
        document = read(path, "beliebig.odt")
    except InputError as error:
        assert str(error).startswith(f"{path}: ") and "\n" not in str(error)
    else:
        assert document.paragraphs and all(q.text for q in document.paragraphs)
