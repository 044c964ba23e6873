"""Negations that got lost or came from nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translator.checks.model import Finding, Severity
from translator.checks.sentence import Sentence
from translator.checks.wording import aligned, german_to_english

RULE = "negation"

# "nicht nur", "nicht zuletzt", "nicht wahr" and questions of politeness deny nothing.
_STRONG_DE = re.compile(
    r"\b(?:nicht(?! (?:nur|zuletzt|wahr|einmal|minder|allein|ganz|selten|unbedingt|umsonst|weniger?|wenigen|nehmen|mehr als)\b)"
    r"|kein(?:e[mnrs]?)?|niemals|nie|niemand(?:e[mn])?|nirgend\w*|keinesfalls|keineswegs|nichts|weder)\b",
    re.I,
)
_MAY_DENY_DE = ("nicht", "kein", "nie", "nirgend", "weder")
"""What a sentence has in which _STRONG_DE finds anything: most have none of it."""
_WEAK_DE = re.compile(
    r"\b(?:nicht\w*|kein\w*|nie\w*|nirgend\w*|nein|ohne\w*|weder|un\w{3,}|in(?:akzep|komp|stab|toler|effi|disk)\w*|kaum"
    r"|statt\w*|anstatt\w*|anstelle|ander\w*|miss\w*|fehl\w*|verweiger\w*|lehn\w*|abgelehn\w*|ablehn\w*|verbo\w*|verbie\w*"
    r"|vergeblich\w*|selten\w*|bloß|außer\w*|mangel\w*|wenig\w*|nur|erst|frei|leer\w*|aus|weg|verzicht\w*|vermeid\w*"
    r"|verhinder\w*|scheiter\w*|noch|lediglich|wäre\w*|bevor|egal|als|zu|il\w+|ir\w+|a(?:typ|soz)\w*)\b|\w+(?:los|frei|leer|widrig)(?:e[mnrs]?)?\b",
    re.I,
)
_STRONG_EN = re.compile(
    r"\b(?:not(?! (?:only|just|least|to mention)\b)|never|cannot|nobody|no-one)\b|\w+n['’]t\b", re.I
)
_MAY_DENY_EN = ("not", "never", "nobody", "no-one", "n't", "n’t")
"""The same for _STRONG_EN."""
_WEAK_EN = re.compile(
    r"\b(?:not|never|cannot|no|non|none|nobody|nothing|neither|wrong\w*|prohibit\w*|forbid\w*|forbade|ill-\w+|struggl\w+|nor|nowhere|without|hardly|barely|rarely|seldom|scarcely"
    r"|fail\w*|refus\w*|lack\w*|unable|avoid\w*|prevent\w*|instead|rather|unless|unlike\w*|den(?:y|ie[sd]|ying)|reject\w*"
    r"|absen\w+|miss(?:ed|es|ing)|exclu\w+|stop\w*|far from|except\w*|little|few|free|neglect\w*|ignor\w+|ban\w*"
    r"|impossible|un(?!i|for|der|til|less|c(?:le|les)\b|der\w*)\w{3,}|in(?:cap|suf|acc|vis|val|adm|dep|eff|exp|compl?et|compat|cor|ab)\w+"
    r"|im(?:poss|perf|mat|pati)\w+|dis(?:a[bgp]|sat|hon|reg|ob|int|con|like)\w+|ir(?:r\w+)|il(?:l\w+)|mis\w{4,}|non\w+|no[nt]?-\w+"
    r"|anything but|beyond|opposed|contrary|out of|other than|nay|dont|cant)\b|\w+n['’]t\b|\w{3,}less\b",
    re.I,
)


_LEXICAL_DE = re.compile(
    r"\b(?:un(?!d\b|s\b|ser|ter|gefähr|garn|ion|iv|ivers|längst|mittel|weit|zähl)\w{3,}|ohne\w*|kaum|miss\w*|fehl\w*|verweiger\w*|lehn\w*|abgelehn\w*"
    r"|ablehn\w*|verbo\w*|verbie\w*|vergeblich\w*|selten\w*|mangel\w*|wenig\w*|verzicht\w*|vermeid\w*|verhinder\w*"
    r"|scheiter\w*|gescheiter\w*|illega\w*|ir(?:reg|rat|rel)\w*|insolven\w*|frei|nein|anders?|stopp\w*|statt)\b|\w{3,}los(?:e[mnrs]?)?\b",
    re.I,
)
"""Words that deny by themselves, each of which should have a counterpart of its own."""


def check(sentence: Sentence) -> Iterator[Finding]:
    """A warning where one side denies and the other has none of many ways to deny, or too few to match all."""
    if not german_to_english(sentence):
        return
    german, english = sentence.free
    if not german.may_hold(_MAY_DENY_DE) and not english.may_hold(_MAY_DENY_EN):
        return
    for source, target, start in aligned(german, english):
        lost, gained = _STRONG_DE.search(source), _STRONG_EN.search(target)
        # Whatever denies strongly also denies weakly, so that two strong denials are counterparts.
        if lost and not gained and len(_WEAK_EN.findall(target)) <= len(_LEXICAL_DE.findall(source)):
            yield Finding(RULE, f"“{lost[0]}” seems to be missing")
        elif gained and not lost and not _WEAK_DE.search(source):
            span = start + gained.start(), start + gained.end()
            yield Finding(RULE, f"“{gained[0]}” is not in the original", Severity.WARNING, span)
