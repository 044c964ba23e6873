"""The word as it stands in the entry: Waffenstillstand. Capitals and ß/ss do not count here; chain.py compares case."""

from __future__ import annotations

from collections.abc import Iterable

from translator.glossary.model import Entry, Form
from translator.glossary.words import Word, fold


class ExactStrategy:
    """Folded surface; also finds headlines in capitals (WAFFENSTILLSTAND)."""

    form = Form.EXACT

    def entry_keys(self, word: str, entry: Entry) -> Iterable[str]:
        """The folded word."""
        return (fold(word),)

    def text_keys(self, word: Word) -> Iterable[str]:
        """The folded word."""
        return (fold(word.text),)
