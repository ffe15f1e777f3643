"""Every campaign, in the order of the table."""

from __future__ import annotations

from tests.faults import (
    index,
    killed,
    sharing,
    storage,
)
from tests.faults.harness import Campaign

_MODULES = (
    killed,
    storage,
    sharing,
    index,
)

ALL: tuple[Campaign, ...] = tuple(
    sorted((campaign for module in _MODULES for campaign in module.CAMPAIGNS), key=lambda c: (int(c.row[:-1] or 0), c.row) if not c.row.isdigit() else (int(c.row), ""))
)
