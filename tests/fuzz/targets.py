"""What is fuzzed: every reader and importer takes any bytes and gives a result or one of the package's own errors."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from translator.bilingual import BilingualDocument, Signature, TranslatedSegment
from translator.documents import InputFile, Paragraph
from translator.documents.archive import check_archive
from translator.documents.characters import collapse, legal
from translator.documents.model import Document
from translator.errors import ModelError, TranslatorError
from translator.export import write
from translator.export.settings import ExportSettings
from translator.glossary.load import load
from translator.glossary.matching.chain import Matcher
from translator.memory.model import EntryOrigin, MemoryEntry, MemoryKey
from translator.memory.store import Memory
from translator.memory.tmx import read_tmx
from translator.preparation import prepare
from translator.review.corrections import review
from translator.review.handout import read_handout

Fuzz = Callable[[bytes], None]
_RAM = Path("/dev/shm")

SENTENCE = "Die Minister beraten am Donnerstag in Kopenhagen über die Waffenruhe, sagte Frau Müller."


PRIVATE = (
    "Treffen am Meer",
    "Minister beraten",
    "Donnerstag",
    "niemanden",
    "Preise stiegen",
    "Umland",
    "Verhandlungen",
)
"""Pieces of the texts in the corpus: messages quote no sentence of a document."""


def _document(path: Path) -> None:
    try:
        _require_sound(_prepared(path))
    except TranslatorError as error:
        assert not any(words in str(error) for words in PRIVATE), f"a message that quotes the document: {error}"
        raise


def _prepared(path: Path) -> Document:
    return prepare(InputFile(path, path.name, path.parent), "de")


def _require_sound(document: Document) -> None:
    """Whatever the file was, later stages get text that XML can hold, with spans inside it."""
    assert document.paragraphs, "no text and no error"
    for paragraph in document.paragraphs:
        assert paragraph.text == legal(paragraph.text), "a character that XML cannot hold"
        assert paragraph.level >= 1, "a level below 1"
        assert all(0 <= s.start <= s.end <= len(paragraph.text) for s in paragraph.spans), "a span outside its text"
        for segment in paragraph.segments:
            assert segment.source == collapse(segment.source) != "", "a sentence with white space that is no blank"
    for value in (document.date, document.author, document.language):
        assert value is None or value == legal(value), "metadata that XML cannot hold"


def _glossary(path: Path) -> None:
    loaded = load([path], "de", "en")
    for refusal in loaded.files[0].refused:
        assert "\n" not in refusal.reason, "a message of several lines"
    Matcher(loaded.glossary).hits(SENTENCE)


def _tmx(path: Path) -> None:
    imported = read_tmx(path, "de", "en")
    with _memory(path.parent) as memory:
        memory.import_human(imported.entries, "de", "en")


def _review(path: Path) -> None:
    handout = read_handout(path)
    with _memory(path.parent) as memory:
        memory.add_human([MemoryEntry(SENTENCE, "The ministers meet.", EntryOrigin.HUMAN)], "de", "en")
        review(handout, memory).remember(memory, path.name)


def _template(path: Path) -> None:
    paragraph = Paragraph(SENTENCE)
    document = Document(path, "a.txt", (paragraph,), language="de").with_segments([[SENTENCE]])
    signature = Signature("1.0", "de", "en", "m", "abcd", 0, 4)
    bilingual = BilingualDocument(
        document, (TranslatedSegment(document.segments[0], "The ministers meet."),), signature
    )
    out = path.parent / "out.docx"
    try:
        write("docx", [bilingual], out, ExportSettings(template=path))
        check_archive(out, "Word")
    finally:
        out.unlink(missing_ok=True)


def _memory_file(path: Path) -> None:
    try:
        memory = Memory(path)
        assert not memory.note or str(path) in memory.note
        try:
            assert all(entry.source == str(entry.source) for _, _, entry in memory.entries())
            memory.counts()
            memory.human([SENTENCE], "de", "en")
            memory.machine([MemoryKey(SENTENCE, "")], "de", "en", "m")
            memory.latest_machine([SENTENCE], "de", "en")
            memory.add_human([MemoryEntry(SENTENCE, "The ministers meet.", EntryOrigin.HUMAN)], "de", "en")
            memory.forget(text=SENTENCE)
        finally:
            memory.close()
    finally:
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()


def _package(path: Path) -> None:
    from translator.engine.package_file import root_of, unpack
    from translator.engine.packages import read_package
    from translator.engine.pieces import Pieces

    folder = path.parent / "package"
    try:
        root_of(path)
        unpack(path, folder)
        package = read_package(folder, "file")
        assert len(package.name) < 120 and "/" not in package.name, "a name that is no file name"
        _ = package.fingerprint, package.readme
        try:
            Pieces(package).encode(SENTENCE)
        except (RuntimeError, ValueError) as error:  # as the engine takes it
            raise ModelError(f"{folder}: {error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _memory(folder: Path) -> Iterator[Memory]:
    """A new memory, in no file."""
    memory = Memory(folder / "memory.sqlite")
    try:
        yield memory
    finally:
        memory.close()
        for left in folder.glob("memory.sqlite*"):
            left.unlink()


@contextmanager
def _every_warning() -> Iterator[None]:
    """Warnings that users see are shown each time, and not the first time alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        for unseen in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
            warnings.simplefilter("ignore", unseen)
        yield


FORMATS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "docx": (".docx", _document),
    "odt": (".odt", _document),
    "epub": (".epub", _document),
    "html": (".html", _document),
    "pdf": (".pdf", _document),
    "review": (".docx", _review),
    "tmx": (".tmx", _tmx),
    "template": (".docx", _template),
    "memory": (".sqlite", _memory_file),
    "tbx": (".tbx", _glossary),
    "xlsx": (".xlsx", _glossary),
    "csv": (".csv", _glossary),
    "argosmodel": (".argosmodel", _package),
    "md": (".md", _document),
    "srt": (".srt", _document),
    "vtt": (".vtt", _document),
    "txt": (".txt", _document),
}
"""Ending and reader of every format, the ones with the most code below them first."""


@contextmanager
def fuzzer(name: str) -> Iterator[Fuzz]:
    """A function that reads bytes as a file of the format, and lets nothing pass but the package's own errors.

    It says whether there was a clear error by raising it. What a library prints or warns of is a fault too.
    """
    suffix, read = FORMATS[name]
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=_RAM if _RAM.is_dir() else None) as folder:
        path = Path(folder) / f"datei{suffix}"

        def fuzz(data: bytes) -> None:
            path.write_bytes(data)
            said = io.StringIO()
            try:
                with redirect_stdout(said), redirect_stderr(said), _every_warning():
                    read(path)
                assert not said.getvalue(), f"printed: {said.getvalue()[:500]}"
            except TranslatorError as error:
                message = str(error)
                assert message.removeprefix("template ").startswith(str(path.parent)), (
                    f"a message that does not say which file: {message}"
                )
                assert "\n" not in message, f"a message of several lines: {message}"
                assert len(message) < 1000, "a message that is far too long"
                assert not said.getvalue(), f"printed: {said.getvalue()[:500]}"
                raise

        yield fuzz


def own_home() -> None:
    """A home of its own for this process; argostranslate makes its folders there when it is imported."""
    home = Path(tempfile.gettempdir()) / f"fuzz-home-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    os.environ["HOME"] = str(home)
    for name in ("DATA", "CONFIG", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
