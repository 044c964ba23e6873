"""The table of sentences: its shape, and what spreadsheets must not do to it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from test_export_json import HOSTILE, SETTINGS, article, of, one_sentence, translated

from translator.bilingual import BilingualDocument
from translator.checks.model import Finding
from translator.documents import Paragraph
from translator.documents.characters import collapse
from translator.export import tsv as exporter


def rows(text: str) -> list[list[str]]:
    """As a spreadsheet takes it apart."""
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter="\t"))


def test_a_small_document() -> None:
    whole = translated(
        [Paragraph('Ja. / "Nein", sagte er.')],
        [["Yes.", of('"No," he said.', findings=(Finding("a", "b"), Finding("c", "d")))]],
    )
    first, second = (s.id for s in whole.document.segments)
    assert exporter.tsv_text(whole) == (
        "\ufeffnumber\tid\tsource\ttarget\torigin\tfindings\n"
        f"1\t{first}\tJa.\tYes.\tmachine\t\n"
        f'2\t{second}\t"""Nein"", sagte er."\t"""No,"" he said."\tmachine\ta: b; c: d\n'
    )


def test_a_whole_article(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    assert exporter.write([article()], path, SETTINGS) == (path,)
    found = rows(path.read_text(encoding="utf-8"))
    assert found[0] == list(exporter.HEADER)
    assert [row[2:5] for row in found[1:]] == [[s.segment.source, s.target, s.origin.value] for s in article().segments]
    assert [row[0] for row in found[1:]] == ["0", "1", "2", "3", "4", "5", "6", "7", "8"]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r\n=1+1", " =1+1"])
def test_nothing_is_calculated(text: str) -> None:
    found = rows(exporter.tsv_text(one_sentence("Ja.", of(text, findings=(Finding(text, ""),)))))
    assert found[1][3] == f"'{text.strip()}"
    assert found[1][5].startswith("'")


@pytest.mark.parametrize("text", ["a\tb\nc\r\nd\x0be", "'=1", "2.5"])
def test_a_cell_is_one_line(text: str) -> None:
    found = rows(exporter.tsv_text(one_sentence("Ja.", text)))
    assert found[1][3] == collapse(text)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("identity", "cell"),
    [("0123456789", "'0123456789"), ("12e4567890", "'12e4567890"), ("12ee567890", "12ee567890"), ("e123456789",) * 2],
)
def test_ids_are_no_numbers(identity: str, cell: str) -> None:
    whole = one_sentence("Ja.", "Yes.")
    segment = replace(whole.document.segments[0], id=identity)
    paragraph = replace(whole.document.paragraphs[0], segments=(segment,))
    document = replace(whole.document, paragraphs=(paragraph,))
    renamed = BilingualDocument(document, (replace(whole.segments[0], segment=segment),), whole.signature)
    assert rows(exporter.tsv_text(renamed))[1][1] == cell


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(text: str) -> None:
    found = rows(exporter.tsv_text(one_sentence(text, text)))
    expected = f"'{text}" if text.startswith("=") else collapse(text)
    assert found[1][2:4] == [expected, expected]
    assert len(found) == 2
