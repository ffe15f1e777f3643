from __future__ import annotations

import os

import pytest

from tests.faults.children import CAMPAIGNS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="signals are POSIX"),
]


@pytest.mark.parametrize("seed", range(2))  # a trainer and a segmenter a seed
def test_quick_ones_are_told_at_once(seed: int) -> None:
    CAMPAIGNS[0].check(seed, amount=4)


def test_those_that_hang_are_told_when_they_have_been_silent() -> None:
    CAMPAIGNS[1].check(seed=0, amount=2)
