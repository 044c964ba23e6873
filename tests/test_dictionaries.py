"""Dictionaries of word forms are made once, kept in the cache, and made again where the kept file is damaged."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from translator.language import dictionaries
from translator.language.dictionaries import StoredDictionaries

LANGUAGE = "gd"
"""Scottish Gaelic, for it is small."""


class _Unused:
    def __init__(self, disk_cache_dir: str) -> None: ...

    def get_dictionary(self, lang: str) -> dict[str, str]:
        raise AssertionError(f"{lang} was unpacked although it is stored")


@pytest.fixture
def words() -> dict[str, str]:
    return dict(DefaultDictionaryFactory().get_dictionary(LANGUAGE))


def test_a_new_and_a_stored_dictionary_say_what_simplemma_s_own_says(
    tmp_path: Path, words: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = StoredDictionaries(tmp_path).get_dictionary(LANGUAGE)
    monkeypatch.setattr(dictionaries, "TrieDictionaryFactory", _Unused)
    stored = StoredDictionaries(tmp_path).get_dictionary(LANGUAGE)
    assert [p.name for p in tmp_path.iterdir()] == [f"{LANGUAGE}.dic"]
    assert len(words) > 1000
    assert dict(new) == dict(stored) == words
    assert stored.get("keinwort") is None and stored.get("keinwort", "x") == "x"
    with pytest.raises(KeyError):
        stored["keinwort"]


@pytest.mark.parametrize(
    "damage", [lambda c: b"", lambda c: c[:40], lambda c: c[:-1], lambda c: c[:5000] + b"?" + c[5001:]]
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, words: dict[str, str], damage) -> None:  # type: ignore[no-untyped-def]
    StoredDictionaries(tmp_path).get_dictionary(LANGUAGE)
    file = tmp_path / f"{LANGUAGE}.dic"
    sound = file.read_bytes()
    file.write_bytes(damage(sound))
    assert dict(StoredDictionaries(tmp_path).get_dictionary(LANGUAGE)) == words
    assert file.read_bytes() == sound


def test_without_a_place_for_the_cache_the_words_are_known_all_the_same(tmp_path: Path, words: dict[str, str]) -> None:
    (tmp_path / "file").write_text("no folder")
    assert dict(StoredDictionaries(tmp_path / "file").get_dictionary(LANGUAGE)) == words


def test_without_a_place_for_temporary_files_too(
    tmp_path: Path, words: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert dict(StoredDictionaries(tmp_path).get_dictionary(LANGUAGE)) == words
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_read_for_a_language_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="xx"):
        StoredDictionaries(tmp_path).get_dictionary("xx")
    with pytest.raises(ValueError, match="Unsupported"):
        StoredDictionaries(tmp_path / "a").get_dictionary("../a/de")
