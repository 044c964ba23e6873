"""Which addresses a handout links to."""

from __future__ import annotations

import re

from translator.documents.characters import legal

_FOLLOWED = re.compile(r"(?:https?://|mailto:)\S+", re.I)
_ENCODED = str.maketrans({" ": "%20", "\\": "%5C"})


def followed(address: str) -> str:
    """The address where it is one to follow (http, https, mailto), else nothing: `javascript:` in a Word file is not."""
    link = legal(address).strip().translate(_ENCODED)
    return link if _FOLLOWED.fullmatch(link) else ""
