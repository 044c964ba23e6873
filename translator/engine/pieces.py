"""Pieces: what the models read and write, and how they map to the words of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from translator.documents.characters import collapse
from translator.engine.packages import Package

WORD_START = "▁"
OPENERS = '([„"“»‚‘'
_OPENED = re.compile(rf"(?<!\S)([{re.escape(OPENERS)}]+)(\w+)")
_LONE = re.compile(rf"(?<!\S)[{re.escape(OPENERS)}]+(?=\s)")
_APART = re.compile(rf"(?<!\S)([{re.escape(OPENERS)}]+) (?=\w)")
_OPENING = re.compile(rf"(?:^|{WORD_START})[{re.escape(OPENERS)}]+{WORD_START}")
TERM_MARKS = ("<trm>", "<tgt>", "</trm>")
"""In the text of a marked source: `Die <trm> Waffenruhe <tgt> truce </trm> hielt.`; each is one piece with a leading ▁."""
_MARKS = frozenset(start + mark for mark in TERM_MARKS for start in ("", WORD_START))


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
        if not _MARKS.isdisjoint(pieces):
            pieces = [piece for piece in pieces if piece not in _MARKS]
        text = collapse(self._processor.decode_pieces(pieces).replace(WORD_START, " "))
        return _APART.sub(r"\1", text) if self.opens_words else text


def word_starts(pieces: Sequence[str], opens_words: bool = False) -> list[int]:
    """Places of the pieces that begin a blank-separated word.

    With `opens_words` the word behind lone opening marks is one with them (see Pieces.opens_words).
    """
    starts = [at for at, piece in enumerate(pieces) if piece[:1] == WORD_START or not at]
    if not opens_words or not _OPENING.search("".join(pieces)):
        return starts
    kept = list[int]()
    for at in starts:
        before = "".join(pieces[kept[-1] : at]).removeprefix(WORD_START) if kept else ""
        if not before or before.strip(OPENERS) or not pieces[at][1:2].isalnum():
            kept.append(at)
    return kept


def word_of_piece(pieces: Sequence[str], opens_words: bool = False) -> list[int]:
    """For every piece the index of the blank-separated word it belongs to; `opens_words` as for word_starts."""
    starts = frozenset(word_starts(pieces, opens_words))
    return [number - 1 for number in accumulate(at in starts for at in range(len(pieces)))]
