"""Numbers that got lost or changed: digits compared by value, with dates, times, scores, scales and number words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from translator.checks.conversions import converted
from translator.checks.model import Finding, Severity
from translator.checks.numerals import Numeral, months, numerals, spelled
from translator.checks.sentence import Sentence
from translator.checks.text import Text
from translator.checks.wording import german_to_english

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


def _unexplained(found: Sequence[Numeral], others: Sequence[Numeral], text: Text) -> list[Numeral]:
    """Numbers of one side that the other has not: `others` are its numbers in digits, and its words are in `text`."""
    digits = {value for numeral in others for reading in numeral.readings for value in reading}
    # Most numbers are there as they are, and the words need not be read.
    left = [n for n in found if n.readings and not any(reading <= digits for reading in n.readings)]
    if not left:
        return []
    pool = digits | spelled(text.text, text.language)
    dated = pool | months(text.text, text.language)
    return [n for n in left if not any(_explained(r, dated if len(r) > 1 else pool) for r in n.readings)]


def _explained(reading: Collection[float], pool: Collection[float]) -> bool:
    """Whether all values of a reading are on the other side, equal but for rounding errors; a named month only in a date."""
    return all(any(abs(v - o) <= 1e-6 * max(abs(v), 1) for v in _alike(value) for o in pool) for value in reading)


def _converted(german: Numeral, behind: str, english: Numeral, after: str) -> bool:
    """Whether a number is the other one in English units."""
    pairs = ((v, o) for r in german.readings for v in r for s in english.readings for o in s)
    return any(converted(value, behind, other, after) for value, other in pairs)


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning where a number is another one or a long one is missing; information where one is missing or added."""
    if not german_to_english(sentence):
        return
    german, english = sentence.free
    if not german.has_digit and not english.has_digit:
        return
    source, target = german.text, english.text
    theirs, ours = list(numerals(source, "de")), list(numerals(target, "en"))
    missing, added = _unexplained(theirs, ours, english), _unexplained(ours, theirs, german)
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
