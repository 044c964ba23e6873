"""Glossaries as TBX, the standard of term bases (ISO 30042), read and written as version 2 and as TBX-Basic version 3.

What TBX-Basic has no category for (match, case, our types) travels in a note of the entry that begins with `translator:`;
other tools show it and give it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from translator import limits
from translator.documents.characters import collapse
from translator.documents.encoding import read_bytes
from translator.errors import GlossaryError, InputError
from translator.glossary.files import LoadedFile, Refusal
from translator.glossary.model import Entry, TermType
from translator.glossary.rows import entry_of_cells, row_of
from translator.markup import declares_entities, hardened_parser

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OURS = "translator:"
_FORBIDDEN = ("deprecated", "superseded", "obsolete", "forbidden", "not recommended")


def read_tbx(path: Path, source: str = "de", target: str = "en") -> LoadedFile:
    """Reads a TBX file of either version.

    Raises:
        GlossaryError: it cannot be read, is no XML, or holds no entries of the language pair.
    """
    try:
        data = read_bytes(path)
        limits.check("xml_nodes", limits.xml_nodes(data))
        root = etree.fromstring(data, hardened_parser())
    except InputError as error:
        raise GlossaryError(str(error)) from error
    except limits.LimitExceeded as error:
        raise GlossaryError(f"{path}: {error}") from error
    except etree.XMLSyntaxError as error:
        raise GlossaryError(f"{path}:{error.lineno}: no readable TBX ({error.msg})") from error
    if declares_entities(root):
        raise GlossaryError(f"{path}: refused, it declares XML entities")
    version = "TBX 3" if _name(root) == "tbx" else "TBX 2" if _name(root) == "martif" else None
    if version is None:
        raise GlossaryError(f"{path}: no TBX file (its root element is {_name(root)})")
    loaded = LoadedFile(path, columns=("source", "target", "note", "type", "forbidden", "domain"), dialect=version)
    for concept in root.iter("*"):  # no comments, no entities that are declared nowhere
        if _name(concept) not in ("termEntry", "conceptEntry"):
            continue
        line = int(str(concept.sourceline or 0))
        for cells in _cells(concept, source, target):
            try:
                if entry := entry_of_cells(cells, str(path), line):
                    loaded.entries.append(entry)
            except ValueError as error:
                loaded.refused.append(Refusal(str(path), line, str(error)))
    if not loaded.entries and not loaded.refused:
        raise GlossaryError(f"{path}: no entries with terms in {source} and {target}")
    return loaded


def _cells(concept: etree._Element, source: str, target: str) -> Iterator[dict[str, str]]:
    """Cells of an entry for each source term of a concept."""
    terms: dict[str, list[tuple[str, str, str]]] = {source: [], target: []}
    for section in concept:
        code = (section.get(_XML_LANG) or "").lower().split("-")[0].split("_")[0]
        if _name(section) in ("langSet", "langSec") and code in terms:
            terms[code] += [_term(group) for group in section.iter("*") if _name(group) in ("tig", "ntig", "termSec")]
    notes, ours, domain = list[str](), dict[str, str](), ""
    for node in concept.iter("*"):
        text = collapse("".join(map(str, node.itertext())))
        if _name(node) == "note" and text.startswith(_OURS):
            ours |= dict(part.strip().split("=", 1) for part in text.removeprefix(_OURS).split(";") if "=" in part)
        elif _name(node) == "note" or (_name(node) == "descrip" and node.get("type") in ("definition", "explanation")):
            notes.append(text)
        elif _name(node) == "descrip" and node.get("type") == "subjectField":
            domain = text
        elif _name(node) == "descrip" and node.get("type") == "Translation needed" and text.lower() == "no":
            ours.setdefault("type", TermType.KEEP.value)
    good = [t for t, status, _ in terms[target] if not _is_forbidden(status)]
    preferred = [t for t, status, _ in terms[target] if status.startswith("preferred")]
    renderings = [*preferred, *(t for t in good if t not in preferred)]
    forbidden = [t for t, status, _ in terms[target] if _is_forbidden(status)]
    for term, status, part_of_speech in terms[source]:
        if _is_forbidden(status):
            continue
        cells = {"source": term, "target": "|".join(renderings), "note": "; ".join(dict.fromkeys(notes)),
                 "forbidden": "|".join(forbidden), "domain": domain}  # fmt: skip
        if part_of_speech.lower().replace(" ", "") == "propernoun":
            cells["type"] = TermType.NAME.value
        yield cells | {k: v for k, v in ours.items() if k in ("match", "case", "type")}


def _term(group: etree._Element) -> tuple[str, str, str]:
    """Term, administrative status and part of speech of a term section."""
    term = status = part_of_speech = ""
    for node in group.iter("*"):
        text = collapse("".join(map(str, node.itertext())))
        if _name(node) == "term":
            term = text
        elif _name(node) in ("termNote", "descrip") and node.get("type") in (
            "administrativeStatus",
            "administrative-status",
        ):
            status = text.lower()
        elif _name(node) == "termNote" and node.get("type") == "partOfSpeech":
            part_of_speech = text
    return term, status, part_of_speech


def _is_forbidden(status: str) -> bool:
    return any(word in status for word in _FORBIDDEN)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def tbx_bytes(entries: Sequence[Entry], source: str, target: str, version: int = 3) -> bytes:
    """Entries as TBX-Basic version 3, or as version 2."""
    root, body = _skeleton_3(source) if version == 3 else _skeleton_2(source)
    concept_tag, section_tag, group_tag = (
        ("conceptEntry", "langSec", "termSec") if version == 3 else ("termEntry", "langSet", "tig")
    )
    space = f"{{{NAMESPACE}}}" if version == 3 else ""
    for number, entry in enumerate(entries, start=1):
        concept = etree.SubElement(body, f"{space}{concept_tag}", id=f"c{number}")
        if entry.domain:
            etree.SubElement(concept, f"{space}descrip", type="subjectField").text = entry.domain
        if entry.note:
            etree.SubElement(concept, f"{space}note").text = entry.note
        cells = row_of(entry)
        if entry.type is TermType.KEEP:  # a proper noun would come back as a name
            cells["type"] = entry.type.value
        ours = "; ".join(f"{k}={cells[k]}" for k in ("match", "case", "type") if cells[k])
        if ours:
            etree.SubElement(concept, f"{space}note").text = f"{_OURS} {ours}"
        groups = [
            (source, [(entry.source, "preferredTerm-admn-sts")]),
            (
                target,
                [
                    *(
                        (t, "admittedTerm-admn-sts" if i else "preferredTerm-admn-sts")
                        for i, t in enumerate(entry.targets)
                    ),
                    *((t, "deprecatedTerm-admn-sts") for t in entry.forbidden),
                ],
            ),
        ]
        for code, terms in groups:
            section = etree.SubElement(concept, f"{space}{section_tag}", {_XML_LANG: code})
            for text, status in terms:
                group = etree.SubElement(section, f"{space}{group_tag}")
                etree.SubElement(group, f"{space}term").text = text
                speech = "properNoun" if entry.is_name else "noun" if entry.type is TermType.NOUN else "other"
                etree.SubElement(group, f"{space}termNote", type="partOfSpeech").text = speech
                etree.SubElement(group, f"{space}termNote", type="administrativeStatus").text = status
    etree.indent(root)
    doctype = '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n' if version == 2 else ""
    body_text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}{body_text}\n'.encode()


def _skeleton_3(source: str) -> tuple[etree._Element, etree._Element]:
    space = f"{{{NAMESPACE}}}"
    root = etree.Element(f"{space}tbx", {_XML_LANG: source}, nsmap={None: NAMESPACE}, type="TBX-Basic", style="dca")  # type: ignore[dict-item]
    header = etree.SubElement(root, f"{space}tbxHeader")
    description = etree.SubElement(header, f"{space}fileDesc")
    origin = etree.SubElement(description, f"{space}sourceDesc")
    etree.SubElement(origin, f"{space}p").text = "Glossary written by translator"
    return root, etree.SubElement(etree.SubElement(root, f"{space}text"), f"{space}body")


def _skeleton_2(source: str) -> tuple[etree._Element, etree._Element]:
    root = etree.Element("martif", {_XML_LANG: source}, type="TBX")
    header = etree.SubElement(root, "martifHeader")
    description = etree.SubElement(header, "fileDesc")
    etree.SubElement(etree.SubElement(description, "sourceDesc"), "p").text = "Glossary written by translator"
    return root, etree.SubElement(etree.SubElement(root, "text"), "body")
