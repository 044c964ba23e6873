"""`translate memory …` as people use it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from translator.cli.app import main
from translator.memory.model import EntryOrigin, MemoryEntry, MemoryKey
from translator.memory.store import Memory, default_path

TRUCE, COPENHAGEN = "Die Waffenruhe hielt nicht.", "Der Minister reist nach Kopenhagen."
DATE, LATER = "2025-08-25T10:15:00Z", "2025-09-01T00:00:00Z"

Session = Callable[..., tuple[int, str, str]]


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Session:
    """Runs `translate memory ARGS` in an empty folder; gives exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def _memory(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["translate", "memory", *args])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err

    return _memory


@pytest.fixture
def filled(memory: Session) -> Session:
    """A session beside a memory `m` of one human translation and two of a machine."""
    store = Memory(Path("m"))
    store.add_human(
        [MemoryEntry(TRUCE, "The truce did not hold.", EntryOrigin.HUMAN, created=DATE, file="a.docx")], "de", "en"
    )
    made = [(TRUCE, "The truce not held.", "a.txt"), (COPENHAGEN, "The minister travels to Copenhagen.", "b.txt")]
    store.add_machine(
        [(MemoryKey(s, ""), MemoryEntry(s, t, EntryOrigin.MACHINE, created=DATE, file=f)) for s, t, f in made],
        "de",
        "en",
        "m",
    )
    store.close()
    return memory


def human(path: str) -> dict[str, tuple[str, str]]:
    store = Memory(Path(path))
    found = {e.source: (e.target, e.created) for _, _, e in store.entries() if e.origin is EntryOrigin.HUMAN}
    store.close()
    return found


def test_stats(filled: Session) -> None:
    code, out, err = filled("stats", "--memory", "m")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["from", "to", "by", "sentences"],
        ["German", "English", "hand", "1"],
        ["German", "English", "machine", "2"],
    ]
    assert err == "m (0.0 MB)\n"


def test_search(filled: Session) -> None:
    code, out, err = filled("search", "minister Copenhagen", "--memory", "m")
    assert (code, err) == (0, "")
    assert out == (
        " 70%  Der Minister reist nach Kopenhagen.\n      The minister travels to Copenhagen.\n      (machine, b.txt)\n"
    )


def test_search_shows_who_made_it_and_people_first(filled: Session) -> None:
    _, out, _ = filled("search", TRUCE, "--memory", "m", "--most", "1")
    assert out == (
        "100%  Die Waffenruhe hielt nicht.\n      The truce did not hold.\n      (by hand, a.docx 2025-08-25)\n"
    )


@pytest.mark.parametrize(("text", "found"), [("K", 3), ("ß", 0), ("–", 0), ("C", 3), (".", 3), ("x", 0), ("p", 1)])
def test_search_for_one_letter(filled: Session, text: str, found: int) -> None:
    store = Memory(Path("m"))
    expected = sum(text.casefold() in f"{e.source} {e.target}".casefold() for _, _, e in store.entries())
    store.close()
    code, out, _ = filled("search", text, "--memory", "m")
    assert (code, len(out.splitlines())) == (0, 3 * expected)


def test_search_finds_nothing(filled: Session) -> None:
    assert filled("search", "Xylophon", "--memory", "m") == (0, "", "")


def test_out_and_in_again(filled: Session) -> None:
    assert filled("export", "all.tmx", "--memory", "m") == (0, "all.tmx\n", "3 sentences\n")
    assert filled("import", "all.tmx", "--memory", "n") == (
        0,
        "",
        "all.tmx: 1 sentences (left out: 2 made by a machine)\n",
    )
    assert human("n") == human("m") == {TRUCE: ("The truce did not hold.", DATE)}


def test_export_of_corrections_only(filled: Session) -> None:
    assert filled("export", "h.tmx", "--human", "--memory", "m") == (0, "h.tmx\n", "1 sentences\n")
    assert "Copenhagen" not in Path("h.tmx").read_text(encoding="utf-8")


def test_export_overwrites_only_when_told(filled: Session) -> None:
    Path("all.tmx").write_text("mine")
    assert filled("export", "all.tmx", "--memory", "m") == (2, "", "error: all.tmx exists; --force overwrites it\n")
    assert Path("all.tmx").read_text() == "mine"
    assert filled("export", "all.tmx", "--force", "--memory", "m")[0] == 0
    assert Path("all.tmx").read_text().startswith("<?xml")


def unit(target: str, date: str) -> str:
    changed = f' changedate="{date}"' if date else ""
    return f'<tu><tuv xml:lang="de"><seg>{TRUCE}</seg></tuv><tuv xml:lang="en"{changed}><seg>{target}</seg></tuv></tu>'


@pytest.mark.parametrize(
    ("date", "message", "after"),
    [
        ("20240101T000000Z", "o.tmx: 0 sentences (left out: 1 not newer than what is remembered)\n", ("The truce did not hold.", DATE)),
        ("", "o.tmx: 0 sentences (left out: 1 not newer than what is remembered)\n", ("The truce did not hold.", DATE)),
        ("20250901T000000Z", "o.tmx: 1 sentences\n", ("The ceasefire failed.", LATER)),
    ],
)  # fmt: skip
def test_import_keeps_the_newer_correction(filled: Session, date: str, message: str, after: tuple[str, str]) -> None:
    Path("o.tmx").write_text(f'<tmx version="1.4"><body>{unit("The ceasefire failed.", date)}</body></tmx>')
    assert filled("import", "o.tmx", "--memory", "m") == (0, "", message)
    assert human("m")[TRUCE] == after


def test_import_of_other_languages(memory: Session) -> None:
    Path("o.tmx").write_text(f'<tmx version="1.4"><body>{unit("Yes.", "")}</body></tmx>')
    assert memory("import", "o.tmx", "--to", "fr", "--memory", "n") == (
        0,
        "",
        "o.tmx: 0 sentences (left out: 1 of other languages)\n",
    )


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["stats", "--memory", "none"], 6, "error: none: there is no translation memory here yet"),
        (["search", "x", "--memory", "none"], 6, "error: none: there is no translation memory here yet"),
        (["export", "x.tmx", "--memory", "none"], 6, "error: none: there is no translation memory here yet"),
        (["forget", "--all", "--memory", "none"], 6, "error: none: there is no translation memory here yet"),
        (["import", "none.tmx", "--memory", "n"], 3, "error: none.tmx: cannot be read"),
        (["import", "m", "--memory", "n"], 3, "error: m:1: no readable TMX"),
        (["import", "m", "--to", "klingon", "--memory", "n"], 2, "error: unknown language 'klingon'"),
        (["forget", "--memory", "m"], 2, "error: say what to forget: --sentence, --file, --machine, --human or --all"),
        (["export", "no/../m/x.tmx", "--memory", "m"], 6, "cannot be written"),
        (["search", "x", "--most", "0", "--memory", "m"], 2, "Invalid value for '--most'"),
    ],
)
def test_errors_say_what_and_where(filled: Session, args: list[str], code: int, message: str) -> None:
    found, out, err = filled(*args)
    assert (found, out) == (code, "")
    assert message in " ".join(err.split())
    assert "Traceback" not in err
    assert not Path("none").exists()


def bytes_of(path: str) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(Path().glob(f"{path}*")))


@pytest.mark.parametrize(
    ("selectors", "gone", "left"),
    [
        (["--sentence", TRUCE], 2, [COPENHAGEN]),
        (["--file", "b.txt"], 1, [TRUCE]),
        (["--machine"], 2, [TRUCE]),
        (["--human"], 1, [TRUCE, COPENHAGEN]),
        (["--all"], 3, []),
        (["--sentence", "Nie gesehen."], 0, [TRUCE, COPENHAGEN]),
    ],
)
def test_forgotten_text_is_in_no_byte_of_the_files(
    filled: Session, selectors: list[str], gone: int, left: list[str]
) -> None:
    assert TRUCE.encode() in bytes_of("m")
    assert filled("forget", *selectors, "--memory", "m") == (0, "", f"forgotten: {gone:,} sentences\n")
    assert [s for s in (TRUCE, COPENHAGEN) if s.encode() in bytes_of("m")] == left


def test_your_own_memory_is_used_without_an_option(memory: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(Path("home").absolute()))
    path = default_path()
    assert not path.exists()
    Path("o.tmx").write_text(f'<tmx version="1.4"><body>{unit("Yes.", "")}</body></tmx>')
    assert memory("import", "o.tmx")[0] == 0
    assert human(str(path)) == {TRUCE: ("Yes.", "")}
    assert memory("search", TRUCE)[1].splitlines()[2] == "      (by hand, o.tmx)"


def test_a_damaged_memory_is_told(memory: Session) -> None:
    Path("m").write_bytes(b"no database\n" * 100)
    code, _, err = memory("stats", "--memory", "m")
    assert code == 0
    assert "m: the translation memory was damaged" in err
    assert "is now m.damaged-1; a new one was begun" in err
