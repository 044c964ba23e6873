"""Addresses and identifiers, which no translation changes: web, e-mail, handles, hashtags, F-16, A380."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translator.checks.model import Finding, Severity
from translator.checks.sentence import Sentence
from translator.checks.text import Text

RULE = "codes"

ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"„“”»«]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@])@\w{2,}|(?<![\w&])#[^\W\d]\w+", re.I
)
"""Addresses, handles and hashtags."""
_IDENTIFIER = re.compile(r"\b(?:[A-Z]{1,4}-?\d{1,5}[A-Z]?|\d{1,4}[A-Z]{1,3}\d\w*)\b")
_TRAILING = ".,;:!?)]'’*_"


def may_have_address(text: Text) -> bool:
    """Whether ADDRESS may find something: it is slow, and most texts have nothing of the kind."""
    return text.may_hold(("@", "#", "://", "www."))


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00a0‑-]", "", text).casefold()


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for each that the translation does not have; hyphens, blanks and case may differ in identifiers."""
    free, _ = sentence.free
    source = free.text
    if may_have_address(free):
        folded = sentence.target.casefold()
        for match in ADDRESS.finditer(source):
            code = match[0].rstrip(_TRAILING)
            if code.casefold() not in folded:
                yield Finding(RULE, f"{code} is missing")
        source = ADDRESS.sub(" ", source)
    if not free.has_digit:
        return
    for match in _IDENTIFIER.finditer(source):
        if _plain(match[0]) not in _plain(sentence.target):
            severity = Severity.WARNING if sum(c.isdigit() for c in match[0]) > 1 else Severity.INFO
            yield Finding(RULE, f"{match[0]} is missing", severity)
