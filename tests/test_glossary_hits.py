"""The matcher against a table labelled without knowledge of it (issue: precision ≥ 99 %, recall ≥ 97 %)."""

from __future__ import annotations

from collections import Counter

from glossary_table import lines


def test_precision_and_recall() -> None:
    table = list(lines())
    assert len(table) >= 250
    right = false = missed = 0
    wrong = []
    for line in table:
        expected, found = Counter(line.expected), Counter(line.found())
        right += sum((expected & found).values())
        false += sum((found - expected).values())
        missed += sum((expected - found).values())
        if expected != found:
            wrong.append(line.text)
    assert right / (right + false) >= 0.99, wrong
    assert right / (right + missed) >= 0.97, wrong
