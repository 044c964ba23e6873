"""The small transformer of the built-in model, in the shape that CTranslate2 runs.

Pre-norm with RMS normalisation, SwiGLU, no biases, one embedding matrix for source, target and output. The decoder
starts from a zero vector. Head 0 of the last decoder layer's cross attention can be trained to point at the source word.
"""

import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

EPS = 1e-6
POSITIONS = 1024


def sinusoids(dim: int) -> Tensor:
    """Return the position encodings, sines in the first half of the columns and cosines in the second."""
    rates = torch.exp(torch.arange(dim // 2) * (-math.log(10000) / (dim // 2 - 1)))
    angles = torch.arange(POSITIONS)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], 1)


def attended(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """Softmax attention; without a mask a place sees itself and what stands before it."""
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None)
    # The fused kernel's backward pass on a CPU takes four times as long as these three lines (torch 2.13, bf16).
    if mask is None:
        mask = torch.ones(q.shape[2], k.shape[2], dtype=torch.bool).tril()
    far = torch.zeros(mask.shape, dtype=q.dtype).masked_fill_(~mask, -1e4)
    return ((q @ k.transpose(-1, -2)) * q.shape[-1] ** -0.5 + far).softmax(-1) @ v


class Norm(nn.Module):
    """RMS normalisation with a gain."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(dim))

    def forward(self, x: Tensor) -> Tensor:
        """Normalise the last dimension."""
        return F.rms_norm(x, (x.shape[-1],), self.gamma, EPS)


class Attention(nn.Module):
    """Multi-head attention; queries, keys and values lie in one matrix, or queries apart for cross attention."""

    def __init__(self, dim: int, heads: int, cross: bool) -> None:
        super().__init__()
        self.heads, self.cross = heads, cross
        self.norm = Norm(dim)
        if cross:
            self.q = nn.Linear(dim, dim, bias=False)
            self.kv = nn.Linear(dim, 2 * dim, bias=False)
        else:
            self.qkv = nn.Linear(dim, 3 * dim, bias=False)
        self.o = nn.Linear(dim, dim, bias=False)

    def split(self, x: Tensor, parts: int) -> tuple[Tensor, ...]:
        """Cut (batch, time, parts*dim) into `parts` tensors of (batch, head, time, dim of a head)."""
        b, t, _ = x.shape
        return x.view(b, t, parts, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)

    def forward(self, x: Tensor, mask: Tensor | None, memory: Tensor | None = None) -> tuple[Tensor, Tensor | None]:
        """Return x plus its attention, and for cross attention the log-probabilities of head 0."""
        h, points = self.norm(x), None
        if memory is None:
            q, k, v = self.split(self.qkv(h), 3)
            y = attended(q, k, v, mask)
        else:
            (q,), (k, v) = self.split(self.q(h), 1), self.split(self.kv(memory), 2)
            y = attended(q, k, v, mask)
            scores = (q[:, 0] @ k[:, 0].transpose(1, 2)).float() / math.sqrt(q.shape[-1])
            points = scores if mask is None else scores.masked_fill(~mask[:, 0], -1e9)
        return x + self.o(y.transpose(1, 2).flatten(2)), points


class FeedForward(nn.Module):
    """SwiGLU; the first half of `gu` is the gate."""

    def __init__(self, dim: int, inner: int) -> None:
        super().__init__()
        self.norm = Norm(dim)
        self.gu = nn.Linear(dim, 2 * inner, bias=False)
        self.down = nn.Linear(inner, dim, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Return x plus the layer's output."""
        gate, up = self.gu(self.norm(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


class Layer(nn.Module):
    """One encoder layer, or with `cross` one decoder layer."""

    def __init__(self, dim: int, heads: int, inner: int, cross: bool) -> None:
        super().__init__()
        self.self_attention = Attention(dim, heads, False)
        self.cross_attention = Attention(dim, heads, True) if cross else None
        self.ffn = FeedForward(dim, inner)


class Translator(nn.Module):
    """Encoder and decoder; `forward` returns decoder states, to be multiplied with `embed` for logits."""

    def __init__(
        self, vocab: int = 16000, dim: int = 256, heads: int = 4, inner: int = 704, encoder: int = 6, decoder: int = 2
    ) -> None:
        super().__init__()
        self.heads = heads
        self.embed = nn.Parameter(torch.randn(vocab, dim) * dim**-0.5)
        self.encoder = nn.ModuleList(Layer(dim, heads, inner, False) for _ in range(encoder))
        self.decoder = nn.ModuleList(Layer(dim, heads, inner, True) for _ in range(decoder))
        self.encoder_norm, self.decoder_norm = Norm(dim), Norm(dim)
        self.register_buffer("positions", sinusoids(dim))

    def embedded(self, ids: Tensor) -> Tensor:
        """Look up and scale the vectors of pieces."""
        return F.embedding(ids, self.embed) * math.sqrt(self.embed.shape[1])

    def forward(self, source: Tensor, source_mask: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """Return the states that predict each piece of `target`, and head 0's scores over the source.

        Args:
            source: piece ids, rows ending with </s>, padded with anything.
            source_mask: true where a source piece is real.
            target: piece ids to predict, rows ending with </s>.
        """
        positions = self.positions.to(self.embed.dtype)
        mask = source_mask[:, None, None, :]
        x = self.embedded(source) + positions[: source.shape[1]]
        for layer in self.encoder:
            x, _ = layer.self_attention(x, mask)
            x = layer.ffn(x)
        memory = self.encoder_norm(x)
        y = F.pad(self.embedded(target[:, :-1]), (0, 0, 1, 0)) + positions[: target.shape[1]]
        points = None
        for layer in self.decoder:
            y, _ = layer.self_attention(y, None)
            y, points = layer.cross_attention(y, mask, memory)
            y = layer.ffn(y)
        assert points is not None
        return self.decoder_norm(y), points


def ct2_names(name: str) -> list[str]:
    """Name the CTranslate2 variables that hold a parameter; two for `gu`, whose halves they are."""
    if name == "embed":
        return ["decoder/embeddings/weight"]
    if name.endswith("_norm.gamma"):
        return [name.replace("_norm.gamma", "/layer_norm/gamma")]
    side, number, block, *rest = name.split(".")
    block = {"cross_attention": "attention"}.get(block, block)
    if rest == ["norm", "gamma"]:
        return [f"{side}/layer_{number}/{block}/layer_norm/gamma"]
    if rest[0] == "gu":
        return [f"{side}/layer_{number}/{block}/{part}/weight" for part in ("linear_0", "linear_0_noact")]
    o = "linear_2" if block == "attention" else "linear_1"
    place = {"qkv": "linear_0", "q": "linear_0", "kv": "linear_1", "o": o, "down": "linear_1"}
    return [f"{side}/layer_{number}/{block}/{place[rest[0]]}/weight"]


def load_package(folder: Path) -> Translator:
    """Read a package's model.bin back into torch; int8 matrices are dequantised."""
    from ct2_binary import read_variables

    variables = read_variables(folder / "model" / "model.bin")
    matrices = {}
    for name, array in variables.items():
        if array.dtype == np.int8 and array.ndim == 2:
            matrices[name] = array.astype(np.float32) / variables[f"{name}_scale"][:, None]
        elif array.dtype == np.float32:
            matrices[name] = array
    vocab, dim = matrices["decoder/embeddings/weight"].shape
    inner = matrices["encoder/layer_0/ffn/linear_0/weight"].shape[0]
    depth = [
        1
        + max(
            int(n.split("_")[1].split("/")[0])
            for n in matrices
            if n.startswith(f"{s}/layer_") and n[len(s) + 7].isdigit()
        )
        for s in ("encoder", "decoder")
    ]
    model = Translator(vocab, dim, int(variables["encoder/num_heads"]), inner, *depth)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.from_numpy(np.concatenate([matrices[n] for n in ct2_names(name)])))
        model.positions.copy_(torch.from_numpy(matrices["decoder/position_encodings/encodings"]))
    return model
