"""simplemma's dictionaries as tries, stored in the user's cache.

simplemma unpacks German word by word, which takes 0.6 s and 120 MB in every process. The same words as a MARISA trie
(https://pypi.org/project/marisa-trie/) are there in milliseconds and take 10 MB, but making one takes two seconds: it is
done once for each version of simplemma. simplemma has such a store of its own, which is used to make the trie; but it is
not written in one step, and a damaged file of it ends the process, for marisa-trie trusts what it reads.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import RLock

from marisa_trie import BytesTrie
from simplemma.strategies.dictionaries import DefaultDictionaryFactory, DictionaryFactory, TrieDictionaryFactory
from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieWrapDict

from translator.atomic import replace_with
from translator.errors import OutputError

_DIGEST = hashlib.sha256().digest_size


class StoredDictionaries(DictionaryFactory):
    """Dictionaries by language, each kept in a file of `folder`; where that cannot be written, made anew each time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: dict[str, Mapping[str, str]] = {}
        self._lock = RLock()

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """Lemmas by word form.

        Raises:
            ValueError: simplemma has no dictionary of the language.
        """
        with self._lock:
            if lang not in self._opened:
                self._opened[lang] = self._stored(lang) or self._made(lang)
            return self._opened[lang]

    def _stored(self, lang: str) -> Mapping[str, str] | None:
        """The dictionary of a language from its file; None where there is none, or a damaged one."""
        try:
            content = self._file(lang).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
            return None
        return TrieWrapDict(BytesTrie().frombytes(content[_DIGEST:]))

    def _made(self, lang: str) -> Mapping[str, str]:
        """The dictionary, and its trie stored for the next process."""
        try:
            with tempfile.TemporaryDirectory(prefix="translate-") as scratch:
                made = TrieDictionaryFactory(disk_cache_dir=scratch).get_dictionary(lang)
                self._store(lang, (Path(scratch) / f"{lang}.dic").read_bytes())
                return made
        except OSError:  # no room for temporary files
            return DefaultDictionaryFactory().get_dictionary(lang)

    def _store(self, lang: str, trie: bytes) -> None:
        with suppress(OutputError):
            replace_with(self._file(lang), lambda stream: stream.write(hashlib.sha256(trie).digest() + trie))

    def _file(self, lang: str) -> Path:
        return self._folder / f"{lang}.dic"
