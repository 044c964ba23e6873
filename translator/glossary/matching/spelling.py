"""Other spellings of the same word: Muenchen for München; casefolding has already made Strasse of Straße."""

from __future__ import annotations

from collections.abc import Iterable

from translator.glossary.matching.genitive import genitive_stems
from translator.glossary.model import Entry, Form, MatchMode
from translator.glossary.morphology import adjective_stem, dictionary_forms, without_digraphs
from translator.glossary.words import Word, transliterate


class SpellingStrategy:
    """Umlauts as ae, oe, ue on either side; keyboards without umlauts and old agency wires write them so.

    Like the other links it takes forms only where the entry may have them: `=` keys meet the word as it stands, `g`
    keys genitives of names, `~` keys forms of nouns, `a` keys those of adjectives.
    """

    form = Form.SPELLING

    def entry_keys(self, word: str, entry: Entry) -> Iterable[str]:
        """The transliterated word under the kinds of form the entry may have."""
        key = transliterate(word)
        if entry.match is not MatchMode.INFLECTED:
            return (f"={key}",)
        stem = adjective_stem(word)
        keys = [f"={key}", f"g{key}" if entry.is_name else f"~{key}"]
        return [*keys, f"a{transliterate(stem)}"] if stem else keys

    def text_keys(self, word: Word) -> Iterable[str]:
        """The transliterated word, its genitive stems and its dictionary forms."""
        yield f"={transliterate(word.text)}"
        yield from (f"g{transliterate(stem)}" for stem in genitive_stems(word.text))
        yield from (f"~{transliterate(form)}" for form in dictionary_forms(word.cased))
        for restored in without_digraphs(word.text):
            yield from (f"~{transliterate(form)}" for form in dictionary_forms(restored))
            if stem := adjective_stem(restored):
                yield f"a{transliterate(stem)}"
