"""Run lengths, COCO's and Label Studio's."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from chromadesk.dataset.formats import runs

PLANES = arrays.arrays(bool, arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=20))


@given(PLANES, st.sampled_from([1, 40]))
def test_cocos_letters_are_those_of_pycocotools(plane: np.ndarray, scale: int) -> None:
    masks = pytest.importorskip("pycocotools.mask")
    plane = plane.repeat(scale, 0)
    with warnings.catch_warnings():  # its __array__ knows no copy=, says NumPy 2
        warnings.simplefilter("ignore", DeprecationWarning)
        theirs = masks.encode(np.asfortranarray(plane.astype(np.uint8)))["counts"].decode()
    assert runs.to_coco(plane) == theirs
    assert (runs.plane(runs.from_coco(theirs), plane.shape) == plane).all()


@given(PLANES, st.sampled_from([1, 200]))
def test_label_studios_bits_come_back(plane: np.ndarray, scale: int) -> None:
    plane = plane.repeat(scale, 0).repeat(scale, 1) if plane.size * scale**2 < 500_000 else plane
    assert (runs.from_label_studio(runs.to_label_studio(plane), plane.shape) == plane).all()


@given(PLANES)
def test_label_studios_converter_reads_our_bits_and_we_its(plane: np.ndarray) -> None:
    if folder := os.environ.get("CHROMADESK_WITNESSES"):
        sys.path.append(folder)
    brush = pytest.importorskip("label_studio_converter.brush", reason="label-studio-converter is not here")
    size = *plane.shape, 4
    assert (brush.decode_rle(runs.to_label_studio(plane)).reshape(size)[..., 3] == 255 * plane).all()
    theirs = brush.encode_rle(np.repeat(255 * plane.astype(np.uint8).ravel(), 4))
    assert (runs.from_label_studio(theirs, plane.shape) == plane).all()


def test_unlike_values_in_a_row_are_read() -> None:
    """Label Studio writes short stretches as they are, not as runs."""
    bits = f"{8:032b}{7:05b}" + "".join(f"{size:04b}" for size in (2, 3, 7, 15))
    bits += "0" + "01" + "0111" + "".join(f"{value:08b}" for value in (1, 2, 3, 200, 5, 6, 7, 100))
    bits += "0" * (-len(bits) % 8)
    code = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
    assert runs.from_label_studio(code, (1, 2)).tolist() == [[True, False]]


@given(st.lists(st.integers(-5, 300), max_size=30))
def test_any_list_of_numbers_is_a_brush_or_refused(code: list[int]) -> None:
    with contextlib.suppress(runs.Broken):
        assert runs.from_label_studio(code, (2, 3)).shape == (2, 3)


@given(st.text(max_size=12))
def test_any_text_is_counts_or_refused(text: str) -> None:
    with contextlib.suppress(runs.Broken):
        assert runs.plane(runs.from_coco(text), (3, 2)).shape == (3, 2)


@pytest.mark.parametrize("counts", [[], [-1, 7], [3, 4], [1.5, 4.5], ["6"], [True, 5]])
def test_counts_that_cover_no_such_plane_are_refused(counts: list) -> None:
    with pytest.raises(runs.Broken):
        runs.plane(json.loads(json.dumps(counts)), (2, 3))
