"""Inline elements in their places inside the sentences of an XML file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translator.bilingual import TranslatedSegment
from translator.documents import Format, Span
from translator.documents.characters import legal
from translator.markup import Element


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
