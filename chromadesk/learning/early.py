"""The best epoch so far, and whether it is time to stop."""

from __future__ import annotations

from typing import Any


class Best:
    """Keeps the epoch with the highest figure; of equal ones the earliest. ``patience``: so many epochs may pass
    without a better one; 0: no epoch is compared with another, the latest is the one to keep and none the last.
    """

    def __init__(self, patience: int) -> None:
        self.patience = patience
        self.epoch = self.latest = 0
        self.figure: float | None = None

    def add(self, epoch: int, figure: float | None) -> bool:
        """Tell of ``epoch`` (from 1); whether it is the one to keep."""
        self.latest = epoch
        if self.patience and self.epoch and (figure is None or (self.figure is not None and figure <= self.figure)):
            return False
        self.epoch, self.figure = epoch, figure
        return True

    @property
    def enough(self) -> bool:
        """Whether patience has run out."""
        return bool(self.patience) and self.latest - self.epoch >= self.patience

    def state_dict(self) -> dict[str, Any]:
        """For the checkpoint."""
        return {"epoch": self.epoch, "latest": self.latest, "figure": self.figure}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """The reverse."""
        self.epoch, self.latest, self.figure = state["epoch"], state["latest"], state["figure"]
