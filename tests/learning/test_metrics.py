"""Metrics against definitions written out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chromadesk.classes import NAMES
from chromadesk.learning.metrics import as_the_authors_count, confusion, scores

PLANES = hnp.arrays(np.uint8, (7, 9), elements=st.integers(0, 4))


@given(truth=PLANES, predicted=PLANES)
def test_confusion_counts_every_pixel_once(truth: np.ndarray, predicted: np.ndarray) -> None:
    matrix = confusion(truth, predicted)
    for row in range(5):
        for column in range(5):
            assert matrix[row, column] == ((truth == row) & (predicted == column)).sum()


@given(truth=PLANES, predicted=PLANES)
def test_scores_follow_their_definitions(truth: np.ndarray, predicted: np.ndarray) -> None:
    result = scores(confusion(truth, predicted))
    ious = []
    for index, name in enumerate(NAMES):
        union = ((truth == index) | (predicted == index)).sum()
        if union == 0:
            assert result["iou"][name] is None
            continue
        ious.append(((truth == index) & (predicted == index)).sum() / union)
        assert result["iou"][name] == pytest.approx(ious[-1])
    assert result["miou"] == pytest.approx(np.mean(ious))
    assert result["pixel_accuracy"] == pytest.approx((truth == predicted).mean())
    foreground = truth > 0
    if foreground.any():
        assert result["pixel_accuracy_without_background"] == pytest.approx((truth == predicted)[foreground].mean())


def test_by_hand() -> None:
    truth = np.array([[0, 0, 1, 3]], dtype=np.uint8)
    result = scores(confusion(truth, np.array([[0, 3, 1, 3]], dtype=np.uint8)))
    assert result["class_accuracy"] == {
        "background": 0.5,
        "accessories": 1.0,
        "skin": None,
        "clothes": 1.0,
        "hair": None,
    }
    assert result["iou"] == {"background": 0.5, "accessories": 1.0, "skin": None, "clothes": 0.5, "hair": None}
    assert result["miou"] == pytest.approx(2 / 3)
    assert result["miou_without_background"] == pytest.approx(0.75)
    assert result["mean_class_accuracy"] == pytest.approx(2.5 / 3)


def test_nothing_measured_gives_no_figures() -> None:
    result = scores(np.zeros((5, 5), dtype=np.int64))
    assert result["miou"] is None
    assert result["pixel_accuracy"] is None


def test_the_authors_way_of_counting_step_by_step() -> None:
    """Their code on label planes, batch by batch, against ours on confusions."""
    rng = np.random.default_rng(4)
    truths = rng.integers(0, 5, (10, 6, 4), dtype=np.uint8)
    truths[8:][truths[8:] == 1] = 0  # the last batch lacks accessories altogether
    predicted = np.where(rng.random(truths.shape) < 0.6, truths, rng.integers(0, 5, truths.shape)).astype(np.uint8)
    predicted[8:][predicted[8:] == 1] = 3
    accuracies, mious = [], []
    for batch in (slice(0, 8), slice(8, 10)):
        truth, guess = truths[batch], predicted[batch]
        background = (guess == 0).sum()
        accuracies.append(((truth == guess).sum() - background) / (guess.size - background))
        ious = []
        for index in range(1, 5):
            both = ((truth == index) & (guess == index)).sum()
            ious.append(both / max(((truth == index) | (guess == index)).sum(), 1))
        mious.append(np.mean(ious))
    counts = as_the_authors_count([confusion(t, p) for t, p in zip(truths, predicted, strict=True)])
    assert counts["miou_without_background"] == pytest.approx(np.mean(mious))
    assert counts["pixel_accuracy_without_background"] == pytest.approx(np.mean(accuracies))
    nothing = as_the_authors_count([confusion(np.zeros((2, 2), np.uint8), np.zeros((2, 2), np.uint8))])
    assert nothing == {"miou_without_background": 0.0, "pixel_accuracy_without_background": None}
