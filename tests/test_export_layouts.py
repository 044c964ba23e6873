"""The Word handout in all its layouts: what stands where, page, template, comments, links, ids, widths of columns."""

from __future__ import annotations

import base64
import io
import posixpath
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path, PurePosixPath

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree
from test_export_docx import SEQUENCES, parts, table_texts
from test_export_json import ADDRESS, article, of, one_sentence, translated

from translator.bilingual import BilingualDocument
from translator.checks.model import Finding, Severity
from translator.documents import Format, Kind, Paragraph, Span
from translator.errors import OutputError, UsageError
from translator.export import docx as exporter
from translator.export.docx_markup import run
from translator.export.docx_page import column_widths, text_width
from translator.export.docx_styles import other_ids
from translator.export.docx_template import write_template
from translator.export.docx_xml import all_text, parsed
from translator.export.links import followed
from translator.export.outline import heading_levels
from translator.export.settings import Align, ExportSettings, Layout, Orientation, Paper

A4, LETTER = (210, 297), (216, 279)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
# Besides the children that the handout of one language has.
ORDER = SEQUENCES | {
    "rPr": SEQUENCES["rPr"].replace("vertAlign", "vertAlign rtl cs em"),
    "pPr": SEQUENCES["pPr"].replace("pBdr", "suppressLineNumbers pBdr").replace("tabs", "tabs bidi"),
    "sectPr": "headerReference footerReference type pgSz pgMar lnNumType cols titlePg docGrid",
    "tcBorders": "top left bottom right",
    "sdt": "sdtPr sdtContent",
}


def in_language(target: str) -> BilingualDocument:
    """The article as if it were translated into another language."""
    whole = article()
    segments = tuple(replace(s, target=f"{s.target} ({target})", spans=(), terms=()) for s in whole.segments)
    return BilingualDocument(whole.document, segments, replace(whole.signature, target=target))


def several(count: int) -> list[BilingualDocument]:
    """The article with translations into one to three languages, the third written from right to left."""
    return [article(), in_language("fr"), in_language("ar")][:count]


def untitled() -> BilingualDocument:
    return translated(
        [Paragraph("Erster Teil", Kind.HEADING, 3), Paragraph("Ein Satz."), Paragraph("Darin", Kind.HEADING, 5)],
        [["Part one"], ["A sentence."], ["Inside"]],
    )


def build(layout: Layout = Layout.TABLE, columns: int = 1, **settings: object) -> WordDocument:
    return read(exporter.build(several(columns), ExportSettings(layout, **settings)))  # type: ignore[arg-type]


def read(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


def saved(word: WordDocument, path: Path) -> Path:
    word.save(str(path))
    return path


COMBINATIONS = [
    (layout, align, columns)
    for layout, align, columns in product(Layout, Align, (1, 3))
    if layout is not Layout.TARGET or columns == 1
]
EVERY = pytest.mark.parametrize(("layout", "align", "columns"), COMBINATIONS)


@EVERY
def test_order_of_elements(layout: Layout, align: Align, columns: int, tmp_path: Path) -> None:
    wrong = []
    for name, root in parts(saved(build(layout, columns, align=align), tmp_path / "a.docx")):
        for tag, order in ORDER.items() if name.startswith("word/") else ():
            names = order.split()
            for node in root.iter(qn(f"w:{tag}")):
                children = [etree.QName(child).localname for child in node]
                places = [names.index(child) for child in children if child in names]
                if places != sorted(places):
                    wrong.append((name, tag, children))
                if name == "word/document.xml" and set(children) - set(names):
                    wrong.append((name, tag, children))
    assert wrong == []


Check = Callable[[Path], list[str]]


@pytest.fixture(scope="module")
def schema_faults() -> Check:
    """By the schemas of ISO/IEC 29500 and the rules of Microsoft's Open XML SDK, as openxml-audit holds them.

    Each file gets a validator of its own: one remembers parts by the address of their package, where the next package may
    lie, and then finds comments of the one before.
    """
    audit = pytest.importorskip("openxml_audit")
    return lambda path: [str(error) for error in audit.OpenXmlValidator().validate(str(path)).errors]


@EVERY
def test_valid_to_the_schemas_of_office(
    layout: Layout, align: Align, columns: int, schema_faults: Check, tmp_path: Path
) -> None:
    for path in exporter.write(several(columns), tmp_path / "a.docx", ExportSettings(layout, align)):
        assert schema_faults(path) == []


def test_a_template_is_valid_to_the_schemas_of_office(schema_faults: Check, tmp_path: Path) -> None:
    write_template(tmp_path / "t.docx", "de", "en")
    assert schema_faults(tmp_path / "t.docx") == []


def test_the_schemas_find_a_wrong_order(schema_faults: Check, tmp_path: Path) -> None:
    word = build()
    properties = next(word.element.body.iter(qn("w:tblPr")))
    properties.append(properties.find(qn("w:tblStyle")))
    assert schema_faults(saved(word, tmp_path / "a.docx"))


RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def package_faults(path: Path) -> list[str]:
    """Parts without a content type, relationships and ids that lead nowhere, and ids that stand twice."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    faults = ["a part stands twice"] if len(contents) != len(zipfile.ZipFile(path).namelist()) else []
    types = etree.fromstring(contents["[Content_Types].xml"])
    endings = {node.get("Extension") for node in types if node.get("Extension")}
    named = {node.get("PartName").removeprefix("/") for node in types if node.get("PartName")}
    faults += [f"{name}: no such part" for name in named - set(contents)]
    for name, content in contents.items():
        if name != "[Content_Types].xml" and name not in named and name.rsplit(".", 1)[-1] not in endings:
            faults.append(f"{name}: no content type")
        if not name.endswith(".rels"):
            continue
        folder = PurePosixPath(name).parent.parent
        owner = str(folder / PurePosixPath(name).name.removesuffix(".rels"))
        relations = list(etree.fromstring(content).iter(f"{RELATIONSHIPS}Relationship"))
        keys = [node.get("Id") for node in relations]
        if len(set(keys)) != len(keys):
            faults.append(f"{name}: an id stands twice")
        for node in relations:
            target = posixpath.normpath(str(folder / node.get("Target")).lstrip("/"))
            if node.get("TargetMode") != "External" and target not in contents:
                faults.append(f"{name}: {target} is missing")
        if owner in contents and owner.endswith(".xml"):
            root = etree.fromstring(contents[owner])
            used = {
                value for node in root.iter() for key, value in node.attrib.items() if str(key).startswith(REFERENCE)
            }
            faults += [f"{owner}: {key} is no relationship" for key in used - set(keys)]
    body = etree.fromstring(contents["word/document.xml"])
    comments = etree.fromstring(contents["word/comments.xml"]) if "word/comments.xml" in contents else []
    known = [node.get(qn("w:id")) for node in comments]
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        if sorted(node.get(qn("w:id")) for node in body.iter(qn(f"w:{tag}"))) != sorted(known):
            faults.append(f"{tag}: not one for each comment")
    return faults


@EVERY
def test_the_package_holds_together(layout: Layout, align: Align, columns: int, tmp_path: Path) -> None:
    for path in exporter.write(several(columns), tmp_path / "a.docx", ExportSettings(layout, align)):
        assert package_faults(path) == []


def test_the_package_of_a_handout_with_a_template_holds_together(tmp_path: Path) -> None:
    def with_logo(word: WordDocument) -> None:
        word.sections[0].header.paragraphs[0].add_run("Schule").add_picture(io.BytesIO(PIXEL))

    settings = ExportSettings(template=template(tmp_path / "t.docx", A4, with_logo))
    path, = exporter.write([article()], tmp_path / "a.docx", settings)  # fmt: skip
    assert package_faults(path) == []


def test_faults_of_a_package_are_found(tmp_path: Path) -> None:
    word = build()
    next(word.element.body.iter(qn("w:commentRangeStart"))).set(qn("w:id"), "77")
    next(word.element.body.iter(qn("w:hyperlink"))).set(qn("r:id"), "rId999")
    faults = package_faults(saved(word, tmp_path / "a.docx"))
    assert faults == ["word/document.xml: rId999 is no relationship", "commentRangeStart: not one for each comment"]


@EVERY
def test_every_content_control_has_a_number_of_its_own(layout: Layout, align: Align, columns: int) -> None:
    bodies = [build(layout, columns, align=align).element.body for _ in range(2)]
    first, second = ([n.get(qn("w:val")) for n in b.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}")] for b in bodies)
    controls = list(bodies[0].iter(qn("w:sdt")))
    assert len(first) == len(controls) == len(set(first))
    assert layout is Layout.WORKSHEET or first
    assert all(0 < int(number) < 2**31 for number in first)
    assert first == second


def test_numbers_of_controls_leave_out_those_of_a_template(tmp_path: Path) -> None:
    word = docx.Document()
    control = docx.oxml.parse_xml(
        f'<w:sdt xmlns:w="{word.element.nsmap["w"]}"><w:sdtPr><w:tag w:val="logo"/><w:id w:val="2"/></w:sdtPr>'
        "<w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    )
    word.sections[0].header._element.append(control)
    made = build(template=saved(word, tmp_path / "t.docx"))
    numbers = [n.get(qn("w:val")) for n in made.element.body.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}")]
    assert numbers[:3] == ["1", "3", "4"]


@EVERY
def test_every_style_that_is_used_exists(layout: Layout, align: Align, columns: int, tmp_path: Path) -> None:
    found = dict(parts(saved(build(layout, columns, align=align), tmp_path / "a.docx")))
    known = {node.get(qn("w:styleId")) for node in found["word/styles.xml"].iter(qn("w:style"))}
    used = {
        node.get(qn("w:val")) for root in found.values() for t in ("pStyle", "rStyle", "tblStyle", "basedOn")
        for node in root.iter(qn(f"w:{t}"))
    }  # fmt: skip
    assert used <= known


@EVERY
@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("paper", Paper)
def test_columns_fill_the_width_of_the_text(
    layout: Layout, align: Align, columns: int, orientation: Orientation, paper: Paper
) -> None:
    word = build(layout, columns, align=align, orientation=orientation, paper=paper)
    assert word.tables
    for table in word.tables:
        widths = [int(node.get(qn("w:w"))) for node in table._tbl.tblGrid]
        assert sum(widths) == int(table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))) == text_width(word)
        for row in table._tbl.tr_lst:
            assert [int(node.get(qn("w:w"))) for node in row.iter(qn("w:tcW"))] == widths


@pytest.mark.parametrize("width", [1, 100, 9863, 9866])
@pytest.mark.parametrize("shares", [(1,), (1, 1, 1), (0.3, 0.3, 0.27, 0.13), (5, 2)])
def test_shares_of_a_width(width: int, shares: Sequence[float]) -> None:
    widths = column_widths(width, shares)
    assert sum(widths) == width
    assert all(abs(w - s * width / sum(shares)) <= 1 for w, s in zip(widths, shares, strict=True))


def test_table_by_paragraphs(tmp_path: Path) -> None:
    texts = table_texts(saved(build(align=Align.PARAGRAPH), tmp_path / "a.docx"))
    assert texts[1:4] == [
        ["1–2", "Die Waffenruhe hielt.1 Selenskyj <b>& Co.</b> kam.", "The truce held.1 He came."],
        ["3", "Kiew bereit", "Kyiv ready"],
        ["4", "Ein Punkt", "An item"],
    ]
    assert texts[-1] == ["8", "1 Eine Anmerkung", "1 A note"]


def test_several_languages_side_by_side(tmp_path: Path) -> None:
    texts = table_texts(saved(build(columns=3), tmp_path / "a.docx"))
    assert texts[0] == ["#", "Deutsch", "English", "Français", "العربية"]
    assert texts[3] == ["3", "Kiew bereit", "Kyiv ready", "Kyiv ready (fr)", "Kyiv ready (ar)"]


def paragraphs(word: WordDocument) -> list[tuple[str, str]]:
    return [(p.style.name, all_text(p._p)) for p in word.paragraphs]


def test_interleaved_by_sentences_and_by_paragraphs() -> None:
    assert paragraphs(build(Layout.INTERLEAVED))[3:9] == [
        ("Source Above", "1Die Waffenruhe hielt.1"),  # a tab stands between them
        ("Target Below", "The truce held.1"),
        ("Source Above", "2Selenskyj <b>& Co.</b> kam."),
        ("Target Below", "He came."),
        ("Source Heading Above", "3Kiew bereit"),
        ("Target Heading Below", "Kyiv ready"),
    ]
    assert paragraphs(build(Layout.INTERLEAVED, 2, align=Align.PARAGRAPH))[4:7] == [
        ("Source Above", "1–2Die Waffenruhe hielt.1 Selenskyj <b>& Co.</b> kam."),
        ("Target Below", "The truce held.1 He came."),
        ("Target Below fr", "The truce held. (fr) He came. (fr)"),
    ]


def test_the_translation_alone() -> None:
    word = build(Layout.TARGET)
    assert paragraphs(word)[:5] == [
        ("Target Title", "Kallas calls for “robust” guarantees"),
        ("Meta", "2025-08-25 · M. Muster · Source: a.txt · Deutsch – English"),
        ("Running Text", "The truce held.1 He came."),
        ("Running Heading", "Kyiv ready"),
        ("Running Text", "An item"),
    ]
    assert "hielt" not in all_text(word.element.body)
    assert word.sections[0]._sectPr.find(qn("w:lnNumType")).get(qn("w:countBy")) == "5"
    skipped = {s.name for s in word.styles if s.element.find(f".//{qn('w:suppressLineNumbers')}") is not None}
    assert {"Target Title", "Meta", "Heading 2"} <= skipped and "Running Text" not in skipped
    with pytest.raises(UsageError, match="one language"):
        build(Layout.TARGET, 2)


def test_worksheet_and_answers(tmp_path: Path) -> None:
    place = tmp_path / "a.worksheet.docx"
    sheet, answers = exporter.write([article()], place, ExportSettings(Layout.WORKSHEET))
    assert answers.name == "a.worksheet.answers.docx"
    assert table_texts(sheet, 0)[0] == ["Term", "Translation", "Note", "No."]
    assert [row[3] for row in table_texts(sheet, 0)[1:]] == ["2", "1"]
    assert [row[1:] for row in table_texts(sheet, 1)[1:3]] == [
        ["Die Waffenruhe hielt.1", ""],
        ["Selenskyj <b>& Co.</b> kam.", ""],
    ]
    body = docx.Document(str(sheet))
    assert "truce held" not in all_text(body.element.body) and "robust” g" not in all_text(body.element.body)
    assert not list(body.comments)
    plain = tmp_path / "b.docx"
    exporter.write([article()], plain, ExportSettings())
    assert table_texts(answers) == table_texts(plain)


def test_worksheets_have_room_to_write_in() -> None:
    long = translated([Paragraph("Kurz."), Paragraph("Lang.")], [["Yes."], ["word " * 40]])
    rows = read(exporter.build([long], ExportSettings(Layout.WORKSHEET))).tables[0]._tbl.tr_lst[1:]
    heights = [next(row.iter(qn("w:trHeight"))) for row in rows]
    assert {h.get(qn("w:hRule")) for h in heights} == {"atLeast"}
    short, high = (int(h.get(qn("w:val"))) / 20 / 72 * 25.4 for h in heights)
    column = int(list(rows[0].iter(qn("w:tcW")))[2].get(qn("w:w"))) / 20 / 72 * 25.4
    assert short >= 7
    assert high / 8 * column >= 200 * 2.4, "millimetres of line for 200 letters"


def test_numbered_items_have_no_bullet_and_footnotes_their_mark() -> None:
    for layout in (Layout.INTERLEAVED, Layout.TARGET):
        word = build(layout)
        bulleted = [all_text(p._p) for p in word.paragraphs if p._p.find(f".//{qn('w:numPr')}") is not None]
        assert [text.lstrip("0123456789 ") for text in bulleted] == (
            ["Ein Punkt"] if layout is Layout.INTERLEAVED else ["An item"]
        )
        assert "1 A note" in [text for _, text in paragraphs(word)]


# --- page and template


def template(path: Path, size: tuple[float, float], change: Callable[[WordDocument], None] = lambda word: None) -> Path:
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
    section.orientation = WD_ORIENT.LANDSCAPE if size[0] > size[1] else WD_ORIENT.PORTRAIT
    change(word)
    return saved(word, path)


PORTRAIT, LANDSCAPE = Orientation.PORTRAIT, Orientation.LANDSCAPE


@pytest.mark.parametrize(
    ("own", "paper", "orientation", "expected"),
    [
        (None, None, None, A4),
        (None, Paper.LETTER, None, LETTER),
        (None, None, LANDSCAPE, A4[::-1]),
        (None, Paper.LETTER, LANDSCAPE, LETTER[::-1]),
        (None, Paper.A4, PORTRAIT, A4),
        (A4, None, None, A4),
        (A4, Paper.LETTER, None, LETTER),
        (A4, None, LANDSCAPE, A4[::-1]),
        (A4[::-1], None, None, A4[::-1]),
        (A4[::-1], Paper.LETTER, None, LETTER[::-1]),
        (A4[::-1], Paper.A4, PORTRAIT, A4),
        (A4[::-1], None, PORTRAIT, A4),
        (LETTER[::-1], Paper.A4, LANDSCAPE, A4[::-1]),
        ((148, 210), None, None, (148, 210)),
        ((148, 210), None, LANDSCAPE, (210, 148)),
    ],
)
def test_paper_and_orientation(
    own: tuple[int, int] | None,
    paper: Paper | None,
    orientation: Orientation | None,
    expected: tuple[int, int],
    tmp_path: Path,
) -> None:
    chosen = template(tmp_path / "t.docx", own) if own else None
    section = build(paper=paper, orientation=orientation, template=chosen).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == expected
    assert section.orientation is (WD_ORIENT.LANDSCAPE if expected[0] > expected[1] else WD_ORIENT.PORTRAIT)


def test_styles_header_and_logo_of_a_template_stay(tmp_path: Path) -> None:
    path = tmp_path / "school.docx"
    write_template(path, "de", "en")
    word = docx.Document(str(path))
    word.styles["Target Text"].font.name, word.styles["Target Text"].font.size = "Verdana", Pt(14)
    word.sections[0].header.paragraphs[0].add_run("Schule am See").add_picture(io.BytesIO(PIXEL))
    word.sections[0].footer.paragraphs[0].text = "Raum 12"
    word.sections[0].left_margin = Mm(30)
    word.save(str(path))
    made = saved(build(template=path), tmp_path / "a.docx")
    result = docx.Document(str(made))
    assert (result.styles["Target Text"].font.name, result.styles["Target Text"].font.size) == ("Verdana", Pt(14))
    assert round(result.sections[0].left_margin.mm) == 30
    header = result.sections[0].header
    assert header.paragraphs[0].text == "Schule am See"
    assert len(list(header._element.iter(qn("w:drawing")))) == 1
    assert [name for name in zipfile.ZipFile(made).namelist() if name.startswith("word/media/")]
    assert [p.text for p in result.sections[0].footer.paragraphs] == ["Raum 12", str(article().signature)]
    assert "Change the styles" not in all_text(result.element.body)


def test_a_template_shows_every_style_of_a_handout(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    write_template(path, "de", "en")
    shown = {n.get(qn("w:val")) for n in docx.Document(str(path)).element.body.iter(qn("w:pStyle"), qn("w:rStyle"))}
    used = set[str]()
    for layout in Layout:
        body = build(layout).element.body
        used |= {n.get(qn("w:val")) for n in body.iter(qn("w:pStyle"), qn("w:rStyle"))}
    assert used - shown <= {"NumberinText", "annotationreference"}


def test_ids_of_styles_in_a_german_template(tmp_path: Path) -> None:
    def german(word: WordDocument) -> None:
        for name, identity in (("Title", "Titel"), ("Subtitle", "Untertitel"), ("Heading 2", "berschrift2")):
            style = word.styles[name].element
            for node in word.styles.element.iter(qn("w:basedOn"), qn("w:next"), qn("w:link")):
                if node.get(qn("w:val")) == style.styleId:
                    node.set(qn("w:val"), identity)
            style.styleId = identity

    word = build(template=template(tmp_path / "t.docx", A4, german))
    used = [node.get(qn("w:val")) for node in word.element.body.iter(qn("w:pStyle"))]
    assert used[:2] == ["Titel", "Untertitel"]
    assert "berschrift2" in used and "Title" not in used
    assert not set(used) & set(other_ids(word))


def test_signature_of_settings_goes_by_the_content_of_the_template(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(b"one")
    first = ExportSettings(template=path).signature
    assert ExportSettings(template=path).signature == first
    path.write_bytes(b"two")
    assert ExportSettings(template=path).signature != first
    assert ExportSettings().signature == "table,sentence,None,None,None"
    again = ExportSettings(template=path)
    assert again.signature == again.signature
    path.unlink()
    assert again.signature == again.signature != ExportSettings(template=path).signature


def test_a_template_that_is_gone(tmp_path: Path) -> None:
    settings = ExportSettings(template=tmp_path / "gone.docx")
    assert settings.signature.endswith(",gone.docx")
    with pytest.raises(OutputError, match=r"template .*gone\.docx"):
        exporter.build([article()], settings)


# --- inside the text


def commented(word: WordDocument) -> dict[str, str]:
    """Texts of the comments with what they are anchored on."""
    inside, found = dict[str, list[str]](), dict[str, str]()
    for node in word.element.body.iter():
        if node.tag == qn("w:commentRangeStart"):
            inside[node.get(qn("w:id"))] = []
        elif node.tag == qn("w:commentRangeEnd"):
            number = node.get(qn("w:id"))
            found[word.comments.get(int(number)).text] = "".join(inside.pop(number))  # type: ignore[union-attr]
        elif node.tag == qn("w:t"):
            for texts in inside.values():
                texts.append(node.text or "")
    assert not inside
    return found


@pytest.mark.parametrize("align", Align)
@pytest.mark.parametrize("layout", [Layout.TABLE, Layout.INTERLEAVED, Layout.TARGET])
def test_warnings_are_comments_on_their_sentences(layout: Layout, align: Align) -> None:
    assert commented(build(layout, align=align)) == {"Selenskyj should be Zelenskyy": "He came."}


def test_a_warning_on_the_title_and_one_that_ends_in_a_link() -> None:
    def warned(message: str) -> tuple[Finding, ...]:
        return (Finding("r", message), Finding("r", "unseen", Severity.INFO))

    link = (Span(4, 8, Format.LINK, ADDRESS), Span(0, 3, Format.BOLD))
    whole = translated(
        [Paragraph("Titel", Kind.TITLE), Paragraph("Sieh dort.")],
        [[of("Title", findings=warned("title"))], [of("See here", findings=warned("text"), spans=link)]],
    )
    assert commented(read(exporter.build([whole], ExportSettings()))) == {"title": "Title", "text": "See here"}


@pytest.mark.parametrize("layout", Layout)
def test_links(layout: Layout, tmp_path: Path) -> None:
    word = build(layout)
    links = list(word.element.body.iter(qn("w:hyperlink")))
    assert {all_text(docx.oxml.OxmlElement("w:p")) or "".join(t.text for t in n.iter(qn("w:t"))) for n in links} <= {
        "hielt", "held"
    }  # fmt: skip
    assert links
    for node in links:
        relation = word.part.rels[node.get(qn("r:id"))]
        assert relation.is_external and relation.target_ref == ADDRESS
        assert [s.get(qn("w:val")) for s in node.iter(qn("w:rStyle"))] == ["Hyperlink"] * len(
            list(node.iter(qn("w:r")))
        )
    style = word.styles["Hyperlink"]
    assert style.font.underline is True and style.font.color.rgb is not None


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.b/c?d=e&f", "https://a.b/c?d=e&f"),
        ("HTTP://a.b", "HTTP://a.b"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        (" https://a.b/c d ", "https://a.b/c%20d"),
        ("https://a.b\\c", "https://a.b%5Cc"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("https://a\tb", ""),
        ("http:javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("//a.b", ""),
        ("mailto:", ""),
        ("", ""),
    ],
)
def test_addresses_to_follow(address: str, link: str) -> None:
    assert followed(address) == link
    whole = one_sentence("Ja.", of("Yes.", spans=(Span(0, 3, Format.LINK, address),)))
    word = read(exporter.build([whole], ExportSettings()))
    assert [r.target_ref for r in word.part.rels.values() if r.is_external] == ([link] if link else [])


@pytest.mark.parametrize("layout", Layout)
def test_hyphenation_is_on(layout: Layout) -> None:
    settings = build(layout).settings.element
    assert [node.get(qn("w:val")) for node in settings.iter(qn("w:autoHyphenation"))] == ["true"]


def test_a_row_above_the_end_of_a_page_has_a_line_below() -> None:
    rows = build().tables[0]._tbl.tr_lst
    lines = [len(list(row.iter(qn("w:bottom")))) for row in rows]
    assert lines == [0, *[3] * (len(rows) - 2), 0]


def test_a_range_of_numbers_does_not_break() -> None:
    text = " / ".join(["Ein Satz."] * 120)
    long = translated([Paragraph(text)], [["A sentence."] * 120])
    word = read(exporter.build([long], ExportSettings(align=Align.PARAGRAPH)))
    assert "1–120" in all_text(word.element.body)
    width = int(word.tables[0]._tbl.tblGrid[0].get(qn("w:w")))
    assert width >= 5 * 9 * 20 * 0.5 + 200  # digits of 9 points, half as wide as high, and the padding


@pytest.mark.parametrize(
    ("levels", "titled", "expected"),
    [
        ((1, 2, 3), True, [2, 3, 4]),
        ((1, 2, 3), False, [1, 2, 3]),
        ((3, 1, 2), True, [2, 2, 3]),
        ((2, 4, 3, 2, 6), False, [1, 2, 2, 1, 2]),
        ((0, 1, 0), False, [0, 1, 0]),
        ((1, 2, 3, 4, 5, 6, 7, 8), True, [2, 3, 4, 5, 6, 6, 6, 6]),
    ],
)
def test_levels_of_headings_leave_none_out(levels: Sequence[int], titled: bool, expected: list[int]) -> None:
    found = [Paragraph("x", Kind.HEADING, n) if n else Paragraph("x") for n in levels]
    assert heading_levels(found, titled=titled) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نعم.", ["bCs", "iCs", "rtl"]),
        ("שלום עולם, Anna", ["bCs", "iCs", "rtl"]),
        ("Er sagte שלום.", []),
        ("Yes.", []),
        ("12", []),
        ("", []),
    ],
)
def test_runs_from_right_to_left_say_so(text: str, expected: list[str]) -> None:
    (node,) = parsed(run(text, bold=True, italic=True, raised=True))
    properties = node.find(qn("w:rPr"))
    names = [etree.QName(node).localname for node in properties]
    assert names == [
        n for n in ("b", "bCs", "i", "iCs", "vertAlign", "rtl") if n in expected or n in ("b", "i", "vertAlign")
    ]


@pytest.mark.parametrize("layout", [Layout.TABLE, Layout.INTERLEAVED])
def test_every_language_has_styles_of_its_own(layout: Layout) -> None:
    word = build(layout, 3)
    languages = {
        name: [n.get(qn("w:val")) for n in word.styles[name].element.iter(qn("w:lang"))]
        for name in ("Target Text", "Target Text fr", "Target Below fr", "Subtitle fr", "Target Heading ar")
    }
    assert languages == {
        "Target Text": ["en-GB"],
        "Target Text fr": ["fr-FR"],
        "Target Below fr": ["fr-FR"],
        "Subtitle fr": ["fr-FR"],
        "Target Heading ar": ["ar"],
    }
    right_to_left = {s.name for s in word.styles if s.element.find(f".//{qn('w:bidi')}") is not None}
    assert {"Target Text ar", "Subtitle ar"} <= right_to_left
    assert {name.rsplit(" ", 1)[1] for name in right_to_left} == {"ar"}


def test_styles_look_the_same_in_scripts_from_right_to_left() -> None:
    for name in ("Subtitle", "Title", "Target Heading", "Table Header"):
        look = build().styles[name].element.find(qn("w:rPr"))
        for mark in ("b", "i", "sz"):
            values = [look.find(qn(f"w:{tag}")) for tag in (mark, f"{mark}Cs")]
            assert len({None if node is None else node.get(qn("w:val")) for node in values}) == 1, (name, mark)
