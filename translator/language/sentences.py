"""Sentence boundaries.

German has rules of its own: the libraries tried cut dates and ordinals ("am 24. | Februar", "der 2. | Weltkrieg"), and a
false split ruins two translations while a missed one hardly harms. Other languages go to sentencex, which prefers not to
split. tests/test_sentences.py holds the table of boundaries that both are measured by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import sentencex

from translator.language.abbreviations import (
    AUXILIARIES,
    BEFORE_NUMBER,
    CARDINAL_NOUNS,
    ENUMERATION_ENDS,
    MAY_END,
    MONTH_ABBREVIATIONS,
    MONTHS,
    NEVER_END,
    ORDINAL_CONTEXT,
    STARTERS,
    UNITS,
)

_CLOSING = "\"'“”»«’‘›‹)]"
_CANDIDATE = re.compile(rf"(?<![.!?…])(?P<end>[.!?…]+)(?P<close>[{re.escape(_CLOSING)}]*)\s+")
_OPENING = re.compile(r"^[\"'„“‚‘»«›‹(\[–—-]*\s*")
_NO_WORD = frozenset("\"'„“”»«‚‘’()[]/–— ")
_NUMBER = re.compile(r"^\d{1,3}$")
_ROMAN = re.compile(r"^[IVXLC]+$")
_DOTTED = re.compile(r"^(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,3}$")
_LETTERS = re.compile(r"(?:\b[^\W\d_]\.\s?)*\b[^\W\d_]$")
_BRAND = re.compile(r"^[a-z]{1,2}[A-Z]")
_AGE = re.compile(r"\b(?:er|sie|ich) (?:ist|bin)$", re.I)
_PARTICIPLE = re.compile(r"^Ge\w+(?:t|en)$")
_QUOTED_TITLE_WORDS = 4
_LOOK_BACK = 1000
"""Characters before a mark that decide whether it ends a sentence: a text without sentences must not cost its square."""
_LETTERS_BACK = 40
_LONGEST = 10_000
"""Characters; no paragraph is longer."""


def split(text: str, language: str = "de") -> list[str]:
    """The sentences of one paragraph, in order; joined with blanks they give the text with its white space collapsed."""
    text = " ".join(text.split())
    if not text:
        return []
    if language != "de":
        return [s for piece in _pieces(text) for part in _segmented(language, piece) if (s := part.strip())]
    sentences, start = [], 0
    for match in _CANDIDATE.finditer(text):
        if _is_boundary(text, start, match):
            sentences.append(text[start : match.end()].rstrip())
            start = match.end()
    if start < len(text):
        sentences.append(text[start:])
    return sentences


def _pieces(text: str) -> Iterator[str]:
    """The text, cut at blanks where it is far longer than any paragraph."""
    while len(text) > _LONGEST:
        cut = text.rfind(" ", 0, _LONGEST)
        cut = cut if cut > 0 else text.find(" ", _LONGEST)
        if cut < 0:
            break
        yield text[:cut]
        text = text[cut + 1 :]
    yield text


def _segmented(language: str, piece: str) -> Iterable[str]:
    """The sentences by sentencex; the time it takes for quotation marks grows with the square of their number."""
    return sentencex.segment(language, piece) if len(piece) <= _LONGEST else (piece,)


def _is_boundary(text: str, start: int, match: re.Match[str]) -> bool:
    following = _OPENING.sub("", text[match.end() : match.end() + 80])
    if not following or (following[0].islower() and not _BRAND.match(following)):
        return False  # „Halt!“ rief er; 23. und 24. Mai; "z. B. in"; but iPhone begins a sentence
    before = text[max(start, match.start() - _LOOK_BACK) : match.start()]
    end, close = match["end"], match["close"]
    if ")" in close or "]" in close:
        return _bracket_is_own_sentence(before)
    if "!" in end or "?" in end:
        return _opens(following) or not close or not _is_quoted_title(before)
    if end != ".":  # an ellipsis ends a sentence only where another one clearly begins: "das … Ende", "Na ja … Das war"
        return _opens(following)
    return bool(close) or _dot_ends(before, following)


def _opens(following: str) -> bool:
    """Whether the text begins with a word that opens sentences and is no noun (Der …; Gefunden wurde …)."""
    first, _, rest = following.partition(" ")
    return _bare(first) in STARTERS or bool(_PARTICIPLE.match(first) and rest.split(" ", 1)[0] in AUXILIARIES)


def _dot_ends(before: str, following: str) -> bool:
    """Whether a single dot ends a sentence; `before` is the sentence so far, without the dot."""
    begin = len(before)
    while begin and before[begin - 1] not in _NO_WORD:
        begin -= 1
    word = before[begin:]
    if not word:
        return True
    key, head = word.lower(), before[:begin].rstrip()
    previous = head.rsplit(" ", 1)[-1]
    if _NUMBER.match(word):
        return _number_ends(head, previous.lower(), following)
    if _ROMAN.match(word):
        return _opens(following)  # Johannes Paul II. Er …; Ludwig XIV. Krieg
    if (len(word) == 1 and word.isalpha()) or _DOTTED.match(word):
        return _letters_end(before, previous, following)
    if key in BEFORE_NUMBER or key.endswith("str"):
        if following[0].isdigit():
            return False
        if key not in NEVER_END and key not in MAY_END and not key.endswith("str"):
            return True  # Gespräche dieser Art. Im Mai
    if key in MONTH_ABBREVIATIONS and previous.rstrip(".").isdigit():
        return _opens(following)  # am 23. Feb. Die …; but: der kleine Jan. Er …
    if key in UNITS or key.endswith("str"):
        return _bare(following.split(" ", 1)[0]) in STARTERS
    if key in MAY_END:
        return _opens(following)
    return key not in NEVER_END and key.rsplit("-", 1)[-1] not in NEVER_END


def _number_ends(head: str, previous: str, following: str) -> bool:
    """Ordinal ("am 24. Februar", "der 2. Weltkrieg") or the last word of a sentence ("siegte auf Platz 1. Der …")."""
    first, _, rest = following.partition(" ")
    if _bare(first).lower() in MONTHS:
        return False
    if previous in CARDINAL_NOUNS or _AGE.search(head, max(0, len(head) - _LETTERS_BACK)):
        return True
    # What an ordinal belongs to is a noun, so an article with a lower-case word behind it begins a sentence even in
    # "wird es der 24. Das teilte …", but not in "am 3. Die Hard".
    return _opens(following) and (previous not in ORDINAL_CONTEXT or rest[:1].islower())


def _letters_end(before: str, previous: str, following: str) -> bool:
    """Single letters: initials (J. D. Vance), abbreviations (z. B., a. D., u. v. m.), names (Thomas K., Plan B)."""
    found = _LETTERS.search(before, max(0, len(before) - _LETTERS_BACK))
    letters = found[0].replace(" ", "").lower() if found else before.rsplit(" ", 1)[-1].lower()
    if letters in ENUMERATION_ENDS:
        return True
    return _opens(following) and (
        letters in MAY_END or (len(previous) >= 3 and previous[0].isupper() and previous[-1] != ".")
    )


def _bracket_is_own_sentence(before: str) -> bool:
    """Whether the bracket that just closed began as a sentence: "… kam. (Siehe Seite 3.) Danach …"."""
    opened = max(before.rfind("("), before.rfind("["))
    head = before[:opened].rstrip() if opened >= 0 else ""
    return not head or head[-1] in ".!?"


def _is_quoted_title(before: str) -> bool:
    """A short quotation inside a sentence that merely ends in ! or ?: Der Film "Wer da?" läuft."""
    opened = max(before.rfind(q) for q in '"„“»«‚')
    if opened <= 0:
        return False
    head, quoted = before[:opened].rstrip(), before[opened + 1 :]
    return bool(head) and head[-1] not in ".!?:," and len(quoted.split()) <= _QUOTED_TITLE_WORDS


def _bare(word: str) -> str:
    """The word without punctuation behind it."""
    return word.rstrip('.,;:!?…"“”»«’‘)')
