"""Readers meet some thousand changed files; ``make faults`` gives them ten minutes each."""

from __future__ import annotations

import pytest

from tests.faults.fuzz import NAMES, _guessed
from tests.faults.fuzz_targets import TARGETS


def test_the_table_is_whole() -> None:
    assert tuple(TARGETS) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seconds", [0.3, pytest.param(20, marks=pytest.mark.slow)])
def test_nothing_escapes(name: str, seconds: float) -> None:
    for sound in TARGETS[name].seeds:
        TARGETS[name].run(sound)
    assert _guessed(name, seconds, 1) > 0
