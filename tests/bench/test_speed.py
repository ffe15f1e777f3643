"""The speed protocol runs and says what it measured."""

from __future__ import annotations

import pytest
import torch

from chromadesk.bench.speed import measure


def test_every_row_is_timed() -> None:
    rows = measure(
        [("unet", {"depth": 3, "width": 4}), ("pix2pix", {"width": 2})], size=(64, 32), batch=2, rounds=1, device="cpu"
    )
    assert [row.model for row in rows] == ["U-Net (depth 3, width 4)", "Pix2Pix (width 2)"]
    assert all(row.train_ms > 0 and row.infer_ms > 0 and row.parameters > 0 and row.size == "64x32" for row in rows)
    ours, reference = rows
    assert reference.speed == 1.0
    times = (reference.train_ms + reference.infer_ms) / (ours.train_ms + ours.infer_ms)
    assert ours.speed == pytest.approx(times, abs=0.01)
    work = (ours.train_flops + ours.infer_flops) / ((ours.train_ms + ours.infer_ms) / 1000)
    rounding = 0.1 / (ours.train_ms + ours.infer_ms)  # both times to a tenth
    assert ours.achieved == pytest.approx(work, rel=rounding + 1e-3)
    assert all(0 < row.share < 5 for row in rows)


def test_operations_are_counted_as_by_hand() -> None:
    """Two 4x4 convolutions down, two transposed ones up: a multiplication and an addition each."""
    (row,) = measure([("unet", {"depth": 2, "width": 4})], size=(16, 16), batch=1, rounds=1, device="cpu")
    down = 8 * 8 * 4 * 3 * 16 + 4 * 4 * 8 * 4 * 16
    up = 4 * 4 * 8 * 4 * 16 + 8 * 8 * 8 * 5 * 16
    assert row.infer_flops == 2 * (down + up)
    assert 2.5 * row.infer_flops < row.train_flops < 3 * row.infer_flops  # the photo needs no gradient
    assert row.speed is None


def test_depthwise_convolutions_are_counted_once_in_training_too() -> None:
    (row,) = measure([("lraspp", {})], size=(64, 32), batch=2, rounds=1, device="cpu")
    assert 2.5 * row.infer_flops < row.train_flops < 3.1 * row.infer_flops


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
@pytest.mark.parametrize("precision", ["fp32", "fp16", "bf16"])
def test_the_protocol_runs_on_a_gpu(precision: str) -> None:
    rows = measure([("fcn1s", {}), ("unet", {}), ("pix2pix", {})], rounds=2, device="cuda", precision=precision)
    assert all(row.device == "cuda" and row.precision == precision and row.train_ms > row.infer_ms > 0 for row in rows)
