"""A term put in the place of another rendering takes over its number, possessive, capital and article."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import inflect
import simplemma

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_ARTICLE = re.compile(r"\b(a|an)(\s+[\"'“‘]?)$", re.I)


@cache
def _english() -> Any:
    """Inflect's engine: plurals (allies, statesmen) and a/an by sound (an hour, a European)."""
    return inflect.engine()


def agreeing(term: str, wrong: str, *, name: bool, language: str = "en") -> str:
    """The term in the form of the rendering it replaces: `truces` gives ceasefires, `Selenskyj's` Zelenskyy's."""
    possessive = _POSSESSIVE.search(wrong)
    form = term
    if language == "en":
        bare = _POSSESSIVE.sub("", wrong)
        if not name and _is_plural(bare) and not _is_plural(term):
            form = _plural(term)
        if possessive and not _POSSESSIVE.search(form):
            form += "’" if form.endswith("s") and not name else "’s" if "’" in possessive[0] else "'s"
    if wrong[:1].isupper() and form[:1].islower() and wrong.split()[0][1:].islower():
        form = form[:1].upper() + form[1:]
    return form


def replace(text: str, start: int, end: int, term: str, *, name: bool, language: str = "en") -> str:
    """The text with characters start to end replaced by the agreeing term, and a/an before it put right."""
    form = agreeing(term, text[start:end], name=name, language=language)
    if start > 0 and not _begins_sentence(text, start) and not term[:1].isupper():
        form = form[:1].lower() + form[1:]
    before = text[:start]
    if language == "en" and (article := _ARTICLE.search(before)):
        right = _english().a(form).split(" ", 1)[0]
        written = right.capitalize() if article[1][0].isupper() else right
        before = before[: article.start()] + written + article[2]
    return before + form + text[end:]


def _begins_sentence(text: str, start: int) -> bool:
    return not text[:start].strip(" \"'“”‘’„([–—-") or text[:start].rstrip(" \"'“”‘’„(")[-1:] in ".!?:"


def _is_plural(phrase: str) -> bool:
    """Whether the head of an English phrase is plural: its last word, or the one before `of`."""
    head = _head(phrase).split()[-1:]
    if not head or not head[0].isalpha():
        return False
    word = head[0].lower()
    return (
        word.endswith("s")
        and str(simplemma.lemmatize(word, lang="en")) != word
        and bool(_english().singular_noun(word))
    )


def _plural(term: str) -> str:
    """Plural of a term: head of state → heads of state, ally → allies."""
    head = _head(term)
    rest = term[len(head) :]
    first, _, last = head.rpartition(" ")
    plural = str(_english().plural_noun(last) or last)
    return f"{first} {plural}".strip() + rest


def _head(phrase: str) -> str:
    return re.split(r"\s(?=(?:of|for|in|on|to|against)\b)", phrase, maxsplit=1)[0]
