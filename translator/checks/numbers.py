"""Numbers that got lost or changed: digits compared by value, with dates, times, scores, scales and number words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translator.checks.conversions import converted
from translator.checks.model import Finding, Sentence, Severity
from translator.checks.numerals import Numeral, months, numerals, spelled
from translator.checks.wording import free_texts, german_to_english

RULE = "numbers"


def _alike(value: float) -> Iterator[float]:
    """Values another language may write for one: 14 Uhr and 2 pm, 1990 and '90s."""
    yield value
    if value in range(13, 25):
        yield value - 12
    if value in range(1, 13):
        yield value + 12
    if value in range(100):
        yield value + 1900
        yield value + 2000
    if value in range(1900, 2100):
        yield value % 100


def _pool(found: Sequence[Numeral], words: frozenset[float]) -> list[float]:
    return sorted({value for numeral in found for reading in numeral.readings for value in reading} | words)


def _explained(numeral: Numeral, pool: Sequence[float], named: frozenset[float]) -> bool:
    """Whether all values of one reading are on the other side, equal but for rounding errors; a named month only within a date."""
    return not numeral.readings or any(
        all(
            any(
                abs(v - o) <= 1e-6 * max(abs(v), 1)
                for v in _alike(value)
                for o in [*pool, *(named if len(reading) > 1 else ())]
            )
            for value in reading
        )
        for reading in numeral.readings
    )


def _converted(german: Numeral, behind: str, english: Numeral, after: str) -> bool:
    """Whether a number is the other one in English units."""
    pairs = ((v, o) for r in german.readings for v in r for s in english.readings for o in s)
    return any(converted(value, behind, other, after) for value, other in pairs)


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning where a number is another one or a long one is missing; information where one is missing or added."""
    if not german_to_english(sentence):
        return
    source, target = free_texts(sentence)
    theirs, ours = list(numerals(source, "de")), list(numerals(target, "en"))
    if not theirs and not ours:
        return
    german, english = _pool(theirs, spelled(source, "de")), _pool(ours, spelled(target, "en"))
    named = (months(source, "de") if ours else frozenset(), months(target, "en") if theirs else frozenset())
    missing = [n for n in theirs if not _explained(n, english, named[1])]
    added = [n for n in ours if not _explained(n, german, named[0])]
    for numeral in list(added):
        same = next((n for n in missing if _converted(n, source[n.end :], numeral, target[numeral.end :])), None)
        if same is not None:
            added.remove(numeral)
            missing.remove(same)
    for index, numeral in enumerate(added):
        if index < len(missing):
            message = f"{numeral.text} for {missing[index].text}"
            yield Finding(RULE, message, Severity.WARNING, (numeral.start, numeral.end))
        else:
            message = f"{numeral.text} is not in the original"
            yield Finding(RULE, message, Severity.INFO, (numeral.start, numeral.end))
    for numeral in missing[len(added) :]:
        yield Finding(RULE, f"{numeral.text} is missing", Severity.INFO if len(numeral.text) < 2 else Severity.WARNING)
