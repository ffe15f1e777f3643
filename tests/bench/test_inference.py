"""The timing of one photo: every candidate is timed, ratios are of the same run, and the quickest is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from chromadesk.bench import inference
from chromadesk.bench.inference import Row
from chromadesk.errors import InputError
from chromadesk.inference.backends import there


@pytest.mark.slow
def test_rows_hold_together(tiny_weights: Path) -> None:
    rows = inference.measure([str(tiny_weights), "unet1"], size=(64, 64), rounds=1, device="cpu")
    for model in (str(tiny_weights), "unet1"):
        plain, *others = [row for row in rows if row.model == model]
        assert (plain.backend, plain.precision, plain.speedup_over_plain) == ("plain", "fp32", 1.0)
        assert {row.backend for row in others} == {"torch"} | ({"openvino"} if there("openvino") else set())
        for row in others:
            assert row.gflop == plain.gflop > 0
            assert row.speedup_over_plain == pytest.approx(plain.ms / row.ms, rel=0.05, abs=0.02)
            assert row.share_of_product > 0
    assert len(inference.sheet(rows, "64x64").lines) == len(rows)
    with pytest.raises(InputError, match="nosuch"):
        inference.measure(["nosuch"], size=(64, 64), rounds=1)


def test_the_quickest_is_pytorch_unless_another_is_clearly_quicker() -> None:
    def row(backend: str, ms: float) -> Row:
        return Row("m", "unet", "cpu", "bf16", backend, ms, 1.0, 1.0, 1.0)

    assert inference.quickest([row("plain", 1), row("torch", 10), row("openvino", 9.8)])["unet"].backend == "torch"
    assert inference.quickest([row("openvino", 7), row("torch", 10)])["unet"].backend == "openvino"


def test_integers_have_to_be_clearly_quicker() -> None:
    def row(precision: str, ms: float) -> Row:
        return Row("m", "unet", "cpu", precision, "openvino", ms, 1.0, 1.0, 1.0)

    assert inference.quickest([row("bf16", 10), row("int8", 9.5)])["unet"].precision == "bf16"
    assert inference.quickest([row("bf16", 10), row("int8", 8)])["unet"].precision == "int8"
