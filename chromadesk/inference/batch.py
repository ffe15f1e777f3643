"""Many photos: which masks will be written where, and the writing, where one bad photo never stops the others. No
torch.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk.classes import CLASSES, PALETTE
from chromadesk.errors import ChromaDeskError, InputError, StorageError
from chromadesk.files import write_bytes
from chromadesk.images import read_photo
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, Warned, ignore, never
from chromadesk.listing import list_photos
from chromadesk.masks import write_mask
from chromadesk.parallel import in_order
from chromadesk.sidecars import beside

Labels = npt.NDArray[np.uint8]
Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Task:
    """One photo and the mask to write for it."""

    photo: Path
    mask: Path


def plan(paths: Iterable[Path], out: Path) -> list[Task]:
    """A task for each photo named or found in the folders named (not below them), in that order.

    Raises InputError when two photos would write one mask, when a photo's own file would be overwritten, or when
    there is none.
    """
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file, not a folder for the masks; choose another name.")
    paths = list(paths)
    photos: list[Path] = []
    for path in paths:
        photos += list_photos(path) if path.is_dir() else [path]
    if not photos:
        named = ", ".join(map(str, paths)) or "what was named"
        raise InputError(f"There are no photos in {named}: name photos, or folders that hold some themselves.")
    by_stem: dict[str, Path] = {}
    for photo in photos:
        other = by_stem.setdefault(photo.stem.casefold(), photo)
        if other is not photo:
            raise InputError(
                f"{other} and {photo} would both write {photo.stem}.png; rename one or use two folders for the masks."
            )
    tasks = [Task(photo, out / f"{photo.stem}.png") for photo in photos]
    for task in tasks:
        if os.path.realpath(task.mask) == os.path.realpath(task.photo):
            raise InputError(f"The mask of {task.photo} would replace the photo; choose another folder for the masks.")
    return tasks


def spare(tasks: list[Task]) -> None:
    """Raises InputError when a data set's masks, which lie in a folder B, would be replaced: they may be a person's."""
    there = [task.mask for task in tasks if task.mask.resolve().parent.name == "B" and task.mask.exists()]
    if there:
        raise InputError(
            f"{there[0]} is there already, and as a data set's mask may be somebody's work; nothing was replaced. "
            "--resume makes only those that are missing; or choose another folder for the masks."
        )


def overlay(pixels: Pixels, labels: Labels, strength: float = 0.35) -> Pixels:
    """The (H, W, 3) photo with its classes' colours over it (background left bare) and their borders drawn in full
    colour.
    """
    tinted = cv2.addWeighted(pixels, 1 - strength, PALETTE[labels], strength, 0)
    shown = np.where((labels > 0)[..., None], tinted, pixels).astype(np.uint8)
    thickness = max(1, round(max(labels.shape) / 800))
    for fashion_class in CLASSES[1:]:
        outlines, _ = cv2.findContours(
            (labels == fashion_class.id).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE
        )
        cv2.drawContours(shown, outlines, -1, fashion_class.colour, thickness)
    return shown


def write_overlay(path: Path, pixels: Pixels, labels: Labels) -> None:
    """Write ``overlay`` as a JPEG, atomically; raises StorageError."""
    done, coded = cv2.imencode(
        ".jpg", cv2.cvtColor(overlay(pixels, labels), cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 90]
    )
    if not done:
        raise StorageError(f"Could not encode {path}; the picture is too large for JPEG.")
    write_bytes(path, coded.tobytes())


def write(segment: Callable[[Pixels], Labels], overlays: bool, task: Task) -> None:
    """Write a task's mask, and with ``overlays`` ``<stem>-overlay.jpg`` beside it, each whole or not at all.

    Raises ImageError, ModelError, StorageError.
    """
    pixels = read_photo(task.photo).pixels
    labels = segment(pixels)
    write_mask(task.mask, labels)
    if overlays:
        write_overlay(beside(task.mask.parent, task.mask.stem, "-overlay.jpg"), pixels, labels)


def run(
    tasks: list[Task],
    segment: Callable[[Pixels], Labels],
    *,
    overlays: bool = False,
    threads: int = 1,
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> dict[Task, str]:
    """Write every task's mask (and ``<stem>-overlay.jpg`` beside it), ``threads`` photos at a time; returns a sentence
    for each task whose photo could not be read.

    Raises StorageError when nothing can be written, since the next photo would fare no better.
    """
    report(Started("segment", len(tasks)))
    failures: dict[Task, str] = {}
    begun = time.monotonic()

    def wanted() -> Iterator[Task]:
        for task in tasks:
            if cancelled():
                return
            yield task

    for done, (task, written) in enumerate(in_order(wanted(), partial(write, segment, overlays), threads), start=1):
        try:
            written.result()
        except StorageError:
            raise
        except ChromaDeskError as error:
            failures[task] = str(error)
            report(Warned(str(error)))
        left = (time.monotonic() - begun) / done * (len(tasks) - done)
        report(Progress(done, len(tasks), task.photo.name, left))
    return failures
