"""Boxes and the patch codec."""

from __future__ import annotations

import struct
import tracemalloc
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chromadesk.editing.patch import Box, Patch, bounding_box

#: A photo that any of the boxes here lies in.
ANY = (2**32, 2**32)


@st.composite
def patches(draw: st.DrawFn) -> Patch:
    height, width = draw(st.integers(1, 12)), draw(st.integers(1, 12))
    top, left = draw(st.integers(0, 2**31)), draw(st.integers(0, 2**31))
    planes = hnp.arrays(np.uint8, (height, width), elements=st.sampled_from([*range(5), *range(128, 133)]))
    return Patch(
        draw(st.sampled_from(Patch.KINDS)), Box(top, left, top + height, left + width), draw(planes), draw(planes)
    )


@given(patches())
def test_codec_gives_back_what_it_took(patch: Patch) -> None:
    old, new = patch.old.copy(), patch.new.copy()
    again = Patch.decode(patch.encode(), ANY)
    assert (again.kind, again.box) == (patch.kind, patch.box)
    for found in (again, patch):  # packed by now
        assert np.array_equal(found.old, old)
        assert np.array_equal(found.new, new)


@given(patches(), st.data())
def test_damaged_bytes_are_refused_or_fill_the_box(patch: Patch, data: st.DataObject) -> None:
    encoded = bytearray(patch.encode())
    cut = data.draw(st.integers(0, len(encoded) - 1))
    with pytest.raises(ValueError, match="patch"):
        Patch.decode(bytes(encoded[:cut]), ANY)
    encoded[cut] ^= data.draw(st.integers(1, 255))
    try:
        found = Patch.decode(bytes(encoded), ANY)
    except ValueError:
        return
    assert found.old.shape == found.new.shape == (found.box.height, found.box.width)


@given(hnp.arrays(bool, hnp.array_shapes(min_dims=2, max_dims=2, max_side=9)))
def test_bounding_box_is_tight(mask: np.ndarray) -> None:
    box = bounding_box(mask)
    if box is None:
        assert not mask.any()
        return
    inside = mask[box.slices]
    assert inside.sum() == mask.sum()
    assert all(edge.any() for edge in (inside[0], inside[-1], inside[:, 0], inside[:, -1]))


def test_packing_lets_the_raw_pixels_go() -> None:
    plane = np.zeros((500, 500), np.uint8)
    patch = Patch("brush", Box(0, 0, 500, 500), plane, plane + 1)
    assert patch.nbytes == 2 * 250_000
    patch.pack()
    assert patch.nbytes < 5_000
    assert patch.new.all()


def test_planes_must_fill_the_box() -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        Patch("brush", Box(0, 0, 2, 2), np.zeros((2, 2), np.uint8), np.zeros((2, 3), np.uint8))


def test_a_bomb_is_unpacked_no_further_than_its_box() -> None:
    bomb = zlib.compress(bytes(1 << 28), 9)
    honest = zlib.compress(bytes(4))
    for old, new in ((bomb, honest), (honest, bomb)):
        data = struct.pack("<4IB3xII", 0, 0, 2, 2, 0, len(old), len(new)) + old + new
        tracemalloc.start()
        with pytest.raises(ValueError, match="fill its box"):
            Patch.decode(data, (2, 2))
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
        tracemalloc.stop()


@pytest.mark.parametrize("size", [(1, 9), (9, 1)])
def test_a_box_beyond_the_photo_is_refused(size: tuple[int, int]) -> None:
    plane = np.zeros((2, 2), np.uint8)
    with pytest.raises(ValueError, match="outside the photo"):
        Patch.decode(Patch("brush", Box(0, 0, 2, 2), plane, plane + 1).encode(), size)


def test_pixels_of_no_class_are_refused() -> None:
    plane = np.zeros((2, 2), np.uint8)
    with pytest.raises(ValueError, match="no class"):
        Patch.decode(Patch("brush", Box(0, 0, 2, 2), plane, plane + 77).encode(), (2, 2))
