"""Decoded photos, kept from one epoch to the next, so that each is decoded once and augmented from then on.

They lie in a file without a name, in the folder for temporary files: a killed training leaves nothing behind, the
loader's processes read and fill the same one, and the system keeps in memory what it has room for. It is written
and read like any file rather than mapped, for a disk that fills up is then an error and no SIGBUS.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
import weakref
from multiprocessing import reduction
from typing import Any

import numpy as np
import numpy.typing as npt
import psutil

Pair = tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]
#: Unless a size is asked for: so many bytes at most, and this part of what is free on disk and of the memory.
_MOST, _SHARE = 8 * 2**30, 0.25


def room() -> int:
    """How many bytes to keep where nobody says."""
    there = shutil.disk_usage(tempfile.gettempdir()).free, psutil.virtual_memory().available
    return int(min(_MOST, *(_SHARE * free for free in there)))


class Decoded:
    """Room for ``count`` pairs of (H, W, 3) and (H, W) uint8, ``most`` bytes in all; full, it keeps what it has."""

    def __init__(self, count: int, most: int) -> None:
        self._most = most
        # where POSIX is not, there is no reading at a place by several processes at once
        self._file: int | None = None
        if most and hasattr(os, "preadv"):
            with tempfile.TemporaryFile() as file:
                self._keep(os.dup(file.fileno()))
        shared = multiprocessing.get_context("spawn")
        self._lock = shared.Lock()
        self._numbers = shared.RawArray("q", 3 * (count + 1))

    def _keep(self, file: int) -> None:
        self._file = file
        weakref.finalize(self, os.close, file)

    @property
    def _table(self) -> npt.NDArray[np.int64]:
        """A row each: where it begins, from 1 on (0: it is not there), height, width; the last row: bytes written."""
        return np.frombuffer(self._numbers, np.int64).reshape(-1, 3)

    def get(self, position: int) -> Pair | None:
        """The pair at ``position`` if it is kept."""
        begin, height, width = (int(value) for value in self._table[position])
        if not begin or self._file is None:
            return None
        data = np.empty(4 * height * width, np.uint8)
        if os.preadv(self._file, [data.data], begin - 1) < len(data):
            return None
        pixels, labels = data[: 3 * height * width], data[3 * height * width :]
        return pixels.reshape(height, width, 3), labels.reshape(height, width)

    def put(self, position: int, pair: Pair) -> None:
        """Keep ``pair`` if there is room."""
        if self._file is None:
            return
        pixels, labels = pair
        data = pixels.tobytes() + labels.tobytes()
        with self._lock:
            begin = int(self._table[-1, 0])
            if begin + len(data) > self._most or self._table[position, 0]:
                return
            self._table[-1, 0] += len(data)
        try:
            written = os.pwrite(self._file, data, begin)
        except OSError:  # the disk is full: what is kept stays
            self._most = 0
            return
        if written == len(data):
            self._table[position, 1:] = labels.shape
            self._table[position, 0] = begin + 1  # last, for others look at it first

    def __getstate__(self) -> dict[str, Any]:
        """For a loader's process, which is being started: the file goes along."""
        file = None if self._file is None else reduction.DupFd(self._file)
        return {**vars(self), "_file": file}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, _file=None)
        if state["_file"] is not None:
            self._keep(state["_file"].detach())
