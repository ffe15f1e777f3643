"""What a training does when a step fails: it goes back to its last checkpoint and on with less at a time, or slower."""

from __future__ import annotations

import enum
import gc
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from chromadesk.errors import ChromaDeskError, InputError
from chromadesk.explain import out_of_memory
from chromadesk.jobs.messages import Report, Warned
from chromadesk.learning.objective import Objective
from chromadesk.learning.team import Faltered, Team

#: The rate is halved so often at most.
_MOST_HALVINGS = 3


class Trouble(enum.IntEnum):
    """Why a step cannot count; of several processes' troubles the greatest is met."""

    NO_NUMBER = enum.auto()
    MEMORY = enum.auto()


class Recovery:
    """What has been given up so far: ``at_once`` photos at a time of a batch, the rate ``halved`` so often."""

    def __init__(self, at_once: int, report: Report) -> None:
        self.at_once, self.halved = at_once, 0
        self._wanted, self._report = at_once, report

    def meet(self, trouble: Trouble, device: torch.device) -> None:
        """Give something up, with a warning; the caller then goes back. Raises ChromaDeskError when nothing is left."""
        if trouble is Trouble.MEMORY:
            memory = "The GPU's memory" if device.type == "cuda" else "The memory"
            if self.at_once == 1:
                raise ChromaDeskError(
                    f"{memory} is too small for one photo at a time. Choose a smaller size or network."
                )
            too_many, self.at_once = self.at_once, (self.at_once + 1) // 2
            told = f"{memory} is too small for {too_many} photos at a time"
            self._report(Warned(f"{told}; the training goes on with {self.at_once}, which is slower."))
        else:
            if self.halved == _MOST_HALVINGS:
                raise ChromaDeskError(
                    f"The loss is no number any more, also after the learning rate was halved {self.halved} times, so "
                    "the training was stopped; start another one with a lower learning rate."
                )
            self.halved += 1
            self._report(
                Warned(
                    "The loss was no number any more, so the training went back to its last checkpoint and goes on "
                    f"with half the learning rate ({self.halved} of at most {_MOST_HALVINGS} times)."
                )
            )

        gc.collect()
        if device.type == "cuda":
            torch.cuda.empty_cache()

    def state_dict(self) -> dict[str, Any]:
        """For the checkpoint."""
        return {"at_once": self.at_once, "wanted": self._wanted, "halved": self.halved}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """The reverse, also where so many processes share a batch now that each wants another number at once."""
        if state["at_once"] != state.get("wanted"):
            self.at_once = min(self._wanted, state["at_once"])
        self.halved = state["halved"]


def attempt(
    aim: Objective, inputs: Tensor, labels: Tensor, trust: Tensor | None, at_once: int, team: Team | None = None
) -> float | Trouble:
    """One step of Algorithm 1 on uint8 photos and labels, ``at_once`` photos at a time: its loss, or why it cannot
    count, in this or in another process of the ``team``; what it left behind is then not to be gone on with.
    """
    team = team or Team()
    trouble, value = 0, 0.0
    try:
        photos = inputs.float().div_(255).contiguous(memory_format=torch.channels_last)
        value = float(aim.step(photos, labels.long(), trust, at_once))
        if not abs(value) < float("inf"):
            trouble = Trouble.NO_NUMBER
    except (RuntimeError, MemoryError) as error:
        if not out_of_memory(error):
            raise
        trouble = Trouble.MEMORY  # met when the failed step's tensors, which ``error`` holds, are free
    except Faltered as faltered:
        return Trouble(faltered.code)
    except ValueError as error:
        if "more than 1 value per channel" not in str(error):
            raise
        raise InputError(
            "A single photo of this size shrinks to one pixel inside this network, which cannot learn from that; "
            "choose a larger size or a larger batch."
        ) from error
    trouble = team.agree(trouble)
    return Trouble(trouble) if trouble else value


def finite(state: Any) -> bool:
    """Whether every tensor in ``state`` (nested dicts and lists) holds numbers only."""
    if isinstance(state, Tensor):
        return not state.is_floating_point() or bool(torch.isfinite(state).all())
    if isinstance(state, Mapping):
        return all(finite(value) for value in state.values())
    return not isinstance(state, list | tuple) or all(finite(value) for value in state)
