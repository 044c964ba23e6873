"""Names and terms of German texts that have no glossary entry, with what the translation made of them.

German gives every noun a capital, so a name shows itself in the English: what is rendered with a capital inside a
sentence is one (Odenthal, Deutsche Welle), what is rendered in small letters is a noun (Kohleausstieg, coal phase-out).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translator.engine.hypotheses import Hypothesis
from translator.glossary import alignment
from translator.glossary.model import Hit, TermType
from translator.glossary.morphology import is_known, lemma
from translator.glossary.words import Word, words

SHORTEST = 3
SHORTEST_NOUN = 6
_PARTICLES = frozenset({"von", "van", "de", "der", "den", "al", "el", "bin", "di", "la", "le", "zu"})
_CALENDAR = frozenset("Januar Februar März April Mai Juni Juli August September Oktober November Dezember Montag Dienstag "
                      "Mittwoch Donnerstag Freitag Samstag Sonntag Uhr Euro Prozent Herr Frau".split())  # fmt: skip


@dataclass(frozen=True)
class Occurrence:
    """A possible term where it occurs: dictionary form, kind, and its rendering there as it would stand in a glossary."""

    term: str
    type: TermType
    rendering: str


def occurrences(source: str, hits: Sequence[Hit], hypothesis: Hypothesis) -> Iterator[Occurrence]:
    """Possible terms of a sentence outside its glossary hits that the alignment finds in the translation.

    `hypothesis` has its alignment to the blank-separated words of the source.
    """
    tokens = words(source)
    offsets = [m.span() for m in re.finditer(r"\S+", source)]
    found = [_rendered(t, source, offsets, hits, hypothesis) for t in tokens]
    at = 0
    while at < len(tokens):
        rendered = found[at]
        if rendered is None:
            at += 1
            continue
        if not rendered[0].isupper():
            if len(tokens[at].text) >= SHORTEST_NOUN and not tokens[at].opening:
                yield Occurrence(_noun(tokens[at].text), TermType.NOUN, _dictionary(rendered))
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and source[tokens[end - 1].end : tokens[end].start] == " ":
            following = found[end]
            if following is not None and following[0].isupper():
                end += 1
            elif tokens[end].text in _PARTICLES and end + 1 < len(tokens) and (found[end + 1] or "a")[0].isupper():
                end += 2
            else:
                break
        parts = [f for f in found[at:end] if f]
        text = source[tokens[at].start : tokens[end - 1].end]
        yield Occurrence(_name(text), TermType.NAME, " ".join(dict.fromkeys(parts)))
        at = end


def _rendered(
    token: Word, source: str, offsets: Sequence[tuple[int, int]], hits: Sequence[Hit], hypothesis: Hypothesis
) -> str | None:
    """What a capitalised word outside the hits is rendered by; None where that is unsure or it is no candidate."""
    text = token.text
    if not text[:1].isupper() or len(text) < SHORTEST or not text.isalpha() or text in _CALENDAR:
        return None
    if (
        token.joined
        or source[token.end : token.end + 1] in ("-", "‑")
        or any(h.start < token.end and token.start < h.end for h in hits)
    ):
        return None
    if token.opening and is_known(text.lower()):
        return None  # Gestern, Trotz: the capital of the sentence, not its own
    place = next(i for i, (start, end) in enumerate(offsets) if start <= token.start < end)
    span = alignment.rendering(hypothesis, {place})
    if span is None or (span[0] == 0 and is_known(text)):
        return None  # at the beginning of the English sentence every word has a capital
    return re.sub(r"['’]s?$", "", hypothesis.text[slice(*span)])


def _noun(text: str) -> str:
    """Dictionary form with its capital and its own spelling of ß."""
    found = lemma(text)
    if found == text.casefold():
        return text
    restored = text[: len(found)] if text[: len(found)].casefold() == found else found
    return restored[:1].upper() + restored[1:]


def _name(text: str) -> str:
    """A name without the genitive -s its last word may have (Wolodymyr Selenskyjs)."""
    last = text.rsplit(" ", 1)[-1]
    if not re.search(r"[^sxzß]s$", last):
        return text
    genitive = lemma(last) == last[:-1].casefold() or (" " in text and not is_known(last))
    return text[:-1] if genitive else text


def _dictionary(rendering: str) -> str:
    """An English noun phrase in the singular: negotiations → negotiation stays as written where it is unsure."""
    return rendering[:1].lower() + rendering[1:]
