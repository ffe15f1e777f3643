"""A step taken in pieces is the whole batch's step, but for what BatchNorm knows of the batch."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from chromadesk.learning.objective import Objective, accelerator_for, objective
from chromadesk.learning.pieces import Pieces
from chromadesk.models.registry import Recipe, build


class Plain(nn.Module):
    """Five classes from three channels, with dropout, without BatchNorm."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), nn.GELU(), nn.Dropout(0.3), nn.Conv2d(16, 5, 1))

    def forward(self, photos: Tensor) -> Tensor:
        return self.layers(photos)


def batch(count: int) -> tuple[Tensor, Tensor, Tensor]:
    draw = torch.Generator().manual_seed(2)
    photos = torch.rand(count, 3, 12, 10, generator=draw)
    labels = torch.randint(0, 5, (count, 12, 10), generator=draw)
    labels[: count // 2] = 3  # the pieces differ in their classes
    return photos, labels, torch.rand(count, 12, 10, generator=draw)


def stepped(kind: str, at_once: int, *, trusted: bool, p: float) -> tuple[float, list[Tensor], list[Tensor]]:
    """The loss of one step of plain SGD, its gradients, and the weights after it."""
    torch.manual_seed(0)
    network = Plain()
    network.layers[2].p = p  # type: ignore[union-attr]
    optimiser = torch.optim.SGD(network.parameters(), lr=0.1)
    photos, labels, trust = batch(5)
    aim: Objective = objective(kind, accelerator_for("cpu", "fp32"), network, optimiser, Recipe(epochs=1), 0.1)
    torch.manual_seed(1)
    loss = float(aim.step(photos, labels, trust if trusted else None, at_once))
    slopes = [each.grad.clone() for each in network.parameters() if each.grad is not None]
    return loss, slopes, [each.detach().clone() for each in network.parameters()]


@pytest.mark.parametrize("trusted", [False, True])
@pytest.mark.parametrize("kind", ["weighted", "vanilla", "dice"])
def test_gradients_are_the_whole_batch_s_whatever_the_loss(kind: str, trusted: bool) -> None:
    whole = stepped(kind, 5, trusted=trusted, p=0.0)
    for at_once in (1, 2, 3):
        loss, slopes, after = stepped(kind, at_once, trusted=trusted, p=0.0)
        assert loss == pytest.approx(whole[0], rel=1e-5)
        for found, expected in zip([*slopes, *after], [*whole[1], *whole[2]], strict=True):
            torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-6)


def test_a_piece_drops_out_the_same_when_it_is_seen_again() -> None:
    """Else the slope would belong to another network. Of one piece alone the step is that of the whole batch."""
    torch.manual_seed(0)
    network, photos = Plain(), batch(5)[0]
    pieces = Pieces(network, photos, 2)
    output = pieces.look()
    again = torch.cat([seen for _, seen in pieces])
    assert not output.requires_grad
    assert again.requires_grad
    assert torch.equal(again, output)
    assert [pieces.count(piece) for piece in pieces.slices] == [2, 2, 1]


def test_batch_norm_learns_from_each_piece_once() -> None:
    network = nn.BatchNorm2d(3, momentum=0.5)
    photos = batch(4)[0]
    pieces = Pieces(network, photos, 2)
    pieces.look()
    assert torch.equal(network.running_mean, torch.zeros(3))
    list(pieces)
    halves = [photos[:2].mean((0, 2, 3)), photos[2:].mean((0, 2, 3))]
    torch.testing.assert_close(network.running_mean, 0.25 * halves[0] + 0.5 * halves[1])
    assert int(network.num_batches_tracked) == 2


def test_pix2pix_steps_in_pieces() -> None:
    """Its BatchNorm sees pieces, so the figures differ a little; both players move all the same, and nearly alike."""
    found = []
    for at_once in (4, 2):
        torch.manual_seed(0)
        network = build("pix2pix", {"width": 4})
        accelerator = accelerator_for("cpu", "fp32")
        model, optimiser = accelerator.prepare(network, torch.optim.SGD(network.parameters(), lr=1e-3))
        aim = objective("gan", accelerator, model, optimiser, Recipe(epochs=1), 1e-3)
        photos = torch.rand(4, 3, 256, 256, generator=torch.Generator().manual_seed(1))
        labels = torch.zeros(4, 256, 256, dtype=torch.int64)
        before = [each.detach().clone() for each in network.parameters()]
        found.append(float(aim.step(photos, labels, None, at_once)))
        assert any(not torch.equal(a, b) for a, b in zip(before, network.parameters(), strict=True))
    assert found[1] == pytest.approx(found[0], rel=0.1)
