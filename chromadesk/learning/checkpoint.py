"""A training's whole state in one file, replaced atomically, loaded without running anything in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from chromadesk.errors import ModelError
from chromadesk.files import replacing


def save(state: dict[str, Any], path: Path) -> None:
    """Write ``state`` (tensors, numbers, text, lists, dicts) to ``path`` atomically."""
    with replacing(path) as temporary:
        torch.save(state, temporary)


def load(path: Path) -> dict[str, Any]:
    """The state saved at ``path``; raises ModelError when there is none or it cannot be read."""
    if not path.is_file():
        raise ModelError(f"There is no checkpoint {path} to resume from; start without --resume.")
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch.load raises whatever a broken pickle provokes
        raise ModelError(f"The checkpoint {path} is damaged; start without --resume.") from error
    return state
