"""Dictionary forms of words, by simplemma.

simplemma is imported when a word is first asked for: that compiles rules for twenty languages, and a run that finds all
of its handouts unchanged asks for none. Its dictionaries are unpacked at the first word of their language.
"""

from __future__ import annotations


def lemma(word: str, language: str) -> str:
    """The dictionary form, or the word itself where none is known."""
    import simplemma

    return str(simplemma.lemmatize(word, lang=language))


def is_known(word: str, language: str) -> bool:
    """Whether the dictionary of a language has the word as it is written."""
    import simplemma

    return bool(simplemma.is_known(word, lang=language))
