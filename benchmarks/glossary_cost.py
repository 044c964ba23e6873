"""What the glossary costs in time on running text.

    uv run python -m benchmarks.glossary_cost

The sets of benchmarks.terms have a term in every sentence and two or three in most; here are the sentences of whole
articles under the glossary of this project. Processor seconds of all cores, without and with the glossary by turns.
"""

from __future__ import annotations

import argparse
import time
from itertools import islice
from pathlib import Path

from benchmarks.articles import sentences
from translator.engine.load import load_engine
from translator.engine.packages import choose_route
from translator.glossary.enforcement import Enforcer
from translator.glossary.load import load
from translator.glossary.matching import Matcher

GLOSSARY = Path(__file__).parent.parent / "glossaries" / "de-en.csv"


def main() -> None:
    """Prints a line a round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=3000)
    parser.add_argument("--glossary", type=Path, default=GLOSSARY)
    parser.add_argument("--model", help="package to measure; the one that would be taken when left away")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    matcher = Matcher(load((given.glossary,), "de", "en").glossary)
    texts = list(islice(sentences(), given.sentences))
    hits = [tuple(matcher.hits(text)) for text in texts]
    found = [sum(not hit.soft for hit in row) for row in hits]
    print(f"{len(texts)} sentences, {sum(map(bool, found))} with terms, {sum(found)} terms")
    enforcer = Enforcer(load_engine(choose_route("de", "en", given.model)), "en")
    enforcer.translate(texts[:100], hits[:100])  # loads dictionaries once
    for _ in range(given.rounds):
        seconds = list[float]()
        for rows in ([()] * len(texts), hits):
            started = time.process_time()
            enforcer.translate(texts, rows)
            seconds.append(time.process_time() - started)
        print(f"without {seconds[0]:.1f} s, with {seconds[1]:.1f} s: {seconds[1] / seconds[0]:.2f}×", flush=True)


if __name__ == "__main__":
    main()
