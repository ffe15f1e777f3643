"""What a person does to a palette: merge, split, lock, reorder, pick, name. Each gives the anchors that make it stand.

After the first of these all swatches of the palette are anchors: what a person arranged is not rearranged. Colours that
are far from all of them may still come up beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from chromadesk.colour import clusters, spaces
from chromadesk.colour.difference import delta_e00
from chromadesk.colour.palette import Anchor, Found
from chromadesk.colour.source import Source
from chromadesk.colour.swatch import Swatch, Triple, triple

Anchors = tuple[Anchor, ...]


def arranged(swatches: Sequence[Swatch], anchors: Sequence[Anchor]) -> Anchors:
    """Anchors for all ``swatches`` of a palette, whose first were ``anchors`` before."""
    return (*anchors, *(Anchor((swatch.lab,), title=swatch.title) for swatch in swatches[len(anchors) :]))


def merged(anchors: Anchors, one: int, two: int) -> Anchors:
    """Two become one, at the place of the first."""
    first, second = anchors[one], anchors[two]
    both = replace(
        first, members=first.members + second.members, colour=None, title=first.title or second.title, picked=False
    )
    return tuple(both if place == one else anchor for place, anchor in enumerate(anchors) if place != two)


def split(anchors: Anchors, one: int, source: Source, found: Found) -> Anchors:
    """One becomes two, each nearer to its own pixels; the same anchors when its pixels are all of one colour."""
    own, counted = found.which == one, found.counted
    points, weights = spaces.xyz_to_oklab(source.xyz(counted.values[own])), counted.pixels[own]
    if len(points) < 2:
        return anchors
    centres, _ = clusters.cluster(points, weights, 2)
    parts = [replace(anchors[one], members=(triple(lab),), colour=None) for lab in spaces.oklab_to_lab(centres)]
    parts[1] = replace(parts[1], title="")
    return (*anchors[:one], *parts, *anchors[one + 1 :])


def locked(anchors: Anchors, one: int, colour: Triple | None) -> Anchors:
    """One is held at ``colour`` (CIE Lab, D65), or with None follows its pixels again."""
    return _changed(anchors, one, replace(anchors[one], colour=colour, picked=False))


def named(anchors: Anchors, one: int, title: str) -> Anchors:
    """One is called ``title``; empty: by its colour."""
    return _changed(anchors, one, replace(anchors[one], title=title))


def moved(anchors: Anchors, one: int, place: int) -> Anchors:
    """One stands at ``place`` in the row."""
    others = [anchor for number, anchor in enumerate(anchors) if number != one]
    return (*others[:place], anchors[one], *others[place:])


def removed(anchors: Anchors, one: int) -> Anchors:
    """One is given up; its pixels go to the one that looks most like it, or it would come up again.

    Raises ValueError when it is the only one.
    """
    gone = anchors[one]
    away = [
        np.inf if number == one else float(delta_e00(np.array(anchor.members), np.array(gone.members[0])).min())
        for number, anchor in enumerate(anchors)
    ]
    if len(anchors) < 2:
        raise ValueError("the only colour of a palette cannot be given up")
    heir = int(np.argmin(away))
    grown = replace(anchors[heir], members=anchors[heir].members + gone.members)
    return tuple(grown if number == heir else anchor for number, anchor in enumerate(anchors) if number != one)


def picked(anchors: Anchors, colour: Triple) -> Anchors:
    """A colour taken from the photo by hand (CIE Lab, D65) joins the row, and is held."""
    return (*anchors, Anchor((colour,), colour, picked=True))


def _changed(anchors: Anchors, one: int, anchor: Anchor) -> Anchors:
    return tuple(anchor if number == one else each for number, each in enumerate(anchors))
