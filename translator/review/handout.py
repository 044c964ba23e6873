"""Reading a bilingual Word file that people worked on: its sentences, wherever they stand now.

Sentences are known by the tags of their content controls. A table without tags (an older handout, a bilingual table of
Trados, memoQ or Phrase) is read by the headings of its columns.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from translator.documents.archive import check_archive
from translator.documents.docx_runs import add_runs
from translator.documents.inline import InlineText
from translator.errors import InputError, UsageError, library_reason
from translator.export.provenance import MADE_FROM, SOURCE
from translator.export.tags import Tag, parse_tag
from translator.language.names import language_code
from translator.markup import hardened_parser

_SOURCES = frozenset(
    ("source", "source text", "source segment", "original", "quelle", "quelltext", "quellsegment", "ausgangstext")
)
_TARGETS = frozenset(
    ("target", "target text", "target segment", "translation", "ziel", "zieltext", "zielsegment", "übersetzung")
)
_LABEL = re.compile(r"^\d+(?:–\d+)? ")
_Element = etree._Element


@dataclass(frozen=True)
class Pair:
    """A sentence of a handout with one translation.

    Attributes:
        number: as printed, empty where there is none.
        source: as it stands in the file, empty where it stands elsewhere or not at all.
        target: as it stands in the file, tracked changes accepted.
        language: ISO 639-1 code of the translation, empty where the file does not say.
        tag: what the file said when it was written, None in tables without tags.
    """

    number: str
    source: str
    target: str
    language: str
    tag: Tag | None = None


@dataclass(frozen=True)
class Handout:
    """What was read.

    Attributes:
        path: the file.
        source_language: ISO 639-1 code, None where the file does not say.
        ours: whether this program wrote it.
        pairs: in the order in which they stand now.
        texts: every paragraph without its number: a source among them is known by its hash.
    """

    path: Path
    source_language: str | None
    ours: bool
    pairs: tuple[Pair, ...]
    texts: tuple[str, ...]


def read_handout(path: Path) -> Handout:
    """Reads a Word file.

    Raises:
        InputError: it is damaged, or holds no sentences with translations.
    """
    check_archive(path, "Word")
    try:
        word = docx.Document(str(path))
        body, properties = word.element.body, _properties(word)
        tagged = _Tagged()
        rows = [pair for table in body.iter(qn("w:tbl")) for pair in tagged.rows(table)]
        pairs = [*rows, *tagged.sentences(body)]
        language = properties.get(SOURCE)
        if not pairs:
            language, pairs = _by_headings(body)
        texts = tuple(_LABEL.sub("", _text(p)) for p in body.iter(qn("w:p")))
    except InputError:
        raise
    except Exception as error:  # as when documents are read: python-docx raises whatever it meets
        raise InputError(
            f"{path}: damaged, or no Word file although it is named like one ({library_reason(error)})"
        ) from error
    if not pairs:
        raise InputError(
            f"{path}: no sentences with translations in it; a handout of this program or a table with the headings "
            "'source' and 'target' is wanted"
        )
    return Handout(path, language, MADE_FROM in properties, tuple(pairs), texts)


def _properties(word: Document) -> dict[str, str]:
    """The custom properties by name; none where there are none or they are damaged: the sentences count."""
    try:
        part = next(p for p in word.part.package.iter_parts() if p.partname == "/docProps/custom.xml")
        root = etree.fromstring(part.blob, hardened_parser())
    except (StopIteration, etree.XMLSyntaxError):
        return {}
    return {node.get("name", ""): "".join(map(str, node.itertext())) for node in root}


class _Tagged:
    """Finds tagged sentences; a control whose row was read is not read again."""

    def __init__(self) -> None:
        self._read: set[_Element] = set()

    def rows(self, table: _Element) -> Iterator[Pair]:
        """Pairs of rows whose number carries the tag; an untagged row with nothing but a translation goes on with it."""
        last: list[Pair] = []
        for row in table.iter(qn("w:tr")):
            cells = list(row.iter(qn("w:tc")))
            controls = _controls(cells[0]) if len(cells) > 2 else []
            if len(controls) == 1:
                yield from last
                control, tag = controls[0]
                self._read.add(control)
                number, source, *targets = (_text(c) for c in cells)
                languages = tag.targets
                last = [Pair(number, source, t, code, tag) for t, code in zip(targets, languages, strict=False)]
            elif (
                last and len(cells) == len(last) + 2 and not _controls(row) and not (_text(cells[0]) or _text(cells[1]))
            ):
                last = [
                    Pair(p.number, p.source, f"{p.target} {_text(c)}".strip(), p.language, p.tag)
                    for p, c in zip(last, cells[2:], strict=True)
                ]
        yield from last

    def sentences(self, body: _Element) -> Iterator[Pair]:
        """Pairs of translations that carry their tags themselves."""
        for paragraph in body.iter(qn("w:p")):
            found: list[tuple[Tag, str]] = []
            before = ""
            for node in _flat(paragraph):
                tag = _tag(node)
                if tag is not None and node not in self._read:
                    found.append((tag, before + _raw(node)))
                    before = ""
                elif found:  # what is typed at the end of a control often lands behind it
                    found[-1] = (found[-1][0], found[-1][1] + _raw(node))
                elif tag is None:
                    before += _raw(node)
            for tag, text in found:
                yield Pair("", "", " ".join(text.split()), next(iter(tag.targets)), tag)


def _by_headings(body: _Element) -> tuple[str | None, list[Pair]]:
    """Source language and pairs of the tables whose first row names the columns."""
    language: str | None = None
    pairs: list[Pair] = []
    for table in body.iter(qn("w:tbl")):
        rows = [[_text(c) for c in r.iter(qn("w:tc"))] for r in table.iter(qn("w:tr"))]
        columns = _columns(rows[0]) if rows else None
        if columns is None:
            continue
        source, targets = columns
        language = language or _code(rows[0][source])
        for row in rows[1:]:
            if len(row) == len(rows[0]) and row[source]:
                number = row[0] if row[0].isdigit() else ""
                pairs += [Pair(number, row[source], row[at], code) for at, code in targets.items()]
    return language, pairs


def _columns(head: Sequence[str]) -> tuple[int, Mapping[int, str]] | None:
    """Column of the source and columns of translations with their languages."""
    names = [h.lower().strip(" :*") for h in head]
    source = next((i for i, n in enumerate(names) if n in _SOURCES), None)
    target = next((i for i, n in enumerate(names) if n in _TARGETS), None)
    if source is not None and target is not None:
        return source, {target: ""}
    codes = [(i, code) for i, h in enumerate(head) if (code := _code(h))]
    if len(codes) < 2:
        return None
    return codes[0][0], dict(codes[1:])


def _code(heading: str) -> str:
    """Language code of a heading such as `Deutsch` or `English (en-GB)`, empty where it names none."""
    name = re.sub(r"\s*\(.*\)$", "", heading).strip()
    if not name[:2].isalpha() or name.lower() in ("id", "no"):  # column of numbers, not Indonesian or Norwegian
        return ""
    try:
        return language_code(name)
    except UsageError:
        return ""


def _controls(node: _Element) -> list[tuple[_Element, Tag]]:
    found = ((c, _tag(c)) for c in node.iter(qn("w:sdt")))
    return [(c, tag) for c, tag in found if tag is not None]


def _tag(node: _Element) -> Tag | None:
    value = node.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return parse_tag(value.get(qn("w:val"), "")) if value is not None else None


def _flat(node: _Element) -> Iterator[_Element]:
    """Children, looked into where a tagged control is inside (a tracked insertion around it, say)."""
    for child in node:
        if _tag(child) is None and _controls(child):
            yield from _flat(child)
        else:
            yield child


def _raw(node: _Element) -> str:
    """Text of a node with the blanks around it."""
    text = InlineText()
    text.add("|")
    holder = etree.Element(qn("w:p"))
    holder.append(_without_marks(node))
    add_runs(holder, text, None, None)
    text.add("|")
    return text.paragraph().text[1:-1]


def _text(node: _Element) -> str:
    """Text of all paragraphs in a node, tracked changes accepted, without footnote marks."""
    text = InlineText()
    for block in _without_marks(node).iter(qn("w:p")):
        add_runs(block, text, None, None)
        text.add(" ")
    return text.paragraph().text


def _without_marks(node: _Element) -> _Element:
    """A copy without raised numbers: they belong to the layout."""
    clean = copy.deepcopy(node)
    for run in list(clean.iter(qn("w:r"))):
        raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
        parent = run.getparent()
        if raised is not None and parent is not None and "".join(map(str, run.itertext())).strip().isdigit():
            parent.remove(run)
    return clean
