"""Every campaign, in the order of the table."""

from __future__ import annotations

from tests.faults import fuzz, hostile, storage
from tests.faults.harness import Campaign

ALL: tuple[Campaign, ...] = (*storage.CAMPAIGNS, *hostile.CAMPAIGNS, *fuzz.CAMPAIGNS)
