"""From a foreign list of labels to our five classes: the map as a person keeps it (TOML), and its use on label planes.

Maps for the lists that fashion data sets use lie in ``resources/maps``; any other list takes a file of the same form.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk import files, resources
from chromadesk.classes import CLASSES, COUNT, NAMES
from chromadesk.errors import DatasetError, InputError
from chromadesk.reading import read_text

#: Stands for a class where a pixel is of none and takes the nearest one's: borders that were left open ("void").
NEAREST = 254
#: Stands for a class where nobody has decided yet.
UNDECIDED = 255

_WORDS = {**dict(enumerate(NAMES)), NEAREST: "nearest", UNDECIDED: ""}
_OF_WORD = {word: number for number, word in _WORDS.items()}
_MAX_BYTES = 4_000_000


@dataclass(frozen=True)
class Label:
    """One foreign label: its name, its class (0-4, NEAREST or UNDECIDED), and its number where it has one."""

    name: str
    class_id: int
    id: int | None = None

    def is_same(self, met: Label) -> bool:
        """This label of a map is meant where ``met`` was found: by its number if it has no name there."""
        return plain(self.name) == plain(met.name) if met.id is None else self.id == met.id


class Unmapped(DatasetError):
    """Labels occur that the map does not name; ``labels`` are their names, or numbers where they have none."""

    def __init__(self, where: object, labels: list[str], title: str) -> None:
        some = ", ".join(repr(label[:40]) for label in labels[:5])
        more = f" and {len(labels) - 5} more" if len(labels) > 5 else ""
        cure = "rename them there, or add them to a map (--map)"
        super().__init__(f"{where} has labels that {title} says no class of: {some}{more}; {cure}.")
        self.labels = labels


@dataclass(frozen=True)
class ClassMap:
    """Which of our classes each foreign label is. ``others``: the class of every label that is not listed, if any.

    A label is looked up by its name where the foreign file gives one, else by its number.
    """

    title: str
    labels: tuple[Label, ...]
    others: int | None = None

    @cached_property
    def _by_name(self) -> dict[str, int]:
        return {plain(label.name): label.class_id for label in self.labels}

    @cached_property
    def _by_id(self) -> dict[int, int]:
        return {label.id: label.class_id for label in self.labels if label.id is not None}

    def class_of(self, number: int, name: str = "") -> int:
        """The class of a label (0-4 or NEAREST); UNDECIDED where the map does not say."""
        found = self._by_name.get(plain(name)) if name else self._by_id.get(number)
        if found is None and plain(name) == NAMES[0]:
            return 0
        return found if found is not None else UNDECIDED if self.others is None else self.others

    def apply(
        self, labels: npt.NDArray[np.integer], names: Mapping[int, str], where: object
    ) -> tuple[npt.NDArray[np.uint8], int]:
        """An (H, W) plane of foreign numbers as class ids, and how many pixels took the nearest class (see NEAREST).

        ``names`` are those of the numbers, as far as the file gives any; ``where`` it came from. Raises Unmapped.
        """
        found = [int(number) for number in np.unique(labels)]
        classes = {number: self.class_of(number, names.get(number, "")) for number in found}
        unknown = [number for number in found if classes[number] == UNDECIDED]
        if unknown:
            raise Unmapped(where, [names.get(number) or str(number) for number in unknown], f"the map {self.title!r}")
        if labels.dtype == np.uint8:
            table = np.zeros(256, np.uint8)
            table[found] = list(classes.values())
            plane = np.asarray(cv2.LUT(np.ascontiguousarray(labels), table), np.uint8)
        else:
            places = np.searchsorted(np.array(found), labels)
            plane = np.array(list(classes.values()), np.uint8)[places]
        left_open = int(np.count_nonzero(plane == NEAREST))
        return (_settled(plane, where) if left_open else plane), left_open

    def with_labels(self, found: Iterable[Label]) -> ClassMap:
        """This map and those of ``found`` that it does not list yet: for a person to fill in."""
        names, numbers = self._by_name, self._by_id
        added = [
            each for each in found if (plain(each.name) not in names if each.id is None else each.id not in numbers)
        ]
        return ClassMap(self.title, (*self.labels, *added), self.others)

    def deciding(self, label: Label, class_id: int) -> ClassMap:
        """This map, in which ``label`` is of this class, whether it was listed or not."""
        row = Label(label.name, class_id, label.id)
        labels = [row if each.is_same(label) else each for each in self.labels]
        return ClassMap(self.title, tuple(labels if row in labels else [*labels, row]), self.others)

    def text(self) -> str:
        """The map as TOML, a line for each label."""
        lines = [
            f"# classes: {', '.join(NAMES)}; nearest takes the nearest class's",
            f"title = {_quoted(self.title)}",
            *([] if self.others is None else [f"others = {_quoted(_WORDS[self.others])}"]),
            "labels = [",
        ]
        for label in self.labels:
            number = "" if label.id is None else f"id = {label.id}, "
            lines.append(f"  {{ {number}name = {_quoted(label.name)}, class = {_quoted(_WORDS[label.class_id])} }},")
        return "\n".join([*lines, "]", ""])

    def write(self, path: Path) -> None:
        """Keep the map at ``path``, atomically. Raises StorageError."""
        files.write_text(path, self.text())


#: Data in our own classes, by name or number; 255 is what Pascal VOC leaves open.
OWN = ClassMap(
    "ChromaDesk's five classes",
    (
        *(Label(each.name, each.id, each.id) for each in CLASSES),
        *(Label(each.short, each.id) for each in CLASSES),
        Label("void", NEAREST, 255),
        Label("ignore", NEAREST),
    ),
)


def suggested(found: Iterable[Label]) -> list[Label]:
    """``found``, of which those that are called as our classes are have that class."""
    own = OWN._by_name
    return [
        replace(each, class_id=own.get(plain(each.name), UNDECIDED)) if each.class_id == UNDECIDED else each
        for each in found
    ]


def plain(name: str) -> str:
    """A label's name as it is compared: case, spaces, dashes and underscores do not count."""
    return "".join(letter for letter in name.casefold() if letter not in " -_.")


def shipped() -> list[str]:
    """The names of the maps that come with ChromaDesk."""
    return sorted(path.stem for path in (resources.folder() / "maps").glob("*.toml"))


def find(name: str) -> ClassMap:
    """The shipped map called ``name``, else the one in the file ``name``. Raises InputError."""
    if name in shipped():
        return read(resources.folder() / "maps" / f"{name}.toml")
    path = Path(name).expanduser()
    if not path.is_file():
        raise InputError(f"There is no map {name}; give a TOML file, or one of {', '.join(shipped())}.")
    return read(path)


def read(path: Path) -> ClassMap:
    """The map in a TOML file. Raises InputError for what is none."""
    try:
        fields = tomllib.loads(read_text(path, _MAX_BYTES))
    except OSError as error:
        raise InputError(f"The map {path} cannot be read ({error.strerror or error}); check its name.") from error
    except (ValueError, RecursionError) as error:
        reason = (str(error).splitlines() or ["?"])[0][:120]
        raise InputError(f"The map {path} is no TOML ({reason}); mend it, or draft a new one (--draft-map).") from error
    rows = fields.get("labels")
    if not isinstance(rows, list):
        raise InputError(f"The map {path} has no list 'labels'; --draft-map writes one to fill in.")
    labels = tuple(_label(row, number, path) for number, row in enumerate(rows, 1))
    others = fields.get("others")
    if others is not None and not (isinstance(others, str) and others in _OF_WORD and others):
        raise InputError(f"The map {path} puts others into {others!r}; choose from {', '.join(NAMES)}.")
    return ClassMap(str(fields.get("title", path.stem)), labels, None if others is None else _OF_WORD[others])


def _label(row: object, number: int, path: Path) -> Label:
    if not isinstance(row, dict) or not isinstance(row.get("name", row.get("id")), str | int):
        raise InputError(f'Label {number} of the map {path} is not like {{ name = "bag", class = "hair" }}; mend it.')
    word, place = row.get("class", ""), row.get("id")
    if not isinstance(word, str) or word not in _OF_WORD:
        raise InputError(
            f"The map {path} puts {str(row.get('name', place))!r} into {str(word)[:40]!r}; "
            f"choose from {', '.join(NAMES)}."
        )
    if place is not None and (not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < 1 << 31):
        raise InputError(f"Label {number} of the map {path} has the id {place!r}; ids are whole numbers from 0 on.")
    return Label(str(row.get("name", place)), _OF_WORD[word], place)


def _quoted(text: str) -> str:
    """A TOML string: JSON's rules, but for DEL and lone surrogates."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")


def _settled(plane: npt.NDArray[np.uint8], where: object) -> npt.NDArray[np.uint8]:
    """``plane`` with each NEAREST pixel given the class of the nearest other one. Raises DatasetError without any."""
    open_ = plane == NEAREST
    if open_.all():
        raise DatasetError(f"{where} leaves every pixel open; there is no class to take.")
    _, nearest = cv2.distanceTransformWithLabels(
        open_.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    known = plane[~open_]
    of_label = np.zeros(int(nearest.max()) + 1, np.uint8)
    of_label[nearest[~open_]] = known
    assert known.max() < COUNT
    return np.where(open_, of_label[nearest], plane)
