"""Write a vocabulary map: which target pieces a decoder looks at for which source pieces, a third less work a sentence.

CTranslate2 reads it as model/vmap.txt (`use_vmap`). For each batch the output layer is cut down to the pieces that are
frequent anywhere, those that the word links of the training data pair with the batch's source pieces, and the source
pieces themselves, for names are copied (L'Hostis et al. 2016, "Vocabulary selection strategies for NMT",
arXiv:1610.00072). With the defaults the built-in model keeps its BLEU on newstest2019 and newstest2020 to 0.02.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import sentencepiece
from arrays import NONE
from data import Pairs, load_shards
from numpy.typing import NDArray


def link_counts(pairs: Pairs, size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the linked pairs of pieces, as source id × size + target id in ascending order, and how often each occurs."""
    known = pairs.aln != NONE
    places = np.repeat(pairs.src_at, pairs.tgt_len)[known] + pairs.aln[known]
    linked = pairs.src[places].astype(np.int64) * size + pairs.tgt[known]
    keys, counts = np.unique(linked, return_counts=True)
    return keys, counts


def write_map(pairs: Pairs, pieces: list[str], frequent: int, most: int, file: Path) -> None:
    """Write the map: a line of the pieces that are always looked at, then a line for each source piece that has others."""
    size = len(pieces)
    always = np.argsort(-np.bincount(pairs.tgt, minlength=size), kind="stable")[:frequent].tolist()
    kept = {*always, pieces.index("</s>")}
    lines = ["\t" + " ".join(pieces[i] for i in sorted(kept))]
    keys, counts = link_counts(pairs, size)
    for source, piece in enumerate(pieces):
        start, end = np.searchsorted(keys, (source * size, (source + 1) * size))
        likely = (keys[start:end] % size)[np.argsort(-counts[start:end], kind="stable")].tolist()
        own = list(dict.fromkeys([source, *(i for i in likely if i not in kept)]))[:most]
        if other := [pieces[i] for i in own if i not in kept]:
            lines.append(f"{piece}\t{' '.join(other)}")
    half = file.with_name(f".{file.name}.part")
    half.write_text("\n".join(lines) + "\n", "utf-8")
    half.replace(file)


def main() -> None:
    """Read the options and write the map."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path, metavar="DATA", help="spm.model and shards/ as prepare.py writes them")
    ap.add_argument("file", type=Path, metavar="FILE", help="vmap.txt to write")
    ap.add_argument("--frequent", type=int, default=8000, help="pieces that are always looked at")
    ap.add_argument("--most", type=int, default=60, help="other pieces for a source piece")
    a = ap.parse_args()
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(a.data / "spm.model"))
    pieces = [tokenizer.id_to_piece(i) for i in range(tokenizer.get_piece_size())]
    write_map(load_shards(a.data / "shards"), pieces, a.frequent, a.most, a.file)
    print(a.file, f"{a.file.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
