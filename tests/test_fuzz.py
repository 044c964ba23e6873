"""The fuzzing programs in short: a few dozen changed files of every format, what was once found, and the programs."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from fuzz import mutate, targets
from fuzz.corpus import samples
from fuzz.mutation import mutated, unzipped, zipped
from fuzz.run import Findings
from fuzz.targets import FORMATS, fuzzer
from hypothesis import given, settings
from hypothesis import strategies as st

from translator.documents.model import Document, InputFile
from translator.engine.package_file import root_of, unpack
from translator.engine.packages import read_package
from translator.errors import GlossaryError, InputError, ModelError, OutputError, TranslatorError, library_reason
from translator.glossary.load import read_glossary
from translator.language.detection import detect_text
from translator.language.sentences import split
from translator.memory.model import EntryOrigin, MemoryEntry, MemoryKey
from translator.memory.store import Memory
from translator.preparation import prepare

FILES = 30


@pytest.mark.parametrize("name", FORMATS)
def test_every_good_file_is_read(name: str) -> None:
    with fuzzer(name) as fuzz:
        for data in samples(name):
            fuzz(data)


@pytest.mark.parametrize("name", FORMATS)
def test_changed_files_are_a_result_or_a_clear_error(name: str) -> None:
    results = errors = 0
    with fuzzer(name) as fuzz:
        for number in range(FILES):
            try:
                fuzz(mutated(samples(name), name, Random(f"pytest {name} {number}")))
                results += 1
            except TranslatorError:
                errors += 1
    assert results > 0
    assert errors > 0 or name == "memory"  # or the changes change nothing; a damaged memory is moved aside


@pytest.mark.parametrize("name", FORMATS)
def test_any_bytes_are_a_result_or_a_clear_error(name: str) -> None:
    starts = sorted({data[:8] for data in samples(name)} | {b""})

    with fuzzer(name) as fuzz:

        @settings(max_examples=15, deadline=None, derandomize=True, database=None)
        @given(st.sampled_from(starts), st.binary(max_size=300))
        def read_bytes(start: bytes, data: bytes) -> None:
            with suppress(TranslatorError):
                fuzz(start + data)

        read_bytes()


@pytest.mark.parametrize("name", ["docx", "pdf"])
def test_equal_dice_give_equal_files(name: str) -> None:
    made = [mutated(samples(name), name, Random(n)) for n in (1, 1, 2)]
    assert made[0] == made[1] != made[2]


def test_changed_archives_are_archives_still() -> None:
    members = [unzipped(mutated(samples("docx"), "docx", Random(n))) for n in range(20)]
    assert sum("word/document.xml" in m for m in members) > 12
    original = [unzipped(data) for data in samples("docx")]
    assert sum(m not in original for m in members) > 16


# The programs notice what they are for.


class Reader:
    """A reader that fails as it is told, once the good files were read."""

    def __init__(self, fault: str) -> None:
        self.fault, self.good = fault, set(samples("txt"))

    def __call__(self, path: Path) -> None:
        data = path.read_bytes()
        if data in self.good:
            return
        if self.fault == "error":
            raise KeyError("x")
        if self.fault == "hang":
            time.sleep(30)
        if self.fault == "crash":
            import os

            os._exit(3)
        if self.fault == "memory":
            bytearray(b"x") * (mutate.MEMORY + 2**26)
        if self.fault == "print":
            print("oddity")
        if self.fault == "elsewhere":
            raise InputError("somewhere: damaged")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("error", "KeyError: 'x' ("),
        ("hang", "more than 0.1 s"),
        ("crash", "the process crashed"),
        ("memory", " MB of memory; "),
        ("print", "AssertionError: printed: oddity"),
        ("elsewhere", "AssertionError: a message that does not say which file: somewhere: damaged"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="fork, and memory as Linux counts it")
def test_faults_are_noticed_kept_and_gone_past(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], fault: str, told: str
) -> None:
    monkeypatch.setitem(targets.FORMATS, "txt", (".txt", Reader(fault)))
    monkeypatch.setattr(mutate, "SECONDS", 0.1 if fault == "hang" else 60.0)
    monkeypatch.setattr(mutate, "MEMORY", 2**28)
    monkeypatch.setattr(mutate, "SPACE", 2**34)
    count = 1 if fault in ("hang", "memory") else 3
    outcomes = mutate.run("txt", count, 7, tmp_path / "kept")
    assert outcomes == {"fault": count}
    assert told in capsys.readouterr().out
    kept = tmp_path / "kept" / "txt-7-0.txt"
    assert kept.read_bytes() == mutate.made("txt", 0, 7)


def test_a_finding_is_kept_once_a_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def fuzz(data: bytes) -> None:
        if data == b"bad":
            raise InputError("bad")
        if data:
            raise KeyError(data)

    findings = Findings("txt", tmp_path / "kept")
    run = findings.guarded(fuzz)
    for data in (b"", b"bad", b"one", b"two"):
        run(data)
    assert findings.runs == 4
    (kept,) = (tmp_path / "kept").iterdir()
    assert kept.read_bytes() == b"one"
    assert capsys.readouterr().out.count("KeyError in ") == 1


# What was found


def changed(name: str, part: str, old: bytes, new: bytes) -> bytes:
    """A good archive with one of its files changed."""
    members = unzipped(samples(name)[0])
    assert old in members[part]
    return zipped([(n, content.replace(old, new) if n == part else content) for n, content in members.items()])


def read(folder: Path, suffix: str, text: str) -> Document:
    path = folder / f"a{suffix}"
    path.write_text(text, "utf-8")
    return prepare(InputFile(path, path.name, folder), "de")


@pytest.mark.parametrize(
    "unit", ["*", "…", ".", "a.", "z. B. ", "a. ", "(", '"', '?" ', "x@y."], ids=lambda unit: repr(unit)
)
def test_text_without_sentences_costs_what_its_length_costs(unit: str) -> None:
    """Looking back to the beginning at every dot took hours for a megabyte."""
    text = unit * (200_000 // len(unit)) + " Ende. Der Satz danach."
    assert split(text)[-1] == "Der Satz danach."


@pytest.mark.parametrize("unit", ["“", "'", "`", "[x] ", "A. "])
def test_other_languages_cost_what_their_length_costs(unit: str) -> None:
    text = " ".join((unit * (400_000 // len(unit)) + " It rained. They left.").split())
    found = split(text, "en")
    assert " ".join(found) == text
    assert found[-1] == "They left."


@pytest.mark.parametrize("unit", ["*", "a.", "@", "a@", "www.", "a@b.", "https://"])
def test_finding_the_language_costs_what_the_length_costs(unit: str) -> None:
    """Looking for an address at every character took twenty minutes for a megabyte."""
    sentence = "Die Minister beraten am Donnerstag über die Waffenruhe. "
    short, long = (detect_text(sentence + unit * (length // len(unit))) for length in (5_000, 300_000))
    assert long.language == short.language


def test_headings_that_are_never_closed_are_read_once(tmp_path: Path) -> None:
    """Each was read with all the headings inside it, several minutes for 20 KB."""
    text = "Die Minister beraten am Donnerstag in Kopenhagen."
    found = read(tmp_path, ".html", f"<html><body>{'<h1>' * 1900}Treffen am Meer<p>{text}</p></body></html>")
    assert [p.text for p in found.paragraphs][-1] == text


def test_openpyxl_prints_nothing_and_leaves_no_file_open(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    styles = unzipped(samples("xlsx")[0])["xl/styles.xml"]
    formats = styles[styles.index(b"<cellStyleXfs") : styles.index(b"</cellStyleXfs>") + 15]
    path = tmp_path / "g.xlsx"
    path.write_bytes(changed("xlsx", "xl/styles.xml", formats, b""))
    with pytest.raises(GlossaryError, match="damaged, or no Excel file"):
        read_glossary(path, "de", "en")
    path.write_bytes(changed("xlsx", "xl/workbook.xml", b'r:id="rId2"', b'id="rId2"'))
    assert read_glossary(path, "de", "en").entries
    assert capfd.readouterr() == ("", "")
    assert list(recwarn) == []


def test_a_line_of_a_subtitle_file_is_not_quoted_in_a_message(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, ".srt", "1\n00:00:01,000 -->Die Minister beraten.\n")
    assert "Minister" not in str(caught.value)


def test_what_a_library_quotes_of_a_damaged_file_is_not_told(tmp_path: Path) -> None:
    members = unzipped(samples("odt")[0]) | {"mimetype": b"application/x. Die Minister beraten am Donnerstag"}
    path = tmp_path / "a.odt"
    path.write_bytes(zipped(list(members.items())))
    with pytest.raises(InputError, match=r"named like one \(Document of unknown type …\)") as caught:
        prepare(InputFile(path, path.name, tmp_path), "de")
    assert "Minister" not in str(caught.value)


def test_what_zipfile_quotes_of_a_damaged_book_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    named = b"OEBPS/content.opf Die Minister beraten"
    path.write_bytes(changed("epub", "META-INF/container.xml", b"OEBPS/content.opf", named))
    with pytest.raises(InputError, match="named like one") as caught:
        prepare(InputFile(path, path.name, tmp_path), "de")
    assert "Minister" not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("There is no item named 'word/document.xml' in the archive", None),
        ("no relationship of type 'a', it's damaged", None),
        ("Entity 'niemanden' not defined, line 3", "Entity … not defined, line 3"),
        ("Specification mandates value for attribute niemanden, line 2, column 8376 (<string>, line 2)",
         "Specification mandates value for attribute …, line 2, column 8376 (<string>, line 2)"),
        ("Attribute niemanden redefined", "Attribute … redefined"),
        ("Opening and ending tag mismatch: span line 2 and p", None),
        ("could not convert string to float: 'Die Minister beraten'", "could not convert string to float: …"),
        ("unexpected \"Die 'neuen'\nMinister\" here", "unexpected … here"),
        (f"bad value '{'x' * 70}'", "bad value …"),
        ("", "ValueError"),
    ],
)  # fmt: skip
def test_names_that_a_library_quotes_are_kept_and_sentences_are_not(said: str, told: str | None) -> None:
    assert library_reason(ValueError(said)) == (said if told is None else told)


def test_a_memory_whose_damage_sqlite_quotes_is_moved_aside(tmp_path: Path) -> None:
    """Python cannot decode the message, which is no error of SQLite's then."""
    path = tmp_path / "m.sqlite"
    data = samples("memory")[0]
    path.write_bytes(data.replace(b"CREATE TABLE machine", b"CREATE T\xcdBLE machine"))
    memory = Memory(path)
    assert "the translation memory was damaged (malformed) and is now m.sqlite.damaged-1" in memory.note
    assert memory.counts() == []
    memory.close()


@pytest.mark.parametrize("detail", ["", "[]", '{"alignment": 3}', '{"how": [1]}', "[" * 100_000], ids=range(5))
def test_a_remembered_translation_with_damaged_details_is_made_again(tmp_path: Path, detail: str) -> None:
    memory = Memory(tmp_path / "m.sqlite")
    key = MemoryKey("Ja.", "")
    memory.add_machine([(key, MemoryEntry("Ja.", "Yes.", EntryOrigin.MACHINE))], "de", "en", "m")
    assert memory.machine([key], "de", "en", "m")
    memory._database.execute("UPDATE machine SET detail = ?", (detail,))
    assert memory.machine([key], "de", "en", "m") == {}
    memory.close()


def test_metadata_nested_without_end_are_no_metadata(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text("[" * 100_000, "utf-8")
    with pytest.raises(ModelError, match="no Argos translation package"):
        read_package(tmp_path, "file")


@pytest.mark.parametrize("relationship", ["metadata/core-properties", "relationships/settings"])
def test_a_template_that_would_give_a_damaged_handout_is_refused(tmp_path: Path, relationship: str) -> None:
    """python-docx begins a part whose relationship is lost, beside the one that is there."""
    members = unzipped(samples("template")[1])
    name = next(n for n, data in members.items() if n.endswith(".rels") and relationship.encode() in data)
    members[name] = members[name].replace(relationship.encode(), b"relationships/customXml")
    path = tmp_path / "t.docx"
    path.write_bytes(zipped(list(members.items())))
    with fuzzer("template") as fuzz, pytest.raises(OutputError, match="damaged"):
        fuzz(path.read_bytes())


def test_a_template_whose_properties_are_something_else_is_refused() -> None:
    data = changed("template", "docProps/core.xml", b"package/2006/metadata/core-properties", b"nothing")
    with fuzzer("template") as fuzz, pytest.raises(OutputError, match="damaged"):
        fuzz(data)


def test_a_package_with_a_name_in_no_encoding_is_no_package(tmp_path: Path) -> None:
    """zipfile raises UnicodeDecodeError for a name that is said to be UTF-8 and is not."""
    path = tmp_path / "a.argosmodel"
    made = zipped([("pä/metadata.json", b"{}")])
    path.write_bytes(made.replace("pä/".encode(), b"p\xe5x/"))
    for reader in (root_of, lambda file: unpack(file, tmp_path / "out")):
        with pytest.raises(ModelError, match="no Argos package"):
            reader(path)


def test_entities_that_are_declared_nowhere_are_no_elements(tmp_path: Path) -> None:
    """A file with a document type may have them; lxml makes nodes of them that have no text."""
    text = next(data for data in samples("tbx") if b"<!DOCTYPE" in data)
    path = tmp_path / "a.tbx"
    path.write_bytes(text.replace(b"<note>", b"<note>&somewhere;").replace(b"</termEntry>", b"&else;</termEntry>"))
    assert b"&else;" in path.read_bytes()
    entries = read_glossary(path, "de", "en").entries
    assert [e.source for e in entries] == ["Waffenruhe", "Selenskyj", "Verhandl|ung*", "EU"]
