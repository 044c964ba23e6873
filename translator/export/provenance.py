"""What a handout says about itself in its custom properties, so that a later run knows it again.

Three values: the fingerprint of what it was made from, one of its text as written, and the source language. Equal
fingerprints mean there is nothing to do; another text means that somebody corrected the file by hand, and it is never
overwritten unasked.
"""

from __future__ import annotations

import copy
import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package
from lxml import etree

from translator.export.docx_xml import Element, all_text
from translator.markup import hardened_parser

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST = 2
"""Number of the first property; Office keeps 0 and 1 for itself."""
PART = "docProps/custom.xml"
MADE_FROM, TEXT, SOURCE = _OURS = "TranslatorFingerprint", "TranslatorText", "TranslatorSource"


@dataclass(frozen=True)
class Provenance:
    """State of an existing handout.

    Attributes:
        fingerprint: of what it was made from; None where the file is not one of ours.
        edited: whether its text is another than the one we wrote.
        source: ISO 639-1 code of the source language; None in files of older versions.
    """

    fingerprint: str | None
    edited: bool
    source: str | None = None


def text_fingerprint(text: str) -> str:
    """16 hex digits over the text of a document body; white space does not count, for Word moves it."""
    return hashlib.blake2b(" ".join(text.split()).encode(), digest_size=8).hexdigest()


def attach(package: Package) -> None:
    """Adds an empty part for the custom properties to a package."""
    part = Part(PackURI(f"/{PART}"), _CONTENT_TYPE, b"", package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def others(part: bytes) -> list[Element]:
    """The custom properties of a template; none where the part is damaged."""
    try:
        nodes = etree.fromstring(part, hardened_parser()).findall(f"{{{_PROPERTIES}}}property")
    except etree.XMLSyntaxError:
        return []
    return [node for node in nodes if node.get("name") not in _OURS]


def properties(fingerprint: str, source: str, text: str, more: Sequence[Element] = ()) -> bytes:
    """The part with the custom properties of a handout with this text; `more` are those of its template."""
    namespaces: dict[str | None, str] = {None: _PROPERTIES, "vt": _TYPES}
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap=namespaces)  # type: ignore[arg-type]
    values = dict(zip(_OURS, (fingerprint, text_fingerprint(text), source), strict=True))
    for number, (name, value) in enumerate(values.items(), start=_FIRST):
        node = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT_ID, pid=str(number), name=name)
        etree.SubElement(node, f"{{{_TYPES}}}lpwstr").text = value
    for number, other in enumerate(more, start=_FIRST + len(values)):
        node = copy.deepcopy(other)
        node.set("pid", str(number))
        root.append(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def inspect(path: Path) -> Provenance:
    """What an existing file says about itself; a file that cannot be read counts as somebody else's."""
    try:
        with zipfile.ZipFile(path) as archive:
            root = etree.fromstring(archive.read(PART), hardened_parser())
        values = {node.get("name"): "".join(map(str, node.itertext())) for node in root}
        fingerprint = values.get(MADE_FROM)
        edited = values.get(TEXT) != text_fingerprint(all_text(docx.Document(str(path)).element.body))
    except Exception:  # any damage means: not ours, leave it alone
        return Provenance(None, True)
    return Provenance(fingerprint, edited or fingerprint is None, values.get(SOURCE))
