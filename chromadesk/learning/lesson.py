"""What a training learns from and what judges it: photos corrected and others, photos held out and test photos."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.dataset.splits import photo_hash
from chromadesk.jobs.messages import Cancelled, Report, Warned
from chromadesk.learning.config import TrainConfig
from chromadesk.learning.data import approved_pairs, training_pairs
from chromadesk.models import library
from chromadesk.models.info import read_info

#: Photos are held out where so many may teach, and where so many can be held out: fewer judge badly.
_LEAST_TO_TEACH, _LEAST_HELD = 50, 10
#: One in so many is held out, and so many at most.
_ONE_IN, _MOST_HELD = 10, 60


@dataclass(frozen=True)
class Lesson:
    """``photos``: those that teach, the ``corrected`` ones first. ``held``: train photos that only judge each epoch.
    ``test``: the approved test photos. ``decided``: the keys of photos that a person decided on.
    """

    photos: list[Item]
    corrected: int
    held: list[Item]
    test: list[Item]
    decided: frozenset[str]

    @property
    def judges(self) -> list[Item]:
        """Whom the epochs are compared on: the held ones, or else the test photos; none: nobody."""
        return self.held or self.test

    @property
    def judged_on(self) -> str | None:
        """``held``, ``test`` or None."""
        return "held" if self.held else "test" if self.test else None

    def portions(self, config: TrainConfig) -> tuple[int, int]:
        """How many samples an epoch has of the corrected photos and of the others."""
        return config.portions(self.corrected, len(self.photos) - self.corrected)

    def state_dict(self) -> dict[str, Any]:
        """For the checkpoint."""
        return {
            "photos": [item.key for item in self.photos],
            "corrected": self.corrected,
            "held": [item.key for item in self.held],
            "test": [item.key for item in self.test],
        }


def plan(dataset: Dataset, config: TrainConfig, report: Report, cancelled: Cancelled) -> Lesson:
    """The lesson that ``config`` asks for. Raises DatasetError where nothing can teach, errors.Cancelled.

    Epochs are better judged by photos that neither teach nor test. A tenth of the uncorrected train photos is held out
    for that, by the hash of key and seed, where that makes ten or more and the parent has not learned from them (on
    photos it knows by heart every fine-tune looks worse). Corrected photos always teach. Which of them the parent knew
    is not asked: it remembers photos, not masks, and a photo corrected since is new to it.
    """
    corrected_only = config.photos == "corrected"
    found = training_pairs(dataset, "corrected" if corrected_only else "all", report, cancelled)
    test = approved_pairs(dataset, "test") if dataset.select("test") else []
    with Index.open(dataset) as index:
        decided = frozenset(index.corrected())
    count = sum(item.key in decided for item in found)
    if config.photos == "mixed" and not count:
        report(Warned("No photo to train on has been corrected yet, so all of them are shown alike."))
    kind = config.kind_of_photos(count)
    if kind == "all":
        often, others = [], found
    else:
        often = [item for item in found if item.key in decided]
        others = [item for item in found if item.key not in decided]
    held = _held([item for item in others if item.key not in decided], len(found), dataset, config)
    gone = {item.key for item in held}
    return Lesson([*often, *(item for item in others if item.key not in gone)], len(often), held, test, decided)


def again(kept: dict[str, Any], dataset: Dataset, config: TrainConfig, report: Report, cancelled: Cancelled) -> Lesson:
    """The lesson of a checkpoint, whatever has been approved since, less what may not teach any more (of which it
    warns). Raises as ``plan``.
    """
    allowed = {item.key: item for item in training_pairs(dataset, "all", report, cancelled)}
    judges = {item.key: item for item in dataset.select("all")}
    with Index.open(dataset) as index:
        decided = frozenset(index.corrected())
    photos = [allowed[key] for key in kept["photos"] if key in allowed]
    if not photos:
        return plan(dataset, config, report, cancelled)
    lost = len(kept["photos"]) - len(photos)
    if lost:
        report(Warned(f"{lost} photos that this training began with may not teach any more; it goes on without them."))
    corrected = sum(key in allowed for key in kept["photos"][: kept["corrected"]])
    held, test = ([judges[key] for key in kept[name] if key in judges] for name in ("held", "test"))
    return Lesson(photos, corrected, held, [item for item in test if item.split == "test"], decided)


def _held(others: list[Item], teaching: int, dataset: Dataset, config: TrainConfig) -> list[Item]:
    if not config.total_patience or teaching < _LEAST_TO_TEACH:
        return []
    by_hash = {item.key: hashlib.sha256(f"{config.seed}:held:{item.key}".encode()).digest() for item in others}
    chosen = [item for item in others if by_hash[item.key][0] < 256 // _ONE_IN]
    if config.init is not None and chosen:
        known = set(read_info(library.find(config.init, dataset.state)).trained_on)
        chosen = [item for item in chosen if photo_hash(item.photo) not in known]
    chosen = sorted(chosen, key=lambda item: by_hash[item.key])[:_MOST_HELD]
    return chosen if len(chosen) >= _LEAST_HELD else []
