"""Sentences as Word runs: terms, emphasis, links, footnote marks, ids, and the comments that carry findings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translator.bilingual import TranslatedSegment
from translator.checks.model import Severity
from translator.documents import Kind, Paragraph
from translator.export import docx_markup as markup
from translator.export import docx_styles as styles
from translator.export.docx_base import Base
from translator.export.docx_comments import Comments
from translator.export.docx_markup import Markup
from translator.export.docx_relations import Relations
from translator.export.marking import Run, source_runs, target_runs
from translator.export.tags import tag

_NOTHING, _BLANK = Markup(""), markup.run(" ")
_NUMBERED = re.compile(r"\d{1,9}[.)] ")


class Writer:
    """Makes runs for one Word document.

    Attributes:
        relations: what the document refers to, with the links that were written.
        comments: warnings of the sentences that were written.
    """

    def __init__(self, base: Base) -> None:
        self.relations, self.comments = Relations(base.relations), Comments(base.comments, base.ids)
        self._bullet = base.bullet

    def bullet(self, paragraph: Paragraph, *, first: bool) -> int | None:
        """Numbering of the bulleted list for the first sentence of a list item that has no number of its own."""
        wanted = first and paragraph.kind is Kind.LIST_ITEM and not _NUMBERED.match(paragraph.text)
        return self._bullet if wanted else None

    def label(self, paragraph: Paragraph, *, first: bool) -> Markup:
        """The mark that a footnote begins with; for other paragraphs nothing."""
        if paragraph.kind is not Kind.FOOTNOTE or not first:
            return _NOTHING
        return markup.joined([markup.run(str(paragraph.level), raised=True), _BLANK])

    def source(self, segment: TranslatedSegment) -> Markup:
        """The source sentence."""
        return self._written(list(source_runs(segment)))

    def target(self, segment: TranslatedSegment, *, plain: bool = False) -> Markup:
        """The translation, `plain` for the text alone; its warnings become comments on it."""
        runs = [Run(segment.target)] if plain else list(target_runs(segment))
        warnings = [finding.message for finding in segment.findings if finding.severity is Severity.WARNING]
        return self._written(runs, *self.comments.add(warnings)) if warnings else self._written(runs)

    def named(self, language: str, segment: TranslatedSegment, *, plain: bool = False) -> Markup:
        """The translation in a content control that says which sentence it is of."""
        return markup.tagged(tag([(language, segment)]), self.target(segment, plain=plain))

    def _written(self, runs: Sequence[Run], before: Markup = _NOTHING, behind: Markup = _NOTHING) -> Markup:
        """Runs, with something before the first and behind the last, inside of links."""
        pieces, last = list[Markup](), len(runs) - 1
        for place, run in enumerate(runs):
            style = styles.LINK_STYLE if run.link else styles.TERM_STYLE if run.term is not None else None
            piece = markup.run(run.text, style, bold=run.bold, italic=run.italic, raised=run.note)
            if before or behind:
                piece = markup.joined(
                    [before if place == 0 else _NOTHING, piece, behind if place == last else _NOTHING]
                )
            pieces.append(markup.hyperlink(self.relations.link(run.link), piece) if run.link else piece)
        return markup.joined(pieces)


def spaced(contents: Sequence[Markup]) -> Markup:
    """Sentences one after the other with a blank between them."""
    return Markup(_BLANK.join(contents))
