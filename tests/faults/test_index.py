"""A few turns of the campaign on the index."""

from __future__ import annotations

import pytest

from tests.faults.index import CAMPAIGNS


def test_a_damaged_index_loses_nothing() -> None:
    CAMPAIGNS[0].check(seed=0, amount=20)


@pytest.mark.slow
def test_nor_two_hundred_of_them() -> None:
    CAMPAIGNS[0].check(seed=1, amount=200)
