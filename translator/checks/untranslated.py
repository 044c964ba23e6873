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


_DOMAIN = re.compile(r"\b[\w-]+\.(?:de|at|ch|eu|com|org|net)\b")


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
    for kept in (ADDRESS, _DOMAIN, _QUOTED):
        target = kept.sub(lambda match: " " * len(match[0]), target)
    written = frozenset(match[0] for match in WORD.finditer(text))
    source = frozenset(word.lower() for word in written)
    run: list[re.Match[str]] = []
    for match in [*WORD.finditer(target), None]:
        if match and _german(match[0], source) and (not run or match.start() - run[-1].end() <= 2):
            run.append(match)
            continue
        if run:
            yield from _judge(sentence, run, written)
        run = [match] if match and _german(match[0], source) else []


def _judge(sentence: Sentence, run: list[re.Match[str]], written: frozenset[str]) -> Iterator[Finding]:
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
