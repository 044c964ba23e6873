"""German words of grammar that no English sentence has in lower case, negations of both languages apart."""

from __future__ import annotations

GERMAN_ONLY = frozenset(
    """
    aber als auch auf aus bei beim bis dann das dass dem den der des deshalb dessen deren dies diese diesem diesen
    dieser dieses doch dort durch ein eine einem einen einer eines er es für gegen habe haben hat hatte hatten ich ihm
    ihn ihnen ihr ihre ihrem ihren ihrer im immer ist jedoch jetzt kann kein keine keinen können könnte mehr mit muss
    müssen nach nicht noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seit sich sie sind soll
    sollen sondern über um und uns unser unsere unter viele vom vor waren wegen weil wenn werden wie wieder wir wird
    wollen worden wurde wurden würde zu zum zur zwischen
    """.split()
)
"""Without words that English also has: die, war, was, will, hat, man, am, in, so, an, also."""

GERMAN_ONLY -= frozenset({"hat", "den", "bis", "es", "des", "du", "er", "dies", "um", "mit", "sie"})
