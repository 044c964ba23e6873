"""Quotation marks and brackets that lost their partner or got lost together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translator.checks.model import Finding, Severity
from translator.checks.sentence import Sentence
from translator.checks.wording import QUOTATION_MARKS

RULE = "quotes"

_DOUBLE = re.compile(rf"[{QUOTATION_MARKS}]")
_SINGLE = re.compile(r"(?<!\w)['‘‚‹`](?=\w)|''")
_INCHES = re.compile(r"(?<=\d)\"(?=[\s,.]|$)")
_SHORT = re.compile(rf"[{QUOTATION_MARKS}]([^{QUOTATION_MARKS}]{{1,60}})[{QUOTATION_MARKS}]")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def _marks(text: str) -> list[re.Match[str]]:
    return list(_DOUBLE.finditer(_INCHES.sub(" ", text) if '"' in text else text))


def check(sentence: Sentence) -> Iterator[Finding]:
    """Warnings for odd quotation marks, a lost quoted word and lost brackets; information for direct speech without marks.

    Translators often leave out the marks of direct speech, and those of a name that stays as it is (the ship "Sea Watch");
    those of a translated title or a word they keep.
    """
    source, target = _marks(sentence.source), _marks(sentence.target)
    if len(target) % 2 and not len(source) % 2:
        yield Finding(RULE, "a quotation mark has no partner", span=target[-1].span())
    elif source and not target and not _SINGLE.search(sentence.target):
        short = [m for m in _SHORT.finditer(sentence.source) if not re.search(r"[.!?,]$", m[1].strip())]
        inner = any(
            m.start() > 0 and m.end() < len(sentence.source.rstrip(".!? ")) and m[1].strip(" ,.") not in sentence.target
            for m in short
        )
        yield Finding(RULE, "the quotation marks are missing", Severity.WARNING if inner else Severity.INFO)
    for opening, closing in _BRACKETS.items():
        if opening in sentence.source or opening in sentence.target or closing in sentence.target:
            yield from _brackets(sentence, opening, closing)


def _brackets(sentence: Sentence, opening: str, closing: str) -> Iterator[Finding]:
    # a) and :-) close what nobody opened, on both sides.
    source = sentence.source.count(opening), sentence.source.count(closing)
    target = sentence.target.count(opening), sentence.target.count(closing)
    if source[0] == source[1] and target[0] != target[1]:
        yield Finding(RULE, f"a bracket {opening}{closing} has no partner")
    elif source[0] and not any(target):
        yield Finding(RULE, f"the brackets {opening}{closing} are missing", Severity.INFO)
