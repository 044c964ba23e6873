"""Documents in: one reader a format behind a registry, one model for all of them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from translator.documents.encoding import require_file
from translator.documents.model import Document, Format, InputFile, Kind, Paragraph, Segment, Span
from translator.errors import InputError

READERS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".odt": "odt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".epub": "epub",
    ".srt": "subtitles",
    ".vtt": "subtitles",
}
"""Reader module by suffix, imported when first needed."""

__all__ = ["READERS", "Document", "Format", "InputFile", "Kind", "Paragraph", "Segment", "Span", "read_document"]


def read_document(file: InputFile) -> Document:
    """Reads a file with the reader of its suffix.

    Raises:
        InputError: no reader, or the file is unreadable, empty, damaged or protected.
    """
    suffix = file.path.suffix.lower()
    if suffix not in READERS:
        raise InputError(f"{file.path}: {suffix or 'a file without ending'} is not read; {supported()}")
    require_file(file.path)
    reader = import_module(f"{__name__}.{READERS[suffix]}")
    document: Document = reader.read(Path(file.path), file.name)
    return document


def supported() -> str:
    """The formats, for messages and help."""
    return "formats read: " + ", ".join(READERS)
