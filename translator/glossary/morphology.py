"""German word forms: which dictionary forms a word may be a form of.

simplemma knows regular nouns and verbs, compounds included (Waffenstillstandsverhandlungen). What it does not know has
rules here, each with the word that forced it.
"""

from __future__ import annotations

from functools import lru_cache

from translator.language import lemmas

_NOUN_ENDINGS = ("es", "en", "n", "s")
"""Endings of rarer compounds that simplemma leaves alone; -er and -e make other words (Gewerkschafter, Reise from Reis)."""
_ADJECTIVE_ENDINGS = ("en", "er", "em", "es", "e")
_SHORTEST_STEM, _SHORTEST_ADJECTIVE, _LONG_STEM = 4, 3, 8


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """Folded dictionary form by simplemma; the folded word itself where it knows none."""
    found: str = lemmas.lemma(word, "de")
    return found.casefold()


@lru_cache(maxsize=20_000)
def english_lemma(phrase: str) -> str:
    """Folded English phrase with its last word in the singular: Gulf states → gulf state."""
    head, _, last = phrase.rpartition(" ")
    return f"{head} {lemmas.lemma(last.lower(), 'en')}".strip().casefold()


@lru_cache(maxsize=50_000)
def lemma_as_written(word: str) -> str:
    """Dictionary form with its ß and its capital: Maßnahmen → Maßnahme."""
    found = lemmas.lemma(word, "de")
    return found[:1].upper() + found[1:] if word[:1].isupper() else found


@lru_cache(maxsize=20_000)
def is_common_noun(word: str) -> bool:
    """Whether simplemma knows the word with a plural: Russe, Zoll; it knows Wien and Kiew, too, but only as they are."""
    return is_known(word) and any(lemma(word + ending) == word.casefold() for ending in ("n", "en", "e", "er"))


@lru_cache(maxsize=100_000)
def is_known(word: str) -> bool:
    """Whether simplemma has the word in its German dictionary."""
    return lemmas.is_known(word, "de")


@lru_cache(maxsize=200_000)
def dictionary_forms(word: str) -> frozenset[str]:
    """Folded forms a noun, verb or adjective may stand in the dictionary as.

    Besides the lemma, the word less a noun ending: simplemma leaves rarer compounds alone (Bundeskanzlers).
    """
    folded = word.casefold()
    forms = {folded, lemma(word)}
    if "ss" in word:
        forms.add(lemma(word.replace("ss", "ß")))  # Swiss spelling: Strassen
    if (tail := _known_tail(word)) is not None:
        forms.add(folded[: len(word) - len(tail)] + lemma(tail.capitalize()))
    for ending in _NOUN_ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST_STEM:
            stem = word[: -len(ending)]
            if len(stem) >= _LONG_STEM or (ending in ("s", "es") and is_known(stem)):
                forms.add(stem.casefold())
    return frozenset(forms)


@lru_cache(maxsize=50_000)
def _known_tail(word: str) -> str | None:
    """The longest ending of an unknown compound that is a known noun in an inflected form: Luftabwehr-systeme."""
    if len(word) < 9 or is_known(word) or not word[0].isupper():
        return None
    for start in range(3, len(word) - 4):
        tail = word[start:]
        if is_known(tail.capitalize()):
            return tail if lemma(tail.capitalize()) != tail.casefold() else None
    return None


@lru_cache(maxsize=50_000)
def without_digraphs(word: str) -> frozenset[str]:
    """Known words that a spelling without umlauts may stand for: Haeuser, Verbuendete, Fuesse."""
    lower = word.lower()
    if not any(pair in lower for pair in ("ae", "oe", "ue")):
        return frozenset()
    restored = word
    for pair, umlaut in (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("Ae", "Ä"), ("Oe", "Ö"), ("Ue", "Ü")):
        restored = restored.replace(pair, umlaut)
    return frozenset(w for w in (restored, restored.replace("ss", "ß")) if is_known(w) or adjective_stem(w))


@lru_cache(maxsize=200_000)
def adjective_stem(word: str) -> str | None:
    """Folded stem of a word that declines like an adjective (Verbündete, Verbündeter, Verbündeten), or None.

    The stem, or a known word at its end, must be an adjective or participle: Außenbeauftragte is one by `beauftragt`,
    but Miete is not one, so that Mieter is no form of it.
    """
    lower = word.lower()
    for ending in _ADJECTIVE_ENDINGS:
        if lower.endswith(ending):
            stem = lower.removesuffix(ending)
            if len(stem) >= _SHORTEST_ADJECTIVE and _ends_in_adjective(stem):
                return stem.casefold()
    return None


@lru_cache(maxsize=100_000)
def _ends_in_adjective(stem: str) -> bool:
    """Whether the stem, or an ending of it of 5 letters or more, is an adjective: only they take -em.

    Adjectives of places (Asowsches Meer, Kaspisches Meer) are in no dictionary and known by their ending.
    """
    if len(stem) >= 6 and stem.endswith("sch"):
        return True
    tails = (stem[i:] for i in range(max(1, len(stem) - 4)))
    return any(is_known(tail + "em") and is_known(tail + "e") for tail in tails)
