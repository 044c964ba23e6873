"""Speed of glossary matching: characters a second over real text with a large glossary.

    uv run python -m benchmarks.matching

The glossary is glossaries/de-en.csv, filled up to --entries with words of the texts themselves, so that hits are many.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

from translator.documents.encoding import read_text
from translator.glossary.load import load
from translator.glossary.matching import Matcher
from translator.glossary.model import Entry, Glossary
from translator.glossary.words import words

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Prints one line of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, nargs="*", default=[Path("../shared/eval"), Path("../shared/seeds"), ROOT / "seeds"]
    )
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--entries", type=int, default=5_000)
    arguments = parser.parse_args()
    files = [f for folder in arguments.data for f in sorted([*folder.glob("**/*.de"), *folder.glob("*.txt")])]
    found = [line for file in files for line in read_text(file)[0].splitlines() if line.strip()]
    texts = (found * (arguments.lines // max(len(found), 1) + 1))[: arguments.lines]
    entries = list(load([ROOT / "glossaries" / "de-en.csv"], "de", "en").glossary.entries)
    known = {e.source for e in entries}
    nouns = Counter(
        w.text for line in found for w in words(line) if w.text[:1].isupper() and len(w.text) > 4 and not w.opening
    )
    entries += [Entry(n, (n.lower(),)) for n, _ in nouns.most_common() if n not in known][
        : arguments.entries - len(entries)
    ]
    started = time.monotonic()
    matcher = Matcher(Glossary(entries))
    built = time.monotonic() - started
    started = time.monotonic()
    hits = sum(len(matcher.hits(text)) for text in texts)
    seconds = time.monotonic() - started
    characters = sum(map(len, texts))
    print(
        f"{len(texts)} lines ({len(found)} different), {characters / 1e6:.1f} M characters, {len(entries)} entries: built in "
        f"{built:.1f} s, {hits} hits in {seconds:.1f} s, {characters / seconds / 1e3:,.0f} k characters/s"
    )


if __name__ == "__main__":
    main()
