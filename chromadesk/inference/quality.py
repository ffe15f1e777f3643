"""How closely a photo is looked at, see looks."""

from __future__ import annotations

from typing import Literal, get_args

#: ``fast``: one look at the whole photo. ``standard``: from afar, then at each group of people. ``careful``:
#: these at two sizes, and mirrored.
Quality = Literal["fast", "standard", "careful"]
QUALITIES: tuple[Quality, ...] = get_args(Quality)
