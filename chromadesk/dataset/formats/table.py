"""The formats of data sets: what each is called, what writes and what reads it, what it cannot keep.

Other packages add theirs by the entry point group ``chromadesk.formats``, whose entries are Formats.
"""

from __future__ import annotations

import functools
import importlib.util
import re
import sys
from dataclasses import dataclass

from chromadesk import plugins
from chromadesk.dataset.formats import (
    coco,
    cvat,
    hugging_face,
    label_studio,
    labelme,
    matlab,
    pix2pix,
    psd,
    side_by_side,
    voc,
)
from chromadesk.dataset.formats.pair import Options, Reading, Writing
from chromadesk.errors import InputError


@dataclass(frozen=True)
class Format:
    """``offers``: the Options it knows. ``extra``: the one of ChromaDesk's that reading takes (and ``writing``, where
    ``writes_with_extra``), and the module it brings. ``flat``: photos of both splits lie in one place,
    so that all names must differ.
    """

    title: str
    writing: Writing
    reading: Reading
    offers: tuple[str, ...] = ()
    extra: tuple[str, str] | None = None
    writes_with_extra: bool = False
    flat: bool = False


FORMATS: dict[str, Format] = {
    "pix2pix": Format("pix2pix folders A and B", pix2pix.writing, pix2pix.reading, ("paper",)),
    "side-by-side": Format("A and B in one picture", side_by_side.writing, side_by_side.reading, ("paper",)),
    "voc": Format("Pascal VOC, SegmentationClass", voc.writing, voc.reading, flat=True),
    "psd": Format("Photoshop documents", psd.writing, psd.reading, extra=("psd", "psd_tools")),
    "coco": Format("COCO", coco.writing, coco.reading, ("polygons",)),
    "cvat": Format("CVAT, segmentation mask", cvat.writing, cvat.reading, flat=True),
    "label-studio": Format("Label Studio brushes", label_studio.writing, label_studio.reading, flat=True),
    "labelme": Format("labelme", labelme.writing, labelme.reading, ("polygons",)),
    "hugging-face": Format(
        "Hugging Face Parquet",
        hugging_face.writing,
        hugging_face.reading,
        extra=("parquet", "pyarrow"),
        writes_with_extra=True,
    ),
    "matlab": Format("MATLAB label maps", matlab.writing, matlab.reading),
}


def formats() -> dict[str, Format]:
    """Every format by name: our own, then those of other packages."""
    return {**FORMATS, **_plugged(tuple(sys.path))}


def to_read(name: str) -> Format:
    """The format called ``name``. Raises InputError for an unknown one, and where its extra is missing."""
    found = _find(name)
    _check_extra(found)
    return found


def to_write(name: str, options: Options) -> Format:
    """The format called ``name``, which can be written with ``options``. Raises InputError as ``to_read`` does."""
    found = _find(name)
    for option in ("paper", "polygons"):
        if getattr(options, option) and option not in found.offers:
            able = ", ".join(other for other, each in formats().items() if option in each.offers)
            raise InputError(f"{found.title} cannot be written with --{option}; that is for {able}.")
    if found.writes_with_extra:
        _check_extra(found)
    return found


def _find(name: str) -> Format:
    found = FORMATS.get(name.lower()) or formats().get(name.lower())
    if found is None:
        raise InputError(f"There is no format {name!r}; choose from {', '.join(formats())}.")
    return found


@functools.lru_cache(maxsize=8)
def _plugged(path: tuple[str, ...]) -> dict[str, Format]:
    """The formats of other packages on the import path."""

    def check(name: str, form: object) -> Format:
        if not isinstance(form, Format) or not (callable(form.writing) and callable(form.reading)):
            raise plugins.Unfit("it is no Format")
        if name in FORMATS or not re.fullmatch("[a-z0-9-]{1,40}", name):
            raise plugins.Unfit("its name is taken, or has more than small letters, digits and dashes")
        return form

    return plugins.load("formats", check)


def _check_extra(form: Format) -> None:
    if form.extra is not None:
        extra, module = form.extra
        if importlib.util.find_spec(module) is None:
            cure = f'install it with: pip install "chromadesk[{extra}]"'
            raise InputError(f"This format, {form.title}, takes an extra; {cure}")
