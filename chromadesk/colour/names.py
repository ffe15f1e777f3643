"""Names of colours: everyday ones, as people who work with clothes say them, or those of a published list."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from chromadesk import resources
from chromadesk.colour import spaces

#: One colour that everybody would call so, for each name.
NAMES: dict[str, str] = {
    "black": "#121214",
    "off-black": "#242427",
    "charcoal": "#36363a",
    "dark grey": "#58585a",
    "grey": "#8b8b8d",
    "silver": "#b4b4b8",
    "light grey": "#d6d6d8",
    "white": "#fafafa",
    "ivory": "#f7f1e1",
    "cream": "#f3e4bf",
    "sand": "#d6c3a0",
    "beige": "#c8b195",
    "mushroom": "#a89a8f",
    "taupe": "#857468",
    "camel": "#c19a6b",
    "caramel": "#b5794f",
    "tan": "#d2a684",
    "mocha": "#6e534b",
    "brown": "#7a4a2b",
    "dark brown": "#44291c",
    "espresso": "#2e1b12",
    "rust": "#a5482a",
    "terracotta": "#c4694a",
    "orange": "#f68d12",
    "peach": "#f6bd97",
    "coral": "#f4745f",
    "red": "#cf1f2b",
    "burgundy": "#6a1428",
    "oxblood": "#421118",
    "blush": "#f1d6ce",
    "pink": "#f7acc0",
    "dusty rose": "#b77f80",
    "mauve": "#9c8489",
    "fuchsia": "#d61f83",
    "plum": "#5b2750",
    "purple": "#79359c",
    "lavender": "#b9a5dc",
    "navy": "#0d1868",
    "midnight blue": "#17202f",
    "royal blue": "#2349bd",
    "blue": "#2f7fd2",
    "denim": "#4a6689",
    "slate": "#5d6a78",
    "steel blue": "#6f8fa9",
    "light blue": "#a9cbe8",
    "teal": "#15757a",
    "turquoise": "#35c2bd",
    "mint": "#b2e3c7",
    "green": "#2f9447",
    "forest green": "#1c4a2e",
    "sage": "#9caa8b",
    "pine": "#4a5d4d",
    "olive": "#66652c",
    "khaki": "#9a8f63",
    "lime": "#aad13a",
    "yellow": "#f8dc37",
    "mustard": "#cf9c1e",
}


#: The lists to choose from: our own, CSS's, and that of XKCD's survey.
LISTS = ("everyday", "css", "xkcd")
List = Literal["everyday", "css", "xkcd"]


def name(rgb: tuple[int, int, int], of: List = "everyday") -> str:
    """The name in the list ``of`` that comes nearest to an sRGB colour (0-255), by OKLab with a and b threefold."""
    words, places = _list(of)
    distances = np.linalg.norm(places - _place(np.array(rgb, np.uint8)), axis=1)
    return words[int(distances.argmin())]


def colours(of: List = "everyday") -> dict[str, str]:
    """Every name in the list ``of`` with its colour, ``#rrggbb``, in the list's order."""
    if of == "everyday":
        return NAMES
    # Lines of "name,#rrggbb"; what the list is, whose, and under which licence stands in README.md beside it.
    lines = (resources.folder() / "colours" / f"{of}.csv").read_text("utf-8").splitlines()
    return dict(line.rsplit(",", 1) for line in lines[1:])


def _place(rgb: npt.NDArray[np.uint8]) -> spaces.Floats:
    # OKLab's a and b count threefold: a dark blue is called blue rather than black, however dark.
    return spaces.srgb_to_oklab(spaces.from_bytes(rgb)) * (1.0, 3.0, 3.0)


@cache
def _list(of: List) -> tuple[tuple[str, ...], spaces.Floats]:
    """The names, and where each lies."""
    found = colours(of)
    return tuple(found), _place(np.array([list(bytes.fromhex(code[1:])) for code in found.values()], np.uint8))
