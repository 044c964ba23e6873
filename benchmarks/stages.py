"""Processor time of a run by stage, and the share outside the decoder.

    uv run python -m benchmarks.stages

Reading, writing and the decoder's bookkeeping are Python threads whose time the system counts one by one; what is left
of the process's time is CTranslate2's. Wall time says less: while the decoder works, the others do.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import translator.delivery
import translator.preloading
import translator.preparation
from benchmarks.articles import write_articles
from translator.glossary.statistics import TermStatistics
from translator.options import Options
from translator.outputs import Outputs
from translator.pipeline import run
from translator.recall import Recall
from translator.windows import WindowTranslator


def main() -> None:
    """Prints a JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--sentences", type=int, default=25, help="of an article")
    given = parser.parse_args()
    seconds: dict[str, float] = {}

    def counted(owner: Any, name: str, stage: str) -> None:
        function: Callable[..., Any] = getattr(owner, name)

        def measured(*args: Any, **named: Any) -> Any:
            started = time.thread_time()
            try:
                return function(*args, **named)
            finally:
                seconds[stage] = seconds.get(stage, 0.0) + time.thread_time() - started

        setattr(owner, name, measured)

    counted(translator.preparation, "prepare", "read, detect, segment")
    counted(Recall, "look_up", "recall")
    counted(Recall, "remember", "remember")
    counted(translator.delivery, "run_checks", "check")
    counted(translator.delivery, "project", "project formatting")
    counted(TermStatistics, "collect", "inconsistent terms")
    counted(Outputs, "plan", "plan outputs")
    counted(Outputs, "write", "export")
    counted(translator.preloading, "_preload", "preloading")
    counted(WindowTranslator, "_decode", "decoder's bookkeeping")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        words = write_articles(folder / "in", given.articles, given.sentences)
        memory = folder / "memory.sqlite"
        options = Options((folder / "in",), ("en",), glossaries=(), output=folder / "out", memory=memory)
        started = time.process_time(), time.perf_counter()
        run(options)
        whole, wall = time.process_time() - started[0], time.perf_counter() - started[1]
    seconds["decoder"] = whole - sum(seconds.values())
    figures = {
        "articles": given.articles,
        "words": words,
        "wall seconds": round(wall, 2),
        "processor seconds": round(whole, 2),
        "stages": {stage: round(s, 2) for stage, s in sorted(seconds.items(), key=lambda item: -item[1])},
        "outside the decoder": round(1 - seconds["decoder"] / whole, 3),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
