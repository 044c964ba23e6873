"""Nouns, verbs and adjectives in any form: Waffenstillstandes, Sicherheitsgarantien, Zöllen."""

from __future__ import annotations

from collections.abc import Iterable

from translator.glossary.model import Entry, Form, MatchMode
from translator.glossary.morphology import dictionary_forms, lemma
from translator.glossary.words import Word, fold


class InflectedStrategy:
    """Dictionary forms of the text's word meet the entry's word.

    Names are left out: simplemma makes `Kalla` of Kallas. What an entry is filed under is its own form and its lemma, so
    that a plural entry (Sicherheitsgarantien) also finds the singular; a text word brings all its possible forms.
    """

    form = Form.INFLECTED

    def entry_keys(self, word: str, entry: Entry) -> Iterable[str]:
        """The folded word and its lemma."""
        if entry.is_name or entry.match is not MatchMode.INFLECTED:
            return ()
        return {fold(word), lemma(word)}

    def text_keys(self, word: Word) -> Iterable[str]:
        """Everything the word may be a form of."""
        return dictionary_forms(word.text)
