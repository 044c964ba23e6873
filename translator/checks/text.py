"""A text as the checks read it: what several of them need is made once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from translator.glossary.model import TermResult
from translator.language.sentences import split

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A run of letters, with the apostrophes inside it."""

_DIGIT = re.compile(r"\d")


class Text:
    """One side of a sentence.

    Attributes:
        text: the characters.
        language: ISO 639-1 code.
        folded: the text in small letters; places may shift.
        has_digit: whether there is a number in digits in it; in most sentences there is none.
        words: its words in order, as written.
    """

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        self.folded = folded(text)
        self.has_digit = _DIGIT.search(text) is not None
        self.words: list[str] = WORD.findall(text)

    @cached_property
    def sentences(self) -> list[str]:
        """Its sentences, with white space collapsed."""
        return split(self.text, self.language)

    def may_hold(self, parts: Iterable[str]) -> bool:
        """Whether one of the parts, written in a to z and signs, stands in the text in whatever case.

        A quick look before a search with `re.IGNORECASE`, which finds nothing where this says no.
        """
        return any(map(self.folded.__contains__, parts))


def folded(text: str) -> str:
    """The text casefolded, and i for the Turkish i without and with a dot, which `re.IGNORECASE` takes for an i."""
    return text.casefold().replace("ı", "i").replace("i̇", "i")


def without_terms(source: Text, target: Text, terms: Iterable[TermResult]) -> tuple[Text, Text]:
    """Both sides with glossary terms blanked out, so that places stay the same."""
    one = _blank(source.text, ((t.hit.start, t.hit.end) for t in terms))
    other = _blank(target.text, (t.span for t in terms if t.span is not None))
    for form in {form for t in terms for form in t.hit.entry.targets if form.strip()}:
        other = _form(form).sub(lambda match: " " * len(match[0]), other)
    return Text(one, source.language), Text(other, target.language)


@lru_cache(maxsize=1_000)
def _form(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.I)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        start, end = max(start, 0), min(end, len(text))
        text = text[:start] + " " * (end - start) + text[end:]
    return text
