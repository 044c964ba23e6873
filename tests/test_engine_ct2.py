"""The built-in package, decoded in earnest. What it writes is not looked at: the model will be replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from translator.engine.ct2 import BATCH_PIECES, PackageEngine, _batches
from translator.engine.hypotheses import Decoding, Hypothesis
from translator.engine.load import load_engine
from translator.engine.packages import BUILTIN_FOLDER, Package, find_packages, read_package
from translator.engine.pieces import TERM_MARKS, word_of_piece, word_starts
from translator.engine.pivot import PivotEngine
from translator.errors import ModelError
from translator.glossary.enforcement import Enforcer
from translator.glossary.marks import neutral
from translator.glossary.matching import Matcher
from translator.glossary.model import Entry, Glossary, Outcome

SENTENCES = [
    "Die Außenminister beraten am Donnerstag in Kopenhagen.",
    "Ja.",
    "Am Abend sagte der Präsident, er werde mit seinen Verbündeten sprechen, bevor er nach Brüssel reise.",
    "Wer zahlt?",
    "Das Parlament hat das Gesetz mit großer Mehrheit angenommen, obwohl die Opposition bis zuletzt dagegen war.",
    "„Wir brauchen Zeit“, sagte sie.",
    "Im Jahr 2024 stieg der Preis um 3,5 Prozent.",
    "Die Waffenruhe hielt nicht lange, doch die Verhandlungen gingen weiter.",
]
BEST = Decoding()
LISTS = Decoding(beam=4, n_best=4, alignment=True)


@pytest.fixture(scope="module")
def package() -> Package:
    (found,) = find_packages([BUILTIN_FOLDER], "built-in")
    return found


@pytest.fixture(scope="module")
def engine(package: Package) -> PackageEngine:
    return PackageEngine(package)


@pytest.fixture(scope="module")
def lists(engine: PackageEngine) -> list[list[Hypothesis]]:
    return engine.translate(SENTENCES, LISTS)


def texts(results: list[list[Hypothesis]]) -> list[list[str]]:
    return [[h.text for h in hypotheses] for hypotheses in results]


def test_the_engine_says_what_it_is(engine: PackageEngine, package: Package) -> None:
    assert engine.name == package.name == f"de_en-{package.version}"
    assert engine.inline_terms is package.inline_terms is True


def test_translations_are_not_empty(lists: list[list[Hypothesis]]) -> None:
    assert len(lists) == len(SENTENCES)
    for hypotheses in lists:
        assert hypotheses[0].text
        assert "\ufffd" not in hypotheses[0].text
        assert all(h.text == " ".join(h.text.split()) for h in hypotheses)


def test_scores_are_mean_log_probabilities_best_first(lists: list[list[Hypothesis]]) -> None:
    for hypotheses in lists:
        scores = [h.score for h in hypotheses]
        assert scores == sorted(scores, reverse=True)
        assert all(-20 < score <= 0 for score in scores)


@pytest.mark.parametrize(
    ("decoding", "number"),
    [(Decoding(), 1), (Decoding(beam=1), 1), (Decoding(beam=4, n_best=4), 4), (Decoding(beam=2, n_best=8), 2)],
)
def test_number_of_hypotheses(engine: PackageEngine, decoding: Decoding, number: int) -> None:
    (hypotheses,) = engine.translate(SENTENCES[:1], decoding)
    assert len(hypotheses) == number
    assert [h.alignment for h in hypotheses] == [None] * number


def test_alignment_has_one_place_for_every_word(lists: list[list[Hypothesis]]) -> None:
    for source, hypotheses in zip(SENTENCES, lists, strict=True):
        for h in hypotheses:
            assert h.alignment is not None
            assert len(h.alignment) == len(h.text.split())
            assert all(0 <= index < len(source.split()) for index, _ in h.alignment)
            assert all(0 <= sure <= 1.001 for _, sure in h.alignment)


def test_same_result_twice(engine: PackageEngine, lists: list[list[Hypothesis]], package: Package) -> None:
    assert texts(engine.translate(SENTENCES, LISTS)) == texts(lists)
    one_thread = PackageEngine(package, threads=1)
    assert texts(one_thread.translate(SENTENCES, LISTS)) == texts(lists)


def test_order_is_kept_where_lengths_differ(engine: PackageEngine) -> None:
    many = [sentence for _ in range(6) for sentence in SENTENCES]
    results = texts(engine.translate(many, BEST))
    assert results == results[: len(SENTENCES)] * 6
    assert texts(engine.translate(many[::-1], BEST)) == results[::-1]
    assert len({result[0] for result in results}) == len(SENTENCES)
    alone = [texts(engine.translate([sentence], BEST))[0] for sentence in SENTENCES]
    same = sum(a == b for a, b in zip(alone, results, strict=False))
    assert same >= len(SENTENCES) - 1  # sums may be rounded otherwise in a batch


def test_nothing_to_translate(engine: PackageEngine) -> None:
    seen: list[int] = []
    assert engine.translate([], BEST, seen.append) == []
    assert sum(seen) == 0
    seen = []
    results = engine.translate(["", "   ", "Guten Tag."], BEST, seen.append)
    assert [len(hypotheses) for hypotheses in results] == [1, 1, 1]
    assert [h[0].text == "" for h in results] == [True, True, False]
    assert sum(seen) == 3


def test_done_adds_up_to_the_number_of_texts(engine: PackageEngine) -> None:
    long = "Die Minister berieten über den Haushalt, die Steuern und die Schulden, " * 12 + "bis es dunkel wurde."
    many = [*SENTENCES, "", long, *SENTENCES, long]
    for decoding in (BEST, LISTS):
        seen: list[int] = []
        results = engine.translate(many, decoding, seen.append)
        assert len(results) == len(many)
        assert sum(seen) == len(many)
        assert min(seen) >= 0


def test_eight_hundred_words_are_not_truncated(engine: PackageEngine) -> None:
    clause = "die Minister berieten am Donnerstag in Kopenhagen über die Lage an der Grenze"
    text = ", ".join([clause] * 62)
    assert len(text.split()) >= 800
    (hypotheses,) = engine.translate([text], LISTS)
    assert len(hypotheses) == 1
    assert len(hypotheses[0].text.split()) > 400
    assert hypotheses[0].alignment is None
    assert -20 < hypotheses[0].score <= 0
    beside = texts(engine.translate(["Ja.", text, "Wer zahlt?"], BEST))
    assert [beside[0], beside[2]] == texts(engine.translate(["Ja.", "Wer zahlt?"], BEST))
    assert len(beside[1][0].split()) > 400


def test_eight_hundred_words_without_a_mark(engine: PackageEngine) -> None:
    words = "Haus Baum Garten Straße Stadt Land Fluss Berg".split()
    (hypotheses,) = engine.translate([" ".join(words * 100)], BEST)
    assert len(hypotheses[0].text.split()) > 300


@pytest.mark.parametrize(
    "text", ["x" * 3000, "🙂🙂🙂", "日本語のテキスト", "\x00\x01", "​", "𝔉𝔯𝔞𝔨𝔱𝔲𝔯", "_a_b_", "<s> </s> <unk>"]
)
def test_odd_texts_do_not_crash(engine: PackageEngine, text: str) -> None:
    (hypotheses,) = engine.translate([text], LISTS)
    assert hypotheses
    assert not any("▁" in h.text for h in hypotheses)


# Term marks

MARKED = [
    "Die <trm> Waffenruhe <tgt> truce </trm> hielt nicht.",
    "<trm> Selenskyj <tgt> Zelenskyy </trm> sprach mit <trm> Kallas <tgt> Kallas </trm> über die <trm> Zölle <tgt> tariffs </trm>.",
    "( <trm> Waffenruhe <tgt> truce </trm>), sagte er.",
    # broken ones
    "<trm>",
    "</trm> <tgt> <trm>",
    "Die <trm> Waffenruhe hielt <tgt>",
    "<trm> <trm> <trm> <tgt> </trm> </trm>",
    "<trm> " * 100,
]


@pytest.mark.parametrize("text", MARKED)
def test_marks_in_a_source_are_read_and_never_written(engine: PackageEngine, text: str) -> None:
    for decoding in (BEST, LISTS, Decoding(beam=8, n_best=8)):
        (hypotheses,) = engine.translate([text], decoding)
        for h in hypotheses:
            assert not any(mark in h.text for mark in TERM_MARKS)
            assert "trm>" not in h.text
            assert "<tgt" not in h.text


def test_marked_sources_have_alignment_too(engine: PackageEngine) -> None:
    for text, hypotheses in zip(MARKED[:3], engine.translate(MARKED[:3], LISTS), strict=True):
        for h in hypotheses:
            assert h.alignment is not None
            assert len(h.alignment) == len(h.text.split())
            assert all(0 <= index < len(text.split()) for index, _ in h.alignment)


@pytest.mark.parametrize(
    "text",
    [
        *MARKED,
        "<trm>Haus<tgt>bomb</trm>",
        "＜trm＞ Haus ＜tgt＞ bomb ＜/trm＞",
        "<ｔｒｍ> Haus",
        "﹤trm﹥ Haus",
        "▁<trm> Haus",
    ],
)
def test_neutralised_text_has_no_mark_among_its_pieces(engine: PackageEngine, text: str) -> None:
    pieces = engine._pieces.encode(neutral(text))
    assert not any(mark in piece for piece in pieces for mark in TERM_MARKS)


def test_every_mark_is_one_piece(engine: PackageEngine) -> None:
    pieces = engine._pieces.encode("Die <trm> Waffenruhe <tgt> truce </trm> hielt.")
    assert [piece for piece in pieces if piece.strip("▁") in TERM_MARKS] == ["▁<trm>", "▁<tgt>", "▁</trm>"]


def test_the_enforcer_with_the_real_engine(engine: PackageEngine) -> None:
    entries = [Entry("Waffenruhe", ("truce",)), Entry("Präsident", ("president",)), Entry("Gesetz", ("law", "act"))]
    matcher = Matcher(Glossary(entries))
    hits = [matcher.hits(sentence) for sentence in SENTENCES]
    results = Enforcer(engine, "en").translate(SENTENCES, hits)
    assert [len(r.terms) for r in results] == [0, 0, 1, 0, 1, 0, 0, 1]
    for result in results:
        assert result.text
        for term in result.terms:
            assert (term.span is None) == (term.outcome is Outcome.MISSED)
            if term.span:
                words = result.text[term.span[0] : term.span[1]].lower()
                assert any(words.startswith(target) for target in term.hit.entry.targets)


# Parts


def test_words_of_pieces() -> None:
    assert word_of_piece(["▁Die", "▁Waffen", "ruhe", ".", "▁Ja"]) == [0, 1, 1, 1, 2]
    assert word_of_piece(["Die", "s", "▁ist"]) == [0, 0, 1]
    assert word_of_piece([]) == []


def test_pieces_give_back_the_text(engine: PackageEngine) -> None:
    for sentence in SENTENCES:
        pieces = engine._pieces.encode(sentence)
        assert len(set(word_of_piece(pieces))) == len(sentence.split())
        assert engine._pieces.decode(["▁<trm>", *pieces, "▁</trm>"]) == engine._pieces.decode(pieces)


@pytest.mark.parametrize(
    "lengths", [[], [0], [5], [3, 1, 2], [BATCH_PIECES + 1, 1, 1], [100] * 50, list(range(1, 200))]
)
def test_batches(lengths: list[int]) -> None:
    sources = [["x"] * n for n in lengths]
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    batches = _batches(order, sources, 1)
    assert [i for batch in batches for i in batch] == order[::-1]
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[i] for i in batch) <= BATCH_PIECES


def test_a_few_sentences_are_shared_among_the_cores() -> None:
    sources = [["x"] * 40] * 16
    assert len(_batches(list(range(16)), sources, 1)) == 1
    assert len(_batches(list(range(16)), sources, 2)) == 2


# Loading


def test_load_engine(package: Package) -> None:
    assert isinstance(load_engine((package,), threads=1), PackageEngine)
    pivot = load_engine((package, package), threads=1)
    assert isinstance(pivot, PivotEngine)
    assert pivot.name == f"{package.name}+{package.name}"


@pytest.mark.parametrize("content", [b"", b"this is no model", bytes(1000)])
def test_model_that_does_not_load(tmp_path: Path, package: Package, content: bytes) -> None:
    folder = tmp_path / "de_en"
    shutil.copytree(package.path, folder)
    (folder / "model" / "model.bin").write_bytes(content)
    with pytest.raises(ModelError) as caught:
        PackageEngine(read_package(folder, "file"))
    assert str(caught.value).startswith(f"{folder}: the model cannot be loaded (")


def test_tokenizer_that_does_not_load(tmp_path: Path, package: Package) -> None:
    folder = tmp_path / "de_en"
    shutil.copytree(package.path, folder)
    (folder / "sentencepiece.model").write_bytes(b"this is no tokenizer")
    with pytest.raises(ModelError):
        PackageEngine(read_package(folder, "file"))
    (folder / "sentencepiece.model").unlink()
    with pytest.raises(ModelError, match="the package has no tokenizer"):
        PackageEngine(read_package(folder, "file"))


@pytest.mark.parametrize(
    ("device", "said"),
    [("cuda:99", "graphics card"), ("tpu", "known are cpu, cuda"), ("cuda:one", "known are cpu, cuda")],
)
def test_a_device_that_is_not_there_is_named(package: Package, device: str, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        load_engine((package,), 1, device)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Das sagte er der Zeitung (Mittwoch).", "(Wednesday)"),
        ("Sie sprach mit der Süddeutschen Zeitung (Donnerstag) über Renten.", "(Thursday)"),
        ("Die Abgeordnete Anna Weber (Grüne) widersprach.", "(Green"),
    ],
)
def test_a_word_in_brackets_is_a_word(engine: PackageEngine, source: str, expected: str) -> None:
    """The built-in model made "(Mookwoch)" of "(Mittwoch)": behind a bracket its tokenizer has only scraps of the word."""
    found = engine.translate([source], Decoding(beam=4, alignment=True))[0][0]
    assert expected in found.text
    assert found.alignment is not None
    assert len(found.alignment) == len(found.text.split())
    place = next(i for i, word in enumerate(found.text.split()) if word.startswith("("))
    assert source.split()[found.alignment[place][0]].startswith("(")


def test_a_bracket_that_stands_alone_stays_alone(engine: PackageEngine) -> None:
    found = engine.translate(["Der Rat ( Brüssel ) tagt am Abend."], Decoding(beam=4, alignment=True))[0][0]
    assert found.alignment is not None
    assert len(found.alignment) == len(found.text.split())


def test_the_word_behind_opening_marks_is_one_with_them() -> None:
    assert word_of_piece(["▁(", "▁Mittwoch", ").", "▁Ja"], True) == [0, 0, 0, 1]
    assert word_of_piece(["▁(", "▁Mittwoch", ").", "▁Ja"]) == [0, 1, 1, 2]
    assert word_of_piece(["▁sagte", "▁", "„", "▁Regel", "n", "“", "▁ja"], True) == [0, 1, 1, 1, 1, 1, 2]
    assert word_of_piece(["▁so", "“", "▁Ja"], True) == [0, 0, 1]
    assert word_of_piece(["▁„", "▁…"], True) == [0, 1]


@pytest.mark.parametrize(
    ("pieces", "plainly", "opening"),
    [
        (["▁Die", "▁Waffen", "ruhe", "."], [0, 1], [0, 1]),
        (["Die", "s", "▁ist"], [0, 2], [0, 2]),
        (["▁(", "▁Mittwoch", ")"], [0, 1], [0]),
        (["▁sagte", "▁", "„", "▁Regel", "n"], [0, 1, 3], [0, 1]),
        (["(", "▁Ja", "▁(", "▁(", "▁Nein"], [0, 1, 2, 3, 4], [0, 2, 3]),
        (["▁„", "▁…", "▁„"], [0, 1, 2], [0, 1, 2]),
        ([], [], []),
    ],
)
def test_words_begin_at_blanks_but_for_those_behind_lone_opening_marks(
    pieces: list[str], plainly: list[int], opening: list[int]
) -> None:
    assert word_starts(pieces) == plainly
    assert word_starts(pieces, opens_words=True) == opening


@pytest.mark.parametrize(
    "source",
    [
        "Kallas fordert „Verlässliche Garantien“ und (wie sie sagt) „robuste“ Truppen.",
        'Er sagte: "Unsinn", und ging (Montag) nach Hause.',
        "„Ja“ (nein) „doch“ (vielleicht) „oh“.",
    ],
)
def test_alignment_counts_the_words_of_the_text_whatever_is_in_quotes(engine: PackageEngine, source: str) -> None:
    found = engine.translate([source], Decoding(beam=4, alignment=True))[0][0]
    assert found.alignment is not None
    assert len(found.alignment) == len(found.text.split())
    assert max(word for word, _ in found.alignment) < len(source.split())
