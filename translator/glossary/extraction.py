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
from translator.glossary.morphology import is_known, lemma_as_written
from translator.glossary.words import Word, words
from translator.language import lemmas

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
    renderings = alignment.Renderings(hypothesis)
    found = [_rendered(t, source, offsets, hits, hypothesis.text, renderings) for t in tokens]
    at = 0
    while at < len(tokens):
        rendered = found[at]
        if rendered is None:
            at += 1
            continue
        if not rendered[0].isupper():
            if len(tokens[at].text) >= SHORTEST_NOUN and not tokens[at].opening:
                yield Occurrence(lemma_as_written(tokens[at].text), TermType.NOUN, _singular(rendered))
            at += 1
            continue
        end, parts = _name(source, tokens, found, at, hypothesis.text)
        # "Deutsche Welle", where nothing sure is known of Deutsche: half a name is none.
        half = _blank(source, tokens, at) and tokens[at - 1].text[:1].isupper() and found[at - 1] is None
        if not half:
            text = source[tokens[at].start : tokens[end - 1].end]
            if text.endswith("s") and re.search(rf"{re.escape(parts[-1])}['’]", hypothesis.text):
                text = text[:-1]  # Selenskyjs Antwort: the English possessive says that it is a genitive
            yield Occurrence(text, TermType.NAME, " ".join(dict.fromkeys(parts)))
        at = end


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


def _rendered(
    token: Word,
    source: str,
    offsets: Sequence[tuple[int, int]],
    hits: Sequence[Hit],
    translation: str,
    renderings: alignment.Renderings,
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
    span = renderings.of({place})
    if span is None or (span[0] == 0 and is_known(text)):
        return None  # at the beginning of the English sentence every word has a capital
    return re.sub(r"['’]s?$", "", translation[slice(*span)])


def _singular(rendering: str) -> str:
    """An English noun phrase as a glossary has it: small, and its last word in the singular."""
    phrase, of, rest = rendering.partition(" of ")
    head, _, last = phrase.rpartition(" ")
    lower = last.lower() if last[:1].isupper() and last[1:].islower() else last
    return f"{head} {lemmas.lemma(lower, 'en')}{of}{rest}".strip()
