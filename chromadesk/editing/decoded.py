"""Photos decoded, with their smaller copies: kept while they fit, so that a neighbour read ahead opens at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from chromadesk.images import Photo

Pixels = npt.NDArray[np.uint8]

#: Photos kept: the open one, the one before, the one after, and where approving leads.
KEPT = 4
#: Bytes of all that is kept; four photos of 24 megapixels.
BUDGET = 400_000_000


@dataclass(frozen=True, eq=False)
class Decoded:
    """A photo and ``smaller``: it halved again and again, uint8 (h, w, 3), for views that are zoomed out."""

    photo: Photo
    smaller: list[Pixels]

    @property
    def bytes(self) -> int:
        """What it takes in memory."""
        return self.photo.pixels.nbytes + sum(level.nbytes for level in self.smaller)


def decode(path: Path) -> Decoded:
    """Read the photo at ``path``. Raises ImageError."""
    from chromadesk.images import read_photo  # kept out of the window's start

    photo = read_photo(path)
    return Decoded(photo, halves(photo.pixels))


class Decoder:
    """Decodes each photo once, whichever threads ask for it, and again only when the file has changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Path, tuple[tuple[int, int] | None, Future[Decoded]]] = OrderedDict()

    def get(self, path: Path) -> Decoded:
        """The photo at ``path``, at once, or once it is read, here or in the thread that began. Raises ImageError."""
        version = file_version(path)
        with self._lock:
            kept = self._kept.pop(path, None)
            known = kept is not None and kept[0] == version
            future: Future[Decoded] = kept[1] if kept is not None and known else Future()
            self._kept[path] = version, future
        if not known:
            try:
                future.set_result(decode(path))
            except BaseException as error:
                future.set_exception(error)
                with self._lock:
                    self._kept.pop(path, None)
                raise
        found = future.result()
        with self._lock:
            self._trim()
        return found

    def clear(self) -> None:
        """Another data set: keep nothing."""
        with self._lock:
            self._kept.clear()

    def _trim(self) -> None:
        """Let the oldest go; what is still being read counts nothing yet."""
        done = [path for path, (_, future) in self._kept.items() if future.done() and future.exception() is None]
        total = sum(self._kept[path][1].result().bytes for path in done)
        while len(done) > 1 and (len(done) > KEPT or total > BUDGET):
            _, future = self._kept.pop(done.pop(0))
            total -= future.result().bytes


def halves(pixels: Pixels) -> list[Pixels]:
    """uint8 (H, W, 3) at half the size, a quarter and so on, down to about 256 pixels; each pixel a mean."""
    import cv2  # kept out of the window's start

    levels = []
    while min(pixels.shape[:2]) >= 512:
        size = ((pixels.shape[1] + 1) // 2, (pixels.shape[0] + 1) // 2)
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        levels.append(pixels)
    return levels


def file_version(path: Path) -> tuple[int, int] | None:
    """(time of change in ns, size in bytes) of a file; None when it is gone."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
