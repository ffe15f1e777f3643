"""The colours of each class of one photo, counted in bins; kept up with the mask by what a stroke changed.

A photo of up to SAMPLES pixels is counted whole, a larger one on a grid of every second, third ... pixel. Bins are 64
steps a channel of the sRGB curve (32 where the photo is very noisy), each represented by the mean of the samples found
in it, so that a flat colour is met exactly whatever the photo's colour space.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chromadesk import classes
from chromadesk.colour import spaces
from chromadesk.colour.source import Source
from chromadesk.colour.spaces import Floats
from chromadesk.editing.patch import Box

Labels = npt.NDArray[np.uint8]
Samples = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]

#: Photos of more pixels than this are counted on a grid.
SAMPLES = 6_500_000
#: Classes that are worn: clothes and accessories.
WORN = tuple(each.id for each in classes.CLASSES if each.name in ("clothes", "accessories"))
_BITS = 6  # per channel
#: So many bins there are.
BINS = 1 << (3 * _BITS)
#: A photo that uses more bins than this is noise between them: it gets bins twice as wide, and an eighth of the memory.
_MANY = 65_536
# Pixels counted at a time: to bound memory, and so that a thread which counts soon lets the next one in.
_BLOCK = 1 << 18
#: A class whose border takes more than this share of it is too thin to leave its border out.
_THIN = 0.8


@dataclass(frozen=True, eq=False)
class Counted:
    """The colours of a region: ``values`` (M, 3), means of the samples, 0-1; ``pixels`` (M,) how many; ``bins`` (M,)
    which; ``examples`` (M, 3), 0-1, of each bin one colour that is really in the photo.
    """

    values: Floats
    pixels: Floats
    bins: npt.NDArray[np.int64]
    examples: Floats

    def __len__(self) -> int:
        return len(self.pixels)


class Histogram:
    """Counts by class and bin, the rim of each class (``border`` pixels) apart from its inside.

    ``samples`` (H, W, 3) uint8 or uint16 are a photo's own values and ``source`` what they mean; ``labels`` (H, W) are
    class ids, and from classes.COUNT on regions (see regions) of the classes ``regions``; read here and not kept.
    ``border`` is for a photo whose longer edge has 1,000 pixels, and in proportion. ``pause`` is called between pieces
    of the work; it may wait.
    """

    def __init__(
        self,
        samples: Samples,
        source: Source,
        labels: Labels,
        border: float = 2.0,
        regions: Sequence[int] = (),
        pause: Callable[[], None] = lambda: None,
    ) -> None:
        if samples.ndim != 3 or samples.shape[2] != 3 or samples.shape[:2] != labels.shape:
            raise ValueError(f"samples {samples.shape} and labels {labels.shape} do not fit")
        self._samples = samples
        self._pause = pause
        self._peak = 255 if samples.dtype == np.uint8 else 65535
        self._codes = _codes(source, self._peak + 1)
        self._step = max(1, math.ceil(math.sqrt(labels.size / SAMPLES)))
        self.border = round(border * max(labels.shape) / 1000)
        self._bounds = Box(0, 0, *labels.shape)
        self._regions = 2 * (classes.COUNT + len(regions))
        #: The ids, classes and regions, that are worn.
        self.worn_ids = [*WORN, *(number for number, parent in enumerate(regions, classes.COUNT) if parent in WORN)]
        counted = samples[self._grid(self._bounds)]
        height, width = counted.shape[:2]
        deep = max(1, _BLOCK // max(1, width))
        blocks = [slice(top, min(top + deep, height)) for top in range(0, height, deep)]
        bins, first = self._placed(counted, blocks)
        if np.count_nonzero(first >= 0) > _MANY:
            self._codes &= -2  # every other step: bins twice as wide, numbered as before
            bins, first = self._placed(counted, blocks)
        self._bins = np.flatnonzero(first >= 0)
        self._examples = counted[np.divmod(first[self._bins], max(1, width))]
        self._rows = np.full(BINS, -1, np.int32)
        self._rows[self._bins] = np.arange(len(self._bins), dtype=np.int32)
        self._counts = np.zeros((self._regions, len(self._bins)), np.int32)
        # The rim's pixels of a bin are of nearly the same colour as the others': one sum does for both. SAMPLES pixels
        # of 8 bits sum up to less than 32.
        kind = np.int32 if samples.dtype == np.uint8 else np.int64
        self._sums = np.zeros((3, self._regions // 2, len(self._bins)), kind)
        for rows in blocks:
            band = Box(rows.start * self._step, 0, min(rows.stop * self._step, labels.shape[0]), labels.shape[1])
            seen = self._grown(band)
            split = self._split(labels[seen.slices], seen, band)
            self._add(split.reshape(-1), counted[rows].reshape(-1, 3), bins[rows].reshape(-1), 1)

    @property
    def pixels_each(self) -> int:
        """How many pixels of the photo one counted pixel stands for."""
        return self._step**2

    def reach(self, box: Box) -> Box:
        """What ``update`` has to see of the mask when ``box`` has changed."""
        return self._grown(self._grown(box))

    def update(self, box: Box, before: Labels, after: Labels) -> set[int]:
        """Follow a change: both are class ids in ``reach(box)``. Returns the classes whose colours changed."""
        outer, inner = self.reach(box), self._grown(box)
        rows, columns = self._grid(inner)
        old, new = self._split(before, outer, inner), self._split(after, outer, inner)
        changed = old != new
        old, new = old[changed], new[changed]
        samples = self._samples[rows, columns][changed]
        bins = self._bin(samples)
        self._add(old, samples, bins, -1)
        self._add(new, samples, bins, 1)
        return set((np.unique(np.concatenate([old, new])) // 2).tolist())

    def counted(self, class_id: int) -> Counted:
        """The colours of a class without its rim; with it where the class is too thin."""
        inside, rim = self._counts[2 * class_id], self._counts[2 * class_id + 1]
        every = inside + rim
        counts = every if inside.sum() <= (1 - _THIN) * every.sum() else inside
        used = np.flatnonzero(counts)
        return Counted(
            (self._sums[:, class_id, used] / every[used]).T / self._peak,
            counts[used].astype(np.float64),
            self._bins[used],
            self._examples[used] / self._peak,
        )

    @property
    def worn(self) -> int:
        """Pixels of the photo in clothes and accessories."""
        return sum(self.area(each) for each in self.worn_ids)

    def area(self, class_id: int) -> int:
        """Pixels of the photo in a class, its rim too."""
        return int(self._counts[2 * class_id : 2 * class_id + 2].sum()) * self.pixels_each

    def bins_of(self, samples: Samples) -> npt.NDArray[np.int32]:
        """The bin of each of (..., 3) samples of this photo, as in ``Counted.bins``."""
        return self._bin(samples)

    def _placed(self, counted: Samples, blocks: list[slice]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """The bin of each of (h, w, 3) samples, and for each bin the place of the first sample in it, -1 for none."""
        height, width = counted.shape[:2]
        bins = np.empty((height, width), np.int32)
        first = np.full(BINS, -1, np.int32)
        for rows in reversed(blocks):
            self._pause()
            bins[rows] = self._bin(counted[rows])
            found = bins[rows].reshape(-1)
            # of several places for one bin the last stays: the first of the photo
            first[found[::-1]] = np.arange(rows.stop * width - 1, rows.start * width - 1, -1, dtype=np.int32)
        return bins, first

    def _grown(self, box: Box) -> Box:
        by = self.border
        return Box(box.top - by, box.left - by, box.bottom + by, box.right + by).intersection(self._bounds)

    def _split(self, labels: Labels, outer: Box, inner: Box) -> Labels:
        """Of each counted pixel in ``inner``, twice the class id, and one more where another class is within the
        border; ``labels`` are those of ``outer``, farther by the border where the photo goes on.
        """
        rows, columns = self._grid(inner)
        down = slice(rows.start - outer.top, rows.stop - outer.top, self._step)
        across = slice(columns.start - outer.left, columns.stop - outer.left, self._step)
        doubled: Labels = labels[down, across] << np.uint8(1)
        if self.border and doubled.size:  # a narrow box may lie between two counted rows
            import cv2  # kept out of the window's start

            upright = np.ones((2 * self.border + 1, 1), np.uint8)
            # First down, of which only every counted row is looked at along its length.
            least = cv2.erode(cv2.erode(labels, upright)[down], upright.T)[:, across]
            most = cv2.dilate(cv2.dilate(labels, upright)[down], upright.T)[:, across]
            doubled |= (least != most).view(np.uint8)
        return doubled

    def _grid(self, box: Box) -> tuple[slice, slice]:
        """The rows and columns of ``box`` that are counted."""
        step = self._step
        return slice(-(-box.top // step) * step, box.bottom, step), slice(-(-box.left // step) * step, box.right, step)

    def _bin(self, samples: Samples) -> npt.NDArray[np.int32]:
        red, green, blue = (self._codes[channel][samples[..., channel]] for channel in range(3))
        return np.asarray(red << 2 * _BITS | green << _BITS | blue, np.int32)

    def _add(self, regions: Labels, samples: Samples, bins: npt.NDArray[np.int32], sign: int) -> None:
        """Count (N,) pixels of the photo, or with ``sign`` -1 no longer."""
        size = len(self._bins)
        for start in range(0, len(regions), _BLOCK):
            self._pause()
            part = slice(start, start + _BLOCK)
            present = np.flatnonzero(np.bincount(regions[part]))
            first = np.zeros(256, np.intp)
            first[present] = np.arange(len(present)) * size
            places = first[regions[part]] + self._rows[bins[part]]
            shape = len(present), size
            self._counts[present] += (sign * np.bincount(places, minlength=math.prod(shape)).reshape(shape)).astype(
                np.int32
            )
            for channel in range(3):
                weights = samples[part, channel].astype(np.float64)
                sums = (sign * np.bincount(places, weights, math.prod(shape)).reshape(shape)).astype(self._sums.dtype)
                for region, found in zip(present, sums, strict=True):
                    self._sums[channel, region >> 1] += found


def neighbours(bins: npt.NDArray[np.int64], most: int) -> npt.NDArray[np.intp]:
    """Numbers 0, 1 ... for (M,) bins, at most ``most`` of them: the same for bins that lie in one coarser bin."""
    channels = [bins >> shift & ((1 << _BITS) - 1) for shift in (2 * _BITS, _BITS, 0)]
    for coarser in range(_BITS):
        red, green, blue = (channel >> coarser for channel in channels)
        found, numbers = np.unique(red << 2 * _BITS | green << _BITS | blue, return_inverse=True)
        if len(found) <= most:
            break
    return np.asarray(numbers, np.intp)


def _codes(source: Source, levels: int) -> npt.NDArray[np.int32]:
    """The step, 0-63, of each level of each channel, (3, levels): even to the eye also where the file is linear."""
    values = np.repeat(np.linspace(0, 1, levels)[:, None], 3, axis=1)
    linear = np.stack([curve(values[:, channel]) for channel, curve in enumerate(source.curves)])
    top = 1 << _BITS
    # 255 / 256: a channel of 8 bits of sRGB falls into steps of four levels each
    steps = np.floor(spaces.linear_to_srgb(linear) * top * 255 / 256 + 1e-6)
    return np.clip(steps, 0, top - 1).astype(np.int32)
