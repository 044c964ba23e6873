"""XLIFF 1.2, the exchange format that every translation program reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from translator.atomic import replacing
from translator.bilingual import BilingualDocument, TranslatedSegment
from translator.checks.model import Severity
from translator.documents import Format
from translator.errors import UsageError
from translator.export.settings import ExportSettings
from translator.export.xml_text import Inline, fill, inlines
from translator.markup import XML, Element, child, language_tag, serialised

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_X = f"{{{_NAMESPACE}}}"
_XLINK = "http://www.w3.org/1999/xlink"
_STATES = {
    "machine": ("needs-review-translation", "mt-suggestion"),
    "human": ("final", None),
    "copied": ("translated", None),
}
"""State and its qualifier by the origin of a translation; of an origin that is not listed nothing is known but the text."""


def write(translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings) -> tuple[Path, ...]:
    """Writes one document in one target language.

    Raises:
        UsageError: there are several target languages.
        OutputError: the file cannot be written.
    """
    if len(translations) != 1:
        raise UsageError("an XLIFF file holds one target language; write one file for each")
    content = xliff_bytes(translations[0])
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return (path,)


def xliff_bytes(bilingual: BilingualDocument) -> bytes:
    """The file; equal for equal documents."""
    document, signature = bilingual.document, bilingual.signature
    namespaces: dict[str | None, str] = {None: _NAMESPACE}
    if any(s.format is Format.LINK for segment in bilingual.segments for s in segment.spans):
        namespaces["xlink"] = _XLINK
    root = etree.Element(f"{_X}xliff", nsmap=namespaces, version="1.2")  # type: ignore[arg-type]
    file = child(
        root,
        f"{_X}file",
        attributes={
            "original": document.name,
            "source-language": language_tag(signature.source),
            "target-language": language_tag(signature.target),
            "datatype": "plaintext",
            "tool-id": "translator",
            "date": _timestamp(document.date),
        },
    )
    header = child(file, f"{_X}header")
    tool = {"tool-id": "translator", "tool-name": "translator", "tool-version": signature.tool}
    child(header, f"{_X}tool", attributes=tool)
    child(header, f"{_X}note", str(signature), {"from": "translator"})
    body = child(file, f"{_X}body")
    for number, (paragraph, segments) in enumerate(bilingual.paragraphs, start=1):
        kind = {"id": f"p{number}", "restype": f"x-{paragraph.kind.value.replace(' ', '-')}"}
        group = child(body, f"{_X}group", attributes=kind)
        for segment in segments:
            _unit(group, segment)
    return serialised(root, {f"{_X}source", f"{_X}target"})


def _timestamp(date: str | None) -> str | None:
    """The midnight of a day in the form the standard wants; None for anything but a whole date."""
    return f"{date}T00:00:00Z" if date and re.fullmatch(r"\d{4}-\d\d-\d\d", date) else None


def _unit(group: Element, segment: TranslatedSegment) -> None:
    origin = segment.origin.value
    approved = "yes" if origin == "human" else "no"
    identity = {"id": segment.segment.id, "approved": approved, f"{XML}space": "preserve"}
    unit = child(group, f"{_X}trans-unit", attributes=identity)
    source, target = inlines(segment)
    fill(child(unit, f"{_X}source"), segment.segment.source, source, _inline)
    state, qualifier = _STATES.get(origin, ("translated", None)) if segment.target else ("needs-translation", None)
    states = {"state": state, "state-qualifier": qualifier}
    fill(child(unit, f"{_X}target", attributes=states), segment.target, target, _inline)
    for finding in segment.findings:
        priority = "1" if finding.severity is Severity.WARNING else "5"
        about = {"from": finding.rule, "priority": priority, "annotates": "target"}
        child(unit, f"{_X}note", finding.message, about)
    for note in _glossary_notes(segment):
        child(unit, f"{_X}note", note, {"from": "glossary", "priority": "5", "annotates": "source"})


def _inline(parent: Element, mark: Inline) -> Element:
    span = mark.span
    if span.format is Format.NOTE:
        about = {"id": str(mark.number), "ctype": "x-footnote", "equiv-text": f"[{span.value}]"}
        return child(parent, f"{_X}x", attributes=about)
    address = span.value if span.format is Format.LINK else None  # the standard has no attribute for it
    about_span = {"id": str(mark.number), "ctype": span.format.value, f"{{{_XLINK}}}href": address}
    return child(parent, f"{_X}g", attributes=about_span)


def _glossary_notes(segment: TranslatedSegment) -> Iterator[str]:
    """`Waffenruhe = truce / cease-fire (note)`, once for each entry in the sentence."""
    for entry in dict.fromkeys(term.hit.entry for term in segment.terms):
        note = f" ({entry.note})" if entry.note else ""
        yield f"{entry.source} = {' / '.join(entry.targets)}{note}"
