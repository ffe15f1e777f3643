"""Ways of the hand keep inside what they mend, and the outline of a region holds just that region."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest

from chromadesk.bench import paths
from chromadesk.editing import lasso
from chromadesk.editing.patch import Box

Mask = npt.NDArray[np.bool_]


def _band() -> Mask:
    mask = np.zeros((60, 80), bool)
    mask[10:17, 10:70] = True
    mask[10:50, 63:70] = True
    return mask


def test_a_centre_line_runs_through_the_middle_from_end_to_end() -> None:
    mask = _band()
    line = paths.centre_line(mask)
    assert all(mask[int(y), int(x)] for x, y in line)
    ends = sorted([line[0], line[-1]])
    assert math.dist(ends[0], (10, 13)) < 6
    assert math.dist(ends[1], (66, 50)) < 6
    inner = [(x, y) for x, y in line if 20 < x < 55]
    assert inner
    assert all(abs(y - 13.5) <= 1 for _, y in inner)


def test_a_single_pixel_has_a_centre_line() -> None:
    mask = np.zeros((5, 5), bool)
    mask[2, 3] = True
    assert paths.centre_line(mask) == ((3.5, 2.5),)


def test_a_lasso_along_the_border_takes_just_the_region() -> None:
    mask = _band()
    found = lasso.region(paths.border(mask), Box(0, 0, 60, 80))
    assert found is not None
    box, inside = found
    whole = np.zeros_like(mask)
    whole[box.slices] = inside
    np.testing.assert_array_equal(whole, mask)


def test_regions_join_across_gaps_only_where_painting_does_no_harm() -> None:
    wrong = np.zeros((40, 60), bool)
    wrong[10:14, 5:25] = wrong[10:14, 29:50] = True
    value = np.ones(wrong.shape, np.float32)
    apart = paths.regions(wrong, wrong, 1, 4, value, 9)
    assert sorted(worth for worth, _ in apart) == [80, 84]
    ((worth, region),) = paths.regions(wrong, np.ones_like(wrong), 1, 4, value, 9)
    assert (worth, np.count_nonzero(region.wrong)) == (164, 164)
    assert np.count_nonzero(region.whole) > 164
    ((worth, _),) = paths.regions(wrong, wrong, 1, 0, value, 1)
    assert worth == 84


def test_a_line_moves_beside_itself_to_where_the_stamp_may_go() -> None:
    centres = np.zeros((20, 30), bool)
    centres[12, 5:25] = True
    assert paths.beside(((6.5, 8.5), (20.5, 8.5), (20.5, 0.5)), centres, 5) == ((6.5, 12.5), (20.5, 12.5))
    assert paths.beside(((6.5, 8.5),), np.zeros_like(centres), 5) == ()


@pytest.mark.parametrize(("closed", "expected"), [(False, 20.0), (True, 20.0 + math.hypot(10, 10))])
def test_lengths(closed: bool, expected: float) -> None:
    assert paths.length(((0, 0), (10, 0), (10, 10)), closed) == pytest.approx(expected)


def test_borders_run_along_the_sides_of_the_pixels_and_round_holes_too() -> None:
    mask = np.zeros((30, 40), bool)
    mask[5:25, 5:35] = True
    mask[10:20, 10:20] = False
    ways = paths.borders(mask)
    assert len(ways) == 2
    for way in ways:
        assert all(min(x % 1, 1 - x % 1) == 0.25 or min(y % 1, 1 - y % 1) == 0.25 for x, y in way)
        assert math.dist(way[0], way[-1]) <= 1


def test_stretches_are_joined_nearest_first_and_none_goes_over_where_all_is_well() -> None:
    way = tuple((float(x) + 0.5, 0.5) for x in range(40))
    beside = np.zeros((1, 40), np.float32)
    beside[0, [5, 6, 10, 30, 31]] = 1
    found = paths.stretches(way, beside)
    spans = [(int(part[0][0]), int(part[-1][0]), worth) for part, worth in found]
    assert spans == [(3, 8, 2.0), (8, 12, 1.0), (28, 33, 2.0), (3, 12, 3.0), (3, 33, 5.0)]
    assert paths.stretches(way, np.zeros((1, 40), np.float32)) == []
    ((whole, worth),) = paths.stretches(way, np.ones((1, 40), np.float32))
    assert (whole, worth) == ((*way, way[0]), 40.0)
    beside[0, [0, 39]] = 1  # over the end of the closed way
    assert any((part[0], part[-1]) == (way[37], way[2]) for part, _ in paths.stretches(way, beside))
