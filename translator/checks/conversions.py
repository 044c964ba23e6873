"""Measures that translators convert for American readers: 550 metres are 1,800 feet."""

from __future__ import annotations

import re

_MEASURES: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    (r"m\b|Meter", r"f(?:ee|oo)t|yards?", (3.281, 1.094)),
    (r"cm\b|Zentimeter", r"inch|f(?:ee|oo)t", (0.394, 0.0328)),
    (r"km\b|Kilometer|Stundenkilometer", r"miles?|mph", (0.621,)),
    (r"kg\b|Kilo", r"pounds?|lbs?", (2.205,)),
    (r"l\b|Liter", r"gallons?|pints?", (0.264, 0.22, 2.11, 1.76)),
    (r"ha\b|Hektar", r"acres?", (2.471,)),
    (r"Quadratkilometer", r"square|sq", (0.386,)),
    (r"t\b|Tonne", r"tons?|pounds?", (1.102, 2205.0)),
)
"""Patterns of the German and of the English unit, and English units in a German one."""

ROUNDED = 0.1
"""Share by which a converted measure may be rounded: 3,000 metres are "almost 10,000 feet"."""


def converted(source: float, german: str, target: float, english: str) -> bool:
    """Whether a value is the other one in English units; the texts are what follows the two numbers."""
    if re.match(r"\s?(?:°|Grad)", german) and re.match(r"[\s-]?(?:°|degrees|F)", english):
        return abs(source * 1.8 + 32 - target) < 1
    return any(
        abs(source * factor - target) <= ROUNDED * target
        for one, other, factors in _MEASURES
        if re.match(rf"[\s-]*(?:{one})", german) and re.match(rf"[\s-]*(?:{other})", english)
        for factor in factors
    )
