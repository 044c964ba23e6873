"""JSON: the fields the module promises; and the article that the tests of the other exporters write, too."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path

import pytest

from translator.bilingual import BilingualDocument, Origin, Signature, TranslatedSegment
from translator.checks.model import Finding, Severity
from translator.documents import Document, Format, Kind, Paragraph, Span
from translator.errors import OutputError, UsageError
from translator.export import EXPORTERS
from translator.export import json as exporter
from translator.export import write as write_export
from translator.export.settings import ExportSettings
from translator.glossary.model import Entry, Form, Hit, Outcome, TermResult

SETTINGS = ExportSettings()
ONE_LANGUAGE = ("tmx", "xliff", "xliff2", "tsv", "md", "json", "odt")
ADDRESS = "https://example.org/?a=1&b=(2)"
HOSTILE = (
    "a < b & c > d ]]> \"e\" 'f' <!-- g --> &amp; <?h?>",
    "🇺🇦 👩‍👩‍👧 é 𝔘",
    "שלום \u202bعربي\u202c ‮abc",
    "x" * 2_000,  # a longer sentence is cut
    "a\x00b\x0bc\ufeff",
    "=1+1",
    "| a | b | `c` **d** _e_ [f](g) ~~h~~ # i",
)


class LaterOrigin(str, Enum):
    """Origins that the model will have: exporters go by the value."""

    HUMAN = "human"
    MEMORY = "memory"


def signature(target: str = "en") -> Signature:
    return Signature("1.0", "de", target, "de_en-1.0", "abcd1234", 2, 4)


def translated(
    paragraphs: Sequence[Paragraph], targets: Sequence[Sequence[str | TranslatedSegment]], target: str = "en"
) -> BilingualDocument:
    """A document of paragraphs whose sentences end in ` / `; a target is a text or stands for all but the source."""
    texts = [p.text.split(" / ") for p in paragraphs]
    joined = [Paragraph(" ".join(t), p.kind, p.level, language=p.language, spans=p.spans)
              for p, t in zip(paragraphs, texts, strict=True)]  # fmt: skip
    document = Document(Path("in/a.txt"), "a.txt", tuple(joined), "2025-08-25", "M. Muster", language="de")
    document = document.with_segments(texts)
    flat = [t for row in targets for t in row]
    segments = [
        TranslatedSegment(s, t) if isinstance(t, str) else
        replace(t, segment=s)
        for s, t in zip(document.segments, flat, strict=True)
    ]  # fmt: skip
    return BilingualDocument(document, tuple(segments), signature(target))


def of(target: str, **fields: object) -> TranslatedSegment:
    """A translation for `translated`."""
    return TranslatedSegment(None, target, **fields)  # type: ignore[arg-type]


def article() -> BilingualDocument:
    """Every kind of paragraph, formatting, terms of each outcome, findings, a copied paragraph."""
    truce, name = Entry("Waffenruhe", ("truce", "cease-fire"), note="short"), Entry("Selenskyj", ("Zelenskyy",))
    used = TermResult(Hit(truce, 4, 14, Form.EXACT), Outcome.USED, "", (4, 9))
    missed = TermResult(Hit(name, 0, 9, Form.EXACT), Outcome.MISSED)
    findings = (
        Finding("term", "Selenskyj should be Zelenskyy"),
        Finding("numbers", "5 is new", Severity.INFO, (3, 7)),
    )
    spans = (Span(0, 14, Format.BOLD), Span(15, 20, Format.ITALIC), Span(15, 20, Format.LINK, ADDRESS),
             Span(21, 21, Format.NOTE, "1"))  # fmt: skip
    target_spans = (Span(0, 9, Format.BOLD), Span(10, 14, Format.LINK, ADDRESS), Span(15, 15, Format.NOTE, "1"))
    return translated(
        [
            Paragraph("Kallas fordert „robuste“ Garantien", Kind.TITLE),
            Paragraph("Die Waffenruhe hielt. / Selenskyj <b>& Co.</b> kam.", spans=spans),
            Paragraph("Kiew bereit", Kind.HEADING, 2),
            Paragraph("Ein Punkt", Kind.LIST_ITEM),
            Paragraph("2. Noch einer", Kind.LIST_ITEM),
            Paragraph("Zelle", Kind.TABLE_CELL),
            Paragraph("Je ne sais quoi.", language="fr"),
            Paragraph("Eine Anmerkung", Kind.FOOTNOTE, 1),
        ],
        [
            ["Kallas calls for “robust” guarantees"],
            [
                of("The truce held.", score=-0.123456, terms=(used,), spans=target_spans),
                of("He came.", terms=(missed,), findings=findings),
            ],
            ["Kyiv ready"],
            ["An item"],
            ["2. Another"],
            ["Cell"],
            [of("Je ne sais quoi.", origin=Origin.COPIED)],
            ["A note"],
        ],
    )


def one_sentence(source: str, target: str | TranslatedSegment, language: str = "en") -> BilingualDocument:
    """The smallest document."""
    return translated([Paragraph(source)], [[target]], language)


def test_everything_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert exporter.write([article()], path, SETTINGS) == (path,)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert list(found) == ["schema", "tool", "signature", "document", "paragraphs"]
    assert found["schema"] == 1
    assert found["tool"] == {"name": "translator", "version": "1.0"}
    assert found["signature"] == {
        "text": str(signature()),
        "source": "de",
        "target": "en",
        "model": "de_en-1.0",
        "glossary": "abcd1234",
        "terms": 2,
        "beam": 4,
    }
    assert found["document"] == {
        "name": "a.txt",
        "title": "Kallas fordert „robuste“ Garantien",
        "translated_title": "Kallas calls for “robust” guarantees",
        "date": "2025-08-25",
        "author": "M. Muster",
        "language": "de",
    }
    kinds = [(p["kind"], p["level"], p["language"], len(p["segments"])) for p in found["paragraphs"]]
    assert kinds == [
        ("title", 1, None, 1),
        ("paragraph", 1, None, 2),
        ("heading", 2, None, 1),
        ("list item", 1, None, 1),
        ("list item", 1, None, 1),
        ("table cell", 1, None, 1),
        ("paragraph", 1, "fr", 1),
        ("footnote", 1, None, 1),
    ]
    assert found["paragraphs"][1]["segments"][0] == {
        "id": article().document.segments[1].id,
        "number": 1,
        "source": "Die Waffenruhe hielt.",
        "target": "The truce held.",
        "origin": "machine",
        "score": -0.1235,
        "terms": [
            {
                "source": "Waffenruhe",
                "targets": ["truce", "cease-fire"],
                "note": "short",
                "form": "exact",
                "soft": False,
                "outcome": "used",
                "how": "",
                "source_span": [4, 14],
                "target_span": [4, 9],
            }
        ],
        "findings": [],
        "source_spans": [
            {"start": 0, "end": 14, "format": "bold", "value": ""},
            {"start": 15, "end": 20, "format": "italic", "value": ""},
            {"start": 15, "end": 20, "format": "link", "value": ADDRESS},
            {"start": 21, "end": 21, "format": "note", "value": "1"},
        ],
        "target_spans": [
            {"start": 0, "end": 9, "format": "bold", "value": ""},
            {"start": 10, "end": 14, "format": "link", "value": ADDRESS},
            {"start": 15, "end": 15, "format": "note", "value": "1"},
        ],
    }
    second = found["paragraphs"][1]["segments"][1]
    assert second["findings"] == [
        {"rule": "term", "message": "Selenskyj should be Zelenskyy", "severity": "warning", "span": None},
        {"rule": "numbers", "message": "5 is new", "severity": "info", "span": [3, 7]},
    ]
    assert (second["terms"][0]["outcome"], second["terms"][0]["target_span"]) == ("missed", None)


def test_nothing_to_say_is_null(tmp_path: Path) -> None:
    document = Document(Path("a"), "a.txt", (Paragraph("Nur das."),)).with_segments([["Nur das."]])
    whole = BilingualDocument(document, (TranslatedSegment(document.segments[0], "That."),), signature())
    exporter.write([whole], tmp_path / "a.json", SETTINGS)
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["document"] == {
        "name": "a.txt",
        "title": None,
        "translated_title": None,
        "date": None,
        "author": None,
        "language": None,
    }


def test_half_a_surrogate_pair(tmp_path: Path) -> None:
    """UTF-8 cannot hold it; JSON can."""
    exporter.write([one_sentence("Ja.", "x \ud83d")], tmp_path / "a.json", SETTINGS)
    assert '"x \\ud83d"' in (tmp_path / "a.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(tmp_path: Path, text: str) -> None:
    exporter.write([one_sentence(text, text)], tmp_path / "a.json", SETTINGS)
    segment = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["paragraphs"][0]["segments"][0]
    assert (segment["source"], segment["target"]) == (text, text)


# What holds for all the exporters that write one language.


@pytest.mark.parametrize("name", ONE_LANGUAGE)
def test_one_language_a_file(tmp_path: Path, name: str) -> None:
    for several in ([], [article(), article()]):
        with pytest.raises(UsageError, match="one target language"):
            write_export(name, several, tmp_path / "a", SETTINGS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ONE_LANGUAGE)
def test_equal_documents_give_equal_bytes(tmp_path: Path, name: str) -> None:
    paths = [tmp_path / f"{n}{EXPORTERS[name].suffix}" for n in ("a", "b")]
    for path in paths:
        assert write_export(name, [article()], path, SETTINGS) == (path,)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("name", ONE_LANGUAGE)
def test_a_folder_that_cannot_be(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        write_export(name, [article()], tmp_path / "file" / "a", SETTINGS)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
