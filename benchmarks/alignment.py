"""How well a package says which source word a target word came from, judged by eflomal's links of held-out pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece

from translator.engine.hypotheses import Decoding, Engine
from translator.engine.pieces import TERM_MARKS, word_of_piece

NO_LINK = 255
SURE = 0.5
"""A link counts as given from this confidence on."""


@dataclass(frozen=True)
class LinkedPair:
    """A pair of texts, and the source words of each target word that has any (indices of blank-separated words)."""

    source: str
    target: str
    links: dict[int, set[int]]


@dataclass(frozen=True)
class Agreement:
    """Links the model gave with confidence, those among them that are right, and all there are to find.

    Only target words that eflomal linked are judged: it leaves out what its two directions disagree about.
    """

    given: int
    right: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of the links given that are right."""
        return self.right / max(self.given, 1)

    @property
    def recall(self) -> float:
        """Share of the linked target words whose link was found."""
        return self.right / max(self.wanted, 1)


def linked_pairs(folder: Path, limit: int) -> list[LinkedPair]:
    """Held-out pairs of a folder that training/prepare.py wrote (dev.npz, spm.model), those with term marks left out."""
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "spm.model"))
    with np.load(folder / "dev.npz") as arrays:
        src, tgt, aln = (arrays[name] for name in ("src", "tgt", "aln"))
        ends = [np.cumsum(arrays[name].astype(int)) for name in ("src_len", "tgt_len")]
    pairs, start = list[LinkedPair](), (0, 0)
    for stop in zip(*(e.tolist() for e in ends), strict=True):
        ids = [side[a:b].tolist() for side, a, b in zip((src, tgt), start, stop, strict=True)]
        source, target = (pieces.id_to_piece(row) for row in ids)
        source_words, target_words = word_of_piece(source), word_of_piece(target)
        links: dict[int, set[int]] = {}
        for word, piece in zip(target_words, aln[start[1] : stop[1]].tolist(), strict=True):
            if piece != NO_LINK:
                links.setdefault(word, set()).add(source_words[piece])
        texts = [pieces.decode(row) for row in ids]
        # A text whose words do not survive decoding (odd blanks) cannot be compared word by word.
        whole = [len(t.split()) for t in texts] == [source_words[-1] + 1, target_words[-1] + 1]
        if links and whole and not any(mark in texts[0] for mark in TERM_MARKS):
            pairs.append(LinkedPair(*texts, links))
        start = stop
    return pairs[:limit]


def agreement(engine: Engine, pairs: Sequence[LinkedPair]) -> Agreement | None:
    """Counts over the pairs, the engine being made to write the targets; None for one that gives no alignment."""
    results = engine.translate(
        [p.source for p in pairs], Decoding(beam=1, alignment=True), prefixes=[p.target for p in pairs]
    )
    given = right = wanted = 0
    for pair, hypotheses in zip(pairs, results, strict=True):
        if hypotheses[0].alignment is None:
            return None
        wanted += len(pair.links)
        for word, (source_word, confidence) in enumerate(hypotheses[0].alignment):
            if word in pair.links and confidence >= SURE:
                given += 1
                right += source_word in pair.links[word]
    return Agreement(given, right, wanted)
