"""The archive of a Word file: parts that every handout has are compressed once, the others are put behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as R
from docx.opc.oxml import parse_xml, serialize_part_xml
from docx.opc.packuri import CONTENT_TYPES_URI

from translator.export import provenance

_TYPES = CONTENT_TYPES_URI.membername


@dataclass(frozen=True, eq=False)
class Package:
    """A Word file but for the parts that are new in each handout.

    Attributes:
        main, relations, properties, comments: names of four of these parts; the fifth is provenance.PART.
        members: the other parts by name.
    """

    main: str
    relations: str
    properties: str
    comments: str
    members: Mapping[str, bytes]

    @classmethod
    def of(cls, word: WordDocument) -> Package:
        """The package of a document of python-docx that has all these parts."""
        stream, part = BytesIO(), word.part
        word.save(stream)
        main, relations = part.partname.membername, part.partname.rels_uri.membername
        properties = part.package.part_related_by(R.CORE_PROPERTIES).partname.membername
        comments = part.part_related_by(R.COMMENTS).partname.membername
        with ZipFile(stream) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        for name in (main, relations, properties, comments, provenance.PART):
            del members[name]
        return cls(main, relations, properties, comments, members)

    def packed(self, main: bytes, relations: bytes, properties: bytes, custom: bytes, comments: bytes | None) -> bytes:
        """The file with these parts; without comments where `comments` is None."""
        stream = BytesIO()
        stream.write(self._without_comments if comments is None else self._with_comments)
        with ZipFile(stream, "a", ZIP_DEFLATED) as archive:
            archive.writestr(self.main, main)
            archive.writestr(self.relations, relations)
            archive.writestr(self.properties, properties)
            archive.writestr(provenance.PART, custom)
            if comments is not None:
                archive.writestr(self.comments, comments)
        return stream.getvalue()

    @cached_property
    def _with_comments(self) -> bytes:
        return _archive(self.members)

    @cached_property
    def _without_comments(self) -> bytes:
        types = parse_xml(self.members[_TYPES])  # type: ignore[arg-type]
        for node in list(types):
            if node.get("PartName") == f"/{self.comments}":
                types.remove(node)
        return _archive({**self.members, _TYPES: serialize_part_xml(types)})


def _archive(members: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()
