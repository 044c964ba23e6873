"""Find phrase pairs that a glossary could hold, from the word links of a sentence pair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Links = list[tuple[int, int]]
LONGEST_SOURCE, LONGEST_TARGET = 3, 4

# Words a term neither begins nor ends with.
STOP = set(
    "der die das den dem des ein eine einen einem einer eines und oder aber nicht auch mit von vom zu zum zur im in am "
    "an auf für bei nach über unter vor durch gegen ohne um aus als wie wenn dass daß ob ich du er sie es wir ihr man "
    "sich sein seine ihre unsere ist sind war waren hat haben hatte wird werden wurde kann können muss müssen soll "
    "sollen will wollen dieser diese dieses diesem diesen jeder jede alle mehr sehr nur noch schon so dann hier dort "
    "was wer wo herr herrn frau januar februar märz april mai juni juli august september oktober november dezember "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag".split()
)
WORD = re.compile(r"^([\"'„“”‚‘’»«(\[–—-]*)(.*?)([\"'„“”‚‘’»«)\]–—.,;:!?…]*)$", re.S)


@dataclass(frozen=True)
class Phrase:
    """German words begin:end and the English words low:high they are translated by, punctuation taken off."""

    begin: int
    end: int
    low: int
    high: int
    source: str
    target: str
    noun: bool

    @property
    def name(self) -> bool:
        """Whether both sides are capitalised where English does not do it anyway."""
        return self.source[0].isupper() and self.target[0].isupper() and self.low > 0


def split_word(word: str) -> tuple[str, str, str]:
    """Split a word into opening punctuation, core and closing punctuation."""
    match = WORD.match(word)
    assert match is not None
    return match[1], match[2], match[3]


def is_clean(core: str) -> bool:
    """Say whether a core is a word without digits and signs."""
    return all(c.isalpha() or c in "-'’" for c in core) and any(c.isalpha() for c in core)


def is_unbroken(words: list[tuple[str, str, str]]) -> bool:
    """Say whether words follow each other without punctuation between them, each being clean."""
    inner = any(w[2] for w in words[:-1]) or any(w[0] for w in words[1:])
    return not inner and all(is_clean(w[1]) for w in words)


def phrases(de: list[str], en: list[str], links: Iterable[tuple[int, int]]) -> Iterator[Phrase]:
    """Yield the closed phrase pairs of a sentence pair, given as words and as links of German to English words."""
    to: dict[int, list[int]] = {}
    back: dict[int, list[int]] = {}
    for i, j in links:
        to.setdefault(i, []).append(j)
        back.setdefault(j, []).append(i)
    german, english = [split_word(w) for w in de], [split_word(w) for w in en]
    for b in range(len(de)):
        for e in range(b + 1, min(b + LONGEST_SOURCE, len(de)) + 1):
            if not is_unbroken(german[b:e]):
                break
            noun = noun_phrase([w[1] for w in german[b:e]])
            if noun is None or b not in to or e - 1 not in to:
                continue
            js = [j for k in range(b, e) for j in to.get(k, ())]
            low, high = min(js), max(js) + 1
            if high - low > LONGEST_TARGET or any(not b <= i < e for j in range(low, high) for i in back.get(j, ())):
                continue
            if not is_unbroken(english[low:high]) or any(loose(j, english, back) for j in range(low, high)):
                continue
            compound = e - b == 1 and len(german[b][1]) > 8
            if compound and any(0 <= j < len(en) and loose(j, english, back) for j in (low - 1, high)):
                continue  # the English is perhaps half of it
            texts = (" ".join(w[1] for w in side) for side in (german[b:e], english[low:high]))
            yield Phrase(b, e, low, high, *texts, noun)


def noun_phrase(cores: list[str]) -> bool | None:
    """Say whether German words look like a noun with its adjective; None for no term at all."""
    first, last = cores[0], cores[-1]
    if first.lower() in STOP or last.lower() in STOP:
        return None
    if last[0].isupper() and (first[0].isupper() or first[-1] in "ernsm"):
        return True
    return False if len(cores) == 1 and len(first) > 5 else None


def loose(j: int, english: list[tuple[str, str, str]], back: dict[int, list[int]]) -> bool:
    """Say whether an English word has no link though it is no function word."""
    return j not in back and len(english[j][1]) > 3
