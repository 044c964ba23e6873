"""Text in capitals (KANZLER REIST NACH KIEW): models were trained on ordinary writing and copy it."""

from __future__ import annotations

import re

from translator.language import lemmas

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_ACRONYM = 4
"""Letters up to which a word that no dictionary has is taken for initials."""


def is_capitals(text: str) -> bool:
    """Whether a text is written in capitals throughout, initials alone (EU, NATO) left out."""
    words = _WORD.findall(text)
    return all(word.isupper() for word in words) and any(len(word) > _LONGEST_ACRONYM for word in words)


def truecased(text: str, language: str) -> str:
    """A text in capitals in ordinary writing, character for character: KANZLER REIST NACH KIEW → Kanzler reist nach Kiew.

    The capitals of nouns and names come from simplemma's dictionary forms; words it does not have are taken for names.
    """
    if language not in ("de", "en", "fr", "es", "it", "pt", "nl", "pl", "cs", "uk", "ru"):
        return text
    opening = True

    def written(match: re.Match[str]) -> str:
        nonlocal opening
        first, opening = opening, False
        form = _written(match[0], language)
        form = form[:1].upper() + form[1:] if first else form
        return form if len(form) == len(match[0]) else match[0]

    return _WORD.sub(written, text)


def _written(word: str, language: str) -> str:
    lower = word.lower()
    if len(word) == 1:
        return word
    if not lemmas.is_known(lower, language):
        return word if len(word) <= _LONGEST_ACRONYM else word[0] + lower[1:]
    form = lemmas.lemma(lower, language)
    if form.isupper():
        return word
    return word[0] + lower[1:] if form[:1].isupper() else lower
