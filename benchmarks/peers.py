"""What the speed benchmark runs in a process of its own: the bare decoder here, Argos Translate in its own environment.

    python benchmarks/peers.py bare PACKAGE FOLDER          beam 4 over all sentences at once, sorted by length
    python benchmarks/peers.py argos-api PACKAGE FOLDER     Argos's Python API, article by article in one process
    python benchmarks/peers.py argos-cli PACKAGE            Argos's command line, which reads one article from stdin
    python benchmarks/peers.py argos-lines PACKAGE FILE     Argos's translation of each line, for BLEU
    python benchmarks/peers.py argos-import                 import argostranslate.translate

Argos's sentence splitters download a model when they are first used; ours takes their place through their own interface
(ISentenceBoundaryDetectionModel), so that all translate the same sentences. The file imports nothing of the project but
those rules, for Argos's environment has nothing else of it.
"""

from __future__ import annotations

import json
import os
import sys
import time
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def split(text: str) -> list[str]:
    """Our sentence boundaries for German, with a stand-in for the library that other languages need."""
    sys.modules.setdefault("sentencex", types.ModuleType("sentencex"))
    sys.path.insert(0, str(ROOT))
    from translator.language.sentences import split as german

    return german(text, "de")


def articles(folder: Path) -> Iterator[str]:
    """Texts in order of their names."""
    for path in sorted(folder.glob("*.txt")):
        yield path.read_text("utf-8")


def bare(package: Path, folder: Path, vocabulary_map: bool) -> dict[str, Any]:
    """All distinct sentences in one call of translate_batch, sorted by length: the least that a run can take."""
    import ctranslate2
    import sentencepiece

    texts = [line for article in articles(folder) for line in article.splitlines() if line.strip()]
    sentences = list(dict.fromkeys(s for text in texts for s in split(text)))
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(package / "sentencepiece.model"))
    tokens = sorted((tokenizer.encode(s, out_type=str) for s in sentences), key=len, reverse=True)
    cores = os.cpu_count() or 1
    model = ctranslate2.Translator(str(package / "model"), compute_type="int8", inter_threads=cores, intra_threads=1)
    options = {"beam_size": 4, "max_batch_size": 768, "batch_type": "tokens", "use_vmap": vocabulary_map}
    model.translate_batch(tokens[:8], **options)
    started, used = time.perf_counter(), time.process_time()
    model.translate_batch(tokens, **options)
    seconds, used = time.perf_counter() - started, time.process_time() - used
    return {"sentences": len(sentences), "seconds": seconds, "cpu": used}


def _argos(package: Path) -> Any:
    """Argos's translation for a package in its folder of packages, with our sentence boundaries."""
    os.environ.setdefault("ARGOS_PACKAGES_DIR", str(package.parent))
    from argostranslate import sbd, translate

    class Splitter(sbd.ISentenceBoundaryDetectionModel):  # type: ignore[misc]
        """Ours behind Argos's interface."""

        def split_sentences(self, text: str) -> list[str]:
            return split(text)

    found = {language.code: language for language in translate.load_installed_languages()}
    translation = found["de"].get_translation(found["en"])
    translation.underlying.sentencizer = Splitter()
    return translate, translation


def argos_api(package: Path, folder: Path) -> dict[str, Any]:
    """One process, article by article, as its README shows it."""
    _, translation = _argos(package)
    translation.translate("Guten Morgen.")
    started, used = time.perf_counter(), time.process_time()
    output = [translation.translate(text) for text in articles(folder)]
    seconds, used = time.perf_counter() - started, time.process_time() - used
    return {"seconds": seconds, "cpu": used, "output": output}


def argos_cli(package: Path) -> None:
    """Its own command line; the language objects are made once a process, so the splitter stays ours."""
    translate, translation = _argos(package)
    from argostranslate import cli

    source = translation.from_lang if hasattr(translation, "from_lang") else translation.underlying.from_lang
    translate.load_installed_languages = lambda: [source, translation.underlying.to_lang]
    sys.argv = ["argos-translate", "--from-lang", "de", "--to-lang", "en"]
    cli.main()


def main() -> None:
    """Runs what argv names and prints a JSON object."""
    name, *rest = sys.argv[1:]
    paths = [Path(p) for p in rest]
    if name == "argos-import":
        import argostranslate.translate  # noqa: F401
    elif name == "argos-cli":
        argos_cli(paths[0])
    elif name == "argos-api":
        print(json.dumps(argos_api(*paths)))
    elif name == "argos-lines":
        translation = _argos(paths[0])[1]
        print(json.dumps([translation.translate(line) for line in paths[1].read_text("utf-8").splitlines()]))
    elif name in ("bare", "bare-map"):
        print(json.dumps(bare(*paths, vocabulary_map=name == "bare-map")))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
