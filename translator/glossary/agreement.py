"""A term put in the place of another rendering takes over its number, possessive, capital and article."""

from __future__ import annotations

import re
import sys
from functools import cache
from types import ModuleType
from typing import Any

from translator.language import lemmas

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_ARTICLE = re.compile(r"\b(a|an)(\s+[\"'“‘]?)$", re.I)


@cache
def _english() -> Any:
    """Inflect's engine: plurals (allies, statesmen) and a/an by sound (an hour, a European)."""
    return _inflect().engine()


def _inflect() -> Any:
    """The module, imported without typeguard: its checks of every call take 3 s to build, 40 times the rest."""
    unchecked = ModuleType("typeguard")
    unchecked.typechecked = lambda function: function  # type: ignore[attr-defined]
    before = sys.modules.get("typeguard")
    sys.modules["typeguard"] = unchecked
    try:
        import inflect
    finally:
        if before is None:
            del sys.modules["typeguard"]
        else:
            sys.modules["typeguard"] = before
    return inflect


def agreeing(term: str, wrong: str, *, name: bool, language: str = "en") -> str:
    """The term in the form of the rendering it replaces: `truces` gives ceasefires, `Selenskyj's` Zelenskyy's."""
    possessive = _POSSESSIVE.search(wrong)
    form = term
    if language == "en":
        bare = _POSSESSIVE.sub("", wrong)
        if not name and _is_plural(bare) and not _is_plural(term):
            form = _plural(term)
        if possessive and not _POSSESSIVE.search(form):
            sign = "’" if "’" in possessive[0] else "'"
            form += sign if form.endswith("s") and not name else f"{sign}s"
    capital = wrong[:1].isupper() and wrong[1:2].islower()
    return form[:1].upper() + form[1:] if capital else form


def replace(text: str, start: int, end: int, term: str, *, name: bool, language: str = "en") -> str:
    """The text with characters start to end replaced by the agreeing term, and a/an before it put right."""
    form = agreeing(term, text[start:end], name=name, language=language)
    if term[:1].islower():
        capital = text[start].isupper() and _begins_sentence(text, start)
        form = (form[:1].upper() if capital else form[:1].lower()) + form[1:]
    before = with_article(text[:start], form) if language == "en" else text[:start]
    return before + form + text[end:]


def with_article(before: str, form: str) -> str:
    """What stands before an English form, with a/an at its end put right."""
    article = _ARTICLE.search(before)
    if article is None:
        return before
    right = _article(form)
    return before[: article.start()] + (right.capitalize() if article[1][0].isupper() else right) + article[2]


def _article(form: str) -> str:
    """`a` or `an` by sound; initials are spelled out (an EU summit, a UN envoy), NATO is a word."""
    first = re.split(r"[\s-]", form, maxsplit=1)[0]
    if first.isupper() and (len(first) <= 3 or not set(first) & set("AEIOU")):
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    return str(_english().a(form)).split(" ", 1)[0]


def _begins_sentence(text: str, start: int) -> bool:
    head = text[:start].rstrip(" \"'“”‘’„([–—-")
    return not head or head[-1] in ".!?"


def _is_plural(phrase: str) -> bool:
    """Whether the head of an English phrase is plural: its last word, or the one before `of`."""
    last = _head(phrase).split()[-1:]
    if not last or not last[0].isalpha():
        return False
    word = last[0]
    if word[:-1].isupper() and len(word) > 2:
        return word.endswith("s")  # NGOs
    lower = word.lower()
    return bool(_english().singular_noun(lower)) and lemmas.lemma(lower, "en") != lower


def _plural(term: str) -> str:
    """Plural of a term: head of state → heads of state, ally → allies."""
    head = _head(term)
    rest = term[len(head) :]
    first, _, last = head.rpartition(" ")
    plural = str(_english().plural_noun(last) or last)
    return f"{first} {plural}".strip() + rest


def _head(phrase: str) -> str:
    return re.split(r"\s(?=(?:of|for|in|on|to|against)\b)", phrase, maxsplit=1)[0]
