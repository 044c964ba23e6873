"""Levels of headings as readers with a screen reader need them: from the first one on, none left out."""

from __future__ import annotations

from collections.abc import Sequence

from translator.documents import Kind, Paragraph

_DEEPEST = 6
"""HTML has no more."""


def first_level(*, titled: bool) -> int:
    """Level of the highest headings: 2 below a title, which has 1, and 1 where there is none."""
    return 2 if titled else 1


def heading_levels(paragraphs: Sequence[Paragraph], *, titled: bool) -> list[int]:
    """For each paragraph the level of its heading, 0 where it is none; a document may leave levels out, these do not."""
    top = first_level(titled=titled)
    above, levels = list[int](), list[int]()
    for paragraph in paragraphs:
        if paragraph.kind is not Kind.HEADING:
            levels.append(0)
            continue
        while above and above[-1] >= paragraph.level:
            above.pop()
        levels.append(min(top + len(above), _DEEPEST))
        above.append(paragraph.level)
    return levels
