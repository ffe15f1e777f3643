"""One suite over every registered architecture (narrow twins, so that it stays quick)."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from chromadesk.errors import ModelError
from chromadesk.learning.loss import cross_entropy
from chromadesk.models import weights
from chromadesk.models.info import WeightsInfo, parameter_count, read_info
from chromadesk.models.network import Network
from chromadesk.models.registry import ARCHITECTURES, build

NARROW = {
    "chromanet": {"widths": [16, 16, 8, 8]},
    "fcn1s": {"width": 8},
    "unet": {"depth": 4, "width": 8},
}


def narrow(name: str) -> Network:
    torch.manual_seed(0)
    return build(name, NARROW[name])


def info_of(name: str) -> WeightsInfo:
    parameters = {**ARCHITECTURES[name].parameters, **NARROW[name]}
    return WeightsInfo(name="narrow", architecture=name, parameters=parameters, input_size=(64, 32))


def test_every_architecture_has_a_narrow_twin() -> None:
    assert set(NARROW) == set(ARCHITECTURES)


@pytest.fixture(params=sorted(ARCHITECTURES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("size", [(64, 32), (97, 61), (33, 130), (1, 1)])
def test_scores_have_the_photo_s_size(name: str, size: tuple[int, int]) -> None:
    network = narrow(name).eval()
    with torch.inference_mode():
        scores = network(torch.rand(2, 3, *size))
    assert scores.shape == (2, 5, *size)
    assert torch.isfinite(scores).all()


def test_a_few_steps_lower_the_loss_and_eval_is_deterministic(name: str) -> None:
    network = narrow(name).train()
    photos = torch.rand(4, 3, 64, 32, generator=torch.Generator().manual_seed(1))
    labels = (photos[:, 0] * 4.99).long()
    labels[:, :32] = 3
    optimiser = torch.optim.Adam(network.parameters(), lr=3e-3)
    losses = []
    for _ in range(12):
        optimiser.zero_grad()
        loss = cross_entropy(network(photos), labels, "weighted")
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0]
    network.eval()
    with torch.inference_mode():
        assert torch.equal(network(photos), network(photos))


def test_every_parameter_learns(name: str) -> None:
    network = narrow(name).train()
    cross_entropy(network(torch.rand(2, 3, 64, 64)), torch.randint(0, 5, (2, 64, 64)), "vanilla").backward()
    idle = [key for key, parameter in network.named_parameters() if parameter.grad is None]
    assert idle == []
    grouped = [id(p) for group in network.parameter_groups(1e-3) for p in group["params"]]
    assert sorted(grouped) == sorted(id(p) for p in network.parameters())


def test_saved_and_loaded_is_the_same_network(name: str, tmp_path: Path) -> None:
    network, path = narrow(name).eval(), tmp_path / "model.safetensors"
    weights.save(network, info_of(name), path)
    loaded, info = weights.load(path)
    photos = torch.rand(1, 3, 64, 32)
    with torch.inference_mode():
        assert torch.equal(network(photos), loaded(photos))
    assert info.architecture == name
    assert info.parameters == info_of(name).parameters
    assert info.tensors == len(network.state_dict())
    assert read_info(path) == info
    assert parameter_count(path) == sum(value.numel() for value in network.state_dict().values())


def test_half_precision_files_are_half_as_large_and_nearly_equal(name: str, tmp_path: Path) -> None:
    network = narrow(name).eval()
    full, half = tmp_path / "full.safetensors", tmp_path / "half.safetensors"
    weights.save(network, info_of(name), full)
    weights.save(network, info_of(name), half, half=True)
    loaded, _ = weights.load(half)
    photos = torch.rand(1, 3, 64, 32)
    with torch.inference_mode():
        difference = (network(photos) - loaded(photos)).abs().max()
        assert difference < 0.02 * network(photos).abs().max() + 1e-3
    assert half.stat().st_size < 0.7 * full.stat().st_size


def test_weights_of_another_architecture_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    for other in set(ARCHITECTURES) - {name}:
        weights.save(narrow(name), info_of(other), path)
        with pytest.raises(ModelError, match="another architecture"):
            weights.load(path)


def test_non_finite_weights_are_never_written(name: str, tmp_path: Path) -> None:
    network, path = narrow(name), tmp_path / "model.safetensors"
    with torch.no_grad():
        next(network.parameters()).view(-1)[0] = float("nan")
    with pytest.raises(ModelError, match="no numbers"):
        weights.save(network, info_of(name), path)
    assert not path.exists()
    assert list(tmp_path.iterdir()) == []


def test_non_finite_weights_are_never_used(name: str, tmp_path: Path) -> None:
    network, path = narrow(name), tmp_path / "model.safetensors"
    weights.save(network, info_of(name), path)
    tensors = load_file(path)
    key = next(key for key, value in tensors.items() if value.is_floating_point())
    tensors[key].view(-1)[0] = float("inf")
    save_file(tensors, path, metadata=info_of(name).metadata())
    with pytest.raises(ModelError, match="no numbers"):
        weights.load(path)
