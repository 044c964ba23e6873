"""Names and their genitive: Selenskyjs, Kallas’ Rede, Trump's, des Bundestages. Nothing else is a form of a name."""

from __future__ import annotations

from collections.abc import Iterable

from translator.glossary.model import Entry, Form, MatchMode
from translator.glossary.words import Word, fold

_SIBILANTS = ("s", "ß", "x", "z", "ce")


class GenitiveStrategy:
    """The word less -s, -es or ’s; names that end in s take a bare apostrophe, which the exact match has found."""

    form = Form.GENITIVE

    def entry_keys(self, word: str, entry: Entry) -> Iterable[str]:
        """The folded word, for names."""
        return (fold(word),) if entry.is_name and entry.match is not MatchMode.EXACT and len(word) > 2 else ()

    def text_keys(self, word: Word) -> Iterable[str]:
        """The folded word without its genitive ending.

        Wiens is a form of Wien, but Wiener is none; Parises is not German, so an ending is not taken off after s or z
        unless it is -es (Bundestages, Kreuzes).
        """
        text = fold(word.text)
        for ending in ("'s", "’s", "es", "s"):
            if text.endswith(ending) and len(text) - len(ending) >= 3:
                stem = text.removesuffix(ending)
                if ending != "s" or not stem.endswith(_SIBILANTS):
                    yield stem
