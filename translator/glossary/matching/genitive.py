"""Names and their genitive: Selenskyjs, Kallas’ Rede, Trump's, des Bundestages. Hardly anything else is a form of a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from translator.glossary.model import Entry, Form, MatchMode
from translator.glossary.morphology import lemma
from translator.glossary.words import Word, fold

_SIBILANTS = ("s", "ß", "x", "z", "ce")
_SHORTEST = 3
_PLURAL, _PLURAL_NAMES = "\0plural", ("lande", "emirate")


def genitive_stems(word: str) -> Iterator[str]:
    """Folded words that the word may be a genitive of.

    Wiens is a form of Wien, but Wiener is none. -s is not taken off behind s or z; -es only where the dictionary agrees:
    Bundestages is a form of Bundestag and Bündnisses of Bündnis, Johannes none of Johann.
    """
    text = fold(word)
    for ending in ("'s", "’s", "s"):
        stem = text.removesuffix(ending)
        if stem != text and len(stem) >= _SHORTEST and not (ending == "s" and stem.endswith(_SIBILANTS)):
            yield stem
    if text.endswith("es") and lemma(word) != text:
        yield lemma(word)


class GenitiveStrategy:
    """The word less its genitive ending; a name in s takes a bare apostrophe, which the exact match has found.

    Plural names have a dative besides: Niederlande, den Niederlanden; but Hallen is no form of Halle.
    """

    form = Form.GENITIVE

    def entry_keys(self, word: str, entry: Entry) -> Iterable[str]:
        """The folded word, for names."""
        if not entry.is_name or entry.match is not MatchMode.INFLECTED or len(word) < _SHORTEST:
            return ()
        return (fold(word), f"{fold(word)}{_PLURAL}") if word.endswith(_PLURAL_NAMES) else (fold(word),)

    def text_keys(self, word: Word) -> Iterator[str]:
        """The folded word without its ending."""
        yield from genitive_stems(word.cased)
        if word.text.endswith("en"):
            yield f"{fold(word.text[:-1])}{_PLURAL}"
