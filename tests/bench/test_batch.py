"""The batch benchmark: rates of the same run, memory, and the rows of an index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.bench import batch, many
from chromadesk.errors import Cancelled, InputError
from chromadesk.jobs.messages import Message, Progress


def test_rates_are_of_one_run_and_rows_hold_together(
    tmp_path: Path, scene: Callable[..., np.ndarray], tiny_weights: Path
) -> None:
    for number in range(4):
        Image.fromarray(scene(number, (90, 60))).save(tmp_path / f"{number}.jpg")
    rows = batch.measure([tmp_path], tiny_weights, index=8, device="cpu")
    rates, steps = rows[:3], rows[3:]
    assert [row.what for row in rates] == [batch.LOOP, batch.SEGMENT, batch.BOTH]
    loop = rates[0]
    for row in rates:
        assert isinstance(row, batch.Row)
        assert isinstance(loop, batch.Row)
        assert row.photos == 4
        assert row.speedup == pytest.approx(row.photos_per_second / loop.photos_per_second, rel=0.05)
        early, end, most = row.memory_mb
        assert 0 < early <= most
        assert 0 < end <= most
    assert all(isinstance(step, many.Step) for step in steps)
    shown = batch.sheets(rows)
    assert [len(sheet.lines) for sheet in shown] == [3, len(steps)]
    assert {"what", "photos", "photos_per_second", "speedup", "memory_mb", "goal"} <= batch.to_json(rows)[0].keys()
    assert len(batch.sheets(rates)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{number}.jpg" for number in range(4)]


def test_stopping_and_photos_that_are_not_there(
    tmp_path: Path, scene: Callable[..., np.ndarray], tiny_weights: Path
) -> None:
    for number in range(3):
        Image.fromarray(scene(number, (90, 60))).save(tmp_path / f"{number}.jpg")
    heard: list[Message] = []
    for most in (0, 4, 7):  # in the loop, in the batch, among colours

        def enough(most: int = most) -> bool:
            return sum(isinstance(message, Progress) for message in heard) > most

        heard.clear()
        with pytest.raises(Cancelled):
            batch.measure([tmp_path], tiny_weights, index=0, device="cpu", report=heard.append, cancelled=enough)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no photos"):
        batch.measure([tmp_path / "empty"], tiny_weights, index=0)
