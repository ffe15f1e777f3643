"""Boards are written at once, and every change can be taken back, on disk too."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from chromadesk.colour import board as on_disk
from chromadesk.colour.board import Board, Pin
from chromadesk.studio.colours.boards import Boards
from chromadesk.studio.session import Session
from tests.swatches import of_rgb

RED, BLUE = Pin(of_rgb((200, 20, 30)), photos=("A/01.jpg",)), Pin(of_rgb((20, 30, 200)))


@pytest.fixture
def boards(qtbot: QtBot, session: Session, folder: Path) -> Boards:
    made = Boards(session)
    with qtbot.waitSignals([made.changed, made.changed]):  # emptied, then read
        assert session.open_dataset(folder, show=False)
    return made


def lying(session: Session) -> dict[str, Board]:
    session.flush()
    assert session.dataset is not None
    state = session.dataset.state
    return {name: on_disk.read(state, name) for name in on_disk.listed(state)}


def test_each_change_is_on_disk_and_can_be_taken_back(boards: Boards, session: Session) -> None:
    assert boards.add(RED)
    assert boards.add(BLUE, 0)
    assert lying(session) == {"Board": Board("Board", pins=(BLUE, RED))}
    boards.retitle("Winter: 2026")
    assert list(lying(session)) == [boards.current] == ["Winter 2026"]
    boards.new("Spring")
    assert boards.board == Board("Spring")
    assert list(boards.all) == ["Spring", "Winter 2026"]
    boards.delete()
    assert boards.current == "Winter 2026"
    steps = [lying(session)]
    while boards.undo():
        steps.append(lying(session))
    assert [list(step) for step in steps] == [
        ["Winter 2026"], ["Spring", "Winter 2026"], ["Winter 2026"], ["Board"], ["Board"], []
    ]  # fmt: skip
    while boards.redo():
        pass
    assert lying(session) == steps[0]


def test_boards_are_there_when_the_data_set_is_opened_again(
    qtbot: QtBot, boards: Boards, session: Session, folder: Path, notices: list[tuple[str, str]]
) -> None:
    boards.add(RED)
    session.flush()
    assert session.dataset is not None
    on_disk.path_of(session.dataset.state, "broken").write_text("{")
    session.open_dataset(folder, show=False)
    qtbot.waitUntil(lambda: boards.board is not None)
    assert boards.board == Board("Board", pins=(RED,))
    assert not boards.can_undo
    ((sentence, level),) = notices
    assert ("broken.json is no board" in sentence, level) == (True, "warning")
    boards.new("broken")
    assert boards.current == "broken 2"  # the file that nobody understands stays as it is


def test_a_full_board_says_so(boards: Boards, notices: list[tuple[str, str]]) -> None:
    boards.new("Full")
    boards.change(Board("Full", pins=(RED,) * on_disk.MOST_PINS))
    assert not boards.add(BLUE)
    assert "Full holds" in notices[-1][0]
