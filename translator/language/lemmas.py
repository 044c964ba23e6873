"""Dictionary forms of words, by simplemma.

simplemma is imported when a word is first asked for: that compiles rules for twenty languages, and a run that finds all
of its handouts unchanged asks for none. Its dictionaries are opened at the first word of their language.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simplemma import Lemmatizer
    from simplemma.strategies import DictionaryLookupStrategy


def lemma(word: str, language: str) -> str:
    """The dictionary form, or the word itself where none is known."""
    return str(_simplemma()[0].lemmatize(word, lang=language))


def is_known(word: str, language: str) -> bool:
    """Whether the dictionary of a language has the word as it is written."""
    from simplemma.utils import normalize_token

    return _simplemma()[1].get_lemma(normalize_token(word), language) is not None


@lru_cache(maxsize=1)
def _simplemma() -> tuple[Lemmatizer, DictionaryLookupStrategy]:
    import platformdirs
    import simplemma
    from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy

    from translator.language.dictionaries import StoredDictionaries

    cache = Path(platformdirs.user_cache_dir("translator", appauthor=False))
    dictionaries = StoredDictionaries(cache / f"simplemma-{simplemma.__version__}")
    lemmatizer = simplemma.Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=dictionaries))
    return lemmatizer, DictionaryLookupStrategy(dictionaries)
