"""Characters that no later stage should ever see, and white space."""

from __future__ import annotations

import re
import unicodedata

# What XML 1.0 cannot hold and what terminals obey; what nobody sees but every comparison does: soft hyphens, zero-width
# blanks, BOMs inside; and what makes a text look like another one: overrides of its direction. Marks of direction stay.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u00ad\u200b\u2060\ufeff"
    "\u202a-\u202e\u2066-\u2069]"
)


def legal(text: str) -> str:
    """The text without characters that XML cannot hold or that are invisible; composed (NFC)."""
    return unicodedata.normalize("NFC", text if text.isprintable() else _ILLEGAL.sub("", text))


def collapse(text: str) -> str:
    """Legal text with every run of white space as one blank."""
    return " ".join(legal(text.replace("\x0b", " ").replace("\x0c", " ")).split())
