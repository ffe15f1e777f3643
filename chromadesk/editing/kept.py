"""A whole plane kept at rest, for painting back: squeezed in tiles, so that a brush unpacks only what it reaches."""

from __future__ import annotations

import zlib

import numpy as np

from chromadesk.editing.patch import Box, Plane

#: Edge of a tile, and how many stay unpacked: enough for the largest dab to be dragged without unpacking twice.
TILE, READY = 256, 32


class Kept:
    """Keeps the uint8 (H, W) ``plane``, which nobody may write to afterwards.

    Labels and provenance are packed as in ``document``. Holds the plane itself until ``pack`` squeezes it, which a
    background thread may do while it is read.
    """

    def __init__(self, plane: Plane) -> None:
        self.size: tuple[int, int] = (plane.shape[0], plane.shape[1])
        self._raw: Plane | None = plane
        self._tiles: dict[tuple[int, int], bytes] = {}
        self._ready: dict[tuple[int, int], Plane] = {}

    @property
    def nbytes(self) -> int:
        """Memory the plane takes at rest."""
        raw = self._raw
        return raw.nbytes if raw is not None else sum(len(tile) for tile in self._tiles.values())

    def pack(self) -> None:
        """Squeeze the plane (once); safe from another thread."""
        raw = self._raw
        if raw is None:
            return
        tiles = {}
        for row in range((self.size[0] + TILE - 1) // TILE):
            for column in range((self.size[1] + TILE - 1) // TILE):
                tiles[row, column] = zlib.compress(raw[self._box(row, column).slices].tobytes(), 1)
        # In this order: whoever reads in between finds one of the two.
        self._tiles = tiles
        self._raw = None

    def read(self, box: Box) -> Plane:
        """What stands in ``box``, which lies within the plane; not to be written to."""
        raw = self._raw
        if raw is not None:
            return raw[box.slices]
        plane = np.empty((box.height, box.width), np.uint8)
        for row in range(box.top // TILE, (box.bottom - 1) // TILE + 1):
            for column in range(box.left // TILE, (box.right - 1) // TILE + 1):
                tile = self._box(row, column)
                part = tile.intersection(box)
                plane[part.top - box.top : part.bottom - box.top, part.left - box.left : part.right - box.left] = (
                    self._tile(row, column)[
                        part.top - tile.top : part.bottom - tile.top, part.left - tile.left : part.right - tile.left
                    ]
                )
        return plane

    def rest(self) -> None:
        """Nobody paints from it for now: let go of the tiles that were unpacked."""
        self._ready.clear()

    def _box(self, row: int, column: int) -> Box:
        height, width = self.size
        return Box(row * TILE, column * TILE, min((row + 1) * TILE, height), min((column + 1) * TILE, width))

    def _tile(self, row: int, column: int) -> Plane:
        tile = self._ready.get((row, column))
        if tile is None:
            box = self._box(row, column)
            unpacked = zlib.decompress(self._tiles[row, column])
            tile = np.frombuffer(unpacked, np.uint8).reshape(box.height, box.width)
            if len(self._ready) >= READY:
                del self._ready[next(iter(self._ready))]
            self._ready[row, column] = tile
        return tile
