"""The vocabulary list: which entries stand in it, in which sentences, and what the marks at the numbers say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from translator.bilingual import BilingualDocument, Signature, TranslatedSegment
from translator.documents import Document, Kind, Paragraph
from translator.export import docx as exporter
from translator.export.docx_xml import all_text
from translator.export.settings import ExportSettings, Layout
from translator.export.vocabulary import VocabularyLine, vocabulary
from translator.glossary.model import Entry, Form, Hit, Outcome, TermResult

TRUCE = Entry("Waffenruhe", ("truce", "cease-fire"), note="kurz & befristet")
TARIFF = Entry("Zoll", ("tariff",))
GERMAN_MARK = Entry("Ärztekammer", ("medical association",))
USED, REPAIRED, MISSED = Outcome.USED, Outcome.REPAIRED, Outcome.MISSED

Term = tuple[Entry, Outcome] | tuple[Entry, Outcome, bool]


def bilingual(*sentences: Sequence[Term], title: Sequence[Term] | None = None, target: str = "en") -> BilingualDocument:
    """A document whose sentences (numbered from 1, the title 0) have these terms; True for a part of a longer word."""
    texts = [f"Satz {n}." for n in range(1, len(sentences) + 1)]
    paragraphs = [*([Paragraph("Titel", Kind.TITLE)] if title is not None else []), Paragraph(" ".join(texts))]
    segments = [*([["Titel"]] if title is not None else []), texts]
    document = Document(Path("a.txt"), "a.txt", tuple(paragraphs), language="de").with_segments(segments)
    results = [
        tuple(TermResult(Hit(entry, 0, 4, Form.HEAD if soft else Form.EXACT), outcome,
                         "n-best" if outcome is REPAIRED else "", None if outcome is MISSED else (0, 1))
              for entry, outcome, *rest in terms for soft in [bool(rest and rest[0])])
        for terms in ([title, *sentences] if title is not None else sentences)
    ]  # fmt: skip
    translated = tuple(
        TranslatedSegment(s, f"EN {s.number}", terms=t) for s, t in zip(document.segments, results, strict=True)
    )
    return BilingualDocument(document, translated, Signature("1.0", "de", target, "de_en-1.0", "abcd1234", 3, 4))


def test_no_terms() -> None:
    assert vocabulary(bilingual([], [])) == []


def test_numbers_in_order_and_once_a_sentence() -> None:
    found = vocabulary(bilingual([(TRUCE, USED), (TRUCE, USED)], [(TARIFF, USED)], [(TRUCE, USED)]))
    assert found == [
        VocabularyLine("Waffenruhe", "truce / cease-fire", "kurz & befristet", (1, 3)),
        VocabularyLine("Zoll", "tariff", "", (2,)),
    ]


def test_what_was_repaired_and_what_was_missed() -> None:
    (line,) = vocabulary(
        bilingual(
            [(TRUCE, USED)],
            [(TRUCE, REPAIRED)],
            [(TRUCE, MISSED)],
            [(TRUCE, REPAIRED), (TRUCE, MISSED)],
            [(TRUCE, USED), (TRUCE, REPAIRED)],
            title=[(TRUCE, REPAIRED)],
        )
    )
    assert line.numbers == (0, 1, 2, 3, 4, 5)
    assert line.repaired == {0, 2, 4, 5}
    assert line.missed == {3, 4}


def test_a_part_of_a_longer_word_counts_and_may_be_missing() -> None:
    (line,) = vocabulary(
        bilingual(
            [(TRUCE, USED, True)],
            [(TRUCE, MISSED, True)],
            [(TRUCE, REPAIRED, True)],
            [(TRUCE, MISSED, True), (TRUCE, MISSED)],
        )
    )
    assert (line.numbers, line.repaired, line.missed) == ((1, 2, 3, 4), {3}, {4})


def test_alphabetical_order_without_regard_to_capitals() -> None:
    entries = [Entry(source, ("x",)) for source in ("Zoll", "eu-weit", "EU", "Maut", "abschieben")]
    found = vocabulary(bilingual([(entry, USED) for entry in entries]))
    assert [line.source for line in found] == ["abschieben", "EU", "eu-weit", "Maut", "Zoll"]


def test_umlauts_stand_with_their_vowels() -> None:
    entries = [
        Entry(source, ("x",)) for source in ("Zoll", "Ärztekammer", "Botschaft", "Ölpreis", "Asyl", "Rat", "Übung")
    ]
    found = vocabulary(bilingual([(entry, USED) for entry in entries]))
    assert [line.source for line in found] == ["Ärztekammer", "Asyl", "Botschaft", "Ölpreis", "Rat", "Übung", "Zoll"]


def test_equal_terms_of_two_entries_are_two_lines() -> None:
    other = Entry("Zoll", ("customs",), case_sensitive=True)
    found = vocabulary(bilingual([(TARIFF, USED)], [(other, USED)]))
    assert [(line.source, line.target, line.numbers) for line in found] == [
        ("Zoll", "tariff", (1,)),
        ("Zoll", "customs", (2,)),
    ]


# In the handout


def handout(tmp_path: Path, document: BilingualDocument) -> tuple[list[list[str]], list[str]]:
    """Rows of the vocabulary table, and the texts of the paragraphs behind it."""
    path = tmp_path / "a.docx"
    exporter.write([document], path, ExportSettings())
    body = docx.Document(str(path)).element.body
    tables = list(body.iter(qn("w:tbl")))[1:]  # the first is that of the sentences
    rows = [[all_text(cell) for cell in row.tc_lst] for table in tables for row in table.tr_lst]
    behind = [all_text(node) for table in tables for node in table.itersiblings(qn("w:p"))]
    return rows, [text for text in behind if text]


REPAIRED_LINE, MISSED_LINE = "* put in place by the glossary", "! not in the translation: please check"


@pytest.mark.parametrize(
    ("sentences", "title", "numbers", "legend"),
    [
        ([[(TRUCE, USED)], [], [(TRUCE, USED)]], None, "1, 3", []),
        ([[(TRUCE, REPAIRED)], [(TRUCE, USED)]], None, "1*, 2", [REPAIRED_LINE]),
        ([[(TRUCE, USED)], [(TRUCE, MISSED)]], None, "1, 2!", [MISSED_LINE]),
        ([[(TRUCE, REPAIRED)], [(TRUCE, MISSED)]], None, "1*, 2!", [f"{REPAIRED_LINE} · {MISSED_LINE}"]),
        ([[(TRUCE, REPAIRED), (TRUCE, MISSED)]], None, "1*!", [f"{REPAIRED_LINE} · {MISSED_LINE}"]),
        ([[(TRUCE, MISSED, True)]], None, "1", []),
        ([[(TRUCE, USED)]], [(TRUCE, USED)], "title, 1", []),
        ([[(TRUCE, USED)]], [(TRUCE, REPAIRED)], "title*, 1", [REPAIRED_LINE]),
        ([[(TRUCE, USED)]], [(TRUCE, MISSED)], "title!, 1", [MISSED_LINE]),
        ([[]], [(TRUCE, USED)], "title", []),
    ],
    ids=["used", "repaired", "missed", "both", "both in one", "part of a word", "title", "title repaired",
         "title missed", "only the title"],
)  # fmt: skip
def test_marks_and_their_legend(
    tmp_path: Path, sentences: list[list[Term]], title: list[Term] | None, numbers: str, legend: list[str]
) -> None:
    rows, behind = handout(tmp_path, bilingual(*sentences, title=title))
    assert rows == [
        ["Term", "Translation", "Note", "No."],
        ["Waffenruhe", "truce / cease-fire", "kurz & befristet", numbers],
    ]
    assert behind == legend


def test_marks_belong_to_their_entry(tmp_path: Path) -> None:
    document = bilingual([(TRUCE, REPAIRED), (TARIFF, USED)], [(TARIFF, MISSED), (GERMAN_MARK, USED)])
    rows, behind = handout(tmp_path, document)
    assert sorted((row[0], row[3]) for row in rows[1:]) == [
        ("Waffenruhe", "1*"),
        ("Zoll", "1, 2!"),
        ("Ärztekammer", "2"),
    ]
    assert behind == [f"{REPAIRED_LINE} · {MISSED_LINE}"]


def test_labels_in_german(tmp_path: Path) -> None:
    rows, behind = handout(tmp_path, bilingual([(TRUCE, REPAIRED)], title=[(TRUCE, MISSED)], target="de"))
    assert rows[0] == ["Begriff", "Übersetzung", "Anmerkung", "Nr."]
    assert rows[1][3] == "Titel!, 1*"
    assert behind == ["* nach dem Glossar eingesetzt · ! fehlt in der Übersetzung: bitte prüfen"]


def test_no_list_and_no_legend_without_terms(tmp_path: Path) -> None:
    assert handout(tmp_path, bilingual([], [])) == ([], [])


def test_neither_the_first_nor_the_last_term_stands_alone_on_a_page(tmp_path: Path) -> None:
    entries = [Entry(f"Wort {n}", (f"word {n}",)) for n in range(5)]
    path = tmp_path / "a.docx"
    for outcome, last in ((USED, False), (REPAIRED, True)):
        exporter.write([bilingual(*([(entry, outcome)] for entry in entries))], path, ExportSettings())
        rows = docx.Document(str(path)).tables[-1]._tbl.tr_lst[1:]
        kept = [
            all(p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for p in row.iter(qn("w:p"))) for row in rows
        ]
        assert kept == [True, False, False, True, last]  # the last one stays with the legend, where there is one


def test_nothing_follows_the_terms_without_a_legend(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    exporter.write([bilingual([(TRUCE, USED)])], path, ExportSettings())
    assert docx.Document(str(path)).element.body[-2].tag == qn("w:tbl")


def test_the_text_of_a_worksheet_has_a_heading_where_terms_stand_above_it(tmp_path: Path) -> None:
    sheet = ExportSettings(Layout.WORKSHEET)
    for terms, expected in (([(TRUCE, USED)], ["Terms", "Text"]), ([], [])):
        path, _ = exporter.write([bilingual(terms)], tmp_path / "a.docx", sheet)
        headings = [p.text for p in docx.Document(str(path)).paragraphs if p.style.name.startswith("Heading")]
        assert headings == expected
