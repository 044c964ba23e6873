"""Names that became other names: those English keeps, compared by spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from translator.checks.model import Finding, Severity
from translator.checks.sentence import Sentence
from translator.checks.spellings import lost_names, strange_names
from translator.checks.text import Text
from translator.checks.wording import aligned, german_to_english, known
from translator.language import lemmas

RULE = "names"

LONGEST_NAME = 10
"""Letters of a name that looks like a compound (Allensbach); longer words that do are compounds."""

_NAME = re.compile(r"[^\W\d_][^\W\d_]+(?:['’][^\W\d_]{2,})?")
# The look back stands behind the capital, so that only places with a capital are tried.
_PAIR = re.compile(r"([A-ZÄÖÜ](?<!\w.)[^\W\d_]+)(?= ([A-ZÄÖÜ][^\W\d_]{2,})\b)")
_ABBREVIATIONS = "AFD BBC CDU CIA CNN CSU FBI FDP FIFA IAEA NASA NATO NSA PKK SPD UEFA".split()
"""Capitals that are the same in English and German texts."""


_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December Easter Christmas Pentecost Whitsun God English German Germans Germany".split()
)
"""Capitals in English that are no names, or names for which German often has an adjective or nothing at all."""


@lru_cache(maxsize=20_000)
def _shared_name(word: str) -> bool:
    """Whether the English dictionary has the word as a name only: Istanbul, but not Bank."""
    return known(word, "en") and lemmas.lemma(word.lower(), "en")[:1].isupper() and word not in _CALENDAR


@lru_cache(maxsize=20_000)
def _compound(word: str) -> bool:
    """Whether a long German word is made of two that the dictionary has: Dienstflügen, but not Allensbach."""
    return len(word) > LONGEST_NAME and any(
        known(word[at:].capitalize(), "de") and any(known(first, "de") for first in (word[:at], word[: at - 1]))
        for at in range(4, len(word) - 2)
    )


@lru_cache(maxsize=20_000)
def _sure_name(word: str) -> bool:
    """Whether a word of the source is a name and nothing else."""
    return not (known(word, "de") or _compound(word)) or _shared_name(word)


@lru_cache(maxsize=20_000)
def _may_accompany(word: str) -> bool:
    """Whether a word may be a first name or a title before a name: a noun, or a word of no dictionary."""
    return not known(word, "de") or lemmas.lemma(word.lower(), "de")[0].isupper()


def _words(text: Text) -> list[str]:
    """Words that may be or contain a name: capitalised ones, and longer ones for their adjectives."""
    # Only at an apostrophe is a name less than a word.
    words = _NAME.findall(text.text) if "'" in text.text or "’" in text.text else text.words
    return [word for word in words if len(word) > 3 or (word[0].isupper() and len(word) > 1)]


def _within(text: str, words: Set[str]) -> list[re.Match[str]]:
    """Those of some words that stand inside sentences: English gives capitals to names there, and to little else."""
    found = list[re.Match[str]]()
    for match in _NAME.finditer(text) if words else ():
        if match[0] in words:
            before = text[: match.start()].rstrip(" \"'„“”»«‘‚([")
            if before and before[-1] not in ".!?:…-–—|*•":
                found.append(match)
    return found


def _paired(pairs: Sequence[tuple[str, str]], words: Set[str]) -> dict[str, set[str]]:
    """Which of some words of the source stand beside a sure name, as first names and titles do, each with those names."""
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        for word, name in ((one, other), (other, one)):
            if word in words and _may_accompany(word) and _sure_name(name):
                found.setdefault(word, set()).add(name)
    return found


def _folded(words: Sequence[str]) -> set[str]:
    return {word.casefold() for word in words}


def _foreign(target: str, theirs: Set[str], ours: Sequence[str]) -> list[re.Match[str]]:
    """The names of the translation that the original does not have in the same spelling."""
    capitals = (
        {word for word in ours if word[0].isupper() and len(word) >= 4 and not word.isupper()} - theirs - _CALENDAR
    )
    return _within(target, {word for word in capitals if not _opens(word, target)})


def _opens(word: str, text: str) -> bool:
    """Whether a word is the first of a text and does not come again."""
    return text.startswith(word) and word not in text[1:]


def _lost(sentence: Sentence, theirs: Sequence[str], ours: Sequence[str]) -> list[tuple[list[str], set[str]]]:
    """Of each pair of sentences the capitalised words of the original that the translation has not, and its words."""
    pairs = aligned(*sentence.free)
    if len(pairs) == 1:
        return [_without(theirs, set(ours))]
    return [_without(_words(Text(one, "de")), set(_words(Text(other, "en")))) for one, other, _ in pairs]


def _without(words: Sequence[str], others: set[str]) -> tuple[list[str], set[str]]:
    return [word for word in words if word[0].isupper() and word not in others], others


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning where a name of the translation is none of the original and one of the original is gone; else information."""
    if not german_to_english(sentence):
        return
    source, target = (side.text for side in sentence.free)
    theirs, ours = map(_words, sentence.free)
    foreign = _foreign(target, set(theirs), ours)
    pairs = _PAIR.findall(source)
    if foreign or pairs:
        yield from _compared(sentence, theirs, ours, foreign, pairs)
    for short in filter(source.__contains__, _ABBREVIATIONS):
        if re.search(rf"\b{short}\b", source) and not re.search(rf"\b{short}", target, re.I):
            yield Finding(RULE, f"{short} is missing", Severity.INFO)


def _compared(
    sentence: Sentence,
    theirs: Sequence[str],
    ours: Sequence[str],
    foreign: Sequence[re.Match[str]],
    pairs: Sequence[tuple[str, str]],
) -> Iterator[Finding]:
    """What names are strange and which are missing; without strange ones only those beside a sure name count."""
    lost = _lost(sentence, theirs, ours)
    paired = _paired(pairs, {word for words, _ in lost for word in words})
    foreign = foreign if paired else [name for name in foreign if _tells(name[0])]
    unlike = strange_names({name[0] for name in foreign}, set(theirs), _folded(ours)) if foreign else set()
    strange = [name for name in foreign if name[0] in unlike]
    if not strange and not paired:
        return
    gone = list[str]()
    for words, others in lost:
        names = [word for word in words if word in paired or (strange and _sure_name(word))]
        if names:
            missing = lost_names(names, others, _folded(theirs))
            gone += [name for name in names if name in missing]
    if not strange:
        yield from (Finding(RULE, f"{name} is missing", Severity.INFO) for name in gone)
        return
    sure = any(_sure_name(name) for name in gone)
    companions = {name for word in gone for name in paired.get(word, ())}
    for match in strange:
        unknown = not known(match[0], "en")
        beside = _beside(sentence.free[1].text, match, companions)
        if (sure and _tells(match[0])) or (beside and (sure or unknown)):
            yield Finding(RULE, f"{match[0]} is not in the original", Severity.WARNING, match.span())
        elif unknown:
            yield Finding(RULE, f"{match[0]} is not in the original", Severity.INFO, match.span())


def _tells(word: str) -> bool:
    """Whether a strange word says something by itself: it is no English word but a name; others need a name beside them."""
    return not known(word, "en") or _shared_name(word)


def _beside(text: str, match: re.Match[str], names: set[str]) -> bool:
    """Whether one of the names stands directly before or behind a place."""
    before = re.search(r"([^\W\d_]+) $", text[: match.start()])
    behind = re.match(r" ([^\W\d_]+)", text[match.end() :])
    return any(found is not None and found[1] in names for found in (before, behind))
