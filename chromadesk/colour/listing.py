"""A collection as text: a CSV with a row for every swatch of every photo."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from chromadesk.colour.formats.text import guarded
from chromadesk.colour.gathered import PhotoColours

_OF_PHOTO = ("season", "brand", "tags", "date")
_COLUMNS = (
    "photo", "class", "mask", "profile", "hex", "name", "share", "pixels",
    "lab_l", "lab_a", "lab_b", "oklch_l", "oklch_c", "oklch_h", *_OF_PHOTO,
)  # fmt: skip


def csv_text(photos: Iterable[PhotoColours], fields: Mapping[str, Mapping[str, str]], class_name: str) -> str:
    """A first line of names, then a row per photo and swatch, Lab under D65; ``fields`` of the photos come last."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for photo in photos:
        own = fields.get(photo.key, {})
        for swatch in photo.swatches:
            numbers = (f"{value:.4f}" for value in (*swatch.lab, *swatch.oklch))
            about = (guarded(photo.key), class_name, photo.mask, guarded(photo.profile))
            colour = (swatch.hex, guarded(swatch.name), f"{swatch.share:.5f}", swatch.pixels)
            writer.writerow([*about, *colour, *numbers, *(guarded(own.get(name, "")) for name in _OF_PHOTO)])
    return text.getvalue()
