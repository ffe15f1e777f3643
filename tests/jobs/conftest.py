"""A data set small enough to be trained on in a second."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def pairs(tmp_path: Path, patchwork: Callable[..., Path]) -> Path:
    """Six photos in A with their masks in B, 64 x 32."""
    return patchwork(tmp_path / "pairs", 6, cells=(4, 2), side=16)
