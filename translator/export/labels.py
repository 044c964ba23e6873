"""The few words a handout carries besides its text, in the language of its readers."""

from __future__ import annotations

_LABELS = {
    "en": {
        "terms": "Terms",
        "text": "Text",
        "term": "Term",
        "translation": "Translation",
        "note": "Note",
        "where": "No.",
        "title": "title",
        "repaired": "* put in place by the glossary",
        "missed": "! not in the translation: please check",
        "source": "Source",
        "answers": "Answers",
        "page": "Page {page} of {pages}",
        "bilingual": "Sentences side by side: {source} and {target}",
        "vocabulary": "Glossary terms used in the text, with translation, note and sentence numbers",
        "view": "View",
        "languages": "Show",
        "both": "Both",
        "inline_findings": "Notes in the text",
        "findings": "Notes on the translation",
        "warning": "Please check",
        "info": "For information",
        "sentence": "Sentence {number}",
        "answer": "Translation of sentence {number}",
        "title_answer": "Translation of the title",
        "show": "Show",
        "hide": "Hide",
        "show_all": "Show all translations",
        "hide_all": "Hide all translations",
        "keys": "In a sentence: ↑ ↓ or k j go on, ← → change the language, Enter keeps the mark, Esc closes a hint",
        "kept": "The sentence stays marked",
        "released": "The sentence is no longer marked",
        "footnotes": "Footnotes",
    },
    "de": {
        "terms": "Begriffe",
        "text": "Text",
        "term": "Begriff",
        "translation": "Übersetzung",
        "note": "Anmerkung",
        "where": "Nr.",
        "title": "Titel",
        "repaired": "* nach dem Glossar eingesetzt",
        "missed": "! fehlt in der Übersetzung: bitte prüfen",
        "source": "Quelle",
        "answers": "Lösungen",
        "page": "Seite {page} von {pages}",
        "bilingual": "Sätze nebeneinander: {source} und {target}",
        "vocabulary": "Begriffe des Glossars im Text, mit Übersetzung, Anmerkung und Satznummern",
        "view": "Ansicht",
        "languages": "Zeigen",
        "both": "Beide",
        "inline_findings": "Hinweise im Text",
        "findings": "Hinweise zur Übersetzung",
        "warning": "Bitte prüfen",
        "info": "Zur Kenntnis",
        "sentence": "Satz {number}",
        "answer": "Übersetzung von Satz {number}",
        "title_answer": "Übersetzung des Titels",
        "show": "Zeigen",
        "hide": "Verbergen",
        "show_all": "Alle Übersetzungen zeigen",
        "hide_all": "Alle Übersetzungen verbergen",
        "keys": "In einem Satz: ↑ ↓ oder k j gehen weiter, ← → wechseln die Sprache, Enter hält die Markierung, Esc schließt",
        "kept": "Der Satz bleibt markiert",
        "released": "Der Satz ist nicht mehr markiert",
        "footnotes": "Fußnoten",
    },
}


def labels(language: str) -> dict[str, str]:
    """Labels in a language, English where there are none."""
    return _LABELS.get(language, _LABELS["en"])


def label_language(language: str) -> str:
    """The language that labels() answers in: the one asked for, or English."""
    return language if language in _LABELS else "en"
