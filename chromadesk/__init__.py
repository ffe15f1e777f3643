"""ChromaDesk: a desktop studio for five-class fashion-image segmentation; as a library, ``import chromadesk as cd``.

    labels = cd.segment("photo.jpg")               (H, W) class ids, at the photo's own size
    colours = cd.palette("photo.jpg", labels)      swatches by class
    result = cd.evaluate("dataset")                one confusion matrix over the test photos
    for pair in cd.Dataset("dataset"): ...         photos, masks, split, states

Nothing heavy is imported before its function is called: see ``chromadesk.api``.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from chromadesk.api import Evaluation as Evaluation
    from chromadesk.api import evaluate as evaluate
    from chromadesk.api import palette as palette
    from chromadesk.api import probabilities as probabilities
    from chromadesk.api import segment as segment
    from chromadesk.classes import CLASSES as CLASSES
    from chromadesk.collected import Dataset as Dataset
    from chromadesk.collected import Pair as Pair
    from chromadesk.colour.swatch import Swatch as Swatch
    from chromadesk.errors import ChromaDeskError as ChromaDeskError
    from chromadesk.inference.batch import overlay as overlay
    from chromadesk.masks import write_mask as write_mask

#: What the library offers -> the module it comes from, which is imported when it is first asked for.
_HOMES = {
    **dict.fromkeys(("segment", "probabilities", "palette", "evaluate", "Evaluation"), "chromadesk.api"),
    **dict.fromkeys(("Dataset", "Pair"), "chromadesk.collected"),
    "Swatch": "chromadesk.colour.swatch",
    "CLASSES": "chromadesk.classes",
    "ChromaDeskError": "chromadesk.errors",
    "overlay": "chromadesk.inference.batch",
    "write_mask": "chromadesk.masks",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
