"""What changes between the groups of a collection: colours that rise and fall, and how far palettes lie apart.

Both rest on resampling whole photos, never pixels: the pixels of one photo are no independent witnesses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from chromadesk.colour import distance
from chromadesk.colour.difference import delta_e00
from chromadesk.colour.pool import Mark, Pool
from chromadesk.colour.spaces import Floats

#: Of a bootstrap, and of the shuffles that say what chance does.
ROUNDS, SHUFFLES = 1000, 100
CONFIDENCE = 0.95
_SEED = 20


@dataclass(frozen=True)
class Change:
    """A colour's share before and after, and the bootstrap interval of the difference; shares are 0-1."""

    mark: Mark
    before: float
    after: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before

    @property
    def verdict(self) -> Literal["rising", "falling", "not sure"]:
        """``not sure`` when the interval includes zero."""
        return "rising" if self.low > 0 else "falling" if self.high < 0 else "not sure"

    def to_json(self) -> dict[str, Any]:
        """JSON values; the photos are those of the palette's colour of the same hex."""
        return {
            "name": self.mark.name,
            "hex": self.mark.swatch.hex,
            "before": round(self.before, 6),
            "after": round(self.after, 6),
            "difference": round(self.difference, 6),
            "interval": [round(self.low, 6), round(self.high, 6)],
            "verdict": self.verdict,
        }


@dataclass(frozen=True)
class Distance:
    """Earth mover's distance with CIEDE2000 between two groups' colours; ``chance``: what 19 of 20 random splits of the
    same photos into two such groups stay below.
    """

    one: str
    two: str
    value: float
    chance: float

    def to_json(self) -> dict[str, Any]:
        """JSON values."""
        return {"one": self.one, "two": self.two, "value": round(self.value, 4), "chance": round(self.chance, 4)}


class Trends:
    """Comparisons of ``groups`` (name -> photos, as indices into the pool's) over ``marks``, by number in (N,)
    ``assigned``: every group is resampled once and for all, so each comparison is cheap and repeats exactly.
    """

    def __init__(
        self,
        pool: Pool,
        assigned: npt.NDArray[np.intp],
        marks: Mapping[int, Mark],
        groups: Mapping[str, Sequence[int]],
    ) -> None:
        numbers = sorted(marks)
        places = np.full(max(numbers, default=0) + 1, 0)
        places[numbers] = np.arange(len(numbers))
        self._marks = [marks[number] for number in numbers]
        self._matrix = pool.matrix(places[assigned], max(len(numbers), 1)) if numbers else np.zeros((0, 1))
        self._counts = pool.counts
        self._groups = {name: np.array(members, np.intp) for name, members in groups.items()}
        self._means = {name: self._mean(members) for name, members in self._groups.items()}
        self._draws: dict[str, Floats] = {}
        lab = np.array([mark.swatch.lab for mark in self._marks]).reshape(-1, 3)
        self._costs = delta_e00(lab[:, None], lab[None])

    def changes(self, before: str, after: str) -> list[Change]:
        """Every colour from ``before`` to ``after``, the steepest rise first. Raises KeyError."""
        differences = self._drawn(after) - self._drawn(before)
        tail = 100 * (1 - CONFIDENCE) / 2
        low, high = np.percentile(differences, [tail, 100 - tail], axis=0)
        if min(len(self._groups[before]), len(self._groups[after])) < 2:  # of one photo nothing can be drawn anew
            low, high = np.full_like(low, -1.0), np.full_like(high, 1.0)
        found = [
            Change(mark, float(one), float(two), float(least), float(most))
            for mark, one, two, least, most in zip(
                self._marks, self._means[before], self._means[after], low, high, strict=True
            )
        ]
        return sorted(found, key=lambda change: (-change.difference, change.mark.swatch.hex))

    def distance(self, one: str, two: str) -> Distance:
        """How far two groups' colours lie apart. Raises KeyError."""
        value = _moved(self._means[one], self._means[two], self._costs)
        both = np.concatenate([self._groups[one], self._groups[two]])
        rng = np.random.default_rng(_SEED)
        size = len(self._groups[one])
        splits = []
        for _ in range(SHUFFLES):
            mixed = rng.permutation(both)
            splits.append(_moved(self._mean(mixed[:size]), self._mean(mixed[size:]), self._costs))
        return Distance(one, two, value, float(np.percentile(splits, 95)))

    def _mean(self, members: npt.NDArray[np.intp]) -> Floats:
        counts = self._counts[members]
        return np.asarray(counts @ self._matrix[members] / max(counts.sum(), 1.0))

    def _drawn(self, group: str) -> Floats:
        """(ROUNDS, marks): the shares in as many samples of the group's photos, drawn with replacement."""
        if group not in self._draws:
            members = self._groups[group]
            rng = np.random.default_rng([_SEED, *group.encode()])
            times = rng.multinomial(len(members), np.full(len(members), 1 / len(members)), size=ROUNDS)
            counted = times * self._counts[members]
            self._draws[group] = (counted @ self._matrix[members]) / np.maximum(counted.sum(axis=1), 1.0)[:, None]
        return self._draws[group]


def _moved(one: Floats, two: Floats, costs: Floats) -> float:
    """The earth mover's distance between two ways, (M,) and (M,), to share one palette; ``costs``: (M, M)."""
    before, after = np.flatnonzero(one > 0), np.flatnonzero(two > 0)
    return distance.cost(one[before] / one.sum(), two[after] / two.sum(), costs[np.ix_(before, after)])
