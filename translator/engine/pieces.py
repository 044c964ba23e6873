"""Pieces: what the models read and write, and how they map to the words of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from translator.documents.characters import collapse
from translator.engine.packages import Package

WORD_START = "▁"
OPENERS = '([„"“»‚‘'
_OPENED = re.compile(rf"(?<!\S)([{re.escape(OPENERS)}]+)(\w+)")
_LONE = re.compile(rf"(?<!\S)[{re.escape(OPENERS)}]+(?=\s)")
_APART = re.compile(rf"(?<!\S)([{re.escape(OPENERS)}]+) (?=\w)")
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
        self.opens_words = package.inline_terms
        """Whether a word behind an opening bracket or quotation mark is encoded as if a blank stood before it, where it
        needs fewer pieces then: (Mittwoch) is ( M it t wo ch and became "(Mookwoch)". Other packages are left alone."""

    def encode(self, text: str) -> list[str]:
        """Pieces of a text."""
        if self._processor is None:
            return list(self._tokenizer.encode(text))
        if self.opens_words and not _LONE.search(text):
            text = _OPENED.sub(self._opened, text)
        return list(self._processor.encode(text, out_type=str))

    def _opened(self, match: re.Match[str]) -> str:
        """A word behind opening marks, with a blank between them if that makes it shorter."""
        apart = f"{match[1]} {match[2]}"
        return apart if len(self._processor.encode(apart)) < len(self._processor.encode(match[0])) else match[0]

    def decode(self, pieces: Sequence[str]) -> str:
        """Text of the pieces, without leftover term marks and doubled blanks."""
        if self._processor is None:
            return collapse(str(self._tokenizer.decode(list(pieces))))
        kept = [p for p in pieces if p.removeprefix(WORD_START) not in TERM_MARKS]
        text = collapse(self._processor.decode_pieces(kept).replace(WORD_START, " "))
        return _APART.sub(r"\1", text) if self.opens_words else text


def word_of_piece(pieces: Sequence[str], opens_words: bool = False) -> list[int]:
    """For every piece the index of the blank-separated word it belongs to.

    With `opens_words` the word behind lone opening marks is one with them (see Pieces.opens_words).
    """
    words, at, word = list[int](), -1, ""
    for piece in pieces:
        if piece.startswith(WORD_START):
            joins = opens_words and word and not word.strip(OPENERS) and piece[1:2].isalnum()
            word = word if joins else ""
            at += not joins
        elif at < 0:
            at = 0
        word += piece.removeprefix(WORD_START)
        words.append(at)
    return words
