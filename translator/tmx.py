"""What every TMX 1.4b file of ours has: the header, and units with one version a language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from translator.markup import XML, Element, child, language_tag

SENTENCE = "seg"
"""Element whose white space is text."""

_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold; a translation memory loses no others, not even invisible ones."""


def tmx_root(tool: str, source: str) -> Element:
    """A file with its header; `tool` is the version of this program, `source` a language tag or `*all*`."""
    root = etree.Element("tmx", version="1.4")
    header = {
        "creationtool": "translator",
        "creationtoolversion": tool,
        "segtype": "sentence",
        "o-tmf": "translator",
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
    }
    child(root, "header", attributes=header)
    return root


def add_versions(unit: Element, texts: Iterable[tuple[str, str]]) -> None:
    """The texts of a unit, each with the code of its language."""
    for language, text in texts:
        version = child(unit, "tuv", attributes={f"{XML}lang": language_tag(language)})
        child(version, SENTENCE).text = _IMPOSSIBLE.sub("", text)
