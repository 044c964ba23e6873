"""XML: a parser that trusts nobody, and files that keep their sentences as they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from lxml import etree

from translator.documents.characters import legal
from translator.language.names import bcp47

Element = etree._Element
XML = "{http://www.w3.org/XML/1998/namespace}"


def hardened_parser(*, recover: bool = False) -> etree.XMLParser:
    """Neither entities nor networks nor external files, and no tree too deep or large: XML comes by mail.

    With `recover` errors are passed over where possible.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def declares_entities(root: Element) -> bool:
    """Whether a document has entity declarations of its own; nothing that is exchanged needs them."""
    declarations: Any = root.getroottree().docinfo.internalDTD
    return declarations is not None and any(True for _ in declarations.iterentities())


def child(
    parent: Element, tag: str, text: str | None = None, attributes: Mapping[str, str | None] | None = None
) -> Element:
    """A new last child; attributes that are None are left out, as are characters that XML cannot hold."""
    node = etree.SubElement(parent, tag)
    for name, value in (attributes or {}).items():
        if value is not None:
            node.set(name, legal(value))
    if text is not None:
        node.text = legal(text)
    return node


def serialised(root: Element, sentences: Collection[str]) -> bytes:
    """An indented file in UTF-8; the elements with the tags `sentences` are left as they are.

    lxml's own indent would turn the blank between a bold and an italic word into a line break.
    """
    _indent(root, 0, sentences)
    body = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _indent(node: Element, depth: int, sentences: Collection[str]) -> None:
    if len(node) == 0 or node.tag in sentences:
        return
    node.text = "\n" + "  " * (depth + 1)
    for inner in node:
        _indent(inner, depth + 1, sentences)
        inner.tail = node.text
    node[-1].tail = "\n" + "  " * depth


def language_tag(code: str) -> str:
    """The tag without region, as translation programs pair languages by it: `de`; `pt-BR` for our own code `pb`."""
    full = bcp47(code)
    return code if full.split("-")[0] == code else full
