"""Over the steps of a training: the learning rate, and the averaging of weights."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.optim.lr_scheduler import LambdaLR


def rates(optimiser: torch.optim.Optimizer, kind: str, total: int) -> LambdaLR:
    """The rate over ``total`` steps: constant (the paper), or one cycle: a tenth of the way up, then down along a
    cosine.
    """

    def one_cycle(step: int) -> float:
        rise = max(1, total // 10)
        if step < rise:
            return (step + 1) / rise
        return 0.01 + 0.99 * 0.5 * (1 + float(torch.cos(torch.tensor(torch.pi * (step - rise) / max(1, total - rise)))))

    return LambdaLR(optimiser, one_cycle if kind == "one-cycle" else lambda step: 1.0)


def averaging(decay: float) -> Any:
    """Exponential averaging of weights whose memory grows with the steps taken, so that short runs are not held at
    their start.
    """

    @torch.no_grad()
    def update(averaged: Any, current: Any, count: Tensor | int) -> None:
        taken = min(decay, (1 + int(count)) / (10 + int(count)))
        for mine, theirs in zip(averaged, current, strict=True):
            if mine.is_floating_point():
                mine.lerp_(theirs.to(mine.dtype), 1 - taken)
            else:
                mine.copy_(theirs)

    return update
