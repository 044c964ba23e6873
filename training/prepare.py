"""Turn aligned German<TAB>English text into the arrays that train.py reads.

CORPUS is FILE.tsv or FILE.tsv.gz, with :WEIGHT behind it to stand there WEIGHT times. Written to OUT:
  spm.model          one SentencePiece model for both languages; one that is there already is kept
  shards/NNN.npz.xz  training pairs, shuffled, a share of them a second time with term marks (see marking.py)
  dev.npz            held-out pairs without marks

Word links come from eflomal. Without it there are no marks and no alignment to train the attention with.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from arrays import NONE, Encoder, Row, train_pieces, write_shard
from corpora import Pair, bare, held_back, read_pairs, typographic
from marking import Lexicon, Marker, count
from phrases import Links

STEM = 5
"""Letters by which eflomal sees a word; inflected forms of a word then count together."""
COUNTED, MARKED = 20_000, 4000
"""Pairs a job."""
FORK = multiprocessing.get_context("fork")  # hands the pairs over without copying them


def log(*words: object) -> None:
    """Print with the time, on stderr."""
    print(time.strftime("%H:%M:%S"), *words, file=sys.stderr, flush=True)


def align(pairs: Sequence[Pair]) -> list[Links]:
    """Return the word links that both directions of eflomal agree on; none at all where it is not installed."""
    try:
        import eflomal
    except ImportError:
        return [[] for _ in pairs]

    def stems(text: str) -> str:
        return " ".join("".join(c for c in w.lower() if c.isalnum())[:STEM] or "·" for w in text.split()) + "\n"

    with TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("forward", "reverse")]
        eflomal.Aligner(model=3, n_samplers=2, rel_iterations=0.6).align(
            [stems(de) for de, _ in pairs],
            [stems(en) for _, en in pairs],
            links_filename_fwd=str(files[0]),
            links_filename_rev=str(files[1]),
        )
        sides = [f.read_text("utf-8").splitlines() for f in files]
    agreed = (set(a.split()) & set(b.split()) for a, b in zip(*sides, strict=True))
    return [sorted((int(i), int(j)) for i, _, j in (link.partition("-") for link in links)) for links in agreed]


@dataclass
class Work:
    """What the worker processes share; they inherit it when they are forked."""

    pairs: Sequence[Pair]
    links: Sequence[Links]
    encoder: Encoder | None = None
    marker: Marker | None = None


WORK = Work([], [])


def counted(start: int) -> Lexicon:
    """Count COUNTED pairs from a place on."""
    part = slice(start, start + COUNTED)
    return count(WORK.pairs[part], WORK.links[part])


def marked(job: tuple[str, list[int]]) -> list[tuple[str, str, Links]]:
    """Return the marked copies of the pairs with these numbers; the job's name seeds the draw."""
    assert WORK.marker
    rng = random.Random(job[0])
    copies = (WORK.marker.marked(WORK.pairs[i], WORK.links[i], rng) for i in job[1])
    return [copy for copy in copies if copy]


def encoded(item: tuple[str, str, Links]) -> Row | None:
    """Encode one pair."""
    assert WORK.encoder
    return WORK.encoder.row(*item)


def lexicon_of(pairs: Sequence[Pair], workers: int) -> Lexicon:
    """Count all pairs."""
    whole = Lexicon(Counter(), Counter())
    with FORK.Pool(workers) as pool:
        for part in pool.imap_unordered(counted, range(0, len(pairs), COUNTED)):
            whole.pairs.update(part.pairs)
            for word, n in part.lower.items():
                whole.lower[word] += n  # update() keeps negative counts too, but adds slower
    log(len(whole.pairs), "phrase pairs, of which", sum(n > 1 for n in whole.pairs.values()), "seen twice or more")
    return whole


def shards(a: argparse.Namespace, rng: random.Random) -> Iterator[list[Row]]:
    """Yield the held-out pairs, then the rows of every shard."""
    items = [(de, en, links) for (de, en), links in zip(WORK.pairs, WORK.links, strict=True)]
    with FORK.Pool(a.workers) as pool:
        yield [row for row in pool.map(encoded, items[: a.dev], 500) if row]
        for number, start in enumerate(range(a.dev, len(items), a.shard)):
            stop = min(start + a.shard, len(items))
            drawn = [i for i in range(start, stop) if rng.random() < a.marked]
            jobs = [(f"{a.seed}-{number}-{c}", drawn[c : c + MARKED]) for c in range(0, len(drawn), MARKED)]
            copies = [copy for part in pool.imap(marked, jobs) for copy in part]
            for de, en, _ in copies[: 12 if number == 0 else 0]:
                log("   ", de, "=>", en)
            both = items[start:stop] + copies
            rng.shuffle(both)
            log(stop - start, "pairs and", len(copies), "marked copies")
            yield [row for row in pool.map(encoded, both, 5000) if row]


def set_apart(pairs: Sequence[Pair], size: int) -> list[Pair]:
    """Return the pairs with `size` different ones first, none of which comes again (corpora can weigh more than 1)."""

    def key(pair: Pair) -> tuple[str, str]:
        return bare(pair[0]), bare(pair[1])

    held: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        if len(held) == size:
            break
        held.setdefault(key(pair), pair)
    return [*held.values(), *(pair for pair in pairs if key(pair) not in held)]


def prepare(a: argparse.Namespace) -> None:
    """Do what the options say.

    Raises:
        SystemExit: there are not enough pairs.
    """
    (a.out / "shards").mkdir(parents=True, exist_ok=True)
    rng = random.Random(a.seed)
    pairs = [typographic(pair, rng) for pair in read_pairs(a.corpora, held_back(a.exclude), log)]
    rng.shuffle(pairs)
    pairs = set_apart(pairs, a.dev)
    log(len(pairs), "pairs")
    if len(pairs) <= a.dev:
        raise SystemExit(f"only {len(pairs)} pairs, and {a.dev} are to be held out: give more text or a smaller --dev")
    if not (a.out / "spm.model").exists():
        train_pieces(pairs[: a.spm_pairs], a.out / "spm", a.vocab)
        log("SentencePiece model trained")
    links: list[Links] = []
    for start in range(0, len(pairs), a.chunk):
        links += align(pairs[start : start + a.chunk])
        log("aligned", len(links))
    if not any(links):
        log("NO WORD LINKS (is eflomal installed?): no term marks, and the attention will not learn to align")
    WORK.pairs, WORK.links = pairs, links
    WORK.marker, WORK.encoder = Marker(lexicon_of(pairs, a.workers)), Encoder(a.out / "spm.model")
    log(len(WORK.marker.names), "names and", len(WORK.marker.nouns), "nouns to exchange")
    total = 0
    for number, rows in enumerate(shards(a, rng)):
        path = a.out / "shards" / f"{number - 1:03d}.npz.xz" if number else a.out / "dev.npz"
        write_shard(path, rows)
        total += len(rows) if number else 0
        sample = b"".join(row[2] for row in rows[:2000])
        share = 1 - sample.count(NONE) / max(1, len(sample))
        log(f"{path.name}: {len(rows)} rows, {path.stat().st_size / 1e6:.1f} MB, {share:.0%} of target pieces aligned")
    log(total, "training rows")


def main() -> None:
    """Read the options and prepare."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out", type=Path, metavar="OUT")
    ap.add_argument("corpora", nargs="+", metavar="CORPUS")
    ap.add_argument("--vocab", type=int, default=16000, help="pieces")
    ap.add_argument("--dev", type=int, default=1000, help="pairs held out")
    ap.add_argument("--spm-pairs", type=int, default=700_000, help="pairs the pieces are learnt from")
    ap.add_argument("--marked", type=float, default=0.25, help="share of pairs that also get a marked copy")
    ap.add_argument("--chunk", type=int, default=400_000, help="pairs aligned at a time")
    ap.add_argument("--shard", type=int, default=500_000, help="pairs a shard")
    ap.add_argument("--exclude", nargs="*", type=Path, default=[], help="evaluation files, a sentence a line")
    ap.add_argument("--workers", type=int, default=2, help="processes")
    ap.add_argument("--seed", type=int, default=1)
    prepare(ap.parse_args())


if __name__ == "__main__":
    main()
