"""German words left in an English sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translator.checks.codes import ADDRESS, may_have_address
from translator.checks.function_words import GERMAN_ONLY
from translator.checks.model import Finding, Severity
from translator.checks.sentence import Sentence
from translator.checks.text import WORD, Text
from translator.checks.wording import QUOTATION_MARKS, german_to_english, known

RULE = "untranslated"

# Titles and slogans are kept in quotation marks, often with a translation behind.
_QUOTED = re.compile(rf"[{QUOTATION_MARKS}‘‚][^{QUOTATION_MARKS}’]{{2,80}}[{QUOTATION_MARKS}’]")


_ENDING = re.compile(r"\.(?:de|at|ch|eu|com|org|net)\b")
_DOMAIN = re.compile(rf"\b[\w-]+{_ENDING.pattern}")


def _kept(text: Text) -> Iterator[re.Pattern[str]]:
    """Patterns of what stays as it is in any language; the slow ones where there may be such a thing."""
    if may_have_address(text):
        yield ADDRESS
    if _ENDING.search(text.text):
        yield _DOMAIN
    yield _QUOTED


def _german(words: Sequence[str], source: Sequence[str]) -> set[str]:
    """Which words are German and not English: grammar, and longer words of the source that only German has.

    None where all of them have a capital, for then they are names to `_judge`; so most names need not be looked up.
    """
    there = {lower for word in source if len(lower := word.lower()) > 3}
    suspects = {word for word in words if (lower := word.lower()) in GERMAN_ONLY or (lower in there and len(word) > 3)}
    if not any(word.islower() and _is_german(word) for word in suspects):
        return set()
    return {word for word in suspects if _is_german(word)}


def _is_german(word: str) -> bool:
    return word.lower() in GERMAN_ONLY or (known(word, "de") and not known(word, "en"))


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for a run with two German words of which one is in lower case, or one of grammar; else information.

    Capitalised words alone are names (Süddeutsche Zeitung) and say nothing; grammar between them (Alternative für
    Deutschland) neither.
    """
    if not german_to_english(sentence):
        return
    free, translated = sentence.free
    target = translated.text
    for kept in _kept(translated):
        target = kept.sub(lambda match: " " * len(match[0]), target)
    german = _german(translated.words if target == translated.text else WORD.findall(target), free.words)
    if not german:
        return
    run: list[re.Match[str]] = []
    for match in WORD.finditer(target):
        if match[0] not in german:
            continue
        if run and match.start() - run[-1].end() > 2:
            yield from _judge(sentence, run, free.words)
            run = []
        run.append(match)
    if run:
        yield from _judge(sentence, run, free.words)


def _judge(sentence: Sentence, run: list[re.Match[str]], written: Sequence[str]) -> Iterator[Finding]:
    lower = [match[0] for match in run if match[0].islower()]
    start, end = run[0].start(), run[-1].end()
    behind_name = re.search(r"[A-ZÄÖÜ]\S*[ -](?:v[ao]n )?$", sentence.target[:start])
    between = behind_name and (run[-1][0][0].isupper() or re.match(r"[ -][A-ZÄÖÜ]", sentence.target[end:]))
    if not lower or between:
        return
    capitals = len(run) - len(lower)
    # A noun that became lower case on the way was made English (vernissage, taskforce): alone it proves nothing.
    # A name with grammar inside has more capitals than words of grammar: Deutsche Gesellschaft für Ernährung.
    is_name = capitals and capitals >= len(lower) and not run[0][0].islower()
    sure = (len(run) >= 2 and not is_name) or any(
        len(word) > (4 if word in GERMAN_ONLY else 3) for word in lower if word in written
    )
    message = f"left in German: {sentence.target[start:end]}"
    yield Finding(RULE, message, Severity.WARNING if sure else Severity.INFO, (start, end))
