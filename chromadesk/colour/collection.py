"""The colours of a collection of photos: overall and by group, and what changes between the groups.

All of it comes from the photos' own swatches (see gathered), so it takes no longer than a glance, and every mark knows
the photos behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from chromadesk.colour import hues
from chromadesk.colour.gathered import PhotoColours
from chromadesk.colour.pool import Mark, Pool, Weighting
from chromadesk.colour.trends import Change, Distance, Trends
from chromadesk.colour.trust import Trust, trust_of

#: Colours of a collection, and of a group of it, before those nearer than MERGE (CIEDE2000, 2:1) become one.
COLOURS, GROUP_COLOURS = 22, 14
MERGE = 4.0
#: Sectors of the hue wheel; cells of the map a side, over lightness 0-1 and chroma 0 to MAP_CHROMA (OKLCh).
SECTORS = 36
CELLS = (16, 16)
MAP_CHROMA = 0.30
#: With more groups only neighbours are compared, and no distances are drawn.
COMPARED = 12


@dataclass(frozen=True)
class Summary:
    """One selection of photos. Marks of ``palette`` come largest first; ``families`` in the order of hues.FAMILIES,
    those that occur; ``wheel``: the chromatic colours by sector of hue; ``map``: all, by cell of lightness and chroma.

    Shares are of all the selection's colours, so those of the wheel add up to its ``chromatic`` share.
    """

    name: str
    keys: tuple[str, ...]
    pixels: int
    palette: tuple[Mark, ...]
    families: tuple[Mark, ...]
    wheel: tuple[Mark, ...]
    map: tuple[Mark, ...]

    @property
    def chromatic(self) -> float:
        """The share that is no neutral, 0-1."""
        return sum(mark.share for mark in self.families if mark.name in hues.HUES)

    def to_json(self) -> dict[str, Any]:
        """JSON values."""
        marks = {
            name: [mark.to_json() for mark in getattr(self, name)] for name in ("palette", "families", "wheel", "map")
        }
        return {
            "name": self.name,
            "photos": list(self.keys),
            "pixels": self.pixels,
            "chromatic": round(self.chromatic, 6),
            **marks,
        }


@dataclass(frozen=True)
class Comparison:
    """From the group ``before`` to the group ``after``: every colour of the overall palette, steepest rise first."""

    before: str
    after: str
    changes: tuple[Change, ...]

    def to_json(self) -> dict[str, Any]:
        """JSON values."""
        return {"before": self.before, "after": self.after, "changes": [change.to_json() for change in self.changes]}


@dataclass(frozen=True)
class Collection:
    """``by``: what the groups go by, empty without any; ``comparisons``: neighbours first, the latest two foremost;
    ``distances``: every pair of groups.
    """

    class_name: str
    weighting: Weighting
    trust: Trust
    overall: Summary
    by: str = ""
    groups: tuple[Summary, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    distances: tuple[Distance, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """JSON values, for files other programs read; Lab under D65, hues and chroma in OKLCh."""
        return {
            "class": self.class_name,
            "weighting": self.weighting,
            "trust": self.trust.to_json(),
            "overall": self.overall.to_json(),
            "by": self.by,
            "groups": [group.to_json() for group in self.groups],
            "comparisons": [comparison.to_json() for comparison in self.comparisons],
            "distances": [distance.to_json() for distance in self.distances],
        }


def collect(
    photos: Sequence[PhotoColours],
    groups: Mapping[str, Iterable[str]] | None = None,
    by: str = "",
    weighting: Weighting = "photo",
    class_name: str = "clothes",
    model: str = "",
    unread: int = 0,
    others: str = "unknown",
) -> Collection:
    """What ``photos`` show together and in ``groups`` (name -> keys, in the order in which they shall stand).

    The group called ``others``, of photos that nobody sorted, is compared with none. Photos without swatches are told
    of in ``trust`` and count nowhere else, groups of none but them are left out. The same photos always give the same.
    """
    pool = Pool(photos, weighting)
    assigned = pool.colours(COLOURS, MERGE)
    marks = pool.marks(assigned)
    overall = _summary("all", pool, marks.values())
    places = {key: number for number, key in enumerate(pool.keys)}
    members = {name: [places[key] for key in keys if key in places] for name, keys in (groups or {}).items()}
    members = {name: indices for name, indices in members.items() if indices}
    summaries = []
    for name, indices in members.items():
        part = Pool([pool.photos[index] for index in indices], weighting)
        summaries.append(_summary(name, part, part.marks(part.colours(GROUP_COLOURS, MERGE)).values()))
    trends = Trends(pool, assigned, marks, members)
    names = [name for name in members if name != others]
    close = list(pairwise(names))[::-1]
    pairs = list(combinations(names, 2)) if len(names) <= COMPARED else []
    return Collection(
        class_name,
        weighting,
        trust_of(photos, model, unread),
        overall,
        by,
        tuple(summaries),
        tuple(
            Comparison(before, after, tuple(trends.changes(before, after)))
            for before, after in dict.fromkeys([*close, *pairs])
        ),
        tuple(trends.distance(one, two) for one, two in pairs),
    )


def _summary(name: str, pool: Pool, palette: Iterable[Mark]) -> Summary:
    family = hues.family(pool.oklch) if len(pool.lab) else np.zeros(0, np.intp)
    by_family = pool.marks(family)
    light, chroma, hue = pool.oklch[:, 0], pool.oklch[:, 1], pool.oklch[:, 2]
    sector = np.where(family < len(hues.NEUTRALS), -1, (hue * SECTORS / 360).astype(np.intp) % SECTORS)
    down, across = CELLS
    row = np.clip((light * down).astype(np.intp), 0, down - 1)
    column = np.clip((chroma / MAP_CHROMA * across).astype(np.intp), 0, across - 1)
    return Summary(
        name,
        tuple(pool.keys),
        sum(photo.pixels for photo in pool.photos),
        tuple(sorted(palette, key=lambda mark: (-mark.share, mark.swatch.hex))),
        tuple(replace(mark, label=hues.FAMILIES[number]) for number, mark in sorted(by_family.items())),
        tuple(
            replace(mark, at=(number * 360 / SECTORS, (number + 1) * 360 / SECTORS))
            for number, mark in sorted(pool.marks(sector).items())
        ),
        tuple(replace(mark, at=mark.swatch.oklch[:2]) for _, mark in sorted(pool.marks(row * across + column).items())),
    )
