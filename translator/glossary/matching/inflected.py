"""Nouns, verbs and adjectives in any form: Waffenstillstandes, Sicherheitsgarantien, Zöllen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from translator.glossary.model import Entry, Form, MatchMode
from translator.glossary.morphology import adjective_stem, dictionary_forms, lemma
from translator.glossary.words import Word, fold

_ARTICLES = frozenset({"der", "die", "das", "des", "dem", "den"})
_ARTICLE_KEY = "\0article"


class InflectedStrategy:
    """Dictionary forms of the text's word meet the entry's word.

    Names are left out, for simplemma makes `Kalla` of Kallas; but for those that begin with an adjective and go on with
    a common noun (Freie Wähler, Olympische Spiele). What an entry is filed under is its own form and its lemma, so that
    a plural entry (Sicherheitsgarantien) also finds the singular; a text word brings all its possible forms.
    """

    form = Form.INFLECTED

    def entry_keys(self, word: str, entry: Entry) -> Iterable[str]:
        """The folded word and its lemma; an article inside an entry stands for all its forms (Karls des Großen)."""
        if entry.match is not MatchMode.INFLECTED:
            return ()
        if word in _ARTICLES:
            return (_ARTICLE_KEY,)
        first = entry.source.split()[0]
        described = first != entry.source and adjective_stem(first) is not None
        if entry.is_name and not (described and word != first):
            return ()
        return {fold(word), lemma(word)}

    def text_keys(self, word: Word) -> Iterator[str]:
        """Everything the word may be a form of."""
        yield from dictionary_forms(word.cased)
        if word.text in _ARTICLES:
            yield _ARTICLE_KEY
        if word.joined and word.text.endswith("s"):
            yield fold(word.text[:-1])  # Start-ups
