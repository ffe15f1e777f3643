from __future__ import annotations

import os

import pytest

from tests.faults.checkpoints import CAMPAIGNS


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("kills", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_killed_while_it_writes(kills: int) -> None:
    CAMPAIGNS[0].check(seed=1000, amount=kills)
