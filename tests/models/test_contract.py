"""One suite over every registered architecture (narrow twins, so that it stays quick)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from chromadesk.errors import ModelError
from chromadesk.learning.loss import cross_entropy
from chromadesk.learning.objective import accelerator_for, objective, optimiser_for
from chromadesk.models import weights
from chromadesk.models.info import WeightsInfo, parameter_count, read_info
from chromadesk.models.network import Network
from chromadesk.models.registry import ARCHITECTURES, build

NARROW: dict[str, dict[str, Any]] = {
    "chromanet": {"widths": [16, 16, 8, 8]},
    "fcn1s": {"width": 8},
    "fcn8s": {"width": 8},
    "fcn16s": {"width": 8},
    "fcn32s": {"width": 8},
    "unet": {"depth": 3, "width": 8},
    "unet1": {"width": 8},
    "unet2": {"width": 7},
    "unet3": {"width": 6},
    "unet4": {"width": 5},
    "unet5": {"width": 4},
    "unet6": {"width": 3},
    "pix2pix": {"width": 4},
    "deeplabv3plus": {"encoder": "lite0"},
    "deeplabv3": {},  # these two have no width to choose
    "lraspp": {},
}


#: Those of the two that take as long as all the others together.
WIDE = ("deeplabv3",)


@dataclass(frozen=True)
class Case:
    """One architecture, at these parameters."""

    name: str
    parameters: dict[str, Any]

    def build(self) -> Network:
        torch.manual_seed(0)
        return build(self.name, self.parameters)

    def info(self) -> WeightsInfo:
        row = ARCHITECTURES[self.name]
        parameters = {**row.parameters, **self.parameters}
        return WeightsInfo("case", self.name, parameters, input_size=(64, 32), normalise=row.normalise)


def _full_size() -> list[Any]:
    """What the narrow twins stand for, at the widths it has by default; U-Net6 alone is 376 million numbers."""
    return [
        pytest.param(Case(name, {}), id=f"{name}-full", marks=pytest.mark.slow)
        for name, narrow in NARROW.items()
        if narrow and name != "unet"  # the same as unet1
    ]


@pytest.fixture(
    params=[
        pytest.param(Case(name, narrow), id=name, marks=[pytest.mark.slow] if name in WIDE else [])
        for name, narrow in NARROW.items()
    ]
    + _full_size()
)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


def test_every_architecture_has_a_narrow_twin() -> None:
    assert set(NARROW) == set(ARCHITECTURES)


@pytest.mark.parametrize("size", [(64, 32), (97, 61), (33, 130), (1, 1)])
def test_scores_have_the_photo_s_size(case: Case, size: tuple[int, int]) -> None:
    network = case.build().eval()
    with torch.inference_mode():
        scores = network(torch.rand(2, 3, *size))
    assert scores.shape == (2, 5, *size)
    assert torch.isfinite(scores).all()


def test_a_few_steps_lower_the_loss_and_eval_is_deterministic(case: Case) -> None:
    accelerator = accelerator_for("cpu", "fp32")
    row = ARCHITECTURES[case.name]
    recipe = dataclasses.replace(row.recipe, decay=0.0)
    network = case.build().train()
    photos = torch.rand(4, 3, 64, 32, generator=torch.Generator().manual_seed(1))
    labels = (photos[:, 0] * 4.99).long()
    labels[:, :32] = 3
    model, optimiser = accelerator.prepare(network, optimiser_for(network, recipe, 2e-3))
    aim = objective(row.losses[0], accelerator, model, optimiser, recipe, 2e-4)
    losses = [float(aim.step(photos, labels)) for _ in range(12)]
    assert losses[-1] < losses[0]
    network.eval()
    with torch.inference_mode():
        assert torch.equal(network(photos), network(photos))


def test_a_batch_of_one_photo_trains(case: Case) -> None:
    network = case.build().train()
    cross_entropy(network(torch.rand(1, 3, 40, 30)), torch.randint(0, 5, (1, 40, 30)), "weighted").backward()
    assert all(torch.isfinite(p.grad).all() for p in network.parameters() if p.grad is not None)


def test_every_parameter_learns(case: Case) -> None:
    network = case.build().train()
    cross_entropy(network(torch.rand(2, 3, 64, 64)), torch.randint(0, 5, (2, 64, 64)), "vanilla").backward()
    idle = [key for key, parameter in network.named_parameters() if parameter.grad is None]
    assert idle == []
    grouped = [id(p) for group in network.parameter_groups(1e-3) for p in group["params"]]
    assert sorted(grouped) == sorted(id(p) for p in network.parameters())


def test_saved_and_loaded_is_the_same_network(case: Case, tmp_path: Path) -> None:
    network, path = case.build().eval(), tmp_path / "model.safetensors"
    weights.save(network, case.info(), path)
    loaded, info = weights.load(path)
    photos = torch.rand(1, 3, 64, 32)
    with torch.inference_mode():
        assert torch.equal(network(photos), loaded(photos))
    assert info.architecture == case.name
    assert info.parameters == case.info().parameters
    assert info.tensors == len(network.state_dict())
    assert read_info(path) == info
    assert parameter_count(path) == sum(value.numel() for value in network.state_dict().values())


def test_half_precision_files_are_half_as_large_and_nearly_equal(case: Case, tmp_path: Path) -> None:
    network = case.build().eval()
    full, half = tmp_path / "full.safetensors", tmp_path / "half.safetensors"
    weights.save(network, case.info(), full)
    weights.save(network, case.info(), half, half=True)
    loaded, _ = weights.load(half)
    photos = torch.rand(1, 3, 64, 32)
    with torch.inference_mode():
        difference = (network(photos) - loaded(photos)).abs().max()
        assert difference < 0.02 * network(photos).abs().max() + 1e-3
    assert half.stat().st_size < 0.7 * full.stat().st_size


def test_weights_of_another_architecture_are_refused(case: Case, tmp_path: Path) -> None:
    """Unless names and shapes are all alike, as the four FCNs' are: there the file's word has to be taken."""
    network, path = case.build(), tmp_path / "model.safetensors"
    shapes = {key: value.shape for key, value in network.state_dict().items()}
    for other in [Case(name, narrow) for name, narrow in NARROW.items() if name != case.name]:
        theirs = {key: value.shape for key, value in other.build().state_dict().items()}
        weights.save(network, other.info(), path)
        if theirs == shapes:
            assert case.name[:3] == other.name[:3] == "fcn"
            weights.load(path)
        else:
            with pytest.raises(ModelError, match="another architecture"):
                weights.load(path)


def test_non_finite_weights_are_never_written(case: Case, tmp_path: Path) -> None:
    network, path = case.build(), tmp_path / "model.safetensors"
    with torch.no_grad():
        next(network.parameters()).view(-1)[0] = float("nan")
    with pytest.raises(ModelError, match="no numbers"):
        weights.save(network, case.info(), path)
    assert not path.exists()
    assert list(tmp_path.iterdir()) == []


def test_non_finite_weights_are_never_used(case: Case, tmp_path: Path) -> None:
    network, path = case.build(), tmp_path / "model.safetensors"
    weights.save(network, case.info(), path)
    tensors = load_file(path)
    key = next(key for key, value in tensors.items() if value.is_floating_point())
    tensors[key].view(-1)[0] = float("inf")
    save_file(tensors, path, metadata=case.info().metadata())
    with pytest.raises(ModelError, match="no numbers"):
        weights.load(path)


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_it_learns_on_a_gpu_in_half_precision_and_scores_as_on_the_cpu(case: Case) -> None:
    """fp16 autocast with a gradient scaler, which skips the first steps while it looks for its scale."""
    accelerator = accelerator_for("cuda", "fp16")
    row = ARCHITECTURES[case.name]
    network = case.build().cuda().train()
    photos = torch.rand(4, 3, 64, 32, generator=torch.Generator().manual_seed(1)).cuda()
    labels = (photos[:, 0] * 4.99).long()
    model, optimiser = accelerator.prepare(network, optimiser_for(network, row.recipe, 5e-4))
    aim = objective(row.losses[0], accelerator, model, optimiser, row.recipe, 2e-4)
    losses = [float(aim.step(photos, labels)) for _ in range(40)]
    assert min(losses[-8:]) < losses[0]
    plain = accelerator.unwrap_model(model, keep_fp32_wrapper=False).eval()
    with torch.inference_mode():
        on_gpu = plain(photos).float().cpu()
        on_cpu = plain.cpu()(photos.cpu())
    assert (on_gpu - on_cpu).abs().max() < 0.05 * on_cpu.abs().max() + 1e-2
