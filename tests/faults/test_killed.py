"""A few kills of a studio that saves, paints and exports; more of them when there is time."""

from __future__ import annotations

import pytest

from tests.faults import killed


@pytest.mark.parametrize("campaign", killed.CAMPAIGNS, ids=lambda campaign: campaign.row)
def test_a_studio_killed_at_any_moment_has_what_it_acknowledged(campaign: killed.Campaign) -> None:
    campaign.check(seed=0, amount=2)


@pytest.mark.slow
@pytest.mark.parametrize("campaign", killed.CAMPAIGNS, ids=lambda campaign: campaign.row)
def test_it_has_it_however_often(campaign: killed.Campaign) -> None:
    campaign.check(seed=1, amount=12)
