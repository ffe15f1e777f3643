"""Strangers' files: a short taste of row 6, and a longer one."""

from __future__ import annotations

import pytest

from tests.faults.harness import Campaign
from tests.faults.hostile import CAMPAIGNS

#: A seed whose eighteen photos hold one of every kind, and of the bombs one that is small.
QUICK = 8


@pytest.mark.parametrize("campaign", CAMPAIGNS[:2], ids=lambda campaign: campaign.row)
def test_strangers_pictures(campaign: Campaign) -> None:
    campaign.check(QUICK, 18)


@pytest.mark.slow
@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=lambda campaign: campaign.row)
def test_strangers_files(campaign: Campaign) -> None:
    campaign.check(2, 40)
