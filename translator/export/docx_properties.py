"""Title, author and the like in the properties of a Word file, which file managers and search engines show."""

from __future__ import annotations

from docx.opc.coreprops import CoreProperties
from docx.opc.oxml import serialize_part_xml
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import parse_xml

from translator.bilingual import BilingualDocument, Signature
from translator.documents.characters import legal
from translator.language.names import bcp47, english_name


def describe(properties: CoreProperties, signature: Signature) -> None:
    """Sets what all handouts of a run have in common; title and keywords are begun, to be filled in later.

    Word's proofing takes the language from the styles, search engines from here.
    """
    properties.title = ""
    properties.subject = f"{english_name(signature.source)}–{english_name(signature.target)}"
    properties.language = bcp47(signature.target)
    properties.author = properties.last_modified_by = "translator"
    properties.comments = _clipped(str(signature))
    properties.keywords = ""


def filled(part: bytes, bilingual: BilingualDocument) -> bytes:
    """The part with the properties, with title and name of a document in it."""
    root = parse_xml(part)
    assert isinstance(root, CT_CoreProperties)
    properties, document = CoreProperties(root), bilingual.document
    properties.title = _clipped(bilingual.translated_title or document.title or document.name)
    properties.keywords = _clipped(document.name)
    return serialize_part_xml(root)


def _clipped(text: str) -> str:
    """At most the 255 characters that a document property may have."""
    text = legal(text)
    return text if len(text) <= 255 else text[:254] + "…"
