"""Cross-entropy as the paper has it: weighted per batch (Eq. 2, 3) or vanilla (0.2 for each class); and
with soft Dice.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from chromadesk.classes import COUNT

#: Where a batch shows one class only, Eq. 2 would weigh all of it nought.
_LEAST = 1e-6


def class_weights(labels: Tensor) -> Tensor:
    """Eq. 2 from label counts: w_i = (1 - rho_i) / (N - 1), rho_i the share of class i in ``labels`` (any shape, int64)
    -> (5,) float.
    """
    shares = torch.bincount(labels.flatten(), minlength=COUNT).float() / labels.numel()
    return ((1 - shares) / (COUNT - 1)).clamp_min(_LEAST)


def cross_entropy(scores: Tensor, labels: Tensor, kind: str, trust: Tensor | None = None) -> Tensor:
    """Weighted mean cross-entropy of (N, 5, H, W) scores against (N, H, W) int64 labels; ``kind`` is ``weighted``,
    ``vanilla``, or ``dice``: the weighted one plus ``soft_dice``. ``trust``, float (N, H, W) >= 0, is what each pixel
    counts (None: all alike).
    """
    scores = scores.float()
    weights = torch.full((COUNT,), 1 / COUNT, device=labels.device) if kind == "vanilla" else class_weights(labels)
    if trust is None:
        entropy = F.cross_entropy(scores, labels, weight=weights)
    else:
        each = F.cross_entropy(scores, labels, weight=weights, reduction="none")
        entropy = (each * trust).sum() / (weights[labels] * trust).sum().clamp_min(1e-6)
    return entropy + soft_dice(scores, labels, trust) if kind == "dice" else entropy


def soft_dice(scores: Tensor, labels: Tensor, trust: Tensor | None = None) -> Tensor:
    """One minus the overlap of probabilities and truth (Milletari et al. 2016), counted over the whole batch, mean over
    the classes that it shows: like IoU, a small class counts as much as a large one. ``trust`` as above.
    """
    chances = scores.softmax(1)
    truth = torch.zeros_like(chances).scatter_(1, labels[:, None], 1.0)
    if trust is not None:
        truth, chances = truth * trust[:, None], chances * trust[:, None]
    counted = truth.sum((0, 2, 3))
    both = (chances * truth).sum((0, 2, 3))
    overlap = 2 * both / (chances.sum((0, 2, 3)) + counted).clamp_min(1)
    shown = counted > 0
    if trust is not None and not shown.any():
        return scores.sum() * 0  # nothing here counts
    return 1 - overlap[shown].mean()
