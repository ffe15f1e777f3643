"""Both arms start from the same proposals; the summary and what is printed say what they took."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chromadesk.bench.effort import drawn, measure, sheets, summary
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import Cancelled
from chromadesk.jobs.messages import Message, Progress, Started


@pytest.fixture
def items(tmp_path: Path, patchwork: Callable[..., Path]) -> list[Item]:
    return Dataset.open(patchwork(tmp_path, 4)).select()


def test_the_order_is_drawn_and_always_the_same(items: list[Item]) -> None:
    assert sorted(drawn(items, 9)) == sorted(items)
    assert drawn(items, 2) == drawn(items, 9)[:2]


def test_arms_are_measured_on_the_same_photos(items: list[Item], tiny_weights: Path) -> None:
    said: list[Message] = []
    results = measure(tiny_weights, items[:1], 0.3, "cpu", "fp32", said.append)
    assert said == [Started("effort", 1), Progress(1, 1, "photos")]
    (photo,) = results["photos"]
    for arm in ("brush", "smart"):
        assert photo[arm]["reached"] == (min(photo[arm]["iou"].values()) >= 0.3)
        assert results["arms"][arm]["gestures"]["total"] == photo[arm]["gestures"]
    assert [sheet.title[:4] for sheet in sheets(results)] == ["From", "Chos", "Targ"]


def test_it_can_be_stopped(items: list[Item], tiny_weights: Path) -> None:
    with pytest.raises(Cancelled):
        measure(tiny_weights, items, 0.95, "cpu", "fp32", cancelled=lambda: True)


def _took(gestures: int, travelled: int, reached: bool = True) -> dict[str, Any]:
    return {"gestures": gestures, "travelled": travelled, "reached": reached, "steps": {"brush": gestures}}


def test_ratios_are_of_photos_that_both_reached() -> None:
    photos = [
        {"brush": _took(30, 900), "smart": _took(10, 600)},
        {"brush": _took(10, 100), "smart": _took(10, 100)},
        {"brush": _took(200, 9000, False), "smart": _took(5, 50)},
    ]
    found = summary(photos)
    assert found["ratios"] == {
        "photos": 2,
        "gestures": {"total": 2.0, "median": 2.0},
        "travelled": {"total": 1.43, "median": 1.25},
    }
    assert found["arms"]["brush"]["reached"] == 2
    assert found["arms"]["brush"]["gestures"] == {"median": 30, "total": 240}
    shown = sheets({"goal": 0.95, "photos": photos} | found)
    assert [line[1:] for line in shown[2].lines] == [("2.00x", ">= 2x", "met"), ("1.43x", ">= 2x", "NOT MET")]
    empty = summary(photos[2:])
    assert empty["ratios"]["gestures"] == {"total": None, "median": None}
    assert sheets({"goal": 0.95, "photos": photos[2:]} | empty)[2].lines[0][1:] == ("–", ">= 2x", "–")
