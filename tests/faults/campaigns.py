"""Every campaign, in the order of the table."""

from __future__ import annotations

from tests.faults import abandoned, checkpoints, children, trainings
from tests.faults.harness import Campaign

ALL: tuple[Campaign, ...] = (
    *checkpoints.CAMPAIGNS,
    *trainings.CAMPAIGNS,
    *children.CAMPAIGNS,
    *abandoned.CAMPAIGNS,
)
