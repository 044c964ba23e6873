"""What the checks read: words with their places, without what the glossary decided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import simplemma

from translator.checks.model import Sentence

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A run of letters, with the apostrophes inside it."""

QUOTATION_MARKS = '"„“”«»‟'
"""Double quotation marks of German and English texts; single ones are also apostrophes."""


def german_to_english(sentence: Sentence) -> bool:
    """Whether rules that know the words of both languages apply."""
    return sentence.source_language == "de" and sentence.target_language == "en"


def free_texts(sentence: Sentence) -> tuple[str, str]:
    """Source and target with glossary terms blanked out, so that places stay the same."""
    source = _blank(sentence.source, ((t.hit.start, t.hit.end) for t in sentence.terms))
    target = _blank(sentence.target, (t.span for t in sentence.terms if t.span is not None))
    for form in {form for t in sentence.terms for form in t.hit.entry.targets if form.strip()}:
        pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.I)
        target = pattern.sub(lambda match: " " * len(match[0]), target)
    return source, target


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        start, end = max(start, 0), min(end, len(text))
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def letters(text: str) -> str:
    """The letters of a text alone, folded: what makes two texts the same for a reader."""
    return "".join(c for c in text.casefold() if c.isalpha())


@lru_cache(maxsize=100_000)
def known(word: str, language: str) -> bool:
    """Whether simplemma's dictionary of a language has a word, as written or in lower case."""
    return bool(simplemma.is_known(word, lang=language) or simplemma.is_known(word.lower(), lang=language))
