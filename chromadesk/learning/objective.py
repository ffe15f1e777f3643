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
from chromadesk.models.network import Network
from chromadesk.models.pix2pix import PatchDiscriminator, Pix2Pix
from chromadesk.models.registry import Recipe

#: How much nearness to the true picture counts beside fooling the discriminator (Isola et al. 2017).
_L1 = 100.0


class Objective(Protocol):
    """One step at a time; what it keeps between steps goes into the checkpoint."""

    def step(self, photos: Tensor, labels: Tensor, trust: Tensor | None = None) -> Tensor:
        """(N, 3, H, W) photos in 0..1 and (N, H, W) class ids -> the loss, after the weights have moved.

        ``trust``, float (N, H, W), is what each pixel counts; None: all alike.
        """

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

    def step(self, photos: Tensor, labels: Tensor, trust: Tensor | None = None) -> Tensor:
        self._optimiser.zero_grad()
        loss = cross_entropy(self._model(photos), labels, self._kind, trust)
        self._accelerator.backward(loss)
        self._optimiser.step()
        return loss.detach()

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

    def step(self, photos: Tensor, labels: Tensor, trust: Tensor | None = None) -> Tensor:
        if trust is not None:
            raise ValueError("the discriminator judges whole pictures")
        true, seen = self._generator.paint(labels), photos * 2 - 1
        painted = self._model(photos, picture=True)

        self._judge.requires_grad_(True)
        self._judge_optimiser.zero_grad()
        verdict = (_bce(self._judge(seen, true), 1.0) + _bce(self._judge(seen, painted.detach()), 0.0)) / 2
        self._accelerator.backward(verdict)
        self._judge_optimiser.step()

        self._judge.requires_grad_(False)
        self._optimiser.zero_grad()
        loss = _bce(self._judge(seen, painted), 1.0) + _L1 * F.l1_loss(painted.float(), true)
        self._accelerator.backward(loss)
        self._optimiser.step()
        return loss.detach()

    def state_dict(self) -> dict[str, Any]:
        judge = self._accelerator.unwrap_model(self._judge)
        return {"discriminator": judge.state_dict(), "optimiser": self._judge_optimiser.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self._accelerator.unwrap_model(self._judge).load_state_dict(state["discriminator"])
        self._judge_optimiser.load_state_dict(state["optimiser"])


def _bce(logits: Tensor, truth: float) -> Tensor:
    return F.binary_cross_entropy_with_logits(logits.float(), torch.full_like(logits, truth, dtype=torch.float32))
