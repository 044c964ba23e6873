"""The few words a handout carries besides its text, in the language of its readers."""

from __future__ import annotations

_LABELS = {
    "en": {
        "terms": "Terms",
        "term": "Term",
        "translation": "Translation",
        "note": "Note",
        "where": "No.",
        "title": "title",
        "repaired": "* put in place by the glossary",
        "missed": "! not in the translation: please check",
        "source": "Source",
        "page": "Page {page} of {pages}",
        "bilingual": "Sentences side by side: {source} and {target}",
        "vocabulary": "Glossary terms used in the text, with translation, note and sentence numbers",
    },
    "de": {
        "terms": "Begriffe",
        "term": "Begriff",
        "translation": "Übersetzung",
        "note": "Anmerkung",
        "where": "Nr.",
        "title": "Titel",
        "repaired": "* nach dem Glossar eingesetzt",
        "missed": "! fehlt in der Übersetzung: bitte prüfen",
        "source": "Quelle",
        "page": "Seite {page} von {pages}",
        "bilingual": "Sätze nebeneinander: {source} und {target}",
        "vocabulary": "Begriffe des Glossars im Text, mit Übersetzung, Anmerkung und Satznummern",
    },
}


def labels(language: str) -> dict[str, str]:
    """Labels in a language, English where there are none."""
    return _LABELS.get(language, _LABELS["en"])
