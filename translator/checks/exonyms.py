"""Names of places, peoples and faiths that English spells another way than German."""

from __future__ import annotations

EXONYMS: dict[str, tuple[str, ...]] = {
    "amerik": ("us", "unit", "america"), "antwerp": ("antwerp",), "bayer": ("bavar",), "bayr": ("bavar",), "bodensee": ("constan",),
    "breslau": ("wroc",), "brit": ("uk", "unit", "engl"), "böhm": ("bohem",),
    "danzig": ("gda",), "deutsch": ("german",), "donau": ("danub",), "dän": ("dan", "denm"), "elfenbein": ("ivory",),
    "elsass": ("alsa",), "elsäss": ("alsa",), "engl": ("brit", "engl"), "estl": ("eston",), "estn": ("eston",), "franken": ("francon", "frank"),
    "fränk": ("francon", "frank"), "franz": ("fren", "franc"), "frankreich": ("fren", "franc"), "genf": ("genev",),
    "griech": ("gree",), "großbrit": ("brit", "uk", "unit"), "haag": ("hague",),
    "holl": ("dutch", "nether"), "irak": ("iraq",), "jemen": ("yemen",), "jud": ("jew",), "jüd": ("jew", "juda"),
    "kairo": ("cairo",), "kapstadt": ("cape",), "kaukas": ("caucas",), "kiew": ("kyiv", "kiev"),
    "koran": ("quran", "qur"), "krakau": ("krak", "crac"), "krim": ("crim",),
    "kroat": ("croat",), "kuba": ("cub",), "kärnt": ("carinth",), "köln": ("cologne",), "lemberg": ("lviv",),
    "lett": ("latv",), "liban": ("leban",), "lissabon": ("lisbon",), "litau": ("lithuan",), "lüttich": ("lieg", "lièg"),
    "mailand": ("milan",), "mailänd": ("milan",), "mittelmeer": ("mediterr",), "moskau": ("mosc", "musc"),
    "mähr": ("morav",), "münch": ("munich",), "neapel": ("napl", "neapol"), "neusee": ("zealand",),
    "niederl": ("dutch", "nether", "holl"), "niederländ": ("dutch", "nether"), "nil": ("nile",), "nizza": ("nice",),
    "ostsee": ("baltic",), "papst": ("pope", "papal"), "peking": ("beij",), "pfalz": ("palatin",), "polen": ("pol",),
    "poln": ("pol",), "pommer": ("pomeran",), "prag": ("czech",), "preuß": ("pruss",), "rhein": ("rhin",),
    "sachs": ("saxon",), "schles": ("siles",), "schott": ("scot",),
    "schwab": ("swab",), "schwarzwald": ("black",), "schwed": ("swed",), "schweiz": ("swiss", "switz"),
    "schwäb": ("swab",), "sizil": ("sicil",), "steier": ("styr",), "stettin": ("szcz",), "straßburg": ("strasb",),
    "sächs": ("saxon",), "taipeh": ("taipei",), "teheran": ("tehr",), "themse": ("tham",), "tirol": ("tyrol",),
    "toskan": ("tusc",), "tschech": ("czech", "bohem"), "tschetsch": ("chech",), "türk": ("turk",), "ungar": ("hung",),
    "usa": ("unit", "us", "amer"), "us": ("unit", "amer"), "venedig": ("veni", "vene"), "vereinigt": ("unit", "us", "uk", "uae"),
    "walis": ("wales", "welsh"), "warschau": ("warsaw",), "weißruss": ("belar",), "westfal": ("westph",),
    "westfäl": ("westph",), "wien": ("vienn",), "zar": ("tsar", "czar"), "zyp": ("cypr",), "ägypt": ("egypt",),
    "öster": ("austri",),
}  # fmt: skip
"""Beginning of a German word or of a part of it: beginnings of English ones."""
