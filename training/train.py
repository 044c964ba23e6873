"""Train the small transformer, or continue from a package, for a fixed wall time on a CPU or GPU.

DATA holds spm.model, shards/ and dev.npz as prepare.py writes them. OUT receives last.pt (raw and averaged weights).
The learning rates warm up, stay, and decay linearly to zero over the last minutes.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import sentencepiece
import torch
import torch.nn.functional as F
from data import NONE, Batch, Pairs, load, load_shards, news_rows
from model import Translator, load_package
from muon import Adam, Muon
from torch import Tensor

MUON_LR, ADAM_LR, EMBED = 0.01, 2e-3, 0.35
NEGATIVES, GUIDED, EMA = 1000, 0.05, 0.995


def log(*words: object) -> None:
    """Print with the time."""
    print(time.strftime("%H:%M:%S"), *words, flush=True)


def losses(model: Translator, b: Batch, sample: bool) -> tuple[Tensor, Tensor, int]:
    """Return summed cross entropy, mean alignment loss and the number of target pieces.

    With `sample`, the softmax runs over the batch's own target types and some random others, whose logits are raised
    by the log of how many they stand for.
    """
    states, points = model(b.source, b.source_mask, b.target)
    states, gold = states[b.target_mask], b.target[b.target_mask]
    table, vocab = model.embed, model.embed.shape[0]
    if sample:
        present = torch.zeros(vocab, dtype=torch.bool, device=gold.device)
        present[gold] = True
        rest = (~present).nonzero()[:, 0]
        drawn = rest[torch.randperm(len(rest), device=gold.device)[:NEGATIVES]]
        chosen = torch.cat([present.nonzero()[:, 0], drawn])
        place = torch.empty(vocab, dtype=torch.long, device=gold.device)
        place[chosen] = torch.arange(len(chosen), device=gold.device)
        raised = torch.zeros(len(chosen), device=gold.device)
        raised[len(chosen) - len(drawn) :] = np.log(len(rest) / max(1, len(drawn)))
        ce = F.cross_entropy((states @ table[chosen].T).float() + raised, place[gold], reduction="sum")
    else:
        ce = F.cross_entropy((states @ table.T).float(), gold, reduction="sum")
    known = (b.aligned != NONE) & b.target_mask
    picked = points.log_softmax(-1)[known].gather(1, b.aligned[known][:, None])
    return ce, -picked.sum() / known.sum().clamp_min(1), len(gold)


@torch.no_grad()
def evaluate(model: Translator, pairs: Pairs, device: str) -> float:
    """Return the cross entropy per target piece, </s> included, over the full vocabulary."""
    total, count = 0.0, 0
    for batch in pairs.batches(np.arange(len(pairs)), 4096, None):
        ce, _, n = losses(model, Batch(*(x.to(device) for x in vars(batch).values())), False)
        total, count = total + ce.item(), count + n
    return total / count


def parts_of(name: str) -> int:
    """Say how many matrices a parameter holds."""
    return 3 if "qkv" in name else 2 if "kv" in name or "gu" in name else 1


def schedule(seconds: float, step: int, total: float, decay: float, warmup: int) -> float:
    """Return the factor of the learning rates."""
    return min((step + 1) / warmup, max(0.0, (total - seconds) / decay), 1.0)


def train(a: argparse.Namespace) -> None:
    """Run the training that the options describe."""
    began = time.time()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    work = torch.bfloat16 if a.bf16 else torch.float32
    torch.manual_seed(a.seed)
    rng = np.random.default_rng(a.seed)
    dev = Pairs([load(a.data / "dev.npz")])
    pieces_known = sentencepiece.SentencePieceProcessor(model_file=str(a.data / "spm.model")).get_piece_size()
    average = (load_package(a.init) if a.init else Translator(pieces_known)).to(device)
    last = a.out / "last.pt"
    a.out.mkdir(parents=True, exist_ok=True)
    names = [n for n, _ in average.named_parameters()]
    averaged = [p.detach() for p in average.parameters()]
    masters = [p.clone() for p in averaged]
    if a.resume:
        saved = torch.load(last, map_location=device)
        for name, p, q in zip(names, averaged, masters, strict=True):
            p.copy_(saved["ema"][name])
            q.copy_(saved["raw"][name])
    vocab, dim = average.embed.shape
    inner = average.encoder[0].ffn.down.weight.shape[1]
    model = Translator(vocab, dim, average.heads, inner, len(average.encoder), len(average.decoder)).to(device, work)
    weights = list(model.parameters())
    matrix = [p.dim() == 2 and n != "embed" for n, p in zip(names, masters, strict=True)]
    of_muon, of_adam = ([i for i, m in enumerate(matrix) if m is which] for which in (True, False))
    muon = Muon([masters[i] for i in of_muon], [parts_of(names[i]) for i in of_muon], MUON_LR * a.lr, work)
    adam = Adam(
        [masters[i] for i in of_adam], [ADAM_LR * a.lr * (EMBED if names[i] == "embed" else 1) for i in of_adam]
    )
    with torch.no_grad():
        torch._foreach_copy_(weights, masters)
    log("dev cross entropy", round(evaluate(average, dev, device), 4))
    pairs = load_shards(a.shards or a.data / "shards")
    rows = news_rows(pairs, a.data / "spm.model", a.news, rng) if a.news else np.arange(len(pairs))
    log(f"{len(rows)} of {len(pairs)} pairs, {time.time() - began:.0f} s to load")

    def save() -> None:
        state = {"raw": dict(zip(names, masters, strict=True)), "ema": dict(zip(names, averaged, strict=True))}
        torch.save({**state, "step": step}, last)

    step, pieces, tick = 0, 0, time.time()
    total, decay = 60 * a.minutes, 60 * (a.decay_minutes or a.minutes)
    start = began if a.count_loading else time.time()
    due: list[tuple[float, float, Callable[[], None]]] = [
        (
            60 * a.eval_minutes,
            60 * a.eval_minutes,
            lambda: log("dev cross entropy", round(evaluate(average, dev, device), 4)),
        ),
        (60 * a.save_minutes, 60 * a.save_minutes, save),
    ]
    while time.time() - start < total:
        for batch in pairs.batches(rows, a.tokens, rng):
            gone = time.time() - start
            if gone >= total:
                break
            ce, pointing, n = losses(model, Batch(*(x.to(device) for x in vars(batch).values())), True)
            (ce / n + GUIDED * pointing).backward()
            grads = [p.grad.float() for p in weights if p.grad is not None]
            factor = schedule(gone, step, total, decay, a.warmup)
            muon.step([grads[i] for i in of_muon], factor)
            adam.step([grads[i] for i in of_adam], factor)
            model.zero_grad()
            with torch.no_grad():
                torch._foreach_copy_(weights, masters)
                torch._foreach_lerp_(averaged, masters, 1 - min(EMA, (step + 1) / (step + 10)))
            step, pieces = step + 1, pieces + n
            if step % a.log_steps == 0:
                rate = pieces / (time.time() - tick)
                log(
                    f"step {step} ce {ce.item() / n:.3f} align {pointing.item():.3f} {rate:.0f} pieces/s rate x{factor:.2f}"
                )
                pieces, tick = 0, time.time()
            for k, (at, every, action) in enumerate(due):
                if gone >= at:
                    action()
                    due[k] = (at + every, every, action)
    save()
    log("dev cross entropy", round(evaluate(average, dev, device), 4), "after", step, "steps")


def main() -> None:
    """Read the options and train."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path, metavar="DATA")
    ap.add_argument("out", type=Path, metavar="OUT")
    ap.add_argument("--init", type=Path, metavar="PACKAGE", help="start from the weights of this package folder")
    ap.add_argument("--resume", action="store_true", help="start from OUT/last.pt (fresh optimiser state)")
    ap.add_argument("--minutes", type=float, default=60, help="wall time of the training")
    ap.add_argument("--decay-minutes", type=float, help="last minutes, over which the rates fall to 0 (default: all)")
    ap.add_argument("--count-loading", action="store_true", help="count the loading of the data into --minutes")
    ap.add_argument("--lr", type=float, default=1.0, help="factor of all learning rates; 0.33 to finish a model")
    ap.add_argument("--warmup", type=int, default=50, help="steps")
    ap.add_argument("--tokens", type=int, default=6144, help="padded pieces a batch and side")
    ap.add_argument("--shards", type=Path, help="folder of the shards, if not DATA/shards")
    ap.add_argument("--news", type=Path, help="folder of news *.tsv; rows unlike them are thinned out")
    ap.add_argument("--bf16", action="store_true", help="compute in bf16; pays off with AMX or on a GPU")
    ap.add_argument("--eval-minutes", type=float, default=10)
    ap.add_argument("--save-minutes", type=float, default=8)
    ap.add_argument("--log-steps", type=int, default=50)
    ap.add_argument("--seed", type=int, default=1)
    train(ap.parse_args())


if __name__ == "__main__":
    main()
