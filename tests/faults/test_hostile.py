"""Strangers' files: a short taste of row 6, and a longer one."""

from __future__ import annotations

import pytest

from tests.faults.hostile import CAMPAIGNS


@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=lambda campaign: campaign.row)
@pytest.mark.parametrize("amount", [6, pytest.param(60, marks=pytest.mark.slow)])
def test_strangers_files(campaign: object, amount: int) -> None:
    campaign.check(1, amount)  # type: ignore[attr-defined]
