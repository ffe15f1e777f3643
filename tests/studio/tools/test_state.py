"""What the hand holds."""

from __future__ import annotations

import pytest

from chromadesk.editing.brush import MAX_DIAMETER
from chromadesk.studio.tools.state import ToolState


@pytest.mark.parametrize(("size", "up", "down"), [(1, 2, 1), (9, 10, 8), (40, 45, 35), (50, 60, 45), (100, 125, 90)])
def test_steps_grow_with_the_size(size: int, up: int, down: int) -> None:
    state = ToolState()
    state.set_size(size)
    state.resize(1)
    assert state.size == up
    state.set_size(size)
    state.resize(-1)
    assert state.size == down


def test_sizes_have_bounds() -> None:
    state = ToolState()
    state.set_size(10**6)
    assert state.size == MAX_DIAMETER
    state.resize(1)
    assert state.size == MAX_DIAMETER


def test_only_a_change_is_told() -> None:
    state = ToolState()
    told: list[int] = []
    state.changed.connect(lambda: told.append(1))
    state.set_class(state.class_id)
    state.set_class(9)
    state.set_overlay(True)
    assert told == []
    state.toggle_lock(2)
    state.toggle_lock(2)
    assert state.locked == frozenset()
    assert len(told) == 2


def test_the_rule_in_force_in_words() -> None:
    state = ToolState()
    assert state.rule == ""
    state.toggle_over(3)
    assert state.rule == "over clothes only"
    state.toggle_lock(2)
    state.toggle_lock(4)
    assert state.rule == "over clothes only, skin and hair locked"
    state.toggle_over(3)
    state.toggle_lock(1)
    assert state.rule == "3 classes locked"
