"""Pascal VOC's SegmentationClass: JPEGImages, SegmentationClass, ImageSets/Segmentation and a labelmap.txt.

Masks are indexed PNG whose values are the class ids, coloured as ours. Test photos are listed as val, as VOC calls
them. A border left open (255) takes the nearest class on the way in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from chromadesk import files
from chromadesk.classes import CLASSES
from chromadesk.dataset.formats import label_pictures, photos, places
from chromadesk.dataset.formats.label_pictures import Colours
from chromadesk.dataset.formats.pair import Arriving, Entry, Leaving, Options, Put, Source
from chromadesk.dataset.pairs import Split
from chromadesk.errors import DatasetError
from chromadesk.masks import write_mask
from chromadesk.reading import read_text

LABEL_MAP = "labelmap.txt"
PHOTOS, MASKS, _LISTS = "JPEGImages", "SegmentationClass", "ImageSets/Segmentation"
#: What VOC paints and numbers what was left open.
_OPEN_COLOUR, _OPEN = (224, 224, 192), 255
_MAX_LIST = 100_000_000


@contextmanager
def writing(out: Path, options: Options) -> Iterator[Put]:
    """Photos as JPEG, since VOC's readers ask for that name; see ``pair.Writing``."""
    with writing_lists(out, ("train", "val", "trainval")) as list_:

        def put(pair: Leaving) -> int:
            photos.put(pair.item.photo, out / PHOTOS, pair.name, jpeg=True)
            write_mask(out / MASKS / f"{pair.name}.png", pair.labels)
            list_("val" if pair.split == "test" else "train", pair.name)
            list_("trainval", pair.name)
            return 0

        yield put


@contextmanager
def writing_lists(out: Path, names: tuple[str, ...]) -> Iterator[Callable[[str, str], object]]:
    """Give what adds a line to one of the lists; at the end these and the label map are there."""
    with ExitStack() as stack:
        lists = {}
        for name in names:
            temporary = stack.enter_context(files.replacing(out / _LISTS / f"{name}.txt"))
            lists[name] = stack.enter_context(temporary.open("w", encoding="utf-8", newline="\n"))
        yield lambda name, line: lists[name].write(f"{line}\n")
        for each in lists.values():
            each.close()
    rows = ["# label:color_rgb:parts:actions"]
    rows += [f"{each.name}:{','.join(map(str, each.colour))}::" for each in CLASSES]
    files.write_text(out / LABEL_MAP, "\n".join(rows) + "\n")


def reading(path: Path, foreign: bool) -> Source:
    """The photos of the lists that have a mask; all masks where there are no lists.

    Labels have the names of labelmap.txt where there is one (then RGB masks will do, too), else numbers.
    """
    masks = path / MASKS
    if not masks.is_dir():
        raise DatasetError(f"{path} has no folder {MASKS}; give the one that holds it (VOC2012, say).")
    names, colours = _label_map(path / LABEL_MAP)
    listed = _listed(path)
    if not listed:
        listed = {file.stem: None for file in sorted(masks.glob("*.png"))}
    if not listed:
        raise DatasetError(f"{masks} holds no masks; export the data set again.")

    def load(name: str) -> Arriving:
        mask = places.inside(path, f"{MASKS}/{name}.png", path / _LISTS)
        photo = places.photo_called(path, f"{PHOTOS}/{name}", path / _LISTS)
        if photo is None:
            raise DatasetError(f"{path / PHOTOS} has no photo {name}; put it there, or take it off the lists.")
        return Arriving(label_pictures.read(mask, colours), names, photo)

    entries = (Entry(name, split, partial(load, name)) for name, split in listed.items())
    return Source(len(listed), entries, names)


def _label_map(path: Path) -> tuple[dict[int, str], Colours | None]:
    """Names by number and numbers by colour, as a label map says; nothing without one. Raises DatasetError."""
    if not path.is_file():
        return {}, None
    names, colours = {_OPEN: "void"}, {_OPEN_COLOUR: _OPEN}
    number = 0
    for line in _lines(path):
        if line.startswith("#"):
            continue
        name, _, rest = line.partition(":")
        parts = rest.partition(":")[0].split(",")
        if not name or len(parts) != 3 or not all(part.strip().isdecimal() and int(part) < 256 for part in parts):
            raise DatasetError(f"{path} has the line {line[:60]!r}, which is not like name:red,green,blue::; mend it.")
        red, green, blue = map(int, parts)
        names[number] = name
        colours[red, green, blue] = number
        number += 1 if number + 1 != _OPEN else 2
    return names, colours


def _listed(path: Path) -> dict[str, Split | None]:
    """The names on all lists, in order, with their split."""
    found: dict[str, Split | None] = {}
    for file in sorted((path / _LISTS).glob("*.txt")):
        split = places.split_called(file.stem)
        for name in _lines(file):
            found[name] = split or found.get(name)
    return found if "test" in found.values() else dict.fromkeys(found)  # half a split splits nothing


def _lines(path: Path) -> list[str]:
    """The lines of a text file that are not empty, without space around. Raises DatasetError."""
    try:
        return [line.strip() for line in read_text(path, _MAX_LIST).splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise DatasetError(f"{path} cannot be read as text ({error}); export the data set again.") from error
