"""Pieces: what the models read and write, and how they map to the words of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from translator.documents.characters import collapse
from translator.engine.packages import Package

WORD_START = "▁"
_BRACKET = re.compile(r"(?<!\S)([(\[])(?=\w)")
_LONE, _SPACED = re.compile(r"(?<!\S)[(\[](?=\s)"), re.compile(r"(?<!\S)([(\[]) (?=\S)")
TERM_MARKS = ("<trm>", "<tgt>", "</trm>")
"""In the text of a marked source: `Die <trm> Waffenruhe <tgt> truce </trm> hielt.`; each is one piece with a leading ▁."""


class Pieces:
    """Encodes and decodes with a package's own tokenizer.

    Argos's SentencePiece wrapper turns every `_` of a translation into a blank; this one does not.
    """

    def __init__(self, package: Package) -> None:
        self._tokenizer = package.argos.tokenizer
        lazy = getattr(self._tokenizer, "lazy_processor", None)
        self._processor: Any = lazy() if lazy else None
        self.words = self._processor is not None
        """Whether pieces tell where words begin; a BPE package's do not, so there is no alignment for it."""
        # Behind a bracket a word has no blank, and our tokenizer has few pieces for it then: (Mittwoch) is ( M it t wo ch
        # and became "(Mookwoch)". With a blank it is a word that the model knows. Other packages are left alone.
        self.glued = (f"{WORD_START}(", f"{WORD_START}[") if package.inline_terms else ()
        """Pieces whose blank behind them is ours and not the text's."""

    def encode(self, text: str) -> list[str]:
        """Pieces of a text."""
        if self._processor is None:
            return list(self._tokenizer.encode(text))
        if self.glued and not _LONE.search(text):
            text = _BRACKET.sub(r"\1 ", text)
        return list(self._processor.encode(text, out_type=str))

    def decode(self, pieces: Sequence[str]) -> str:
        """Text of the pieces, without leftover term marks and doubled blanks."""
        if self._processor is None:
            return collapse(str(self._tokenizer.decode(list(pieces))))
        kept = [p for p in pieces if p.removeprefix(WORD_START) not in TERM_MARKS]
        text = collapse(self._processor.decode_pieces(kept).replace(WORD_START, " "))
        return _SPACED.sub(r"\1", text) if self.glued else text


def word_of_piece(pieces: Sequence[str], glued: Sequence[str] = ()) -> list[int]:
    """For every piece the index of the blank-separated word it belongs to; behind a glued one no word begins."""
    words, at = [], -1
    for index, piece in enumerate(pieces):
        if at < 0 or (piece.startswith(WORD_START) and pieces[index - 1] not in glued):
            at += 1
        words.append(at)
    return words
