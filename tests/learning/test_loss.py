"""Eq. 2 and Eq. 3."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from chromadesk.learning.loss import Batch, class_counts, class_weights, cross_entropy


def soft_dice(scores: Tensor, labels: Tensor, trust: Tensor | None = None) -> Tensor:
    return Batch(labels, "dice", trust).soft_dice(scores)


def test_eq_2_from_label_counts() -> None:
    labels = torch.tensor([0, 0, 0, 0, 0, 0, 3, 3, 4, 1])
    weights = class_weights(class_counts(labels))
    assert weights.tolist() == pytest.approx([0.4 / 4, 0.9 / 4, 1 / 4, 0.8 / 4, 0.9 / 4])
    assert float(weights.sum()) == pytest.approx(1.0)


def test_vanilla_is_the_plain_mean_and_weighted_the_weighted_one() -> None:
    generator = torch.Generator().manual_seed(0)
    scores = torch.randn(2, 5, 4, 3, generator=generator)
    labels = torch.randint(0, 5, (2, 4, 3), generator=generator)
    per_pixel = -torch.log_softmax(scores, 1).gather(1, labels[:, None])[:, 0]
    assert float(cross_entropy(scores, labels, "vanilla")) == pytest.approx(float(per_pixel.mean()), rel=1e-5)
    weights = class_weights(class_counts(labels))[labels]
    expected = float((per_pixel * weights).sum() / weights.sum())
    assert float(cross_entropy(scores, labels, "weighted")) == pytest.approx(expected, rel=1e-5)


def test_half_precision_scores_are_judged_in_full() -> None:
    scores = torch.randn(1, 5, 8, 8, generator=torch.Generator().manual_seed(0))
    labels = torch.zeros(1, 8, 8, dtype=torch.int64)
    assert cross_entropy(scores.bfloat16(), labels, "weighted").dtype == torch.float32


def test_dice_is_the_overlap_and_joins_the_entropy() -> None:
    labels = torch.tensor([[[0, 0, 3, 3]]])
    right = torch.nn.functional.one_hot(labels, 5).permute(0, 3, 1, 2).float() * 60
    assert float(soft_dice(right, labels)) == pytest.approx(0, abs=1e-6)
    half = right.clone()
    half[0, :, 0, 3] = right[0, :, 0, 0]  # one of the two clothes pixels is taken for background
    assert float(soft_dice(half, labels)) == pytest.approx(1 - (2 * 2 / 5 + 2 * 1 / 3) / 2, rel=1e-5)
    together = cross_entropy(half, labels, "dice")
    assert float(together) == pytest.approx(
        float(cross_entropy(half, labels, "weighted") + soft_dice(half, labels)), rel=1e-6
    )


def test_dice_pays_for_a_class_that_is_not_there_only_through_those_that_are() -> None:
    labels = torch.zeros(1, 2, 2, dtype=torch.int64)
    scores = torch.zeros(1, 5, 2, 2, requires_grad=True)
    soft_dice(scores, labels).backward()
    assert scores.grad is not None
    assert bool((scores.grad[:, 0] < 0).all())
    assert bool((scores.grad[:, 1:] > 0).all())


def test_trust_weighs_pixels_and_none_of_it_means_they_are_not_there() -> None:
    generator = torch.Generator().manual_seed(1)
    scores = torch.randn(1, 5, 4, 4, generator=generator)
    labels = torch.randint(0, 5, (1, 4, 4), generator=generator)
    half = torch.ones(1, 4, 4)
    half[:, 2:] = 0
    for kind in ("weighted", "vanilla", "dice"):
        whole = cross_entropy(scores, labels, kind)
        assert float(cross_entropy(scores, labels, kind, torch.ones(1, 4, 4))) == pytest.approx(float(whole), rel=1e-5)
    alone = cross_entropy(scores[:, :, :2], labels[:, :2], "vanilla")
    assert float(cross_entropy(scores, labels, "vanilla", half)) == pytest.approx(float(alone), rel=1e-5)
    assert float(soft_dice(scores, labels, half)) == pytest.approx(float(soft_dice(scores[:, :, :2], labels[:, :2])))
    assert float(cross_entropy(scores, labels, "dice", torch.zeros(1, 4, 4))) >= 0


@pytest.mark.parametrize("kind", ["weighted", "vanilla", "dice"])
def test_a_batch_of_one_class_alone_is_learned_from(kind: str) -> None:
    labels = torch.zeros(1, 4, 4, dtype=torch.int64)
    scores = torch.zeros(1, 5, 4, 4, requires_grad=True)
    loss = cross_entropy(scores, labels, kind)
    loss.backward()
    assert float(loss.detach()) > 1
    assert scores.grad is not None
    assert bool(scores.grad.isfinite().all())
