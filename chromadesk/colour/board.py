"""Season boards: chosen colours with names, notes and photos, each board a JSON file in the data set's state folder.

The file is the truth: whatever shows a board writes each change at once and keeps nothing else.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from chromadesk import files, reading
from chromadesk.colour.swatch import Swatch, Triple
from chromadesk.errors import InputError
from chromadesk.listing import natural_key

FOLDER = "boards"
#: Of a board, and of one pin: more was not written here.
MOST_PINS, MOST_PHOTOS = 200, 200
_LONGEST = 2000  # characters of a text
_LONGEST_NAME = 200  # bytes of a file's
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10))}


@dataclass(frozen=True)
class Pin:
    """A colour on a board: ``note`` is the person's, ``photos`` the keys of those it was seen in (MOST_PHOTOS at most),
    ``region`` the class or garment it was read from. Its name is the swatch's title.
    """

    swatch: Swatch
    note: str = ""
    photos: tuple[str, ...] = ()
    region: str = ""

    def to_json(self) -> dict[str, Any]:
        """JSON values; Lab says its white."""
        swatch = self.swatch
        return {
            "title": swatch.title,
            "note": self.note,
            "hex": swatch.hex,
            "lab": swatch.lab,
            "medoid": swatch.medoid,
            "white": "D65",
            "share": swatch.share,
            "pixels": swatch.pixels,
            "region": self.region,
            "photos": self.photos[:MOST_PHOTOS],
        }

    @classmethod
    def of_json(cls, fields: Any) -> Pin:
        """What ``to_json`` gives. Raises ValueError, KeyError, TypeError for anything else."""
        medoid = fields["medoid"]
        swatch = Swatch(
            _colour(fields["lab"]),
            _share(fields["share"]),
            pixels=max(int(fields["pixels"]), 0),
            medoid=None if medoid is None else _colour(medoid),
            title=_text(fields["title"]),
        )
        photos = tuple(_text(key) for key in fields["photos"][:MOST_PHOTOS])
        return cls(swatch, _text(fields["note"]), photos, _text(fields["region"]))


@dataclass(frozen=True)
class Board:
    """``pins`` in the order in which they stand; ``note`` is about the board as a whole."""

    title: str
    note: str = ""
    pins: tuple[Pin, ...] = ()

    def with_pin(self, pin: Pin, at: int | None = None) -> Board:
        """The same with ``pin`` at place ``at``, else at the end. Raises InputError when the board is full."""
        if len(self.pins) >= MOST_PINS:
            raise InputError(f"The board {self.title} holds {MOST_PINS:,} colours, which is the most; begin another.")
        place = len(self.pins) if at is None else at
        return replace(self, pins=(*self.pins[:place], pin, *self.pins[place:]))

    def without(self, place: int) -> Board:
        """The same without the pin at ``place``."""
        return replace(self, pins=(*self.pins[:place], *self.pins[place + 1 :]))

    def with_changed(self, place: int, pin: Pin) -> Board:
        """The same with ``pin`` instead of the one at ``place``."""
        return replace(self, pins=(*self.pins[:place], pin, *self.pins[place + 1 :]))

    def moved(self, place: int, to: int) -> Board:
        """The same with the pin at ``place`` at the place ``to``, the others closing up."""
        others = [*self.pins[:place], *self.pins[place + 1 :]]
        others.insert(to, self.pins[place])
        return replace(self, pins=tuple(others))


def path_of(state: Path, name: str) -> Path:
    """Where the board called ``name`` lies, in the state folder ``state``."""
    return state / FOLDER / f"{name}.json"


def listed(state: Path) -> list[str]:
    """The names of the boards in ``state``, in natural order. Raises InputError when they cannot be listed."""
    folder = state / FOLDER
    try:
        found = [path.stem for path in folder.iterdir() if path.suffix == ".json" and not path.name.startswith(".")]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(
            f"The boards in {folder} cannot be listed ({error.strerror or error}); check its permissions."
        ) from error
    return sorted(found, key=order)


def order(name: str) -> tuple[str, str]:
    """What boards are sorted by."""
    return natural_key(name)


def free_name(title: str, taken: Iterable[str]) -> str:
    """A name for a board called ``title`` that every system takes for a file's, and that is not among ``taken``."""
    plain = " ".join(_UNFIT.sub(" ", title).split())[:80]
    plain = plain.encode("utf-8", "replace")[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .") or "board"
    if plain.partition(".")[0].lower() in _RESERVED:
        plain = f"{plain} board"
    used = {name.casefold() for name in taken}  # Windows and macOS do not tell a from A
    names = [plain, *(f"{plain} {number}" for number in range(2, len(used) + 3))]
    return next(name for name in names if name.casefold() not in used)


def write(state: Path, name: str, board: Board) -> None:
    """Put ``board`` on disk. Raises StorageError."""
    fields = {"title": board.title, "note": board.note, "pins": [pin.to_json() for pin in board.pins]}
    files.write_text(path_of(state, name), json.dumps(fields, indent=1, ensure_ascii=False) + "\n")


def read(state: Path, name: str) -> Board:
    """The board called ``name``. Raises InputError for a file that is none."""
    path = path_of(state, name)
    try:
        fields = reading.read_json(path)
        pins = fields["pins"]
        if len(pins) > MOST_PINS:
            raise ValueError("more pins than a board has")
        return Board(_text(fields["title"]), _text(fields["note"]), tuple(Pin.of_json(pin) for pin in pins))
    except OSError as error:
        raise InputError(
            f"The board {path} cannot be read ({error.strerror or error}); check its permissions."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise InputError(f"{path} is no board that can be read; restore it from a copy, or delete it.") from error


def remove(state: Path, name: str) -> None:
    """Take the board called ``name`` off the disk. Raises StorageError."""
    files.remove(path_of(state, name))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value[:_LONGEST]


def _share(value: Any) -> float:
    if not 0 <= (share := float(value)) <= 1:
        raise ValueError("not a share")
    return share


def _colour(values: Any) -> Triple:
    one, two, three = (float(value) for value in values)
    if not all(math.isfinite(value) and abs(value) <= 1000 for value in (one, two, three)):
        raise ValueError("not a colour")
    return one, two, three
