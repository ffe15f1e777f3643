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

from chromadesk.inference.runtime import choose_device, choose_precision
from chromadesk.learning.loss import cross_entropy
from chromadesk.learning.pieces import Pieces
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
    kind: str, accelerator: Accelerator, model: nn.Module, optimiser: Any, recipe: Recipe, lr: float
) -> Objective:
    """The one for the loss ``kind`` (``weighted``, ``vanilla``, ``gan``), over what ``accelerator`` has prepared."""
    if kind == "gan":
        return _Adversarial(accelerator, model, optimiser, recipe, lr)
    return _CrossEntropy(accelerator, model, optimiser, kind)


def accelerator_for(device: str, precision: str) -> Accelerator:
    """Accelerate on the chosen device and precision; its process-wide state belongs to one run and is begun anew."""
    where = choose_device(device)
    how = choose_precision(precision, where, training=True)
    AcceleratorState._reset_state(reset_partial_state=True)
    return Accelerator(cpu=where.type == "cpu", mixed_precision="no" if how == "fp32" else how)


def optimiser_for(network: Network, recipe: Recipe, lr: float) -> torch.optim.Optimizer:
    """Adam as in the paper (eps 1e-8, no decay; betas 0.9 and 0.999 but for Pix2Pix), AdamW where the recipe decays."""
    groups = network.parameter_groups(lr)
    if recipe.decay:
        return torch.optim.AdamW(groups, betas=recipe.betas, eps=1e-8, weight_decay=recipe.decay)
    return torch.optim.Adam(groups, betas=recipe.betas, eps=1e-8)


class _CrossEntropy:
    """The paper's Algorithm 1."""

    def __init__(self, accelerator: Accelerator, model: nn.Module, optimiser: Any, kind: str) -> None:
        self._accelerator, self._model, self._optimiser, self._kind = accelerator, model, optimiser, kind

    def step(self, photos: Tensor, labels: Tensor, trust: Tensor | None = None, at_once: int | None = None) -> Tensor:
        self._optimiser.zero_grad()
        pieces = Pieces(self._model, photos, at_once or len(photos))
        if pieces.whole:
            loss = cross_entropy(pieces.output, labels, self._kind, trust)
            self._accelerator.backward(loss)
        else:
            scores = pieces.output.float().requires_grad_()
            loss = cross_entropy(scores, labels, self._kind, trust)
            (slope,) = torch.autograd.grad(loss, scores)
            for piece, seen in pieces:
                self._accelerator.backward((seen.float() * slope[piece]).sum())
        self._optimiser.step()
        return loss.detach()

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

    def __init__(self, accelerator: Accelerator, model: nn.Module, optimiser: Any, recipe: Recipe, lr: float) -> None:
        self._accelerator, self._model, self._optimiser = accelerator, model, optimiser
        self._generator = cast(Pix2Pix, accelerator.unwrap_model(model))
        judge = PatchDiscriminator(self._generator.width).to(accelerator.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        adam = torch.optim.Adam(judge.parameters(), lr=lr, betas=recipe.betas)
        self._judge, self._judge_optimiser = accelerator.prepare(judge, adam)

    def step(self, photos: Tensor, labels: Tensor, trust: Tensor | None = None, at_once: int | None = None) -> Tensor:
        if trust is not None:
            raise ValueError("the discriminator judges whole pictures")
        true, seen = self._generator.paint(labels), photos * 2 - 1
        pieces = Pieces(self._model, photos, at_once or len(photos), picture=True)
        painted = pieces.output.detach()

        self._judge.requires_grad_(True)
        self._judge_optimiser.zero_grad()
        for piece in pieces.slices:
            right, wrong = self._judge(seen[piece], true[piece]), self._judge(seen[piece], painted[piece])
            verdict = (_bce(right, 1.0) + _bce(wrong, 0.0)) / 2
            self._accelerator.backward(verdict * pieces.share(piece))
        self._judge_optimiser.step()

        self._judge.requires_grad_(False)
        self._optimiser.zero_grad()
        whole = torch.zeros((), device=photos.device)
        for piece, picture in pieces:
            loss = _bce(self._judge(seen[piece], picture), 1.0) + _L1 * F.l1_loss(picture.float(), true[piece])
            loss = loss * pieces.share(piece)
            self._accelerator.backward(loss)
            whole += loss.detach()
        self._optimiser.step()
        return whole

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
