"""The demo: segment a few photos with the bundled model and lay everything that comes of it into one folder.

demo-output/
  report.html                     photo, overlay, mask and colours of each photo; one file, opens in any browser
  <stem>.png                      the mask: indexed, at the photo's own size
  <stem>-overlay.jpg              the mask over the photo
  <stem>-palette.json             the colours of each class
  photos/                         the photos themselves; the studio opens this folder
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from chromadesk import files, report, samples
from chromadesk.colour.palette import photo_palettes
from chromadesk.images import read_photo
from chromadesk.inference import batch
from chromadesk.jobs.messages import Cancelled, Report, ignore, never
from chromadesk.masks import read_mask
from chromadesk.models import library
from chromadesk.sidecars import beside


@dataclass(frozen=True)
class Result:
    """What a demo wrote: how many masks, the report, the studio's folder; and a sentence per photo that failed."""

    written: int
    report: Path
    photos: Path
    failures: list[str]
    cancelled: bool = False


def run(
    paths: list[Path],
    out: Path,
    model: str = library.DEFAULT,
    device: str = "auto",
    quality: str = "careful",
    tell: Report = ignore,
    cancelled: Cancelled = never,
) -> Result:
    """Segment ``paths`` (photos or folders; two sample portraits when empty) into folder ``out``.

    Raises InputError and its kin, StorageError.
    """
    photos = out / "photos"
    weights = library.find(model)
    sources = [photo for path in paths for photo in _photos(path)] if paths else samples.write(photos)
    tasks = batch.plan(sources, out)

    from chromadesk.inference.segment import Segmenter

    segmenter = Segmenter(weights, device, quality=quality)
    failed = batch.run(tasks, segmenter.labels, overlays=True, report=tell, cancelled=cancelled)
    if cancelled():
        return Result(0, out / "report.html", photos, list(failed.values()), cancelled=True)
    failures, pages = list(failed.values()), []
    for task in tasks:
        if task in failed:
            continue
        photo = read_photo(task.photo)
        labels = read_mask(task.mask, (photo.pixels.shape[0], photo.pixels.shape[1])).labels
        colours = photo_palettes(photo, labels)
        by_class = {name: [swatch.to_json() for swatch in swatches] for name, swatches in colours.items()}
        files.write_text(
            beside(out, task.photo.stem, "-palette.json"), json.dumps({"classes": by_class}, indent=2) + "\n"
        )
        _keep(task.photo, photos)
        pages.append(report.Page(task.photo.name, photo.pixels, labels, colours))
    files.write_text(out / "report.html", report.html(pages, segmenter.info, failures))
    return Result(len(pages), out / "report.html", photos, failures)


def _photos(path: Path) -> list[Path]:
    return [task.photo for task in batch.plan([path], path / "masks")] if path.is_dir() else [path]


def _keep(photo: Path, folder: Path) -> None:
    """A copy of ``photo`` in ``folder``, so that painting on it in the studio leaves the original's folder alone."""
    kept = folder / photo.name
    if not (kept.exists() and kept.samefile(photo)):
        with files.replacing(kept) as temporary:
            shutil.copyfile(photo, temporary)
