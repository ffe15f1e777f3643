"""Geodesic distance against a plain Dijkstra, and across pictures whose answer is known."""

from __future__ import annotations

import heapq

import numpy as np
import pytest

from chromadesk.editing.geodesic import FAR, distance, steps


def dijkstra(seeds: np.ndarray, down: np.ndarray, across: np.ndarray) -> np.ndarray:
    found = np.full(seeds.shape, np.inf)
    queue = [(0.0, int(row), int(column)) for row, column in np.argwhere(seeds)]
    while queue:
        far, row, column = heapq.heappop(queue)
        if far >= found[row, column]:
            continue
        found[row, column] = far
        if row:
            heapq.heappush(queue, (far + down[row - 1, column], row - 1, column))
        if row + 1 < seeds.shape[0]:
            heapq.heappush(queue, (far + down[row, column], row + 1, column))
        if column:
            heapq.heappush(queue, (far + across[row, column - 1], row, column - 1))
        if column + 1 < seeds.shape[1]:
            heapq.heappush(queue, (far + across[row, column], row, column + 1))
    return found


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1), (17, 23)])
def test_enough_rounds_give_the_shortest_paths(size: tuple[int, int]) -> None:
    generator = np.random.default_rng(3)
    down = generator.random((size[0] - 1, size[1]), np.float32)
    across = generator.random((size[0], size[1] - 1), np.float32)
    seeds = np.zeros(size, bool)
    seeds[size[0] // 2, size[1] // 3] = True
    found = distance(seeds, down, across, rounds=40)
    assert found == pytest.approx(dijkstra(seeds, down, across), abs=5e-3)


def test_few_rounds_never_find_a_way_shorter_than_there_is() -> None:
    generator = np.random.default_rng(4)
    down, across = generator.random((30, 40), np.float32), generator.random((31, 39), np.float32)
    seeds = np.zeros((31, 40), bool)
    seeds[3, 3] = True
    exact = dijkstra(seeds, down, across)
    for rounds in (1, 2, 3):
        assert (distance(seeds, down, across, rounds) >= exact - 5e-3).all()


def test_an_edge_costs_its_height_and_the_flat_nothing() -> None:
    colours = np.zeros((6, 8, 3), np.float32)
    colours[:, 4:] = (30, 0, 40)
    seeds = np.zeros((6, 8), bool)
    seeds[2, 1] = True
    found = distance(seeds, *steps(colours, 1.0))
    assert (found[:, :4] == 0).all()
    assert found[:, 4:] == pytest.approx(49)  # 50 in Lab, less the grain


def test_without_seeds_everything_is_far() -> None:
    colours = np.zeros((4, 5, 3), np.float32)
    assert (distance(np.zeros((4, 5), bool), *steps(colours, 1.0)) == FAR).all()
