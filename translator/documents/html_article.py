"""The article on a saved web page: readability finds where it is, what stands beside it is taken out by its looks."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from typing import Any

import lxml.html
import readability  # type: ignore[import-untyped]
from lxml import etree

from translator import limits
from translator.documents.characters import collapse, legal
from translator.documents.html_blocks import blocks, is_hidden
from translator.documents.html_tags import check_tags
from translator.documents.model import Kind, Paragraph

RUNNING = 60
"""Characters from which on a block counts as running text; menus, bylines and teasers are shorter."""

_INTERNAL_SUBSET = re.compile(r"\A\s*(?:<\?[^>]*>\s*)*<!DOCTYPE[^>\[]*\[.*?\]\s*>", re.I | re.S)
_UNREAD = ("script", "style", "noscript", "template", "iframe", "svg", "head")
_NOISE = frozenset(("nav", "aside", "footer", "form", "dialog", "button", "select"))
_NOISE_ROLES = frozenset("navigation complementary contentinfo search menu menubar toolbar banner".split())
# The first may be larger than the article: consent texts, and the comments on a short report.
_OVERLAID = re.compile(
    r"(?:^|[\s_-])(?:cookie|consent|gdpr|dsgvo|onetrust|usercentrics|modal|popup|overlay|dialog)", re.I
)
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comment|kommentar|respond|disqus)", re.I)
# Not <div class="has-ads"> or <section class="tag-newsletter">, which hold an article.
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?<!has-|tag-)(?<!with-)(?<!no-)(?<!category-)(?:shar(?:e|ing)|social|related|recommend|empfehl|"
    r"newsletter|breadcrumb|pagination|(?:post-?)?navigation|outbrain|taboola|advert|anzeige|werbung|sponsor|skip-?link|"
    r"sr-only|visually-hidden|screen-reader|print-only|author-?box|(?:promo|pager|tags)(?![a-z]))|(?:^|\s)ads?(?![a-z])",
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


def parse(text: str) -> Any:
    """The root of a page; entities declared in it are not expanded.

    Raises:
        etree.ParserError: there is nothing in it.
        LimitExceeded: it has too many elements, or nests them too deep for libxml2.
    """
    text = _INTERNAL_SUBSET.sub("", legal(text))
    check_tags(text)
    # Without huge_tree libxml2 drops everything behind an element nested 256 deep.
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = lxml.html.document_fromstring(text.encode(), parser=parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise limits.LimitExceeded("elements are nested more than 2,048 deep; save the page again, as text perhaps")
    return root


def main_text(body: Any) -> list[Paragraph]:
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
    if len(page) > limits.current().html_readability:
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


def prune(body: Any) -> None:
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
