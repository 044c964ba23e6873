"""Term marks: how a wanted translation is written into the source of a model that was trained to obey it.

`Die <trm> Waffenruhe <tgt> truce </trm> hielt nicht.` (inline annotation: Dinu et al. 2019; Bergmanis and Pinnis 2021).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from translator.glossary.model import Hit

OPEN, TARGET, CLOSE = "<trm>", "<tgt>", "</trm>"
MOST_MARKS = 4
"""A sentence; the models were trained with one to four."""


@dataclass(frozen=True)
class Request:
    """A text as it is given to the engine.

    Attributes:
        text: the source, marked or plain.
        places: for every hit the indices of the blank-separated words of `text` that its translation comes from.
    """

    text: str
    places: tuple[frozenset[int], ...]


_BRACKETED = re.compile(r"([<＜﹤‹〈⟨])(\s*[/／]?\s*)(\w{3})(\s*)([>＞﹥›〉⟩])")


def neutral(text: str) -> str:
    """The text with anything that looks like a mark made harmless: a document must not be able to forge hints.

    Tokenizers normalise (NFKC), so that ＜ｔｒｍ＞ is a mark to them, too.
    """
    return _BRACKETED.sub(_harmless, text).replace("▁", "_")


def _harmless(match: re.Match[str]) -> str:
    name = unicodedata.normalize("NFKC", match[3]).casefold()
    return f"({match[3]})" if name in ("trm", "tgt") else match[0]


def plain(source: str, hits: Sequence[Hit]) -> Request:
    """The source without marks."""
    return Request(neutral(source), tuple(_words_between(source, hit.start, hit.end) for hit in hits))


def marked(source: str, hits: Sequence[Hit]) -> Request:
    """The source with marks around the longest of its hard hits, at most MOST_MARKS."""
    chosen = sorted((h for h in hits if not h.soft), key=lambda h: h.start - h.end)[:MOST_MARKS]
    parts, at = list[str](), 0
    for hit in sorted(chosen, key=lambda h: h.start):
        before, term = neutral(source[at : hit.start]), neutral(source[hit.start : hit.end])
        parts += [
            before if before.endswith(" ") or not before else before + " ",
            f"{OPEN} {term} {TARGET} {hit.entry.target} {CLOSE}",
        ]
        at = hit.end
    text = "".join(parts) + neutral(source[at:])
    spans = _marked_words(text)
    order = {id(hit): span for hit, span in zip(sorted(chosen, key=lambda h: h.start), spans, strict=True)}
    missing = frozenset[int]()
    return Request(text, tuple(order.get(id(hit), missing) for hit in hits))


def _words_between(text: str, start: int, end: int) -> frozenset[int]:
    """Indices of the blank-separated words that share a character with text[start:end]."""
    first = len(text[:start].split()) - (start > 0 and not text[start - 1].isspace())
    return frozenset(range(max(first, 0), max(first, 0) + len(text[start:end].split())))


def _marked_words(text: str) -> list[frozenset[int]]:
    """For every mark the indices of the words inside it: the term and its hint."""
    spans, inside = list[frozenset[int]](), list[int]()
    opened = False
    for index, word in enumerate(text.split()):
        if word == OPEN:
            opened, inside = True, []
        elif word.startswith(CLOSE):
            spans.append(frozenset(inside))
            opened = False
        elif opened and word != TARGET:
            inside.append(index)
    return spans
