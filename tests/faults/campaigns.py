"""Every campaign, in the order of the table."""

from __future__ import annotations

from tests.faults import (
    abandoned,
    checkpoints,
    children,
    document,
    fuzz,
    hostile,
    index,
    killed,
    monkey,
    sharing,
    soak,
    storage,
    trainings,
)
from tests.faults.harness import Campaign

_MODULES = (
    checkpoints,
    trainings,
    children,
    abandoned,
    hostile,
    fuzz,
    killed,
    storage,
    sharing,
    index,
    document,
    monkey,
    soak,
)


def _place(campaign: Campaign) -> tuple[int, str]:
    """Row 5b comes after 5a and before 10."""
    number = campaign.row.rstrip("abcdefgh")
    return int(number), campaign.row


ALL: tuple[Campaign, ...] = tuple(
    sorted((campaign for module in _MODULES for campaign in module.CAMPAIGNS), key=_place)
)
