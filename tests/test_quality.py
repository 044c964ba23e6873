"""The quality benchmark: its scores, its table and the alignment it judges."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("sacrebleu")

from benchmarks.alignment import LinkedPair, agreement
from benchmarks.published import PUBLISHED
from benchmarks.quality import SETS, read_set, score, table
from translator.engine.hypotheses import Decoding, Hypothesis


def test_a_perfect_translation_scores_100_and_signs_its_score() -> None:
    lines = ["The minister resigned on Monday.", "The truce held until the evening."]
    found = score(lines, lines)
    assert (round(found.bleu), round(found.chrf), found.lines) == (100, 100, 2)
    assert "tok:13a" in found.bleu_signature
    assert "nc:6" in found.chrf_signature


def test_the_table_has_the_package_and_every_published_system() -> None:
    rows = table("de_en-9", {name: score(["The truce held on."], ["The truce held on."]) for name in SETS})
    assert rows[1].split()[:4] == ["de_en-9", "100.0", "/", "100.0"]
    assert [row[:22].strip() for row in rows[2:]] == list(PUBLISHED)


def test_a_missing_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="newstest2019"):
        read_set(tmp_path, "newstest2019", None)


class Pointing:
    """Writes the prefix and points from word i to word i, the third word unsurely."""

    name, inline_terms = "pointing", False

    def __init__(self, aligns: bool = True) -> None:
        self.aligns = aligns

    def translate(
        self, texts: Sequence[str], decoding: Decoding, done: object = None, prefixes: Sequence[str] | None = None
    ) -> list[list[Hypothesis]]:
        links = ((0, 0.9), (1, 0.9), (2, 0.3))
        return [[Hypothesis(prefix, -1, links if self.aligns else None)] for prefix in prefixes or texts]

    def score(self, texts: Sequence[str], translations: Sequence[str]) -> list[float]:
        return [-1.0] * len(texts)


def test_alignment_counts_sure_links_of_linked_words() -> None:
    found = agreement(Pointing(), [LinkedPair("a b c d", "x y z", {0: {0}, 1: {3}, 2: {2}})])
    assert found is not None
    assert (found.given, found.right, found.wanted) == (2, 1, 3)
    assert (found.precision, found.recall) == (1 / 2, 1 / 3)


def test_a_package_that_gives_no_alignment_has_no_figure() -> None:
    assert agreement(Pointing(aligns=False), [LinkedPair("a", "x", {0: {0}})]) is None
