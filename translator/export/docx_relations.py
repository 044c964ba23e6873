"""Relationships of a handout's main part: those that all handouts of a run have, and its own links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from docx.opc.constants import RELATIONSHIP_TARGET_MODE, RELATIONSHIP_TYPE
from docx.opc.rel import Relationships

from translator.export.docx_markup import attribute

_END = "</Relationships>"


@dataclass(frozen=True)
class CommonRelations:
    """Relationships that every handout has.

    Attributes:
        part: the part with them as XML, but for its end.
        ids: of all of them.
        links: ids of links by address.
    """

    part: str
    ids: frozenset[str]
    links: Mapping[str, str]

    @classmethod
    def of(cls, relations: Relationships) -> CommonRelations:
        """Those of a part of python-docx."""
        external = [r for r in relations.values() if r.is_external and r.reltype == RELATIONSHIP_TYPE.HYPERLINK]
        links = {r.target_ref: r.rId for r in reversed(external)}
        return cls(bytes(relations.xml).decode().removesuffix(_END), frozenset(relations), links)  # type: ignore[arg-type]


class Relations:
    """Relationships of one handout."""

    def __init__(self, common: CommonRelations) -> None:
        self._common, self._links, self._added = common, dict(common.links), list[str]()
        self._free = (name for name in map("rId{}".format, count(1)) if name not in common.ids)

    def link(self, address: str) -> str:
        """Id of the relationship for a link to an address."""
        if address not in self._links:
            self._links[address] = self.add(RELATIONSHIP_TYPE.HYPERLINK, address, external=True)
        return self._links[address]

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """Adds a relationship and returns its id."""
        name = next(self._free)
        mode = f' TargetMode="{RELATIONSHIP_TARGET_MODE.EXTERNAL}"' if external else ""
        self._added.append(f'<Relationship Id="{name}" Type="{kind}" Target="{attribute(target)}"{mode}/>')
        return name

    @property
    def part(self) -> bytes:
        """The part with all of them."""
        return "".join((self._common.part, *self._added, _END)).encode()
