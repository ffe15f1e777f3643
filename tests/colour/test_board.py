"""Boards on disk: what is written is read, what is no board is refused in a sentence, changes leave the rest alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour import board as boards
from chromadesk.colour.board import Board, Pin
from chromadesk.colour.swatch import Swatch
from chromadesk.errors import InputError
from tests.swatches import of_rgb

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
levels = st.floats(-200, 200)
colours = st.tuples(st.floats(0, 100), levels, levels)
pins = st.builds(
    Pin,
    st.builds(
        lambda lab, share, pixels, medoid, title: Swatch(lab, share, pixels=pixels, medoid=medoid, title=title),
        colours,
        st.floats(0, 1),
        st.integers(0, 10**9),
        st.none() | colours,
        texts,
    ),
    texts,
    st.lists(texts, max_size=4).map(tuple),
    texts,
)


def row(*names: str) -> Board:
    return Board("Autumn", pins=tuple(Pin(of_rgb((30 * place, 0, 0), title=name)) for place, name in enumerate(names)))


def told(board: Board) -> str:
    return "".join(pin.swatch.title for pin in board.pins)


@given(st.builds(Board, texts, texts, st.lists(pins, max_size=4).map(tuple)))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, board: Board) -> None:
    state = tmp_path_factory.mktemp("state")
    boards.write(state, "one", board)
    assert boards.read(state, "one") == board


def test_boards_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    assert boards.listed(tmp_path) == []
    for name in ("AW 10", "AW 9", "SS 1"):
        boards.write(tmp_path, name, row())
    (tmp_path / boards.FOLDER / ".AW 3.json").write_text("half written")
    assert boards.listed(tmp_path) == ["AW 9", "AW 10", "SS 1"]
    boards.remove(tmp_path, "AW 10")
    assert boards.listed(tmp_path) == ["AW 9", "SS 1"]


def test_changes_leave_the_rest_alone() -> None:
    board = row("a", "b", "c", "d")
    pin = Pin(of_rgb((1, 2, 3), title="x"))
    assert told(board.with_pin(pin)) == "abcdx"
    assert told(board.with_pin(pin, 1)) == "axbcd"
    assert told(board.without(2)) == "abd"
    assert told(board.with_changed(0, pin)) == "xbcd"
    assert [told(board.moved(1, to)) for to in range(4)] == ["bacd", "abcd", "acbd", "acdb"]
    full = Board("Full", pins=(pin,) * boards.MOST_PINS)
    with pytest.raises(InputError, match="Full holds"):
        full.with_pin(pin)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Spring / Summer", "Spring Summer"),
        ("../../etc", "etc"),
        ("NUL", "NUL board"),
        ("...", "board"),
    ],
)
def test_names_are_fit_for_files(title: str, name: str) -> None:
    assert boards.free_name(title, []) == name
    assert boards.free_name(title, [name.upper()]) == f"{name} 2"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"title": 3, "note": "", "pins": []}',
        '{"title": "", "note": "", "pins": [{}]}',
        '{"title": "", "note": "", "pins": 7}',
        "[" * 100_000,
        json.dumps({"title": "", "note": "", "pins": [{}] * (boards.MOST_PINS + 1)}),
        '{"title": "", "note": "", "pins": [{"title": "", "note": "", "lab": [NaN, 0, 0], "medoid": null, "share": 1, '
        '"pixels": 1, "photos": [], "region": ""}]}',
    ],
)
def test_what_is_no_board_is_refused(tmp_path: Path, text: str) -> None:
    path = boards.path_of(tmp_path, "one")
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(InputError, match="no board that can be read"):
        boards.read(tmp_path, "one")


def test_a_board_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        boards.read(tmp_path, "one")


def test_names_fit_a_file_system_in_bytes_too(tmp_path: Path) -> None:
    name = boards.free_name("\U0001f457" * 80, [])
    assert len(f"{name}.json".encode()) <= 255
    pinned = Board("b", "", (Pin(Swatch((50.0, 0.0, 0.0)), "", ("caf\udce9.jpg",)),))
    boards.write(tmp_path, name, pinned)
    assert boards.read(tmp_path, name) == pinned
