"""Adobe Swatch Exchange: our bytes, another reader's view of them, and what other programs write."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import swatch as other
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour import spaces
from chromadesk.colour.formats import ase
from chromadesk.colour.formats.swatchfile import Group, Malformed, SwatchFile
from chromadesk.colour.swatch import Swatch
from tests.swatches import of_rgb

BEYOND = Swatch((80.0, -120.0, 90.0), title="neon")

#: One group "Ab" with the colour "Red" (RGB, process), written down by hand from the format's layout.
GOLDEN = bytes.fromhex(
    "41534546 0001 0000 00000003"
    "c001 00000008 0003 0041 0062 0000"
    "0001 0000001c 0004 0052 0065 0064 0000 52474220 3f800000 00000000 00000000 0002"
    "c002 00000000"
)


def block(kind: int, content: bytes) -> bytes:
    return struct.pack(">HI", kind, len(content)) + content


def colour(model: bytes, values: list[float], name: str = "x") -> bytes:
    coded = (name + "\0").encode("utf-16-be")
    head = struct.pack(">H", len(coded) // 2) + coded + model
    return block(1, head + struct.pack(f">{len(values)}fH", *values, 0))


def made_of(*blocks: bytes) -> bytes:
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def test_the_bytes_are_those_of_the_format() -> None:
    file = SwatchFile([Group("Ab", [of_rgb((255, 0, 0), title="Red")])])
    written = ase.encode(file)
    assert written[: len(GOLDEN) - 6 - 14] == GOLDEN[:-20]  # up to the floats, which come by way of Lab
    assert len(written) == len(GOLDEN)
    assert struct.unpack(">3f", written[-20:-8]) == pytest.approx((1, 0, 0), abs=1e-6)
    assert written[-8:] == GOLDEN[-8:]
    (group,) = ase.decode(GOLDEN).groups
    assert (group.title, group.swatches[0].title, group.swatches[0].hex) == ("Ab", "Red", "#ff0000")


@given(
    st.lists(
        st.tuples(st.text(max_size=12), st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=4)),
        min_size=1,
        max_size=4,
    )
)
def test_another_reader_finds_the_same_colours(
    tmp_path_factory: pytest.TempPathFactory, groups: list[tuple[str, list[tuple[int, int, int]]]]
) -> None:
    file = SwatchFile([Group(title, [of_rgb(rgb, title="é🟥") for rgb in colours]) for title, colours in groups])
    path = tmp_path_factory.getbasetemp() / "written.ase"
    path.write_bytes(ase.encode(file))
    found = [each for entry in other.parse(str(path)) for each in entry.get("swatches", [entry])]
    values = np.array([each["data"]["values"] for each in found])
    truth = np.array([rgb for _, colours in groups for rgb in colours])
    assert np.abs(values * 255 - truth).max() < 0.01
    assert {each["name"] for each in found} == {"é🟥"}
    back = ase.decode(path.read_bytes())
    assert [each.rgb for each in back.swatches] == [tuple(rgb) for rgb in truth.tolist()]


def test_what_srgb_cannot_show_is_written_as_lab_under_d50(tmp_path: Path) -> None:
    path = tmp_path / "beyond.ase"
    path.write_bytes(ase.encode(SwatchFile([Group("", [BEYOND])])))
    (found,) = other.parse(str(path))
    assert found["data"]["mode"] == "LAB"
    d50 = spaces.lab_to_white(np.array(BEYOND.lab), spaces.WHITE, spaces.D50)
    assert found["data"]["values"] == pytest.approx([d50[0] / 100, d50[1], d50[2]], abs=1e-4)
    assert ase.decode(path.read_bytes()).swatches[0].lab == pytest.approx(BEYOND.lab, abs=1e-3)


def test_a_model_can_be_asked_for() -> None:
    file = SwatchFile([Group("", [BEYOND, of_rgb((1, 2, 3))])])
    assert (ase.encode(file, "rgb").count(b"RGB "), ase.encode(file, "lab").count(b"LAB ")) == (2, 2)


def test_every_colour_model_is_read() -> None:
    data = made_of(
        colour(b"CMYK", [0, 1, 1, 0.5]), colour(b"Gray", [1.0]), colour(b"LAB ", [0.5, 10, -20]), block(0x7777, b"new")
    )
    read = ase.decode(data)
    assert [each.hex for each in read.swatches[:2]] == ["#800000", "#ffffff"]
    assert read.swatches[2].lab_d50 == pytest.approx((50, 10, -20), abs=1e-3)
    assert "CMYK" in read.remark
    assert ase.decode(made_of(colour(b"Gray", [0.5]))).remark == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ASEF",
        b"FESA" + GOLDEN[4:],
        *(GOLDEN[:length] for length in range(12, len(GOLDEN) - 6, 7)),
        made_of(),
        made_of(block(0xC001, b"\0\1\0\0")),
        made_of(colour(b"RGB ", [float("nan"), 0, 0])),
        made_of(colour(b"RGB ", [1e30, 0, 0])),
        made_of(colour(b"LAB ", [0.5, float("inf"), 0])),
        made_of(colour(b"HSV ", [0, 0, 0])),
        made_of(block(1, b"\xff\xff\0a")),
        b"ASEF" + struct.pack(">HHIHI", 1, 0, 0xFFFFFFFF, 1, 0xFFFFFFFF),
    ],
)
def test_damaged_and_hostile_files_are_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        ase.decode(data)
