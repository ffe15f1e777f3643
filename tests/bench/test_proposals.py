"""What the designer thinks of mends the region it is meant for."""

from __future__ import annotations

import numpy as np
import pytest

from chromadesk.bench import paths, proposals
from chromadesk.editing import border, brush, cleanup, lasso
from chromadesk.editing.patch import Box

_BOUNDS = Box(0, 0, 120, 140)


@pytest.fixture
def region() -> paths.Region:
    free = np.zeros((120, 140), bool)
    free[20:100, 30:110] = True
    wrong = np.zeros_like(free)
    wrong[20:26, 30:110] = True  # a band along the upper edge of what the class should be
    ((_, found),) = paths.regions(wrong, free, 3, 0, np.ones(free.shape, np.float32), 5)
    return found


def test_some_brush_stroke_mends_a_band_without_harm(region: paths.Region) -> None:
    mended = []
    for gesture in proposals.with_brush(region):
        assert (gesture.tool, gesture.class_id) == ("brush", 3)
        box, mask = brush.stroke(gesture.path, gesture.size)
        whole = np.zeros((120, 140), bool)
        inside = box.intersection(_BOUNDS)
        whole[inside.slices] = mask[
            inside.top - box.top : inside.bottom - box.top, inside.left - box.left : inside.right - box.left
        ]
        harm = np.count_nonzero(whole[:20]) + np.count_nonzero(whole[20:, :30]) + np.count_nonzero(whole[20:, 110:])
        mended.append((np.count_nonzero(whole[20:26, 30:110]) - harm, gesture.size))
    best, size = max(mended)
    assert best > 0.9 * 6 * 80
    assert size > 6  # wider than the band: it runs beside it, over what is right already


def test_the_lasso_mends_it_to_the_pixel(region: paths.Region) -> None:
    lassos = [gesture for gesture in proposals.with_smart_tools(region) if gesture.tool == "lasso"]
    found = lasso.region(lassos[0].path, _BOUNDS)
    assert found is not None
    assert (found[0], found[1].all()) == (Box(20, 30, 26, 110), True)


def test_every_smart_tool_is_thought_of(region: paths.Region) -> None:
    ideas = proposals.with_smart_tools(region)
    assert {idea.tool for idea in ideas} == {"fill", "lasso", "magnetic", "brush", "scribble"}
    assert all(idea.refine for idea in ideas if idea.tool == "brush")


def test_whole_classes_and_clean_ups() -> None:
    truth = np.zeros((120, 140), np.uint8)
    truth[20:100, 30:110] = 3
    truth[2:5, 2:5] = 3
    (first, *_) = proposals.round_classes(truth, 3, 60)
    found = lasso.region(first.path, _BOUNDS)
    assert found is not None
    assert found[0] == Box(20, 30, 100, 110)
    ideas = proposals.clean_ups(truth)
    assert {idea.tool for idea in ideas} == set(cleanup.STARTS)
    ((x, y),) = next(idea.path for idea in ideas if idea.tool == "person")
    assert truth[int(y), int(x)] == 3


def test_lines_along_true_borders_mend_what_lies_beside_them() -> None:
    truth = np.zeros((120, 140), np.uint8)
    truth[20:100, 30:110] = 3
    labels = truth.copy()
    labels[40:60, 25:30] = 3
    labels[70:80, 30:36] = 0
    ideas = proposals.borders(truth, labels, np.ones((5, 5), np.float32))
    left = []
    for idea in ideas:
        assert idea.tool == "border"
        found = border.redraw(labels, idea.path)
        after = labels.copy()
        if found is not None:
            after[found[0].slices] = found[1]
        left.append(np.count_nonzero(after != truth))
    assert min(left) == 0  # one along both
    assert {60, 100} <= set(left)  # and one along either
    assert proposals.borders(truth, truth, np.ones((5, 5), np.float32)) == []
    assert proposals.borders(truth, labels, np.zeros((5, 5), np.float32)) == []
