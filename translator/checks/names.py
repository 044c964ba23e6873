"""Names that became other names: those English keeps, compared by spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from translator.checks.exonyms import EXONYMS
from translator.checks.model import Finding, Sentence, Severity
from translator.checks.wording import aligned, free_texts, german_to_english, known
from translator.language import lemmas

RULE = "names"

SIMILAR = 0.62
"""Similarity of two spellings of one name: Selenskyj and Zelenskyy 0.67 after the replacements below."""

SIMILAR_ADJECTIVE = 0.75
"""The same for a German adjective (bayerisch, Bavarian), where chance has more words to meet."""

LONGEST_NAME = 10
"""Letters of a name that looks like a compound (Allensbach); longer words that do are compounds."""

_NAME = re.compile(r"[^\W\d_][^\W\d_]+(?:['’][^\W\d_]{2,})?")
_PAIR = re.compile(r"(?=\b([A-ZÄÖÜ][^\W\d_]+) ([A-ZÄÖÜ][^\W\d_]{2,})\b)")
_SPELLINGS = (("tsch", "ch"), ("sch", "sh"), ("w", "v"), ("j", "y"), ("ß", "ss"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue"))
_ABBREVIATIONS = frozenset({"NATO", "FBI", "CIA", "BBC", "CNN", "NASA", "CDU", "CSU", "SPD", "FDP", "AFD", "FIFA", "UEFA", "IAEA", "PKK", "NSA"})  # fmt: skip
"""Capitals that are the same in English and German texts."""


_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December Easter Christmas Pentecost Whitsun God English German Germans Germany".split()
)
"""Capitals in English that are no names, or names for which German often has an adjective or nothing at all."""


@lru_cache(maxsize=50_000)
def _spelling(name: str) -> str:
    name = name.casefold()
    for german, english in _SPELLINGS:
        name = name.replace(german, english)
    return "".join(c for c in unicodedata.normalize("NFD", name) if c.isalnum())


@lru_cache(maxsize=20_000)
def _contained(german: str, english: str) -> bool:
    """Whether one word is a part of the other (Merkel, Merkel-Regierung), or English calls the German name so."""
    one, other = _spelling(german), _spelling(english)
    return (
        one == other or (len(one) > 3 and len(other) > 3 and (one in other or other in one)) or _exonym(german, english)
    )


@lru_cache(maxsize=20_000)
def _alike(german: str, english: str) -> bool:
    """Whether two words may be spellings of one name."""
    one, other, least = _spelling(german), _spelling(english), SIMILAR if german[0].isupper() else SIMILAR_ADJECTIVE
    if 2 * min(len(one), len(other)) < least * (len(one) + len(other)):
        return False  # the ratio cannot reach it, and most pairs end here
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= least and matcher.ratio() >= least


def _has_like(word: str, others: Iterable[str], rest: Iterable[str], *, german: bool) -> bool:
    """Whether a word is among the others, or spelt like one of the rest, which has no double on the other side."""
    pairs = ((word, other) if german else (other, word) for other in others)
    spare = ((word, other) if german else (other, word) for other in rest)
    return any(_contained(*pair) for pair in pairs) or any(_alike(*pair) for pair in spare)


def _exonym(german: str, english: str) -> bool:
    """Whether English has that name for the German one, or for a part of it (Niedersachsen, Lower Saxony)."""
    return english.lower().startswith(_exonyms(german.lower()))


@lru_cache(maxsize=50_000)
def _exonyms(german: str) -> tuple[str, ...]:
    """How the English for a German name may begin."""
    return tuple(
        form
        for stem, forms in EXONYMS.items()
        if (german.startswith(stem) if len(stem) < 5 else stem in german)
        for form in forms
    )


@lru_cache(maxsize=50_000)
def _shared_name(word: str) -> bool:
    """Whether the English dictionary has the word as a name only: Istanbul, but not Bank."""
    return known(word, "en") and lemmas.lemma(word.lower(), "en")[:1].isupper() and word not in _CALENDAR


@lru_cache(maxsize=50_000)
def _compound(word: str) -> bool:
    """Whether a long German word is made of two that the dictionary has: Dienstflügen, but not Allensbach."""
    return len(word) > LONGEST_NAME and any(
        known(word[at:].capitalize(), "de") and any(known(first, "de") for first in (word[:at], word[: at - 1]))
        for at in range(4, len(word) - 2)
    )


@lru_cache(maxsize=50_000)
def _sure_name(word: str) -> bool:
    """Whether a word of the source is a name and nothing else."""
    return _shared_name(word) or not (known(word, "de") or _compound(word))


def _within(text: str) -> Iterator[re.Match[str]]:
    """Capitalised words inside sentences: English gives capitals to names there, and to little else."""
    for match in _NAME.finditer(text):
        before = text[: match.start()].rstrip(" \"'„“”»«‘‚([")
        opening = not before or before[-1] in ".!?:…-–—|*•"
        word = match[0]
        if word[0].isupper() and not word.isupper() and not opening and len(word) >= 4 and word not in _CALENDAR:
            yield match


def _words(text: str) -> list[str]:
    """Words that may be or contain a name: capitalised ones, and longer ones for their adjectives."""
    return [m[0] for m in _NAME.finditer(text) if m[0][0].isupper() or len(m[0]) > 3]


def _paired(text: str) -> dict[str, set[str]]:
    """Words of the source that stand beside a sure name, as first names and titles do, each with those names."""
    found: dict[str, set[str]] = {}
    for pair in _PAIR.finditer(text):
        for word, name in (pair.groups(), pair.groups()[::-1]):
            if _sure_name(name) and (not known(word, "de") or lemmas.lemma(word.lower(), "de")[0].isupper()):
                found.setdefault(word, set()).add(name)
    return found


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning where a name of the translation is none of the original and one of the original is gone; else information."""
    if not german_to_english(sentence):
        return
    source, target = free_texts(sentence)
    theirs, ours = _words(source), _words(target)
    folded, there = {w.casefold() for w in theirs}, {w.casefold() for w in ours}
    spare = [w for w in theirs if w.casefold() not in there]
    strange = [m for m in _within(target) if not _has_like(m[0], theirs, spare, german=False)]
    paired = _paired(source)
    gone = list[str]()
    for one, other, _ in aligned(source, target):
        words = _words(other)
        spare = [w for w in words if w.casefold() not in folded]
        names = (name for name in _words(one) if name[0].isupper() and (name in paired or _sure_name(name)))
        gone += [name for name in names if not _has_like(name, words, spare, german=True)]
    sure = [name for name in gone if _sure_name(name)]
    companions = {name for word in gone for name in paired.get(word, ())}
    for match in strange:
        unknown = not known(match[0], "en")
        beside = _beside(target, match, companions)
        if (sure and (unknown or _shared_name(match[0]))) or (beside and (sure or unknown)):
            yield Finding(RULE, f"{match[0]} is not in the original", Severity.WARNING, match.span())
        elif unknown:
            yield Finding(RULE, f"{match[0]} is not in the original", Severity.INFO, match.span())
    if not strange:
        for name in gone:
            if name in paired:
                yield Finding(RULE, f"{name} is missing", Severity.INFO)
    for short in sorted({w for w in re.findall(r"\b[A-Z]{2,6}\b", source) if w in _ABBREVIATIONS}):
        if not re.search(rf"\b{short}", target, re.I):
            yield Finding(RULE, f"{short} is missing", Severity.INFO)


def _beside(text: str, match: re.Match[str], names: set[str]) -> bool:
    """Whether one of the names stands directly before or behind a place."""
    before = re.search(r"([^\W\d_]+) $", text[: match.start()])
    behind = re.match(r" ([^\W\d_]+)", text[match.end() :])
    return any(found is not None and found[1] in names for found in (before, behind))
