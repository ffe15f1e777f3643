"""A batch that is too large for the memory, seen by the network in pieces.

Where what a loss makes of a batch is the sum of what it makes of its pieces, each is looked at once. Otherwise (soft
Dice, which is no sum; after GradCache: Gao et al. 2021) all are looked at first without anything that gradients need;
what came of them, put together, is judged as a whole; then each piece is looked at again with the same draws, and its
share of the slope goes back through it. Whatever the loss, the gradient is the whole batch's. Only BatchNorm differs,
which knows a piece where it knew a batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn

from chromadesk.learning import randomness

_ALL = slice(None)


class Pieces:
    """What ``model`` makes of (N, 3, H, W) ``photos``, at most ``at_once`` at a time; ``asked`` is handed on to it.
    Several processes may have photos of one batch, and this one may have none.

    Iterate over it, once, for (piece, output of the piece, with a way back for gradients).
    """

    def __init__(self, model: nn.Module, photos: Tensor, at_once: int, **asked: Any) -> None:
        self._model, self._photos, self._asked = model, photos, asked
        count = len(photos)
        #: Whether one look is enough.
        self.whole = 0 < count <= at_once
        self.slices = [_ALL] if self.whole else [slice(at, at + at_once) for at in range(0, count, at_once)]
        self._draws: list[dict[str, Any]] = []

    def look(self) -> Tensor:
        """The output of all of them, of whom there must be some, without a way back; the iteration then looks again."""
        kept = [buffer.clone() for buffer in self._model.buffers()]
        seen = []
        with torch.no_grad():
            for piece in self.slices:
                self._draws.append(randomness.torch_state())
                seen.append(self._model(self._photos[piece], **self._asked))
            for buffer, before in zip(self._model.buffers(), kept, strict=True):
                buffer.copy_(before)  # BatchNorm's figures learn from the second look only
        return torch.cat(seen)

    def count(self, piece: slice) -> int:
        """How many photos ``piece`` has."""
        return len(range(*piece.indices(len(self._photos))))

    def __iter__(self) -> Iterator[tuple[slice, Tensor]]:
        for number, piece in enumerate(self.slices):
            if self._draws:
                randomness.restore_torch(self._draws[number])
            yield piece, self._model(self._photos[piece], **self._asked)
