"""FCN1s against the layout the paper describes."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torchvision.models import vgg16

from chromadesk.models.fcn import FCN, FCN1s, FCN8s, FCN16s, FCN32s, vgg16_features


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
    network.load_pretrained(str(path))
    for key, value in source.state_dict().items():
        assert torch.equal(network.features.state_dict()[key], value)


@pytest.mark.parametrize(("kind", "used"), [(FCN32s, 0), (FCN16s, 1), (FCN8s, 2), (FCN1s, 4)])
def test_each_kind_adds_its_own_skips(kind: type[FCN], used: int) -> None:
    """Written out once more, step by step, on the same weights."""
    torch.manual_seed(0)
    network = kind(4).eval()
    for norm in network.norm:  # figures of their own, so that before and after the norm differ
        torch.nn.init.uniform_(norm.weight, 0.5, 2)
        torch.nn.init.uniform_(norm.bias, -1, 1)
    x = torch.rand(1, 3, 64, 32)
    pools = []
    with torch.inference_mode():
        y = x
        for layer in network.features:
            y = layer(y)
            if isinstance(layer, torch.nn.MaxPool2d):
                pools.append(y)
        for level in range(5):
            y = torch.relu(network.up[level](y))
            if level < used and kind is not FCN1s:
                y = y + pools[3 - level]
            y = network.norm[level](y)
            if level < used and kind is FCN1s:
                y = y + pools[3 - level]
        assert torch.equal(network.scores(x), network.classifier(y))
