"""Saved web pages: the article without navigation, advertisements and comments, found with readability.

Only the file itself is read: no style sheet, frame or image is opened, nothing is fetched.
"""

from __future__ import annotations

import codecs
import json
import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import lxml.html
import readability  # type: ignore[import-untyped]
from lxml import etree

from translator.documents.characters import collapse, legal
from translator.documents.encoding import decode, read_bytes
from translator.documents.html_blocks import blocks, is_hidden
from translator.documents.model import Document, Kind, Paragraph
from translator.documents.text import iso_date
from translator.errors import InputError

RUNNING = 60
"""Characters from which on a block counts as running text; menus, bylines and teasers are shorter."""
MAX_READABILITY = 4 * 2**20
"""Characters of a page, without scripts and attributes, from which on readability would take minutes."""

_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset\s*=\s*["']?|\?xml\b[^>]{0,300}?encoding\s*=\s*["'])\s*([\w.:-]+)""", re.I
)
_CHARACTER_SETS = ("utf-8", "cp125", "iso8859", "koi8", "mac", "gb", "big5", "euc", "shift_jis")
_INTERNAL_SUBSET = re.compile(r"\A\s*(?:<\?[^>]*>\s*)*<!DOCTYPE[^>\[]*\[.*?\]\s*>", re.I | re.S)
_SEPARATOR = re.compile(r"\s+[|–—·»:-]+\s+")
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.\w+)?")
_DATES = re.compile(r"article:published_time|(?:publish-?)?date|pubdate|datepublished|(?:dc|dcterms)\.date\b.*")
_BYLINE = "//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' byline ')]"

_UNREAD = ("script", "style", "noscript", "template", "iframe", "svg", "head")
_NOISE = frozenset(("nav", "aside", "footer", "form", "dialog", "button", "select"))
_NOISE_ROLES = frozenset("navigation complementary contentinfo search menu menubar toolbar banner".split())
# The first may be larger than the article: consent texts, and the comments on a short report.
_OVERLAID = re.compile(
    r"(?:^|[\s_-])(?:cookie|consent|gdpr|dsgvo|onetrust|usercentrics|modal|popup|overlay|dialog)", re.I
)
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comment|kommentar|respond|disqus)", re.I)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?<!has-)(?<!with-)(?<!no-)(?:shar(?:e|ing)|social|related|recommend|empfehl|newsletter|breadcrumb|"
    r"pagination|(?:post-?)?navigation|outbrain|taboola|advert|anzeige|werbung|sponsor|skip-?link|sr-only|visually-hidden|screen-reader|"
    r"print-only|author-?box|(?:promo|pager|tags)(?![a-z]))|(?:^|\s)ads?(?![a-z])",
    re.I,
)
# Only short elements: "date" is also the class of whole entries in calendars.
_SMALL_PRINT = re.compile(
    r"(?:^|[\s_-])(?:byline|author|autor|date|datum|time|published|posted|meta|metatextline|lesezeit)(?![a-z])", re.I
)
_LINK_LISTS = {"p": 1, "ul": 2, "ol": 2, "dl": 2, "td": 3, "div": 3, "section": 3}
# What readability and the blocks look at; its regular expressions are quadratic in the length of a class.
_KEPT_ATTRIBUTES = ("class", "id", "href", "itemprop", "role", "start", "value")

# A page that readability cannot handle is no news for the user: the whole page is read instead.
logging.getLogger("readability.readability").setLevel(logging.CRITICAL)


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
    meta = _metadata(page)
    body = page if (found := page.find("body")) is None else found
    _prune(body)
    if not (paragraphs := _main_text(body)):
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


def parse(text: str) -> Any:
    """The root of a page; entities declared in it are not expanded.

    Raises:
        etree.ParserError: there is nothing in it.
    """
    # Without huge_tree libxml2 drops everything behind an element nested 256 deep.
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    return lxml.html.document_fromstring(_INTERNAL_SUBSET.sub("", legal(text)).encode(), parser=parser)


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
        "headline": (unescape(str(article.get("headline") or "")),),
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
    for element in body.iter("h1"):
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


def _main_text(body: Any) -> list[Paragraph]:
    """What readability finds, or the article element or the whole page where that is clearly more."""
    whole, sizes = blocks(body), _sizes(body)
    best = _summary(body)
    main = max(body.iter("main"), key=lambda e: sizes[e], default=None)
    article = max(body.iter("article"), key=lambda e: sizes[e], default=main)
    if main is not None and sizes[article][0] * 2 < sizes[main][0]:  # one of many: a blog, a live ticker
        article = main
    part = blocks(article) if article is not None else []
    for other, share in ((part, 0.95), (whole, 0.25)):
        if _running(best) < share * _running(other) or not _running(best):
            best = other or best
    return best if best is whole else _lead(best, whole) + best


def _summary(body: Any) -> list[Paragraph]:
    """The element that holds what readability finds, or just that where the element holds much more.

    readability drops lists and subheadings with links, and makes two paragraphs of one at a line break.
    """
    numbered = dict(enumerate(body.iter()))
    for n, element in numbered.items():
        element.set("data-n", str(n))
    page = etree.tostring(body, encoding="unicode", method="html")
    if len(page) > MAX_READABILITY:
        return []
    try:
        summary = parse(readability.Document(page).summary())
    except (readability.readability.Unparseable, etree.ParserError):
        return []
    weights = defaultdict[Any, int](int)
    for found in summary.iter():
        size = len(collapse(found.text or "")) + sum(len(collapse(e.tail or "")) for e in found)
        # Paragraphs that readability makes of text between line breaks have no number of their own.
        number = next((v for e in (found, *found.iterancestors()) if (v := e.get("data-n"))), None)
        if size and number is not None:
            for e in (numbered[int(number)], *numbered[int(number)].iterancestors()):
                weights[e] += size
    holder = next((e for e in reversed(numbered.values()) if weights[e] > 0.9 * weights[body]), body)
    held, paragraphs = blocks(holder), blocks(summary)
    return held if 0.9 <= _running(held) / max(_running(paragraphs), 1) <= 1.5 else paragraphs


def _running(paragraphs: list[Paragraph]) -> int:
    """Characters of running text."""
    return sum(len(p.text) for p in paragraphs if len(p.text) >= RUNNING and p.kind is not Kind.HEADING)


def _lead(best: list[Paragraph], whole: list[Paragraph]) -> list[Paragraph]:
    """The running text between headline and article, which stands in an element of its own on most news sites."""
    first = next((p.text for p in best if len(p.text) >= RUNNING and p.kind is not Kind.HEADING), None)
    end = next((i for i, p in enumerate(whole) if p.text == first), 0)
    start = max((i for i, p in enumerate(whole[:end]) if p.kind is Kind.HEADING and p.level == 1), default=end)
    known = {p.text for p in best}
    return [p for p in whole[start:end] if p.kind is Kind.PARAGRAPH and len(p.text) >= RUNNING and p.text not in known]


def _sizes(body: Any) -> dict[Any, tuple[int, int]]:
    """Characters of text in each element, and how many of them are in links."""
    text, links = defaultdict[Any, int](int), defaultdict[Any, int](int)
    for element in reversed(list(body.iter())):
        text[element] += len(collapse(element.text or ""))
        if element.tag == "a":
            links[element] = text[element]
        if (parent := element.getparent()) is not None:
            text[parent] += text[element] + len(collapse(element.tail or ""))
            links[parent] += links[element]
    return defaultdict(lambda: (0, 0), {e: (text[e], links[e]) for e in text})


def _prune(body: Any) -> None:
    """Takes out of the tree what is never part of an article, and all attributes but a few."""
    etree.strip_elements(body, *_UNREAD, with_tail=False)
    sizes = _sizes(body)
    outside = "[not(ancestor::aside or ancestor::nav or ancestor::footer)]"
    anchors = body.xpath(f".//h1{outside}")[:1] + body.xpath(
        f".//main{outside} | .//*[@itemprop='articleBody']{outside}"
    )
    anchors += [a for a in body.xpath(f".//article{outside}") if sizes[a][0] * 3 > sizes[body][0]]
    kept = {e for anchor in anchors for e in (anchor, *anchor.iterancestors())} | {body}
    for element in list(body.iter()):
        if element not in kept and _is_noise(element, sizes, sizes[body], len(kept) > 1):
            before, after = element.getprevious(), element.getnext()
            if element.tag in ("ul", "ol") and before is not None and (after is None or after.tag != "p"):
                before.tag = "noise" if before.tag in ("h2", "h3", "h4", "h5", "h6") else before.tag  # "Mehr zum Thema"
            element.tag = "noise"
    etree.strip_elements(body, "noise", with_tail=False)
    for element in body.iter():
        values = {k: legal(v) for k in _KEPT_ATTRIBUTES if (v := element.get(k)) and (k != "class" or len(v) <= 300)}
        element.attrib.clear()  # one by one fails at names like {foo}
        element.attrib.update(values)


def _is_noise(element: Any, sizes: dict[Any, tuple[int, int]], whole: tuple[int, int], anchored: bool) -> bool:
    """Whether an element that does not hold the headline or the article is not part of it."""
    text, links = sizes[element]
    label = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", f"{element.get('class', '')} {element.get('id', '')}")
    is_large = (text - links) * 2 > whole[0] - whole[1]
    if element.tag in _NOISE:
        return not (element.tag in ("form", "aside") and is_large)  # ASP.NET puts the whole page into a form
    if element.tag == "header":
        return all(a.tag not in ("article", "main") for a in element.iterancestors())
    role = element.get("role", "")
    if is_hidden(element) or "dialog" in role or _OVERLAID.search(label) or _COMMENTS.search(label):
        return anchored or not is_large
    if is_large:
        return False
    if role in _NOISE_ROLES or _BESIDE.search(label) or (text <= 150 and _SMALL_PRINT.search(label)):
        return True
    least = _LINK_LISTS.get(element.tag)
    return least is not None and links > 0.8 * text and len(element.findall(".//a")) >= least
