"""Sums of money whose currency got lost or became another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translator.checks.model import Finding, Sentence, Severity
from translator.checks.wording import free_texts, german_to_english

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
_AMOUNT = re.compile(r"\d|M(?:io|rd|illi)|Billi|Tausend")
_ANY = re.compile("|".join(german for german, _ in _CURRENCIES.values()))


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for a sum whose currency is not in the translation."""
    if not german_to_english(sentence):
        return
    source, target = free_texts(sentence)
    if not _AMOUNT.search(source) or not _ANY.search(source):
        return
    wanted = [name for name, pattern in _SUMS.items() if pattern.search(source)]
    if not wanted:
        return
    present = {name: re.search(english, target) for name, (_, english) in _CURRENCIES.items()}
    for name in wanted:
        if present[name]:
            continue
        others = (n for n, match in present.items() if match and not re.search(_CURRENCIES[n][0], source))
        other = next(others, None)
        found = present[other] if other else None
        if found:
            yield Finding(RULE, f"{other} for {name}", Severity.WARNING, found.span())
        else:
            yield Finding(RULE, f"{name} is missing")
