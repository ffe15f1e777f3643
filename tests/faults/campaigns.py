"""Every campaign, in the order of the table."""

from __future__ import annotations

from tests.faults import hostile
from tests.faults.harness import Campaign

ALL: tuple[Campaign, ...] = (*hostile.CAMPAIGNS,)
