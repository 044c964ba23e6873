"""German words of grammar that no English sentence has in lower case, negations of both languages apart."""

from __future__ import annotations

GERMAN_ONLY = frozenset(
    """
    aber als auch auf aus bei beim dann das dass dem der deshalb dessen deren diese diesem diesen dieser dieses
    doch dort durch ein eine einem einen einer eines für gegen habe haben hatte hatten ich ihm ihn ihnen ihr ihre
    ihrem ihren ihrer im immer ist jedoch jetzt kann kein keine keinen können könnte mehr muss müssen nach nicht
    noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seit sich sind soll sollen sondern über
    und uns unser unsere unter viele vom vor waren wegen weil wenn werden wie wieder wir wird wollen worden wurde
    wurden würde zu zum zur zwischen
    """.split()
)
"""Without words that English, or names in it, also have: die, war, was, will, hat, man, am, in, so, an, also, den, es, du."""
