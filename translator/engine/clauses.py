"""Sentences longer than a model can read are cut at clause marks and translated in parts, never truncated."""

from __future__ import annotations

import re
from collections.abc import Callable

_MARKS = (
    re.compile(r"[;:] |[–—] "),
    re.compile(r", (?=(?:und|oder|aber|denn|sondern|weil|dass|wobei|während|and|but|or|because|while)\b)"),
    re.compile(r", "),
    re.compile(r" "),
)
"""Where a sentence may be cut, the best marks first."""


def cut(text: str, length: Callable[[str], int], limit: int) -> list[str]:
    """Parts of the text of at most `limit` pieces each, as `length` counts them; one part where it fits."""
    if length(text) <= limit or " " not in text:
        return [text]
    middle = len(text) / 2
    for mark in _MARKS:
        places = [m.end() for m in mark.finditer(text) if 0 < m.end() < len(text) and not _inside_mark(text, m.end())]
        if mark is not _MARKS[-1]:  # a cut near the end would leave a scrap without its sentence
            places = [p for p in places if 0.15 * len(text) < p < 0.85 * len(text)]
        if places:
            at = min(places, key=lambda p: abs(p - middle))
            return cut(text[:at].rstrip(), length, limit) + cut(text[at:], length, limit)
    return [text]


def _inside_mark(text: str, at: int) -> bool:
    """Whether a cut at `at` would part `<trm> … </trm>`."""
    return text.rfind("<trm>", 0, at) > text.rfind("</trm>", 0, at)
