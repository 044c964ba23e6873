"""Whether bold, italic, links and footnote marks end up on the right words of the translation.

    uv run python -m benchmarks.formatting

Each stretch of benchmarks/data/formatting.tsv comes out right (on the words that stand for it, however poorly they are
translated), dropped (the tool was unsure), or misplaced; the last must not happen. What a new model calls a stretch may be
missing from the file: look at what is called misplaced, and add the wording where only that is new.
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

from markdown_it import MarkdownIt

from translator.documents import Format, Segment, Span
from translator.documents.markdown import inline_paragraph
from translator.engine.hypotheses import Decoding
from translator.engine.load import load_engine
from translator.engine.packages import choose_route
from translator.formatting import project

FILE = Path(__file__).parent / "data" / "formatting.tsv"
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)


def bare(text: str) -> str:
    """Lower case without punctuation at the edges and a leading article."""
    return _ARTICLE.sub("", re.sub(r"^[^\w$€£%]+|[^\w$€£%]+$", "", text.lower())).strip("%€$£ ")


def main() -> None:
    """Prints counts, and each stretch that is not right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model")
    parser.add_argument("-v", "--verbose", action="store_true")
    arguments = parser.parse_args()
    engine = load_engine(choose_route("de", "en", arguments.model))
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    paragraphs = [inline_paragraph(MarkdownIt("commonmark").parse(row["source"])[1]) for row in rows]
    results = engine.translate([p.text for p in paragraphs], Decoding(alignment=True))
    counts = {kind: {"right": 0, "dropped": 0, "misplaced": 0} for kind in ("stretches", "footnote marks behind them")}
    for row, paragraph, (best, *_) in zip(rows, paragraphs, results, strict=True):
        groups = [{bare(form) for form in group.split("|")} for group in row["accepted"].split(" ; ")]
        stretches = sorted((s for s in paragraph.spans if s.format is not Format.NOTE), key=lambda s: s.start)
        for stretch, accepted in zip(stretches, groups, strict=True):
            mark = Span(stretch.end, stretch.end, Format.NOTE, "1")
            for kind, span in zip(counts, (stretch, mark), strict=True):
                placed = project(Segment("", paragraph.text, 1, (span,)), best.text, best.alignment)
                outcome = _judge(placed, best.text, accepted, last=not paragraph.text[span.end :].strip(".,!?“”"))
                counts[kind][outcome] += 1
                if outcome == "misplaced" or arguments.verbose:
                    shown = [
                        f"{best.text[: s.start]}[{best.text[s.start : s.end]}]{best.text[s.end :]}" for s in placed
                    ]
                    print(f"{outcome}: {paragraph.text[stretch.start : stretch.end]!r} in: {(shown or [best.text])[0]}")
    for kind, outcomes in counts.items():
        total, carried = sum(outcomes.values()), outcomes["right"] + outcomes["misplaced"]
        shares = ", ".join(f"{n} {name} ({n / total:.0%})" for name, n in outcomes.items())
        print(
            f"{engine.name}: {len(rows)} sentences, {total} {kind}: {shares}; precision {outcomes['right'] / carried:.1%}"
        )


def _judge(placed: tuple[Span, ...], translation: str, accepted: set[str], *, last: bool) -> str:
    if not placed:
        return "dropped"
    span = placed[0]
    if span.format is Format.NOTE:
        if last and span.start == len(translation):
            return "right"  # it belongs to the sentence
        before = bare(translation[: span.start])
        return "right" if any(re.search(rf"(?<!\w){re.escape(form)}$", before) for form in accepted) else "misplaced"
    return "right" if bare(translation[span.start : span.end]) in accepted else "misplaced"


if __name__ == "__main__":
    main()
