"""Weights of the paper's public code, against that code's networks written out once more; and files that are not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn
from torchvision.models.segmentation import deeplabv3_resnet50, lraspp_mobilenet_v3_large

from chromadesk.errors import InputError, ModelError
from chromadesk.models import weights
from chromadesk.models.convert import convert, summary
from chromadesk.models.info import parameter_count, read_info
from chromadesk.models.registry import ARCHITECTURES

State = dict[str, Tensor]
FCNS = {"fcn32s": "FCN32s", "fcn16s": "FCN16s", "fcn8s": "FCN8s", "fcn1s": "FCNs"}


class Features(nn.Module):
    """VGG16's convolutions; the five pooled pictures out."""

    def __init__(self, width: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inputs = 3
        for outputs in (1, 1, 0, 2, 2, 0, 4, 4, 4, 0, 8, 8, 8, 0, 8, 8, 8, 0):
            if outputs:
                layers += [nn.Conv2d(inputs, outputs * width, 3, padding=1), nn.ReLU(inplace=True)]
                inputs = outputs * width
            else:
                layers.append(nn.MaxPool2d(2, 2))
        self.features = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> list[Tensor]:
        pools = []
        for layer in self.features:
            x = layer(x)
            if isinstance(layer, nn.MaxPool2d):
                pools.append(x)
        return pools


class ResearchFCN(nn.Module):
    """The four FCNs of the paper's code: one set of names, four ways through it."""

    def __init__(self, kind: str, width: int = 4, classes: int = 5) -> None:
        super().__init__()
        self.kind = kind
        self.pretrained_net = Features(width)
        sizes = [8 * width, 8 * width, 4 * width, 2 * width, width, width // 2]
        for number in range(1, 6):
            inputs, outputs = sizes[number - 1], sizes[number]
            up = nn.ConvTranspose2d(inputs, outputs, 3, stride=2, padding=1, dilation=1, output_padding=1)
            self.add_module(f"deconv{number}", up)
            self.add_module(f"bn{number}", nn.BatchNorm2d(outputs))
        self.classifier = nn.Conv2d(sizes[-1], classes, 1)

    def forward(self, x: Tensor) -> Tensor:
        x1, x2, x3, x4, x5 = self.pretrained_net(x)
        up1, up2, up3, up4, up5 = (
            lambda x, number=number: torch.relu(self.get_submodule(f"deconv{number}")(x)) for number in range(1, 6)
        )
        bn1, bn2, bn3, bn4, bn5 = (self.get_submodule(f"bn{number}") for number in range(1, 6))
        if self.kind == "FCN32s":
            score = bn2(up2(bn1(up1(x5))))
        elif self.kind == "FCN16s":
            score = bn2(up2(bn1(up1(x5) + x4)))
        elif self.kind == "FCN8s":
            score = bn2(up2(bn1(up1(x5) + x4)) + x3)
        else:
            score = bn2(up2(bn1(up1(x5)) + x4)) + x3
            score = bn4(up4(bn3(up3(score)) + x2)) + x1
            return self.classifier(bn5(up5(score)))
        return self.classifier(bn5(up5(bn4(up4(bn3(up3(score)))))))


class Block(nn.Module):
    """One level of pix2pix's generator, with all deeper ones inside."""

    def __init__(self, outer: int, inner: int, inside: nn.Module | None = None, top: int = 0) -> None:
        super().__init__()
        self.outermost = bool(top)
        down = nn.Conv2d(3 if top else outer, inner, 4, stride=2, padding=1, bias=False)
        below = 2 * inner if inside is not None else inner
        up = nn.ConvTranspose2d(below, top or outer, 4, stride=2, padding=1, bias=bool(top))
        if top:
            layers = [down, inside, nn.ReLU(True), up, nn.Tanh()]
        elif inside is None:
            layers = [nn.LeakyReLU(0.2, True), down, nn.ReLU(True), up, nn.BatchNorm2d(outer)]
        else:
            layers = [nn.LeakyReLU(0.2, True), down, nn.BatchNorm2d(inner), inside]
            layers += [nn.ReLU(True), up, nn.BatchNorm2d(outer)]
        self.model = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return self.model(x) if self.outermost else torch.cat([x, self.model(x)], 1)


class ResearchUNet(nn.Module):
    """pix2pix's generator: never fewer than five levels."""

    def __init__(self, depth: int, width: int, classes: int = 5) -> None:
        super().__init__()
        block = Block(8 * width, 8 * width)
        for _ in range(depth - 5):
            block = Block(8 * width, 8 * width, block)
        for outer in (4, 2, 1):
            block = Block(outer * width, 2 * outer * width, block)
        self.model = Block(0, width, block, top=classes)

    def forward(self, x: Tensor) -> Tensor:
        return self.model(x)


def lived_in(network: nn.Module) -> nn.Module:
    """``network`` as after a training: no two norms alike, and something left of the photo at the end."""
    torch.manual_seed(0)
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
            nn.init.kaiming_normal_(layer.weight)
            if layer.bias is not None:
                nn.init.uniform_(layer.bias, -0.1, 0.1)
        if isinstance(layer, nn.BatchNorm2d):
            nn.init.uniform_(layer.weight, 0.8, 1.2)
            nn.init.uniform_(layer.bias, -0.1, 0.1)
            nn.init.uniform_(layer.running_mean, -0.1, 0.1)
            nn.init.uniform_(layer.running_var, 0.8, 1.2)
            layer.num_batches_tracked += 7
    return network.eval()


def saved(state: object, path: Path) -> Path:
    torch.save(state, path)
    return path


def agree(ours: Tensor, theirs: Tensor) -> None:
    """Both are alive, and equal."""
    assert theirs.std(dim=(0, 2, 3)).min() > 0.01
    torch.testing.assert_close(ours, theirs, atol=1e-5, rtol=0)


def scores(path: Path, photos: Tensor) -> Tensor:
    """What ChromaDesk makes of ``photos`` with the weights in ``path``."""
    network, _ = weights.load(path)
    with torch.inference_mode():
        return network(photos)


@pytest.fixture(scope="module")
def fcn() -> State:
    """A state dict of an FCN of width 4."""
    return lived_in(ResearchFCN("FCNs")).state_dict()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "converted.safetensors"


# ---- what fits


@pytest.mark.parametrize("name", FCNS)
@pytest.mark.parametrize("width", [4, 7])
def test_each_fcn_scores_as_in_the_paper_s_code(name: str, width: int, tmp_path: Path, out: Path) -> None:
    theirs = lived_in(ResearchFCN(FCNS[name], width))
    info = convert(saved(theirs.state_dict(), tmp_path / "fcn.pt"), out, name)
    assert (info.architecture, info.parameters) == (name, {"width": width})
    photos = torch.rand(2, 3, 64, 96)
    with torch.inference_mode():
        agree(scores(out, photos), theirs(photos))


def test_the_four_fcns_differ_on_the_same_weights(fcn: State, tmp_path: Path) -> None:
    path, photos = saved(fcn, tmp_path / "fcn.pt"), torch.rand(1, 3, 64, 64)
    found = []
    for name in FCNS:
        convert(path, tmp_path / f"{name}.safetensors", name)
        found.append(scores(tmp_path / f"{name}.safetensors", photos))
    for index, one in enumerate(found):
        for other in found[:index]:
            assert (one - other).abs().max() > 1e-3


@pytest.mark.parametrize(("depth", "width"), [(5, 3), (6, 2), (7, 2), (8, 2)])
def test_u_nets_score_as_in_the_paper_s_code(depth: int, width: int, tmp_path: Path, out: Path) -> None:
    theirs = lived_in(ResearchUNet(depth, width))
    info = convert(saved(theirs.state_dict(), tmp_path / "unet.pt"), out)
    assert (info.architecture, info.parameters) == ("unet", {"depth": depth, "width": width})
    photos = torch.rand(2, 3, 2**depth, 2 ** (depth + 1))
    ours = scores(out, photos)
    with torch.inference_mode():
        agree(ours, theirs.model.model[:-1](photos))
        assert torch.equal(ours.argmax(1), theirs(photos).argmax(1))  # the tanh changes no label


@pytest.mark.parametrize("name", ["unet2", "unet3"])
def test_a_u_net_of_the_paper_gets_its_name(name: str, tmp_path: Path, out: Path) -> None:
    path = saved(ResearchUNet(**ARCHITECTURES[name].parameters).state_dict(), tmp_path / "unet.pt")
    assert convert(path, out).architecture == name
    assert convert(path, out.with_stem("again"), "unet").architecture == "unet"
    with pytest.raises(ModelError, match=rf"unet\.pt is no unet4: .* may be {name} or unet\.$"):
        convert(path, out.with_stem("third"), "unet4")


def test_torchvision_s_deeplab_keeps_its_scores_and_loses_its_helper(tmp_path: Path, out: Path) -> None:
    theirs = lived_in(deeplabv3_resnet50(weights=None, weights_backbone=None, num_classes=5, aux_loss=True))
    info = convert(saved(theirs.state_dict(), tmp_path / "deeplab.pt"), out, normalise="imagenet")
    assert (info.architecture, info.parameters, info.normalise) == ("deeplabv3", {}, "imagenet")
    photos = torch.rand(1, 3, 64, 64)
    mean, deviation = (torch.tensor(v).view(3, 1, 1) for v in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
    with torch.inference_mode():
        agree(scores(out, photos), theirs((photos - mean) / deviation)["out"])


def test_torchvision_s_lraspp_keeps_its_scores(tmp_path: Path, out: Path) -> None:
    theirs = lived_in(lraspp_mobilenet_v3_large(weights=None, weights_backbone=None, num_classes=5))
    assert convert(saved(theirs.state_dict(), tmp_path / "lraspp.pt"), out).architecture == "lraspp"
    photos = torch.rand(1, 3, 64, 64)
    with torch.inference_mode():
        agree(scores(out, photos), theirs(photos)["out"])


def test_the_new_file_describes_itself(fcn: State, tmp_path: Path) -> None:
    path, out = saved(fcn, tmp_path / "trained_FCNs_LR_:0.0001.pt"), tmp_path / "new" / "authors.safetensors"
    info = convert(path, out, "fcn1s")
    written = read_info(out)
    assert (written.name, written.parent, written.normalise) == ("authors", path.name, "none")
    assert (written.input_size, written.fit, written.loss, written.dataset) == ((512, 256), "stretch", "", "")
    assert written.licence.startswith("unknown")
    assert (written.architecture, written.parameters) == (info.architecture, info.parameters)
    assert parameter_count(out) == sum(value.numel() for value in fcn.values())
    assert summary(out) == "FCN1s (width 4), 0.1 M numbers, photos as they are (no normalisation)"


def test_names_too_long_for_a_header_are_cut(fcn: State, tmp_path: Path) -> None:
    out = tmp_path / f"{'n' * 220}.safetensors"
    convert(saved(fcn, tmp_path / f"{'p' * 220}.pt"), out, "fcn1s")
    assert read_info(out).parent == "p" * 200


def old(state: State) -> State:
    return {key: value for key, value in state.items() if not key.endswith("num_batches_tracked")}


def shared(state: State) -> State:
    """One block of memory under all of them."""
    block = torch.cat([value.flatten() for value in old(state).values()])
    views = block.split([value.numel() for value in old(state).values()])
    return {key: view.view(value.shape) for (key, value), view in zip(old(state).items(), views, strict=True)}


def double(state: State) -> State:
    return {key: value.double() if value.is_floating_point() else value for key, value in state.items()}


def parameters(state: State) -> State:
    return {key: nn.Parameter(value) if value.is_floating_point() else value for key, value in state.items()}


@pytest.mark.parametrize("change", [old, shared, double, parameters])
def test_the_way_a_state_dict_was_stored_does_not_matter(
    change: Callable[[State], State], fcn: State, tmp_path: Path, out: Path
) -> None:
    convert(saved(fcn, tmp_path / "plain.pt"), tmp_path / "plain.safetensors", "fcn8s")
    convert(saved(change(fcn), tmp_path / "changed.pt"), out, "fcn8s")
    photos = torch.rand(1, 3, 32, 32)
    assert torch.equal(scores(out, photos), scores(tmp_path / "plain.safetensors", photos))


def test_safetensors_are_read_too(fcn: State, tmp_path: Path, out: Path) -> None:
    save_file(fcn, tmp_path / "fcn.safetensors")
    assert convert(tmp_path / "fcn.safetensors", out, "fcn16s").parent == "fcn.safetensors"
    with pytest.raises(ModelError, match=r"converted\.safetensors is a ChromaDesk model already"):
        convert(out, tmp_path / "again.safetensors", "fcn16s")
    with pytest.raises(InputError, match="there already"):
        convert(tmp_path / "fcn.safetensors", tmp_path / "fcn.safetensors", "fcn16s")


# ---- what does not


def refusal(path: Path, out: Path, as_: str | None = None) -> str:
    """The sentence for ``path``, after checking that it is one, names the file, and that nothing was written."""
    with pytest.raises(ModelError) as caught:
        convert(path, out, as_)
    sentence = str(caught.value)
    assert str(path) in sentence or str(out) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert not out.exists()
    return sentence


def test_an_fcn_needs_to_be_told_which_one_it_is(fcn: State, tmp_path: Path, out: Path) -> None:
    sentence = refusal(saved(fcn, tmp_path / "fcn.pt"), out)
    assert all(name in sentence for name in FCNS)
    assert "--as fcn1s" in sentence


@pytest.mark.parametrize("name", ["unet", "deeplabv3plus", "chromanet", "hal9000"])
def test_a_name_that_contradicts_the_file_is_refused(name: str, fcn: State, tmp_path: Path, out: Path) -> None:
    assert f"is no {name}: it holds an FCN" in refusal(saved(fcn, tmp_path / "fcn.pt"), out, name)


def test_every_missing_tensor_is_named(tmp_path: Path, out: Path) -> None:
    state = ResearchUNet(5, 1).state_dict()
    for gone in old(state):
        path = saved({key: value for key, value in state.items() if key != gone}, tmp_path / "unet.pt")
        assert gone in refusal(path, out)


def with_extra(state: State) -> State:
    return {**state, "optimiser\nstep": torch.zeros(1)}


def without_decoder(state: State) -> State:
    return {key: value for key, value in state.items() if not key.startswith(("deconv", "bn"))}


def misshapen(state: State) -> State:
    return {**state, "bn3.bias": torch.zeros(3)}


def sparse(state: State) -> State:
    return {**state, "bn3.bias": state["bn3.bias"].to_sparse()}


def imaginary(state: State) -> State:
    return {**state, "bn3.bias": state["bn3.bias"] * 1j}


def shapes_only(state: State) -> State:
    return {**state, "bn3.bias": state["bn3.bias"].to("meta")}


def narrow(state: State) -> State:
    return {**state, "pretrained_net.features.0.weight": torch.zeros(0, 3, 3, 3)}


def boundless(state: State) -> State:
    return {**state, "pretrained_net.features.0.weight": torch.zeros(1).expand(10**15, 3, 3, 3)}


def flat(state: State) -> State:
    return {**state, "pretrained_net.features.0.weight": torch.zeros(())}


def many_classes(state: State) -> State:
    return {**state, "classifier.weight": torch.zeros(21, 2, 1, 1), "classifier.bias": torch.zeros(21)}


def not_a_number(state: State) -> State:
    return {**state, "bn3.bias": torch.full((8,), float("nan"))}


def too_large(state: State) -> State:
    return {**state, "bn3.bias": torch.full((8,), 1e300, dtype=torch.float64)}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (with_extra, "unexpected: optimiser\\nstep."),
        (without_decoder, "missing: deconv1.weight, deconv1.bias, deconv2.weight and 27 more"),
        (misshapen, "wrong shape: bn3.bias is [3], not [8]."),
        pytest.param(
            sparse,
            "no plain numbers: bn3.bias.",
            marks=pytest.mark.filterwarnings("ignore:Sparse invariant checks"),  # torch's, while the test makes one
        ),
        (imaginary, "no plain numbers: bn3.bias."),
        (shapes_only, "no plain numbers: bn3.bias."),
        (narrow, "width is at least 2"),
        (boundless, "no plain table of tensors"),
        (flat, "lacks the convolution pretrained_net.features.0.weight"),
        (many_classes, "21 output classes and 5 are needed: background"),
        (not_a_number, "values that are no numbers"),
        (too_large, "values that are no numbers"),
        (lambda state: {"optimizer": state}, "save model.state_dict() instead"),
        (lambda state: {f"module.{key}": value for key, value in state.items()}, "save model.module.state_dict()"),
        (lambda state: {}, "no tensors at all"),
    ],
)
def test_a_state_dict_that_does_not_fit_is_refused(
    change: Callable[[State], object], words: str, fcn: State, tmp_path: Path, out: Path
) -> None:
    assert words in refusal(saved(change(fcn), tmp_path / "fcn.pt"), out, "fcn1s")


def test_21_classes_of_torchvision_are_counted(tmp_path: Path, out: Path) -> None:
    theirs = lraspp_mobilenet_v3_large(weights=None, weights_backbone=None)
    assert "has 21 output classes" in refusal(saved(theirs.state_dict(), tmp_path / "coco.pth"), out)


def test_a_u_net_that_paints_colours_is_none_of_five_classes(tmp_path: Path, out: Path) -> None:
    assert "has 3 output classes" in refusal(saved(ResearchUNet(8, 1, 3).state_dict(), tmp_path / "gan.pt"), out)


@pytest.mark.parametrize("depth", [1, 9])
def test_a_u_net_too_shallow_or_too_deep_is_refused(depth: int, tmp_path: Path, out: Path) -> None:
    state = ResearchUNet(9, 1).state_dict()
    if depth == 1:
        state = {key: value for key, value in state.items() if not key.startswith("model.model.1.")}
    assert "depth is 2 to 8" in refusal(saved(state, tmp_path / "unet.pt"), out)


class Pwned:
    """Unpickling this would make a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.path),)


def test_code_in_a_pickle_is_not_run(fcn: State, tmp_path: Path, out: Path) -> None:
    path = saved({**fcn, "bomb": Pwned(tmp_path / "pwned")}, tmp_path / "evil.pt")
    assert "nothing in it was run" in refusal(path, out, "fcn1s")
    path.rename(tmp_path / "evil.safetensors")
    refusal(tmp_path / "evil.safetensors", out, "fcn1s")
    refusal(saved(ResearchFCN("FCNs"), tmp_path / "whole.pt"), out, "fcn1s")
    assert not (tmp_path / "pwned").exists()


def cut(path: Path) -> None:
    torch.save(ResearchFCN("FCNs").state_dict(), path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
@pytest.mark.parametrize(
    ("write", "words"),
    [
        (lambda path: None, "cannot be read: No such file"),
        (Path.mkdir, "cannot be read"),
        (Path.touch, "damaged"),
        (lambda path: path.write_text("I am a poem."), "damaged"),
        (lambda path: Image.new("RGB", (40, 30)).save(path, "JPEG"), "damaged"),
        (cut, "damaged"),
    ],
)
def test_what_is_no_weights_file_is_refused(
    write: Callable[[Path], object], words: str, suffix: str, tmp_path: Path, out: Path
) -> None:
    path = tmp_path / f"odd{suffix}"
    write(path)
    assert words in refusal(path, out)


def test_what_is_asked_for_is_checked_before_the_file_is_read(tmp_path: Path, out: Path) -> None:
    with pytest.raises(InputError, match=r"new\.pt does not end in \.safetensors"):
        convert(tmp_path / "missing.pt", tmp_path / "new.pt")
    with pytest.raises(InputError, match="none, imagenet, symmetric, not by 'loud'"):
        convert(tmp_path / "missing.pt", out, normalise="loud")


def test_a_file_that_is_there_is_not_written_over(fcn: State, tmp_path: Path, out: Path) -> None:
    torch.save(fcn, tmp_path / "fcn.pt")
    out.write_bytes(b"mine")
    with pytest.raises(InputError, match="there already"):
        convert(tmp_path / "fcn.pt", out, "fcn1s")
    assert out.read_bytes() == b"mine"
