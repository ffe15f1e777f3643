"""ChromaDesk as a library: segment photos, read their colours, collect them in a data set, measure a model on it.

    python examples/read_colours.py OUT [PHOTOS...]

Without PHOTOS it takes the two sample portraits of ``pip install "chromadesk[demo]"``. OUT gets a data set: the photos
in A, their masks in B.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
from PIL import Image

import chromadesk as cd
from chromadesk import samples


def main(out: Path, photos: list[Path]) -> None:
    """Everything the module's docstring says."""
    (out / "A").mkdir(parents=True, exist_ok=True)
    if photos:
        photos = [Path(shutil.copy(photo, out / "A")) for photo in photos]
    else:
        photos = samples.write(out / "A")

    for photo in photos:
        # a path will do, as will an (H, W, 3) uint8 array or a Pillow image
        labels = cd.segment(photo, quality="fast")
        shares = np.bincount(labels.ravel(), minlength=len(cd.CLASSES)) / labels.size
        print(photo.name, ", ".join(f"{each.name} {shares[each.id]:.0%}" for each in cd.CLASSES[1:]))

        for swatch in cd.palette(photo, labels, k=3)["clothes"]:
            print(f"  {swatch.hex}  {swatch.share:4.0%}  {swatch.name}, Munsell {swatch.munsell}")

        cd.write_mask(out / "B" / f"{photo.stem}.png", labels)
        Image.fromarray(cd.overlay(np.asarray(Image.open(photo).convert("RGB")), labels)).save(
            out / f"{photo.stem}-overlay.jpg"
        )

    dataset = cd.Dataset(out)
    for pair in dataset.select(masked=True):
        print(pair.key, pair.state, pair.pixels().shape, np.unique(pair.labels()).tolist())

    # masks that a model made judge that model kindly; with masks of your own this is how good it is
    result = cd.evaluate(dataset, "chromanet-fast", split="all", quality="fast", native=True)
    print(f"mIoU {result.miou:.3f} on {result.photos} photos")
    print("IoU", ", ".join(f"{name} {iou:.2f}" for name, iou in result.iou.items() if iou is not None))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Say where to: python examples/read_colours.py OUT [PHOTOS...]")
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
