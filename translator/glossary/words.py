"""Words of a source text with their places: the tokens that entries are matched on."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’][sS]\b)?")
_QUOTES = '„“”"»«‚‘›‹'
_TRANSLITERATED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Word(NamedTuple):
    """A run of letters or digits; hyphens separate words, so that EU-Außenbeauftragte is two joined ones.

    Attributes:
        text: as it stands there, with an English-style 's if there is one (Trump's).
        start, end: characters of the text.
        joined: whether a hyphen joins it to the word before.
        apostrophe: whether an apostrophe follows (Kallas’ Rede).
        opening: whether it is the first word of its text or of a quotation.
    """

    text: str
    start: int
    end: int
    joined: bool = False
    apostrophe: bool = False
    opening: bool = False

    @property
    def cased(self) -> str:
        """The text with the capitals of running text, where it is in capitals throughout (ZÖLLE in a headline)."""
        return self.text.capitalize() if len(self.text) > 3 and self.text.isupper() else self.text


def words(text: str) -> list[Word]:
    """The words of a text in order."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        joined = bool(found) and found[-1].end == start - 1 and text[start - 1] in "-‑"
        apostrophe = text[end : end + 1] in ("’", "'") and not text[end + 1 : end + 2].isalnum()
        opening = not found or text[start - 1] in _QUOTES
        found.append(Word(match[0], start, end, joined, apostrophe, opening))
    return found


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Case and ß/ss do not matter: Straße, STRASSE and strasse fold alike."""
    return unicodedata.normalize("NFC", text).casefold()


@lru_cache(maxsize=100_000)
def transliterate(text: str) -> str:
    """Folded, with ä ö ü as ae oe ue: what keyboards without umlauts write."""
    return fold(text).translate(_TRANSLITERATED)
