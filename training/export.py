"""Write a trained model as an installable Argos Translate package: a folder, and a .argosmodel file if asked for.

CHECKPOINT is OUT/last.pt of train.py, or the folder of a package, which is then written anew. PACKAGE is a folder; one
that holds a package already is replaced when everything else has gone well.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sentencepiece
import torch
from ctranslate2 import specs
from model import EPS, ct2_names, load_package, sinusoids
from torch import Tensor

METADATA = {"argos_version": "1.9", "from_code": "de", "from_name": "German", "to_code": "en", "to_name": "English"}


def read_weights(checkpoint: Path, averaged: bool) -> dict[str, Tensor]:
    """Return the parameters of a checkpoint or package by name, in float32 on the CPU.

    Raises:
        SystemExit: the path holds neither.
    """
    if (checkpoint / "model" / "model.bin").exists():
        return {name: p.detach() for name, p in load_package(checkpoint).named_parameters()}
    if not checkpoint.is_file():
        raise SystemExit(f"{checkpoint}: neither a checkpoint nor a package; give OUT/last.pt of train.py")
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    return {name: p.detach().float() for name, p in saved["ema" if averaged else "raw"].items()}


def depth(weights: Mapping[str, Tensor], side: str) -> int:
    """Count the layers of a side."""
    return 1 + max(int(name.split(".")[1]) for name in weights if name.startswith(f"{side}."))


def place(spec: Any, name: str) -> tuple[Any, str]:
    """Find the part of a specification that a variable name leads to, and the attribute that holds the variable."""
    *path, attribute = name.split("/")
    for part in path:
        if hasattr(spec, part):
            spec = getattr(spec, part)
        else:
            group, _, number = part.rpartition("_")
            spec = getattr(spec, group)[int(number)]
    return spec, attribute


def specification(weights: Mapping[str, Tensor], heads: int) -> specs.TransformerSpec:
    """Lay the parameters out as CTranslate2 wants them; the translator then returns head 0 of the last layer."""
    shape: dict[str, Any] = {
        "pre_norm": True,
        "activation": specs.Activation.SWISH,
        "ffn_glu": True,
        "rms_norm": True,
    }
    spec = specs.TransformerSpec(
        specs.TransformerEncoderSpec(depth(weights, "encoder"), heads, **shape),
        specs.TransformerDecoderSpec(depth(weights, "decoder"), heads, alignment_layer=-1, alignment_heads=1, **shape),
    )
    spec.decoder.start_from_zero_embedding = True
    for name, parameter in weights.items():
        variables = ct2_names(name)
        for variable, part in zip(variables, parameter.numpy().copy().reshape(len(variables), -1), strict=True):
            owner, attribute = place(spec, variable)
            setattr(owner, attribute, part.reshape(-1, *parameter.shape[1:]))
    embed = weights["embed"].numpy()
    positions = sinusoids(embed.shape[1]).numpy()
    spec.encoder.embeddings[0].weight = spec.decoder.projection.weight = spec.decoder.embeddings.weight
    spec.encoder.position_encodings.encodings = spec.decoder.position_encodings.encodings = positions
    return spec


def write_model(folder: Path, weights: Mapping[str, Tensor], heads: int, pieces: list[str], quantization: str) -> None:
    """Write model.bin, config.json and the vocabulary.

    Raises:
        SystemExit: the tokenizer has another number of pieces than the model.
    """
    if len(weights["embed"]) != len(pieces):
        raise SystemExit(
            f"the model has {len(weights['embed'])} pieces, the tokenizer {len(pieces)}; give the spm.model it was trained with"
        )
    spec = specification(weights, heads)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.unk_token, spec.config.eos_token = pieces[0], pieces[1]
    spec.config.decoder_start_token, spec.config.add_source_eos = pieces[1], True
    spec.config.layer_norm_epsilon = EPS
    spec.validate()
    spec.optimize(quantization=quantization)
    folder.mkdir(parents=True)
    spec.save(str(folder))


def add_map(model: Path, vocabulary_map: Path | None) -> None:
    """Put a vocabulary map beside the weights, if there is one."""
    if vocabulary_map is not None:
        shutil.copyfile(vocabulary_map, model / "vmap.txt")


def archive(package: Path, file: Path) -> None:
    """Zip a package's folder as Argos does, beside its place, then rename it."""
    half = file.with_name(f".{file.name}.part")
    with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as z:
        for path in sorted(p for p in package.rglob("*") if p.is_file()):
            z.write(path, Path("translate-de_en") / path.relative_to(package))
    half.replace(file)


def export(a: argparse.Namespace) -> None:
    """Write the package that the options describe."""
    target: Path = a.package
    if target.exists() and not (target / "metadata.json").exists():
        raise SystemExit(f"{target} exists and is no package; name another folder")
    extra = json.loads(a.metadata.read_text("utf-8")) if a.metadata else {}
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(a.tokenizer))
    pieces = [tokenizer.id_to_piece(i) for i in range(tokenizer.get_piece_size())]
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
        new = Path(scratch) / "new"
        write_model(new / "model", read_weights(a.checkpoint, not a.raw), a.heads, pieces, a.quantization)
        add_map(new / "model", a.vmap)
        shutil.copyfile(a.tokenizer, new / "sentencepiece.model")
        metadata = {"package_version": a.version, **METADATA, "terminology": "inline", **extra}
        (new / "metadata.json").write_text(json.dumps(metadata, ensure_ascii=False, indent=1) + "\n", "utf-8")
        readme = a.readme.read_text("utf-8") if a.readme else "German to English.\n"
        (new / "README.md").write_text(readme, "utf-8")
        if target.exists():
            target.rename(Path(scratch) / "old")
        new.rename(target)
    print(target, f"{sum(p.stat().st_size for p in target.rglob('*') if p.is_file()) / 1e6:.1f} MB")
    if a.archive:
        archive(target, a.archive)
        print(a.archive, f"{a.archive.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Read the options and write the package."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("checkpoint", type=Path, metavar="CHECKPOINT")
    ap.add_argument("tokenizer", type=Path, metavar="TOKENIZER", help="DATA/spm.model")
    ap.add_argument("package", type=Path, metavar="PACKAGE", help="folder to write")
    ap.add_argument("--version", default="1.0", help="the package's version")
    ap.add_argument("--readme", type=Path, metavar="FILE", help="text for the package's README.md")
    ap.add_argument("--metadata", type=Path, metavar="FILE", help="JSON object whose fields join metadata.json")
    ap.add_argument("--vmap", type=Path, metavar="FILE", help="vocabulary map, as vocabulary_map.py writes it")
    ap.add_argument("--archive", type=Path, metavar="FILE", help="also write this .argosmodel")
    ap.add_argument("--quantization", default="int8", choices=("int8", "int16", "float16", "float32"))
    ap.add_argument("--heads", type=int, default=4, help="attention heads of the model")
    ap.add_argument("--raw", action="store_true", help="take the last weights instead of the averaged ones")
    export(ap.parse_args())


if __name__ == "__main__":
    main()
