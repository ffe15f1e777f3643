"""The harness itself: it counts, it goes on where it was, and it cannot pass over a failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import harness
from tests.faults.harness import Campaign, Turn


def _steady(turn: Turn) -> None:
    for number in range(turn.amount):
        turn.count()
        turn.measure("size", turn.seed + number)


def test_turns_add_up_over_calls_and_end_at_the_goal(tmp_path: Path) -> None:
    record, said = tmp_path / "faults.jsonl", []
    campaign = Campaign("1", "counting", "numbers", goal=25, turn=10, run=_steady, limits={"size": 50})
    harness.run([campaign], minutes=0, record=record, say=said.append)
    assert not record.exists()
    harness.run([campaign], minutes=1, record=record, say=said.append)
    record.write_text(record.read_text() + '{"row": "1", "do')  # killed in the middle of a line
    harness.run([campaign], minutes=1, record=record, say=said.append)
    tally = harness.tallies(record)["1"]
    assert (tally.done, len(tally.turns), tally.failures, tally.measures) == (25, 3, [], {"size": 10.0})
    assert said[-1] == "  1 counting: 25 of 25 numbers"
    assert "| 1 | counting | 25 numbers | 25 | 0 | size 10 (at most 50) |" in harness.table([campaign], record)


def test_a_turn_that_failed_is_repeated_and_counts_then(tmp_path: Path) -> None:
    record, broken = tmp_path / "faults.jsonl", {1}

    def run(turn: Turn) -> None:
        turn.count(turn.amount)
        if turn.seed in broken:
            turn.fail("broken")

    campaign = Campaign("1", "counting", "numbers", goal=30, turn=10, run=run)
    harness.run([campaign], minutes=1, record=record, say=lambda line: None)
    tally = harness.tallies(record)["1"]
    assert (tally.done, sorted(tally.turns), tally.failures) == (30, [0, 1, 2, 3], ["seed 1: broken"])
    broken.clear()
    harness.run([campaign], minutes=1, record=record, say=lambda line: None)
    tally = harness.tallies(record)["1"]
    assert (tally.done, sorted(tally.turns), tally.failures) == (40, [0, 1, 2, 3], [])


def _raising(turn: Turn) -> None:
    raise OSError("no such luck")


def _idle(turn: Turn) -> None:
    pass


@pytest.mark.parametrize(
    ("run", "limits", "said"),
    [
        (_raising, {}, "no such luck"),
        (_idle, {}, "only 0 of 4"),
        (_steady, {"size": 1}, "size: 3, at most 1"),
        (_steady, {"seconds": 1}, "seconds was not measured"),
    ],
)
def test_whatever_goes_wrong_is_a_failure(run, limits: dict[str, float], said: str) -> None:
    turn = Campaign("1", "", "units", 4, 4, run, limits).take(seed=0)
    assert said in turn.failures[0]
    with pytest.raises(AssertionError, match=said):
        Campaign("1", "", "units", 4, 4, run, limits).check(0, 4)
