"""German abbreviations and sentence openers: the data of the sentence rules, one fact a word."""

NEVER_END = frozenset(
    ["abg", "abk", "adj", "adv", "akad", "allg", "amtl", "anm", "aufl", "ausg", "bearb", "begr", "bes", "betr", "bez", "bgm", "bspw", "bzgl", "bzw", "ca", "ders", "dgl", "dipl", "dir", "dr", "ebd", "ehem", "eigtl", "einschl", "entspr", "erg", "etw", "ev", "evtl", "exkl", "fa", "fam", "fig", "fr", "frhr", "geb", "gegr", "gek", "gen", "gest", "gez", "ggf", "ggü", "hbf", "hd", "hg", "hl", "hr", "hrn", "hrsg", "inkl", "insb", "insbes", "ing", "inh", "intl", "jap", "jew", "jhdt", "kath", "kfm", "kgl", "kl", "kons", "konf", "kpt", "lat", "ltd", "lt", "lfd", "m.d.b", "med", "mgl", "mind", "mtl", "möbl", "msgr", "mstr", "mus", "nachf", "nachm", "nat", "nördl", "o.g", "obb", "oberst", "obj", "od", "offiz", "op", "orig", "österr", "östl", "oz", "parl", "phil", "pol", "präs", "prof", "prot", "prov", "ptn", "rd", "ref", "reg", "rel", "rep", "res", "resp", "rer", "sel", "sen", "slg", "sog", "soz", "spez", "st", "stellv", "stv", "südl", "svw", "tägl", "techn", "tel", "teilw", "theol", "tsd", "umg", "ung", "ungar", "univ", "unveröff", "urspr", "usf", "v", "verb", "verf", "verh", "versch", "vers", "vgl", "vorl", "vors", "vorm", "wiss", "westl", "zool", "zus", "zw", "zzgl", "zzt", "gfm", "oblt", "olt", "oberstlt", "hptm", "gefr", "fw", "uffz", "obfw", "stabsfw", "oberstaatsanw", "ra", "lic", "jur", "rer.nat", "bayer", "frz", "engl", "griech", "russ", "amerik", "span", "ital", "türk", "ukr", "pers", "arab", "hebr", "rum", "tschech", "mr", "mrs", "ms", "sir", "mme", "mlle", "vs", "sgt", "cpt", "gov", "rev", "hon", "esq", "mt", "ft"]
)
"""Lower-cased, without the final dot: a sentence never ends here, whatever follows."""

MAY_END = frozenset(
    ["usw", "etc", "ff", "chr", "mio", "mrd", "bio", "jr", "sr", "inc", "co", "corp", "ltd", "bros", "jh", "jhd", "jahrh", "std", "sek", "tgl", "u.a", "o.a", "u.s.w", "a.d", "e.v", "d.j", "d.ä", "n.chr", "v.chr", "u.s", "u.s.a", "a.m", "p.m", "s.p.a", "s.a", "i.r", "a.a.o", "str", "pl", "nr"]
)
"""A sentence may end here: it does where the next word is one that opens sentences."""

UNITS = frozenset(["mio", "mrd", "bio", "std", "sek", "str", "pl", "nr", "tgl"])
"""Of those, the ones that a noun follows: "3 Mio. Beamte wurden"; only a word that is never a noun ends the sentence."""

ENUMERATION_ENDS = frozenset(["u.ä", "o.ä", "u.v.m", "u.a.m", "u.v.a"])
"""They close an enumeration: a capital behind them begins a new sentence."""

BEFORE_NUMBER = frozenset(
    ["art", "abs", "az", "max", "min", "nr", "nrn", "s", "kap", "bd", "bde", "abb", "tab", "ziff", "rn", "rdnr", "par", "no", "bl", "anl", "aufl", "jg", "vol", "pos", "lfd.nr", "tel", "fax", "mo", "di", "mi", "do", "fr", "sa", "so", "hs", "z", "sp", "nos", "pp", "p", "ch"]
)
"""Abbreviations only where a number follows: "Art. 5" but "Gespräche dieser Art. Im Mai"."""

CARDINAL_NOUNS = frozenset(
    ["platz", "rang", "gleis", "nummer", "zimmer", "raum", "kapitel", "seite", "tor", "halle", "linie", "artikel", "paragraf", "paragraph", "absatz", "punkt", "block", "bahn", "spur", "stufe", "runde", "version", "bundesstraße", "autobahn", "reaktor", "steg", "terminal"]
)
"""Nouns that a cardinal number follows: "auf Gleis 9. Reisende …" ends a sentence."""

MONTH_ABBREVIATIONS = frozenset(["jan", "feb", "mrz", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dez"])

MONTHS = MONTH_ABBREVIATIONS | frozenset(
    ["januar", "jänner", "februar", "feber", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"]
)

AUXILIARIES = frozenset(["wurde", "wurden", "wird", "werden", "ist", "sind", "war", "waren", "hat", "haben", "hatte", "hatten", "habe", "sei", "seien"])

STARTERS = frozenset(
    # articles, pronouns, quantifiers
    "Der Die Das Den Dem Des Ein Eine Einen Einem Einer Eines Er Sie Es Wir Ich Ihr Du Man Mein Meine Dein Deine Sein "
    "Seine Seinen Seinem Seiner Ihre Ihren Ihrem Ihrer Unser Unsere Unseren Unserem Euer Eure Dieser Diese Dieses Diesen "
    "Diesem Jener Jene Jenes Jeder Jede Jedes Alle Alles Beide Viele Viel Wenige Einige Mehrere Manche Mancher Kein Keine "
    "Keinen Keiner Niemand Jemand Etwas Nichts Solche Welche Welcher Derjenige Diejenigen "
    # conjunctions and adverbs
    "Und Oder Aber Doch Denn Sondern Auch Wenn Weil Als Ob Dass Da Obwohl Während Bevor Nachdem Sobald Solange Falls Damit "
    "Dabei Dadurch Dafür Dagegen Daher Dahinter Danach Daneben Dann Daran Darauf Daraus Darin Darüber Darum Davon Davor Dazu Deshalb "
    "Deswegen Dennoch Trotzdem Zudem Außerdem Allerdings Jedoch Hingegen Dagegen Ferner Zuvor Zunächst Zuletzt Schließlich "
    "Später Früher Inzwischen Mittlerweile Unterdessen Derweil Gleichzeitig Zugleich Heute Gestern Morgen Jetzt Nun Noch "
    "Nur Schon Erst Immer Nie Niemals Oft Manchmal Bisher Seither Seitdem Dort Hier Dorthin So Sogar Selbst Vielleicht "
    "Wahrscheinlich Offenbar Laut Wie Was Wer Wen Wem Wessen Wo Wohin Woher Wann Warum Weshalb Wieso Woran Wozu Nicht Ja Nein "
    "Insgesamt Besonders Insbesondere Stattdessen Demnach Somit Folglich Hinzu Ansonsten Anders Bereits Genau Gerade Kaum "
    "Leider Natürlich Sicher Tatsächlich Vermutlich Letztlich Ohnehin Ebenso Ebenfalls Weiter Weitere Weiterhin "
    # prepositions
    "In Im Ins Am An Ans Auf Aus Bei Beim Mit Nach Vor Von Vom Zu Zum Zur Für Gegen Ohne Um Über Unter Durch Seit Bis Wegen "
    "Trotz Zwischen Neben Hinter Laut Gemäß Angesichts Aufgrund Mithilfe Statt Anstatt Innerhalb Außerhalb Entlang Ab Außer "
    # verbs that open questions and commands
    "Ist Sind War Waren Hat Haben Hatte Hatten Wird Werden Wurde Wurden Kann Können Muss Müssen Soll Sollen Will Wollen "
    "Darf Dürfen Gibt Gab Es".split()
)
"""Capitalised words that open sentences and are no nouns."""

ORDINAL_CONTEXT = frozenset(
    ["am", "im", "der", "die", "das", "den", "dem", "des", "vom", "zum", "zur", "beim", "jeder", "jede", "jedes", "jeden", "dieser", "diese", "diesem", "diesen", "bis", "ab", "seit"]
)
"""Words before a number that make it an ordinal even before a sentence opener: "am 3. Die Hard"."""
