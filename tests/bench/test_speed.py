"""The speed protocol runs and says what it measured."""

from __future__ import annotations

import pytest
import torch

from chromadesk.bench.speed import measure


def test_every_row_is_timed() -> None:
    rows = measure(
        [("unet", {"depth": 3, "width": 4}), ("fcn1s", {"width": 4})], size=(64, 32), batch=2, rounds=1, device="cpu"
    )
    assert [row.model for row in rows] == ["U-Net (depth 3, width 4)", "FCN1s (width 4)"]
    assert all(row.train_ms > 0 and row.infer_ms > 0 and row.parameters > 0 and row.size == "64x32" for row in rows)


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
@pytest.mark.parametrize("precision", ["fp32", "fp16", "bf16"])
def test_the_protocol_runs_on_a_gpu(precision: str) -> None:
    rows = measure([("fcn1s", {}), ("unet", {})], rounds=2, device="cuda", precision=precision)
    assert all(row.device == "cuda" and row.precision == precision and row.train_ms > row.infer_ms > 0 for row in rows)
