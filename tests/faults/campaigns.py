"""Every campaign, in the order of the table."""

from __future__ import annotations

from tests.faults import checkpoints, trainings
from tests.faults.harness import Campaign

ALL: tuple[Campaign, ...] = (*checkpoints.CAMPAIGNS, *trainings.CAMPAIGNS)
