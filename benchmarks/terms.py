"""Term success with and without the glossary, and with each step of its enforcement taken away.

    uv run --group benchmarks python -m benchmarks.terms

Success is the share of judged terms that have a place of their own in the translation (exclusive matching on surface,
lemma and accepted forms). Beside it: chrF and BLEU against the references, the share of sentences the glossary changed,
renderings it put where the source has no term, and its cost in time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import sacrebleu

from benchmarks import term_sets
from benchmarks.term_sets import TermSet
from translator.engine.load import load_engine
from translator.engine.packages import choose_route
from translator.glossary.enforcement import Enforcer, Steps
from translator.glossary.model import Hit
from translator.glossary.translated import Translated
from translator.glossary.verification import Verifier

NONE = Steps(marks=False, n_best=False, plain=False, substitution=False, prefixes=False)
CONFIGURATIONS: dict[str, Steps | None] = {
    "no glossary": None,
    "all steps": Steps(),
    "only marks": replace(NONE, marks=True),
    "without marks": replace(Steps(), marks=False),
    "without n-best": replace(Steps(), n_best=False),
    "without plain decoding": replace(Steps(), plain=False),
    "without substitution": replace(Steps(), substitution=False),
    "without prefix decoding": replace(Steps(), prefixes=False),
}


@dataclass(frozen=True)
class Measured:
    """Figures of one configuration on one set; shares are 0 to 1, time is processor seconds."""

    success: float
    chrf: float
    bleu: float
    touched: float
    false: int
    seconds: float


def measure(
    name: str, engine: object, terms: TermSet, plain: Sequence[str] | None, beam: int
) -> tuple[Measured, list[str]]:
    """Translates a set in one configuration; `plain` are the translations without glossary, to compare with."""
    steps = CONFIGURATIONS[name]
    texts = [s.source for s in terms.sentences]
    hits: list[Sequence[Hit]] = [s.hits if steps else () for s in terms.sentences]
    enforcer = Enforcer(engine, "en", beam=beam, steps=steps)  # type: ignore[arg-type]
    enforcer.translate(texts[:40], hits[:40])  # loads dictionaries once; a run does so in half a second
    started = time.process_time()  # of all cores: other programs do not enter
    results: list[Translated] = enforcer.translate(texts, hits)
    seconds = time.process_time() - started
    output = [r.text for r in results]
    references = [s.reference for s in terms.sentences]
    return (
        Measured(
            success(terms, output),
            sacrebleu.corpus_chrf(output, [references]).score,
            sacrebleu.corpus_bleu(output, [references]).score,
            sum(a != b for a, b in zip(output, plain or output, strict=True)) / len(output),
            sum(
                false_insertions(s.hits, a, b) for s, a, b in zip(terms.sentences, output, plain or output, strict=True)
            ),
            seconds,
        ),
        output,
    )


def success(terms: TermSet, output: Sequence[str]) -> float:
    """Share of the judged terms with a place of their own in the output."""
    verifier = Verifier("en")
    placed = sum(
        sum(span is not None for span in verifier.spans(text, s.judged))
        for s, text in zip(terms.sentences, output, strict=True)
    )
    return placed / max(terms.terms, 1)


def false_insertions(hits: Sequence[Hit], output: str, plain: str) -> int:
    """Renderings that stand in the output more often than source and plain translation have them.

    That is what the glossary put where it does not belong.
    """
    verifier, surplus = Verifier("en"), 0
    for entry in {id(h.entry): h.entry for h in hits}.values():
        allowed = sum(h.entry is entry for h in hits)
        counts = [len(verifier.occurrences(text, entry.target, name=entry.is_name)) for text in (output, plain)]
        others = sum(entry.target in h.entry.target for h in hits if h.entry is not entry)
        surplus += max(0, counts[0] - max(allowed + others, counts[1]))
    return surplus


def main() -> None:
    """Prints a table a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/terms"), help="folder with ATS and WMT23-dev")
    parser.add_argument("--model", help="package to measure; the one that would be taken when left away")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--only", nargs="*", choices=list(CONFIGURATIONS), help="configurations, besides 'no glossary'")
    parser.add_argument("--sets", nargs="*", choices=("news", "ats", "wmt23"), default=("news", "ats", "wmt23"))
    arguments = parser.parse_args()
    engine = load_engine(choose_route("de", "en", arguments.model))
    print(f"model {engine.name}, beam {arguments.beam}; sacreBLEU {sacrebleu.__version__}, default settings")
    makers = {
        "news": term_sets.news,
        "ats": lambda: term_sets.automotive(arguments.data),
        "wmt23": lambda: term_sets.medical(arguments.data),
    }
    for key in arguments.sets:
        terms = makers[key]()
        reference = success(terms, [s.reference for s in terms.sentences])
        print(
            f"\n{terms.name}: {len(terms.sentences)} sentences, {terms.terms} terms; the references themselves {reference:.1%}"
        )
        print(f"  {'':26}success   chrF   BLEU  touched  false   time")
        plain: list[str] | None = None
        base = 0.0
        for name in CONFIGURATIONS:
            if plain is not None and arguments.only and name not in arguments.only:
                continue
            found, output = measure(name, engine, terms, plain, arguments.beam)
            if plain is None:
                plain, base = output, found.seconds
            print(f"  {name:26}{found.success:7.1%}{found.chrf:7.1f}{found.bleu:7.1f}{found.touched:9.1%}{found.false:7}"
                  f"{found.seconds / base:7.2f}×", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
