"""How often the checks warn about good translations, and how many seeded errors they catch.

    uv run python -m benchmarks.checks

Good translations are the references of --set, its first --lines pairs; aims are at most 5 % of them with a warning and no
rule above 2 %. The errors are made from pairs without a warning, always the same ones; the aim is 85 % caught. Thresholds
were tuned on newstest2019, so `--set newstest2020` gives the honest figures. -v shows what was flagged or went through.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from translator.checks.chain import run_checks
from translator.checks.model import Severity
from translator.checks.sentence import Sentence
from translator.documents.encoding import read_text

SEED = 2019
PER_KIND = 60
_NEGATION = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|would|could|should)(n['’]t)\b|\b(not|never|no) ", re.I
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zà-ÿ]{3,}(?= [a-z]|[,.]|$)")

Seeder = Callable[[Sentence, random.Random, Sequence[str]], "str | None"]
"""Makes an error in the target of a good pair, None where it has no place for one."""


def number_changed(pair: Sentence, chance: random.Random, names: Sequence[str]) -> str | None:
    """One digit of a number that both sides have becomes another."""
    places = [m for m in re.finditer(r"\d+", pair.target) if m[0] in re.findall(r"\d+", pair.source)]
    if not places:
        return None
    match = chance.choice(places)
    at = chance.randrange(match.start(), match.end())
    digit = chance.choice([d for d in "123456789" if d != pair.target[at]])
    return pair.target[:at] + digit + pair.target[at + 1 :]


def negation_dropped(pair: Sentence, chance: random.Random, names: Sequence[str]) -> str | None:
    """The only negation of a sentence goes, where the source denies once too."""
    found = list(_NEGATION.finditer(pair.target))
    if len(found) != 1 or len(re.findall(r"\b(?:nicht(?! nur)|kein\w*|nie|niemals)\b", pair.source, re.I)) != 1:
        return None
    start, end = found[0].span(1) if found[0][1] else found[0].span()
    return pair.target[:start] + pair.target[end:]


def sentence_copied(pair: Sentence, chance: random.Random, names: Sequence[str]) -> str | None:
    """The source instead of a translation, from five words on."""
    return pair.source if len(pair.source.split()) >= 5 else None


def phrase_looped(pair: Sentence, chance: random.Random, names: Sequence[str]) -> str | None:
    """One to five words come twice to four times."""
    words = pair.target.split()
    if len(words) < 8:
        return None
    size = chance.randint(1, 5)
    start = chance.randrange(len(words) - size)
    return " ".join(words[: start + size] + words[start : start + size] * chance.randint(1, 3) + words[start + size :])


def quote_lost(pair: Sentence, chance: random.Random, names: Sequence[str]) -> str | None:
    """One quotation mark goes."""
    places = [m.start() for m in re.finditer('["„“”]', pair.target)]
    if not places or len(places) % 2 or not re.search('["„“”]', pair.source):
        return None
    at = chance.choice(places)
    return pair.target[:at] + pair.target[at + 1 :]


def name_swapped(pair: Sentence, chance: random.Random, names: Sequence[str]) -> str | None:
    """A name that both sides spell alike becomes one of another sentence."""
    places = [m for m in _NAME.finditer(pair.target) if m[0] in names and re.search(rf"\b{m[0]}\b", pair.source)]
    others = [name for name in names if name not in pair.source and name not in pair.target]
    if not places or not others:
        return None
    match = chance.choice(places)
    return pair.target[: match.start()] + chance.choice(others) + pair.target[match.end() :]


def half_cut(pair: Sentence, chance: random.Random, names: Sequence[str]) -> str | None:
    """The second half of the words is missing."""
    words = pair.target.split()
    return " ".join(words[: len(words) // 2]) if len(words) >= 8 else None


KINDS: tuple[Seeder, ...] = (
    number_changed,
    negation_dropped,
    sentence_copied,
    phrase_looped,
    quote_lost,
    name_swapped,
    half_cut,
)


def warned(pair: Sentence) -> list[str]:
    """Rules that warn about a pair, with their messages."""
    return [f"{f.rule}: {f.message}" for f in run_checks(pair) if f.severity is Severity.WARNING]


def common_names(pairs: Sequence[Sentence]) -> list[str]:
    """Capitalised words inside sentences that source and reference share and that no reference has in lower case."""
    lower = {word for pair in pairs for word in re.findall(r"\b[a-zà-ÿ]+\b", pair.target)}
    shared = {n for p in pairs for n in _NAME.findall(p.target) if re.search(rf"\b{n}\b", p.source)}
    return sorted(name for name in shared if name.lower() not in lower)


def seeded(good: Sequence[Sentence]) -> Iterator[tuple[str, Sentence]]:
    """Up to PER_KIND errors of each kind, the same ones every time."""
    names = common_names(good)
    for kind in KINDS:
        chance = random.Random(f"{SEED} {kind.__name__}")
        made = 0
        for pair in chance.sample(good, len(good)):
            target = kind(pair, chance, names)
            if target is not None and made < PER_KIND:
                made += 1
                yield kind.__name__, Sentence(pair.source, target)


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), help="folder with SET.de and SET.en")
    parser.add_argument("--set", default="newstest2019")
    parser.add_argument("--lines", type=int, default=1000)
    parser.add_argument("-v", "--verbose", action="store_true")
    arguments = parser.parse_args()
    sides = [read_text(arguments.eval / f"{arguments.set}.{code}")[0].splitlines() for code in ("de", "en")]
    pairs = [Sentence(de, en) for de, en in zip(*sides, strict=True)][: arguments.lines]
    good, rules, flagged = list[Sentence](), Counter[str](), 0
    for pair in pairs:
        found = warned(pair)
        flagged += bool(found)
        rules.update({message.split(":")[0] for message in found})
        if not found:
            good.append(pair)
        elif arguments.verbose:
            print(f"FLAGGED {found}\n  {pair.source}\n  {pair.target}")
    print(f"{arguments.set}: {flagged} of {len(pairs)} references flagged ({flagged / len(pairs):.1%})")
    for rule, count in rules.most_common():
        print(f"  {rule:14} {count:4} {count / len(pairs):6.1%}")
    made, caught = Counter[str](), Counter[str]()
    for kind, pair in seeded(good):
        found = warned(pair)
        made[kind] += 1
        caught[kind] += bool(found)
        if arguments.verbose and not found:
            print(f"MISSED {kind}\n  {pair.source}\n  {pair.target}")
    print(f"seeded errors: {caught.total()} of {made.total()} caught ({caught.total() / max(made.total(), 1):.1%})")
    for kind, count in made.items():
        print(f"  {kind:17} {caught[kind]:3} of {count:3} {caught[kind] / count:6.1%}")


if __name__ == "__main__":
    main()
