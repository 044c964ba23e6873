"""XLIFF 2.1, the successor of XLIFF 1.2: a unit is a paragraph, and the glossary terms in it have a place of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from translator.atomic import replacing
from translator.bilingual import BilingualDocument, TranslatedSegment
from translator.checks.model import Severity
from translator.documents import Format, Paragraph
from translator.errors import UsageError
from translator.export.settings import ExportSettings
from translator.export.xml_text import Inline, fill, inlines
from translator.markup import XML, Element, child, language_tag, serialised

_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
"""That of 2.1, too: the number in it is the one of the first 2.x."""
_GLOSSARY_NAMESPACE = "urn:oasis:names:tc:xliff:glossary:2.0"
_X, _G = f"{{{_NAMESPACE}}}", f"{{{_GLOSSARY_NAMESPACE}}}"
_TYPES = {Format.BOLD: ("fmt", "xlf:b"), Format.ITALIC: ("fmt", "xlf:i"), Format.LINK: ("link", None)}
_SENTENCES = frozenset({f"{_X}source", f"{_X}target"})


def write(translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings) -> tuple[Path, ...]:
    """Writes one document in one target language.

    Raises:
        UsageError: there are several target languages.
        OutputError: the file cannot be written.
    """
    if len(translations) != 1:
        raise UsageError("an XLIFF file holds one target language; write one file for each")
    content = xliff2_bytes(translations[0])
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return (path,)


def xliff2_bytes(bilingual: BilingualDocument) -> bytes:
    """The file; equal for equal documents."""
    signature = bilingual.signature
    namespaces: dict[str | None, str] = {None: _NAMESPACE}
    if any(segment.terms for segment in bilingual.segments):
        namespaces["gls"] = _GLOSSARY_NAMESPACE
    root = etree.Element(f"{_X}xliff", nsmap=namespaces, version="2.1")  # type: ignore[arg-type]
    root.set("srcLang", language_tag(signature.source))
    root.set("trgLang", language_tag(signature.target))
    # The blank between two sentences is an element of nothing but white space.
    about = {"id": "f1", "original": bilingual.document.name, f"{XML}space": "preserve"}
    file = child(root, f"{_X}file", attributes=about)
    child(child(file, f"{_X}notes"), f"{_X}note", str(signature), {"category": "signature"})
    for number, (paragraph, segments) in enumerate(bilingual.paragraphs, start=1):
        if segments:  # a unit must have one
            _unit(file, f"p{number}", paragraph, segments)
    return serialised(root, _SENTENCES)


def _unit(file: Element, identity: str, paragraph: Paragraph, segments: Sequence[TranslatedSegment]) -> None:
    """A paragraph: glossary, notes, addresses of links, sentences, in the order of the standard."""
    kind = f"translator:{paragraph.kind.value.replace(' ', '-')}"
    unit = child(file, f"{_X}unit", attributes={"id": identity, "type": kind})
    _glossary(unit, segments)
    _notes(unit, segments)
    addresses = dict.fromkeys(s.value for t in segments for s in t.segment.spans if s.format is Format.LINK)
    data = {address: f"d{number}" for number, address in enumerate(addresses, start=1)}
    if data:
        original = child(unit, f"{_X}originalData")
        for address, key in data.items():
            child(original, f"{_X}data", address, {"id": key})

    def inline(parent: Element, mark: Inline) -> Element:
        return _inline(parent, mark, data)

    first = 1  # inline elements are numbered through the unit, in which all ids must differ
    for index, segment in enumerate(segments):
        if index:
            between = child(unit, f"{_X}ignorable")
            child(between, f"{_X}source", " ")
            child(between, f"{_X}target", " ")
        source, target = inlines(segment, first)
        first += len(source)
        node = child(unit, f"{_X}segment", attributes=_state(segment))
        fill(child(node, f"{_X}source"), segment.segment.source, source, inline)
        if segment.target:
            fill(child(node, f"{_X}target"), segment.target, target, inline)


def _state(segment: TranslatedSegment) -> dict[str, str | None]:
    origin = segment.origin.value
    state = "initial" if not segment.target else "final" if origin == "human" else "translated"
    return {"id": segment.segment.id, "state": state, "subState": f"translator:{origin}"}


def _glossary(unit: Element, segments: Sequence[TranslatedSegment]) -> None:
    entries = list(dict.fromkeys(term.hit.entry for segment in segments for term in segment.terms))
    if not entries:
        return
    glossary = child(unit, f"{_G}glossary")
    for entry in entries:
        node = child(glossary, f"{_G}glossEntry")
        child(node, f"{_G}term", entry.source)
        for target in entry.targets:
            child(node, f"{_G}translation", target)
        if entry.note:
            child(node, f"{_G}definition", entry.note)


def _notes(unit: Element, segments: Sequence[TranslatedSegment]) -> None:
    """Findings; a note belongs to a unit, so that it begins with the number of its sentence."""
    found = [(segment.segment.number, finding) for segment in segments for finding in segment.findings]
    if not found:
        return
    notes = child(unit, f"{_X}notes")
    for number, finding in found:
        priority = "1" if finding.severity is Severity.WARNING else "5"
        about = {"appliesTo": "target", "category": finding.rule, "priority": priority}
        child(notes, f"{_X}note", f"{number}: {finding.message}", about)


def _inline(parent: Element, mark: Inline, data: dict[str, str]) -> Element:
    span, number = mark.span, str(mark.number)
    if span.format is Format.NOTE:
        shown = f"[{span.value}]"
        about = {"id": number, "type": "other", "subType": "translator:footnote", "disp": shown, "equiv": shown}
        return child(parent, f"{_X}ph", attributes=about)
    kind, subtype = _TYPES[span.format]
    address = data.get(span.value) if span.format is Format.LINK else None
    return child(
        parent,
        f"{_X}pc",
        attributes={"id": number, "type": kind, "subType": subtype, "dataRefStart": address},
    )
