"""A scripted designer who sees the truth: greedy, gesture by gesture, until the mask is good enough. No torch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from chromadesk.bench import paths, proposals
from chromadesk.bench.gestures import CLEAN_UPS, Desk, Gesture, Hand, amount, fitted
from chromadesk.classes import COUNT
from chromadesk.editing.document import Document
from chromadesk.editing.patch import Box, Plane

Arm = Literal["brush", "smart"]
Matrix = npt.NDArray[np.int64]

#: So many screen pixels of the way weigh as much as one gesture when it is chosen what to do next.
WEIGHED = 200.0
#: After so many gestures a photo counts as not reached.
MOST = 200
#: Wrong pixels are joined to regions across gaps of twice so many photo pixels.
_REACHES = (0, 4, 12)
#: So many regions are looked at, those most worth it first; more when none of these helps.
_LOOKED_AT, _MORE = 16, 80
#: Of so many strokes to mend a region, the most promising, parts are tried too.
_PROMISING = 4
#: What a wrong pixel more costs even where every class stays good enough, and what a region of such pixels is worth.
_HARM = _BESIDE = 0.1
#: The whole of a class is gone round only where it is a little larger than a dot.
_LEAST_PART = 60


class Trial(NamedTuple):
    """A gesture, the window its effect comes from, and what it changes in the confusion matrix."""

    gesture: Gesture
    seen: Box
    change: Matrix


@dataclass
class Outcome:
    """What it took: ``travelled`` in screen pixels; ``tools``: gestures and switches a tool; ``iou`` at the end."""

    gestures: int = 0
    travelled: float = 0.0
    reached: bool = False
    iou: dict[int, float] = field(default_factory=dict)
    steps: Counter[str] = field(default_factory=Counter)

    def to_json(self) -> dict[str, Any]:
        """For the file."""
        return {
            "gestures": self.gestures,
            "travelled": round(self.travelled),
            "reached": self.reached,
            "iou": {str(class_id): round(value, 4) for class_id, value in self.iou.items()},
            "steps": dict(self.steps.most_common()),
        }


def confusion(truth: Plane, labels: Plane) -> Matrix:
    """How many pixels of each class (rows) bear each label (columns)."""
    pairs = truth.astype(np.uint8) * np.uint8(COUNT) + labels
    return np.bincount(pairs.ravel(), minlength=COUNT * COUNT).reshape(COUNT, COUNT)


def ious(matrix: Matrix) -> dict[int, float]:
    """Intersection over union of each class that is present in the truth."""
    hits, unions = np.diag(matrix), matrix.sum(0) + matrix.sum(1) - np.diag(matrix)
    return {class_id: float(hits[class_id] / unions[class_id]) for class_id in np.flatnonzero(matrix.sum(1)).tolist()}


def missing(matrix: Matrix, goal: float) -> float:
    """Pixels to mend until each present class reaches ``goal``."""
    hits, unions = np.diag(matrix), matrix.sum(0) + matrix.sum(1) - np.diag(matrix)
    return float(np.maximum(goal * unions - hits, 0)[matrix.sum(1) > 0].sum())


def gain(matrix: Matrix, change: Matrix, goal: float) -> float:
    """By how many pixels ``change`` brings ``matrix`` nearer to ``goal``; wrong pixels that it adds take a little off,
    so that what harms classes that are good enough is no free lunch.
    """
    harm = int(change.sum() - np.diag(change).sum())
    return missing(matrix, goal) - missing(matrix + change, goal) - _HARM * max(harm, 0)


class Designer:
    """Brings one mask to the goal. ``arm`` says with what: the brush, or the smart tools as well."""

    def __init__(self, desk: Desk, truth: Plane, arm: Arm, goal: float) -> None:
        self.desk, self.truth, self.arm, self.goal = desk, truth, arm, goal
        self.size = desk.document.size
        self.scale = fitted(self.size)
        sliders = {name: amount(name, self.size) for name in CLEAN_UPS}
        self.hand = Hand((self.size[1] / 2, self.size[0] / 2), sliders=sliders)
        self.matrix = confusion(truth, desk.document.labels)
        #: What was thought of for regions that are still as they were, by what tells them.
        self._known: dict[tuple[int, ...], list[Trial]] = {}
        self._classes: list[Trial] | None = None
        self._borders: dict[Gesture, Trial] = {}
        self._cleaned: list[Trial] | None = None

    def work(self) -> Outcome:
        """Gesture after gesture, each the one that mends most for its cost, until the goal, or none helps, or MOST."""
        outcome = Outcome()
        while outcome.gestures < MOST and not self._good():
            chosen = self._best(self._trials(_LOOKED_AT)) or self._best(self._trials(_MORE))
            if chosen is None:
                break
            count, travelled = self._cost(chosen)
            outcome.gestures += count
            outcome.travelled += travelled
            outcome.steps[chosen.tool + (" refined" if chosen.refine else "")] += 1
            self._make(chosen)
        outcome.reached = self._good()
        outcome.iou = ious(self.matrix)
        return outcome

    def _good(self) -> bool:
        return min(ious(self.matrix).values()) >= self.goal

    def _cost(self, gesture: Gesture) -> tuple[int, float]:
        """Gestures, and screen pixels that the pointer goes."""
        way = self.hand.way_to(gesture) + gesture.length
        return self.hand.changes(gesture) + gesture.presses(self.scale), way * self.scale

    def _best(self, trials: list[Trial]) -> Gesture | None:
        """What mends most for its cost; None when nothing mends anything. What it does is looked at once more before
        it is believed, since the photo round it may have changed.
        """
        rated: list[tuple[float, int, Gesture]] = []
        for number, trial in enumerate(trials):
            mended = gain(self.matrix, trial.change, self.goal)
            if mended > 0:
                best = max(self._worth(mended, gesture) for gesture in self._ways(trial.gesture))
                rated.append((best, number, trial.gesture))
        for worth, _, gesture in sorted(rated, key=lambda each: -each[0]):
            mended = gain(self.matrix, self._try(gesture).change, self.goal)
            if mended <= 0:
                continue
            ways = list(self._ways(gesture))
            values = [self._worth(mended, way) for way in ways]
            if max(values) >= 0.9 * worth:
                return ways[int(np.argmax(values))]
        return None

    def _worth(self, mended: float, gesture: Gesture) -> float:
        count, travelled = self._cost(gesture)
        return mended / (count + travelled / WEIGHED)

    def _ways(self, gesture: Gesture) -> Iterable[Gesture]:
        """The gesture from either end (a closed one from where the pointer is nearest), and with the eraser where that
        does the same.
        """
        tools = [gesture]
        if self.arm == "smart" and gesture.tool == "brush" and gesture.class_id == 0:
            tools.append(Gesture("eraser", 0, gesture.path, gesture.size, gesture.refine))
        for each in tools:
            begun = each.begun_near(self.hand.at)
            yield begun
            yield begun.turned()

    def _trials(self, most: int) -> list[Trial]:
        """Everything there is to choose from now."""
        known: dict[tuple[int, ...], list[Trial]] = {}
        for key, region in self._regions(most):
            trials = self._known.get(key)
            if trials is None:
                trials = self._ideas(region)
            known[key] = trials
        self._known = known
        found = [trial for trials in known.values() for trial in trials]
        if self.arm == "smart":
            found += self._whole_classes() + self._clean_ups() + self._redrawn()
        return found

    def _ideas(self, region: paths.Region) -> list[Trial]:
        """What there is to do about a region; parts of strokes are tried of the most promising ones."""
        trials = [self._try(gesture) for gesture in proposals.with_brush(region)]
        promising = sorted(trials, key=self._promise, reverse=True)[:_PROMISING]
        ideas = [part for trial in promising for part in proposals.parts(trial.gesture)]
        if self.arm == "smart":
            ideas += proposals.with_smart_tools(region)
        return trials + [self._try(gesture) for gesture in ideas]

    def _promise(self, trial: Trial) -> float:
        return self._worth(gain(self.matrix, trial.change, self.goal), trial.gesture)

    def _whole_classes(self) -> list[Trial]:
        if self._classes is None:
            present = np.flatnonzero(self.matrix.sum(1)).tolist()
            ideas = [
                idea for each in present if each for idea in proposals.round_classes(self.truth, each, _LEAST_PART)
            ]
            self._classes = [self._try(idea) for idea in ideas]
        return self._classes

    def _redrawn(self) -> list[Trial]:
        """Stretches of the true borders beside what is wrong."""
        known: dict[Gesture, Trial] = {}
        for gesture in proposals.borders(self.truth, self.desk.document.labels, self._needed() - np.float32(_BESIDE)):
            trial = self._borders.get(gesture)
            known[gesture] = self._try(gesture) if trial is None else trial
        self._borders = known
        return list(known.values())

    def _clean_ups(self) -> list[Trial]:
        if self._cleaned is None:
            self._cleaned = [self._try(idea) for idea in proposals.clean_ups(self.truth)]
        return self._cleaned

    def _regions(self, most: int) -> list[tuple[tuple[int, ...], paths.Region]]:
        """The wrong regions whose pixels the goal needs most."""
        labels = self.desk.document.labels
        wrong = labels != self.truth
        value = self._needed()[self.truth, labels]
        found: dict[tuple[int, ...], tuple[float, paths.Region]] = {}
        for class_id in range(COUNT):
            right = self.truth == class_id
            mine = wrong & right
            if not (value[mine] > 2 * _BESIDE).any():
                continue
            for reach in _REACHES:
                for worth, region in paths.regions(mine, wrong | right, class_id, reach, value, most):
                    tells = (class_id, *region.box, hash(region.whole.tobytes()))
                    found[tells] = worth, region  # another reach may find the same
        dearest = sorted(found, key=lambda tells: -found[tells][0])[:most]
        return [(tells, found[tells][1]) for tells in dearest]

    def _needed(self) -> paths.Field:
        """What one pixel of each class (rows) that bears a label (columns) is worth when it is mended."""
        current = ious(self.matrix)
        lacks = np.array([current.get(class_id, 1.0) < self.goal for class_id in range(COUNT)])
        return np.asarray(_BESIDE + lacks[:, None] + lacks[None, :] * self.goal, np.float32)

    def _try(self, gesture: Gesture) -> Trial:
        """What ``gesture`` would do; the document is as before afterwards."""
        document = self.desk.document
        if gesture.tool in CLEAN_UPS:
            return Trial(gesture, document.bounds, self._change(document.bounds, self.desk.cleaned(gesture)))
        stroke = self.desk.begin(gesture)
        box = stroke.box or Box(0, 0, 0, 0)
        after = document.labels[box.slices].copy()
        stroke.cancel()
        return Trial(gesture, box, self._change(box, after))

    def _change(self, box: Box, after: Plane) -> Matrix:
        """What becomes of the confusion matrix when the labels in ``box`` become ``after``."""
        before = self.desk.document.labels[box.slices]
        changed = before != after
        truth = self.truth[box.slices][changed]
        return confusion(truth, after[changed]) - confusion(truth, before[changed])

    def _make(self, gesture: Gesture) -> None:
        box = self.desk.make(gesture)
        self.hand.take(gesture)
        self.matrix = confusion(self.truth, self.desk.document.labels)
        self._cleaned = None
        if box is None:
            return
        self._known = {key: self._again(trials, box) for key, trials in self._known.items()}
        self._borders = {
            trial.gesture: trial for trial in self._borders.values() if _around(trial.gesture).intersection(box).empty
        }
        if self._classes is not None:
            self._classes = self._again(self._classes, box)

    def _again(self, trials: list[Trial], box: Box) -> list[Trial]:
        """The trials, those made anew that ``box`` has a part in."""
        return [trial if trial.seen.intersection(box).empty else self._try(trial.gesture) for trial in trials]


def _around(gesture: Gesture) -> Box:
    """Where the labels matter for a redrawn border, about: round its line."""
    (left, right), (top, bottom) = ((min(each), max(each)) for each in zip(*gesture.path, strict=True))
    return Box(int(top) - 20, int(left) - 20, int(bottom) + 20, int(right) + 20)


def work(
    photo: npt.NDArray[np.uint8],
    document: Document,
    truth: Plane,
    chances: npt.NDArray[np.uint8] | None,
    arm: Arm,
    goal: float,
) -> Outcome:
    """Bring ``document`` to ``goal`` IoU of each class present in ``truth`` (uint8 (H, W)), if it can be done.

    ``photo`` uint8 (H, W, 3); ``chances`` as in ``editing.scribble``, or None.
    """
    return Designer(Desk(document, photo, chances), truth, arm, goal).work()
