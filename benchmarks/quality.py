"""BLEU and chrF of a translation package beside published figures, its term success and its word alignment.

    uv run --group benchmarks python -m benchmarks.quality

Every line of a set is split into sentences and translated as a run does it, with its beam and int8 arithmetic, without
glossary (Argos Translate splits too; newstest2020 has whole paragraphs in a line). Term
success is benchmarks.terms' on its sets: without hints, with marks in the source only, and with all steps. Alignment
needs dev.npz and spm.model of training/prepare.py (--aligned) and is left out without them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import sacrebleu

from benchmarks import term_sets
from benchmarks.alignment import agreement, linked_pairs
from benchmarks.published import PUBLISHED
from benchmarks.terms import measure
from translator.documents.encoding import read_text
from translator.engine.hypotheses import Decoding, Engine
from translator.engine.load import load_engine
from translator.engine.packages import choose_route
from translator.language.sentences import split

SETS = ("newstest2019", "newstest2020", "flores-dev")
HINTS = {"no glossary": "no hints", "only marks": "marks only", "all steps": "all steps"}


@dataclass(frozen=True)
class Score:
    """Figures of a set: BLEU and chrF with their signatures, wall time in seconds."""

    lines: int
    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str
    seconds: float


def score(output: Sequence[str], references: Sequence[str], seconds: float = 0.0) -> Score:
    """Scores translations against one reference each."""
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    found = [metric.corpus_score(output, [references]).score for metric in (bleu, chrf)]
    signatures = [str(metric.get_signature()) for metric in (bleu, chrf)]
    return Score(len(output), found[0], found[1], signatures[0], signatures[1], seconds)


def read_set(folder: Path, name: str, limit: int | None) -> tuple[list[str], list[str]]:
    """German lines and English references of a set, `limit` of each at most.

    Raises:
        SystemExit: a file is missing.
    """
    sides = []
    for code in ("de", "en"):
        path = folder / f"{name}.{code}"
        if not path.is_file():
            raise SystemExit(f"{path}: no such file; name the folder of the evaluation sets with --eval")
        sides.append(read_text(path)[0].splitlines()[:limit])
    return sides[0], sides[1]


def translated(engine: Engine, texts: Sequence[str], beam: int) -> tuple[list[str], float]:
    """Best translations, their sentences joined by a space, and the seconds they took."""
    started = time.perf_counter()
    segments = [split(text) for text in texts]
    results = iter(engine.translate([segment for text in segments for segment in text], Decoding(beam=beam)))
    joined = [" ".join(next(results)[0].text for _ in text) for text in segments]
    return joined, time.perf_counter() - started


def table(name: str, scores: dict[str, Score]) -> list[str]:
    """Rows of systems, columns of sets; each cell is BLEU / chrF."""
    rows = {name: {key: (s.bleu, s.chrf) for key, s in scores.items()}, **PUBLISHED}
    lines = [f"{'BLEU / chrF':22}" + "".join(f"{key:>16}" for key in scores)]
    for system, figures in rows.items():
        cells = (figures.get(key) for key in scores)
        shown = ("–" if c is None else f"{c[0]:.1f} / " + ("–" if c[1] is None else f"{c[1]:.1f}") for c in cells)
        lines.append(f"{system:22}" + "".join(f"{text:>16}" for text in shown))
    return lines


def terms_of(engine: Engine, folder: Path, beam: int, limit: int | None) -> dict[str, dict[str, float]]:
    """Term success for each way to give hints, by set; the sets of `folder` only where it has them."""
    sets = [term_sets.news()]
    if folder.is_dir():
        sets += [term_sets.automotive(folder), term_sets.medical(folder)]
    found: dict[str, dict[str, float]] = {}
    for whole in sets:
        terms = term_sets.TermSet(whole.name, whole.sentences[:limit])
        plain: list[str] | None = None
        for configuration, label in HINTS.items():
            if configuration == "only marks" and not engine.inline_terms:
                continue
            measured, output = measure(configuration, engine, terms, plain, beam)
            plain = plain or output
            found.setdefault(terms.name, {})[label] = measured.success
    return found


def parser() -> argparse.ArgumentParser:
    """The options."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--package", help="name, folder or .argosmodel; the one a run would take when left away")
    options.add_argument("--eval", type=Path, default=Path("../shared/eval"), help="folder with SET.de, SET.en, terms/")
    options.add_argument("--set", nargs="+", default=SETS, metavar="SET", help=f"sets to translate ({' '.join(SETS)})")
    options.add_argument("--limit", type=int, help="lines, term sentences and aligned pairs of each set to take")
    options.add_argument("--beam", type=int, default=4)
    options.add_argument("--aligned", type=Path, default=Path("../shared/training/data"), help="folder of dev.npz")
    options.add_argument("--no-terms", action="store_true", help="leave term success out, which takes longest")
    options.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    options.add_argument("--output", type=Path, metavar="FOLDER", help="also write the translations, SET.out")
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables."""
    a = parser().parse_args(arguments)
    sets = {name: read_set(a.eval, name, a.limit) for name in a.set}
    engine = load_engine(choose_route("de", "en", a.package))
    scores: dict[str, Score] = {}
    for name, (sources, references) in sets.items():
        output, seconds = translated(engine, sources, a.beam)
        scores[name] = score(output, references, seconds)
        if a.output:
            a.output.mkdir(parents=True, exist_ok=True)
            (a.output / f"{name}.out").write_text("".join(f"{line}\n" for line in output), encoding="utf-8")
    figures: dict[str, object] = {
        "package": engine.name,
        "beam": a.beam,
        "sets": {k: asdict(s) for k, s in scores.items()},
    }
    print("\n".join(table(engine.name, scores)))
    first = next(iter(scores.values()))
    print(f"{first.bleu_signature}\n{first.chrf_signature}")
    if a.limit:
        print(f"only the first {a.limit} lines: not to be compared with the published figures")
    if not a.no_terms:
        figures["terms"] = terms = terms_of(engine, a.eval / "terms", a.beam, a.limit)
        print(f"\n{'term success':22}" + "".join(f"{label:>16}" for label in HINTS.values()))
        for name, by_label in terms.items():
            shown = (f"{by_label[label]:.1%}" if label in by_label else "–" for label in HINTS.values())
            print(f"{name:22}" + "".join(f"{text:>16}" for text in shown))
    if (a.aligned / "dev.npz").is_file():
        pairs = linked_pairs(a.aligned, a.limit or 500)
        if found := agreement(engine, pairs):
            figures["alignment"] = {"pairs": len(pairs), "precision": found.precision, "recall": found.recall}
            print(f"\nalignment, {len(pairs)} pairs: precision {found.precision:.1%}, recall {found.recall:.1%}")
    if a.json:
        a.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
