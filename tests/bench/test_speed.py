"""The speed protocol runs and says what it measured."""

from __future__ import annotations

from chromadesk.bench.speed import measure


def test_every_row_is_timed() -> None:
    rows = measure(
        [("unet", {"depth": 3, "width": 4}), ("fcn1s", {"width": 4})], size=(64, 32), batch=2, rounds=1, device="cpu"
    )
    assert [row.model for row in rows] == ["U-Net (depth 3, width 4)", "FCN1s (width 4)"]
    assert all(row.train_ms > 0 and row.infer_ms > 0 and row.parameters > 0 and row.size == "64x32" for row in rows)
