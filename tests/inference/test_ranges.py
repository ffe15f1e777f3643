"""Ranges lie beside just the weights that they were measured for, and count only where integers cost little."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chromadesk.inference import ranges
from chromadesk.inference.ranges import Ranges


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "net.safetensors"
    path.write_bytes(b"weights")
    return path


def test_they_come_back_for_the_same_weights_alone(weights: Path) -> None:
    assert ranges.read(weights) is None
    kept = Ranges({"first": (-1.0, 2.5), "second": (0.0, 6.0)}, 10, 0.7801, 0.7777)
    assert ranges.write(weights, kept).name == "net.int8.json"
    assert ranges.read(weights) == kept
    weights.write_bytes(b"others")
    assert ranges.read(weights) is None


def test_integers_that_cost_too_much_do_not_count(weights: Path) -> None:
    for judged, int8, counts in ((10, 0.75, True), (10, 0.7449, False), (0, 0.75, False)):
        ranges.write(weights, Ranges({"first": (0.0, 1.0)}, judged, 0.75, int8))
        assert (ranges.read(weights) is not None) == counts


@pytest.mark.parametrize("field", ["weights", "judged_on", "miou", "ranges"])
@pytest.mark.parametrize("value", [None, "x", [1], {"a": 1}])
def test_what_is_no_such_file_counts_as_none(weights: Path, field: str, value: object) -> None:
    path = ranges.write(weights, Ranges({"first": (0.0, 1.0)}, 3, 0.75, 0.75))
    said = json.loads(path.read_text())
    path.write_text(json.dumps({**said, field: value}))
    assert ranges.read(weights) is None
    path.write_text("[")
    assert ranges.read(weights) is None
