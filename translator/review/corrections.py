"""What people changed in a handout, against what the memory and the tags say was there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from translator.export.tags import normalised, text_hash
from translator.memory.model import EntryOrigin, MemoryEntry
from translator.memory.store import Memory
from translator.review.handout import Handout, Pair


@dataclass(frozen=True)
class Correction:
    """A sentence whose translation a person changed.

    Attributes:
        number: as printed in the handout, empty where it is unknown.
        source: the sentence, as it is remembered.
        old: the translation before, empty where the memory does not know it any more.
        new: the translation in the handout.
        language: ISO 639-1 code of the translation.
    """

    number: str
    source: str
    old: str
    new: str
    language: str

    @property
    def replaced(self) -> list[tuple[str, str]]:
        """Runs of words that were exchanged, (old, new); what was only added or taken away is left out."""
        old, new = self.old.split(), self.new.split()
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        return [
            (" ".join(old[a:b]), " ".join(new[c:d])) for how, a, b, c, d in matcher.get_opcodes() if how == "replace"
        ]


@dataclass(frozen=True)
class Review:
    """What a handout brings back.

    Attributes:
        source_language: ISO 639-1 code.
        corrections: in the order of the handout.
        problems: a line each for what was not taken, with the reason.
        unchanged: translations left as they were.
    """

    source_language: str
    corrections: tuple[Correction, ...]
    problems: tuple[str, ...]
    unchanged: int

    def remember(self, memory: Memory, file: str) -> None:
        """Writes the corrections to the memory, as human translations from `file`.

        Raises:
            OutputError: the memory cannot be written.
        """
        for language in sorted({c.language for c in self.corrections}):
            entries = [
                MemoryEntry(c.source, c.new, EntryOrigin.HUMAN, file=file)
                for c in self.corrections
                if c.language == language
            ]
            memory.add_human(entries, self.source_language, language)


def review(handout: Handout, memory: Memory, source: str | None = None, target: str | None = None) -> Review:
    """Compares a handout with what was written.

    `source` and `target` are languages for files that do not say them: German and English where nobody does.
    """
    language = source or handout.source_language or "de"
    changes: dict[tuple[str, str], Correction] = {}
    problems: list[str] = []
    unchanged = 0
    for code, pairs in _by_language(handout.pairs, target or "en").items():
        changed = [p for p in pairs if p.tag is None or text_hash(p.target) != p.tag.targets[code]]
        unchanged += len(pairs) - len(changed)
        if not changed:  # a large memory is read only where something is to be looked up
            continue
        known = {text_hash(e.source): e.source for _, _, e in memory.entries(language, code)}
        for candidate in handout.texts:
            known.setdefault(text_hash(candidate), candidate)
        sources = [_source(pair, known) for pair in changed]
        found = [s for s in sources if s]
        before = memory.latest_machine(found, language, code)
        before |= {text: entry.target for text, entry in memory.human(found, language, code).items()}
        for pair, text in zip(changed, sources, strict=True):
            name = f"sentence {pair.number}" if pair.number and pair.number != "0" else f"“{_short(pair.target)}”"
            if pair.tag is None and _untouched(pair, before.get(text or ""), ours=handout.ours):
                unchanged += 1
            elif pair.tag and pair.source and text_hash(pair.source) != pair.tag.source:
                problems.append(f"{name}: the source text was changed too; not taken")
            elif text is None:
                problems.append(f"{name}: its source text is not known any more; not taken")
            elif not pair.target:
                problems.append(f"{name}: the translation is empty; not taken")
            elif (other := changes.get((code, text))) and normalised(other.new) != normalised(pair.target):
                problems.append(f"{name}: corrected in two ways; the first one is taken, not “{_short(pair.target)}”")
            else:
                changes.setdefault((code, text), Correction(pair.number, text, before.get(text, ""), pair.target, code))
    return Review(language, tuple(changes.values()), tuple(problems), unchanged)


def _by_language(pairs: Iterable[Pair], target: str) -> dict[str, list[Pair]]:
    grouped: dict[str, list[Pair]] = {}
    for pair in pairs:
        grouped.setdefault(pair.language or target, []).append(pair)
    return grouped


def _source(pair: Pair, known: dict[str, str]) -> str | None:
    """The source text as it is remembered; that of an untagged pair as it stands."""
    if pair.tag is not None:
        return known.get(pair.tag.source)
    return known.get(text_hash(pair.source), pair.source)


def _untouched(pair: Pair, before: str | None, *, ours: bool) -> bool:
    """Whether nobody changed an untagged translation; in tables of other programs what is unknown is somebody's work."""
    if before is None:
        return ours or not pair.target
    return normalised(before) == normalised(pair.target)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


def repeated(corrections: Sequence[Correction], least: int = 2) -> list[tuple[str, str, str, int]]:
    """Source word, new wording, old wording and count of exchanges that people made in `least` sentences or more.

    The source word is the longest capitalised one that all these sentences have in common and that few others have:
    a German noun or name. Exchanges without such a word are left out, for they are matters of style.
    """
    sentences: dict[tuple[str, str], list[str]] = {}
    for correction in corrections:
        for old, new in correction.replaced:
            pair = old.strip(".,;:!?“”\"'()"), new.strip(".,;:!?“”\"'()")
            if all(pair) and len(pair[1].split()) <= 4:
                sentences.setdefault(pair, []).append(correction.source)
    proposals = []
    for (old, new), sources in sentences.items():
        common = set.intersection(*(_nouns(s) for s in sources))
        if len(sources) >= least and common:
            rarest = min(common, key=lambda w: (sum(w in _nouns(c.source) for c in corrections), -len(w), w))
            proposals.append((rarest, new, old, len(sources)))
    return sorted(proposals, key=lambda p: (-p[3], p[0], p[1]))


def _nouns(sentence: str) -> set[str]:
    words = (w.strip(".,;:!?„“”»«\"'()") for w in sentence.split())
    return {w for w in words if len(w) > 3 and w[:1].isupper()}
