"""Cross-entropy as the paper has it: weighted per batch (Eq. 2, 3) or vanilla (0.2 for each class); and
with soft Dice.

A batch may be looked at in parts, by one process or by several: ``Batch`` holds what is known of the whole before any
of it is looked at.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from chromadesk.classes import COUNT
from chromadesk.learning.team import Team

#: Where a batch shows one class only, Eq. 2 would weigh all of it nought.
_LEAST = 1e-6


def class_counts(labels: Tensor) -> Tensor:
    """How many of ``labels`` (any shape, int64) are of each class: (5,) int64."""
    return torch.bincount(labels.flatten(), minlength=COUNT)


def class_weights(counts: Tensor) -> Tensor:
    """Eq. 2 from class counts: w_i = (1 - rho_i) / (N - 1), rho_i the share of class i of all pixels -> (5,) float."""
    shares = counts.float() / counts.sum()
    return ((1 - shares) / (COUNT - 1)).clamp_min(_LEAST)


class Batch:
    """A batch of which this process has (N, H, W) int64 ``labels`` and the ``team`` the rest. ``kind`` is ``weighted``,
    ``vanilla``, or ``dice``: the weighted one plus ``soft_dice``. ``trust``, float (N, H, W) >= 0, is what each pixel
    counts (None: all alike).
    """

    def __init__(self, labels: Tensor, kind: str, trust: Tensor | None = None, team: Team | None = None) -> None:
        self._labels, self._trust, self._team = labels, trust, team or Team()
        counts = self._team.total(class_counts(labels))
        #: Of the classes.
        self.weights = (
            torch.full((COUNT,), 1 / COUNT, device=labels.device) if kind == "vanilla" else class_weights(counts)
        )
        if trust is None:
            self._whole = (self.weights * counts).sum()
        else:
            self._whole = self._team.total((self.weights[labels] * trust).sum()).clamp_min(1e-6)

    def entropy(self, scores: Tensor, part: slice = slice(None)) -> Tensor:
        """What (n, 5, H, W) ``scores`` of a ``part`` of this process's labels add to the batch's weighted mean."""
        labels, trust = self._labels[part], None if self._trust is None else self._trust[part]
        if trust is None:
            return F.cross_entropy(scores.float(), labels, weight=self.weights, reduction="sum") / self._whole
        each = F.cross_entropy(scores.float(), labels, weight=self.weights, reduction="none")
        return (each * trust).sum() / self._whole

    def soft_dice(self, scores: Tensor) -> Tensor:
        """One minus the overlap of probabilities and truth (Milletari et al. 2016), counted over the whole batch, mean
        over the classes that it shows: like IoU, a small class counts as much as a large one. ``scores`` (N, 5, H, W)
        are those of all labels of this process; the figure is the whole batch's, its slope this process's share.
        """
        chances = scores.float().softmax(1)
        truth = torch.zeros_like(chances).scatter_(1, self._labels[:, None], 1.0)
        if self._trust is not None:
            truth, chances = truth * self._trust[:, None], chances * self._trust[:, None]
        places = (0, 2, 3)
        sums = torch.stack([(chances * truth).sum(places), chances.sum(places), truth.sum(places)])
        both, guessed, counted = self._team.total(sums)
        overlap = 2 * both / (guessed + counted).clamp_min(1)
        shown = counted > 0
        if self._trust is not None and not shown.any():
            return scores.sum() * 0  # nothing here counts
        missed: Tensor = 1 - overlap[shown].mean()
        return missed


def cross_entropy(scores: Tensor, labels: Tensor, kind: str, trust: Tensor | None = None) -> Tensor:
    """The loss of (N, 5, H, W) scores against (N, H, W) int64 labels, which are a whole batch; see Batch."""
    batch = Batch(labels, kind, trust)
    entropy = batch.entropy(scores)
    return entropy + batch.soft_dice(scores) if kind == "dice" else entropy
