"""German words left in an English sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translator.checks.codes import ADDRESS
from translator.checks.function_words import GERMAN_ONLY
from translator.checks.model import Finding, Sentence, Severity
from translator.checks.wording import QUOTATION_MARKS, WORD, free_texts, german_to_english, known

RULE = "untranslated"

# Titles and slogans are kept in quotation marks, often with a translation behind.
_QUOTED = re.compile(rf"[{QUOTATION_MARKS}‘‚][^{QUOTATION_MARKS}’]{{2,80}}[{QUOTATION_MARKS}’]")


def _german(word: str, source: frozenset[str]) -> bool:
    """Whether a word is German and not English: grammar, or a word of the source that only German has."""
    lower = word.lower()
    if lower in GERMAN_ONLY:
        return True
    return len(word) > 3 and lower in source and known(word, "de") and not known(word, "en")


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning for a run with two German words of which one is in lower case, or one of grammar; else information.

    Capitalised words alone are names (Süddeutsche Zeitung) and say nothing; grammar between them (Alternative für
    Deutschland) neither.
    """
    if not german_to_english(sentence):
        return
    text, target = free_texts(sentence)
    for kept in (ADDRESS, _QUOTED):
        target = kept.sub(lambda match: " " * len(match[0]), target)
    source = frozenset(match[0].lower() for match in WORD.finditer(text))
    run: list[re.Match[str]] = []
    for match in [*WORD.finditer(target), None]:
        if match and _german(match[0], source) and (not run or match.start() - run[-1].end() <= 2):
            run.append(match)
            continue
        if run:
            yield from _judge(sentence, run)
        run = [match] if match and _german(match[0], source) else []


def _judge(sentence: Sentence, run: list[re.Match[str]]) -> Iterator[Finding]:
    lower = [match[0] for match in run if match[0].islower()]
    start, end = run[0].start(), run[-1].end()
    between = re.search(r"[A-ZÄÖÜ]\S*[ -]$", sentence.target[:start]) and re.match(
        r"[ -][A-ZÄÖÜ]", sentence.target[end:]
    )
    if not lower or between:
        return
    capitals = len(run) - len(lower)
    # A name with grammar inside has more capitals than words of grammar: Deutsche Gesellschaft für Ernährung.
    is_name = capitals and capitals >= len(lower) and not run[0][0].islower()
    sure = (len(run) >= 2 and not is_name) or any(len(word) > 3 for word in lower if word not in GERMAN_ONLY)
    message = f"left in German: {sentence.target[start:end]}"
    yield Finding(RULE, message, Severity.WARNING if sure else Severity.INFO, (start, end))
