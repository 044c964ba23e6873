"""XML that keeps its sentences: inline elements in their places, and indentation everywhere but inside a sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from translator.bilingual import TranslatedSegment
from translator.documents import Format, Span
from translator.documents.characters import legal
from translator.language.names import bcp47

Element = etree._Element
XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True)
class Inline:
    """Formatting that becomes an element inside a sentence.

    Attributes:
        number: the same for an element and its counterpart in the other language.
        span: characters of the sentence, and what it is.
    """

    number: int
    span: Span


def inlines(segment: TranslatedSegment, first: int = 1) -> tuple[list[Inline], list[Inline]]:
    """Formatting of the source and of the translation, numbered from `first`.

    Only what stands on both sides is kept, and footnote marks of the source: translation programs report every element
    without a counterpart, which is right for a lost footnote and noise for a lost italic.
    """
    source, target = list[Inline](), list[Inline]()
    free = [s for s in segment.spans if _inside(s, segment.target)]
    for span in segment.segment.spans:
        if not _inside(span, segment.segment.source) or _crosses(span, source):
            continue
        other = next((s for s in free if (s.format, s.value) == (span.format, span.value)), None)
        if other is not None:
            free.remove(other)
        usable = other is not None and not _crosses(other, target)
        if not usable and span.format is not Format.NOTE:
            continue
        number = first + len(source)
        source.append(Inline(number, span))
        if other is not None and usable:
            target.append(Inline(number, other))
    return source, target


def _inside(span: Span, text: str) -> bool:
    return 0 <= span.start <= span.end <= len(text) and (span.start < span.end or span.format is Format.NOTE)


def _crosses(span: Span, others: Sequence[Inline]) -> bool:
    """Whether it begins inside one of the others and ends outside: elements nest, characters of a text need not."""
    a, b = span.start, span.end
    spans = [other.span for other in others]
    return any(s.start < a < s.end < b or a < s.start < b < s.end for s in spans)


def fill(node: Element, text: str, marks: Sequence[Inline], make: Callable[[Element, Inline], Element]) -> None:
    """Puts a text into an empty element, with an element inside for each mark.

    `make` appends the element of a mark to a parent and returns it.
    """
    # A footnote mark before a bold word stands before it, and of two spans with one beginning the longer is outside.
    ordered = sorted(marks, key=lambda m: (m.span.start, m.span.start < m.span.end, -m.span.end, m.number))
    _fill(node, text, 0, len(text), ordered, make)


def _fill(
    node: Element,
    text: str,
    start: int,
    end: int,
    marks: Sequence[Inline],
    make: Callable[[Element, Inline], Element],
) -> None:
    """The characters `start` to `end` of a text; all marks lie within them."""
    at, rest, last = start, list(marks), None
    while rest:
        mark = rest.pop(0)
        _add(node, last, text[at : mark.span.start])
        last = make(node, mark)
        at = mark.span.end
        inner = [m for m in rest if m.span.start < at]
        rest = rest[len(inner) :]
        _fill(last, text, mark.span.start, at, inner, make)
    _add(node, last, text[at:end])


def _add(node: Element, last: Element | None, text: str) -> None:
    """Text behind the last child of an element, or at its beginning."""
    text = legal(text)
    if not text:
        return
    if last is None:
        node.text = text
    else:
        last.tail = text


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
