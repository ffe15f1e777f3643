"""What a segmentation error costs a forecaster: how far the colours under a predicted mask are from those under the
true one. No torch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np
import numpy.typing as npt

from chromadesk import classes
from chromadesk.colour.distance import emd, micdm
from chromadesk.colour.histogram import Histogram
from chromadesk.colour.palette import Settings, of_class
from chromadesk.colour.swatch import Swatch
from chromadesk.images import Photo

#: The classes whose colours count: all but background.
COUNTED = tuple(fashion_class.name for fashion_class in classes.CLASSES if fashion_class.id)


@dataclass(frozen=True)
class PaletteError:
    """Of one photo: ``emd`` and ``micdm`` (ΔE00) of each class that both masks have; the classes that only the true
    one has (``missed``) or only the predicted one (``invented``), which have no palette to compare.
    """

    emd: dict[str, float]
    micdm: dict[str, float]
    missed: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """``emd`` and ``micdm``, each the mean of the classes (None without any), ``classes`` with each one's, and
        ``missed`` and ``invented``.
        """
        return {
            "emd": _mean(self.emd.values()),
            "micdm": _mean(self.micdm.values()),
            "classes": {name: {"emd": self.emd[name], "micdm": self.micdm[name]} for name in self.emd},
            "missed": list(self.missed),
            "invented": list(self.invented),
        }


def palette_error(photo: Photo, truth: npt.NDArray[np.uint8], predicted: npt.NDArray[np.uint8]) -> PaletteError:
    """Compare the palettes of ``photo`` under two (H, W) label planes, class by class, read as they are by default."""
    right, found = _palettes(photo, truth), _palettes(photo, predicted)
    both = [name for name in COUNTED if right[name] and found[name]]
    return PaletteError(
        emd={name: emd(right[name], found[name]) for name in both},
        micdm={name: micdm(right[name], found[name]) for name in both},
        missed=tuple(name for name in COUNTED if right[name] and not found[name]),
        invented=tuple(name for name in COUNTED if found[name] and not right[name]),
    )


def _palettes(photo: Photo, labels: npt.NDArray[np.uint8]) -> dict[str, list[Swatch]]:
    """Those of the classes that count; the background's would take longest, and nobody asks for them."""
    settings = Settings()
    histogram = Histogram(photo.samples, photo.source, labels, settings.border)
    return {name: of_class(histogram, photo.source, classes.by_name(name).id, settings).swatches for name in COUNTED}


def summary(errors: list[PaletteError]) -> dict[str, Any]:
    """Over photos: for each class its mean ``emd`` and ``micdm`` over the ``photos`` where both masks have it, and in
    how many it was ``missed`` or ``invented``; under ``all`` the mean over photos of the mean of each one's classes,
    and the sums. A mean over nothing is None.
    """
    result = {
        name: {
            "emd": _mean(error.emd[name] for error in errors if name in error.emd),
            "micdm": _mean(error.micdm[name] for error in errors if name in error.micdm),
            "photos": sum(name in error.emd for error in errors),
            "missed": sum(name in error.missed for error in errors),
            "invented": sum(name in error.invented for error in errors),
        }
        for name in COUNTED
    }
    with_colours = [error for error in errors if error.emd]
    result["all"] = {
        "emd": _mean(fmean(error.emd.values()) for error in with_colours),
        "micdm": _mean(fmean(error.micdm.values()) for error in with_colours),
        "photos": len(with_colours),
        "missed": sum(len(error.missed) for error in errors),
        "invented": sum(len(error.invented) for error in errors),
    }
    return result


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return fmean(found) if found else None
