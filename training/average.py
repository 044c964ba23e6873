"""Average two checkpoints that started from the same weights: better than either, at no cost when it runs.

A run that goes on from a finished one with other seeds ends elsewhere in the same valley; the middle between the two does
better on unseen text than both ends (Wortsman et al. 2022, "Model soups", arXiv:2203.05482). The built-in model is such
an average.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def average(first: Path, second: Path, weight: float, out: Path) -> None:
    """Write (1 - weight) × first + weight × second, raw and averaged weights alike, beside its place and rename it.

    Raises:
        SystemExit: the two have not the same parameters.
    """
    a, b = (torch.load(path, map_location="cpu", weights_only=True) for path in (first, second))
    for kind in ("ema", "raw"):
        if {n: p.shape for n, p in a[kind].items()} != {n: p.shape for n, p in b[kind].items()}:
            raise SystemExit(f"{first} and {second} are of different models")
        for name in a[kind]:
            a[kind][name] = torch.lerp(a[kind][name].float(), b[kind][name].float(), weight)
    half = out.with_name(f".{out.name}.part")
    torch.save(a, half)
    half.replace(out)


def main() -> None:
    """Read the options and write the average."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("first", type=Path, metavar="FIRST", help="OUT/last.pt of a run")
    ap.add_argument("second", type=Path, metavar="SECOND", help="OUT/last.pt of another one that started from it")
    ap.add_argument("out", type=Path, metavar="AVERAGE", help="file to write")
    ap.add_argument("--weight", type=float, default=0.5, help="share of the second, 0 to 1")
    a = ap.parse_args()
    average(a.first, a.second, a.weight, a.out)


if __name__ == "__main__":
    main()
