"""Names of colours: everyday colours get everyday names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour.names import NAMES, name


def of(code: str) -> str:
    red, green, blue = bytes.fromhex(code[1:])
    return name((red, green, blue))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("#000000", "black"),
        ("#ffffff", "white"),
        ("#7f7f7f", "grey"),
        ("#ff0000", "red"),
        ("#ffff00", "yellow"),
        ("#ffa500", "orange"),
        ("#000080", "navy"),
        ("#008080", "teal"),
        ("#808000", "olive"),
        ("#ffc0cb", "pink"),
        ("#8b4513", "brown"),
        ("#800020", "burgundy"),
        ("#228b22", "green"),
        ("#c19a6b", "camel"),
    ],
)
def test_colours_are_called_what_people_call_them(code: str, expected: str) -> None:
    assert of(code) == expected


def test_each_name_is_its_own_colour() -> None:
    assert [of(code) for code in NAMES.values()] == list(NAMES)


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_every_colour_has_a_name(rgb: tuple[int, int, int]) -> None:
    assert name(rgb) in NAMES
