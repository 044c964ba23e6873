"""Writes the corpus: `python -m fuzz.make_corpus`. Small files of every format, with a text of our own.

Where LibreOffice is installed its files are among them, for no library writes what an office program writes.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import sentencepiece
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from translator import __version__
from translator.bilingual import BilingualDocument, Signature, TranslatedSegment
from translator.documents import Document, Kind, Paragraph
from translator.export import write
from translator.export.docx_template import write_template
from translator.export.settings import Align, ExportSettings, Layout
from translator.glossary.model import Entry, MatchMode, TermType
from translator.glossary.tbx import tbx_bytes
from translator.memory.model import EntryOrigin, MemoryEntry, MemoryKey
from translator.memory.store import Memory
from translator.memory.tmx import memory_bytes

from .corpus import CORPUS
from .mutation import zipped
from .targets import FORMATS, SENTENCE

PDF_SAMPLES = Path(__file__).parent.parent / "data" / "pdf"
TEXTS = (
    "Ein Treffen am Meer",
    SENTENCE,
    "Am 24. Februar 2025 regnete es z. B. in Kiel; „das stört niemanden“, hieß es.",
    "Die Preise stiegen um 3,5 Prozent, teilte das Amt mit.",
)
ENGLISH = (
    "A meeting by the sea",
    "The ministers meet on Thursday.",
    "It rained in Kiel.",
    "Prices rose by 3.5 per cent.",
)
ENTRIES = [
    Entry("Waffenruhe", ("truce", "cease-fire"), note="kurz", forbidden=("armistice",), domain="Politik"),
    Entry("Selenskyj", ("Zelenskyy",), type=TermType.NAME),
    Entry("Verhandl|ung*", ("negotiation",), match=MatchMode.CUSTOM),
    Entry("EU", ("EU",), match=MatchMode.EXACT, case_sensitive=True, type=TermType.KEEP),
]
HTML = f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{TEXTS[0]} | Kieler Blatt</title>
<meta name="author" content="Anna Muster"><meta property="article:published_time" content="2025-02-24">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TEXTS[0]}","author":[{{"name":"Anna"}}]}}</script>
</head><body><nav><a href="/">Start</a></nav><article class="text"><h1>{TEXTS[0]}</h1><p>{TEXTS[1]} <b>Fett</b> und
<a href="https://example.org/">ein Verweis</a>.</p><h2>Preise</h2><ul><li>{TEXTS[2]}</li></ul><table><tr><th>Ort</th>
<td>Kiel &amp; Umland&nbsp;</td></tr></table><p>{TEXTS[3]}</p></article><footer>Impressum</footer></body></html>"""


def _word() -> Any:
    """A Word file with what the reader knows: headings, lists, tables, links, tracked changes, notes, text boxes."""
    word = docx.Document()
    word.add_heading(TEXTS[0], 0)
    first = word.add_paragraph(TEXTS[1] + " ")
    first.add_run("Fett").bold = True
    first.add_run(" und kursiv").italic = True
    word.add_heading("Preise", 2)
    word.add_paragraph(TEXTS[2], style="List Bullet")
    table = word.add_table(2, 2)
    for number, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = f"Zelle {number}"
    table.cell(0, 0).merge(table.cell(0, 1))
    word.add_paragraph(TEXTS[3])._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="9" w:author="A"><w:r><w:t xml:space="preserve"> Neu.</w:t></w:r></w:ins>'
        )
    )
    box = (
        f'<w:r {nsdecls("w", "wp", "a")} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>Kasten"
        "</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
    word.add_paragraph("Mit Kasten.")._p.append(parse_xml(box))
    word.element.body.insert(
        2,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Feld</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    return word


def _saved(thing: Any) -> bytes:
    buffer = io.BytesIO()
    thing.save(buffer)
    return _small(buffer.getvalue())


def _small(data: bytes) -> bytes:
    """A Word file without the picture of its template, which only makes changes miss the text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(n, archive.read(n)) for n in archive.namelist() if not n.endswith(".jpeg")]
    thumbnail = re.compile(rb"<Relationship [^>]*thumbnail.jpeg[^>]*/>")
    return zipped([(n, thumbnail.sub(b"", data) if n == "_rels/.rels" else data) for n, data in members])


def _bilingual() -> BilingualDocument:
    kinds = (Kind.TITLE, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.TABLE_CELL)
    paragraphs = tuple(Paragraph(t, k) for t, k in zip(TEXTS, kinds, strict=True))
    document = Document(Path("a.txt"), "a.txt", paragraphs, language="de").with_segments([[t] for t in TEXTS])
    segments = tuple(TranslatedSegment(s, t) for s, t in zip(document.segments, ENGLISH, strict=True))
    return BilingualDocument(document, segments, Signature("1.0", "de", "en", "de_en-1.0", "abcd1234", 2, 4))


def _handouts(folder: Path) -> dict[str, bytes]:
    found = {}
    for layout, align in ((Layout.TABLE, Align.SENTENCE), (Layout.INTERLEAVED, Align.PARAGRAPH)):
        path = folder / f"{layout.value}.docx"
        write("docx", [_bilingual()], path, ExportSettings(layout=layout, align=align))
        found[path.name] = _small(path.read_bytes())
    foreign = docx.Document()
    table = foreign.add_table(3, 3)
    rows = [("ID", "Source", "Target"), ("1", TEXTS[1], ENGLISH[1]), ("2", TEXTS[2], "Corrected by hand.")]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return found | {"foreign.docx": _saved(foreign)}


def _by_office(source: Path, ending: str) -> bytes | None:
    """The file as LibreOffice saves it in another format, None where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return None
    command = [office, f"-env:UserInstallation=file://{source.parent}/office", "--headless", "--convert-to", ending]
    subprocess.run(
        [*command, "--outdir", str(source.parent / "made"), str(source)], capture_output=True, timeout=300, check=True
    )
    return (source.parent / "made" / f"{source.stem}.{ending.split(':')[0]}").read_bytes()


def _epub() -> bytes:
    chapter = f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title/></head><body><h1>{TEXTS[0]}</h1><p>{TEXTS[1]}&nbsp;<i>Schräg</i></p><ol><li>{TEXTS[2]}</li></ol></body></html>"""
    container = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
    package = f"""<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TEXTS[0]}</dc:title><dc:creator>Anna Muster</dc:creator>
<dc:date>2025-02-24</dc:date><dc:language>de</dc:language></metadata><manifest>
<item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="b.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
    parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OEBPS/content.opf": package,
             "OEBPS/text/a.xhtml": chapter, "OEBPS/b.xhtml": chapter}  # fmt: skip
    return zipped([(name, text.encode()) for name, text in parts.items()])


def _tables() -> dict[str, bytes]:
    rows = [
        "source,target,note,forbidden,match",
        'Waffenruhe,truce|cease-fire,"kurz, schlicht",armistice,',
        "EU,EU,,,exact",
    ]
    return {
        "commas.csv": "\n".join(rows).encode(),
        "excel.csv": "\r\n".join(["Deutsch;Englisch", "Zölle;tariffs", "#Kommentar", '"Haus; groß";house']).encode(
            "cp1252"
        ),
        "tabs.csv": "\ufeffMinister\tminister\nWaffenruhe\ttruce\nVerhandl|ung*\tnegotiation\n".encode(),
    }


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in [
        ("source", "target", "note"),
        ("Waffenruhe", "truce", "=1+1"),
        ("EU", "EU", 3.5),
        ("Zoll", "tariff", None),
    ]:
        sheet.append(row)
    book.create_sheet("zwei").append(["nur eine Spalte"])
    return _saved(book)


def _package(folder: Path) -> bytes:
    """An Argos package with weights that are none and a tokenizer of its own."""
    words = folder / "words.txt"
    words.write_text("\n".join(TEXTS * 3), "utf-8")
    sentencepiece.SentencePieceTrainer.Train(
        input=str(words), model_prefix=str(folder / "sp"), vocab_size=70, model_type="unigram", minloglevel=2,
        hard_vocab_limit=False, normalization_rule_name="identity",
    )  # fmt: skip
    meta = {"from_code": "de", "to_code": "en", "package_version": "1.0", "argos_version": "1.9", "type": "translate",
            "from_name": "German", "to_name": "English"}  # fmt: skip
    parts = {"metadata.json": json.dumps(meta).encode(), "README.md": b"Made for a test.\n",
             "model/model.bin": b"\6\0\0\0weights", "model/shared_vocabulary.json": b'["<unk>", "<s>"]',
             "sentencepiece.model": (folder / "sp.model").read_bytes()}  # fmt: skip
    return zipped([(f"translate-de_en-1_0/{name}", data) for name, data in parts.items()])


def _memory(path: Path) -> bytes:
    """A memory with translations by hand and by a machine."""
    memory = Memory(path)
    memory.add_human(
        [MemoryEntry(TEXTS[1], ENGLISH[1], EntryOrigin.HUMAN, created="2025-02-24T10:00:00Z", file="a.txt")], "de", "en"
    )
    made = [(MemoryKey(s, ""), MemoryEntry(s, t, EntryOrigin.MACHINE, -0.3, ((0, 0.9),), created="2025-02-24T10:00:00Z"))
            for s, t in zip(TEXTS, ENGLISH, strict=True)]  # fmt: skip
    memory.add_machine(made, "de", "en", "m")
    memory.close()
    return path.read_bytes()


def _template(path: Path) -> bytes:
    write_template(path, "de", "en")
    return _small(path.read_bytes())


def _subtitles(kind: str) -> bytes:
    dot = "." if kind == "vtt" else ","
    cues = [f"{n}\n00:00:0{n}{dot}000 --> 00:00:0{n + 1}{dot}500\n<i>{t}</i>" for n, t in enumerate(TEXTS, start=1)]
    head = ["WEBVTT", "NOTE Kommentar", "STYLE\n::cue { color: red }"] if kind == "vtt" else []
    more = ["00:00:09.000 --> 00:00:11.000 line:0\n<v Anna>– Nein. [Musik]</v>"] if kind == "vtt" else []
    return "\n\n".join([*head, *cues, *more, ""]).encode()


def files() -> dict[str, dict[str, bytes]]:
    """Names and contents by format."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        word, page = folder / "word.docx", folder / "seite.html"
        word.write_bytes(_saved(_word()))
        page.write_text(HTML, "utf-8")
        for path, layout in (("handout.odt", Layout.TABLE), ("lauf.odt", Layout.INTERLEAVED)):
            write("odt", [_bilingual()], folder / path, ExportSettings(layout=layout))
        office = {
            "docx": _by_office(page, "docx:MS Word 2007 XML"),
            "odt": _by_office(word, "odt"),
            "epub": _by_office(word, "epub"),
        }
        made = {ending: {"office." + ending: data} if data else {} for ending, data in office.items()}
        markdown = f"---\ntitle: {TEXTS[0]}\ndate: 2025-02-24\n---\n# {TEXTS[0]}\n\n{TEXTS[1]} **Fett** [Verweis](https://x.org)\n\n"
        markdown += (
            f"1. {TEXTS[2]}\n   - innen\n\n| a | b |\n|---|---|\n| c | `d` |\n\n> {TEXTS[3]}<br>\n\n![Bild](x.png)\n"
        )
        text = "\n\n".join(TEXTS)
        return {
            "docx": {"word.docx": word.read_bytes(), **made["docx"]},
            "odt": {p.name: p.read_bytes() for p in folder.glob("*.odt")} | made["odt"],
            "epub": {"buch.epub": _epub(), **made["epub"]},
            "html": {"seite.html": HTML.encode(), "alt.html": HTML.replace("utf-8", "iso-8859-1").encode("cp1252", "replace")},
            "pdf": {p.name: p.read_bytes() for p in sorted(PDF_SAMPLES.glob("*.pdf"))},
            "review": _handouts(folder),
            "tmx": {"memory.tmx": memory_bytes([("de", "en", MemoryEntry(s, t, EntryOrigin.HUMAN, created="2025-02-24T10:00:00Z", file="a.txt"))
                     for s, t in zip(TEXTS, ENGLISH, strict=True)], __version__),
                    "foreign.tmx": f"""<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="de-DE"
creationtool="x"/><body><tu creationdate="20250224T100000Z"><tuv xml:lang="DE-DE"><seg><bpt i="1">b</bpt>{TEXTS[1]}<ept i="1"/>
</seg></tuv><tuv xml:lang="EN_US"><seg>{ENGLISH[1]} <hi>x</hi></seg></tuv></tu></body></tmx>""".encode()},
            "tbx": {"drei.tbx": tbx_bytes(ENTRIES, "de", "en", 3), "zwei.tbx": tbx_bytes(ENTRIES, "de", "en", 2)},
            "xlsx": {"tabelle.xlsx": _workbook()},
            "csv": _tables(),
            "template": {"vorlage.docx": _template(folder / "vorlage.docx"), "word.docx": word.read_bytes()},
            "memory": {"memory.sqlite": _memory(folder / "memory.sqlite")},
            "argosmodel": {"paket.argosmodel": _package(folder)},
            "md": {"artikel.md": markdown.encode()},
            "srt": {"film.srt": _subtitles("srt")},
            "vtt": {"film.vtt": _subtitles("vtt")},
            "txt": {"artikel.txt": text.encode(), "alt.txt": text.encode("cp1252"), "wide.txt": text.encode("utf-16")},
        }  # fmt: skip


def main() -> None:
    """Writes the files of all formats anew."""
    made = files()
    assert made.keys() == FORMATS.keys()
    for name, contents in made.items():
        folder = CORPUS / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file, data in contents.items():
            (folder / file).write_bytes(data)
            print(f"{name}/{file}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
