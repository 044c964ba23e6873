"""The handout as a page for the browser: one file with its style and script inside, asking nothing of any server."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from translator.atomic import replacing
from translator.bilingual import BilingualDocument
from translator.documents.characters import legal
from translator.errors import UsageError
from translator.export.html_page import page
from translator.export.labels import label_language, labels
from translator.export.settings import ExportSettings, Orientation, Paper

_TEMPLATES = "templates"
_TEMPLATE, _STYLE, _SCRIPT = "handout.html.j2", "handout.css", "handout.js"


def write(translations: Sequence[BilingualDocument], path: Path, settings: ExportSettings) -> tuple[Path, ...]:
    """Writes the page.

    What stands side by side depends on the reader's screen, not on `settings.align`: paragraphs on a wide one,
    sentences on a narrow one and on paper.

    Raises:
        UsageError: there is not exactly one translation.
        OutputError: the file cannot be written.
    """
    if len(translations) != 1:
        raise UsageError(f"an HTML page holds one translation, not {len(translations)}; leave --columns away")
    content = build(translations[0], settings).encode()
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return (path,)


def build(bilingual: BilingualDocument, settings: ExportSettings) -> str:
    """The page as text; the same for the same translation and settings."""
    environment = _environment()
    view = page(bilingual, settings.layout)
    style = _asset(_STYLE) + _paper(settings) + _order(view.longest)
    script = _asset(_SCRIPT)
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    return environment.get_template(_TEMPLATE).render(
        page=view,
        words=labels(bilingual.signature.target),
        language=label_language(bilingual.signature.target),
        policy=policy,
        style=Markup(style),
        script=Markup(script),
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(__package__, _TEMPLATES),
        autoescape=True,
        finalize=_clean,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _clean(value: object) -> object:
    """Text without the characters that HTML forbids ("\\x00" in what a model wrote); all else as it is."""
    return legal(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(maxsize=2)
def _asset(name: str) -> str:
    """Style or script; a checkout on Windows may have given it other line ends, and the hash is over those."""
    return (Path(__file__).parent / _TEMPLATES / name).read_text(encoding="utf-8")


def _paper(settings: ExportSettings) -> str:
    paper = {Paper.A4: "A4", Paper.LETTER: "letter"}[settings.paper or Paper.A4]
    orientation = (settings.orientation or Orientation.PORTRAIT).value
    return f"@page {{ size: {paper} {orientation}; margin: 18mm 16mm }}\n"


def _order(longest: int) -> str:
    """Place of the n-th sentence of a paragraph, in both languages.

    It counts where sentences stand alone, on narrow screens and on paper: there the n-th translation belongs below or
    beside the n-th sentence, although the file holds paragraph after paragraph.
    """
    return "".join(f".sentence:nth-child({n}) {{ order: {n}; grid-row: {n} }}\n" for n in range(1, longest + 1))


def _hash(text: str) -> str:
    """Source expression of a content security policy that allows this inline text only."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
