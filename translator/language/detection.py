"""Language of documents and paragraphs: langdetect, made deterministic, with a second opinion.

langdetect alone flips between runs (Mimino666/langdetect#3) and takes German capitals for English, so: a fixed seed, a
prior over a handful of languages, headlines in capitals lower-cased, a vote of the paragraphs weighted by letters, and
the share of function words as a witness. What neither is sure of is reported as unsure, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from langdetect import DetectorFactory, LangDetectException
from langdetect.detector_factory import PROFILES_DIRECTORY

DetectorFactory.seed = 0

CANDIDATES = ("de", "en", "fr", "es", "it", "nl", "da", "sv", "pl", "cs", "pt", "ru", "uk", "tr")
"""Equally likely beforehand, and the only ones whose profiles are loaded; langdetect's 55 languages make Estonian of
"Video"."""

ACCEPT = 0.7
"""Share of the vote a document's language needs; a German article with English page furniture reached 0.92."""
FOREIGN, FOREIGN_LETTERS = 0.9, 60
"""Confidence and letters that make a paragraph one of another language than its document."""
LOOKALIKE_WORDS, LOOKALIKE_SHARE = 30, 0.2
"""A text of so many words with so few function words is not the language langdetect takes it for: Luxembourgish, for
which it has no profile, comes out as sure German, with a share of 0.15; German articles have 0.3."""
PLAIN, PLAIN_WORDS, PLAIN_SHARE, STRANGE_SHARE = 0.99, 12, 0.25, 0.06
"""Confidence in the language of so many words with such a share of its function words and so small a one of the other's."""
ABSTAIN_LETTERS = 20
WEIGHT_LETTERS = 400

_URL = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]+@[^\s@]+\.\w+")
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = {
    "de": "der die das den dem des ein eine einen und oder aber nicht auch mit von vom zu zum zur im in am an auf für "
    "bei nach über unter vor durch gegen ohne um aus als wie wenn dass ist sind war hat haben wird werden sich es er "
    "sie wir ich ihr sein seine kann noch nur schon mehr einem einer eines",
    "en": "the a an and or but not also with of to in on at for by from as is are was were has have had will would it "
    "he she they we you i his her their its this that which who be been can more than about into over after",
}
_FUNCTION_WORDS_SETS = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}


@dataclass(frozen=True)
class Detection:
    """A language, how sure it is (0 to 1), and how many letters it was judged by.

    `language` is None where there was too little text to judge.
    """

    language: str | None
    confidence: float
    letters: int

    @property
    def sure(self) -> bool:
        """Whether the language may be used without asking."""
        return self.language is not None and self.confidence >= ACCEPT


@dataclass(frozen=True)
class DocumentDetection:
    """The document's language and each paragraph's own."""

    document: Detection
    paragraphs: tuple[Detection, ...]

    def foreign(self, index: int) -> str | None:
        """Language of paragraph `index` where it is clearly another one than the document's, else None."""
        own, whole = self.paragraphs[index], self.document.language
        clear = own.confidence >= FOREIGN and own.letters >= FOREIGN_LETTERS
        return own.language if clear and own.language != whole else None


def detect(paragraphs: Sequence[str]) -> DocumentDetection:
    """Detects paragraph by paragraph and votes; equal input gives an equal result."""
    texts = [_Text(text) for text in paragraphs]
    found = tuple(_judged(text, ABSTAIN_LETTERS) for text in texts)
    votes: dict[str, float] = {}
    weight = 0.0
    for one in found:
        if one.language is not None:
            w = min(one.letters, WEIGHT_LETTERS)
            weight += w
            votes[one.language] = votes.get(one.language, 0) + w * one.confidence
    if not votes:  # only scraps, such as a page of headlines: judge them together
        return DocumentDetection(detect_text("\n".join(paragraphs), minimum=1), found)
    language = max(sorted(votes), key=lambda code: votes[code])
    confidence = votes[language] / weight
    if language in _FUNCTION_WORDS_SETS:
        words = [word for text, raw in zip(texts, paragraphs, strict=True) for word in text.words_of(raw)]
        if len(words) >= LOOKALIKE_WORDS and _share(words, language) < LOOKALIKE_SHARE:
            confidence = min(confidence, 0.5)
    return DocumentDetection(Detection(language, confidence, sum(one.letters for one in found)), found)


def detect_text(text: str, minimum: int = ABSTAIN_LETTERS) -> Detection:
    """Language of one text; language None where it has fewer than `minimum` letters."""
    return _judged(_Text(text), minimum)


class _Text:
    """A text as it is judged: normalised, with its words in lower case and the number of its letters."""

    def __init__(self, text: str) -> None:
        normal = unicodedata.normalize("NFC", text)
        if "@" in normal or "://" in normal or "www." in normal:
            normal = _URL.sub(" ", normal)
        letters = "".join(filter(str.isalpha, normal))
        self.normal = normal.lower() if _in_capitals(letters) else normal
        self.words, self.letters = _words(normal), len(letters)

    def words_of(self, raw: str) -> list[str]:
        """The words in lower case of the text as it was given, with its addresses."""
        return self.words if raw == self.normal else _words(raw)


def _in_capitals(letters: str) -> bool:
    """Whether capitals are the rule ("WAFFENSTILLSTAND RÜCKT NÄHER")."""
    return sum(map(str.isupper, letters)) > 0.6 * len(letters)


def _words(text: str) -> list[str]:
    """Its words in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


@lru_cache(maxsize=1)
def _profiles() -> DetectorFactory:
    factory = DetectorFactory()
    factory.load_json_profile([(Path(PROFILES_DIRECTORY) / code).read_text("utf-8") for code in CANDIDATES])
    return factory


def _by_letters(text: str) -> tuple[str, float] | None:
    """The likeliest language by langdetect and how likely it is; None where the text tells nothing."""
    detector = _profiles().create()
    detector.append(text)
    detector.set_prior_map({code: 1 / len(CANDIDATES) for code in CANDIDATES})
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return None
    return str(best.lang), float(best.prob)


def _judged(text: _Text, minimum: int) -> Detection:
    if text.letters < minimum:
        return Detection(None, 0.0, text.letters)
    shares = {code: _share(text.words, code) for code in _FUNCTION_WORDS_SETS} if text.words else {}
    if (plain := _by_function_words(text, shares)) is not None:
        return Detection(plain, PLAIN, text.letters)
    best = _by_letters(text.normal)
    if best is None:
        return Detection(None, 0.0, text.letters)
    language, sure = best
    # "Video" is no evidence for Spanish, nor KREML LEHNT TREFFEN AB for Danish, whatever langdetect says.
    sure = sure if text.letters >= ABSTAIN_LETTERS else min(sure, 0.5)
    return _second_opinion(Detection(language, sure, text.letters), text, shares)


def _by_function_words(text: _Text, shares: dict[str, float]) -> str | None:
    """The language of running text that shows itself, or None: most paragraphs, and langdetect takes milliseconds for each.

    None of 2,770 German and English lines of news comes out as the other one; Dutch reaches 0.21 and 0.18.
    """
    if len(text.words) < PLAIN_WORDS:
        return None
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= PLAIN_SHARE and min(shares.values()) <= STRANGE_SHARE else None


def _second_opinion(detection: Detection, text: _Text, shares: dict[str, float]) -> Detection:
    """Corrects langdetect where the function words say otherwise.

    German running text has 0.3 of its words in the German list and under 0.06 in the English one, and the reverse.
    """
    if len(text.words) < 6:
        return detection
    best = max(shares, key=lambda code: shares[code])
    if shares[best] >= 0.2 and min(shares.values()) <= STRANGE_SHARE and best != detection.language:
        return Detection(best, 0.8, detection.letters)
    return detection


def _share(words: Sequence[str], language: str) -> float:
    """Share of function words of the language among lower-cased words."""
    return sum(map(_FUNCTION_WORDS_SETS[language].__contains__, words)) / len(words)
