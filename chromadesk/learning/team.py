"""The processes of one training: one alone, or several that take a step together, on one machine or on many.

Each has a rank, from 0 on; the first alone speaks and writes. Where they come from does not matter:
``learning.launch``, ``torchrun`` and ``accelerate launch`` say in the same variables of the environment who is who.

Gradients are summed once a step, after the last slope, not bucket by bucket while slopes are still found: so a process
whose memory is too small can tell the others before they wait for it for ever. Before every sum all say whether they
are well (a number, between CPUs), and who is not says so once, wherever it happened: the others then meet it there.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any, TypeVar

import torch
import torch.distributed as dist
from torch import Tensor, nn

from chromadesk.errors import TeamError
from chromadesk.parallel import cores

_Made = TypeVar("_Made")
#: Gradients travel in parcels of so many numbers.
_PARCEL = 8_000_000
#: How long others may wait for one that reads a large data set; who dies is noticed at once.
_LONGEST = timedelta(hours=2)


class Faltered(Exception):
    """Another process cannot take this step; ``code`` is what it said."""

    def __init__(self, code: int) -> None:
        super().__init__(f"another process said {code}")
        self.code = code


class Team:
    """``size`` processes, of which this is the one of ``rank``; ``local_rank`` of ``local_size`` on this machine."""

    def __init__(self, rank: int = 0, size: int = 1, local_rank: int = 0, local_size: int = 1) -> None:
        self.rank, self.size, self.local_rank, self.local_size = rank, size, local_rank, local_size

    @property
    def first(self) -> bool:
        """Whether this process speaks and writes."""
        return self.rank == 0

    @property
    def cores(self) -> int:
        """How many cores of this machine are this process's own, one at least."""
        return max(1, cores() // self.local_size)

    def share(self, count: int, rank: int | None = None) -> slice:
        """Which of ``count`` things are this process's (or that of ``rank``): as many as another's, but for one."""
        rank = self.rank if rank is None else rank
        return slice(count * rank // self.size, count * (rank + 1) // self.size)

    def agree(self, code: int) -> int:
        """The greatest ``code`` (0: all is well) that any of them says. Raises TeamError."""
        if self.size == 1:
            return code
        said = torch.tensor(code)
        with _together():
            dist.all_reduce(said, dist.ReduceOp.MAX)
        return int(said)

    def total(self, tensor: Tensor) -> Tensor:
        """The sum of all their tensors. Slopes go back to this process's own, as if the others' were constants. Raises
        Faltered, TeamError.
        """
        if self.size == 1:
            return tensor
        self._all_well()
        summed: Tensor = _Total.apply(tensor)
        return summed

    def add_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Make the gradients of all processes one another's sum; one that has none counts as nought. Raises Faltered,
        TeamError.
        """
        if self.size == 1:
            return
        self._all_well()
        slopes = []
        for each in parameters:
            if each.requires_grad:
                if each.grad is None:
                    each.grad = torch.zeros_like(each)
                slopes.append(each.grad)
        with torch.no_grad(), _together():
            for parcel in _parcels(slopes):
                flat = torch.cat([slope.reshape(-1) for slope in parcel])
                dist.all_reduce(flat)
                begin = 0
                for slope in parcel:
                    slope.copy_(flat[begin : begin + slope.numel()].view(slope.shape))
                    begin += slope.numel()

    def spread(self, tensors: Iterable[Tensor]) -> None:
        """Put the first's values in place of everybody's. Raises TeamError."""
        if self.size == 1:
            return
        with torch.no_grad(), _together():
            for tensor in tensors:
                whole = tensor.contiguous()  # what travels
                dist.broadcast(whole, 0)
                tensor.copy_(whole)

    def told(self, make: Callable[[], _Made]) -> _Made:
        """What ``make`` comes to in the first process, told to the others; what it raises is raised in all of them."""
        if self.size == 1:
            return make()
        made: list[Any] = [None, None]
        if self.first:
            try:
                made[0] = make()
            except Exception as error:  # noqa: BLE001 -- raised below, here and in those who wait for it
                made[1] = error
        with _together():
            dist.broadcast_object_list(made, 0)
        if made[1] is not None:
            raise made[1]
        result: _Made = made[0]
        return result

    def draw(self, seed: int, step: int) -> None:
        """Let what this process draws from PyTorch in ``step`` follow from the numbers alone, so that a training goes
        on the same from a checkpoint, which holds but one process's generators, and with any number of processes.
        """
        if self.size > 1:
            torch.manual_seed(((seed * 1_000_003 + step) * 4_099 + self.rank) % 2**63)

    def _all_well(self) -> None:
        code = self.agree(0)
        if code:
            raise Faltered(code)


def join(device: str) -> Team:
    """The team that the environment speaks of, once all have come; alone where it speaks of none. ``device`` is cpu,
    cuda or auto. Raises TeamError.
    """
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        return Team()
    local, there = int(os.environ.get("LOCAL_RANK", "0")), int(os.environ.get("LOCAL_WORLD_SIZE", size))
    if not dist.is_initialized():
        on_gpu = device != "cpu" and torch.cuda.is_available()
        if on_gpu and local < torch.cuda.device_count():
            torch.cuda.set_device(local)
        with _together():
            dist.init_process_group("cpu:gloo,cuda:nccl" if on_gpu else "gloo", timeout=_LONGEST)
    team = Team(dist.get_rank(), dist.get_world_size(), local, there)
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(team.cores)  # else each takes all cores, and they wait for one another
    return team


def leave() -> None:
    """Part from the team, when all is done."""
    if dist.is_initialized():
        dist.destroy_process_group()


class _Total(torch.autograd.Function):
    """The sum over all processes; the slope of this one's own part is that of the sum."""

    @staticmethod
    def forward(context: Any, tensor: Tensor) -> Tensor:
        summed = tensor.clone(memory_format=torch.contiguous_format)
        with _together():
            dist.all_reduce(summed)
        return summed

    @staticmethod
    def backward(context: Any, *slopes: Tensor) -> Tensor:
        return slopes[0]


def _parcels(slopes: list[Tensor]) -> Iterator[list[Tensor]]:
    """``slopes`` in their order, so many at a time that a parcel is neither small nor a second copy of all."""
    parcel: list[Tensor] = []
    for slope in slopes:
        if parcel and (sum(each.numel() for each in parcel) > _PARCEL or slope.dtype != parcel[0].dtype):
            yield parcel
            parcel = []
        parcel.append(slope)
    if parcel:
        yield parcel


@contextlib.contextmanager
def _together() -> Iterator[None]:
    """Raises TeamError where the others are not there (any more)."""
    try:
        yield
    except RuntimeError as error:  # all that torch.distributed raises is one
        raise TeamError(
            "Another process of this training has gone or cannot be reached, so it was stopped; go on with --resume."
        ) from error
