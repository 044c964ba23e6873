"""Read prepared shards, choose rows that resemble news, and cut them into batches."""

import io
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece
import torch
from numpy.typing import NDArray
from torch import Tensor

EOS, NONE = 1, 255
Ints = NDArray[np.int64]


@dataclass
class Batch:
    """Padded pairs: masks are true where a piece is real, `aligned` is the source place or NONE."""

    source: Tensor
    source_mask: Tensor
    target: Tensor
    target_mask: Tensor
    aligned: Tensor


class Pairs:
    """Pairs as runs in flat arrays (see prepare.py)."""

    def __init__(self, parts: list[dict[str, NDArray[np.generic]]]) -> None:
        self.src, self.tgt, self.aln = (np.concatenate([p[k] for p in parts]) for k in ("src", "tgt", "aln"))
        self.src_len = np.concatenate([p["src_len"] for p in parts]).astype(np.int64)
        self.tgt_len = np.concatenate([p["tgt_len"] for p in parts]).astype(np.int64)
        self.src_at, self.tgt_at = np.cumsum(self.src_len) - self.src_len, np.cumsum(self.tgt_len) - self.tgt_len

    def __len__(self) -> int:
        return len(self.src_len)

    def batch(self, rows: Ints) -> Batch:
        """Pad some rows to a batch; both sides end with </s>."""
        sl, tl = self.src_len[rows], self.tgt_len[rows]

        def padded(flat: NDArray[np.generic], at: Ints, length: Ints, fill: int) -> Tensor:
            columns = np.arange(length.max() + 1)
            places = np.minimum(at[rows, None] + columns, len(flat) - 1)
            return torch.from_numpy(np.where(columns < length[:, None], flat[places], fill).astype(np.int64))

        source, target = padded(self.src, self.src_at, sl, EOS), padded(self.tgt, self.tgt_at, tl, EOS)
        source_mask = torch.arange(source.shape[1]) <= torch.from_numpy(sl)[:, None]
        target_mask = torch.arange(target.shape[1]) <= torch.from_numpy(tl)[:, None]
        return Batch(source, source_mask, target, target_mask, padded(self.aln, self.tgt_at, tl, NONE))

    def batches(self, rows: Ints, tokens: int, rng: np.random.Generator | None) -> Iterator[Batch]:
        """Yield batches of about `tokens` padded pieces a side: in random order if `rng`, else by length."""
        lengths = np.maximum(self.src_len, self.tgt_len) + 1
        for chunk in np.array_split(rng.permutation(rows), max(1, len(rows) // 20000)) if rng else [rows]:
            chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
            groups, start = [], 0
            for i in range(len(chunk)):
                if (i + 1 - start) * lengths[chunk[i]] > tokens and i > start:
                    groups.append(chunk[start:i])
                    start = i
            groups.append(chunk[start:])
            for k in rng.permutation(len(groups)) if rng else range(len(groups)):
                yield self.batch(groups[k])


def load(path: Path) -> dict[str, NDArray[np.generic]]:
    """Read one .npz or .npz.xz file."""
    raw = path.read_bytes()
    with np.load(io.BytesIO(lzma.decompress(raw) if path.suffix == ".xz" else raw)) as arrays:
        return {name: arrays[name] for name in arrays.files}


def load_shards(folder: Path) -> Pairs:
    """Read all shards of a folder."""
    return Pairs([load(p) for p in sorted([*folder.glob("*.npz.xz"), *folder.glob("*.npz")])])


def news_rows(pairs: Pairs, model: Path, corpus: Path, rng: np.random.Generator, threshold: float = -0.35) -> Ints:
    """Choose the rows whose pieces are as frequent in the news texts of `corpus` as elsewhere, and a quarter of the rest."""
    sp = sentencepiece.SentencePieceProcessor(model_file=str(model))
    size = sp.get_piece_size()
    lines = [line.split("\t") for p in sorted(corpus.glob("*.tsv")) for line in p.read_text("utf-8").splitlines()]
    score = np.zeros(len(pairs))
    for side, flat, at in ((0, pairs.src, pairs.src_at), (1, pairs.tgt, pairs.tgt_at)):
        ids = [i for row in sp.encode([fields[side] for fields in lines if len(fields) > 1]) for i in row]
        news, every = np.bincount(ids, minlength=size) + 0.5, np.bincount(flat, minlength=size) + 0.5
        odds = np.clip(np.log(news / news.sum()) - np.log(every / every.sum()), -4, 3)
        score += np.add.reduceat(odds[flat], at)
    keep = score / (pairs.src_len + pairs.tgt_len) > threshold
    return np.flatnonzero(keep | (rng.random(len(pairs)) < 0.25))
