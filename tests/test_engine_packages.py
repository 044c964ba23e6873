"""Which package translates a pair: given, installed, built in; directly or through English."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from translator.engine import packages
from translator.engine.hypotheses import Decoding
from translator.engine.packages import (
    BUILTIN_FOLDER,
    Package,
    all_packages,
    choose_route,
    find_packages,
    installed_folders,
    open_model,
    read_package,
)
from translator.engine.pivot import PivotEngine
from translator.errors import ExitCode, ModelError


def make_package(folder: Path, source: str, target: str, version: str = "1.0", **more: object) -> Path:
    """A package folder with metadata and an empty model."""
    path = folder / f"translate-{source}_{target}-{version}"
    (path / "model").mkdir(parents=True)
    (path / "model" / "model.bin").write_bytes(f"{source}{target}{version}".encode())
    meta = {"from_code": source, "to_code": target, "package_version": version} | more
    (path / "metadata.json").write_text(json.dumps(meta), encoding="utf-8")
    return path


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which argostranslate keeps packages; nothing is built in."""
    from argostranslate import settings

    folder, builtin = tmp_path / "argos" / "packages", tmp_path / "builtin"
    folder.mkdir(parents=True)
    builtin.mkdir()
    monkeypatch.setattr(settings, "package_dirs", [folder])
    monkeypatch.setattr(settings, "cache_dir", tmp_path / "cache")
    monkeypatch.setattr(packages, "BUILTIN_FOLDER", builtin)
    return folder


@pytest.fixture
def builtin(installed: Path) -> Path:
    """The folder of built-in packages, in the place of the real one."""
    return packages.BUILTIN_FOLDER


def names(route: tuple[Package, ...]) -> list[tuple[str, str]]:
    return [(package.name, package.origin) for package in route]


# Choice


def test_builtin_where_nothing_is_installed(builtin: Path) -> None:
    make_package(builtin, "de", "en", "0.2")
    assert names(choose_route("de", "en")) == [("de_en-0.2", "built-in")]


def test_installed_before_builtin(installed: Path, builtin: Path) -> None:
    make_package(builtin, "de", "en", "9.0")
    make_package(installed, "de", "en", "1.0")
    assert names(choose_route("de", "en")) == [("de_en-1.0", "installed")]


def test_model_before_installed(installed: Path, builtin: Path, tmp_path: Path) -> None:
    make_package(builtin, "de", "en", "9.0")
    make_package(installed, "de", "en", "2.0")
    mine = make_package(tmp_path / "mine", "de", "en", "0.1")
    assert names(choose_route("de", "en", str(mine))) == [("de_en-0.1", "file")]


def test_model_by_name(installed: Path, builtin: Path) -> None:
    make_package(builtin, "de", "en", "0.2")
    make_package(installed, "de", "en", "1.0")
    make_package(installed, "de", "en", "2.0")
    assert names(choose_route("de", "en", "de_en-1.0")) == [("de_en-1.0", "installed")]
    assert names(choose_route("de", "en", "de_en-0.2")) == [("de_en-0.2", "built-in")]


def test_model_by_file(installed: Path, tmp_path: Path) -> None:
    folder = make_package(tmp_path / "mine", "de", "en", "0.7")
    file = tmp_path / "eigenes.argosmodel"
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))
    package = open_model(str(file))
    assert (package.name, package.origin) == ("de_en-0.7", "file")
    assert package.path.parent == tmp_path / "cache" / "translator"
    assert package.fingerprint == read_package(folder, "file").fingerprint


@pytest.mark.parametrize(
    ("versions", "newest"),
    [(["1.0", "1.9", "1.10"], "1.10"), (["2.0", "10.0", "9.9.9"], "10.0"), (["1.0", "1.0.1"], "1.0.1"),
     (["?", "0.1"], "0.1"), (["1.0", "beta"], "1.0"), (["1.²", "1.1"], "1.1")],
)  # fmt: skip
def test_newest_of_several(installed: Path, versions: list[str], newest: str) -> None:
    for version in versions:
        make_package(installed, "de", "en", version)
    assert [p.version for p in choose_route("de", "en")] == [newest]


def test_several_folders(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from argostranslate import settings

    other = tmp_path / "other"
    make_package(installed, "de", "en", "1.0")
    make_package(other, "de", "en", "1.1")
    monkeypatch.setattr(settings, "package_dirs", [installed, tmp_path / "missing", other])
    assert installed_folders() == [installed, tmp_path / "missing", other]
    assert [p.version for p in all_packages()] == ["1.0", "1.1"]
    assert choose_route("de", "en")[0].path.parent == other


# Pivot


def test_pivot_through_english(installed: Path, builtin: Path) -> None:
    make_package(builtin, "de", "en", "0.2")
    make_package(installed, "en", "fr", "1.0")
    make_package(installed, "en", "fr", "1.1")
    assert names(choose_route("de", "fr")) == [("de_en-0.2", "built-in"), ("en_fr-1.1", "installed")]


def test_direct_before_pivot(installed: Path) -> None:
    for pair in ("de en", "en fr", "de fr"):
        make_package(installed, *pair.split())
    assert names(choose_route("de", "fr")) == [("de_fr-1.0", "installed")]


def test_no_pivot_from_or_to_english(installed: Path) -> None:
    make_package(installed, "de", "fr")
    make_package(installed, "fr", "en")
    with pytest.raises(ModelError):
        choose_route("de", "en")


def test_pivot_engine(fake_engine: Callable[..., Any]) -> None:
    first = fake_engine({"Guten Tag.": "Good day.", "Ja.": ["Yes.", "Yeah."]}, inline=True)
    second = fake_engine({"Good day.": ["Bonjour.", "Bonne journée."], "Yes.": "Oui."}, inline=True)
    engine = PivotEngine(first, second)
    seen: list[int] = []
    results = engine.translate(
        ["Guten Tag.", "Ja."], Decoding(beam=3, n_best=2, alignment=True, no_repeat=2), seen.append
    )
    assert [[h.text for h in hypotheses] for hypotheses in results] == [["Bonjour.", "Bonne journée."], ["Oui."]]
    assert [h.score for h in results[0]] == [pytest.approx(-0.2), pytest.approx(-0.3)]
    assert [h.alignment for h in results[0]] == [None, None]
    assert first.asked == [(["Guten Tag.", "Ja."], Decoding(beam=3, no_repeat=2))]
    assert second.asked == [(["Good day.", "Yes."], Decoding(beam=3, n_best=2, no_repeat=2))]
    assert seen == [2]
    assert (engine.inline_terms, engine.name) == (False, "fake+fake")


# Messages


@pytest.mark.parametrize(
    ("there", "source", "target", "message"),
    [
        ([], "de", "en", "no model from German to English; type: translate models install de en"),
        ([], "en", "de", "no model from English to German; type: translate models install en de"),
        (["en de"], "de", "en", "no model from German to English; type: translate models install de en"),
        ([], "de", "fr", "no model from German to French; type: "
         "translate models install de en && translate models install en fr"),
        (["de en"], "de", "fr", "no model from German to French; type: translate models install en fr"),
        (["en fr"], "de", "fr", "no model from German to French; type: translate models install de en"),
    ],
)  # fmt: skip
def test_no_model(installed: Path, there: list[str], source: str, target: str, message: str) -> None:
    for pair in there:
        make_package(installed, *pair.split())
    with pytest.raises(ModelError) as caught:
        choose_route(source, target)
    assert str(caught.value) == message
    assert caught.value.exit_code is ExitCode.model


def test_model_of_another_pair(installed: Path) -> None:
    make_package(installed, "en", "de", "1.0")
    with pytest.raises(ModelError) as caught:
        choose_route("de", "en", "en_de-1.0")
    assert str(caught.value) == "--model en_de-1.0 translates en to de, not de to en"


@pytest.mark.parametrize("model", ["de_en-7.0", "no/such/folder", "x.argosmodel"])
def test_model_that_is_not_there(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str) -> None:
    monkeypatch.chdir(tmp_path)
    make_package(installed, "de", "en", "1.0")
    with pytest.raises(ModelError, match=r"^--model "):
        choose_route("de", "en", model)


def test_message_for_a_model_that_is_not_there(installed: Path) -> None:
    with pytest.raises(ModelError) as caught:
        open_model("de_en-7.0")
    assert str(caught.value) == (
        "--model de_en-7.0: neither a folder, an .argosmodel file nor an installed package; see: translate models list"
    )


# Folders


def test_read_package(installed: Path) -> None:
    path = make_package(installed, "de", "en", "1.3", terminology="inline")
    (path / "README.md").write_text("\nGerman to English.\n", encoding="utf-8")
    package = read_package(path, "installed")
    assert package == Package(path, "de", "en", "1.3", "installed", inline_terms=True)
    assert (package.name, package.readme) == ("de_en-1.3", "German to English.")
    assert len(package.fingerprint) == 8
    assert package.fingerprint != read_package(make_package(installed, "de", "en", "1.4"), "installed").fingerprint


def test_a_fingerprint_tells_models_of_one_version_apart(installed: Path) -> None:
    path = make_package(installed, "de", "en", "1.3")
    prints, random = set[str](), Random(1)
    for content in (random.randbytes(5000), random.randbytes(5000), random.randbytes(3 * 2**20), bytes(3 * 2**20)):
        for written in (content, content + b"x", content[:-1] + b"?"):  # a small file, or its end
            (path / "model" / "model.bin").write_bytes(written)
            prints.add(read_package(path, "installed").fingerprint)
    assert len(prints) == 12 - 2  # of a large file the last byte alone is not looked at
    (path / "model" / "vmap.txt").write_text("x")
    assert read_package(path, "installed").fingerprint not in prints


def test_defaults(installed: Path) -> None:
    package = read_package(make_package(installed, "de", "en", package_version=None), "file")
    assert (package.version, package.inline_terms, package.readme) == ("?", False, "")


def break_nothing_there(path: Path) -> None:
    (path / "metadata.json").unlink()


def break_json(path: Path) -> None:
    (path / "metadata.json").write_text("{", encoding="utf-8")


def break_bytes(path: Path) -> None:
    (path / "metadata.json").write_bytes(b"\xff\xfe\xfa")


def break_list(path: Path) -> None:
    (path / "metadata.json").write_text("[]", encoding="utf-8")


def break_codes(path: Path) -> None:
    (path / "metadata.json").write_text('{"from_code": "de"}', encoding="utf-8")


def break_model(path: Path) -> None:
    (path / "model" / "model.bin").unlink()


def break_folder(path: Path) -> None:
    (path / "metadata.json").unlink()
    (path / "metadata.json").mkdir()


BREAKS = [break_nothing_there, break_json, break_bytes, break_list, break_codes, break_model, break_folder]


@pytest.mark.parametrize("damage", BREAKS)
def test_broken_packages_are_passed_over(installed: Path, damage: Callable[[Path], None]) -> None:
    make_package(installed, "de", "en", "1.0")
    broken = make_package(installed, "de", "en", "2.0")
    damage(broken)
    (installed / "notes.txt").write_text("no package", encoding="utf-8")
    (installed / "empty").mkdir()
    assert [p.version for p in find_packages([installed], "installed")] == ["1.0"]
    assert names(choose_route("de", "en")) == [("de_en-1.0", "installed")]
    with pytest.raises(ModelError, match="2\\.0: "):
        open_model(str(broken))


def test_find_packages_is_in_the_order_of_names(installed: Path) -> None:
    for pair in ("en fr", "de en", "en de"):
        make_package(installed, *pair.split())
    assert [p.name for p in find_packages([installed], "installed")] == ["de_en-1.0", "en_de-1.0", "en_fr-1.0"]
    assert find_packages([installed / "missing"], "installed") == []


def test_package_without_tokenizer(installed: Path) -> None:
    package = read_package(make_package(installed, "de", "en"), "installed")
    with pytest.raises(ModelError, match="the package has no tokenizer"):
        _ = package.argos


def test_a_folder_of_another_user_is_passed_over(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_package(installed, "de", "en", "1.0")
    locked = make_package(installed, "de", "en", "2.0")

    def deny(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: Path, *args: Any, **kwargs: Any) -> Any:
            if locked in self.parents:  # chmod would not stop root, who runs the tests in a container
                raise PermissionError(13, "Permission denied", str(self))
            return original(self, *args, **kwargs)

        return method

    for method in ("is_file", "read_text", "stat", "open"):
        monkeypatch.setattr(Path, method, deny(getattr(Path, method)))
    assert [p.version for p in find_packages([installed], "installed")] == ["1.0"]


def test_the_real_builtin_package() -> None:
    (package,) = find_packages([BUILTIN_FOLDER], "built-in")
    assert (package.source, package.target, package.origin) == ("de", "en", "built-in")
    assert package.inline_terms
    assert package.readme
    assert len(package.fingerprint) == 8
