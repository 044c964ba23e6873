"""Numbers in a text with their values: 1.234,56 in German, 1,234.56 in English, Mio., million, words up to a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

_DE_UNITS = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
_EN_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_DE_MONTHS = "jan feb mär apr mai jun jul aug sep okt nov dez".split()
_EN_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

_WORDS: dict[str, dict[str, float]] = {
    "de": {
        **{word: i for i, word in enumerate(_DE_UNITS)},
        **{f"{u}zehn": 10 + i for i, u in enumerate("drei vier fünf sech sieb acht neun".split(), 3)},
        **{word: 10 * i for i, word in enumerate(_DE_TENS, 2)},
        "erst": 1, "dritt": 3, "siebt": 7, "einmal": 1, "doppel": 2, "beid": 2, "paar": 2, "halb": 0.5,
        "hälfte": 0.5, "viertel": 0.25, "dutzend": 12, "hundert": 100, "tausend": 1000, "million": 1e6, "milliarde": 1e9,
    },
    "en": {
        **{word: i for i, word in enumerate(_EN_UNITS)},
        **{word: 10 * i for i, word in enumerate(_EN_TENS, 2)},
        "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "once": 1, "twice": 2,
        "double": 2, "both": 2, "couple": 2, "pair": 2, "half": 0.5, "quarter": 0.25, "noon": 12, "midnight": 0,
        "dozen": 12, "hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9, "single": 1,
    },
}  # fmt: skip
"""Beginnings of words that mean a number: zweite, zweijährig, fourth; written together with others in German."""

_BEGINNING = 3
"""Letters of the shortest beginnings."""


def _by_beginning(forms: Mapping[str, float]) -> dict[str, list[tuple[str, float]]]:
    """The forms by their first letters: few words have any."""
    found: dict[str, list[tuple[str, float]]] = {}
    for form, value in forms.items():
        found.setdefault(form[:_BEGINNING], []).append((form, value))
    return found


_FORMS = {language: _by_beginning(forms) for language, forms in _WORDS.items()}

_SCALES: dict[str, tuple[tuple[re.Pattern[str], float], ...]] = {
    language: tuple((re.compile(pattern), value) for pattern, value in scales)
    for language, scales in {
        "de": ((r"tausend|tsd\.?", 1e3), (r"mio\b\.?|million(?:en)?\b", 1e6), (r"mrd\b\.?|milliarden?\b", 1e9),
               (r"bio\b\.?|billion(?:en)?\b", 1e12)),
        "en": ((r"thousand\b|k\b", 1e3), (r"millions?\b|mn?\b|mil\b", 1e6), (r"billions?\b|bn?\b", 1e9),
               (r"trillions?\b|tn\b", 1e12)),
    }.items()
}  # fmt: skip
_SCALE_LETTERS = frozenset("tkmb")
"""Letters that a scale begins with."""

_GROUPED = {
    "de": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
}
_PLAIN = {"de": re.compile(r"\d+(?:,\d+)?"), "en": re.compile(r"\d+(?:\.\d+)?")}

_DIGITS = re.compile(r"\d+(?:[.,:’']\d+|[ \u00a0\u202f]\d{3}(?!\d))*")
_LETTERS, _LONGER = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]{3,}")
_EN_COMPOUND = re.compile(rf"\b({'|'.join(_EN_TENS)})[- ](\w+)")
_DE_COMPOUND = re.compile(rf"({'|'.join(_DE_UNITS[1:10])})und({'|'.join(_DE_TENS)})")
_SPACED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+")


class Numeral(NamedTuple):
    """A number in digits.

    Attributes:
        text, start, end: as it stands there.
        readings: what it may mean; each reading is a set of values that belong together (19.30: {19.3} or {19, 30}).
    """

    text: str
    start: int
    end: int
    readings: tuple[frozenset[float], ...]


def numerals(text: str, language: str) -> Iterator[Numeral]:
    """The numbers in digits of a German or English text."""
    for match in _DIGITS.finditer(text):
        # More digits than any number in a text has are a code, and too large for a float.
        if len(match[0]) > 40 or (not match[0].isascii() and "\u00a0" not in match[0] and "\u202f" not in match[0]):
            continue
        pieces = [match.span()]
        if re.search(r"\s", match[0]) and not _SPACED.fullmatch(match[0]):
            pieces = [(match.start() + m.start(), match.start() + m.end()) for m in re.finditer(r"\S+", match[0])]
        for start, end in pieces:
            scale = _scale(text[end : end + 14], language)
            readings = _readings(text[start:end], language)
            if scale != 1:
                readings = tuple(frozenset(v * scale for v in r) for r in readings)
            yield Numeral(text[start:end], start, end, readings)


def _scale(following: str, language: str) -> float:
    rest = following.lower().lstrip(" -\u00a0\u202f")
    if rest[:1] not in _SCALE_LETTERS:
        return 1.0
    return next((value for pattern, value in _SCALES[language] if pattern.match(rest)), 1.0)


@lru_cache(maxsize=5_000)
def _readings(digits: str, language: str) -> tuple[frozenset[float], ...]:
    """What digits may mean; years and small numbers come again and again."""
    return tuple(_interpreted(digits, language))


def _interpreted(digits: str, language: str) -> Iterator[frozenset[float]]:
    if digits.isdecimal():
        yield frozenset({float(digits)})
        return
    group, point = (".", ",") if language == "de" else (",", ".")
    digits = re.sub(r"\s", "", digits)
    plain = re.sub("[’']", "", digits)
    grouped = _GROUPED[language].fullmatch(plain)
    if grouped or _PLAIN[language].fullmatch(plain):
        yield frozenset({float(plain.replace(group, "").replace(point, "."))})
        if grouped or point not in plain:
            return
    parts = [part for part in re.split(r"[.,:’']", digits) if part]
    if point not in plain or language == "en":
        yield frozenset(float(part) for part in parts)  # 14.30 Uhr, 2.30 pm, 5.10.2018, 84:80
    if "." in plain and _PLAIN["en"].fullmatch(plain):
        yield frozenset({float(plain)})


def spelled(text: str, language: str) -> frozenset[float]:
    """Values of the words for numbers in a text."""
    found = set[float]()
    forms, text = _FORMS[language], text.lower()
    for word in _LETTERS.findall(text):
        if (same := forms.get(word[:_BEGINNING])) is not None:
            found.update(value for form, value in same if word.startswith(form))
            if language == "de" and (tens := _DE_COMPOUND.match(word)):
                found.add(_WORDS["de"][tens[1]] + _WORDS["de"][tens[2]])
    if language == "en":
        units = _WORDS["en"]
        for match in _EN_COMPOUND.finditer(text):
            rest = next((v for form, v in units.items() if v < 10 and match[2].startswith(form)), 0)
            found.add(units[match[1]] + rest)
    scales = found & {1e3, 1e6, 1e9, 100.0}
    return frozenset(found | {small * scale for scale in scales for small in found if small < 100})


def months(text: str, language: str) -> frozenset[float]:
    """The months that a text names, from 1."""
    names = _DE_MONTHS if language == "de" else _EN_MONTHS
    found = (name[:3].lower() for name in _LONGER.findall(text))
    return frozenset(names.index(name) + 1 for name in found if name in names)
