"""Muon (Jordan et al. 2024): momentum whose update is orthogonalised, for matrices; and Adam for the rest."""

import torch
from torch import Tensor

COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonalised(x: Tensor, steps: int = 5) -> Tensor:
    """Bring the singular values of each matrix of a batch near 1 by Newton-Schulz iteration."""
    a, b, c = COEFFICIENTS
    tall = x.shape[-2] > x.shape[-1]
    x = x.mT if tall else x
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if tall else x


class Muon:
    """Update fp32 masters of matrices; a matrix is cut into `parts` of equal height, each orthogonalised alone."""

    def __init__(
        self, weights: list[Tensor], parts: list[int], lr: float, work: torch.dtype, momentum: float = 0.95
    ) -> None:
        self.lr, self.work, self.momentum = lr, work, momentum
        self.weights, self.parts = weights, parts
        self.buffers = [torch.zeros_like(w) for w in weights]
        self.groups: dict[torch.Size, list[tuple[int, int]]] = {}
        for i, (w, n) in enumerate(zip(weights, parts, strict=True)):
            for j in range(n):
                self.groups.setdefault(w.chunk(n)[j].shape, []).append((i, j))

    @torch.no_grad()
    def step(self, grads: list[Tensor], scale: float) -> None:
        """Apply one update with the learning rate times `scale`."""
        looked = []
        for buffer, g in zip(self.buffers, grads, strict=True):
            buffer.lerp_(g, 1 - self.momentum)
            looked.append(g.lerp(buffer, self.momentum))
        for shape, members in self.groups.items():
            stack = orthogonalised(torch.stack([looked[i].chunk(self.parts[i])[j] for i, j in members]).to(self.work))
            lr = self.lr * scale * max(1.0, shape[0] / shape[1]) ** 0.5
            for (i, j), update in zip(members, stack, strict=True):
                self.weights[i].chunk(self.parts[i])[j].sub_(update.to(self.weights[i].dtype), alpha=lr)


class Adam:
    """Adam without weight decay; each tensor has a learning rate of its own."""

    def __init__(self, weights: list[Tensor], lrs: list[float], betas: tuple[float, float] = (0.9, 0.98)) -> None:
        self.weights, self.lrs, self.betas, self.count = weights, lrs, betas, 0
        self.first = [torch.zeros_like(w) for w in weights]
        self.second = [torch.zeros_like(w) for w in weights]

    @torch.no_grad()
    def step(self, grads: list[Tensor], scale: float) -> None:
        """Apply one update with the learning rates times `scale`."""
        self.count += 1
        b1, b2 = self.betas
        for w, g, m, v, lr in zip(self.weights, grads, self.first, self.second, self.lrs, strict=True):
            m.lerp_(g, 1 - b1)
            v.mul_(b2).addcmul_(g, g, value=1 - b2)
            size = lr * scale / (1 - b1**self.count)
            w.addcdiv_(m, (v / (1 - b2**self.count)).sqrt_().add_(1e-8), value=-size)
