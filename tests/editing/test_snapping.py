"""Refine after the stroke: sloppy outlines on a picture whose edges are known."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from chromadesk.editing.document import Document
from chromadesk.editing.patch import Box
from chromadesk.editing.snapping import snap
from chromadesk.editing.stroke import Stroke

SIZE = (400, 300)
ALL = Box(0, 0, *SIZE)


@pytest.fixture
def shape() -> np.ndarray:
    made = np.zeros(SIZE, np.uint8)
    cv2.ellipse(made, (150, 200), (70, 110), 20, 0, 360, 1, -1)
    return made.astype(bool)


@pytest.fixture
def pixels(shape: np.ndarray) -> np.ndarray:
    made = np.where(shape[..., None], (90, 50, 40), (180, 180, 170)) + np.random.default_rng(0).normal(0, 4, (*SIZE, 3))
    return np.clip(made, 0, 255).astype(np.uint8)


def grown(shape: np.ndarray, by: int) -> np.ndarray:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * abs(by) + 1, 2 * abs(by) + 1))
    return (cv2.dilate if by > 0 else cv2.erode)(shape.astype(np.uint8), kernel).astype(bool)


def painted(labels: np.ndarray, mask: np.ndarray, class_id: int = 3, locked: frozenset[int] = frozenset()) -> Stroke:
    stroke = Stroke(Document(Path("a.jpg"), labels), class_id, locked)
    stroke.add(ALL, mask)
    return stroke


@pytest.mark.parametrize("by", [-5, -3, 3, 5])
def test_a_sloppy_outline_comes_to_the_edge_in_the_same_step(shape: np.ndarray, pixels: np.ndarray, by: int) -> None:
    stroke = painted(np.zeros(SIZE, np.uint8), grown(shape, by))
    document = stroke.document
    off = np.count_nonzero((document.labels == 3) != shape)
    snap(stroke, pixels)
    stroke.finish()
    assert np.count_nonzero((document.labels == 3) != shape) < 0.25 * off
    assert len(document.history.done) == 1
    assert np.array_equal(document.touched, document.labels == 3)
    document.undo()
    assert not document.labels.any()
    assert not document.touched.any()


def test_without_an_edge_the_outline_stays_about_where_it_is(shape: np.ndarray) -> None:
    stroke = painted(np.zeros(SIZE, np.uint8), shape)
    snap(stroke, np.full((*SIZE, 3), 128, np.uint8))
    moved = (stroke.document.labels == 3) != shape
    assert not (moved & grown(shape, -8)).any()
    assert not (moved & ~grown(shape, 8)).any()


def test_locked_classes_are_left_alone(shape: np.ndarray, pixels: np.ndarray) -> None:
    labels = np.zeros(SIZE, np.uint8)
    labels[200:] = 2
    stroke = painted(labels, grown(shape, -5), locked=frozenset({2}))
    off = np.count_nonzero((stroke.document.labels[:190] == 3) != shape[:190])
    snap(stroke, pixels)
    assert (stroke.document.labels[200:] == 2).all()
    assert np.count_nonzero((stroke.document.labels[:190] == 3) != shape[:190]) < 0.25 * off


def test_what_had_the_class_before_keeps_it(shape: np.ndarray, pixels: np.ndarray) -> None:
    labels = np.zeros(SIZE, np.uint8)
    labels[10:60, 10:290] = 3  # though no edge of the photo is there
    stroke = painted(labels, grown(shape, 4))
    snap(stroke, pixels)
    assert (stroke.document.labels[10:60, 10:290] == 3).all()


def test_a_thin_stroke_is_left_as_drawn(pixels: np.ndarray) -> None:
    line = np.zeros(SIZE, bool)
    line[100:103, 50:200] = True
    stroke = painted(np.zeros(SIZE, np.uint8), line)
    snap(stroke, pixels)
    assert np.array_equal(stroke.document.labels == 3, line)


def test_a_thin_part_of_a_thick_stroke_is_not_lost(shape: np.ndarray, pixels: np.ndarray) -> None:
    pixels[40:50, 20:280] = (90, 50, 40)
    mask = grown(shape, 3)
    mask[40:50, 20:280] = True
    mask[45:100, 145:155] = True
    stroke = painted(np.zeros(SIZE, np.uint8), mask)
    snap(stroke, pixels)
    assert (stroke.document.labels[43:47, 30:270] == 3).mean() > 0.9


def test_a_stroke_that_painted_nothing(pixels: np.ndarray) -> None:
    stroke = Stroke(Document(Path("a.jpg"), np.zeros(SIZE, np.uint8)), 3)
    snap(stroke, pixels)
    stroke.add(Box(-20, -20, -10, -10), np.ones((10, 10), bool))
    snap(stroke, pixels)
    assert stroke.finish() is None


def test_a_large_stroke_is_flooded_at_a_smaller_size_and_still_comes_close(
    shape: np.ndarray, pixels: np.ndarray
) -> None:
    large = pixels.repeat(10, axis=0).repeat(10, axis=1)
    wanted = shape.repeat(10, axis=0).repeat(10, axis=1)
    sloppy = grown(shape, 4).repeat(10, axis=0).repeat(10, axis=1)
    stroke = Stroke(Document(Path("a.jpg"), np.zeros(wanted.shape, np.uint8)), 3)
    stroke.add(Box(0, 0, *wanted.shape), sloppy)
    snap(stroke, large)
    off = np.count_nonzero((stroke.document.labels == 3) != wanted)
    assert off < 0.3 * np.count_nonzero(sloppy != wanted)
