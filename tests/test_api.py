"""translate_documents, and every example of docs/python.md as it stands there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest

import translator
from translator import translate_documents
from translator.errors import ExitCode, UsageError
from translator.report import Status

ROOT = Path(__file__).parent.parent
EXAMPLES = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / "python.md").read_text("utf-8"), re.M | re.S)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("place")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_of_the_page_run(place: Path, number: int) -> None:
    done = subprocess.run([sys.executable, "-c", EXAMPLES[number]], cwd=place, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4


def test_what_comes_out_is_what_the_command_writes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Die Minister beraten am Donnerstag in Kopenhagen.\n", "utf-8")
    report = translate_documents(
        tmp_path / "a.txt", to="English", source="German", output=tmp_path / "api", memory=False
    )
    command = [sys.executable, "-m", "translator", str(tmp_path / "a.txt"), "--to", "en", "--from", "de"]
    done = subprocess.run([*command, "-o", str(tmp_path / "cli"), "--no-memory", "-q"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    texts = [
        [cell.text for row in docx.Document(str(path)).tables[0].rows for cell in row.cells]
        for path in (report.done[0].outputs[0], Path(done.stdout.strip()))
    ]
    assert texts[0] == texts[1]
    assert "Copenhagen" in " ".join(texts[0])


def test_a_bad_file_is_a_result_and_the_others_are_done(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Die Minister beraten am Donnerstag.\n", "utf-8")
    (tmp_path / "bad.docx").write_bytes(b"PK")
    report = translate_documents([tmp_path], "en", source="de", output=tmp_path / "out", memory=False, glossary=[])
    assert {f.name: f.status for f in report.files} == {"bad.docx": Status.FAILED, "good.txt": Status.DONE}
    assert report.exit_code is ExitCode.partial


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"to": "Klingon"}, "Klingon"),
        ({"to": ()}, "which language"),
        ({"to": "en", "formats": "exe"}, "unknown format"),
        ({"to": "en", "layout": "circle"}, "circle"),
        ({"to": "en", "paper": "a5"}, "a5"),
    ],
)
def test_arguments_that_make_no_sense_raise(tmp_path: Path, arguments: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        translate_documents(tmp_path, output=tmp_path / "out", memory=False, **arguments)  # type: ignore[arg-type]


def test_the_package_offers_no_more_than_it_says() -> None:
    assert all(hasattr(translator, name) for name in translator.__all__)
    with pytest.raises(AttributeError):
        translator.translate_everything  # noqa: B018
