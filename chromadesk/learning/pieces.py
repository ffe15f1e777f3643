"""A batch that is too large for the memory, seen by the network in pieces (after GradCache: Gao et al. 2021).

The pieces are looked at once without anything that gradients need; what came of them, put together, is judged as a
whole batch; then each piece is looked at again with the same draws, and its share of the slope goes back through it.
Whatever the loss (Eq. 2's weights, soft Dice, trust), the gradient is the whole batch's. Only BatchNorm differs, which
knows a piece where it knew a batch.
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

    ``output`` is all of it: where the batch is whole with, otherwise without a way back for gradients. Iterate over it,
    once, for (piece, output of the piece with that way).
    """

    def __init__(self, model: nn.Module, photos: Tensor, at_once: int, **asked: Any) -> None:
        self._model, self._photos, self._asked = model, photos, asked
        self.whole = len(photos) <= at_once
        self.slices = [_ALL] if self.whole else [slice(at, at + at_once) for at in range(0, len(photos), at_once)]
        if self.whole:
            self.output: Tensor = model(photos, **asked)
            return
        self._draws: list[dict[str, Any]] = []
        kept = [buffer.clone() for buffer in model.buffers()]
        seen = []
        with torch.no_grad():
            for piece in self.slices:
                self._draws.append(randomness.torch_state())
                seen.append(model(photos[piece], **asked))
            for buffer, before in zip(model.buffers(), kept, strict=True):
                buffer.copy_(before)  # BatchNorm's figures learn from the second look only
        self.output = torch.cat(seen)

    def share(self, piece: slice) -> float:
        """How much of the batch ``piece`` is."""
        return len(range(*piece.indices(len(self._photos)))) / len(self._photos)

    def __iter__(self) -> Iterator[tuple[slice, Tensor]]:
        if self.whole:
            yield _ALL, self.output
            return
        for piece, draws in zip(self.slices, self._draws, strict=True):
            randomness.restore_torch(draws)
            yield piece, self._model(self._photos[piece], **self._asked)
