"""Cross-entropy as the paper has it: weighted per batch (Eq. 2, 3) or vanilla (0.2 for each class)."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from chromadesk.classes import COUNT


def class_weights(labels: Tensor) -> Tensor:
    """Eq. 2 from label counts: w_i = (1 - rho_i) / (N - 1), rho_i the share of class i in ``labels`` (any shape, int64)
    -> (5,) float.
    """
    shares = torch.bincount(labels.flatten(), minlength=COUNT).float() / labels.numel()
    return (1 - shares) / (COUNT - 1)


def cross_entropy(scores: Tensor, labels: Tensor, kind: str) -> Tensor:
    """Weighted mean cross-entropy of (N, 5, H, W) scores against (N, H, W) int64 labels; ``kind`` is ``weighted`` or
    ``vanilla``.
    """
    weights = class_weights(labels) if kind == "weighted" else torch.full((COUNT,), 1 / COUNT, device=labels.device)
    return F.cross_entropy(scores.float(), labels, weight=weights)
