"""Corrections made in a handout come back; what was not corrected stays as it is."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from test_export_docx import bilingual

from translator.errors import InputError
from translator.export import docx as exporter
from translator.export.settings import Align, ExportSettings, Layout
from translator.memory.model import EntryOrigin, MemoryEntry, MemoryKey
from translator.memory.store import Memory
from translator.review.corrections import Correction, repeated, review
from translator.review.handout import read_handout

TRUCE = "Die Waffenruhe hielt."


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """What a run that wrote the handout remembers."""
    memory = Memory(tmp_path / "m.sqlite")
    entries = [
        (MemoryKey(s.segment.source, ""), MemoryEntry(s.segment.source, s.target, EntryOrigin.MACHINE))
        for s in bilingual().segments
    ]
    memory.add_machine(entries, "de", "en", "m")
    return memory


def handout(tmp_path: Path, layout: Layout = Layout.TABLE, align: Align = Align.SENTENCE) -> Path:
    path = tmp_path / "a.de-en.docx"
    exporter.write([bilingual()], path, ExportSettings(layout=layout, align=align))
    return path


def edit(path: Path, old: str, new: str) -> None:
    word = docx.Document(str(path))
    runs = [t for t in word.element.body.iter(qn("w:t")) if old in (t.text or "")]
    assert len(runs) == 1
    runs[0].text = runs[0].text.replace(old, new)
    word.save(str(path))


LAYOUTS = [
    (Layout.TABLE, Align.SENTENCE),
    (Layout.TABLE, Align.PARAGRAPH),
    (Layout.INTERLEAVED, Align.SENTENCE),
    (Layout.TARGET, Align.SENTENCE),
]


@pytest.mark.parametrize(("layout", "align"), LAYOUTS)
def test_an_untouched_handout_changes_nothing(tmp_path: Path, memory: Memory, layout: Layout, align: Align) -> None:
    result = review(read_handout(handout(tmp_path, layout, align)), memory)
    assert (result.corrections, result.problems, result.unchanged) == ((), (), 6)


@pytest.mark.parametrize(("layout", "align"), LAYOUTS)
def test_a_correction_comes_back(tmp_path: Path, memory: Memory, layout: Layout, align: Align) -> None:
    path = handout(tmp_path, layout, align)
    edit(path, "He came.", "“He” arrived.")
    result = review(read_handout(path), memory)
    (found,) = result.corrections
    assert (found.source, found.old, found.new) == ("Selenskyj <b>& Co.</b> kam.", "He came.", "“He” arrived.")
    assert (result.problems, result.unchanged) == ((), 5)
    result.remember(memory, path.name)
    entry = memory.human([found.source], "de", "en")[found.source]
    assert (entry.target, entry.file) == ("“He” arrived.", "a.de-en.docx")


def test_curly_quotes_and_hard_blanks_are_no_correction(tmp_path: Path, memory: Memory) -> None:
    path = handout(tmp_path)
    edit(path, "“robust” guarantees", '"robust"\u00a0guarantees')
    assert review(read_handout(path), memory).corrections == ()


def test_rows_may_be_sorted_and_deleted(tmp_path: Path, memory: Memory) -> None:
    path = handout(tmp_path)
    edit(path, "He came.", "He arrived.")
    word = docx.Document(str(path))
    table = word.tables[0]._tbl
    rows = table.tr_lst
    table.remove(rows[1])
    table.append(rows[2])
    word.save(str(path))
    result = review(read_handout(path), memory)
    assert [(c.number, c.new) for c in result.corrections] == [("2", "He arrived.")]
    assert result.unchanged == 4


def test_a_changed_source_is_not_taken(tmp_path: Path, memory: Memory) -> None:
    path = handout(tmp_path)
    edit(path, "He came.", "He arrived.")
    edit(path, " kam.", " ging.")
    result = review(read_handout(path), memory)
    assert result.corrections == ()
    assert result.problems == ("sentence 2: the source text was changed too; not taken",)


def test_an_emptied_translation_is_not_taken(tmp_path: Path, memory: Memory) -> None:
    path = handout(tmp_path)
    edit(path, "He came.", "")
    assert review(read_handout(path), memory).problems == ("sentence 2: the translation is empty; not taken",)


def test_tracked_changes_count_as_accepted(tmp_path: Path, memory: Memory) -> None:
    path = handout(tmp_path)
    word = docx.Document(str(path))
    (run,) = (
        r for r in word.element.body.iter(qn("w:r")) if "".join(t.text or "" for t in r.iter(qn("w:t"))) == "He came."
    )
    parent = run.getparent()
    deleted, inserted = (parent.makeelement(qn(t), {qn("w:id"): "9", qn("w:author"): "a"}) for t in ("w:del", "w:ins"))
    new = docx.oxml.parse_xml(f'<w:r xmlns:w="{run.nsmap["w"]}"><w:t>He has arrived.</w:t></w:r>')
    run.addprevious(deleted)
    deleted.append(run)
    deleted.addnext(inserted)
    inserted.append(new)
    word.save(str(path))
    assert [c.new for c in review(read_handout(path), memory).corrections] == ["He has arrived."]


@pytest.mark.parametrize(
    "heads", [("ID", "Source", "Target"), ("Nr.", "Quelltext", "Zieltext"), ("#", "Deutsch", "English")]
)
def test_tables_of_other_programs(tmp_path: Path, memory: Memory, heads: tuple[str, str, str]) -> None:
    word = docx.Document()
    table = word.add_table(3, 3)
    rows = [heads, ("1", TRUCE, "The ceasefire held."), ("2", "Zelle", "Cell")]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    path = tmp_path / "b.docx"
    word.save(str(path))
    result = review(read_handout(path), memory)
    assert [(c.number, c.source, c.old, c.new) for c in result.corrections] == [
        ("1", TRUCE, "The truce held.", "The ceasefire held.")
    ]
    assert result.unchanged == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rubbish", b"text"])
def test_bad_files(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"a\.docx"):
        read_handout(path)


def test_a_file_without_translations(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    word = docx.Document()
    word.add_paragraph("Nur Text.")
    word.save(str(path))
    with pytest.raises(InputError, match="no sentences with translations"):
        read_handout(path)


def test_repeated_corrections_propose_terms() -> None:
    made = [
        Correction("1", "Die Waffenruhe hielt nicht.", "The armistice did not hold.", "The truce did not hold.", "en"),
        Correction(
            "2", "Über die Waffenruhe sprach Merz.", "Merz spoke of the armistice.", "Merz spoke of the truce.", "en"
        ),
        Correction("3", "Der Rat tagt.", "The council meets.", "The Council meets.", "en"),
    ]
    assert repeated(made) == [("Waffenruhe", "truce", "armistice", 2)]
