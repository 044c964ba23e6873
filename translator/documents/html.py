"""Saved web pages: the article without navigation, advertisements and comments, found with readability.

Only the file itself is read: no style sheet, frame or image is opened, nothing is fetched.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from lxml import etree

from translator.documents.characters import collapse
from translator.documents.encoding import decode, read_bytes
from translator.documents.html_article import RUNNING, main_text, parse, prune
from translator.documents.html_blocks import blocks
from translator.documents.model import Document, Kind, Paragraph
from translator.documents.text import iso_date
from translator.errors import InputError
from translator.limits import LimitExceeded

_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset\s*=\s*["']?|\?xml\b[^>]{0,300}?encoding\s*=\s*["'])\s*([\w.:-]+)""", re.I
)
_CHARACTER_SETS = ("utf-8", "cp125", "iso8859", "koi8", "mac", "gb", "big5", "euc", "shift_jis")
_SEPARATOR = re.compile(r"\s+[|–—·»:-]+\s+")
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.\w+)?")
_DATES = re.compile(r"article:published_time|(?:publish-?)?date|pubdate|datepublished|(?:dc|dcterms)\.date\b.*")
_BYLINE = "//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' byline ')]"


def read(path: Path, name: str) -> Document:
    """Reads a saved web page; title, author and day come from its metadata where it has any.

    Raises:
        InputError: unreadable, binary or without text.
    """
    text, encoding = decoded(read_bytes(path), path)
    try:
        page = parse(text)
    except etree.ParserError as error:
        raise InputError(f"{path}: no text in it") from error
    except LimitExceeded as error:
        raise InputError(f"{path}: {error}") from error
    meta = _metadata(page)
    body = page if (found := page.find("body")) is None else found
    prune(body)
    if not (paragraphs := main_text(body)):
        raise InputError(f"{path}: no text in it")
    paragraphs = _titled(paragraphs, _title(body, meta))
    return Document(path, name, tuple(paragraphs), meta.get("iso date"), meta.get("by"), encoding=encoding)


def decoded(data: bytes, path: Path) -> tuple[str, str]:
    """Text and encoding of a page: as its BOM says, UTF-8, the declared character set, or as any text file.

    UTF-8 comes before the declaration because pages in Windows-1252 are almost never valid UTF-8, while browsers save
    pages as UTF-8 and leave `charset=iso-8859-1` in them.

    Raises:
        InputError: the bytes are no text.
    """
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            charset = codecs.lookup(declared[1].decode("ascii")).name
            return data.decode("utf-8"), "utf-8"
        except LookupError:
            charset = ""
        except UnicodeDecodeError:
            charset = "cp1252" if charset in ("ascii", "iso8859-1") else charset  # as all browsers do
        if charset.startswith(_CHARACTER_SETS):
            # One byte cut in half by an advertisement must not turn every "ü" of a page in UTF-8 into "Ã¼".
            text = data.decode(charset, "replace")
            if text.count("\ufffd") * 20 <= len(text) - len(text.encode("ascii", "ignore")):
                return text, charset
    return decode(data, path)


def _metadata(page: Any) -> dict[str, str]:
    """Meta elements by lower-case name, and `title`, `headline`, `by` and `iso date` where they are known."""
    meta: dict[str, str] = {}
    for element in page.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := collapse(element.get("content", "")):
            meta.setdefault(key.lower(), content)
    article, names = _linked_data(page)
    for key, values in {
        "title": (e.text or "" for e in page.iter("title")),
        "headline": (unescape(h) if isinstance(h := article.get("headline"), str) else "",),
        "by": _authors(page, meta, names),
        "iso date": (iso_date(text) or "" for text in _dates(page, meta, article)),
    }.items():
        if value := next((v for v in map(collapse, values) if v), ""):
            meta[key] = value
        else:
            meta.pop(key, None)
    return meta


def _linked_data(page: Any) -> tuple[dict[str, Any], list[str]]:
    """The article among the page's JSON-LD objects, and its authors' names; empty where there is none."""
    found: list[dict[str, Any]] = []
    for script in page.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            try:
                queue: list[Any] = [json.loads(script.text or "", strict=False)]
            except (ValueError, RecursionError):
                continue
            for item in queue:
                if isinstance(item, list):
                    queue += item
                elif isinstance(item, dict):
                    found.append(item)
                    queue += [item.get("@graph"), item.get("mainEntity")]
    articles = [i for i in found if re.search(r"(?:Article|Posting|Report)\b", str(i.get("@type")))]
    article = next(iter(articles), next((i for i in found if "headline" in i), {}))
    people = {i["@id"]: i.get("name") for i in found if isinstance(i.get("@id"), str)}
    authors = article.get("author")
    names = []
    for author in authors if isinstance(authors, list) else [authors]:
        if isinstance(author, dict):
            key = author.get("@id")
            author = author.get("name") or (people.get(key) if isinstance(key, str) else None)
        if isinstance(author, str):
            names.append(unescape(author))
    return article, names


def _authors(page: Any, meta: dict[str, str], names: list[str]) -> Iterator[str]:
    shown = (str(e.text_content()) for e in page.xpath(_BYLINE))
    for text in (", ".join(names), meta.get("author", ""), meta.get("article:author", ""), *shown):
        name = re.sub(r"^(?:von|by)\s+", "", collapse(text), flags=re.I)
        if name and len(name) <= 150 and "://" not in name:
            yield name


def _dates(page: Any, meta: dict[str, str], article: dict[str, Any]) -> Iterator[str]:
    yield str(article.get("datePublished") or "")
    yield from (value for key, value in meta.items() if _DATES.fullmatch(key))
    yield from page.xpath("(//article//time | //main//time)/@datetime")
    yield from page.xpath("//time/@datetime")


def _title(body: Any, meta: dict[str, str]) -> str:
    """The title without " | Zeitung" where a headline or the name of the site shows what is too much."""
    sites, headlines = [meta.get("og:site_name", "").casefold()], list[str]()
    inner = set[Any]()
    for element in body.iter("h1"):
        if element in inner:  # of a page that closes none of its headings: each would be read with all that follow
            continue
        inner.update(element.iter("h1"))
        headline = collapse(" ".join(p.text for p in blocks(element)))
        if any(_HOME.fullmatch(a.get("href", "")) for a in element.iter("a")) or headline.casefold() in sites:
            sites.append(headline.casefold())  # the masthead
        elif headline:
            headlines.append(headline)
    title = meta.get("og:title") or meta.get("headline") or (headlines or [meta.get("title", "")])[0]
    known = [h.casefold() for h in headlines]
    for cut in reversed(list(_SEPARATOR.finditer(title))):
        rest, tail = title[: cut.start()].casefold(), title[cut.end() :].casefold()
        if any(title.casefold() in h for h in known):
            break
        if rest in sites:
            return title[cut.end() :]
        if any(rest in h for h in known) or any(s and (tail.startswith(s) or s.startswith(tail)) for s in sites):
            title = title[: cut.start()]
    return title


def _titled(paragraphs: list[Paragraph], title: str) -> list[Paragraph]:
    """The paragraphs behind the title, which is not repeated, and without headings that nothing follows."""
    wanted = title.casefold()

    def is_title(p: Paragraph) -> bool:
        text = p.text.casefold()
        # The headline often holds a kicker that the metadata leave out, or the other way round.
        similar = p.level == 1 and (wanted in text or (text in wanted and len(text) * 2 > len(wanted)))
        return bool(wanted) and p.kind is Kind.HEADING and (text == wanted or similar)

    at = next((i for i, p in enumerate(paragraphs) if is_title(p)), 0)
    above = [p for p in paragraphs[:at] if len(p.text) >= RUNNING]  # not: breadcrumbs, the day
    text = above + [p for p in paragraphs[at:] if not is_title(p)]
    while len(text) > 1 and text[-1].kind is Kind.HEADING:
        text.pop()
    return [Paragraph(title, Kind.TITLE), *text] if title else text
