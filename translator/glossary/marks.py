"""Term marks: how a wanted translation is written into the source of a model that was trained to obey it.

`Die <trm> Waffenruhe <tgt> truce </trm> hielt nicht.` (inline annotation: Dinu et al. 2019; Bergmanis and Pinnis 2021).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from translator.engine.hypotheses import Hypothesis
from translator.glossary.model import Hit

OPEN, TARGET, CLOSE = "<trm>", "<tgt>", "</trm>"
MOST_MARKS = 4
"""A sentence; the models were trained with one to four."""


@dataclass(frozen=True)
class Request:
    """A text as it is given to the engine.

    Attributes:
        text: the source, marked or plain.
        words: for every blank-separated word of `text` the index of the source's blank-separated word it stands for;
            a hint stands for the term it belongs to.
    """

    text: str
    words: tuple[int, ...]

    def in_source(self, hypothesis: Hypothesis) -> Hypothesis:
        """The hypothesis with its alignment to words of the source instead of words of this request."""
        if hypothesis.alignment is None:
            return hypothesis
        last = len(self.words) - 1
        if hypothesis.alignment and self.words == tuple(range(last + 1)) and max(hypothesis.alignment)[0] <= last:
            return hypothesis  # nearly always: a request without marks is the text itself
        moved = tuple((self.words[min(word, last)], sure) for word, sure in hypothesis.alignment) if last >= 0 else None
        return Hypothesis(hypothesis.text, hypothesis.score, moved)


_BRACKETED = re.compile(r"([<＜﹤‹〈⟨])(\s*[/／]?\s*)(\w{3})(\s*)([>＞﹥›〉⟩])")


def neutral(text: str) -> str:
    """The text with anything that looks like a mark made harmless: a document must not be able to forge hints.

    Tokenizers normalise (NFKC), so that ＜ｔｒｍ＞ is a mark to them, too.
    """
    return _neutral(text)[0]


def _neutral(text: str) -> tuple[str, list[int]]:
    """The harmless text, and for each of its characters the one of `text` it stands for."""
    parts, origins, at = list[str](), list[int](), 0
    for match in _BRACKETED.finditer(text):
        if unicodedata.normalize("NFKC", match[3]).casefold() not in ("trm", "tgt"):
            continue
        written = f"({match[3]})"
        parts += [text[at : match.start()], written]
        origins += [*range(at, match.start()), *([match.start()] * len(written))]
        at = match.end()
    parts.append(text[at:])
    origins += range(at, len(text))
    return "".join(parts).replace("▁", "_"), origins


def _requested(source: str, text: str, origins: Sequence[int]) -> Request:
    """A request whose characters stand for the given characters of the source."""
    starts = [m.start() for m in re.finditer(r"\S+", source)]
    words = (max(bisect_right(starts, origins[m.start()]) - 1, 0) for m in re.finditer(r"\S+", text))
    return Request(text, tuple(words))


def plain(source: str) -> Request:
    """The source without marks."""
    if not _BRACKETED.search(source) and "▁" not in source:
        return Request(source, tuple(range(len(source.split()))))
    return _requested(source, *_neutral(source))


def marked(source: str, hits: Sequence[Hit]) -> Request:
    """The source with marks around the longest of its hard hits, at most MOST_MARKS."""
    longest = sorted((h for h in hits if not h.soft), key=lambda h: h.start - h.end)[:MOST_MARKS]
    parts = list[tuple[str, int]]()
    """Pieces of the request, each with the character of the source it stands for; marks and hints for their term's."""
    at = 0
    for hit in sorted(longest, key=lambda h: h.start):
        parts.append((source[at : hit.start], at))
        blank = "" if hit.start == 0 or source[hit.start - 1].isspace() else " "
        parts += [(f"{blank}{OPEN} ", hit.start), (source[hit.start : hit.end], hit.start)]
        parts.append((f" {TARGET} {hit.entry.target} {CLOSE}", hit.start))
        at = hit.end
    parts.append((source[at:], at))
    text, origins = "", list[int]()
    for index, (part, start) in enumerate(parts):
        if index % 4 in (0, 2):  # text of the source itself, as against marks and hints
            written, own = _neutral(part)
            origins += [start + k for k in own]
        else:
            written = part
            origins += [start] * len(part)
        text += written
    return _requested(source, text, origins)


def places(source: str, hit: Hit) -> frozenset[int]:
    """Indices of the source's blank-separated words that a hit is in."""
    spans = [m.span() for m in re.finditer(r"\S+", source)]
    return frozenset(i for i, (start, end) in enumerate(spans) if start < hit.end and hit.start < end)
