"""The colours of a folder of photos, whatever state its masks are in: approved ones are read, else a model is asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chromadesk.colour.gathered import MaskOrigin, PhotoColours
from chromadesk.dataset.colours import under
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import DatasetError, InputError
from chromadesk.inference.quality import QUALITIES
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, Warned, ignore, never
from chromadesk.listing import list_photos
from chromadesk.models import library
from chromadesk.parallel import cores

# Folders below a collection's own that may hold photos: a season's, a brand's in it.
_DEEPEST = 3


class Part(NamedTuple):
    """A folder of photos and its path within the collection: empty, or ending in a slash."""

    prefix: str
    dataset: Dataset


@dataclass
class Gathered:
    """``photos`` in order; ``unread``: a sentence for each that could not be read; ``predicted`` were looked at by the
    model now, ``kept`` known before; ``waiting`` have no approved mask and were left out.
    """

    photos: list[PhotoColours] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    predicted: int = 0
    kept: int = 0
    waiting: int = 0
    model: str = ""
    seconds: float = 0.0


def parts(folder: Path) -> list[Part]:
    """The data set in ``folder``; if it holds no photo itself, those in the folders below it. Raises DatasetError."""
    dataset = Dataset.open(folder)
    if dataset.items:
        return [Part("", dataset)]
    found = [
        Part(f"{below.relative_to(dataset.root).as_posix()}/", Dataset.open(below)) for below in _below(dataset.root)
    ]
    if not any(part.dataset.items for part in found):
        raise DatasetError(f"There are no photos in {folder}, nor in the folders below it; put some there.")
    return [part for part in found if part.dataset.items]


def gather(
    sources: list[Part],
    class_name: str = "clothes",
    predict: bool | None = None,
    model: str = library.DEFAULT,
    device: str = "auto",
    precision: str = "auto",
    quality: str = "standard",
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> Gathered:
    """The colours of the class in every photo of ``sources`` that is not excluded.

    ``predict``: whether photos without an approved mask count too, by the mask they have or else by the model's; None:
    only when none is approved at all. Colours go to the indexes as they come, so a stopped one goes on. One photo that
    cannot be read stops no other. Raises InputError and its kin.
    """
    result, begun = Gathered(), time.monotonic()
    with ExitStack() as open_ones:
        indexes = [open_ones.enter_context(Index.open(part.dataset)) for part in sources]
        planned = [_planned(part.dataset, index) for part, index in zip(sources, indexes, strict=True)]
        if predict is None:
            predict = not any(origin == "approved" for plan in planned for _, origin in plan)
        chosen = [[one for one in plan if predict or one[1] == "approved"] for plan in planned]
        result.waiting = sum(map(len, planned)) - sum(map(len, chosen))
        total, done = sum(map(len, chosen)), 0
        network: _Model | None = None
        if predict and any(origin == "predicted" for plan in chosen for _, origin in plan):
            network = _Model(library.find(model, sources[0].dataset.state), device, precision, quality)
            open_ones.enter_context(network)
            result.model = network.name

        def failed(item: Item, sentence: str) -> None:
            result.unread.append(sentence)
            report(Warned(sentence))

        report(Started("colours", total))
        for part, index, plan in zip(sources, indexes, chosen, strict=True):
            segment, mark = (network.labels, network.mark) if network else (None, "")
            read = index.colours().read(_until(plan, cancelled), class_name, segment, mark, failed, cores())
            for item, colours, known in read:
                if colours is not None:
                    result.photos.append(under(part.prefix, colours))
                    result.kept += known
                    result.predicted += colours.mask == "predicted" and not known
                done += 1
                left = (time.monotonic() - begun) / done * (total - done)
                report(Progress(done, total, item.name, left))
    result.seconds = time.monotonic() - begun
    return result


class _Model:
    """A model that is loaded when its first photo comes: colours that are kept need none. Asked from several threads
    while it is entered.
    """

    def __init__(self, weights: Path, device: str, precision: str, quality: str) -> None:
        if quality not in QUALITIES:
            raise InputError(f"{quality!r} is no quality; choose {', '.join(QUALITIES)}.")
        self._arguments = weights, device, precision, quality
        self.name = weights.stem
        stat = weights.stat()
        #: Changes with the weights and with how closely they look.
        self.mark = f"{weights.name} {stat.st_size}.{stat.st_mtime_ns} {quality}"
        self._labels: Callable[[npt.NDArray[np.uint8]], npt.NDArray[np.uint8]] | None = None
        self._lock, self._manners = threading.Lock(), ExitStack()

    def __enter__(self) -> None:
        self._manners.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._manners.__exit__(kind, error, trace)

    def labels(self, pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """(H, W, 3) sRGB photo -> (H, W) class ids."""
        with self._lock:
            if self._labels is None:
                # torch, only where there is something to ask
                from chromadesk.inference.runtime import a_core_each
                from chromadesk.inference.segment import Segmenter

                self._manners.enter_context(a_core_each(cores()))
                self._labels = Segmenter(*self._arguments).labels
        return self._labels(pixels)


def _planned(dataset: Dataset, index: Index) -> list[tuple[Item, MaskOrigin]]:
    """Every photo that is not excluded, with where its mask comes from."""
    plan: list[tuple[Item, MaskOrigin]] = []
    for item in dataset.items:
        status = index.status(item.key)
        if status != "excluded":
            origin: MaskOrigin = "unapproved" if item.has_mask else "predicted"
            plan.append((item, "approved" if status == "approved" and item.has_mask else origin))
    return plan


def _until(plan: list[tuple[Item, MaskOrigin]], cancelled: Cancelled) -> Iterator[tuple[Item, MaskOrigin]]:
    for one in plan:
        if cancelled():
            return
        yield one


def _below(folder: Path, depth: int = 1) -> list[Path]:
    """The folders below ``folder`` that hold photos or a data set, and are in none that does."""
    try:
        inside = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
        found = []
        for path in inside:
            if list_photos(path) or any((path / name).is_dir() for name in ("A", "train/A", "test/A")):
                found.append(path)
            elif depth < _DEEPEST:
                found += _below(path, depth + 1)
    except OSError as error:
        raise DatasetError(f"{error.filename} cannot be listed ({error.strerror}); check its permissions.") from error
    return found
