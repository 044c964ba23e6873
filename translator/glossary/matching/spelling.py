"""Other spellings of the same word: Muenchen for München; casefolding has already made Strasse of Straße."""

from __future__ import annotations

from collections.abc import Iterable

from translator.glossary.model import Entry, Form
from translator.glossary.morphology import lemma
from translator.glossary.words import Word, transliterate


class SpellingStrategy:
    """Umlauts as ae, oe, ue on either side; keyboards without umlauts and old agency wires write them so."""

    form = Form.SPELLING

    def entry_keys(self, word: str, entry: Entry) -> Iterable[str]:
        """The transliterated word, where it differs from the folded one or could meet a text that was transliterated."""
        return (transliterate(word),)

    def text_keys(self, word: Word) -> Iterable[str]:
        """The transliterated word and its lemma."""
        return {transliterate(word.text), transliterate(lemma(word.text))}
