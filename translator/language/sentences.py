"""Sentence boundaries.

German has rules of its own: the libraries tried cut dates and ordinals ("am 24. | Februar", "der 2. | Weltkrieg"), and a
false split ruins two translations while a missed one hardly harms. Other languages go to sentencex, which prefers not to
split. tests/test_sentences.py holds the table of boundaries that both are measured by.
"""

from __future__ import annotations

import re

import sentencex

from translator.language.abbreviations import BEFORE_NUMBER, MAY_END, MONTHS, NEVER_END, ORDINAL_CONTEXT, STARTERS

_CLOSING = "\"'“”»«’‘›‹)]"
_CANDIDATE = re.compile(rf"(?P<end>[.!?…]+)(?P<close>[{re.escape(_CLOSING)}]*)\s+")
_OPENING = re.compile(r"^[\"'„“‚‘»«›‹(\[–—-]*\s*")
_LAST_WORD = re.compile(r"[^\s\"'„“”»«‚‘’()\[\]/–—]+$")
_NUMBER = re.compile(r"^\d{1,3}$")
_ROMAN = re.compile(r"^[IVXLC]+$")
_DOTTED = re.compile(r"^(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,3}$")
_LETTER_NAMES = frozenset("plan vitamin typ klasse gruppe liga buchstabe variante hepatitis punkt aufgabe teil".split())
_QUOTED_TITLE_WORDS = 4


def split(text: str, language: str = "de") -> list[str]:
    """The sentences of one paragraph, in order; joined with blanks they give the text with its white space collapsed."""
    text = " ".join(text.split())
    if not text:
        return []
    if language != "de":
        return [s for part in sentencex.segment(language, text) if (s := part.strip())]
    sentences, start = [], 0
    for match in _CANDIDATE.finditer(text):
        if _is_boundary(text, start, match):
            sentences.append(text[start : match.end()].rstrip())
            start = match.end()
    if start < len(text):
        sentences.append(text[start:])
    return sentences


def _is_boundary(text: str, start: int, match: re.Match[str]) -> bool:
    rest = text[match.end() :]
    following = rest[_OPENING.match(rest).end() :] if _OPENING.match(rest) else rest  # type: ignore[union-attr]
    if not following or following[0].islower():
        return False  # „Halt!“ rief er; 23. und 24. Mai; "z. B. in"
    before = text[start : match.start()]
    end, close = match["end"], match["close"]
    opener = _first_word(following) in STARTERS
    if ")" in close or "]" in close:
        return _bracket_is_own_sentence(before)
    if "!" in end or "?" in end:
        return opener or not close or not _is_quoted_title(before)
    if end != ".":  # an ellipsis ends a sentence only where another one clearly begins: "das … Ende", "Na ja … Das war"
        return opener
    return _dot_ends(before, close, following, opener)


def _dot_ends(before: str, close: str, following: str, opener: bool) -> bool:
    """Whether a single dot ends a sentence; `before` is the sentence so far, without the dot."""
    found = _LAST_WORD.search(before)
    if close or not found:
        return True  # »… Ende.« Dann; a dot behind a bracket
    word = found[0]
    key = word.lower()
    previous = _LAST_WORD.search(before[: found.start()].rstrip())
    if _NUMBER.match(word):
        return _number_ends(previous[0].lower() if previous else "", following, opener)
    if _ROMAN.match(word):
        return opener  # Johannes Paul II. Er …; Ludwig XIV. Krieg
    if len(word) == 1 and word.isalpha():
        # Initials (J. D. Vance) and spaced abbreviations (z. B., a. D.); but: Plan B. Der …
        named = previous is not None and previous[0].lower() in _LETTER_NAMES
        return opener and (named or (previous is not None and f"{previous[0].lower()}{key}" in MAY_END))
    if key in BEFORE_NUMBER and following[0].isdigit():
        return False
    if key in MAY_END or _DOTTED.match(word):
        return opener and (key in MAY_END or not _DOTTED.match(word))
    last_part = key.rsplit("-", 1)[-1]
    if key in BEFORE_NUMBER and key not in NEVER_END:
        return True  # Gespräche dieser Art. Im Mai
    return key not in NEVER_END and (last_part == key or last_part not in NEVER_END)


def _number_ends(previous: str, following: str, opener: bool) -> bool:
    """Ordinal ("am 24. Februar", "der 2. Weltkrieg") or the last word of a sentence ("siegte auf Platz 1. Der …")."""
    if _first_word(following).lower().rstrip(".") in MONTHS:
        return False
    return opener and previous not in ORDINAL_CONTEXT


def _bracket_is_own_sentence(before: str) -> bool:
    """Whether the bracket that just closed began as a sentence: "… kam. (Siehe Seite 3.) Danach …"."""
    opened = max(before.rfind("("), before.rfind("["))
    head = before[:opened].rstrip() if opened >= 0 else ""
    return not head or head[-1] in ".!?"


def _is_quoted_title(before: str) -> bool:
    """A short quotation inside a sentence that merely ends in ! or ?: Der Film "Wer da?" Regisseurin …"""
    opened = max(before.rfind(q) for q in "\"„“»«‚")
    if opened <= 0:
        return False
    head, quoted = before[:opened].rstrip(), before[opened + 1 :]
    return bool(head) and head[-1] not in ".!?:," and len(quoted.split()) <= _QUOTED_TITLE_WORDS


def _first_word(text: str) -> str:
    found = re.match(r"[\w-]+\.?", text)
    return found[0].rstrip(".") if found else ""
