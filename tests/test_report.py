"""What a run did, as numbers: terms by outcome, entries by what became of them, the JSON report, the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from translator.bilingual import BilingualDocument, Origin, Signature, TranslatedSegment
from translator.documents import Document, Kind, Paragraph
from translator.errors import ExitCode, GlossaryError, InputError, ModelError, OutputError, TranslatorError
from translator.glossary.files import LoadedFile, Refusal
from translator.glossary.model import Entry, Form, Hit, Outcome, TermResult
from translator.glossary.statistics import Suggestion
from translator.report import FileResult, MissedTerm, Report, Status, TermCounts, TermUse

TRUCE = Entry("Waffenruhe", ("truce", "cease-fire"))
TARIFF = Entry("Zoll", ("tariff",))
ALLY = Entry("Verbündeter", ("ally",))
USED, REPAIRED, MISSED = Outcome.USED, Outcome.REPAIRED, Outcome.MISSED


def term(entry: Entry, outcome: Outcome, how: str = "", *, soft: bool = False) -> TermResult:
    form = Form.HEAD if soft else Form.EXACT
    return TermResult(Hit(entry, 0, 4, form), outcome, how, None if outcome is MISSED else (0, 4))


def bilingual(
    *sentences: Sequence[TermResult], title: Sequence[TermResult] | None = None, copied: int = 0
) -> BilingualDocument:
    """A document whose sentences have these terms; the last ones are left as they are."""
    texts = [f"Satz {n}." for n in range(1, len(sentences) + 1)]
    paragraphs = [*([Paragraph("Titel", Kind.TITLE)] if title is not None else []), Paragraph(" ".join(texts))]
    segments = [*([["Titel"]] if title is not None else []), texts]
    document = Document(Path("in/a.txt"), "a.txt", tuple(paragraphs), language="de").with_segments(segments)
    terms = [*([title] if title is not None else []), *sentences]
    kept = len(terms) - copied
    translated = tuple(
        TranslatedSegment(s, f"EN({s.source})", Origin.MACHINE if n < kept else Origin.COPIED, terms=tuple(t))
        for n, (s, t) in enumerate(zip(document.segments, terms, strict=True))
    )
    return BilingualDocument(document, translated, Signature("1.0", "de", "en", "de_en-1.0", "abcd1234", 3, 4))


def done(name: str, *sentences: Sequence[TermResult]) -> FileResult:
    return replace(FileResult.done([bilingual(*sentences)], (Path("out") / f"{name}.docx",)), name=name)


# Counts


def test_counts_of_a_document() -> None:
    document = bilingual(
        [term(TRUCE, USED), term(TARIFF, REPAIRED, "n-best"), term(TRUCE, USED, soft=True)],
        [],
        [term(ALLY, MISSED), term(TARIFF, MISSED, soft=True), term(TRUCE, USED)],
        title=[term(TRUCE, MISSED), term(ALLY, REPAIRED, "substitution", soft=True)],
    )
    assert TermCounts.of(document) == TermCounts(used=2, repaired=1, missed=2, parts=3)
    assert TermCounts.of(bilingual([])) == TermCounts()


def test_counts_add_up() -> None:
    assert TermCounts(1, 2, 3, 4) + TermCounts(10, 20, 30, 40) == TermCounts(11, 22, 33, 44)
    assert sum([TermCounts(1, 0, 0, 0)] * 3, TermCounts()) == TermCounts(3)


def test_uses_in_order() -> None:
    document = bilingual(
        [term(TRUCE, USED), term(TARIFF, REPAIRED, "n-best")],
        [],
        [term(ALLY, MISSED, soft=True)],
        title=[term(TRUCE, MISSED)],
    )
    assert TermUse.all_of(document) == (
        TermUse("Waffenruhe", 0, MISSED, "", False),
        TermUse("Waffenruhe", 1, USED, "", False),
        TermUse("Zoll", 1, REPAIRED, "n-best", False),
        TermUse("Verbündeter", 3, MISSED, "", True),
    )


def test_a_file_that_is_done() -> None:
    document = bilingual(
        [term(TRUCE, MISSED), term(TARIFF, MISSED, soft=True)], [term(TRUCE, USED)], [], title=[], copied=1
    )
    result = FileResult.done([document], (Path("out/a.docx"),))
    assert (result.name, result.status, result.source, result.target) == ("a.txt", Status.DONE, "de", "en")
    assert (result.segments, result.words, result.copied) == (4, 7, 1)
    assert result.terms == TermCounts(1, 0, 1, 1)
    assert result.missed == (MissedTerm(1, "Waffenruhe", "truce", "Satz 1.", "EN(Satz 1.)"),)
    assert result.uses == TermUse.all_of(document)
    assert result.output == Path("out/a.docx")
    assert result.exit_code is ExitCode.ok


def test_a_file_that_failed() -> None:
    result = FileResult.failed("a.txt", OutputError("out/a.docx: cannot be written"), "en")
    assert (result.status, result.message, result.target, result.exit_code) == (
        Status.FAILED, "out/a.docx: cannot be written", "en", ExitCode.output,
    )  # fmt: skip
    assert (result.terms, result.uses, result.segments) == (TermCounts(), (), 0)


# What became of every entry


def test_compliance() -> None:
    report = Report(
        files=[
            done(
                "a.txt",
                [term(TRUCE, USED), term(TARIFF, REPAIRED, "n-best")],
                [term(TRUCE, MISSED), term(TARIFF, REPAIRED, "substitution")],
                [term(TRUCE, USED), term(TRUCE, USED)],
            ),
            done("b.txt", [term(TARIFF, REPAIRED, "n-best"), term(ALLY, USED)], [], [term(TRUCE, MISSED)]),
        ]
    )
    assert report.compliance() == [
        {
            "term": "Waffenruhe",
            "hits": 5,
            "used": 3,
            "repaired": {},
            "missed": 2,
            "sentences": {"a.txt": {"in": [1, 3, 3], "missed_in": [2]}, "b.txt": {"missed_in": [3]}},
        },
        {
            "term": "Zoll",
            "hits": 3,
            "used": 0,
            "repaired": {"n-best": 2, "substitution": 1},
            "missed": 0,
            "sentences": {"a.txt": {"in": [1, 2]}, "b.txt": {"in": [1]}},
        },
        {"term": "Verbündeter", "hits": 1, "used": 1, "repaired": {}, "missed": 0, "sentences": {"b.txt": {"in": [1]}}},
    ]


def test_compliance_of_parts_of_words() -> None:
    """What is only a part of a longer word may be missing: that is told, but not held against the entry."""
    report = Report(
        files=[
            done(
                "a.txt",
                [term(TRUCE, MISSED, soft=True)],
                [term(TRUCE, USED, soft=True)],
                [term(TRUCE, REPAIRED, "n-best", soft=True)],
                [term(TRUCE, MISSED)],
            )
        ]
    )
    (entry,) = report.compliance()
    assert entry == {
        "term": "Waffenruhe",
        "hits": 4,
        "used": 1,
        "repaired": {"n-best": 1},
        "missed": 1,
        "sentences": {"a.txt": {"inside_compounds": [1], "in": [2, 3], "missed_in": [4]}},
    }


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        ([(TRUCE, MISSED, 1), (TARIFF, MISSED, 2)], ["Zoll", "Waffenruhe"]),
        ([(TRUCE, MISSED, 1), (TARIFF, USED, 9)], ["Waffenruhe", "Zoll"]),
        ([(TRUCE, USED, 1), (TARIFF, USED, 2)], ["Zoll", "Waffenruhe"]),
        ([(TARIFF, USED, 2), (TRUCE, USED, 2), (ALLY, USED, 2)], ["Verbündeter", "Waffenruhe", "Zoll"]),
    ],
    ids=["most missed", "missed before used", "most hit", "alphabet"],
)
def test_the_worst_entry_comes_first(uses: list[tuple[Entry, Outcome, int]], expected: list[str]) -> None:
    report = Report(files=[done("a.txt", [term(entry, outcome) for entry, outcome, n in uses for _ in range(n)])])
    assert [entry["term"] for entry in report.compliance()] == expected


def test_no_compliance_without_terms() -> None:
    failed = FileResult.failed("b.txt", InputError("x"))
    assert Report(files=[done("a.txt", []), failed, FileResult("c.txt", Status.UNCHANGED)]).compliance() == []


# The JSON report


def test_as_dict() -> None:
    entry = Entry("Kohleausstieg", ("phase-out",))
    loaded = LoadedFile(Path("g.csv"), [TRUCE, TARIFF], [Refusal("g.csv", 3, "no translation for 'Maut'")],
                        ("source", "target"), "utf-8, comma")  # fmt: skip
    report = Report(
        files=[
            done("a.txt", [term(TRUCE, MISSED)], [term(TARIFF, REPAIRED, "n-best"), term(ALLY, USED, soft=True)]),
            FileResult("b.txt", Status.SKIPPED, "en", "en", message="is English already"),
            FileResult.failed("c.txt", InputError("c.txt: the file is empty"), "en"),
        ],
        glossaries=[loaded],
        signatures=["translator 1.0"],
        inconsistent=[Suggestion(entry, 5, 2, "exit (2) | coal exit (1)", "Sie will den Kohleausstieg.")],
        seconds=1.23456,
    )
    found = report.as_dict(texts=True)
    assert found["entries"] == report.compliance()
    assert [e["term"] for e in found["entries"]] == ["Waffenruhe", "Verbündeter", "Zoll"]
    assert found["inconsistent"] == [
        {
            "term": "Kohleausstieg",
            "renderings": "phase-out, exit (2) | coal exit (1)",
            "frequency": 5,
            "example": "Sie will den Kohleausstieg.",
        }
    ]
    assert found["totals"] == {
        "done": 1, "unchanged": 0, "skipped": 1, "planned": 0, "failed": 1, "sentences": 2, "recalled": 0, "human": 0, "flagged": 0, "decoded_again": {}, "words": 4,
        "terms": {"used": 0, "repaired": 1, "missed": 1, "inside_compounds": 1}, "seconds": 1.23,
    }  # fmt: skip
    assert found["files"] == [
        {
            "file": "a.txt", "status": "done", "from": "de", "to": "en", "output": "out/a.txt.docx", "sentences": 2,
            "words": 4, "terms": {"used": 0, "repaired": 1, "missed": 1, "inside_compounds": 1},
            "missed": [{"sentence": 1, "term": "Waffenruhe", "wanted": "truce", "source": "Satz 1.",
                        "translation": "EN(Satz 1.)"}],
        },
        {
            "file": "b.txt", "status": "skipped", "from": "en", "to": "en", "sentences": 0, "words": 0,
            "terms": {"used": 0, "repaired": 0, "missed": 0, "inside_compounds": 0}, "message": "is English already",
        },
        {
            "file": "c.txt", "status": "failed", "to": "en", "sentences": 0, "words": 0,
            "terms": {"used": 0, "repaired": 0, "missed": 0, "inside_compounds": 0}, "message": "c.txt: the file is empty",
        },
    ]  # fmt: skip
    assert found["glossaries"] == [
        {"file": "g.csv", "entries": 2, "columns": ["source", "target"], "read_as": "utf-8, comma",
         "refused": ["g.csv:3: no translation for 'Maut'"]},
    ]  # fmt: skip
    assert (found["signatures"], found["interrupted"]) == (["translator 1.0"], False)
    assert json.loads(json.dumps(found)) == found
    bare = report.as_dict()
    assert bare["files"][0]["missed"] == [{"sentence": 1, "term": "Waffenruhe", "wanted": "truce"}]
    assert bare["inconsistent"] == [{k: v for k, v in found["inconsistent"][0].items() if k != "example"}]
    assert "Satz 1." not in json.dumps(bare)


def test_as_dict_of_an_empty_run() -> None:
    found = Report().as_dict()
    assert (found["files"], found["entries"], found["inconsistent"], found["glossaries"]) == ([], [], [], [])
    assert set(found["totals"]["terms"].values()) == {0}


def test_sentences_and_words_count_only_for_files_of_this_run() -> None:
    planned = FileResult("b.txt", Status.PLANNED, segments=9, words=90, terms=TermCounts(used=3))
    report = Report(files=[done("a.txt", [term(TRUCE, USED)], []), planned])
    assert (report.segments, report.words) == (2, 4)
    assert report.terms == TermCounts(used=4)
    assert report.count(Status.DONE, Status.PLANNED) == 2
    assert [f.name for f in report.done] == ["a.txt"]


# The exit code


def ok(status: Status = Status.DONE) -> FileResult:
    return FileResult("a.txt", status)


def failed(kind: Callable[[str], TranslatorError]) -> FileResult:
    return FileResult.failed("x.txt", kind("x"))


@pytest.mark.parametrize(
    ("files", "interrupted", "expected"),
    [
        ([], False, ExitCode.ok),
        ([ok()], False, ExitCode.ok),
        ([ok(s) for s in Status if s is not Status.FAILED], False, ExitCode.ok),
        ([ok(Status.SKIPPED)], False, ExitCode.ok),
        ([failed(InputError)], False, ExitCode.input),
        ([failed(ModelError)], False, ExitCode.model),
        ([failed(OutputError), failed(InputError)], False, ExitCode.output),
        ([failed(GlossaryError), failed(GlossaryError)], False, ExitCode.glossary),
        ([failed(TranslatorError)], False, ExitCode.unexpected),
        ([ok(), failed(InputError)], False, ExitCode.partial),
        ([failed(InputError), ok()], False, ExitCode.partial),
        ([failed(InputError), ok(Status.UNCHANGED)], False, ExitCode.partial),
        ([failed(InputError), ok(Status.SKIPPED)], False, ExitCode.partial),
        ([failed(InputError), ok(Status.PLANNED)], False, ExitCode.partial),
        ([], True, ExitCode.interrupted),
        ([ok()], True, ExitCode.interrupted),
        ([failed(InputError)], True, ExitCode.interrupted),
        ([ok(), failed(InputError)], True, ExitCode.interrupted),
    ],
    ids=["nothing", "done", "no failure", "skipped", "input", "model", "first of two kinds", "glossary", "unexpected",
         "done and failed", "failed and done", "failed and unchanged", "failed and skipped", "failed and planned",
         "interrupted at once", "interrupted", "interrupted after a failure", "interrupted with both"],
)  # fmt: skip
def test_exit_code(files: list[FileResult], interrupted: bool, expected: ExitCode) -> None:
    assert Report(files=files, interrupted=interrupted).exit_code is expected


def test_missed_terms_are_no_failure() -> None:
    assert Report(files=[done("a.txt", [term(TRUCE, MISSED)])]).exit_code is ExitCode.ok
