"""Everything that is known about a translation, as JSON for programs.

Fields, all always present; a later version may add some, and changes `schema` when it takes some away or gives them
another meaning:

    schema      1
    tool        name, version
    signature   text (as printed in handouts), source, target, model, glossary, terms, beam
    document    name, title, translated_title, date, author, language; all but the name may be null
    paragraphs  in reading order: kind, level, language (null unless it is not the document's), segments
    segments    id, number (0 in the title), source, target, origin, score (mean log-probability per piece), terms,
                findings, source_spans, target_spans
    terms       source and targets of the entry, note, form (how it was found), soft (only checked), outcome, how,
                source_span, target_span (null where it was missed)
    findings    rule, message, severity, span (of the target; null for the whole sentence)
    *_spans     formatting: start, end, format, value (address of a link, number of a footnote)

A span is [start, end]: characters (Unicode code points) counted from 0, the end not included. Kinds, origins, outcomes
and so on are the values of the enums of the model, in lower case.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from translator.atomic import replacing
from translator.bilingual import BilingualDocument, TranslatedSegment
from translator.documents import Span
from translator.errors import UsageError
from translator.export.settings import ExportSettings
from translator.glossary.model import TermResult

SCHEMA = 1


def write(translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings) -> tuple[Path, ...]:
    """Writes one document in one target language.

    Raises:
        UsageError: there are several target languages.
        OutputError: the file cannot be written.
    """
    if len(translations) != 1:
        raise UsageError("a JSON file holds one target language; write one file for each")
    text = json.dumps(record(translations[0]), ensure_ascii=False, indent=2) + "\n"
    # Half a surrogate pair, which UTF-8 cannot hold, is written with an escape that JSON has, too.
    content = text.encode("utf-8", "backslashreplace")
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return (path,)


def record(bilingual: BilingualDocument) -> dict[str, Any]:
    """The document as the fields that the module describes."""
    document, signature = bilingual.document, bilingual.signature
    return {
        "schema": SCHEMA,
        "tool": {"name": "translator", "version": signature.tool},
        "signature": {
            "text": str(signature),
            "source": signature.source,
            "target": signature.target,
            "model": signature.model,
            "glossary": signature.glossary,
            "terms": signature.terms,
            "beam": signature.beam,
        },
        "document": {
            "name": document.name,
            "title": document.title,
            "translated_title": bilingual.translated_title or None,
            "date": document.date,
            "author": document.author,
            "language": document.language,
        },
        "paragraphs": [
            {
                "kind": paragraph.kind.value,
                "level": paragraph.level,
                "language": paragraph.language,
                "segments": [_segment(segment) for segment in segments],
            }
            for paragraph, segments in bilingual.paragraphs
        ],
    }


def _segment(segment: TranslatedSegment) -> dict[str, Any]:
    return {
        "id": segment.segment.id,
        "number": segment.segment.number,
        "source": segment.segment.source,
        "target": segment.target,
        "origin": segment.origin.value,
        "score": round(segment.score, 4),
        "terms": [_term(term) for term in segment.terms],
        "findings": [
            {
                "rule": finding.rule,
                "message": finding.message,
                "severity": finding.severity.value,
                "span": finding.span and list(finding.span),
            }
            for finding in segment.findings
        ],
        "source_spans": [_span(span) for span in segment.segment.spans],
        "target_spans": [_span(span) for span in segment.spans],
    }


def _term(term: TermResult) -> dict[str, Any]:
    hit = term.hit
    return {
        "source": hit.entry.source,
        "targets": list(hit.entry.targets),
        "note": hit.entry.note,
        "form": hit.form.value,
        "soft": hit.soft,
        "outcome": term.outcome.value,
        "how": term.how,
        "source_span": [hit.start, hit.end],
        "target_span": term.span and list(term.span),
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "format": span.format.value, "value": span.value}
