"""Short sittings of the monkey; ``make faults`` takes long ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.faults import monkey


@pytest.mark.parametrize(("seed", "events"), [(0, 2_500), pytest.param(1, 100_000, marks=pytest.mark.slow)])
def test_no_event_breaks_the_studio(
    qapp: QApplication, tmp_path: Path, tiny_weights: Path, seed: int, events: int
) -> None:
    result = monkey.play(monkey.data_sets(tmp_path), tiny_weights, seed, events)
    assert result["wrong"] == []
    assert result["events"] >= events
    assert sum(result["steps"].values()) >= 5  # or it has done nothing worth a test
