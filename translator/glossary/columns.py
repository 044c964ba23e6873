"""Which column of a glossary table means what: header names in German and English, and tables without a header."""

from __future__ import annotations

import re
from collections.abc import Sequence

FIELDS = ("source", "target", "note", "match", "case", "type", "forbidden", "domain")
"""Our own columns, in the order they are written."""

_NAMES = {
    "source": "source src source term sourceterm term quelle quellbegriff quellterm quellsprache ausgangssprache begriff "
    "deutsch german de de-de ger",
    "target": "target tgt target term targetterm translation ziel zielbegriff zielterm zielsprache übersetzung "
    "uebersetzung entsprechung englisch english en en-gb en-us eng",
    "note": "note notes comment comments kommentar anmerkung bemerkung notiz hinweis description beschreibung definition "
    "translator_comments explanation entry_note",
    "match": "match matching abgleich treffer",
    "case": "case case_sensitive casesensitive großschreibung grossschreibung",
    "type": "type typ kind art pos part_of_speech partofspeech wortart term_info",
    "forbidden": "forbidden avoid do_not_use donotuse verboten vermeiden nicht falsch",
    "domain": "domain subject subjectfield subject_field field fachgebiet sachgebiet bereich thema entry_domain entry_subject",
}
_MULTIWORD = ("source term", "target term", "do not use", "part of speech", "subject field")


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.strip().casefold())


_FIELD_OF = {_key(name): field for field, names in _NAMES.items() for name in names.split()} | {
    _key(name): field
    for name, field in zip(_MULTIWORD, ("source", "target", "forbidden", "type", "domain"), strict=True)
}
_LANGUAGE = re.compile(r"^[a-zA-Z]{2}(?:[-_][a-zA-Z]{2,4})?$")


def field_of(header: str) -> str | None:
    """The field a header names, or None."""
    return _FIELD_OF.get(_key(header))


def header_fields(row: Sequence[str], source: str, target: str) -> list[str | None] | None:
    """Field of each column where the row is a header, else None.

    A header names a source and a target column, or the languages of the pair (memoQ: `German;English`, Phrase: `de,en`).
    """
    fields: list[str | None] = []
    for cell in row:
        field = field_of(cell)
        if _key(cell) == _key(target) and _key(cell) != _key(source):
            field = "target"
        fields.append(field if field not in fields else None)
    return fields if "source" in fields and "target" in fields else None


def headerless_fields(row: Sequence[str]) -> list[str | None]:
    """Fields of a table without header: DeepL's source, target, two language codes; OmegaT's source, target, comment.

    A table of ours without its header has more columns, in our order.
    """
    if len(row) >= 4 and _LANGUAGE.match(row[2].strip()) and _LANGUAGE.match(row[3].strip()):
        return ["source", "target", None, None, "note"][: len(row)]
    return list(FIELDS[: len(row)])
