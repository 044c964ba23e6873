"""Which column of a glossary table means what: header names in German and English, and tables without a header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translator.language.names import bcp47, english_name, own_name

FIELDS = ("source", "target", "note", "match", "case", "type", "forbidden", "domain")
"""Our own columns, in the order they are written."""

_NAMES = {
    "source": "source, src, source term, quelle, quellbegriff, quellterm, quellsprache, ausgangssprache, begriff",
    "target": "target, tgt, target term, translation, ziel, zielbegriff, zielterm, zielsprache, übersetzung, uebersetzung, entsprechung",
    "note": "note, notes, comment, comments, kommentar, anmerkung, bemerkung, notiz, hinweis, description, beschreibung, definition, translator comments, explanation, entry note",
    "match": "match, matching, abgleich, treffer",
    "case": "case, case sensitive, großschreibung, grossschreibung",
    "type": "type, typ, kind, art, pos, part of speech, wortart, term info",
    "forbidden": "forbidden, avoid, do not use, verboten, vermeiden, nicht, falsch",
    "domain": "domain, subject, subject field, field, fachgebiet, sachgebiet, bereich, thema, entry domain, entry subject",
}
_GERMAN_NAMES = {
    "de": "deutsch", "en": "englisch", "fr": "französisch", "es": "spanisch", "it": "italienisch", "uk": "ukrainisch",
    "ru": "russisch", "pl": "polnisch", "tr": "türkisch", "ar": "arabisch", "nl": "niederländisch",
}  # fmt: skip


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.strip().casefold())


_FIELD_OF = {_key(name): field for field, names in _NAMES.items() for name in names.split(",")}
_LANGUAGE = re.compile(r"^[a-zA-Z]{2}(?:[-_][a-zA-Z]{2,4})?$")


def field_of(header: str) -> str | None:
    """The field a header names, or None; `term` alone is the source."""
    return "source" if _key(header) == "term" else _FIELD_OF.get(_key(header))


def _language_names(code: str) -> set[str]:
    """What people head a column of a language with: de, German, Deutsch, de-DE."""
    names = {code, english_name(code), own_name(code), bcp47(code), _GERMAN_NAMES.get(code, code)}
    return {_key(name) for name in names}


def header_fields(row: Sequence[str], source: str, target: str) -> list[str | None] | None:
    """Field of each column where the row is a header, else None.

    A header names a source and a target column, or the languages of the pair in any order (memoQ: `German;English`,
    Phrase: `de,en`). DeepL's rows end in language codes too, behind the two terms: they are no header.
    """
    if len(row) >= 4 and _is_code(row[2]) and _is_code(row[3]) and not (field_of(row[0]) or field_of(row[1])):
        return None
    ours, theirs = _language_names(source), _language_names(target)
    fields: list[str | None] = []
    for cell in row:
        key = _key(cell)
        regional = _key(cell.split("-")[0].split("_")[0]) if _is_code(cell) else key
        field = "source" if {key, regional} & ours else "target" if {key, regional} & theirs else field_of(cell)
        fields.append(field if field not in fields else None)
    return fields if "source" in fields and "target" in fields else None


def _is_code(cell: str) -> bool:
    return bool(_LANGUAGE.match(cell.strip()))


def headerless_fields(row: Sequence[str]) -> list[str | None]:
    """Fields of a table without header: DeepL's source, target, two language codes; OmegaT's source, target, comment.

    A table of ours without its header has more columns, in our order.
    """
    if len(row) >= 4 and _is_code(row[2]) and _is_code(row[3]):
        return ["source", "target", None, None, "note"][: len(row)]
    return list(FIELDS[: len(row)])
