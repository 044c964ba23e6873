"""Languages by ISO 639-1 code: the names people type and the names columns are headed with."""

from __future__ import annotations

from translator.errors import UsageError

# code: (English name, own name); the languages Argos Translate has packages for. A table of 45 lines, because the
# field's library (Babel) adds 33 MB to an environment that must stay under 300 MB.
_NAMES = {
    "ar": ("Arabic", "العربية"),
    "az": ("Azerbaijani", "Azərbaycanca"),
    "bg": ("Bulgarian", "Български"),
    "bn": ("Bengali", "বাংলা"),
    "ca": ("Catalan", "Català"),
    "cs": ("Czech", "Čeština"),
    "da": ("Danish", "Dansk"),
    "de": ("German", "Deutsch"),
    "el": ("Greek", "Ελληνικά"),
    "en": ("English", "English"),
    "eo": ("Esperanto", "Esperanto"),
    "es": ("Spanish", "Español"),
    "et": ("Estonian", "Eesti"),
    "eu": ("Basque", "Euskara"),
    "fa": ("Persian", "فارسی"),
    "fi": ("Finnish", "Suomi"),
    "fr": ("French", "Français"),
    "ga": ("Irish", "Gaeilge"),
    "gl": ("Galician", "Galego"),
    "he": ("Hebrew", "עברית"),
    "hi": ("Hindi", "हिन्दी"),
    "hu": ("Hungarian", "Magyar"),
    "id": ("Indonesian", "Bahasa Indonesia"),
    "it": ("Italian", "Italiano"),
    "ja": ("Japanese", "日本語"),
    "ko": ("Korean", "한국어"),
    "ky": ("Kyrgyz", "Кыргызча"),
    "lt": ("Lithuanian", "Lietuvių"),
    "lv": ("Latvian", "Latviešu"),
    "ms": ("Malay", "Bahasa Melayu"),
    "nb": ("Norwegian", "Norsk bokmål"),
    "nl": ("Dutch", "Nederlands"),
    "pl": ("Polish", "Polski"),
    "pt": ("Portuguese", "Português"),
    "pb": ("Portuguese (Brazil)", "Português (Brasil)"),
    "ro": ("Romanian", "Română"),
    "ru": ("Russian", "Русский"),
    "sk": ("Slovak", "Slovenčina"),
    "sl": ("Slovenian", "Slovenščina"),
    "sq": ("Albanian", "Shqip"),
    "sv": ("Swedish", "Svenska"),
    "th": ("Thai", "ไทย"),
    "tl": ("Tagalog", "Tagalog"),
    "tr": ("Turkish", "Türkçe"),
    "uk": ("Ukrainian", "Українська"),
    "ur": ("Urdu", "اردو"),
    "vi": ("Vietnamese", "Tiếng Việt"),
    "zh": ("Chinese", "中文"),
    "zt": ("Chinese (traditional)", "中文（繁體）"),
}

_REGIONS = {"de": "de-DE", "en": "en-GB", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "nl": "nl-NL", "pt": "pt-PT",
            "pb": "pt-BR", "zh": "zh-CN", "zt": "zh-TW", "uk": "uk-UA", "cs": "cs-CZ", "da": "da-DK", "sv": "sv-SE"}  # fmt: skip

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

_BY_NAME = {name.lower(): code for code, names in _NAMES.items() for name in names} | {
    "englisch": "en", "französisch": "fr", "spanisch": "es", "italienisch": "it", "ukrainisch": "uk", "russisch": "ru",
    "polnisch": "pl", "türkisch": "tr", "arabisch": "ar", "niederländisch": "nl",
}  # fmt: skip


def language_code(text: str) -> str:
    """The code for what a user typed: a code in any case, with or without region, or a name.

    Raises:
        UsageError: it is no language known here.
    """
    key = text.strip().lower().replace("_", "-")
    code = _BY_NAME.get(key) or key.split("-")[0]
    if code not in _NAMES:
        raise UsageError(f"unknown language {text!r}; use a code such as de, en, fr, es, uk (translate models list)")
    return code


def english_name(code: str) -> str:
    """`German` for `de`; the code itself where it is unknown."""
    return _NAMES.get(code, (code, code))[0]


def own_name(code: str) -> str:
    """`Deutsch` for `de`; the code itself where it is unknown."""
    return _NAMES.get(code, (code, code))[1]


def bcp47(code: str) -> str:
    """The tag with region that Word's proofing wants: `de-DE`, `en-GB`."""
    return _REGIONS.get(code, code)
