"""Reading big-endian binary files step by step, never past their end."""

from __future__ import annotations

import struct
from typing import Any

from chromadesk.colour.formats.swatchfile import Malformed


class Cursor:
    """A place in ``data`` that moves on with each read; raises Malformed where the data ends too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    @property
    def left(self) -> int:
        """Bytes not yet read."""
        return len(self._data) - self._place

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        if count > self.left:
            raise Malformed("it ends in the middle of a colour; it was cut short or damaged")
        self._place += count
        return self._data[self._place - count : self._place]

    def unpack(self, layout: str) -> tuple[Any, ...]:
        """The next values, laid out as the struct module says, big-endian."""
        return struct.unpack(f">{layout}", self.take(struct.calcsize(f">{layout}")))

    def text(self, units: int) -> str:
        """The next ``units`` UTF-16 code units, up to the zero that ends them; broken ones become U+FFFD."""
        return self.take(2 * units).decode("utf-16-be", "replace").partition("\0")[0]
