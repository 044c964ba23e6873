"""Sums of money whose currency got lost or became another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translator.checks.model import Finding, Severity
from translator.checks.sentence import Sentence
from translator.checks.wording import german_to_english

RULE = "currency"

_CURRENCIES = {
    "euro": (r"€|\bEUR\b|\b[Ee]uro\b", r"€|\bEUR\b|\b[Ee]uros?\b|\bcents?\b"),
    "dollar": (r"\$|\bUSD\b|[Dd]ollar\b", r"\$|\bUSD\b|\b[Dd]ollars?\b|\b[Bb]ucks?\b"),
    "pound": (r"£|\bGBP\b|\bPfund Sterling\b", r"£|\bGBP\b|\b[Pp]ounds?\b|\bsterling\b"),
    "yen": (r"¥|\bJPY\b|\bYen\b", r"¥|\bJPY\b|\b[Yy]en\b"),
    "franc": (r"\bCHF\b|\b(?:Schweizer )?Franken\b", r"\bCHF\b|\bSFr|\b[Ff]rancs?\b"),
    "rouble": (r"₽|\bRUB\b|\bRubel\b", r"₽|\bRUB\b|\b(?:[Rr]ou?|[Rr]u)bles?\b"),
    "hryvnia": (r"₴|\bUAH\b|\bHrywnja\b|\bGriwna\b", r"₴|\bUAH\b|\b[Hh]ryvnias?\b"),
    "zloty": (r"\bPLN\b|\b[ZS]łoty\b|\bZloty\b", r"\bPLN\b|\b[Zz][lł]otys?\b"),
    "yuan": (r"\bCNY\b|\bYuan\b|\bRenminbi\b", r"\bCNY\b|\b[Yy]uan\b|\b[Rr]enminbi\b"),
    "rupee": (r"₹|\bINR\b|\bRupien?\b", r"₹|\bINR\b|\b[Rr]upees?\b|\bRs\b"),
}
"""Name: pattern of the German and of the English side."""

_SUM = r"(?:\d|\b(?:Mio|Mrd|Million|Millionen|Milliarde|Milliarden|Billion|Billionen|Tausend)\b)\.?[ \u00a0\u202f-]*"
_SUMS = {
    name: re.compile(rf"{_SUM}(?:{german})|(?:{german})[ \u00a0\u202f]?\d") for name, (german, _) in _CURRENCIES.items()
}
"""Name: pattern of an amount of it in German."""
_WRITTEN_AMOUNTS = ("Mio", "Mrd", "Milli", "Billi", "Tausend")
_MARKS = {
    "€": "euro", "EUR": "euro", "uro": "euro", "$": "dollar", "USD": "dollar", "ollar": "dollar", "£": "pound", "GBP": "pound",
    "Pfund": "pound", "¥": "yen", "JPY": "yen", "Yen": "yen", "CHF": "franc", "Franken": "franc", "₽": "rouble", "RUB": "rouble",
    "Rubel": "rouble", "₴": "hryvnia", "UAH": "hryvnia", "Hrywnja": "hryvnia", "Griwna": "hryvnia", "PLN": "zloty",
    "łoty": "zloty", "Zloty": "zloty", "CNY": "yuan", "Yuan": "yuan", "Renminbi": "yuan", "₹": "rupee", "INR": "rupee",
    "Rupie": "rupee",
}  # fmt: skip
"""What a German text has in it where it names a currency: most have none, or no amount, and are not searched."""


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for a sum whose currency is not in the translation."""
    if not german_to_english(sentence):
        return
    free, translated = sentence.free
    source, target = free.text, translated.text
    if not free.has_digit and not any(map(source.__contains__, _WRITTEN_AMOUNTS)):
        return
    named = {_MARKS[mark] for mark in filter(source.__contains__, _MARKS)}
    wanted = [name for name, pattern in _SUMS.items() if name in named and pattern.search(source)]
    missing = [name for name in wanted if not re.search(_CURRENCIES[name][1], target)]
    if not missing:
        return
    present = {name: match for name, (_, english) in _CURRENCIES.items() if (match := re.search(english, target))}
    other = next((name for name in present if not re.search(_CURRENCIES[name][0], source)), None)
    for name in missing:
        if other:
            yield Finding(RULE, f"{other} for {name}", Severity.WARNING, present[other].span())
        else:
            yield Finding(RULE, f"{name} is missing")
