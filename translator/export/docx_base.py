"""What all handouts of a run have in common: made once by python-docx, from the template if there is one.

Making it takes longer than fifty handouts. What is new in each of them is its content, and the few parts that speak of it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as R
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part
from docx.opc.rel import Relationships
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from lxml import etree

from translator.bilingual import Signature
from translator.documents.archive import check_archive
from translator.errors import InputError, OutputError, library_reason
from translator.export import docx_styles as styles
from translator.export import docx_xml as xml
from translator.export import provenance
from translator.export.docx_package import Package
from translator.export.docx_page import leave_room, set_footer, set_page, text_width
from translator.export.docx_properties import describe
from translator.export.docx_relations import CommonRelations
from translator.export.labels import labels
from translator.export.settings import ExportSettings, Layout

_EVERY = 5
"""Lines of running text from one that has its number in the margin to the next."""
_OF_COMMENTS = re.compile(r"/comments[A-Za-z]*$")
"""Relationships to the parts that Word keeps comments in, their ids and their states."""


@dataclass(frozen=True, eq=False)
class Base:
    """A Word file without the content of a handout.

    Attributes:
        head, tail: the main part before and behind the content.
        width: twips between the margins.
        bullet: id of the numbering of the bulleted list, None where there is none.
        ids: ids of styles where they are others than content says (see docx_styles.other_ids).
        taken: numbers of the content controls in headers and footers.
        relations: what the main part refers to.
        comments_target: how it would refer to comments.
        comments: the part for comments, without any.
        properties: the part with title, author and the like.
        custom: custom properties of the template.
        package: all the rest.
    """

    head: bytes
    tail: bytes
    width: int
    bullet: int | None
    ids: Mapping[str, str]
    taken: frozenset[str]
    relations: CommonRelations
    comments_target: str
    comments: bytes
    properties: bytes
    custom: Sequence[xml.Element]
    package: Package


def base_of(signatures: tuple[Signature, ...], settings: ExportSettings) -> Base:
    """The base for handouts of translations with these signatures, from the template if there is one.

    Raises:
        OutputError: the template cannot be used.
    """
    stamp = None
    if settings.template is not None and settings.template.is_file():
        status = settings.template.stat()
        stamp = status.st_mtime_ns, status.st_size
    return _base(signatures, settings, stamp)


@lru_cache(maxsize=4)
def _base(signatures: tuple[Signature, ...], settings: ExportSettings, stamp: tuple[int, int] | None) -> Base:
    """The base; `stamp` is what tells a changed template from the one that was read before."""
    word = _from_template(settings.template) if settings.template else docx.Document()
    try:
        _prepare(word, signatures, settings)
        return _taken_apart(word)
    except Exception as error:
        if settings.template is None:
            raise
        raise OutputError(f"template {settings.template}: damaged ({library_reason(error)})") from error


def _from_template(path: Path) -> WordDocument:
    """The template without its text and the comments on it; its styles, header, footer and page stay."""
    try:
        check_archive(path, "Word")
        word = docx.Document(str(path))
    except InputError as error:
        raise OutputError(f"template {error}") from error
    except Exception as error:  # see documents/docx.py: damage raises anything
        raise OutputError(f"template {path}: damaged, or no Word file ({library_reason(error)})") from error
    body = word.element.body
    for child in list(body):
        if child is not body.sectPr:
            body.remove(child)
    _removed(word.part.rels, *(r.reltype for r in word.part.rels.values() if _OF_COMMENTS.search(r.reltype)))
    return word


def _prepare(word: WordDocument, signatures: tuple[Signature, ...], settings: ExportSettings) -> None:
    """Sets styles, page, footer and properties."""
    targets = [signature.target for signature in signatures]
    styles.define(word, signatures[0].source, targets, keep=settings.template is not None)
    set_page(word, settings)
    if settings.template is None:
        styles.remove_other_tables(word)
        leave_room(word, len(targets))
        _removed(word.part.package.rels, R.THUMBNAIL)  # python-docx's, of an empty page
    set_footer(word, [str(signature) for signature in signatures], labels(targets[0]))
    xml.set_hyphenation(word.settings.element)
    if settings.layout is Layout.TARGET:
        xml.number_lines(word.sections[-1]._sectPr, _EVERY)
    describe(word.core_properties, signatures[0])


def _taken_apart(word: WordDocument) -> Base:
    """What handouts are put together from.

    Raises:
        ValueError: parts share a name, as where a lost relationship made python-docx begin a part that is there already.
    """
    part, package = word.part, word.part.package
    assert package is not None
    relations = CommonRelations.of(part.rels)
    _ = word.comments  # begun now
    comments = part.part_related_by(R.COMMENTS)
    custom = [node for old in _removed(package.rels, R.CUSTOM_PROPERTIES) for node in provenance.others(old.blob)]
    provenance.attach(package)
    names = [str(member.partname).lower() for member in package.iter_parts()]
    if len(set(names)) < len(names):
        raise ValueError("several parts have one name")
    ids, taken = styles.other_ids(word), set[str]()
    for relation in part.rels.values():
        if relation.reltype in (R.HEADER, R.FOOTER):
            root = relation.target_part.element
            styles.use_ids(root, ids)
            taken |= xml.control_numbers(root)
    head, tail = _around_content(word.element)
    return Base(
        head,
        tail,
        text_width(word),
        _bullet(word),
        ids,
        frozenset(taken),
        relations,
        comments.partname.relative_ref(part.partname.baseURI),
        comments.blob,
        package.part_related_by(R.CORE_PROPERTIES).blob,
        custom,
        Package.of(word),
    )


def _removed(relations: Relationships, *kinds: str) -> list[Part]:
    """The parts that were related by relationships of some kinds, which are removed."""
    found = [(key, r) for key, r in relations.items() if r.reltype in kinds and not r.is_external]
    for key, _ in found:
        relations.pop(key)
    return [relation.target_part for _, relation in found]


def _bullet(word: WordDocument) -> int | None:
    """Id of the numbering of the bulleted list."""
    if "List Bullet" not in word.styles:
        return None
    numbering = word.styles["List Bullet"].element.find(f".//{qn('w:numId')}")
    return int(numbering.get(qn("w:val"))) if numbering is not None else None


_PLACE = etree.ProcessingInstruction("content-of-the-handout")


def _around_content(document: xml.Element) -> tuple[bytes, bytes]:
    """The main part before and behind the content, which stands where the prefixes of docx_markup are bound.

    Raises:
        ValueError: no such place in a part that was made to mislead.
    """
    document = _with_prefixes(document)
    _body(document).insert(0, copy.copy(_PLACE))
    pieces = serialize_part_xml(document).split(etree.tostring(_PLACE))
    if len(pieces) != 2:
        raise ValueError("strange processing instructions")
    return pieces[0], pieces[1]


def _with_prefixes(document: xml.Element) -> xml.Element:
    """A copy of the document with all prefixes bound at its root."""
    document = copy.deepcopy(document)
    body = _body(document)
    prefixes: dict[str | None, str] = {prefix: nsmap[prefix] for prefix in ("w", "r")}
    if prefixes.items() <= body.nsmap.items():
        return document
    wider = {**prefixes, **{prefix: uri for prefix, uri in body.nsmap.items() if prefix not in prefixes}}
    root = oxml_parser.makeelement(document.tag, document.attrib, wider)  # type: ignore[arg-type]
    for node in list(document):
        if node is body:
            root.append(oxml_parser.makeelement(node.tag, node.attrib))
            root[-1].extend(list(node))
        else:
            root.append(node)
    return root


def _body(document: xml.Element) -> xml.Element:
    """The one child of the root that the text stands in."""
    return next(document.iterchildren(qn("w:body")))
