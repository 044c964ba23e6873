"""Words that decline like adjectives: Verbündete/Verbündeter/Verbündeten, Vereinte/Vereinten Nationen, Weißes/Weißen Haus."""

from __future__ import annotations

from collections.abc import Iterable

from translator.glossary.model import Entry, Form, MatchMode
from translator.glossary.morphology import adjective_stem
from translator.glossary.words import Word


class AdjectiveStrategy:
    """Stems without adjective endings; simplemma gives Verbündete and Verbündeter different lemmas."""

    form = Form.ADJECTIVE

    def entry_keys(self, word: str, entry: Entry) -> Iterable[str]:
        """The stem, for entries that may be inflected; a name of one word is no adjective (Grüne is, Wien is not)."""
        if entry.match is not MatchMode.INFLECTED:
            return ()
        stem = adjective_stem(word)
        return (stem,) if stem else ()

    def text_keys(self, word: Word) -> Iterable[str]:
        """The stem."""
        stem = adjective_stem(word.cased)
        return (stem,) if stem else ()
