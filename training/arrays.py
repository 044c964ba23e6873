"""Turn pairs into the arrays that data.py reads.

Pairs are runs in flat arrays: src and tgt (uint16 piece ids), aln (uint8, one per target piece: the source piece it is
aligned with, 255 for none); src_len and tgt_len (uint8) say how long each run is.
"""

from __future__ import annotations

import io
import lzma
from array import array
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import sentencepiece
from corpora import MARKS, Pair
from numpy.typing import NDArray
from phrases import Links

NONE, LONGEST = 255, 126
Row = tuple[bytes, bytes, bytes]


def train_pieces(pairs: Sequence[Pair], prefix: Path, vocab: int) -> None:
    """Train one SentencePiece model for both languages; ids are 0 <unk>, 1 </s>, then the three term marks."""
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=(text for pair in pairs for text in pair),
        model_prefix=str(prefix),
        vocab_size=vocab,
        model_type="unigram",
        character_coverage=0.9998,
        byte_fallback=True,
        unk_id=0,
        eos_id=1,
        bos_id=-1,
        pad_id=-1,
        user_defined_symbols=["▁" + mark for mark in MARKS],
        num_threads=2,
        max_sentence_length=2000,
        input_sentence_size=600_000,
        shuffle_input_sentence=True,
        minloglevel=1,
    )


def word_starts(pieces: Sequence[str]) -> list[int]:
    """Return the index of the first piece of every blank-separated word."""
    return [i for i, piece in enumerate(pieces) if piece.startswith("▁")]


class Encoder:
    """Encodes pairs with a SentencePiece model."""

    def __init__(self, model: Path) -> None:
        self.sp = sentencepiece.SentencePieceProcessor(model_file=str(model))

    def row(self, de: str, en: str, links: Links) -> Row | None:
        """Return source ids, target ids and aligned source places as bytes; None where a side is too long."""
        source, target = (self.sp.encode(text, out_type=str) for text in (de, en))
        if not 0 < len(source) <= LONGEST or not 0 < len(target) <= LONGEST:
            return None
        aligned = bytearray([NONE]) * len(target)
        at, to = word_starts(source), word_starts(target)
        if len(at) == len(de.split()) and len(to) == len(en.split()):
            at.append(len(source))
            to.append(len(target))
            for i, j in links:
                of_source, of_target = at[i + 1] - at[i], to[j + 1] - to[j]
                for k in range(of_target):
                    aligned[to[j] + k] = at[i] + min(k * of_source // of_target, of_source - 1)
        ids = [array("H", self.sp.piece_to_id(side)).tobytes() for side in (source, target)]
        return ids[0], ids[1], bytes(aligned)


def pack(rows: Sequence[Row]) -> dict[str, NDArray[np.generic]]:
    """Join rows to the flat arrays."""
    source, target, aligned = zip(*rows, strict=True)
    lengths = [np.array([len(x) // 2 for x in side], np.uint8) for side in (source, target)]
    return {
        "src": np.frombuffer(b"".join(source), np.uint16),
        "src_len": lengths[0],
        "tgt": np.frombuffer(b"".join(target), np.uint16),
        "tgt_len": lengths[1],
        "aln": np.frombuffer(b"".join(aligned), np.uint8),
    }


def write_shard(path: Path, rows: Sequence[Row]) -> None:
    """Write rows as an .npz, inside xz where the name says so, beside its place and renamed."""
    buffer = io.BytesIO()
    if path.suffix == ".xz":
        np.savez(buffer, **pack(rows))  # type: ignore[arg-type]
        data = lzma.compress(buffer.getvalue(), preset=3)
    else:
        np.savez_compressed(buffer, **pack(rows))  # type: ignore[arg-type]
        data = buffer.getvalue()
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(data)
    half.replace(path)
