"""What the disk refuses: waits, is said once, is tried again in its order, and is said to be there."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from chromadesk.errors import DatasetError, StorageError
from chromadesk.studio.background import Background
from chromadesk.studio.keeping import Keeping, reason
from chromadesk.studio.session import Session


class Disk:
    """Takes what is written while it is ``well``."""

    def __init__(self, number: int = errno.ENOSPC) -> None:
        self.well, self.number = False, number
        self.written: list[str] = []

    def write(self, what: str) -> str:
        if not self.well:
            raise StorageError("Could not write.") from OSError(self.number, os.strerror(self.number))
        self.written.append(what)
        return what


@pytest.fixture
def keeping(dressed: object) -> Iterator[Keeping]:
    files = Background()
    made = Keeping(files)
    yield made
    files.finish()


def test_it_waits_is_said_once_and_is_written_in_its_order(qtbot: QtBot, keeping: Keeping, tmp_path: Path) -> None:
    disk, said = Disk(), []
    keeping.began.connect(said.append)
    for name, about, what in (
        ("mask a", "a", "a1"),
        ("state a", "a", "edited"),
        ("mask a", "a", "a2"),
        ("b", "b", "b"),
    ):
        keeping.write(name, about, tmp_path, lambda what=what: disk.write(what))  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(keeping.waiting) == 2)
    qtbot.wait(50)
    assert said == ["the disk is full"]
    assert keeping.trouble == "the disk is full"
    disk.well = True
    with qtbot.waitSignal(keeping.ended):
        keeping.again()
    assert sorted(disk.written) == ["a2", "b", "edited"]  # what took another's place is written, not that other
    assert (keeping.trouble, keeping.waiting) == ("", [])


def test_what_comes_later_stands_although_the_earlier_waited(qtbot: QtBot, keeping: Keeping, tmp_path: Path) -> None:
    disk = Disk()
    keeping.write("mask a", "a", tmp_path, lambda: disk.write("old"))
    qtbot.waitUntil(lambda: bool(keeping.waiting))
    disk.well = True
    with qtbot.waitSignal(keeping.ended):
        keeping.write("mask a", "a", tmp_path, lambda: disk.write("new"))
    assert disk.written == ["new"]


def test_an_older_one_is_not_tried_again_behind_a_newer_one(qtbot: QtBot, keeping: Keeping, tmp_path: Path) -> None:
    disk = Disk()
    done: list[object] = []

    def old() -> None:
        if not disk.well:
            disk.well = True
            raise StorageError("Could not write.")
        disk.write("old")

    keeping.changed.connect(keeping.again)  # as soon as that could be
    keeping.write("mask a", "a", tmp_path, old)
    keeping.write("mask a", "a", tmp_path, lambda: disk.write("new"), done.append)
    qtbot.waitUntil(lambda: done == ["new"])
    keeping.write("b", "b", tmp_path, lambda: disk.write("b"), done.append)
    qtbot.waitUntil(lambda: "b" in done)
    assert disk.written == ["new", "b"]
    assert keeping.waiting == []


def test_what_is_put_off_while_it_is_on_its_way_is_not_tried_again_behind_its_back(
    qtbot: QtBot, keeping: Keeping, tmp_path: Path
) -> None:
    disk = Disk()
    refused: list[object] = []
    keeping.write("mask a", "a", tmp_path, lambda: disk.write("a1"), failed=refused.append)
    keeping.put_off("mask a")  # nobody has heard yet that the disk refuses
    qtbot.waitUntil(lambda: bool(refused))
    assert keeping.waiting == []
    disk.well = True
    keeping.again()
    qtbot.wait(50)
    assert disk.written == []
    keeping.put_back("mask a")
    qtbot.waitUntil(lambda: disk.written == ["a1"])


def test_one_that_fails_for_reasons_of_its_own_holds_up_no_other(
    qtbot: QtBot, keeping: Keeping, tmp_path: Path
) -> None:
    broken, disk = Disk(), Disk()
    keeping.write("a", "a", tmp_path, lambda: broken.write("a"))
    keeping.write("b", "b", tmp_path, lambda: disk.write("b"))
    qtbot.waitUntil(lambda: len(keeping.waiting) == 2)
    disk.well = True
    keeping.again()
    qtbot.waitUntil(lambda: keeping.waiting == ["a"] or bool(keeping.again()))
    assert disk.written == ["b"]


def test_another_error_does_not_wait(qtbot: QtBot, keeping: Keeping, tmp_path: Path) -> None:
    def gone() -> None:
        raise DatasetError("There is no such photo.")

    with qtbot.waitSignal(keeping.notice) as said:
        keeping.write("a", "a", tmp_path, gone)
    assert said.args == ["There is no such photo.", "error"]
    assert not keeping.waiting


def test_what_comes_after_it_all_comes_after_it_all(qtbot: QtBot, keeping: Keeping, tmp_path: Path) -> None:
    disk = Disk()
    keeping.write("a", "a", tmp_path, lambda: disk.write("a"))
    qtbot.waitUntil(lambda: bool(keeping.waiting))
    keeping.afterwards(lambda: disk.write("closed"))
    qtbot.wait(50)
    disk.well = True
    keeping.again()
    qtbot.waitUntil(lambda: disk.written == ["a", "closed"])


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the folder is read-only"),
        (errno.EACCES, "the folder is read-only"),
        (errno.EIO, "the disk cannot be written"),
    ],
)
def test_why(tmp_path: Path, number: int, words: str) -> None:
    error = StorageError("x")
    error.__cause__ = OSError(number, "x")
    assert reason(error, tmp_path) == words
    assert reason(error, tmp_path / "drive") == "the folder drive is gone"


def test_nothing_is_tried_again_once_it_is_closed(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    disk, root = Disk(), tmp_path
    session.keeping.write("mask a", "a", root, lambda: disk.write("a"))
    qtbot.waitUntil(lambda: bool(session.keeping.trouble))
    assert timers(session.keeping) == [True]
    session.close()
    assert timers(session.keeping) == [False]


def timers(owner: QObject) -> list[bool]:
    return [timer.isActive() for timer in owner.findChildren(QTimer)]
