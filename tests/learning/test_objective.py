"""The steps of a training: both objectives move the weights as they say."""

from __future__ import annotations

import copy

import pytest
import torch

from chromadesk.learning.objective import accelerator_for, objective, optimiser_for
from chromadesk.models.registry import architecture, build


def batch() -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(3)
    labels = torch.randint(0, 5, (2, 8, 8), generator=generator).repeat_interleave(8, 1).repeat_interleave(8, 2)
    photos = labels[:, None].float().repeat(1, 3, 1, 1) / 5 + 0.05 * torch.rand(2, 3, 64, 64, generator=generator)
    return photos, labels


def test_pix2pix_learns_to_paint_the_mask_s_colours() -> None:
    torch.manual_seed(0)
    recipe = architecture("pix2pix").recipe
    assert (recipe.lr, recipe.betas, recipe.loss) == (2e-4, (0.5, 0.999), "gan")
    accelerator = accelerator_for("cpu", "fp32")
    network = build("pix2pix", {"width": 8})
    model, optimiser = accelerator.prepare(network, optimiser_for(network, recipe, 2e-3))
    aim = objective("gan", accelerator, model, optimiser, recipe, recipe.lr)
    photos, labels = batch()
    for _ in range(30):
        loss = aim.step(photos, labels)
    assert torch.isfinite(loss)
    with torch.inference_mode():  # in training mode, as the reference runs it too: two photos make poor averages
        assert (model(photos).argmax(1) == labels).float().mean() > 0.8


@pytest.mark.parametrize("kind", ["weighted", "gan"])
def test_an_objective_goes_on_from_its_state_as_if_nothing_had_happened(kind: str) -> None:
    name = "pix2pix" if kind == "gan" else "unet"
    recipe = architecture(name).recipe
    photos, labels = batch()

    def begin() -> tuple[torch.nn.Module, torch.optim.Optimizer, object]:
        torch.manual_seed(0)
        accelerator = accelerator_for("cpu", "fp32")
        network = build(name, {"width": 4})
        model, optimiser = accelerator.prepare(network, optimiser_for(network, recipe, 1e-3))
        return network, optimiser, objective(kind, accelerator, model, optimiser, recipe, 1e-3)

    network, optimiser, aim = begin()
    for _ in range(2):
        aim.step(photos, labels)  # type: ignore[attr-defined]
    kept = copy.deepcopy((network.state_dict(), optimiser.state_dict(), aim.state_dict()))  # type: ignore[attr-defined]
    torch.manual_seed(7)
    expected = [float(aim.step(photos, labels)) for _ in range(2)]  # type: ignore[attr-defined]

    network, optimiser, aim = begin()
    network.load_state_dict(kept[0])
    optimiser.load_state_dict(kept[1])
    aim.load_state_dict(kept[2])  # type: ignore[attr-defined]
    torch.manual_seed(7)
    assert [float(aim.step(photos, labels)) for _ in range(2)] == expected  # type: ignore[attr-defined]
