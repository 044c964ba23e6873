"""Dev cross entropy and word alignment of a checkpoint or package, in float32.

CHECKPOINT is OUT/last.pt of train.py or the folder of a package. Alignment is head 0 of the last decoder layer against
the links in dev.npz: the share of linked target pieces whose strongest source piece is the linked one, or one of the
same word. For BLEU, chrF and term success export the model and run benchmarks.quality.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import sentencepiece
import torch
import torch.nn.functional as F
from data import NONE, Pairs, load
from export import depth, read_weights
from model import Translator


def build(checkpoint: Path, averaged: bool, heads: int) -> Translator:
    """Load a model whose shape its weights tell."""
    weights = read_weights(checkpoint, averaged)
    vocab, dim = weights["embed"].shape
    inner = weights["encoder.0.ffn.down.weight"].shape[1]
    model = Translator(vocab, dim, heads, inner, depth(weights, "encoder"), depth(weights, "decoder"))
    model.load_state_dict({"positions": model.positions, **weights})
    return model


def word_numbers(pieces: Sequence[str]) -> np.ndarray:
    """Number the word of each piece."""
    return np.cumsum([piece.startswith("▁") for piece in pieces])


@torch.no_grad()
def evaluate(model: Translator, pairs: Pairs, tokenizer: sentencepiece.SentencePieceProcessor) -> dict[str, float]:
    """Return cross entropy per target piece with </s>, and alignment accuracy by piece and by word, 0 to 1."""
    total = pieces = linked = exact = word = 0.0
    for b in pairs.batches(np.arange(len(pairs)), 4096, None):
        states, points = model(b.source, b.source_mask, b.target)
        logits = states[b.target_mask] @ model.embed.T
        total += F.cross_entropy(logits, b.target[b.target_mask], reduction="sum").item()
        pieces += len(logits)
        known = (b.aligned != NONE) & b.target_mask
        best, gold = points.argmax(-1), b.aligned
        words = torch.from_numpy(np.stack([word_numbers(tokenizer.id_to_piece(r)) for r in b.source.tolist()]))
        linked += known.sum().item()
        exact += (best == gold)[known].sum().item()
        word += (words.gather(1, best) == words.gather(1, gold.clamp_max(words.shape[1] - 1)))[known].sum().item()
    return {"cross_entropy": total / pieces, "pieces": exact / max(1, linked), "words": word / max(1, linked)}


def main() -> None:
    """Read the options and print the figures."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("checkpoint", type=Path, metavar="CHECKPOINT")
    ap.add_argument("data", type=Path, metavar="DATA", help="folder of dev.npz and spm.model")
    ap.add_argument("--heads", type=int, default=4, help="attention heads of the model")
    ap.add_argument("--raw", action="store_true", help="take the last weights instead of the averaged ones")
    a = ap.parse_args()
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(a.data / "spm.model"))
    found = evaluate(build(a.checkpoint, not a.raw, a.heads), Pairs([load(a.data / "dev.npz")]), tokenizer)
    print(f"cross entropy {found['cross_entropy']:.4f} per piece")
    print(f"alignment: {found['pieces']:.1%} of linked pieces point at their piece, {found['words']:.1%} at its word")


if __name__ == "__main__":
    main()
