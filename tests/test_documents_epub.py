"""EPUB: chapters in the order of the spine, metadata of the package, and nothing a damaged or hostile file could do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translator.documents import epub
from translator.documents.model import Document, Format, Kind, Span
from translator.errors import InputError

T, H, P, L = Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM
FIRST, SECOND = "Als der Minister ankam, regnete es.", "Am zweiten Tag schien die Sonne über Kopenhagen."
CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>"""
METADATA = """<dc:title>Das Treffen</dc:title><dc:creator>Anna Muster</dc:creator><dc:creator>Jan Beispiel</dc:creator>
<dc:date>2025-08-28T10:00:00Z</dc:date><dc:language>de-DE</dc:language>"""
XHTML = "application/xhtml+xml"


def chapter(body: str, head: str = "<title>Kapitel</title>") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head>{head}</head><body>{body}</body></html>'
    )


def book(
    chapters: dict[str, str | bytes],
    *,
    metadata: str = METADATA,
    items: str = "",
    spine: str | None = None,
    guide: str = "",
    package: str = "OEBPS/content.opf",
    more: dict[str, str | bytes] | None = None,
) -> bytes:
    """An EPUB of chapters by file name, relative to OEBPS; `items` and `spine` replace or add to what follows from them."""
    manifest = items + "".join(f'<item id="c{i}" href="{n}" media-type="{XHTML}"/>' for i, n in enumerate(chapters))
    order = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters))) if spine is None else spine
    opf = f"""<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>
<manifest>{manifest}</manifest><spine>{order}</spine>{guide}</package>"""
    buffer = io.BytesIO()
    files: dict[str, str | bytes] = {"META-INF/container.xml": CONTAINER.format(package), package: opf}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in (files | {f"OEBPS/{n}": c for n, c in chapters.items()} | (more or {})).items():
            archive.writestr(name, content)
    return buffer.getvalue()


Read = Callable[[bytes], Document]


@pytest.fixture
def read(write: Callable[..., Path]) -> Read:
    return lambda data: epub.read(write("buch.epub", data), "buch.epub")


@pytest.fixture
def refused(write: Callable[..., Path]) -> Callable[[bytes], str]:
    """The message with which a file is refused, without its path."""

    def _refused(data: bytes) -> str:
        path = write("buch.epub", data)
        with pytest.raises(InputError) as caught:
            epub.read(path, "buch.epub")
        message = str(caught.value)
        assert "\n" not in message
        return message.removeprefix(f"{path}: ")

    return _refused


def shape(document: Document) -> list[tuple[Kind, int, str]]:
    return [(p.kind, p.level, p.text) for p in document.paragraphs]


def test_chapters_in_the_order_of_the_spine_and_metadata(read: Read) -> None:
    chapters = {
        "text/zwei.xhtml": chapter(f"<h1>Zweites Kapitel</h1><p>{SECOND}</p><ul><li>Sonne</li></ul>"),
        "text/eins.xhtml": chapter(f"<section><h1>Erstes Kapitel</h1><h2>Ankunft</h2><p>{FIRST}</p></section>"),
    }
    document = read(book(chapters, spine='<itemref idref="c1"/><itemref idref="c0"/><itemref idref="c1"/>'))
    assert shape(document) == [
        (T, 1, "Das Treffen"),
        (H, 1, "Erstes Kapitel"),
        (H, 2, "Ankunft"),
        (P, 1, FIRST),
        (H, 1, "Zweites Kapitel"),
        (P, 1, SECOND),
        (L, 1, "Sonne"),
    ]
    assert (document.date, document.author) == ("2025-08-28", "Anna Muster, Jan Beispiel")
    assert (document.language, document.encoding, document.name) == ("de", "epub", "buch.epub")


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("", (None, None, None, None)),
        ("<dc:title/><dc:creator> </dc:creator><dc:date>2025</dc:date><dc:language/>", (None, None, None, None)),
        (
            "<dc:title> Das\n <b>Treffen</b></dc:title><dc:date>2025</dc:date><dc:date>2025-08-01</dc:date>",
            ("Das Treffen", None, "2025-08-01", None),
        ),
        ("<dc:creator>M&#252;ller &amp; S&#xF6;hne</dc:creator><dc:language>EN</dc:language>", (None, "Müller & Söhne", None, "en")),
    ],
)  # fmt: skip
def test_metadata_that_is_missing_or_odd(
    read: Read, metadata: str, expected: tuple[str | None, str | None, str | None, str | None]
) -> None:
    document = read(book({"a.xhtml": chapter(f"<p>{FIRST}</p>")}, metadata=metadata))
    assert (document.title, document.author, document.date, document.language) == expected


def test_title_page_does_not_repeat_the_title(read: Read) -> None:
    document = read(
        book({"t.xhtml": chapter("<h1>Das Treffen</h1><p>Roman</p>"), "a.xhtml": chapter(f"<p>{FIRST}</p>")})
    )
    assert shape(document) == [(T, 1, "Das Treffen"), (P, 1, "Roman"), (P, 1, FIRST)]


TOC = chapter("<p>Inhalt</p><ol><li><a href='a.xhtml'>Erstes Kapitel</a></li></ol>")


@pytest.mark.parametrize(
    ("items", "spine", "guide"),
    [
        (f'<item id="n" href="toc.xhtml" properties="scripted nav" media-type="{XHTML}"/>', '<itemref idref="n"/>', ""),
        (f'<item id="n" href="toc.xhtml" media-type="{XHTML}"/>', '<itemref idref="n" linear="no"/>', ""),
        (
            f'<item id="n" href="toc.xhtml" media-type="{XHTML}"/>',
            '<itemref idref="n"/>',
            '<guide><reference type="toc" href="toc.xhtml#anfang"/><reference type="text" href="a.xhtml"/></guide>',
        ),
        ('<item id="n" href="toc.xhtml" media-type="application/x-dtbncx+xml"/>', '<itemref idref="n"/>', ""),
        ("", '<itemref idref="fehlt"/>', ""),
    ],
    ids=["nav", "not linear", "guide", "ncx", "not in manifest"],
)
def test_navigation_is_left_out(read: Read, items: str, spine: str, guide: str) -> None:
    data = book(
        {"a.xhtml": chapter(f"<nav epub:type='toc'>Inhalt</nav><p>{FIRST}</p>")},
        items=items,
        spine=f'{spine}<itemref idref="c0"/>',
        guide=guide,
        more={"OEBPS/toc.xhtml": TOC},
    )
    assert shape(read(data)) == [(T, 1, "Das Treffen"), (P, 1, FIRST)]


def test_footnotes_page_numbers_and_formatting(read: Read) -> None:
    body = (
        "<p>Die <i>neuen</i> Mi<span epub:type='pagebreak' id='p7'>7</span>nister<a epub:type='noteref' href='#n1'>1</a> "
        "kamen<sup><a href='notizen.xhtml#n2'>2</a></sup>.</p><aside epub:type='footnote' id='n1'><p>Aus Dänemark. "
        "<a href='#r1'>↩</a></p></aside>"
    )
    paragraphs = read(book({"a.xhtml": chapter(body)})).paragraphs[1:]
    assert [p.text for p in paragraphs] == ["Die neuen Minister kamen.", "Aus Dänemark."]
    assert paragraphs[0].spans == (
        Span(4, 9, Format.ITALIC),
        Span(18, 18, Format.NOTE, "1"),
        Span(24, 24, Format.NOTE, "2"),
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (chapter("<p>M&uuml;ller &amp; S&#246;hne&nbsp;&ndash; &lt;ab&gt;</p>"), ["Müller & Söhne – <ab>"]),
        (chapter("<p title='&quot;'>M&A bei R&D, &unbekannt;</p>"), ["M&A bei R&D, &unbekannt;"]),
        (chapter("<p>Eins<br>Zwei</p><p>Drei", "<title/>"), ["Eins Zwei", "Drei"]),
        (chapter("<div><p>Eins</div></div></p><p>Zwei <a id='x'/>und <i class='y'/>drei</p>"), ["Eins", "Zwei und drei"]),
        (chapter("<p>Größe</p>").replace("utf-8", "iso-8859-1").encode("cp1252"), ["Größe"]),
        (chapter("<p>Größe</p>").encode("utf-8-sig"), ["Größe"]),
        (chapter("<p>Größe</p>").replace("utf-8", "utf-16").encode("utf-16"), ["Größe"]),
        ("<html><body><p>Ohne Namensraum</p></body></html>", ["Ohne Namensraum"]),
        ("<p>Nur ein Absatz", ["Nur ein Absatz"]),
        (chapter("<p>Eins <svg xmlns='http://www.w3.org/2000/svg'><text>Bild</text></svg></p><pre>x = 1</pre>"), ["Eins"]),
        (chapter("<div>" * 250 + "<p>Tief</p>" + "</div>" * 250), ["Tief"]),
        (chapter("<div>" * 2000 + "<p>Tief</p>" + "</div>" * 2000), ["Tief"]),
    ],
    ids=(
        "entities ampersands unclosed stray-ends latin1 bom utf16 no-namespace fragment svg deep deeper"
    ).split(),
)  # fmt: skip
def test_chapters_of_all_kinds(read: Read, content: str | bytes, expected: list[str]) -> None:
    document = read(book({"leer.xhtml": "", "a.xhtml": content}))
    assert [p.text for p in document.paragraphs[1:]] == expected


def test_paths_in_the_archive_are_normalised(read: Read) -> None:
    items = f'<item id="x" href="../Text/./Kapitel%201.xhtml#anfang" media-type="{XHTML}"/>'
    data = book(
        {}, items=items, spine='<itemref idref="x"/>', more={"Text/Kapitel 1.xhtml": chapter(f"<p>{FIRST}</p>")}
    )
    assert shape(read(data))[1:] == [(P, 1, FIRST)]


@pytest.mark.parametrize("href", ["../../geheim.xhtml", "/etc/passwd", "%2e%2e/%2e%2e/geheim.xhtml"])
def test_paths_outside_the_archive_are_refused(refused: Callable[[bytes], str], href: str) -> None:
    data = book({}, items=f'<item id="x" href="{href}" media-type="{XHTML}"/>', spine='<itemref idref="x"/>')
    assert refused(data) == f"damaged, or no EPUB file although it is named like one ({href} lies outside the file)"


ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">
<e:EncryptedData><e:EncryptionMethod Algorithm="{}"/><e:CipherData><e:CipherReference URI="{}"/></e:CipherData></e:EncryptedData>
</encryption>"""


def test_copy_protected_book_is_refused(refused: Callable[[bytes], str]) -> None:
    protection = ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/Kapitel%201.xhtml")
    data = book(
        {},
        items=f'<item id="x" href="Kapitel%201.xhtml" media-type="{XHTML}"/>',
        spine='<itemref idref="x"/>',
        more={"META-INF/encryption.xml": protection, "OEBPS/Kapitel 1.xhtml": b"\x8f\x00\x12" * 50},
    )
    assert refused(data) == "the book is copy-protected (DRM) and cannot be read; ask for it without protection"


@pytest.mark.parametrize(
    ("algorithm", "uri"),
    [
        ("http://www.idpf.org/2008/embedding", "OEBPS/schrift.otf"),
        ("http://ns.adobe.com/pdf/enc#RC", "OEBPS/schrift.otf"),
        ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/bild.jpg"),
    ],
)
def test_obfuscated_fonts_are_no_copy_protection(read: Read, algorithm: str, uri: str) -> None:
    more: dict[str, str | bytes] = {"META-INF/encryption.xml": ENCRYPTION.format(algorithm, uri), uri: b"\x00"}
    assert shape(read(book({"a.xhtml": chapter(f"<p>{FIRST}</p>")}, more=more)))[1:] == [(P, 1, FIRST)]


def test_entities_are_not_expanded_and_no_file_is_opened(read: Read, write: Callable[..., Path]) -> None:
    secret = write("geheim.txt", "Geheim")
    bomb = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    doctype = f'<!DOCTYPE html [<!ENTITY l0 "lol">{bomb}<!ENTITY x SYSTEM "file://{secret}">]>'
    plain = chapter("<p>Eins &l12;&x;zwei</p>").replace("<!DOCTYPE html>", doctype)
    attribute = chapter("<p title='&l12;'>Drei</p>").replace("<!DOCTYPE html>", doctype)
    small = chapter("<p>Vier &dpa;</p>").replace("<!DOCTYPE html>", "<!DOCTYPE html [<!ENTITY dpa 'dpa'>]>")
    document = read(book({"a.xhtml": plain, "b.xhtml": attribute, "c.xhtml": small}))
    assert document.text == "Das Treffen\nEins &l12;&x;zwei\nDrei\nVier &dpa;"


def without(name: str) -> bytes:
    source = io.BytesIO(book({"a.xhtml": chapter(f"<p>{FIRST}</p>")}))
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
    return target.getvalue()


def damaged(data: bytes) -> bytes:
    at = data.index(b"OEBPS/a.xhtml") + 40
    return data[:at] + bytes(b ^ 0xFF for b in data[at : at + 20]) + data[at + 20 :]


def other_version(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02") + 6  # of the first entry of the central directory: the version needed to unpack it
    return data[:at] + b"\x5a" + data[at + 1 :]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"kein Buch", "damaged, or no EPUB file"),
        (book({"a.xhtml": chapter(f"<p>{FIRST}</p>")})[:400], "damaged, or no EPUB file"),
        (damaged(book({"a.xhtml": chapter(f"<p>{FIRST}</p>" * 20)})), "damaged, or no EPUB file"),
        (other_version(book({"a.xhtml": chapter(FIRST)})), "damaged, or no EPUB file although it is named like one"),
        (without("META-INF/container.xml"), "damaged, or no EPUB file although it is named like one (There is no item"),
        (without("OEBPS/content.opf"), "damaged, or no EPUB file"),
        (without("OEBPS/a.xhtml"), "damaged, or no EPUB file although it is named like one (There is no item named 'OEBPS/a.xhtml'"),
        (book({}, package="x.opf", more={"META-INF/container.xml": "<container/>"}), "damaged, or no EPUB file"),
        (book({}, package="x.opf", more={"x.opf": b"\x00\x01"}), "damaged, or no EPUB file"),
        (book({"a.xhtml": b"\x00\x01\x02\x80" * 10}), "this is no text file"),
        (book({}), "no text in it"),
        (book({"a.xhtml": chapter("<p> </p><img src='titel.jpg' alt='Titel'/>")}), "no text in it"),
    ],
    ids=(
        "empty no-zip cut bit-flips version no-container no-package no-chapter empty-container binary-package binary-chapter "
        "no-chapters only-pictures"
    ).split(),
)  # fmt: skip
def test_damaged_and_empty_books_are_refused(refused: Callable[[bytes], str], data: bytes, message: str) -> None:
    assert refused(data).startswith(message)


VALID = book({"a.xhtml": chapter(f"<h1>Eins</h1><p>{FIRST}</p>"), "b.xhtml": chapter(f"<p>{SECOND}</p>")})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_any_changed_bytes_are_a_document_or_refused(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    data = bytearray(VALID)
    for at, value in changes:
        data[at] = value
    check_any(tmp_path / "a.epub", bytes(data))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80), st.binary(max_size=80), st.text(max_size=40))
def test_any_content_is_a_document_or_refused(tmp_path: Path, package: bytes, content: bytes, text: str) -> None:
    check_any(tmp_path / "a.epub", book({"a.xhtml": content}))
    check_any(tmp_path / "b.epub", book({"a.xhtml": f"<html><body>{text}".encode("utf-8", "surrogatepass")}))
    check_any(tmp_path / "c.epub", content + VALID)


def check_any(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        document = epub.read(path, path.name)
    except InputError as error:
        assert str(path) in str(error) and "\n" not in str(error)
    else:
        assert all(p.text for p in document.paragraphs)
