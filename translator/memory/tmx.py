"""The memory as TMX, out and in; also what OmegaT, DeepL, Trados and memoQ write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from translator import limits
from translator.documents.characters import collapse
from translator.documents.encoding import read_bytes
from translator.errors import InputError
from translator.markup import XML, Element, child, declares_entities, hardened_parser, language_tag, serialised
from translator.memory.model import EntryOrigin, MemoryEntry
from translator.tmx import SENTENCE, add_versions, tmx_root

_MARKUP = ("bpt", "ept", "ph", "it", "ut")
"""Elements of a segment that hold formatting codes and no text."""

_LINE_BREAKS = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
"""White space that only lays a file out; hard blanks and tabs are text."""


@dataclass(frozen=True)
class Imported:
    """What was read from a TMX file: entries of the pair, and how many units were left out as made by a machine."""

    entries: tuple[MemoryEntry, ...]
    machine: int
    other: int


def memory_bytes(entries: Iterable[tuple[str, str, MemoryEntry]], tool: str) -> bytes:
    """Entries of any language pairs as a TMX 1.4b file; equal entries give equal bytes."""
    root = tmx_root(tool, "*all*")
    body = child(root, "body")
    for source, target, entry in entries:
        date = _tmx_date(entry.created)
        unit = child(body, "tu", attributes={"creationdate": date, "changedate": date})
        child(unit, "prop", entry.origin.value, {"type": "x-origin"})
        if entry.file:
            child(unit, "prop", entry.file, {"type": "x-document"})
        add_versions(unit, ((source, entry.source), (target, entry.target)))
    return serialised(root, {SENTENCE})


def _tmx_date(created: str) -> str | None:
    """`20250825T101500Z` for our ISO date."""
    return created.replace("-", "").replace(":", "") or None


def read_tmx(path: Path, source: str, target: str) -> Imported:
    """Entries of a TMX file for a language pair, in any order of its languages.

    Units that our own export marks as a machine's are left out: what a person imports counts as a person's word.
    Sources are written as documents are read, with single blanks, for they have to be found again; translations keep
    every character, but for line breaks that another program laid its file out with.

    Raises:
        InputError: it cannot be read, is no TMX, or declares entities.
    """
    data = read_bytes(path)
    try:
        limits.check("xml_nodes", limits.xml_nodes(data))
        root = etree.fromstring(data, hardened_parser())
    except limits.LimitExceeded as error:
        raise InputError(f"{path}: {error}") from error
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path}:{error.lineno}: no readable TMX ({error.msg})") from error
    if root.tag != "tmx":
        raise InputError(f"{path}: no TMX file (its root element is {root.tag})")
    if declares_entities(root):
        raise InputError(f"{path}: refused, it declares XML entities")
    entries, machine, other = list[MemoryEntry](), 0, 0
    ours = root.find("header[@creationtool='translator']") is not None
    for unit in root.iter("tu"):
        texts = {code: text if ours else _unbroken(text) for code, text in _texts(unit, (source, target))}
        if not texts.get(source, "").strip() or not texts.get(target, "").strip():
            other += 1
        elif unit.findtext("prop[@type='x-origin']") == EntryOrigin.MACHINE.value:
            machine += 1
        else:
            created = max(_dates(unit))
            file = unit.findtext("prop[@type='x-document']") or path.name
            sentence = texts[source] if ours else collapse(texts[source])
            entries.append(MemoryEntry(sentence, texts[target], EntryOrigin.HUMAN, created=created, file=file))
    return Imported(tuple(entries), machine, other)


def _texts(unit: Element, codes: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Those of the two languages that a unit has, with their text."""
    for version in unit.iter("tuv"):
        tag = (version.get(f"{XML}lang") or version.get("lang") or "").lower().replace("_", "-")
        segment = version.find(SENTENCE)
        if segment is not None:
            # Our pt-BR has a code of its own, pb; where that is not wanted it is Portuguese.
            code = next((c for c in codes if tag == language_tag(c).lower()), tag.split("-")[0])
            yield code, _text(segment)


def _dates(unit: Element) -> Iterator[str]:
    """Dates of a unit and its versions, where OmegaT has them, ISO 8601 or empty; the latest counts."""
    for node in (unit, *unit.iter("tuv")):
        yield _iso_date(node.get("changedate", "")) or _iso_date(node.get("creationdate", ""))


def _unbroken(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text).strip(" \t")


def _text(node: Element) -> str:
    parts = [node.text or ""]
    for inner in node:
        if inner.tag not in _MARKUP:
            parts.append(_text(inner))
        parts.append(inner.tail or "")
    return "".join(parts)


def _iso_date(text: str) -> str:
    """Our ISO date for `20250825T101500Z`, an empty string for anything else."""
    if len(text) == 16 and text[8] == "T" and text.endswith("Z") and (text[:8] + text[9:15]).isdecimal():
        return f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[9:11]}:{text[11:13]}:{text[13:15]}Z"
    return ""
