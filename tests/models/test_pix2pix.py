"""Pix2Pix against its paper: sizes, patches, decoding."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from chromadesk.classes import COUNT, PALETTE
from chromadesk.models.pix2pix import PatchDiscriminator, Pix2Pix


def test_the_generator_is_the_reference_s_unet_256() -> None:
    with torch.device("meta"):
        network = Pix2Pix()
    assert sum(p.numel() for p in network.parameters()) == 54_413_955  # what the reference reports: 54.414 M
    assert [isinstance(norm, nn.Sequential) for norm in network.up_norm] == [False] * 4 + [True] * 3 + [False]


def test_a_patch_is_seventy_pixels_wide() -> None:
    network = PatchDiscriminator(4).eval()
    assert sum(p.numel() for p in PatchDiscriminator().parameters()) == 2_768_705
    photos = torch.rand(1, 3, 256, 256, requires_grad=True)
    logits = network(photos, torch.zeros(1, 3, 256, 256))
    assert logits.shape == (1, 1, 30, 30)
    logits[0, 0, 15, 15].backward()
    touched = photos.grad[0].abs().sum(0).nonzero()
    assert (touched.max(0).values - touched.min(0).values + 1).tolist() == [70, 70]
    assert network(torch.rand(2, 3, 20, 9), torch.rand(2, 3, 20, 9)).shape[0] == 2


def test_the_nearest_class_colour_wins() -> None:
    network = Pix2Pix(8, 2)
    labels = torch.arange(COUNT).repeat(1, 4, 1)
    picture = network.paint(labels)
    assert torch.equal(network._decode(picture).argmax(1), labels)
    shades = torch.rand(1, 3, 50, 50) * 2 - 1
    distances = ((shades.permute(0, 2, 3, 1)[0, :, :, None].numpy() + 1) * 127.5 - PALETTE.astype(np.float64)) ** 2
    assert np.array_equal(network._decode(shades).argmax(1)[0].numpy(), distances.sum(-1).argmin(-1))
