"""Names and terms of German texts that have no glossary entry, with what the translation made of them.

German gives every noun a capital, so a name shows itself in the English: what is rendered with a capital inside a
sentence is one (Odenthal, Deutsche Welle), what is rendered in small letters is a noun (Kohleausstieg, coal phase-out).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from translator.engine.hypotheses import Hypothesis
from translator.glossary import alignment
from translator.glossary.model import Hit, TermType
from translator.glossary.morphology import is_known, lemma_as_written
from translator.glossary.words import Word, words
from translator.language import lemmas

SHORTEST = 3
SHORTEST_NOUN = 6
_PARTICLES = frozenset({"von", "van", "de", "der", "den", "al", "el", "bin", "di", "la", "le", "zu"})
_CALENDAR = frozenset("Januar Februar März April Mai Juni Juli August September Oktober November Dezember Montag Dienstag "
                      "Mittwoch Donnerstag Freitag Samstag Sonntag Uhr Euro Prozent Herr Frau".split())  # fmt: skip


class Occurrence(NamedTuple):
    """A possible term where it occurs: dictionary form, kind, and its rendering there as it would stand in a glossary."""

    term: str
    type: TermType
    rendering: str


def occurrences(source: str, hits: Sequence[Hit], hypothesis: Hypothesis) -> Iterator[Occurrence]:
    """Possible terms of a sentence outside its glossary hits that the alignment finds in the translation.

    `hypothesis` has its alignment to the blank-separated words of the source.
    """
    tokens = words(source)
    candidates = [
        at for at, token in enumerate(tokens) if token.text[0].isupper() and _is_candidate(token, source, hits)
    ]
    if not candidates:
        return
    starts = alignment.starts(source, source.split())
    renderings = alignment.Renderings(hypothesis)
    found: list[str | None] = [None] * len(tokens)
    for at in candidates:
        place = bisect_right(starts, tokens[at].start) - 1
        found[at] = _rendered(tokens[at], place, hypothesis.text, renderings)
    end = 0
    for at in candidates:
        rendered = found[at]
        if rendered is None or at < end:
            continue
        if not rendered[0].isupper():
            if len(tokens[at].text) >= SHORTEST_NOUN and not tokens[at].opening:
                yield Occurrence(lemma_as_written(tokens[at].text), TermType.NOUN, _singular(rendered))
            continue
        end, parts = _name(source, tokens, found, at, hypothesis.text)
        # "Deutsche Welle", where nothing sure is known of Deutsche: half a name is none.
        half = _blank(source, tokens, at) and tokens[at - 1].text[:1].isupper() and found[at - 1] is None
        if not half:
            text = source[tokens[at].start : tokens[end - 1].end]
            if text.endswith("s") and (f"{parts[-1]}'" in hypothesis.text or f"{parts[-1]}’" in hypothesis.text):
                text = text[:-1]  # Selenskyjs Antwort: the English possessive says that it is a genitive
            yield Occurrence(text, TermType.NAME, " ".join(dict.fromkeys(parts)))


def _name(
    source: str, tokens: Sequence[Word], found: Sequence[str | None], start: int, translation: str
) -> tuple[int, list[str]]:
    """End of the name that begins at word `start`, and the renderings of its words.

    Particles belong to it where the translation keeps them (Ursula von der Leyen); in "Odenthal von Genf" it says from.
    """
    end, parts = start + 1, [found[start] or ""]
    while end < len(tokens) and _blank(source, tokens, end):
        following = found[end]
        if following is not None and following[0].isupper():
            parts.append(following)
            end += 1
            continue
        last = end
        while last < len(tokens) and tokens[last].text in _PARTICLES and _blank(source, tokens, last):
            last += 1
        after = found[last] if last < len(tokens) and _blank(source, tokens, last) else None
        if last == end or last - end > 2 or after is None or not after[0].isupper():
            break
        said = {w.text.lower() for w in words(translation)}
        if not all(t.text.lower() in said for t in tokens[end:last]):
            break
        parts += [*(t.text for t in tokens[end:last]), after]
        end = last + 1
    return end, parts


def _blank(source: str, tokens: Sequence[Word], at: int) -> bool:
    """Whether only a blank stands before a word."""
    return at > 0 and source[tokens[at - 1].end : tokens[at].start] == " "


def _is_candidate(token: Word, source: str, hits: Sequence[Hit]) -> bool:
    """Whether a capitalised word may be a term or a part of one: outside the hits, and no part of a word with hyphens."""
    text = token.text
    if len(text) < SHORTEST or not text.isalpha() or text in _CALENDAR:
        return False
    if token.joined or source[token.end : token.end + 1] in ("-", "‑"):
        return False
    if hits and any(h.start < token.end and token.start < h.end for h in hits):
        return False
    return not (token.opening and is_known(text.lower()))  # Gestern, Trotz: the capital of the sentence, not its own


def _rendered(token: Word, place: int, translation: str, renderings: alignment.Renderings) -> str | None:
    """What a word, the blank-separated one at `place`, is rendered by; None where that is unsure."""
    span = renderings.of({place})
    if span is None or (span[0] == 0 and is_known(token.text)):
        return None  # at the beginning of the English sentence every word has a capital
    rendering = translation[slice(*span)]
    return rendering[:-2] if rendering.endswith(("'s", "’s")) else rendering


@lru_cache(maxsize=20_000)
def _singular(rendering: str) -> str:
    """An English noun phrase as a glossary has it: small, and its last word in the singular."""
    phrase, of, rest = rendering.partition(" of ")
    head, _, last = phrase.rpartition(" ")
    lower = last.lower() if last[:1].isupper() and last[1:].islower() else last
    return f"{head} {lemmas.lemma(lower, 'en')}{of}{rest}".strip()
