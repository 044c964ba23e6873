"""Comments of a handout: the warnings about its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from docx.comments import Comments as WordComments
from docx.opc.constants import CONTENT_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.oxml.comments import CT_Comments
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.comments import CommentsPart

from translator.export import docx_styles as styles
from translator.export.docx_markup import Markup, element, joined

AUTHOR, _INITIALS = "translator", "t"


class Comments:
    """Makes the part with the comments; it is read when the first one comes, for few handouts have any."""

    def __init__(self, part: bytes, ids: Mapping[str, str]) -> None:
        self._part, self._ids = part, ids
        self._comments: WordComments | None = None
        self._root: CT_Comments | None = None

    def add(self, messages: Sequence[str]) -> tuple[Markup, Markup]:
        """Adds comments on one sentence; returns what stands in front of its first run and behind its last."""
        begin, end = list[Markup](), list[Markup]()
        look = self._ids.get(styles.COMMENT_REFERENCE, styles.COMMENT_REFERENCE)
        for message in messages:
            number = self._opened().add_comment(message, AUTHOR, _INITIALS).comment_id
            mark = element("rPr", element("rStyle", val=look))
            begin.append(element("commentRangeStart", id=number))
            reference = element("r", mark, element("commentReference", id=number))
            end.insert(0, joined([element("commentRangeEnd", id=number), reference]))
        return joined(begin), joined(end)

    @property
    def part(self) -> bytes | None:
        """The part, None where nothing was added to it."""
        if self._root is None:
            return None
        styles.use_ids(self._root, self._ids)
        return serialize_part_xml(self._root)

    def _opened(self) -> WordComments:
        if self._comments is None:
            self._root = cast(CT_Comments, parse_xml(self._part))
            name = PackURI("/word/comments.xml")
            part = CommentsPart(name, CONTENT_TYPE.WML_COMMENTS, self._root, Package())
            self._comments = part.comments
        return self._comments
