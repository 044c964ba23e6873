"""Names that became other names: those English keeps, compared by spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from translator.checks.model import Finding, Sentence, Severity
from translator.checks.wording import free_texts, german_to_english, known

RULE = "names"

SIMILAR = 0.62
"""Similarity of two spellings of one name: Selenskyj and Zelenskyy 0.67 after the replacements below."""

_NAME = re.compile(r"[^\W\d_][^\W\d_]+(?:['’][^\W\d_]{2,})?")
_SPELLINGS = (("tsch", "ch"), ("sch", "sh"), ("w", "v"), ("j", "y"), ("ß", "ss"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue"))
_ABBREVIATIONS = frozenset({"NATO", "FBI", "CIA", "BBC", "CNN", "NASA", "CDU", "CSU", "SPD", "FDP", "AFD", "FIFA", "UEFA", "IAEA", "PKK", "NSA"})  # fmt: skip
"""Capitals that are the same in English and German texts."""


@lru_cache(maxsize=50_000)
def _spelling(name: str) -> str:
    name = name.casefold()
    for german, english in _SPELLINGS:
        name = name.replace(german, english)
    return "".join(c for c in unicodedata.normalize("NFD", name) if c.isalnum())


@lru_cache(maxsize=100_000)
def _similar(one: str, other: str) -> bool:
    """Whether two spellings may be one name; a name may be part of a compound (Merkel, Merkel-Regierung)."""
    if len(one) > 3 and len(other) > 3 and (one in other or other in one):
        return True
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= SIMILAR


def _names(text: str, language: str) -> Iterator[re.Match[str]]:
    """Capitalised words that the dictionary of a language does not have, not at the beginning of a sentence."""
    for match in _NAME.finditer(text):
        before = text[: match.start()].rstrip(" \"'„“”»«‘‚([")
        opening = not before or before[-1] in ".!?:…-–—|*•"
        word = match[0]
        if not word[0].isupper() or word.isupper() or opening or len(word) < 4:
            continue
        if not known(word, language) and not known(word, "en"):
            yield match


def _paired(text: str) -> frozenset[str]:
    """Words of the source that stand beside another capitalised one without article: first and family names."""
    pairs = re.finditer(r"\b([A-ZÄÖÜ][^\W\d_]+)[ ]([A-ZÄÖÜ][^\W\d_]{2,})\b", text)
    return frozenset(word for pair in pairs for word in pair.groups())


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning where a name of the translation is none of the original and one of the original is gone; else information."""
    if not german_to_english(sentence):
        return
    source, target = free_texts(sentence)
    theirs = {m[0]: _spelling(m[0]) for m in _NAME.finditer(source) if m[0][0].isupper()}
    ours = {_spelling(m[0]) for m in _NAME.finditer(target)}
    paired = _paired(source)
    candidates = [
        m[0] for m in _NAME.finditer(source) if m[0][0].isupper() and (m[0] in paired or not known(m[0], "de"))
    ]
    gone = [name for name in candidates if not any(_similar(_spelling(name), o) for o in ours)]
    strange = [m for m in _names(target, "en") if not any(_similar(_spelling(m[0]), o) for o in theirs.values())]
    for match in strange:
        severity = Severity.WARNING if gone else Severity.INFO
        yield Finding(RULE, f"{match[0]} is not in the original", severity, match.span())
    if not strange:
        for name in gone:
            if name in paired:
                yield Finding(RULE, f"{name} is missing", Severity.INFO)
    for short in sorted({w for w in re.findall(r"\b[A-Z]{2,6}\b", source) if w in _ABBREVIATIONS}):
        if not re.search(rf"\b{short}", target, re.I):
            yield Finding(RULE, f"{short} is missing", Severity.INFO)
