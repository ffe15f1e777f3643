"""Every campaign, in the order of the table."""

from __future__ import annotations

from tests.faults import fuzz, hostile, killed, sharing, storage
from tests.faults.harness import Campaign

ALL: tuple[Campaign, ...] = (
    *killed.CAMPAIGNS,
    *storage.CAMPAIGNS,
    *sharing.CAMPAIGNS,
    *hostile.CAMPAIGNS,
    *fuzz.CAMPAIGNS,
)
