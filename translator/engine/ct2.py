"""CTranslate2 on an Argos package: sentence by sentence, in batches of alike length."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from translator.engine.clauses import cut
from translator.engine.hypotheses import Decoding, Done, Hypothesis
from translator.engine.packages import Package
from translator.engine.pieces import TERM_MARKS, WORD_START, Pieces, word_starts
from translator.errors import ModelError

BATCH_PIECES, SMALLEST_BATCH = 768, 192
"""Padded source pieces decoded together: large enough for the cores, small enough that progress moves. A few sentences
are cut into smaller batches, so that no core is idle."""
SCORED_PIECES = 256
"""Padded pieces scored together: with more, the probabilities of the whole vocabulary leave the caches (5 × slower)."""
LONGEST = 110
"""Pieces a model is given at a time; Argos packages were trained on sentences of up to about 150."""


class PackageEngine:
    """Engine on one package.

    Scores are normalised here: CTranslate2 divides the sum by length ** length_penalty, so a penalty of 1 gives the
    mean log-probability (Argos's 0.2 makes long sentences look worse than they are).
    """

    def __init__(self, package: Package, threads: int = 0, device: str = "cpu") -> None:
        """Loads the model.

        Args:
            package: the package.
            threads: cores to use, 0 for all.
            device: `cpu`, `cuda`, or `cuda:1` for the second graphics card.

        Raises:
            ModelError: it does not load.
        """
        import ctranslate2

        self.package = package
        self.name = package.name
        self.inline_terms = package.inline_terms
        self._workers = workers = threads or os.cpu_count() or 1
        try:
            self._pieces = Pieces(package)
            self._model: Any = ctranslate2.Translator(str(package.path / "model"), **_hardware(device, workers))
        except ModelError:
            raise
        except (
            Exception
        ) as error:  # CTranslate2 and SentencePiece raise RuntimeError, ValueError or let C++ errors through
            raise ModelError(f"{package.path}: the model cannot be loaded ({error})") from error
        # A vocabulary map spares a third of the work (training/vocabulary_map.py); a prefix may hold pieces it leaves out.
        self._has_map = package.vocabulary_map is not None
        self._suppressed = [[WORD_START + mark] for mark in TERM_MARKS] if package.inline_terms else None

    def translate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        done: Done | None = None,
        prefixes: Sequence[str] | None = None,
    ) -> list[list[Hypothesis]]:
        """See Engine.translate; over-long texts are cut at clause marks and their parts joined."""
        parts, begun, owner = list[list[str]](), list[list[str]](), list[int]()
        for index, text in enumerate(texts):
            prefix = self._pieces.encode(prefixes[index]) if prefixes is not None else []
            for part in self._parts(text, whole=bool(prefix)):
                parts.append(part)
                begun.append(prefix)
                owner.append(index)
        decoded = self._decode(parts, begun, owner, decoding, done)
        grouped: list[list[list[Hypothesis]]] = [[] for _ in texts]
        for index, hypotheses in zip(owner, decoded, strict=True):
            grouped[index].append(hypotheses)
        whole = [group[0] if len(group) == 1 else [_joined(group)] for group in grouped]
        return [[_begun(h, text) for h in hypotheses] for text, hypotheses in zip(texts, whole, strict=True)]

    def score(self, texts: Sequence[str], translations: Sequence[str]) -> list[float]:
        """See Engine.score."""
        if not texts:
            return []
        sources, targets = ([self._pieces.encode(t) for t in side] for side in (texts, translations))
        try:
            results = self._model.score_batch(sources, targets, max_batch_size=SCORED_PIECES, batch_type="tokens")
        except (RuntimeError, MemoryError) as error:
            raise ModelError(f"{self.package.path}: the model failed ({error or 'out of memory'})") from error
        return [sum(r.log_probs) / max(len(r.log_probs), 1) for r in results]

    def _parts(self, text: str, whole: bool) -> list[list[str]]:
        """The pieces of a text, in parts where it is too long and need not stay `whole`."""
        pieces = self._pieces.encode(text)
        if whole or len(text) <= LONGEST or len(pieces) <= LONGEST:
            return [pieces]
        parts = cut(text, lambda t: len(self._pieces.encode(t)), LONGEST)
        return [self._pieces.encode(part) for part in parts]

    def _decode(
        self,
        sources: list[list[str]],
        prefixes: list[list[str]],
        owner: list[int],
        decoding: Decoding,
        done: Done | None,
    ) -> list[list[Hypothesis]]:
        order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
        running = []
        for batch in _batches(order, sources, self._workers):
            futures = self._submit([sources[i] for i in batch], [prefixes[i] for i in batch], decoding)
            running.append((batch, futures))
        results: list[list[Hypothesis]] = [[] for _ in sources]
        finished = set[int]()
        for batch, futures in running:
            answers = self._answers([sources[i] for i in batch], [prefixes[i] for i in batch], decoding, futures)
            for i, answer in zip(batch, answers, strict=True):
                results[i] = self._hypotheses(sources[i], answer, decoding)
            if done is not None:
                fresh = {owner[i] for i in batch} - finished
                finished |= fresh
                done(len(fresh))
        return results

    def _answers(
        self, batch: list[list[str]], prefixes: list[list[str]], decoding: Decoding, futures: list[Any]
    ) -> list[Any]:
        """Results of a batch; one that was too large for the memory is halved and tried again."""
        try:
            return [future.result() for future in futures]
        except (RuntimeError, MemoryError) as error:
            if len(batch) > 1 and _is_out_of_memory(error):
                middle = len(batch) // 2
                halves = [(batch[:middle], prefixes[:middle]), (batch[middle:], prefixes[middle:])]
                return [a for b, p in halves for a in self._answers(b, p, decoding, self._submit(b, p, decoding))]
            raise ModelError(f"{self.package.path}: the model failed ({error or 'out of memory'})") from error

    def _submit(self, batch: list[list[str]], prefixes: list[list[str]], decoding: Decoding) -> list[Any]:
        futures: list[Any] = self._model.translate_batch(
            batch,
            target_prefix=prefixes if any(prefixes) else None,
            asynchronous=True,
            beam_size=decoding.beam,
            num_hypotheses=min(decoding.n_best, decoding.beam),
            length_penalty=1,
            return_scores=True,
            return_attention=decoding.alignment and self._pieces.words,
            no_repeat_ngram_size=decoding.no_repeat,
            suppress_sequences=self._suppressed,
            disable_unk=True,
            use_vmap=self._has_map and not any(prefixes),
            max_decoding_length=_longest_translation(batch, prefixes),
        )
        return futures

    def _hypotheses(self, source: list[str], result: Any, decoding: Decoding) -> list[Hypothesis]:
        attention = result.attention or [None] * len(result.hypotheses)
        return [
            Hypothesis(
                self._pieces.decode(pieces),
                float(score),
                _align(source, pieces, rows, self._pieces.opens_words) if rows else None,
            )
            for pieces, score, rows in zip(result.hypotheses, result.scores, attention, strict=True)
        ]


def _hardware(device: str, workers: int) -> dict[str, Any]:
    """How CTranslate2 is to use the machine: the processor with a worker a core, or one graphics card.

    On a processor int8 takes the best kernels that it has (VNNI, AVX2, NEON), on a card `auto` the fastest type.

    Raises:
        ModelError: there is no such device.
    """
    if device == "cpu":
        # With more batches in the queue a few sentences that are decoded again would wait behind them.
        threads = {"inter_threads": workers, "intra_threads": 1, "max_queued_batches": workers}
        return {"device": "cpu", "compute_type": "int8", **threads}
    import ctranslate2

    kind, _, number = device.partition(":")
    if kind != "cuda" or not (number or "0").isdecimal():
        raise ModelError(f"--device {device}: known are cpu, cuda, and cuda:1 for the second graphics card")
    if int(number or 0) >= (count := ctranslate2.get_cuda_device_count()):
        raise ModelError(f"--device {device}: CTranslate2 sees {count or 'no'} graphics card{'s' * (count > 1)} here")
    return {"device": "cuda", "device_index": int(number or 0), "compute_type": "auto"}


def _is_out_of_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or "alloc" in str(error) or "out of memory" in str(error)


def _longest_translation(batch: list[list[str]], prefixes: list[list[str]]) -> int:
    """Pieces after which a translation is a runaway: one such would keep its whole batch waiting."""
    return min(2 * LONGEST, 2 * max(map(len, batch)) + 30) + max(map(len, prefixes))


def _batches(order: list[int], sources: list[list[str]], workers: int) -> list[list[int]]:
    """Cuts indices sorted by length into batches of at most BATCH_PIECES padded pieces; the longest come first."""
    share = sum(map(len, sources)) // workers
    most = min(max(share, SMALLEST_BATCH), BATCH_PIECES)
    batches: list[list[int]] = [[]]
    for i in reversed(order):
        longest = len(sources[batches[-1][0]]) if batches[-1] else len(sources[i])
        if batches[-1] and (len(batches[-1]) + 1) * longest > most:
            batches.append([])
        batches[-1].append(i)
    return [b for b in batches if b]


def _align(
    source: list[str], target: list[str], attention: list[list[float]], opens_words: bool
) -> tuple[tuple[int, float], ...]:
    """Word alignment from the attention of the head that was trained to align (Garg et al. 2019).

    A target word belongs to the source word that gets most of the attention of its pieces.
    """
    import numpy as np

    rows, columns = min(len(attention), len(target)), min(len(attention[0]), len(source))
    if not rows or not columns:
        return ()
    source_starts, target_starts = word_starts(source[:columns], opens_words), word_starts(target, opens_words)
    begun = [start for start in target_starts if start < rows]
    weights = np.array(attention[:rows])[:, :columns]
    of_words = np.add.reduceat(np.add.reduceat(weights, source_starts, axis=1), begun)
    best, most = of_words.argmax(axis=1).tolist(), of_words.max(axis=1).tolist()
    lengths = [end - start for start, end in pairwise([*begun, rows])]
    found = [(word, weight / length) for word, weight, length in zip(best, most, lengths, strict=True)]
    return (*found, *([(0, 0.0)] * (len(target_starts) - len(found))))


def _joined(parts: list[list[Hypothesis]]) -> Hypothesis:
    """The best hypotheses of a sentence's parts as one; the alignment is lost, it would need offsets of the cuts."""
    best = [part[0] for part in parts]
    return Hypothesis(" ".join(h.text for h in best), sum(h.score for h in best) / len(best))


def _begun(hypothesis: Hypothesis, source: str) -> Hypothesis:
    """The hypothesis with a capital where the source begins with one.

    Headlines are the sentences that models like to begin small ("dispute over heating costs").
    """
    begins = re.search(r"[^\W\d_]", source.removeprefix(TERM_MARKS[0]))
    first = re.search(r"[^\W_]", hypothesis.text)
    if not begins or not first or not begins[0].isupper() or not first[0].islower():
        return hypothesis
    word = hypothesis.text[first.start() :].split(" ", 1)[0]
    if any(c.isupper() for c in word):
        return hypothesis  # iPhone
    at = first.start()
    text = hypothesis.text[:at] + hypothesis.text[at].upper() + hypothesis.text[at + 1 :]
    return Hypothesis(text, hypothesis.score, hypothesis.alignment)
