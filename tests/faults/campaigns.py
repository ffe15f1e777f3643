"""Every campaign, in the order of the table."""

from __future__ import annotations

from tests.faults import abandoned, checkpoints, children, killed, sharing, storage, trainings
from tests.faults.harness import Campaign

ALL: tuple[Campaign, ...] = (
    *killed.CAMPAIGNS,
    *checkpoints.CAMPAIGNS,
    *storage.CAMPAIGNS,
    *sharing.CAMPAIGNS,
    *trainings.CAMPAIGNS,
    *children.CAMPAIGNS,
    *abandoned.CAMPAIGNS,
)
