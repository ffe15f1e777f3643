"""What passes between a data set and a format: pairs on their way out, and pairs on their way in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk.dataset.pairs import Item, Split

Labels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Options:
    """How a format is to be written, where it can be in more than one way.

    ``paper``: at 512 x 256 in RGB colours. ``polygons``: outlines in place of exact masks.
    """

    paper: bool = False
    polygons: bool = False


@dataclass(frozen=True, eq=False)
class Leaving:
    """A pair to write. ``name`` is its file's stem there, unique in the export; ``labels`` (H, W) class ids at the
    photo's displayed size; ``state`` the data set's state folder.
    """

    item: Item
    name: str
    split: Split | None
    labels: Labels
    state: Path


@dataclass(frozen=True, eq=False)
class Arriving:
    """A pair that was read.

    ``labels`` is (H, W), foreign numbers; ``names`` the labels' names by number, as far as the file gives any;
    ``photo`` its file, or what gives the bytes of one. ``beneath``, where the format has layers: the number that each
    pixel had before the present one was painted over it. ``remark``: what reading took, to be told to the person.
    """

    labels: npt.NDArray[np.integer]
    names: Mapping[int, str]
    photo: Path | Callable[[], bytes]
    beneath: npt.NDArray[np.integer] | None = None
    remark: str = ""


@dataclass(frozen=True)
class Entry:
    """A pair to read: the name its photo has there (path or not), its split, and the reading (raises DatasetError,
    MaskError, ImageError).
    """

    name: str
    split: Split | None
    load: Callable[[], Arriving]


@dataclass(frozen=True)
class Source:
    """The pairs of a foreign data set: how many (0: unknown), and one after the other. ``names``: the labels it
    declares, by number.
    """

    total: int
    entries: Iterable[Entry]
    names: Mapping[int, str] = field(default_factory=dict)


#: Writes one pair; returns how many of its pixels would come back as another class.
Put = Callable[[Leaving], int]
#: (folder or file to write, options) -> a context that gives a Put. What is written is complete when the context ends
#: well; when it does not, files of single pairs stay, and those of the whole are not made.
Writing = Callable[[Path, Options], AbstractContextManager[Put]]
#: (folder or file to read, whether its numbers are foreign: a map was given) -> its pairs. Raises DatasetError.
Reading = Callable[[Path, bool], Source]
