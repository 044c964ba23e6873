"""Counting the tags of a page before it is parsed: libxml2 takes hours for a tag with a million attributes."""

from __future__ import annotations

import re

from translator import limits

_TAG = re.compile(r"<(?:!--|([a-z][^\s/>]*))", re.I)
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?""")
_RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())


def check_tags(page: str) -> None:
    """Nothing where a page has few enough elements and attributes.

    What a browser would take for text may be counted too, never less than there is.

    Raises:
        LimitExceeded: it has more, or a single tag has.
    """
    most = limits.current()
    lower, at, nodes = "", 0, 0
    while found := _TAG.search(page, at):
        at = found.end()
        if found[1] is None:
            at = page.find("-->", found.start() + 2)
        else:
            attributes = 0
            while attribute := _ATTRIBUTE.match(page, at):
                at, attributes = attribute.end(), attributes + 1
                if attributes > most.html_attributes:
                    raise limits.LimitExceeded(limits.excess("html_attributes", attributes))
            nodes += 1 + attributes
            if nodes > most.html_nodes:
                raise limits.LimitExceeded(limits.excess("html_nodes", nodes))
            if (name := found[1].lower()) in _RAW:
                lower = lower or page.lower()
                at = lower.find(f"</{name}", at)
        if at < 0:  # never closed: all the rest is text
            return
