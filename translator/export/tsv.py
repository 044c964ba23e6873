"""A table of sentences, tab separated, for spreadsheets and scripts.

UTF-8 with a byte order mark: without it Excel reads the file in the encoding of Windows and shows `Ã¼` for `ü`; Excel
and LibreOffice both take the mark off. Cells that hold a quotation mark are quoted as in CSV, for `"Wir reden`, taken
as it is, would swallow the rows below it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from translator.atomic import replacing
from translator.bilingual import BilingualDocument, TranslatedSegment
from translator.documents.characters import collapse
from translator.errors import UsageError
from translator.export.settings import ExportSettings
from translator.glossary.rows import CALCULATED

HEADER = ("number", "id", "source", "target", "origin", "findings")
_LIKE_A_NUMBER = re.compile(r"\d+(?:e\d+)?")


def write(translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings) -> tuple[Path, ...]:
    """Writes one document in one target language.

    Raises:
        UsageError: there are several target languages.
        OutputError: the file cannot be written.
    """
    if len(translations) != 1:
        raise UsageError("a table of sentences holds one target language; write one file for each")
    content = tsv_text(translations[0]).encode("utf-8")
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return (path,)


def tsv_text(bilingual: BilingualDocument) -> str:
    """The table, with a header, a line a sentence; the number is 0 in titles, as everywhere."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(_row(segment) for segment in bilingual.segments)
    return "\ufeff" + buffer.getvalue()


def _row(segment: TranslatedSegment) -> tuple[str, ...]:
    findings = "; ".join(f"{finding.rule}: {finding.message}" for finding in segment.findings)
    identity = segment.segment.id
    return (
        str(segment.segment.number),
        # One id in fifty reads as a number, 12e4567890 as an infinite one, and would be stored as that.
        f"'{identity}" if _LIKE_A_NUMBER.fullmatch(identity) else identity,
        *(_cell(text) for text in (segment.segment.source, segment.target, segment.origin.value, findings)),
    )


def _cell(text: str) -> str:
    """Text without tabs and line breaks that no spreadsheet calculates."""
    text = collapse(text)
    return f"'{text}" if text.startswith(CALCULATED) else text
