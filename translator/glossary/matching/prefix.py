"""Entries that say themselves how much may follow: match `prefix`, and `custom` with memoQ's | and *.

`glori|ous*` in memoQ: the part before | is fixed, what follows may end otherwise; * stands for any ending.
"""

from __future__ import annotations

from collections.abc import Iterable

from translator.glossary.model import Entry, Form, MatchMode
from translator.glossary.words import Word, fold

LONGEST_ENDING = 0.5
"""memoQ's "50 % prefix": an ending is at most half as long as the entry (Projekt finds Projekte, not Projektverwaltung)."""


class PrefixStrategy:
    """Files the fixed beginning; a text word brings all its beginnings, and `fits` checks what is left."""

    form = Form.PREFIX

    def entry_keys(self, word: str, entry: Entry) -> Iterable[str]:
        """The beginning that must be there."""
        if entry.match is MatchMode.PREFIX:
            return (f"{fold(word)}~{int(len(word) * LONGEST_ENDING)}",)
        if entry.match is MatchMode.CUSTOM and ("|" in word or "*" in word):
            return (f"{fold(word.split('|')[0].split('*')[0])}~*",)
        return ()

    def text_keys(self, word: Word) -> Iterable[str]:
        """Every beginning of three letters or more, with the ending that an entry so short allows."""
        text = fold(word.text)
        for end in range(3, len(text) + 1):
            yield f"{text[:end]}~*"
            if len(text) - end <= int(end * LONGEST_ENDING):
                yield f"{text[:end]}~{int(end * LONGEST_ENDING)}"
