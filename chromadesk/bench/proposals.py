"""Which gestures the scripted designer thinks of to mend a region, with the brush alone and with the smart tools."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk.bench import paths
from chromadesk.bench.gestures import CLEAN_UPS, SCRIBBLE_SIZE, START_SIZE, Gesture, amount
from chromadesk.bench.paths import Path, Region
from chromadesk.editing.brush import Point

Plane = npt.NDArray[np.uint8]

#: Diameters the brush is tried with, photo pixels.
SIZES = (1, 2, 3, 4, 5, 7, 9, 12, 16, 21, 28, START_SIZE, 56, 75, paths.WIDEST)
#: How far the stamp may reach over what it must not paint, photo pixels.
_SLACK = (0.5, 1.5, 3.0)
#: So many parts of a class may be gone round.
_PARTS = 12
#: The tools that look at the photo are thought of for regions of so many pixels and more.
_LARGE = 40
#: Ways and outlines are drawn with corners no farther than this from where they should be, photo pixels.
_ROUGH = 0.8
#: So many lines along borders are tried: those worth most for their length and so many photo pixels more.
_LINES, _AT_ONCE = 400, 200
_TOLERANCES = (0.6, 1.5, 3.0)


def with_brush(region: Region) -> list[Gesture]:
    """Strokes along the middle of the region with stamps that fit it; strokes along its edge with wider ones, which
    keep to what the class may be painted on; runs round the rim of a thick one; single dabs.
    """
    room = paths.depth(region.free)
    thick = paths.depth(region.wrong)
    deepest = float(thick.max())
    line = _walk(paths.centre_line(region.whole))
    near = paths.depth(~region.wrong)
    found: list[Gesture] = []
    for size in SIZES:
        if size < 0.6 * deepest:  # many strokes where one with a wider stamp does
            continue
        for slack in _SLACK:
            if slack > _SLACK[0] and slack * 2 > size:
                continue
            centres = (room > size / 2 - slack) & (near <= size / 2)
            way = paths.beside(line, centres, size / 2 + deepest)
            if not way:
                continue
            way = paths.simplified(way, max(_ROUGH, size / 16))
            found.append(_brush(region, way, size))
            if slack < _SLACK[-1] and deepest > size * 0.7 and size > 2:
                rims = [paths.simplified((*rim, rim[0]), _ROUGH) for rim in paths.outlines(centres)[:2]]
                found += [_brush(region, rim, size) for rim in rims if len(rim) > 2]
        best = np.unravel_index(int(np.argmax(np.where(region.wrong, np.minimum(thick, size / 2), 0))), thick.shape)
        if size / 2 <= deepest + 4:
            found.append(_brush(region, (_centre(best),), size))
    return _on_photo(region, found)


def parts(stroke: Gesture) -> list[Gesture]:
    """Either half of a brush stroke alone, and the straight line from its beginning to its end."""
    way = stroke.path
    if len(way) < 3 or way[0] == way[-1]:
        return []
    return [replace(stroke, path=part) for part in (*_halves(way), (way[0], way[-1]))]


def with_smart_tools(region: Region) -> list[Gesture]:
    """The lasso round it, close and roughly, magnetic dabs and scribbles along its middle, a fill at its deepest
    place, and rough strokes that are refined.
    """
    thick = paths.depth(region.wrong)
    deepest = float(thick.max())
    middle = _centre(np.unravel_index(int(np.argmax(thick)), thick.shape))
    line = paths.simplified(_walk(paths.centre_line(region.whole)), _ROUGH)
    class_id = region.class_id
    found = [Gesture("fill", class_id, (middle,))]
    for tolerance in _TOLERANCES:
        found += _lassos(region, paths.simplified(paths.border(region.whole), tolerance, True), tolerance)
    if np.count_nonzero(region.wrong) < _LARGE:
        return _on_photo(region, found)
    wide = 2 * deepest
    for factor in (2, 5):
        size = min(max(round(wide * factor), 6), paths.WIDEST)
        found.append(Gesture("magnetic", class_id, (middle,), size))
        if factor == 2 and len(line) > 1 and paths.length(line) < 12 * size:
            found.append(Gesture("magnetic", class_id, line, size))
    for size in (round(wide * 0.7), round(wide)):
        if size >= 4:
            found.append(Gesture("brush", class_id, line, min(size, paths.WIDEST), refine=True))
    scribble = min(SCRIBBLE_SIZE, max(round(wide * 0.7), 1))
    found.append(Gesture("scribble", class_id, (middle,), scribble))
    for way in dict.fromkeys((line, _middle_part(line))):
        if len(way) > 1:
            found.append(Gesture("scribble", class_id, way, scribble))
    return _on_photo(region, found)


def round_classes(truth: Plane, class_id: int, least: int) -> list[Gesture]:
    """The lasso round each whole part of a class that has at least so many pixels."""
    found = []
    mask = truth == class_id
    for size, region in paths.regions(mask, mask, class_id, 0, np.ones(mask.shape, np.float32), _PARTS):
        if size >= least:
            border = paths.border(region.whole)
            ways = [paths.simplified(border, tolerance, True) for tolerance in _TOLERANCES[:2]]
            found += _on_photo(region, [Gesture("lasso", class_id, way) for way in ways if len(way) > 2])
    return found


def borders(truth: Plane, labels: Plane, needed: paths.Field) -> list[Gesture]:
    """Lines along stretches of the classes' true borders beside which pixels are wrong, and along several in one."""
    value = np.where(labels != truth, needed[truth, labels], np.float32(0))
    beside = np.asarray(cv2.dilate(value, np.ones((3, 3), np.uint8)), np.float32)
    found: dict[Path, float] = {}
    for class_id in np.unique(truth).tolist():
        for way in paths.borders(truth == class_id):
            for stretch, worth in paths.stretches(way, beside):
                for tolerance in _TOLERANCES:
                    line = paths.simplified(stretch, tolerance)
                    if len(line) > 1:
                        found[line] = max(found.get(line, 0.0), worth)
    dearest = sorted(found, key=lambda line: -found[line] / (_AT_ONCE + paths.length(line)))[:_LINES]
    return [Gesture("border", 0, line) for line in dearest]


def clean_ups(truth: Plane) -> list[Gesture]:
    """Each as it starts, weaker and stronger; the person who stays is where the truth's foreground is thickest."""
    found = []
    inside = paths.depth(truth > 0)
    middle = _centre(np.unravel_index(int(np.argmax(inside)), inside.shape))
    height, width = truth.shape
    for name in CLEAN_UPS:
        start = amount(name, (height, width))
        sizes = {start} if name == "person" else {max(start // 2, 1), start, start * 2, start * 4}
        way: Path = (middle,) if name == "person" else ()
        found += [Gesture(name, 0, way, size) for size in sorted(sizes)]
    return found


def _lassos(region: Region, way: Path, tolerance: float) -> list[Gesture]:
    if len(way) < 3:
        return []
    found = [Gesture("lasso", region.class_id, way)]
    if tolerance > 1:
        found.append(Gesture("lasso", region.class_id, way, refine=True))
    return found


def _brush(region: Region, way: Path, size: int) -> Gesture:
    return Gesture("brush", region.class_id, way, size)


def _on_photo(region: Region, found: Iterable[Gesture]) -> list[Gesture]:
    moved = (
        Gesture(each.tool, each.class_id, paths.shifted(each.path, region.box), each.size, each.refine)
        for each in found
    )
    return list(dict.fromkeys(moved))


def _walk(line: Path) -> Path:
    """``line`` with a point at least every three pixels."""
    found = [line[0]]
    for start, end in itertools.pairwise(line):
        steps = max(1, math.ceil(math.dist(start, end) / 3))
        found += [
            (start[0] + (end[0] - start[0]) * step / steps, start[1] + (end[1] - start[1]) * step / steps)
            for step in range(1, steps + 1)
        ]
    return tuple(found)


def _halves(line: Path) -> tuple[Path, ...]:
    if len(line) < 4:
        return ()
    middle = len(line) // 2
    return line[: middle + 1], line[middle:]


def _middle_part(line: Path) -> Path:
    quarter = len(line) // 4
    return line[quarter : len(line) - quarter]


def _centre(place: tuple[np.intp, ...]) -> Point:
    return float(place[1]) + 0.5, float(place[0]) + 0.5
