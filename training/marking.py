"""Copies of sentence pairs in which German spans carry a wanted translation.

... <trm> Waffenruhe <tgt> ceasefire </trm> ... with a blank before every mark; closing punctuation follows </trm>
directly. Half of the hints are in dictionary form (the target keeps its inflection), and one in eight names or nouns is
exchanged in hint and target alike, so that the model learns to obey hints that it would not have guessed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import simplemma
from corpora import END, TGT, TRM, Pair
from phrases import Links, Phrase, phrases, split_word

EXCHANGED, LEMMA, OTHER_WORDS = 0.125, 0.5, 0.15
HOW_MANY = {1: 100, 2: 50, 3: 25, 4: 13}
"""Spans in a copy, by weight."""


@dataclass(frozen=True)
class Lexicon:
    """What the whole corpus says: counts of phrase pairs in lower case, and how far English words tend to lower case."""

    pairs: Counter[tuple[str, str]]
    lower: Counter[str]

    def names(self) -> list[str]:
        """English names of one word."""
        found = {t.title() for (_, t), _ in self._single() if len(t) > 3 and self.lower[t] < -5}
        return sorted(found)

    def nouns(self) -> list[str]:
        """English words in lower case that translate one German word, seen five times or more."""
        return sorted({t for (_, t), n in self._single() if n > 4 and len(t) > 4 and self.lower[t] > 20})

    def _single(self) -> list[tuple[tuple[str, str], int]]:
        return [(p, n) for p, n in self.pairs.items() if " " not in p[0] + p[1] and p[1].isalpha()]


def count(pairs: Iterable[Pair], links: Iterable[Links]) -> Lexicon:
    """Count phrase pairs and lower-case tendency."""
    lexicon = Lexicon(Counter(), Counter())
    for (de, en), pair_links in zip(pairs, links, strict=True):
        words = en.split()
        for p in phrases(de.split(), words, pair_links):
            lexicon.pairs[p.source.lower(), p.target.lower()] += 1
        for word in words[1:]:
            if word.isalpha():
                lexicon.lower[word.lower()] += 1 if word.islower() else -1
    return lexicon


class Marker:
    """Writes marked copies."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, self.names, self.nouns = lexicon, lexicon.names(), lexicon.nouns()

    def marked(self, pair: Pair, links: Links, rng: random.Random) -> tuple[str, str, Links] | None:
        """Return the marked copy of a pair with its links, None where no span qualifies."""
        german, english = pair[0].split(), pair[1].split()
        chosen = self._chosen(german, english, links, rng)
        if not chosen:
            return None
        out: list[str] = []
        place: dict[int, int] = {}

        def copy(begin: int, end: int) -> None:
            for k in range(begin, end):
                place[k] = len(out)
                out.append(german[k])

        at = 0
        for p in chosen:
            copy(at, p.begin)
            hint = self._hint(p, english, rng)
            opening, closing = split_word(german[p.begin])[0], split_word(german[p.end - 1])[2]
            out.extend([opening, TRM] if opening else [TRM])
            for k in range(p.begin, p.end):
                place[k] = len(out)
                out.append(split_word(german[k])[1])
            out.extend([TGT, *hint.split(), END + closing])
            at = p.end
        copy(at, len(german))
        return " ".join(out), " ".join(english), [(place[i], j) for i, j in links]

    def _chosen(self, german: list[str], english: list[str], links: Links, rng: random.Random) -> list[Phrase]:
        """Draw phrases that do not overlap, in the order of the German words."""
        found = [
            p for p in phrases(german, english, links) if self._usable(p) and (p.noun or rng.random() < OTHER_WORDS)
        ]
        rng.shuffle(found)
        most = rng.choices(list(HOW_MANY), list(HOW_MANY.values()))[0]
        taken: tuple[set[int], set[int]] = set(), set()
        chosen: list[Phrase] = []
        for p in found:
            source, target = range(p.begin, p.end), range(p.low, p.high)
            if len(chosen) < most and taken[0].isdisjoint(source) and taken[1].isdisjoint(target):
                chosen.append(p)
                taken[0].update(source)
                taken[1].update(target)
        return sorted(chosen, key=lambda p: p.begin)

    def _usable(self, p: Phrase) -> bool:
        seen = self.lexicon.pairs[p.source.lower(), p.target.lower()]
        return seen >= 2 or (p.name and p.end - p.begin == 1)

    def _hint(self, p: Phrase, english: list[str], rng: random.Random) -> str:
        """Return the wanted translation; an exchanged one is put into `english` too."""
        hint = p.target
        if p.low == 0 and not p.name:
            hint = " ".join(w.lower() if self.lexicon.lower[w.lower()] > 0 else w for w in hint.split())
        others = self.names if p.name else self.nouns
        single = p.end - p.begin == 1 and p.high - p.low == 1
        if single and others and rng.random() < EXCHANGED:
            hint = rng.choice(others)
            opening, _, closing = split_word(english[p.low])
            english[p.low] = opening + (hint[0].upper() + hint[1:] if p.low == 0 else hint) + closing
        elif not p.name and rng.random() < LEMMA:
            *head, tail = hint.split()
            hint = " ".join([*head, simplemma.lemmatize(tail, "en")])
        return hint
