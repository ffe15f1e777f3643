"""What a person decided on the colours of one photo, as it lies on disk: a small JSON file in the state folder.

Hand-made swatches, the grey point and the regions of a class are decisions: they are kept as files, and stand when the
mask changes and the colours are read again.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from chromadesk import classes, files, reading
from chromadesk.colour import source, spaces
from chromadesk.colour.palette import Anchor
from chromadesk.colour.swatch import Triple
from chromadesk.sidecars import beside

FOLDER = "colours"
_MOST = 64  # of anything: a file of more was not written here
_SEEDS = 10_000
_LONGEST = 2000  # characters of a text
_EDGE = 1 << 20  # no photo is as long in pixels


@dataclass(frozen=True)
class Region:
    """A garment among a class's pixels: ``name`` it, and ``seeds`` (row, column) lie on it."""

    name: str
    class_id: int
    seeds: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Grey:
    """A place (row, column) that is neutral in truth, and its colour, XYZ under D65."""

    at: tuple[int, int]
    xyz: Triple


@dataclass(frozen=True)
class Kept:
    """``anchors`` by region: the name of a class, or that of a Region."""

    anchors: dict[str, tuple[Anchor, ...]] = field(default_factory=dict)
    grey: Grey | None = None
    regions: tuple[Region, ...] = ()

    def with_anchors(self, region: str, anchors: tuple[Anchor, ...]) -> Kept:
        """The same with other anchors in ``region``; none: it is found by itself again."""
        others = {name: kept for name, kept in self.anchors.items() if name != region}
        return replace(self, anchors=others | ({region: anchors} if anchors else {}))

    def under(self, grey: Grey | None) -> Kept:
        """The same in the light of another grey point: what was decided on is still the same place in the photo, and
        its colour moves with the photo's.
        """
        before, after = (source.light_of(each.xyz if each else None) for each in (self.grey, grey))

        def moved(lab: Triple) -> Triple:
            seen = spaces.adapted(spaces.lab_to_xyz(np.array(lab)), spaces.WHITE, before)
            one, two, three = spaces.xyz_to_lab(spaces.adapted(seen, after, spaces.WHITE)).tolist()
            return one, two, three

        anchors = {
            region: tuple(
                replace(
                    anchor,
                    members=tuple(map(moved, anchor.members)),
                    colour=None if anchor.colour is None else moved(anchor.colour),
                )
                for anchor in kept
            )
            for region, kept in self.anchors.items()
        }
        return replace(self, anchors=anchors, grey=grey)


def path_of(state: Path, key: str) -> Path:
    """Where the decisions on the colours of the photo ``key`` lie, in the state folder ``state``."""
    return beside(state / FOLDER, key, ".json")


def write(path: Path, kept: Kept) -> None:
    """Put the decisions on disk, or take the file away when there are none. Raises StorageError."""
    if kept == Kept():
        files.remove(path)
        return
    fields: dict[str, Any] = {
        "anchors": {
            region: [
                {
                    "members": anchor.members,
                    "colour": anchor.colour,
                    "title": anchor.title,
                    "picked": anchor.picked,
                    "white": "D65",
                }
                for anchor in anchors
            ]
            for region, anchors in kept.anchors.items()
        },
        "grey": None if kept.grey is None else {"at": kept.grey.at, "xyz": kept.grey.xyz, "white": "D65"},
        "regions": [
            {"name": each.name, "class": classes.NAMES[each.class_id], "seeds": each.seeds} for each in kept.regions
        ],
    }
    files.write_text(path, json.dumps(fields, indent=1) + "\n")


def read(path: Path) -> Kept:
    """The decisions on disk; none where there is no file, or one that cannot be understood."""
    try:
        fields = reading.read_json(path)
        grey = fields["grey"]
        return Kept(
            {
                _text(region): tuple(_anchor(each) for each in anchors[:_MOST])
                for region, anchors in list(fields["anchors"].items())[:_MOST]
            },
            None if grey is None else Grey(_place(grey["at"]), _triple(grey["xyz"])),
            tuple(
                Region(
                    _text(each["name"]),
                    classes.NAMES.index(each["class"]),
                    tuple(_place(seed) for seed in each["seeds"][:_SEEDS]),
                )
                for each in fields["regions"][:_MOST]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return Kept()


def _anchor(fields: dict[str, Any]) -> Anchor:
    colour = fields["colour"]
    members = tuple(_triple(member) for member in fields["members"][:_MOST])
    if not members:
        raise ValueError("an anchor without members")
    return Anchor(members, None if colour is None else _triple(colour), _text(fields["title"]), bool(fields["picked"]))


def _triple(values: Any) -> Triple:
    one, two, three = (float(value) for value in values)
    if not all(map(math.isfinite, (one, two, three))):
        raise ValueError("not a colour")
    return one, two, three


def _place(values: Any) -> tuple[int, int]:
    row, column = (int(value) for value in values)
    if not (0 <= row < _EDGE and 0 <= column < _EDGE):
        raise ValueError("not a place")
    return row, column


def _text(value: Any) -> str:
    return str(value)[:_LONGEST]
