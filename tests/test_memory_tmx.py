"""The memory as TMX: what goes out comes back, and what other programs write is understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from translator.errors import InputError
from translator.memory.model import EntryOrigin, MemoryEntry
from translator.memory.store import Memory
from translator.memory.tmx import memory_bytes, read_tmx

OLD, NEW = "2025-01-02T03:04:05Z", "2025-08-25T10:15:00Z"


def human(source: str, target: str, created: str = "", file: str = "") -> MemoryEntry:
    return MemoryEntry(source, target, EntryOrigin.HUMAN, created=created, file=file)


def back(tmp_path: Path, *entries: MemoryEntry) -> tuple[MemoryEntry, ...]:
    """The entries after a way out and in."""
    path = tmp_path / "m.tmx"
    path.write_bytes(memory_bytes([("de", "en", e) for e in entries], "1.0"))
    return read_tmx(path, "de", "en").entries


def foreign(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "project_save.tmx"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="OmegaT"/><body>{body}</body></tmx>',
        encoding="utf-8",
    )
    return path


def unit(source: str, target: str, attributes: str = "", inner: str = "") -> str:
    return (
        f'<tu><tuv xml:lang="de-DE"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="EN-US" {attributes}><seg>{target}</seg></tuv>{inner}</tu>'
    )


@pytest.mark.parametrize(
    "text",
    ["10\u00a0km", "10\u202fkm", "Sil\u00adbe", "a\u200bb", "two  blanks", " at the edges ", "a\tb", "a\nb", "a\r\nb",
     "a\x7fb\x85c", "u\u0308ber", "< & > \" ' ]]>", "😀", "<b>kept</b>", "a\u2028b"],
)  # fmt: skip
def test_a_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    entry = human(text, text, NEW, "a.docx")
    assert back(tmp_path, entry) == (entry,)


def test_only_what_xml_cannot_hold_is_dropped(tmp_path: Path) -> None:
    (entry,) = back(tmp_path, human("Ja\x01.", "Ye\x00s\ufffe.", NEW, "a"))
    assert (entry.source, entry.target) == ("Ja.", "Yes.")


def test_entries_without_date_or_file(tmp_path: Path) -> None:
    assert back(tmp_path, human("Ja.", "Yes.")) == (human("Ja.", "Yes.", file="m.tmx"),)


def test_what_a_machine_made_stays_outside(tmp_path: Path) -> None:
    path = tmp_path / "m.tmx"
    entries = [MemoryEntry("Nein.", "No.", EntryOrigin.MACHINE), human("Ja.", "Yes.", NEW)]
    path.write_bytes(memory_bytes([("de", "en", e) for e in entries], "1.0"))
    found = read_tmx(path, "de", "en")
    assert ([e.source for e in found.entries], found.machine, found.other) == (["Ja."], 1, 0)


def test_sources_of_other_programs_are_written_as_documents_are_read(tmp_path: Path) -> None:
    path = foreign(tmp_path, unit("Es sind\n      10\u00a0km.", "It is\n      10\u00a0km.\n    "))
    (entry,) = read_tmx(path, "de", "en").entries
    assert (entry.source, entry.target) == ("Es sind 10 km.", "It is 10\u00a0km.")


def test_formatting_codes_are_no_text(tmp_path: Path) -> None:
    path = foreign(tmp_path, unit('<bpt i="1">&lt;b&gt;</bpt>Ja<ept i="1"/> so', "<hi>Ye<ph>{1}</ph>s</hi>"))
    (entry,) = read_tmx(path, "de", "en").entries
    assert (entry.source, entry.target) == ("Ja so", "Yes")


@pytest.mark.parametrize(
    ("attributes", "created"),
    [
        ('creationdate="20250102T030405Z"', OLD),
        ('creationdate="20250102T030405Z" changedate="20250825T101500Z"', NEW),
        ('creationdate="20250102T030405Z" changedate="yesterday"', OLD),
        ('changedate="2025-08-25"', ""),
        ("", ""),
    ],
)
def test_dates(tmp_path: Path, attributes: str, created: str) -> None:
    (entry,) = read_tmx(foreign(tmp_path, unit("Ja.", "Yes.", attributes)), "de", "en").entries
    assert entry.created == created


def test_other_languages_and_empty_units_are_counted(tmp_path: Path) -> None:
    body = unit("Ja.", "Yes.") + unit("Ja.", " ") + '<tu><tuv xml:lang="fr"><seg>Oui.</seg></tuv></tu>'
    found = read_tmx(foreign(tmp_path, body), "de", "en")
    assert (len(found.entries), found.other) == (1, 2)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<tmx><body>", r"m\.tmx:1: no readable TMX"),
        ("", "m.tmx"),
        ("<html/>", r"no TMX file \(its root element is html\)"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx version="1.4"><body/></tmx>', "refused, it declares XML entities"),
    ],
)
def test_bad_files_say_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "m.tmx"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_tmx(path, "de", "en")


def test_the_file_is_well_formed_and_dated(tmp_path: Path) -> None:
    root = etree.fromstring(memory_bytes([("de", "pb", human("Ja.", "Sim.", NEW))], "1.0"))
    node = root.find("body/tu")
    assert (node.get("changedate"), node.get("creationdate")) == ("20250825T101500Z", "20250825T101500Z")
    assert [v.get("{http://www.w3.org/XML/1998/namespace}lang") for v in node.iter("tuv")] == ["de", "pt-BR"]


@pytest.mark.parametrize(
    ("before", "coming", "after", "kept"),
    [
        (None, ("new", NEW), ("new", NEW), 0),
        (None, ("new", ""), ("new", ""), 0),
        (("mine", OLD), ("new", NEW), ("new", NEW), 0),
        (("mine", NEW), ("old", OLD), ("mine", NEW), 1),
        (("mine", NEW), ("undated", ""), ("mine", NEW), 1),
        (("mine", ""), ("undated", ""), ("mine", ""), 1),
        (("mine", ""), ("dated", OLD), ("dated", OLD), 0),
        (("mine", NEW), ("edited", NEW), ("edited", NEW), 0),
        (("same", NEW), ("same", OLD), ("same", NEW), 0),
    ],
)
def test_the_newer_translation_counts(
    tmp_path: Path, before: tuple[str, str] | None, coming: tuple[str, str], after: tuple[str, str], kept: int
) -> None:
    memory = Memory(tmp_path / "m.sqlite")
    if before is not None:
        memory.import_human([human("Ja.", *before)], "de", "en")
    assert memory.import_human([human("Ja.", *coming)], "de", "en") == kept
    entry = memory.human(["Ja."], "de", "en")["Ja."]
    assert (entry.target, entry.created) == after
    memory.close()


def test_a_file_with_two_translations_of_a_sentence_brings_the_newer_one(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "m.sqlite")
    for order in ([("a", NEW), ("b", OLD)], [("b", OLD), ("a", NEW)]):
        memory.import_human([human("Ja.", *e) for e in order], "de", "en")
        assert memory.human(["Ja."], "de", "en")["Ja."].target == "a"
    memory.close()
