from __future__ import annotations

import os

import pytest

from tests.faults.abandoned import CAMPAIGNS


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_its_job_is_found_again_and_nothing_is_left() -> None:
    CAMPAIGNS[0].check(seed=1000, amount=2)
