"""PDF by LibreOffice, where it is installed: the Word handout, printed to a tagged PDF (PDF/UA)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from docx import Document as read_word

from translator.atomic import replacing
from translator.bilingual import BilingualDocument
from translator.errors import OutputError
from translator.export import docx, docx_xml
from translator.export.settings import ExportSettings

_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice",
             r"C:\Program Files\LibreOffice\program\soffice.exe")  # fmt: skip
_FILTER = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportNotes":{"type":"boolean","value":"false"}}'
"""Comments stay in the Word handout: they are for those who make it, and LibreOffice leaves them out of the tags."""
SECONDS = 180
"""LibreOffice takes some five for its first start; a hung one is ended."""


def write(translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings) -> tuple[Path, ...]:
    """Writes the handout (and the answers of a worksheet) as PDF.

    Raises:
        OutputError: LibreOffice is missing or fails, or a file cannot be written.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise OutputError(
            f"{path}: PDF needs LibreOffice (libreoffice.org), which was not found; --format docx does not"
        )
    with tempfile.TemporaryDirectory(prefix="translate-") as folder:
        work = Path(folder)
        files = docx.write(translations, work / f"{path.stem}.docx", settings)
        for file in files:
            _without_controls(file)
        profile = (work / "profile").as_uri()  # its own: an office that is open would take the order and do nothing
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", _FILTER,
                   "--outdir", folder, *map(str, files)]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise OutputError(f"{path}: LibreOffice did not make a PDF ({error})") from error
        written = []
        for file in files:
            made = file.with_suffix(".pdf")
            if not made.is_file():
                reason = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason given"]
                raise OutputError(f"{path}: LibreOffice did not make a PDF ({reason[0]})")
            place = path.with_name(made.name)
            with replacing(place) as temporary:
                shutil.copyfile(made, temporary)
            written.append(place)
    return tuple(written)


def _without_controls(file: Path) -> None:
    """Takes the content controls out, which nobody needs in a PDF: LibreOffice tags no link that stands in one."""
    word = read_word(str(file))
    docx_xml.unwrap_controls(word.element.body)
    word.save(str(file))
