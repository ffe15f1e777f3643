"""Names of colours: everyday colours get everyday names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour.names import LISTS, NAMES, List, colours, name


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


@given(st.tuples(*[st.integers(0, 255)] * 3), st.sampled_from(LISTS))
def test_every_colour_has_a_name(rgb: tuple[int, int, int], of: List) -> None:
    assert name(rgb, of) in colours(of)


@pytest.mark.parametrize(("of", "count"), [("everyday", 57), ("css", 139), ("xkcd", 911)])
def test_a_list_calls_each_of_its_colours_by_its_own_name(of: List, count: int) -> None:
    found = colours(of)
    assert len(found) == len(set(found.values())) == count
    for word, code in list(found.items())[::7]:
        red, green, blue = bytes.fromhex(code[1:])
        assert name((red, green, blue), of) == word


def test_published_lists_say_what_they_published() -> None:
    assert colours("css")["darkslategrey"] == "#2f4f4f"
    assert colours("css")["rebeccapurple"] == "#663399"
    assert colours("xkcd")["robin's egg blue"] == "#98eff9"


def test_no_name_would_offend_beside_a_garment() -> None:
    assert not [
        word for word in colours("xkcd") if any(part in word for part in ("shit", "poo", "puke", "snot", "vomit"))
    ]
