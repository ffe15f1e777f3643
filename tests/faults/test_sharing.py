"""A few races for one data set; more of them when there is time."""

from __future__ import annotations

import pytest

from tests.faults import sharing


@pytest.mark.parametrize("campaign", sharing.CAMPAIGNS, ids=lambda campaign: campaign.row)
def test_no_update_is_lost(campaign: sharing.Campaign) -> None:
    campaign.check(seed=0, amount=2)


@pytest.mark.slow
@pytest.mark.parametrize("campaign", sharing.CAMPAIGNS, ids=lambda campaign: campaign.row)
def test_none_is_lost_however_often(campaign: sharing.Campaign) -> None:
    campaign.check(seed=1, amount=40)
