"""TMX 1.4b, the exchange format of translation memories: every translated sentence once, without formatting.

Written with lxml: translate-toolkit has a writer, but under the GPL, and no other is maintained. There is no document
type declaration: parsers that obey one look for a tmx14.dtd beside the file and fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from translator.atomic import replacing
from translator.bilingual import BilingualDocument, Origin, TranslatedSegment
from translator.documents.characters import collapse
from translator.errors import UsageError
from translator.export.settings import ExportSettings
from translator.markup import Element, child, language_tag, serialised
from translator.tmx import SENTENCE, add_versions, tmx_root


def write(translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings) -> tuple[Path, ...]:
    """Writes the memory of one document in one target language.

    Raises:
        UsageError: there are several target languages.
        OutputError: the file cannot be written.
    """
    if len(translations) != 1:
        raise UsageError("a TMX file holds one target language; write one file for each")
    content = tmx_bytes(translations[0])
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return (path,)


def tmx_bytes(bilingual: BilingualDocument) -> bytes:
    """The file; equal for equal documents.

    Left out are sentences that were copied or have no translation, and the second of two equal pairs.
    """
    signature = bilingual.signature
    root = tmx_root(signature.tool, language_tag(signature.source))
    child(root[0], "prop", str(signature), {"type": "x-signature"})
    body, seen = child(root, "body"), set[tuple[str, str]]()
    for segment in bilingual.segments:
        texts = (collapse(segment.segment.source), collapse(segment.target))
        if segment.origin is Origin.COPIED or not all(texts) or texts in seen:
            continue
        seen.add(texts)
        unit = _unit(body, segment, bilingual.document.name)
        add_versions(unit, zip((signature.source, signature.target), texts, strict=True))
    return serialised(root, {SENTENCE})


def _unit(body: Element, segment: TranslatedSegment, document: str) -> Element:
    """A unit without its texts; notes stand before properties by convention, the DTD allows any order."""
    unit = child(body, "tu", attributes={"tuid": segment.segment.id})
    for finding in segment.findings:
        child(unit, "note", f"{finding.rule}: {finding.message}")
    child(unit, "prop", document, {"type": "x-document"})
    child(unit, "prop", str(segment.segment.number), {"type": "x-number"})
    child(unit, "prop", segment.origin.value, {"type": "x-origin"})
    return unit
