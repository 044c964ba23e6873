"""EPUB books and articles: the chapters of the spine in order, read as web pages are."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html.entities import html5
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.html
from lxml import etree

from translator.documents.archive import check_archive
from translator.documents.characters import collapse, legal
from translator.documents.html import decoded
from translator.documents.html_article import parse
from translator.documents.html_blocks import blocks
from translator.documents.model import Document, Kind, Paragraph
from translator.documents.text import iso_date
from translator.errors import InputError, library_reason
from translator.limits import LimitExceeded
from translator.markup import hardened_parser

_XHTML = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
# Obfuscated fonts are no copy protection: the text stays readable.
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_ENTITY = re.compile(r"&(\w+);")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_EMPTY_ELEMENT = re.compile(r"<(a|b|div|em|h[1-6]|i|li|p|script|span|strong|style|td|title)(\s[^<>]*)?/>")


def read(path: Path, name: str) -> Document:
    """Reads an EPUB file; title, author, day and language come from its package document.

    Raises:
        InputError: unreadable, damaged, copy-protected, or without text.
    """
    try:
        check_archive(path, "EPUB")
        with zipfile.ZipFile(path) as archive:
            document = _book(archive, path, name)
    except InputError:
        raise
    except LimitExceeded as error:
        raise InputError(f"{path}: {error}") from error
    except Exception as error:  # one changed byte can raise zlib, lxml, key, unicode and NotImplemented errors
        message = library_reason(error)
        raise InputError(f"{path}: damaged, or no EPUB file although it is named like one ({message})") from error
    if not any(p.kind is not Kind.TITLE for p in document.paragraphs):
        raise InputError(f"{path}: no text in it")
    return document


def _book(archive: zipfile.ZipFile, path: Path, name: str) -> Document:
    container = _xml(archive.read("META-INF/container.xml"))
    package_path = next((_inside("", e.get("full-path", "")) for e in container.iter("{*}rootfile")), None)
    if package_path is None:
        raise ValueError("META-INF/container.xml names no package document")
    package = _xml(archive.read(package_path))
    chapters = _chapters(package, package_path)
    _refuse_protected(archive, chapters, path)
    title = next(_metadata(package, "title"), "")
    paragraphs = [Paragraph(title, Kind.TITLE)] if title else []
    for chapter in chapters:
        data = archive.read(chapter)
        if data.strip():
            text, _ = decoded(data, path)
            paragraphs += blocks(_body(text))
    if len(paragraphs) > 1 and title and paragraphs[1].text.casefold() == title.casefold():  # the title page
        del paragraphs[1]
    date = next((day for text in _metadata(package, "date") if (day := iso_date(text))), None)
    language = next(_metadata(package, "language"), "")[:2].lower()
    return Document(
        path,
        name,
        tuple(paragraphs),
        date=date,
        author=", ".join(_metadata(package, "creator")) or None,
        encoding="epub",
        language=language if language.isalpha() else None,
    )


def _xml(data: bytes) -> Any:
    """The root of a package file; entities are not resolved, errors are passed over where possible."""
    root = etree.fromstring(data, hardened_parser(recover=True))
    if root is None:
        raise ValueError("a file of its package is no XML")
    return root


def _metadata(package: Any, key: str) -> Iterator[str]:
    for element in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{key}"):
        if text := collapse("".join(element.itertext())):
            yield text


def _inside(folder: str, reference: str) -> str:
    """The name of a file in the archive, as a file in `folder` refers to it.

    Raises:
        ValueError: it lies outside the archive.
    """
    target = posixpath.normpath(posixpath.join(folder, unquote(reference.partition("#")[0])))
    if target.startswith(("../", "/")) or target in (".", ".."):
        raise ValueError(f"{reference} lies outside the file")
    return target


def _chapters(package: Any, package_path: str) -> list[str]:
    """The chapters in reading order, each once, without navigation and tables of contents."""
    folder = posixpath.dirname(package_path)
    contents = {
        _inside(folder, e.get("href", ""))
        for e in package.iter("{*}reference")
        if e.get("type") == "toc" and e.get("href")
    }
    manifest = {e.get("id"): e for e in package.iter("{*}item")}
    chapters = []
    for reference in package.iter("{*}itemref"):
        item = manifest.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no" or "nav" in item.get("properties", "").split():
            continue
        if item.get("media-type") in _XHTML and (name := _inside(folder, item.get("href", ""))) not in contents:
            chapters.append(name)
    return list(dict.fromkeys(chapters))


def _refuse_protected(archive: zipfile.ZipFile, chapters: list[str], path: Path) -> None:
    if "META-INF/encryption.xml" not in archive.namelist():
        return
    for data in _xml(archive.read("META-INF/encryption.xml")).iter("{*}EncryptedData"):
        algorithms = {e.get("Algorithm") for e in data.iter("{*}EncryptionMethod")}
        names = {unquote(e.get("URI", "")).lstrip("/") for e in data.iter("{*}CipherReference")}
        if not algorithms & set(_FONT_ALGORITHMS) and names & set(chapters):
            raise InputError(
                f"{path}: the book is copy-protected (DRM) and cannot be read; ask for it without protection"
            )


def _body(text: str) -> Any:
    """The body of a chapter: parsed as XML, or as a web page where it is no well-formed XML."""
    # Without its DTD, which is never fetched, XML knows five entities; "&nbsp;" must not end the chapter.
    text = _ENTITY.sub(_character, legal(_DECLARATION.sub("", text)))
    parser = lxml.html.XHTMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
        is_plain = next(root.iter(etree.Entity), None) is None
    except etree.XMLSyntaxError:
        is_plain = False
    if not is_plain:
        # A web page shows an unknown entity as it stands. But HTML knows no empty elements: <title/> would swallow all.
        root = parse(_EMPTY_ELEMENT.sub(r"<\1\2></\1>", text))
    lxml.html.xhtml_to_html(root)
    body = root.find("body")
    return root if body is None else body


def _character(entity: re.Match[str]) -> str:
    known = html5.get(f"{entity[1]};")
    return entity[0] if known is None or set(known) & set("<>&\"'") else known
