"""Inline formatting of the source on the right words of the translation, carried by the model's word alignment.

Where the alignment is unsure the formatting is dropped: emphasis on the wrong word is worse than none
(DocumentTranslator-Legacy#91: "losing the inline markup is acceptable").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from translator.documents import Format, Segment, Span
from translator.glossary.alignment import FUNCTION_WORDS, SIGNS, SURE, UNSURE, Alignment, Links

COVERED = 0.6
"""Share of the formatted source words (function words aside) that must have found a target word."""
_LIGHT = FUNCTION_WORDS | frozenset(
    "der die das den dem des ein eine einen einem einer eines im am zum zur vom beim ins ans an zu von mit auf für bei um "
    "vor aus nach seit bis über unter durch gegen und oder".split()
)
"""Articles, prepositions and the like, on which the alignment of other words leans by mistake."""
_AUXILIARIES = frozenset("hat haben habe hatte hatten ist sind sei war waren wird werden wurde wurden".split())
"""These may stand for the whole verb, but only surely."""
_OUTSIDE = FUNCTION_WORDS | frozenset(
    "after before during since until till under over about against between among into onto through up out off per via "
    "without within".split()
)
"""English words that do not join formatted ones at their ends."""

_TOKEN = re.compile(r"\S+")
_EDGE = re.compile(r"^[\"'„“”»«‚‘’(\[]*(.*?)[\"'„“”»«‚‘’)\].,;:!?…]*$", re.S)


def project(segment: Segment, translation: str, alignment: Alignment | None) -> tuple[Span, ...]:
    """Spans of the translation for the spans of a segment; those that cannot be placed surely are left out.

    `alignment` gives for every blank-separated word of the translation the source word it renders and how sure that is;
    without it, only formatting of the whole sentence and of words that are the same in both languages is carried.
    """
    if not segment.spans or not translation.strip():
        return ()
    source = [m.span() for m in _TOKEN.finditer(segment.source)]
    target = [m.span() for m in _TOKEN.finditer(translation)]
    usable = alignment is not None and len(alignment) == len(target)
    links = Links(alignment) if alignment is not None and usable else None
    found = []
    for span in segment.spans:
        if span.format is Format.NOTE:
            placed = _note(span, source, target, links, segment.source, translation)
        elif _covers_all(span, segment.source):
            placed = Span(0, len(translation), span.format, span.value)
        else:
            placed = _same(span, source, target, links, segment.source, translation) or _run(
                span, source, target, links, segment.source, translation
            )
        if placed is not None:
            found.append(placed)
    return tuple(sorted(found, key=lambda s: (s.start, s.end, s.format.value)))


def _covers_all(span: Span, source: str) -> bool:
    """Whether all but punctuation at the edges is formatted."""
    left = source[: span.start] + source[span.end :]
    return not any(c.isalnum() for c in left)


def _same(
    span: Span,
    source: Sequence[tuple[int, int]],
    target: Sequence[tuple[int, int]],
    links: Links | None,
    source_text: str,
    translation: str,
) -> Span | None:
    """A formatted text that stands exactly once on either side as it is: a name, a title, an address."""
    text = source_text[span.start : span.end].strip()
    if len(text) < 2 or source_text.count(text) != 1 or translation.count(text) != 1:
        return None
    start = translation.index(text)
    before, after = translation[start - 1 : start], translation[start + len(text) : start + len(text) + 1]
    if before.isalnum() or after.isalnum():
        return None
    words = _words(span.start, span.end, source)
    if links is not None and text[0].islower():  # German "also" is not English "also"; a name is itself
        others = set(range(len(source))) - words
        if _words(start, start + len(text), target) & set(links.surely(others)):
            return None
    return Span(start, start + len(text), span.format, span.value)


def _words(start: int, end: int, places: Sequence[tuple[int, int]]) -> set[int]:
    """The words that touch characters start to end."""
    return {i for i, (first, last) in enumerate(places) if first < end and start < last}


def _run(
    span: Span,
    source: Sequence[tuple[int, int]],
    target: Sequence[tuple[int, int]],
    links: Links | None,
    source_text: str,
    translation: str,
) -> Span | None:
    """The one run of target words that renders the formatted source words, and nothing else."""
    if links is None:
        return None
    words = _words(span.start, span.end, source)
    if any(not _mostly_inside(source[i], span, source_text) for i in words):
        return None  # half a word is formatted; no translation has that half
    run = _rendering(words, source, target, links, source_text, translation)
    if run is None:
        return None
    heavy = {i for i in words if len(source_text[slice(*source[i])].strip(SIGNS)) > 3} or words
    if len({links.source(j) for j in links.surely(words)} & heavy) < COVERED * len(heavy):
        return None
    first, last = run
    inner = _EDGE.match(translation[target[first][0] : target[last][1]])
    if inner is None or not inner[1]:
        return None
    start = target[first][0]
    return Span(start + inner.start(1), start + inner.end(1), span.format, span.value)


def _rendering(
    words: set[int],
    source: Sequence[tuple[int, int]],
    target: Sequence[tuple[int, int]],
    links: Links,
    source_text: str,
    translation: str,
) -> tuple[int, int] | None:
    """First and last target word of the run that surely renders the source words, and nothing else."""
    said = [translation[slice(*place)] for place in target]
    letters = [source_text[slice(*place)].strip(SIGNS) for place in source]
    run = links.run(words, said)
    return None if run is None else _settled(run, words, links, said, letters)


def _settled(
    run: tuple[int, int], words: set[int], links: Links, said: Sequence[str], letters: Sequence[str]
) -> tuple[int, int] | None:
    """The run with its ends made sure of, or None where words beside it may or may not belong to it.

    A content word whose source is an article renders something else: directly behind that article it is a part of a
    compound ("der Ostflanke", "eastern flank"); anywhere else nobody knows what.
    """
    sure = set(links.surely(words))
    first, last = run
    # A German noun has no auxiliary, whatever the alignment says.
    noun = letters[max(words)][:1].isupper()
    while first < last and _is_function(said[first]) and (noun or first not in sure):
        first += 1
    while first < last and _is_function(said[last]) and (noun or last not in sure):
        last -= 1
    compound = first
    if first and said[first - 1][-1].isalnum() and _leans(first - 1, words, links, said, letters):
        if links.source(first - 1) + 1 != min(words):
            return None
        compound = first - 1
    if said[last][-1].isalnum() and last + 1 < len(said) and _leans(last + 1, words, links, said, letters):
        return None
    inside = range(first, last + 1)
    if any(j not in sure and not _is_function(said[j]) and _leans(j, words, links, said, letters) for j in inside):
        return None
    if any(links.source(j) not in words and links.strength(j) >= SURE for j in inside):
        return None  # it may render the formatted words or another one
    rendered = {links.source(j) for j in range(len(said))}
    unsaid = {i for i, word in enumerate(letters) if len(word) > 3} - rendered - words
    weak = any(links.strength(j) < UNSURE and not _is_function(said[j]) for j in inside)
    return None if weak and unsaid else (compound, last)  # the weak ones may be what renders the others


def _leans(j: int, words: set[int], links: Links, said: Sequence[str], letters: Sequence[str]) -> bool:
    """Whether target word j has content and its source word, not one of the formatted, has none."""
    word = links.source(j)
    if word in words or _is_function(said[j]):
        return False
    return letters[word].lower() in (_LIGHT if links.strength(j) >= UNSURE else _LIGHT | _AUXILIARIES)


def _is_function(word: str) -> bool:
    return word.strip(SIGNS).lower() in _OUTSIDE


def _mostly_inside(word: tuple[int, int], span: Span, text: str) -> bool:
    """Whether the letters of a word are formatted, punctuation around it aside."""
    letters = [i for i in range(*word) if text[i].isalnum()]
    inside = sum(span.start <= i < span.end for i in letters)
    return inside == len(letters)


def _note(
    span: Span,
    source: Sequence[tuple[int, int]],
    target: Sequence[tuple[int, int]],
    links: Links | None,
    source_text: str,
    translation: str,
) -> Span | None:
    """A footnote mark goes behind the words that render the word it stood behind; at the end it stays at the end."""
    if not any(c.isalnum() for c in source_text[span.start :]):
        place = target[-1][1]
        return Span(place, place, Format.NOTE, span.value)
    word = max((i for i, (start, _) in enumerate(source) if start < span.start), default=0)
    run = _rendering({word}, source, target, links, source_text, translation) if links is not None else None
    if links is None or run is None:
        return None
    last = run[1]
    while last > run[0] and links.source(last) == word and links.strength(last) < SURE:
        last -= 1
    place = target[last][1]
    return Span(place, place, Format.NOTE, span.value)
