"""What each format of data sets is for, and what it does not keep."""

from __future__ import annotations

from dataclasses import dataclass

from chromadesk.dataset.formats import table
from chromadesk.studio.words import mark, tr


@dataclass(frozen=True)
class Words:
    """Of one format: its use, and what comes back of it."""

    purpose: str
    keeps: str


_EVERY_PIXEL = mark("Keeps every pixel of every mask.")
_WORDS = {
    "pix2pix": Words(
        mark("Photos in a folder A, masks in B, as ChromaDesk has them itself: for pix2pix and to hand on."),
        _EVERY_PIXEL,
    ),
    "side-by-side": Words(
        mark("One picture a photo, the photo on its left and the mask on its right: pix2pix's “aligned” data sets."),
        mark("Keeps every pixel of every mask; photos become PNG."),
    ),
    "voc": Words(
        mark("The folders of Pascal VOC, which most tools for segmentation read."),
        mark("Keeps every pixel of every mask; photos that are no JPEG become JPEG of quality 95."),
    ),
    "psd": Words(
        mark("A document a photo, a layer a class: to paint in Photoshop, Krita or GIMP, and to bring back."),
        mark("Keeps every pixel of every mask, the photo's colour profile, and the proposal as hidden layers."),
    ),
    "coco": Words(
        mark("One JSON list for Detectron2, MMDetection, FiftyOne and all else that reads COCO."),
        mark("Run lengths keep every pixel of every mask."),
    ),
    "cvat": Words(
        mark("Masks to upload to a task in CVAT, as “Segmentation mask 1.1”."),
        mark("Keeps every pixel of every mask, but not which photos are for testing."),
    ),
    "label-studio": Words(mark("Tasks with brushes, to import in Label Studio."), _EVERY_PIXEL),
    "labelme": Words(mark("A JSON file beside each photo, as labelme saves it."), _EVERY_PIXEL),
    "hugging-face": Words(
        mark("Parquet files for “datasets” and the Hugging Face Hub: columns image and label."), _EVERY_PIXEL
    ),
    "matlab": Words(
        mark("A .mat file a photo with the matrix of its labels, laid out as Clothing Co-Parsing is."), _EVERY_PIXEL
    ),
}
#: What the options of formats are called, and what they cost.
OPTIONS = {
    "paper": (
        mark("As the paper's authors read them"),
        mark("Photo and mask stretched to 512 × 256, masks in RGB colours; their own size does not come back."),
    ),
    "polygons": (
        mark("Outlines to edit, in place of exact masks"),
        mark("Outlines are simplified: pixels at borders may come back as another class."),
    ),
}


def words(name: str) -> Words:
    """Those of the format ``name``, for the person; one that came with a plug-in has none."""
    found = _WORDS.get(name, Words("", ""))
    return Words(tr(found.purpose) if found.purpose else "", tr(found.keeps) if found.keeps else "")


def forms() -> dict[str, table.Format]:
    """Every format by name, those of other packages too."""
    return table.formats()


def titles() -> dict[str, str]:
    """What each is called."""
    return {name: _TITLES.get(name, form.title) for name, form in forms().items()}


#: Names of programs, which are the same in every language.
_TITLES = {
    "pix2pix": "pix2pix (A, B)",
    "side-by-side": "pix2pix (A|B)",
    "voc": "Pascal VOC",
    "psd": "Photoshop (PSD)",
    "coco": "COCO",
    "cvat": "CVAT",
    "label-studio": "Label Studio",
    "labelme": "labelme",
    "hugging-face": "Hugging Face",
    "matlab": "MATLAB",
}
