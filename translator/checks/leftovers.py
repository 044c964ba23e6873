"""Marks of tokenizers and of our own that must not reach a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translator.checks.model import Finding
from translator.checks.sentence import Sentence

RULE = "leftovers"

# Mojibake: UTF-8 read as Latin-1 shows Ã or Â before another high character.
_MARKS = re.compile(
    r"</?(?:trm|tgt|unk|s|pad|mask)>|[▁⁇\uFFFD\uE000-\uF8FF\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|@@(?=\s|$)|[ÃÂ][\x80-\xbf]|â€"
)


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for every run of marks the source does not have."""
    for match in _MARKS.finditer(sentence.target):
        if match[0] not in sentence.source:
            shown = match[0] if match[0].isprintable() else f"U+{ord(match[0][0]):04X}"
            yield Finding(RULE, f"stray mark {shown}", span=match.span())
