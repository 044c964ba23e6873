"""Names and their genitive: Selenskyjs, Kallas’ Rede, Trump's, des Bundestages. Hardly anything else is a form of a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from translator.glossary.model import Entry, Form, MatchMode
from translator.glossary.morphology import lemma
from translator.glossary.words import Word, fold

_SIBILANTS = ("s", "ß", "x", "z", "ce")
_SHORTEST = 3


def genitive_stems(word: str) -> Iterator[str]:
    """Folded words that the word may be a genitive of (or, for plural names in -e, a dative: den Niederlanden).

    Wiens is a form of Wien, but Wiener is none. -s is not taken off behind s or z; -es only where the dictionary agrees:
    Bundestages is a form of Bundestag, Johannes none of Johann.
    """
    text = fold(word)
    for ending in ("'s", "’s", "es", "s", "n"):
        stem = text.removesuffix(ending)
        if stem == text or len(stem) < _SHORTEST:
            continue
        if (
            (ending == "s" and stem.endswith(_SIBILANTS))
            or (ending == "es" and lemma(word) != stem)
            or (ending == "n" and not stem.endswith("e"))
        ):
            continue
        yield stem


class GenitiveStrategy:
    """The word less its genitive ending; a name in s takes a bare apostrophe, which the exact match has found."""

    form = Form.GENITIVE

    def entry_keys(self, word: str, entry: Entry) -> Iterable[str]:
        """The folded word, for names."""
        return (fold(word),) if entry.is_name and entry.match is MatchMode.INFLECTED and len(word) > 2 else ()

    def text_keys(self, word: Word) -> Iterable[str]:
        """The folded word without its ending."""
        return genitive_stems(word.text)
