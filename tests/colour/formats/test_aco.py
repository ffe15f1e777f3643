"""Photoshop's swatches, against bytes written down from Adobe's specification."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour.formats import aco
from chromadesk.colour.formats.swatchfile import Group, Malformed, SwatchFile
from chromadesk.colour.swatch import Swatch
from chromadesk.errors import SwatchError
from tests.swatches import of_rgb

#: Version 1 and version 2 of one colour: RGB 255, 128, 0, called "Ab".
GOLDEN = bytes.fromhex("0001 0001 0000 ffff 8080 0000 0000 0002 0001 0000 ffff 8080 0000 0000 00000003 0041 0062 0000")


def version_1(*colours: tuple[int, int, int, int, int]) -> bytes:
    return struct.pack(">HH", 1, len(colours)) + b"".join(struct.pack(">5H", *colour) for colour in colours)


def test_the_bytes_are_those_of_the_specification() -> None:
    assert aco.encode(SwatchFile([Group("lost", [of_rgb((255, 128, 0), title="Ab")])])) == GOLDEN
    (swatch,) = aco.decode(GOLDEN).swatches
    assert (swatch.title, swatch.rgb) == ("Ab", (255, 128, 0))


@pytest.mark.parametrize("data", [GOLDEN[:14], GOLDEN[14:]])
def test_each_version_is_read_alone(data: bytes) -> None:
    assert aco.decode(data).swatches[0].rgb == (255, 128, 0)


@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=9), st.text(max_size=30))
def test_round_trip(colours: list[tuple[int, int, int]], title: str) -> None:
    file = SwatchFile([Group("", [of_rgb(rgb, title=title) for rgb in colours])])
    assert [each.rgb for each in aco.decode(aco.encode(file)).swatches] == colours


def test_colours_beyond_srgb_keep_their_lab() -> None:
    neon = Swatch((80.0, -110.0, 90.0))
    data = aco.encode(SwatchFile([Group("", [neon])]))
    space, lightness, a, b, _ = struct.unpack_from(">HHhhH", data, 4)
    assert space == 7
    assert (lightness / 100, a / 100, b / 100) == pytest.approx(neon.lab_d50, abs=0.006)
    assert aco.decode(data).swatches[0].lab == pytest.approx(neon.lab, abs=0.05)


def test_every_colour_space_is_read() -> None:
    data = version_1(
        (1, 0x5555, 65535, 65535, 0),  # HSB: a third of the way round is green
        (2, 65535, 0, 0, 65535),  # CMYK: 0 is full ink
        (7, 5000, 1000, 0x10000 - 2000, 0),
        (8, 10000, 0, 0, 0),
    )
    read = aco.decode(data)
    assert [read.swatches[place].hex for place in (0, 1, 3)] == ["#00ff00", "#ff0000", "#ffffff"]
    assert read.swatches[2].lab_d50 == pytest.approx((50, 10, -20), abs=1e-6)
    assert "CMYK" in read.remark


@pytest.mark.parametrize(
    "data",
    [b"", b"\0\1", b"\0\1\0\0", b"\0\3\0\1" + bytes(10), GOLDEN[:13], version_1((3, 0, 0, 0, 0)), GOLDEN[14:-1],
     b"\0\2\0\1" + bytes(10) + b"\xff\xff\xff\xff"],
)  # fmt: skip
def test_damaged_and_hostile_files_are_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        aco.decode(data)


def test_more_colours_than_can_be_counted_are_refused() -> None:
    with pytest.raises(SwatchError, match=r"65,535"):
        aco.encode(SwatchFile([Group("", [of_rgb((1, 2, 3))] * 65536)]))
