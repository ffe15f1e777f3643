from __future__ import annotations

import os

import pytest

from tests.faults.trainings import CAMPAIGNS


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("seed", [1000, 1001, 1002])  # one of each network
def test_killed_while_it_learns(seed: int) -> None:
    CAMPAIGNS[0].check(seed, amount=6)
