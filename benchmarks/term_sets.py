"""Test sets for terminology: sentences with the terms a translation is judged by."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from translator.glossary.load import load
from translator.glossary.matching import Matcher
from translator.glossary.model import Entry, Form, Glossary, Hit, MatchMode
from translator.glossary.rows import infer_type

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class TermSentence:
    """A sentence, its reference, the hits the tool gets, and the hits a translation is judged by.

    The judged hits carry all accepted forms as targets; with a glossary made for the set the two are the same.
    """

    source: str
    reference: str
    hits: tuple[Hit, ...]
    judged: tuple[Hit, ...]


@dataclass(frozen=True)
class TermSet:
    """A named test set."""

    name: str
    sentences: Sequence[TermSentence]

    @property
    def terms(self) -> int:
        """Terms judged."""
        return sum(len(s.judged) for s in self.sentences)


def news(path: Path = ROOT / "benchmarks" / "data" / "news_terms.tsv") -> TermSet:
    """Our own news sentences under glossaries/de-en.csv, judged by forms accepted for each sentence."""
    glossary = load([ROOT / "glossaries" / "de-en.csv"], "de", "en").glossary
    matcher, by_source = Matcher(glossary), {e.source: e for e in glossary.entries}
    sentences = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            judged = []
            for part in filter(None, row["terms"].split(" ; ")):
                term, forms = part.split("=", 1)
                entry = by_source[term]
                # Exact forms: what is accepted is listed, so nothing is lemmatised.
                judged.append(Hit(_accepting(entry, forms.split("|")), 0, 0, Form.EXACT))
            sentences.append(
                TermSentence(row["source"], row["reference"], tuple(matcher.hits(row["source"])), tuple(judged))
            )
    return TermSet("news", sentences)


def automotive(folder: Path) -> TermSet:
    """Tilde's automotive test suite (ATS), German to English, with its German-English term list.

    Judged are the hits of the term list whose English stands in the reference, so that the reference reaches 100 %.
    """
    pairs = zip(
        *((folder / f"ats.glossary.{code}").read_text(encoding="utf-8").splitlines() for code in ("de", "en")),
        strict=True,
    )
    entries = [_entry(german, [english]) for german, english in pairs if german.strip() and english.strip()]
    matcher = Matcher(Glossary(entries))
    from translator.glossary.verification import Verifier

    verifier, sentences = Verifier("en"), []
    with (folder / "ats.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            hits = tuple(h for h in matcher.hits(row["de"]) if not h.soft)
            judged = tuple(h for h, span in zip(hits, verifier.spans(row["en"], hits), strict=True) if span)
            if judged:
                sentences.append(TermSentence(row["de"], row["en"], judged, judged))
    return TermSet("ATS de→en", sentences)


def medical(folder: Path) -> TermSet:
    """The development set of the WMT 2023 terminology task, German to English; each sentence has terms of its own."""
    files = [
        (folder / f"wmt23-dev.{end}").read_text(encoding="utf-8").splitlines() for end in ("de", "en", "terms.jsonl")
    ]
    sentences = []
    for source, reference, line in zip(*files, strict=True):
        hits, at = list[Hit](), dict[str, int]()
        for term in json.loads(line):
            german, english = term["de"].strip(), term["en"].strip()
            start = source.find(german, at.get(german, 0))
            if start < 0 or any(h.start < start + len(german) and start < h.end for h in hits):
                continue
            at[german] = start + len(german)
            hits.append(Hit(_entry(german, [english]), start, start + len(german), Form.EXACT))
        if hits:
            ordered = tuple(sorted(hits, key=lambda h: h.start))
            sentences.append(TermSentence(source, reference, ordered, ordered))
    return TermSet("WMT23-dev", sentences)


def _entry(german: str, targets: list[str]) -> Entry:
    return Entry(german, tuple(targets), type=infer_type(german, targets[0]))


def _accepting(entry: Entry, forms: Sequence[str]) -> Entry:
    return Entry(entry.source, tuple(f.strip() for f in forms), match=MatchMode.EXACT, type=entry.type)
