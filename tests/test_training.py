"""The training programs: what they throw out, mark and write; the export where torch is installed."""

from __future__ import annotations

import gzip
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parent.parent / "training"
BUILTIN = Path(__file__).parent.parent / "translator" / "engine" / "builtin" / "translate-de_en"
PROGRAMS = ("prepare", "train", "average", "evaluate", "vocabulary_map", "export")


@pytest.fixture(autouse=True)
def training_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TRAINING))


def silent(*words: object) -> None:
    pass


def test_pairs_that_are_no_translation_are_thrown_out() -> None:
    from corpora import is_pair

    assert is_pair("Der Minister trat zurück.", "The minister resigned.")
    assert not is_pair("Der Minister trat zurück.", "Der Minister trat zurück.")
    assert not is_pair("Der Minister trat am Montag in Berlin zurück.", "Yes.")
    assert not is_pair("12 + 13 = 25 (!!!)", "Sum of the numbers")
    assert not is_pair("Die <trm> Rente", "The pension")


def test_a_pair_comes_once_a_weight_and_not_again_from_another_file(tmp_path: Path) -> None:
    from corpora import read_pairs

    (tmp_path / "a.tsv").write_text("Guten Morgen.\tGood morning.\nnur eine Spalte\n", "utf-8")
    with gzip.open(tmp_path / "b.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("guten  Morgen.\tGood morning.\nGute &amp; schlechte Nacht.\tGood &amp; bad night.\n")
    pairs = list(read_pairs([f"{tmp_path / 'a.tsv'}:3", str(tmp_path / "b.tsv.gz")], set(), silent))
    assert pairs == [("Guten Morgen.", "Good morning.")] * 3 + [("Gute & schlechte Nacht.", "Good & bad night.")]


def test_evaluation_sentences_are_kept_out_whatever_their_punctuation(tmp_path: Path) -> None:
    from corpora import held_back, read_pairs

    (tmp_path / "test.en").write_text("The minister resigned on Monday.\nYes.\n", "utf-8")
    (tmp_path / "a.tsv").write_text("Er trat Montag zurück.\tThe minister resigned, on Monday\nJa.\tYes.\n", "utf-8")
    tests = held_back([tmp_path / "test.en"])
    assert list(read_pairs([str(tmp_path / "a.tsv")], tests, silent)) == [("Ja.", "Yes.")]


def test_straight_quotes_become_typographic_on_both_sides_in_half_of_the_pairs() -> None:
    from corpora import typographic

    pair = ('"Nein", sagte er. "Nie."', '"No," he said. "Never."')
    found = {typographic(pair, random.Random(seed)) for seed in range(20)}
    assert found == {pair, ("„Nein“, sagte er. „Nie.“", "“No,” he said. “Never.”")}
    assert typographic(('5" breit', "5 inches wide"), random.Random(1)) == ('5" breit', "5 inches wide")


def test_held_out_pairs_do_not_come_again() -> None:
    pytest.importorskip("sentencepiece")
    from prepare import set_apart

    pairs = [("Ja.", "Yes."), ("Ja!", "Yes!"), ("Nein.", "No."), ("Ja.", "Yes."), ("Nie.", "Never.")]
    assert set_apart(pairs, 2) == [("Ja.", "Yes."), ("Nein.", "No."), ("Nie.", "Never.")]


def test_phrases_are_nouns_with_their_adjectives_and_stop_at_punctuation() -> None:
    from phrases import phrases

    de, en = "Die lange Waffenruhe, hielt bis Montag.".split(), "The long truce, held until Monday.".split()
    found = {(p.source, p.target) for p in phrases(de, en, [(i, i) for i in range(6)])}
    assert ("Waffenruhe", "truce") in found
    assert not any("hielt" in source and "Waffenruhe" in source for source, _ in found)
    assert not any(source == "Montag" for source, _ in found), "a stop word is no term"


def test_a_word_linked_into_a_phrase_from_outside_breaks_it() -> None:
    from phrases import phrases

    de, en = ["Waffenruhe", "in", "Gaza"], ["truce", "in", "Gaza"]
    assert {p.source for p in phrases(de, en, [(0, 0), (2, 2)])} == {"Waffenruhe", "Gaza", "Waffenruhe in Gaza"}
    assert {p.source for p in phrases(de, en, [(0, 0), (1, 0), (2, 2)])} == {"Gaza", "Waffenruhe in Gaza"}


def test_a_marked_copy_is_the_pair_again_once_the_hints_are_taken_out() -> None:
    from collections import Counter

    from marking import Lexicon, Marker

    de, en = "Die „Waffenruhe“, so der Minister, hielt.", "The “truce”, the minister said, held."
    links = [(0, 0), (1, 1), (3, 2), (4, 3), (5, 5)]
    marker = Marker(Lexicon(Counter({("waffenruhe", "truce"): 5, ("minister", "minister"): 5}), Counter()))
    copies = [marker.marked((de, en), links, random.Random(seed)) for seed in range(30)]
    assert any(copies)
    for copy in filter(None, copies):
        source, target, moved = copy
        assert target == en
        bare = re.sub(r" ?<trm> (.*?) <tgt> .*? </trm>", r" \1", source)
        assert bare.replace("„ ", "„") == de
        words = source.split()
        for (i, _), (k, _) in zip(links, moved, strict=True):
            assert words[k].strip("„“,.") == de.split()[i].strip("„“,.")


def test_encoded_rows_read_back_as_the_pairs_with_their_links(tmp_path: Path) -> None:
    numpy = pytest.importorskip("numpy")
    sentencepiece = pytest.importorskip("sentencepiece")
    from arrays import NONE, Encoder, write_shard

    model = BUILTIN / "sentencepiece.model"
    row = Encoder(model).row("Die Waffenruhe hielt.", "The truce held.", [(0, 0), (1, 1)])
    assert row is not None
    write_shard(tmp_path / "dev.npz", [row, row])
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(model))
    with numpy.load(tmp_path / "dev.npz") as arrays:
        length, target = int(arrays["src_len"][0]), int(arrays["tgt_len"][0])
        assert pieces.decode(arrays["src"][:length].tolist()) == "Die Waffenruhe hielt."
        assert pieces.decode(arrays["tgt"][target:].tolist()) == "The truce held."
        aligned = arrays["aln"][:target].tolist()
    assert aligned[0] == 0
    assert aligned[-1] == NONE
    assert Encoder(model).row("Wort " * 200, "word", []) is None, "too long for its length to fit in a byte"


def test_a_corpus_is_prepared_without_eflomal_and_says_so(tmp_path: Path) -> None:
    pytest.importorskip("sentencepiece")
    (tmp_path / "eflomal.py").write_text("raise ImportError('not here')\n")
    environment = {"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"}
    corpus = TRAINING / "corpus" / "economy-sentences.tsv"
    command = [sys.executable, TRAINING / "prepare.py", tmp_path / "data", corpus, "--vocab", "1500", "--dev", "50"]
    done = subprocess.run([*map(str, command), "--workers", "1"], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert "NO WORD LINKS" in done.stderr
    assert (tmp_path / "data" / "dev.npz").is_file()
    assert [p.name for p in (tmp_path / "data" / "shards").iterdir()] == ["000.npz.xz"]


def test_too_little_text_is_named(tmp_path: Path) -> None:
    pytest.importorskip("sentencepiece")
    (tmp_path / "a.tsv").write_text("Ja.\tYes.\n", "utf-8")
    command = [sys.executable, TRAINING / "prepare.py", tmp_path / "data", tmp_path / "a.tsv"]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("only 1 pairs")


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_explains_itself(program: str) -> None:
    if program != "prepare":
        pytest.importorskip("torch")
    command = [sys.executable, str(TRAINING / f"{program}.py"), "--help"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout


def test_the_corpus_has_two_columns_and_no_doubled_line() -> None:
    lines = [x for p in sorted((TRAINING / "corpus").glob("*.tsv")) for x in p.read_text("utf-8").splitlines()]
    assert len(lines) > 16_000
    assert {line.count("\t") for line in lines} == {1}
    assert all(all(side.strip() for side in line.split("\t")) for line in lines)


def test_an_exported_package_has_the_weights_it_was_made_from(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("ctranslate2")
    from ct2_binary import read_variables

    package = tmp_path / "translate-de_en"
    tokenizer = BUILTIN / "sentencepiece.model"
    command = [sys.executable, TRAINING / "export.py", BUILTIN, tokenizer, package, "--version", "9.9"]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    old, new = (read_variables(folder / "model" / "model.bin") for folder in (BUILTIN, package))
    assert set(old) == set(new)
    weights = [name for name in old if name.endswith("weight")]
    assert len(weights) > 40
    assert all((old[name] == new[name]).all() for name in weights)
    assert '"package_version": "9.9"' in (package / "metadata.json").read_text("utf-8")
