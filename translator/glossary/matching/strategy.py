"""What a link of the chain is: two sets of keys that meet where a word of the text is a form of a word of an entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from translator.glossary.model import Entry, Form
from translator.glossary.words import Word


class Strategy(Protocol):
    """One way in which a word of a text can be a form of a word of an entry."""

    form: Form

    def entry_keys(self, word: str, entry: Entry) -> Iterable[str]:
        """Keys a word of the entry is filed under; none where this strategy does not apply to the entry."""
        ...

    def text_keys(self, word: Word) -> Iterable[str]:
        """Keys a word of the text is looked up by."""
        ...
