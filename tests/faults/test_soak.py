"""A moment of a day's work, and the judgement over a long one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.faults import soak
from tests.faults.harness import Campaign, Turn
from tests.faults.vitals import Vitals


@pytest.mark.parametrize("seconds", [1, pytest.param(60, marks=pytest.mark.slow)])
def test_work_leaves_nothing_behind(qapp: QApplication, ccp5: Path, tmp_path: Path, seconds: int) -> None:
    result = soak.work(soak.data_sets(ccp5 / "train", tmp_path), 0, seconds, model=seconds > 1)
    assert result["wrong"] == []
    assert {"approved", "photo"} <= set(result["done"])


def samples(rss: float = 0, files: float = 0, threads: float = 0) -> list[Vitals]:
    """Forty minutes of samples, by how much each grows in an hour; photos come and go."""
    return [
        Vitals(
            seconds, int(3e8 + 2e7 * (seconds % 3) + rss * seconds / 3600), 20 + int(files * seconds / 3600),
            12 + int(threads * seconds / 3600),
        )
        for seconds in range(0, 2400, 5)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("grows", "said"),
    [({}, ""), ({"rss": 3e7}, "memory growth"), ({"files": 6}, "files more"), ({"threads": 6}, "threads more")],
)
def test_what_grows_is_noticed(grows: dict[str, float], said: str) -> None:
    def run(turn: Turn) -> None:
        soak.judge(turn, samples(**grows))
        turn.count(turn.amount)

    turn = Campaign("10", "", "minutes", 40, 40, run, soak.CAMPAIGNS[0].limits).take(seed=0)
    assert [said in failure for failure in turn.failures] == [True] * bool(said)
