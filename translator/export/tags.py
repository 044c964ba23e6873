"""Tags of content controls: which sentence stands here, and what its texts were when the handout was written.

Word and LibreOffice keep the tag of a content control through editing, sorting and saving; by its hashes a corrected
sentence is told from an untouched one without anything else being kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from translator.bilingual import TranslatedSegment
from translator.documents.characters import collapse

_MOST = 64
"""Characters that Word allows in a tag (ECMA-376 says nothing, Word calls longer ones damage)."""
_TAG = re.compile(r"([0-9a-f]{10})-([0-9a-f]{6})((?:-[a-z]{2,3}-[0-9a-f]{6})+)")
_TYPED = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "\u2011": "-"})


@dataclass(frozen=True)
class Tag:
    """What a tag says.

    Attributes:
        id: of the segment.
        source: hash of the source text.
        targets: by language code the hash of the translation as it was written.
    """

    id: str
    source: str
    targets: Mapping[str, str]


def normalised(text: str) -> str:
    """A text without what word processors change by themselves: curly quotes, hard blanks and hyphens."""
    return collapse(text).translate(_TYPED)


def text_hash(text: str) -> str:
    """6 hex digits over the normalised text."""
    return hashlib.blake2b(normalised(text).encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()


def tag(versions: Iterable[tuple[str, TranslatedSegment]]) -> str:
    """The tag of a sentence with its translations by language code; of more than four only the first ones fit."""
    text = ""
    for language, segment in versions:
        text = text or f"{segment.segment.id}-{text_hash(segment.segment.source)}"
        part = f"-{language}-{text_hash(segment.target)}"
        if len(text) + len(part) <= _MOST:
            text += part
    return text


def parse_tag(text: str) -> Tag | None:
    """The tag in a text, None where it is none of ours."""
    found = _TAG.fullmatch(text)
    if found is None:
        return None
    parts = found[3].split("-")[1:]
    return Tag(found[1], found[2], dict(zip(parts[::2], parts[1::2], strict=True)))
