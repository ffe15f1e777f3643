"""What a training step does: cross-entropy for the segmentation networks, a game against a discriminator for Pix2Pix.

The training loop and the speed protocol take the same steps, through Hugging Face accelerate (device, precision).
"""

from __future__ import annotations

from typing import Any, Protocol, cast

import torch
from accelerate import Accelerator
from accelerate.state import AcceleratorState
from torch import Tensor, nn
from torch.nn import functional as F

from chromadesk.classes import COUNT
from chromadesk.inference.runtime import choose_device, choose_precision
from chromadesk.learning.depthwise import widen
from chromadesk.learning.loss import Batch
from chromadesk.learning.pieces import Pieces
from chromadesk.learning.team import Team
from chromadesk.models.network import Network
from chromadesk.models.pix2pix import PatchDiscriminator, Pix2Pix
from chromadesk.models.registry import Recipe

#: How much nearness to the true picture counts beside fooling the discriminator (Isola et al. 2017).
_L1 = 100.0


class Objective(Protocol):
    """One step at a time; what it keeps between steps goes into the checkpoint."""

    def step(self, photos: Tensor, labels: Tensor, trust: Tensor | None = None, at_once: int | None = None) -> Tensor:
        """(N, 3, H, W) photos in 0..1 and (N, H, W) class ids -> the loss, after the weights have moved.

        ``trust``, float (N, H, W), is what each pixel counts; None: all alike. ``at_once`` photos are in memory at a
        time (None: all); the step is the whole batch's nonetheless, see learning.pieces.
        """

    def groups(self) -> list[dict[str, Any]]:
        """The parameter groups of optimisers of its own, each with its ``lr``."""

    def state_dict(self) -> dict[str, Any]:
        """What a resumed run needs besides network and optimiser."""

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """The reverse."""


def objective(
    kind: str,
    accelerator: Accelerator,
    model: nn.Module,
    optimiser: Any,
    recipe: Recipe,
    lr: float,
    team: Team | None = None,
) -> Objective:
    """The one for the loss ``kind`` (``weighted``, ``vanilla``, ``gan``), over what ``accelerator`` has prepared."""
    if kind == "gan":
        return _Adversarial(accelerator, model, optimiser, recipe, lr, team or Team())
    return _CrossEntropy(accelerator, model, optimiser, kind, team or Team())


def accelerator_for(device: str, precision: str, team: Team | None = None) -> Accelerator:
    """Accelerate on the chosen device and precision; its process-wide state belongs to one run and is begun anew. Of a
    ``team`` each has the GPU of its local rank. Raises InputError.
    """
    where = choose_device(device)
    if where.type == "cuda" and team is not None and team.size > 1:
        where = choose_device(f"cuda:{team.local_rank}")
    how = choose_precision(precision, where, training=True)
    AcceleratorState._reset_state(reset_partial_state=True)
    return Accelerator(cpu=where.type == "cpu", mixed_precision="no" if how == "fp32" else how)


def prepared(accelerator: Accelerator, network: nn.Module, optimiser: Any) -> tuple[nn.Module, Any]:
    """Both, in the precision of ``accelerator``; gradients of several processes are the team's business."""
    if accelerator.device.type == "cpu" and accelerator.mixed_precision == "bf16":
        widen(network)
    return accelerator.prepare_model(network, evaluation_mode=True), accelerator.prepare_optimizer(optimiser)


def optimiser_for(network: Network, recipe: Recipe, lr: float, *, fused: bool = False) -> torch.optim.Optimizer:
    """Adam as in the paper (eps 1e-8, no decay; betas 0.9 and 0.999 but for Pix2Pix), AdamW where the recipe decays.

    ``fused``: in one pass over each tensor. With fp16 it would hide from accelerate which steps overflowed.
    """
    groups = network.parameter_groups(lr)
    if recipe.decay:
        return torch.optim.AdamW(groups, betas=recipe.betas, eps=1e-8, weight_decay=recipe.decay, fused=fused)
    return torch.optim.Adam(groups, betas=recipe.betas, eps=1e-8, fused=fused)


class _CrossEntropy:
    """The paper's Algorithm 1."""

    def __init__(self, accelerator: Accelerator, model: nn.Module, optimiser: Any, kind: str, team: Team) -> None:
        self._accelerator, self._model, self._optimiser = accelerator, model, optimiser
        self._kind, self._team = kind, team

    def step(self, photos: Tensor, labels: Tensor, trust: Tensor | None = None, at_once: int | None = None) -> Tensor:
        self._optimiser.zero_grad()
        batch = Batch(labels, self._kind, trust, self._team)
        pieces = Pieces(self._model, photos, at_once or max(1, len(photos)))
        entropy, dice = torch.zeros((), device=photos.device), torch.zeros((), device=photos.device)
        slope = None
        if self._kind == "dice" and not pieces.whole:
            scores = pieces.look() if pieces.slices else photos.new_zeros(0, COUNT, *photos.shape[2:])
            scores = scores.float().requires_grad_()
            dice = batch.soft_dice(scores)
            (slope,) = torch.autograd.grad(dice, scores)
        for piece, seen in pieces:
            loss = batch.entropy(seen, piece)
            entropy += loss.detach()
            if slope is not None:
                loss = loss + (seen.float() * slope[piece]).sum()
            elif self._kind == "dice":
                dice = batch.soft_dice(seen)
                loss = loss + dice
            self._accelerator.backward(loss)
        self._team.add_gradients(self._model.parameters())
        self._optimiser.step()
        return self._team.total(entropy) + dice.detach()

    def groups(self) -> list[dict[str, Any]]:
        return []

    def state_dict(self) -> dict[str, Any]:
        return {}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        del state


class _Adversarial:
    """Isola et al. 2017: the discriminator learns to tell painted masks from true ones, the generator to fool it and to
    stay near the truth.
    """

    def __init__(
        self, accelerator: Accelerator, model: nn.Module, optimiser: Any, recipe: Recipe, lr: float, team: Team
    ) -> None:
        self._accelerator, self._model, self._optimiser, self._team = accelerator, model, optimiser, team
        self._generator = cast(Pix2Pix, accelerator.unwrap_model(model))
        judge = PatchDiscriminator(self._generator.width).to(accelerator.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        adam = torch.optim.Adam(judge.parameters(), lr=lr, betas=recipe.betas)
        self._judge, self._judge_optimiser = prepared(accelerator, judge, adam)

    def step(self, photos: Tensor, labels: Tensor, trust: Tensor | None = None, at_once: int | None = None) -> Tensor:
        if trust is not None:
            raise ValueError("the discriminator judges whole pictures")
        true, seen = self._generator.paint(labels), photos * 2 - 1
        pieces = Pieces(self._model, photos, at_once or max(1, len(photos)), picture=True)
        once = list(pieces) if pieces.whole else None
        painted = once[0][1].detach() if once else pieces.look() if pieces.slices else true
        whole = float(self._team.total(torch.tensor(len(photos))))

        self._judge.requires_grad_(True)
        self._judge_optimiser.zero_grad()
        for piece in pieces.slices:
            right, wrong = self._judge(seen[piece], true[piece]), self._judge(seen[piece], painted[piece])
            verdict = (_bce(right, 1.0) + _bce(wrong, 0.0)) / 2
            self._accelerator.backward(verdict * (pieces.count(piece) / whole))
        self._team.add_gradients(self._judge.parameters())
        self._judge_optimiser.step()

        self._judge.requires_grad_(False)
        self._optimiser.zero_grad()
        mean = torch.zeros((), device=photos.device)
        for piece, picture in once or pieces:
            loss = _bce(self._judge(seen[piece], picture), 1.0) + _L1 * F.l1_loss(picture.float(), true[piece])
            loss = loss * (pieces.count(piece) / whole)
            self._accelerator.backward(loss)
            mean += loss.detach()
        self._team.add_gradients(self._model.parameters())
        self._optimiser.step()
        return self._team.total(mean)

    def groups(self) -> list[dict[str, Any]]:
        return list(self._judge_optimiser.param_groups)

    def state_dict(self) -> dict[str, Any]:
        judge = self._accelerator.unwrap_model(self._judge)
        return {"discriminator": judge.state_dict(), "optimiser": self._judge_optimiser.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self._accelerator.unwrap_model(self._judge).load_state_dict(state["discriminator"])
        self._judge_optimiser.load_state_dict(state["optimiser"])


def _bce(logits: Tensor, truth: float) -> Tensor:
    return F.binary_cross_entropy_with_logits(logits.float(), torch.full_like(logits, truth, dtype=torch.float32))
