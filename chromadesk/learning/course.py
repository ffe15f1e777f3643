"""A training on its way: all that moves while it learns, and how far it has come. This is what a checkpoint holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from torch import Tensor, nn
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel

from chromadesk.learning import randomness
from chromadesk.learning.early import Best
from chromadesk.learning.objective import Objective
from chromadesk.learning.recovery import Recovery, finite
from chromadesk.models.network import Network


@dataclass
class Course:
    """``epoch`` epochs are done, and ``step`` steps of the next, whose losses add up to ``loss_sum``; ``last`` are the
    scores of the weights kept. ``optimiser`` is as accelerate has prepared it, ``scaler`` its (None but for fp16).
    """

    network: Network
    optimiser: Any
    schedule: LambdaLR
    aim: Objective
    average: AveragedModel | None
    scaler: Any
    best: Best
    recovery: Recovery
    epoch: int = 0
    step: int = 0
    loss_sum: float = 0.0
    last: dict[str, Any] = field(default_factory=dict)

    @property
    def final(self) -> Network:
        """The network whose weights count: the averaged one where there is one."""
        averaged: Network = self.network if self.average is None else self.average.module  # type: ignore[assignment]
        return averaged

    def buffers(self) -> list[Tensor]:
        """What moves without slopes: BatchNorm's figures, and their averages."""
        modules: list[nn.Module] = [self.network] if self.average is None else [self.network, self.average]
        return [buffer for module in modules for buffer in module.buffers()]

    def is_sound(self) -> bool:
        """Whether everything that learns consists of numbers."""
        kept = [self.network.state_dict(), self.optimiser.state_dict(), self.aim.state_dict()]
        return finite([*kept, self.average.state_dict() if self.average is not None else {}])

    def state_dict(self) -> dict[str, Any]:
        """For the checkpoint."""
        return {
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "schedule": self.schedule.state_dict(),
            "objective": self.aim.state_dict(),
            "average": self.average.state_dict() if self.average is not None else {},
            "scaler": self.scaler.state_dict() if self.scaler is not None else {},
            "random": randomness.state(),
            "best": self.best.state_dict(),
            "recovery": self.recovery.state_dict(),
            "epoch": self.epoch,
            "step": self.step,
            "loss_sum": self.loss_sum,
            "last": self.last,
        }

    def load_state_dict(self, state: dict[str, Any], *, resumed: bool) -> None:
        """The reverse. A training that is not ``resumed`` but goes back keeps what it has given up meanwhile."""
        self.network.load_state_dict(state["network"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])
        self.aim.load_state_dict(state["objective"])
        if self.average is not None:
            self.average.load_state_dict(state["average"])
        if self.scaler is not None:
            self.scaler.load_state_dict(state["scaler"])
        randomness.restore(state["random"])
        self.epoch, self.step = state["epoch"], state["step"]
        self.loss_sum, self.last = state["loss_sum"], state["last"]
        self.best.load_state_dict(state.get("best", {"epoch": self.epoch, "latest": self.epoch, "figure": None}))
        given_up = state.get("recovery", {"at_once": self.recovery.at_once, "halved": 0})
        if resumed:
            self.recovery.load_state_dict(given_up)
        else:
            self._slow(0.5 ** (self.recovery.halved - given_up["halved"]))

    def _slow(self, by: float) -> None:
        self.schedule.base_lrs = [rate * by for rate in self.schedule.base_lrs]
        for group in (*self.optimiser.param_groups, *self.aim.groups()):
            group["lr"] *= by
