"""Sentences as Word runs: terms, emphasis, links, footnote marks, ids; and the comments that carry findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.run import Run as WordRun

from translator.bilingual import TranslatedSegment
from translator.checks.model import Severity
from translator.documents import Kind, Paragraph
from translator.export import docx_styles as styles
from translator.export import docx_xml as xml
from translator.export.marking import Run, source_runs, target_runs
from translator.export.tags import tag

AUTHOR = "translator"
_NUMBERED = re.compile(r"\d{1,9}[.)] ")


class Writer:
    """Makes runs for one Word document; knows its links and its bulleted list."""

    def __init__(self, word: WordDocument) -> None:
        self._word = word
        self._links: dict[str, str] = {}
        self._commented: list[tuple[TranslatedSegment, list[xml.Element]]] = []
        numbering = (
            word.styles["List Bullet"].element.find(f".//{qn('w:numId')}") if "List Bullet" in word.styles else None
        )
        self._bullet = int(numbering.get(qn("w:val"))) if numbering is not None else None

    def bullet(self, paragraph: Paragraph, *, first: bool) -> int | None:
        """Numbering of the bulleted list for the first sentence of a list item that has no number of its own."""
        wanted = first and paragraph.kind is Kind.LIST_ITEM and not _NUMBERED.match(paragraph.text)
        return self._bullet if wanted else None

    def label(self, paragraph: Paragraph, *, first: bool) -> list[xml.Element]:
        """The mark that a footnote begins with; for other paragraphs nothing."""
        if paragraph.kind is not Kind.FOOTNOTE or not first:
            return []
        return [xml.run(str(paragraph.level), raised=True), xml.run(" ")]

    def source(self, segment: TranslatedSegment) -> list[xml.Element]:
        """The source sentence."""
        return list(self._elements(source_runs(segment)))

    def target(self, segment: TranslatedSegment, *, plain: bool = False) -> list[xml.Element]:
        """The translation, `plain` for the text alone; its warnings become comments when `comment` is called."""
        content = [xml.run(segment.target)] if plain else list(self._elements(target_runs(segment)))
        if any(f.severity is Severity.WARNING for f in segment.findings):
            self._commented.append((segment, content))
        return content

    def named(self, language: str, segment: TranslatedSegment, *, plain: bool = False) -> list[xml.Element]:
        """The translation in a content control that says which sentence it is of."""
        return [xml.tagged(tag([(language, segment)]), *self.target(segment, plain=plain))]

    def _elements(self, runs: Iterable[Run]) -> Iterator[xml.Element]:
        for run in runs:
            style = styles.LINK_STYLE if run.link else styles.TERM_STYLE if run.term is not None else None
            element = xml.run(run.text, style, bold=run.bold, italic=run.italic, raised=run.note)
            if run.link:
                yield xml.hyperlink(self._link(run.link), element)
            else:
                yield element

    def _link(self, address: str) -> str:
        if address not in self._links:
            self._links[address] = self._word.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self._links[address]

    def comment(self) -> None:
        """Adds Word comments for the warnings, anchored on their sentences; call it when these stand in the document."""
        for segment, content in self._commented:
            runs = [r for element in content for r in element.iter(qn("w:r"))]
            for finding in segment.findings:
                if runs and finding.severity is Severity.WARNING:
                    anchors = [WordRun(runs[0], self._word), WordRun(runs[-1], self._word)]  # type: ignore[arg-type]
                    self._word.add_comment(anchors, finding.message, AUTHOR, "t")


def spaced(contents: Sequence[list[xml.Element]]) -> list[xml.Element]:
    """Sentences one after the other with a blank between them."""
    return [node for index, content in enumerate(contents) for node in ([xml.run(" ")] if index else []) + content]
