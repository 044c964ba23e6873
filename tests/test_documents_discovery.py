"""Which files a run works on, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from translator.documents import InputFile, supported
from translator.documents.discovery import discover
from translator.errors import ExitCode

TEXT = "Die Minister beraten."
FORMATS = supported()


@pytest.fixture
def tree(tmp_path: Path) -> Callable[..., Path]:
    """Makes empty-ish files under tmp_path/seeds and returns that folder."""

    def _tree(*names: str) -> Path:
        root = tmp_path / "seeds"
        root.mkdir(exist_ok=True)
        for name in names:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(TEXT, encoding="utf-8")
        return root

    return _tree


def names(files: list[InputFile]) -> list[str]:
    return [file.name for file in files]


def test_files_come_by_name_and_before_sub_folders(tree: Callable[..., Path]) -> None:
    root = tree("c.txt", "a/z.md", "a/b/y.txt", "b.docx", "B.txt", "10.txt", "9.txt", "a/a.txt", "ä.txt", "0/x.text")
    files, errors = discover([root])
    assert names(files) == [
        "10.txt",
        "9.txt",
        "B.txt",
        "b.docx",
        "c.txt",
        "ä.txt",
        "0/x.text",
        "a/a.txt",
        "a/z.md",
        "a/b/y.txt",
    ]
    assert errors == []
    assert [file.path for file in files] == [root / file.name for file in files]
    assert {file.root for file in files} == {root}


def test_order_does_not_depend_on_the_order_of_creation(tmp_path: Path) -> None:
    wanted = [f"{n:03}.txt" for n in range(40)]
    for folder, order in (("vor", wanted), ("zurück", wanted[::-1])):
        (tmp_path / folder).mkdir()
        for name in order:
            (tmp_path / folder / name).write_text(TEXT, encoding="utf-8")
        assert [names(discover([tmp_path / folder])[0]) for _ in range(3)] == [wanted] * 3


def test_only_endings_that_are_read_are_found_in_folders(tree: Callable[..., Path]) -> None:
    root = tree("a.txt", "b.TEXT", "c.Md", "d.markdown", "e.DOCX", "f.png", "g.doc", "LIESMICH", "h.txt.bak")
    assert names(discover([root])[0]) == ["a.txt", "b.TEXT", "c.Md", "d.markdown", "e.DOCX"]


def test_recursion_off_stays_in_the_folder(tree: Callable[..., Path]) -> None:
    root = tree("a.txt", "unter/b.txt")
    files, errors = discover([root], recursive=False)
    assert (names(files), errors) == (["a.txt"], [])


def test_recursion_off_with_sub_folders_only_is_an_error(tree: Callable[..., Path]) -> None:
    root = tree("unter/b.txt")
    files, errors = discover([root], recursive=False)
    assert files == []
    assert [str(e) for e in errors] == [f"{root}: no documents in this folder; {FORMATS}"]


def test_hidden_and_lock_files_and_folders_are_passed_over(tree: Callable[..., Path]) -> None:
    root = tree("a.txt", ".b.txt", "~$c.docx", ".git/d.txt", "~$e/f.txt", "unter/.g.md", "~h.txt")
    assert names(discover([root])[0]) == ["a.txt", "~h.txt"]


def test_output_folder_is_passed_over(tree: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree("a.txt", "exports/a.docx", "unter/exports/b.txt", "unter/c.txt")
    assert names(discover([root], skip=root / "exports")[0]) == ["a.txt", "unter/c.txt", "unter/exports/b.txt"]
    monkeypatch.chdir(root)
    assert names(discover([Path()], skip=root / "unter" / ".." / "exports")[0]) == [
        "a.txt",
        "unter/c.txt",
        "unter/exports/b.txt",
    ]


def test_output_folder_that_does_not_exist_yet_changes_nothing(tree: Callable[..., Path]) -> None:
    root = tree("a.txt")
    assert names(discover([root], skip=root / "exports")[0]) == ["a.txt"]


def test_named_file_is_kept_whatever_its_name(tree: Callable[..., Path]) -> None:
    root = tree("a.pdf", ".b.txt", "~$c.docx", "LIESMICH")
    paths = [root / name for name in ("LIESMICH", "a.pdf", ".b.txt", "~$c.docx")]
    files, errors = discover(paths)
    assert (names(files), errors) == (["LIESMICH", "a.pdf", ".b.txt", "~$c.docx"], [])


def test_order_of_the_arguments_is_kept(tree: Callable[..., Path]) -> None:
    root = tree("a.txt", "b.txt", "unter/c.txt")
    files, _ = discover([root / "b.txt", root / "unter", root / "a.txt"])
    assert [(f.path, f.name, f.root) for f in files] == [
        (root / "b.txt", "b.txt", root),
        (root / "unter" / "c.txt", "c.txt", root / "unter"),
        (root / "a.txt", "a.txt", root),
    ]


def test_file_given_twice_is_found_once(tree: Callable[..., Path]) -> None:
    root = tree("a.txt", "b.txt", "unter/c.txt")
    given = [root / "b.txt", root, root / "unter" / ".." / "a.txt", root / "unter", root / "b.txt"]
    files, errors = discover(given)
    assert (names(files), errors) == (["b.txt", "a.txt", "unter/c.txt"], [])


def test_link_to_a_file_given_too_is_found_once(tree: Callable[..., Path]) -> None:
    root = tree("a.txt")
    (root / "b.txt").symlink_to(root / "a.txt")
    assert names(discover([root])[0]) == ["a.txt"]


@pytest.mark.parametrize("missing", ["weg.txt", "weg", "weg/"])
def test_missing_path_is_an_error_beside_the_files_found(tree: Callable[..., Path], missing: str) -> None:
    root = tree("a.txt")
    files, errors = discover([root / missing, root / "a.txt"])
    assert names(files) == ["a.txt"]
    assert [str(e) for e in errors] == [f"{root / missing}: no such file or folder"]
    assert errors[0].exit_code is ExitCode.input


def test_folder_without_documents_is_an_error(tree: Callable[..., Path]) -> None:
    root = tree("bild.png", ".versteckt.txt")
    files, errors = discover([root])
    assert files == []
    assert [str(e) for e in errors] == [f"{root}: no documents in this folder; {FORMATS}"]


def test_nothing_given_is_nothing_found() -> None:
    assert discover([]) == ([], [])


def test_linked_folders_are_not_entered_so_loops_end(tree: Callable[..., Path]) -> None:
    root = tree("a.txt", "unter/b.txt")
    (root / "unter" / "oben").symlink_to(root, target_is_directory=True)
    (root / "unter" / "hier").symlink_to(".", target_is_directory=True)
    files, errors = discover([root])
    assert (names(files), errors) == (["a.txt", "unter/b.txt"], [])


@pytest.mark.parametrize(
    "links",
    [{"selbst": "selbst"}, {"hin": "her", "her": "hin"}, {"schleife.txt": "schleife.txt"}],
    ids=["to itself", "to each other", "named like a document"],
)
def test_links_in_a_circle_do_not_hide_the_files_beside_them(tree: Callable[..., Path], links: dict[str, str]) -> None:
    root = tree("a.txt", "unter/b.txt")
    for name, target in links.items():
        (root / name).symlink_to(target)
    files, errors = discover([root])
    assert [name for name in names(files) if name not in links] == ["a.txt", "unter/b.txt"]
    assert errors == []


def test_dangling_link_is_listed_so_that_reading_says_what_is_wrong(tree: Callable[..., Path]) -> None:
    root = tree("a.txt")
    (root / "b.txt").symlink_to("weg.txt")
    assert names(discover([root])[0]) == ["a.txt", "b.txt"]


def test_folder_named_like_a_document_is_a_folder(tree: Callable[..., Path]) -> None:
    root = tree("ordner.txt/a.txt")
    assert names(discover([root])[0]) == ["ordner.txt/a.txt"]


def test_linked_folder_given_by_name_is_entered(tree: Callable[..., Path], tmp_path: Path) -> None:
    tree("a.txt")
    link = tmp_path / "verweis"
    link.symlink_to(tmp_path / "seeds", target_is_directory=True)
    assert names(discover([link])[0]) == ["a.txt"]
