"""FCN1s against the layout the paper describes."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torchvision.models import vgg16

from chromadesk.errors import ModelError
from chromadesk.models.fcn import FCN1s, vgg16_features


def test_the_features_are_torchvision_s_vgg16() -> None:
    ours, theirs = vgg16_features().state_dict(), vgg16(weights=None).features.state_dict()
    assert {key: value.shape for key, value in ours.items()} == {key: value.shape for key, value in theirs.items()}


def test_the_decoder_has_the_paper_s_widths() -> None:
    network = FCN1s()
    assert [layer.out_channels for layer in network.up] == [512, 256, 128, 64, 32]
    assert network.classifier.kernel_size == (1, 1)
    assert sum(p.numel() for p in network.parameters()) == 14_714_688 + 3_927_008 + 32 * 5 + 5 + 2 * (
        512 + 256 + 128 + 64 + 32
    )


def test_encoder_weights_come_from_a_file(tmp_path: Path) -> None:
    torch.manual_seed(0)
    source, path = vgg16_features(), tmp_path / "vgg16.pth"
    torch.save({f"features.{key}": value for key, value in source.state_dict().items()}, path)
    network = FCN1s()
    assert network.load_pretrained(str(path)) is None
    for key, value in source.state_dict().items():
        assert torch.equal(network.features.state_dict()[key], value)


def test_encoder_weights_of_another_layout_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.pth"
    torch.save({"features.0.weight": torch.zeros(64, 3, 3, 3)}, path)
    with pytest.raises(ModelError, match=r"features\.0\.bias is missing"):
        FCN1s().load_pretrained(str(path))
    torch.save({"features.0.weight": torch.zeros(1)}, path)
    with pytest.raises(ModelError, match="no VGG16"):
        FCN1s().load_pretrained(str(path))
