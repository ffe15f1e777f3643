"""The stacks of steps and their budget."""

from __future__ import annotations

import numpy as np

from chromadesk.editing.history import History
from chromadesk.editing.patch import Box, Patch


def step(seed: int, edge: int = 16) -> Patch:
    old, new = np.random.default_rng(seed).integers(0, 5, (2, edge, edge), np.uint8)
    return Patch("brush", Box(0, 0, edge, edge), old, new)


def test_undo_and_redo_walk_the_stacks() -> None:
    history = History()
    steps = [step(seed) for seed in range(3)]
    for patch in steps:
        history.push(patch)
    assert [history.undo() for _ in range(4)] == [steps[2], steps[1], steps[0], None]
    assert [history.redo() for _ in range(4)] == [*steps, None]


def test_a_new_step_forgets_what_was_undone() -> None:
    history = History()
    history.push(step(0))
    history.undo()
    history.push(step(1))
    assert history.redo() is None


def test_five_hundred_strokes_fit_a_small_share_of_the_budget() -> None:
    history = History()
    for seed in range(600):
        history.push(step(seed))
    assert len(history.done) == 600
    assert history.nbytes < history.budget / 100


def test_the_oldest_go_when_the_budget_is_spent() -> None:
    history = History(budget=20_000)
    for seed in range(40):
        history.push(step(seed, edge=64))
    assert 1 <= len(history.done) < 40
    assert history.nbytes <= 20_000 or len(history.done) == 1
    assert np.array_equal(history.done[-1].new, step(39, edge=64).new)
