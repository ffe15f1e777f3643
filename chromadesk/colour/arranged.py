"""The colours of a photo as a person arranged them: under their grey point, their swatches first, garments apart."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chromadesk.classes import CLASSES, COUNT, PAPER_ORDER
from chromadesk.colour.histogram import Histogram
from chromadesk.colour.kept import Kept
from chromadesk.colour.palette import Settings, of_class
from chromadesk.colour.regions import told_apart
from chromadesk.colour.swatch import Swatch
from chromadesk.images import Photo


def arranged_palettes(
    photo: Photo, labels: npt.NDArray[np.uint8], settings: Settings, kept: Kept
) -> dict[str, tuple[str, list[Swatch]]]:
    """The colours of each class in (H, W) ``labels``, and of each garment told apart in one: by the name of either, the
    class's name and the swatches. In the paper's order, garments after their class, the background last.

    A class has what its garments leave. Without decisions it is what ``photo_palettes`` finds.
    """
    parents = [region.class_id for region in kept.regions]
    ids = told_apart(photo.pixels, labels, kept.regions) if kept.regions else labels
    histogram = Histogram(photo.samples, photo.source, ids, settings.border, parents)
    source = photo.source.with_grey(kept.grey.xyz if kept.grey else None)
    found = {}
    for class_id in (*PAPER_ORDER[1:], 0):
        garments = [number for number, parent in enumerate(parents, COUNT) if parent == class_id]
        for each in (class_id, *garments):
            name = CLASSES[each].name if each < COUNT else kept.regions[each - COUNT].name
            swatches = of_class(histogram, source, each, settings, kept.anchors.get(name, ())).swatches
            found[name] = CLASSES[class_id].name, swatches
    return found
