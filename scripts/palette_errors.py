"""Draw the photos where a model's masks cost most colour: photo, both masks, both palettes, the errors per class.

    chromadesk evaluate DATASET --model chromanet --quality standard --json scores.json
    python scripts/palette_errors.py scores.json DATASET SHEET.png --model chromanet --quality standard --photos 6

SHEET holds photos of DATASET: mind whose they are before it is passed on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

from chromadesk import classes
from chromadesk.colour.palette import photo_palettes
from chromadesk.colour.swatch import Swatch
from chromadesk.dataset.pairs import Dataset
from chromadesk.inference.segment import Segmenter
from chromadesk.learning.data import read_photo_and_labels
from chromadesk.learning.palette_error import COUNTED, palette_error
from chromadesk.models import library

HEIGHT, BAR, GAP = 480, 300, 8


def tile(pixels: np.ndarray) -> Image.Image:
    """A picture of HEIGHT."""
    image = Image.fromarray(pixels)
    return image.resize((round(image.width * HEIGHT / image.height), HEIGHT))


def overlaid(pixels: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The photo with its classes in their colours over it."""
    return np.where(labels[..., None] > 0, cv2.addWeighted(pixels, 0.35, classes.PALETTE[labels], 0.65, 0), pixels)


def strip(swatches: list[Swatch], width: int, height: int) -> Image.Image:
    """The colours side by side, as wide as their shares."""
    image = Image.new("RGB", (width, height), (60, 60, 60))
    drawing, left = ImageDraw.Draw(image), 0.0
    for swatch in swatches:
        drawing.rectangle((round(left), 0, round(left + swatch.share * width), height), fill=swatch.rgb)
        left += swatch.share * width
    return image


def row(dataset: Dataset, segmenter: Segmenter, key: str) -> Image.Image:
    """One photo of the sheet."""
    (item,) = (item for item in dataset.select() if item.key == key)
    photo, truth = read_photo_and_labels(item)
    found = segmenter.labels(photo.pixels)
    error, right, wrong = palette_error(photo, truth, found), photo_palettes(photo, truth), photo_palettes(photo, found)
    tiles = [tile(each) for each in (photo.pixels, overlaid(photo.pixels, truth), overlaid(photo.pixels, found))]
    width = sum(each.width + GAP for each in tiles) + BAR
    image = Image.new("RGB", (width, HEIGHT + GAP), (119, 119, 119))
    left = 0
    for each in tiles:
        image.paste(each, (left, 0))
        left += each.width + GAP
    drawing = ImageDraw.Draw(image)
    # Photo, true mask, predicted mask; of each class the true colours stand above the predicted ones.
    drawing.text((left, 2), f"{key}   mean EMD {error.to_json()['emd'] or 0:.1f}", fill="white", font_size=16)
    for place, name in enumerate(COUNTED):
        top = 32 + place * 110
        told = (
            f"EMD {error.emd[name]:.1f}  MICDM {error.micdm[name]:.1f}" if name in error.emd else "nothing to compare"
        )
        drawing.text((left, top), f"{name}: {told}", fill="white", font_size=13)
        image.paste(strip(right[name], BAR - 4, 38), (left, top + 20))
        image.paste(strip(wrong[name], BAR - 4, 38), (left, top + 60))
    return image


def main() -> None:
    """Draw the sheet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scores", type=Path, help="what chromadesk evaluate --json wrote")
    parser.add_argument("dataset", type=Path)
    parser.add_argument("sheet", type=Path, help="the picture to write")
    parser.add_argument("--model", default="chromanet")
    parser.add_argument("--quality", default="standard", choices=["fast", "standard", "careful"])
    parser.add_argument("--photos", type=int, default=6)
    asked = parser.parse_args()
    entries = json.loads(asked.scores.read_text(encoding="utf-8"))["per_photo"]
    known = [entry for entry in entries if entry["palette_error"]["emd"] is not None]
    worst = sorted(known, key=lambda entry: -entry["palette_error"]["emd"])[: asked.photos]
    dataset = Dataset.open(asked.dataset)
    segmenter = Segmenter(library.find(asked.model, dataset.state), quality=asked.quality)
    rows = [row(dataset, segmenter, entry["key"]) for entry in worst]
    sheet = Image.new("RGB", (max(each.width for each in rows), sum(each.height for each in rows)), (119, 119, 119))
    top = 0
    for each in rows:
        sheet.paste(each, (0, top))
        top += each.height
    sheet.save(asked.sheet)


if __name__ == "__main__":
    main()
