"""Changing good files: bytes anywhere, and in zip archives the files inside, packed again with right sums."""

from __future__ import annotations

import io
import lzma
import re
import warnings
import zipfile
import zlib
from itertools import islice
from random import Random

_INTERESTING = [b"0", b"-1", b"1", b"255", b"65536", b"2147483647", b"4294967296", b"9" * 25, b"1e999", b"NaN", b""]
_TOKENS: dict[str, list[bytes]] = {
    "xml": [
        b'<!DOCTYPE x [<!ENTITY e "eee"><!ENTITY f SYSTEM "file:///etc/hostname">]>', b"&e;", b"&#0;", b"&#x10ffff;",
        b"&#xd800;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?xml version='1.0' encoding='utf-16'?>", b"<?x?>",
        b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\xe2\x80\xae", b"<x xmlns='urn:x'>", b"</x>", b"xml:lang='de'", b"<p>",
        b"<w:p>", b"<w:tbl>", b"<w:sdt>", b"<w:r>", b"<text:p>", b"<text:list>", b"<text:note>", b"<table:table>",
    ],
    "pdf": [
        b"endobj", b"endstream", b"stream\n", b"1 0 R", b"<<", b">>", b"[", b"]", b"/Kids", b"/Parent", b"/Length 0",
        b"/Filter /FlateDecode", b"/Filter [/ASCIIHexDecode /ASCII85Decode]", b"BT", b"ET", b"Tj", b"q Q Do", b"null",
        b"/Prev 9", b"xref", b"trailer", b"startxref\n0", b"/Encrypt 1 0 R", b"/Type /ObjStm", b"/W [1 2 1]",
    ],
    "text": [
        b"\0", b"\r", b"\n\n", b"\t", b"\xff", b"\xc3", b"\xe2\x80\x8b", b"\xed\xa0\x80", b"\"", b";", b",", b"'=1+1",
        b"*" * 60, b"[" * 60, b"(" * 60, b">" * 60, b"- " * 60, b"`" * 9, b"|", b"---\n", b"a: &a [*a]\n", b"<br>",
        b"00:00:01,000 --> 00:00:02,000\n", b"-->", b"99:99:99,999", b"WEBVTT\n", b"<v A>", b"{\\an8}", b"z. B. ",
    ],
}  # fmt: skip
_KINDS = {"pdf": ("pdf",), "html": ("xml", "text"), "tmx": ("xml",), "tbx": ("xml",)}
_ELEMENT = re.compile(rb"<(\w[\w:.-]*)(?:\s[^<>]*)?>[^<>]*</\1>|<[^<>!?]+/>|</?[^<>!?]+>")
_VALUE = re.compile(rb'(?<==")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)|\d+')
MOST = 2**19
"""Bytes; what grows beyond is cut off."""


def mutated(good: list[bytes], name: str, dice: Random) -> bytes:
    """One of the files with one to some twenty changes; equal dice give equal bytes."""
    data = dice.choice(good)
    if data.startswith(b"PK\x03\x04") and dice.random() < 0.8:
        return _members_changed(data, [d for d in good if d.startswith(b"PK")], dice)
    return _changed(data, good, _KINDS.get(name, ("text",)), dice)


def _changed(data: bytes, others: list[bytes], kinds: tuple[str, ...], dice: Random) -> bytes:
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 5, 8, 20))):
        kind = dice.choice(kinds)
        # Most XML stays well-formed, or nothing behind the parser is ever met.
        changes = _XML_CHANGES if kind == "xml" and dice.random() < 0.7 else _CHANGES
        data = dice.choice(changes)(data, others, kind, dice)[:MOST]
    return data


def _place(data: bytes, dice: Random) -> int:
    return dice.randrange(len(data) + 1)


def _range(data: bytes, dice: Random) -> tuple[int, int]:
    start = _place(data, dice)
    return start, min(len(data), start + dice.choice((1, 2, 4, 16, 100, 1000, len(data))))


def _byte(data: bytes, others: list[bytes], kind: str, dice: Random) -> bytes:
    at = _place(data, dice)
    return data[:at] + bytes([dice.choice((dice.randrange(256), 0, 255, 60, 62, 38, 34))]) + data[at + 1 :]


def _bit(data: bytes, others: list[bytes], kind: str, dice: Random) -> bytes:
    at = _place(data, dice)
    return data[:at] + bytes(b ^ (1 << dice.randrange(8)) for b in data[at : at + 1]) + data[at + 1 :]


def _cut(data: bytes, others: list[bytes], kind: str, dice: Random) -> bytes:
    start, end = _range(data, dice)
    return data[:start] + data[end:]


def _repeat(data: bytes, others: list[bytes], kind: str, dice: Random) -> bytes:
    start, end = _range(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 1, 2, 10, 300)) + data[end:]


def _splice(data: bytes, others: list[bytes], kind: str, dice: Random) -> bytes:
    other = dice.choice(others)
    start, end = _range(other, dice)
    at = _place(data, dice)
    return data[:at] + other[start:end] + data[at:]


def _token(data: bytes, others: list[bytes], kind: str, dice: Random) -> bytes:
    at = _place(data, dice)
    return data[:at] + dice.choice(_TOKENS[kind]) * dice.choice((1, 1, 1, 3, 500)) + data[at:]


def _value(data: bytes, others: list[bytes], kind: str, dice: Random) -> bytes:
    """Exchanges a number, the value of an attribute or the text of an element."""
    found = list(islice(_VALUE.finditer(data, _place(data, dice)), 50))
    if not found:
        return data
    place = dice.choice(found)
    new = _INTERESTING + (_TOKENS[kind] if dice.random() < 0.3 else [bytes(reversed(place[0])), dice.choice(found)[0]])
    return data[: place.start()] + dice.choice(new) + data[place.end() :]


def _element(data: bytes, others: list[bytes], kind: str, dice: Random) -> bytes:
    """Takes an element or a tag out, repeats it, or puts it elsewhere."""
    found = [
        m for m in _ELEMENT.finditer(data, _place(data, dice)) if m[1] or m[0].endswith(b"/>") or dice.random() < 0.1
    ]
    if not found:
        return data
    found = found[:80]
    one, other = dice.choice(found), dice.choice(found)
    how = dice.randrange(3)
    if how == 0:
        return data[: one.start()] + data[one.end() :]
    if how == 1:
        return data[: one.end()] + one[0] * dice.choice((1, 5, 400)) + data[one.end() :]
    return data[: other.start()] + one[0] + data[other.end() :]


def _nest(data: bytes, others: list[bytes], kind: str, dice: Random) -> bytes:
    """An element deep in others of its name."""
    whole = list(islice((m for m in _ELEMENT.finditer(data, _place(data, dice)) if m[1]), 80))
    if not whole:
        return data
    one = dice.choice(whole)
    opening = one[0][: one[0].index(b">") + 1]
    depth = dice.choice((2, 50, 300, 3000))
    inner = opening * depth + one[0] + b"</" + one[1] + b">" * 1 * depth
    closed = opening * depth + one[0] + (b"</" + one[1] + b">") * depth
    return data[: one.start()] + (inner if dice.random() < 0.1 else closed) + data[one.end() :]


_CHANGES = (_byte, _bit, _cut, _repeat, _splice, _token, _value)
_XML_CHANGES = (_element, _nest, _value)


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of an archive by name; what cannot be unpacked is left out."""
    found = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                try:
                    found[name] = archive.read(name)
                except (
                    zipfile.BadZipFile,
                    zlib.error,
                    lzma.LZMAError,
                    OSError,
                    EOFError,
                    RuntimeError,
                    NotImplementedError,
                ):
                    continue
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return {}
    return found


def zipped(members: list[tuple[str, bytes]]) -> bytes:
    """An archive of the files, `mimetype` unpacked as its formats want it."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # of names that occur twice
        for name, content in members:
            info = zipfile.ZipInfo("x")
            info.filename = name  # past ZipInfo's own clean-up
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def _members_changed(data: bytes, others: list[bytes], dice: Random) -> bytes:
    members = list(unzipped(data).items())
    if not members:
        return data
    sizes = [len(content) ** 0.5 + 1 for _, content in members]
    for index in dice.choices(range(len(members)), sizes, k=dice.choice((1, 1, 1, 2, 3))):
        name, content = members[index]
        foreign = [c for c in unzipped(dice.choice(others)).values() if c] or [b"x"]
        kinds = ("xml",) if content.lstrip()[:1] == b"<" else ("text",)
        members[index] = name, _changed(content, foreign, kinds, dice)
    how = dice.random()
    if how < 0.04:
        del members[dice.randrange(len(members))]
    elif how < 0.08:
        members.append(dice.choice(members))
    elif how < 0.12:
        index = dice.randrange(len(members))
        new = dice.choice(("../x", "/etc/x", "a:b", "x" * 300, "\udcff.xml", "", "..\\x", dice.choice(members)[0]))
        members[index] = new.encode("utf-8", "replace").decode(), members[index][1]
    try:
        return zipped(members)
    except (ValueError, OSError):
        return data
