"""The session with real files: open, paint, save, approve, and everything that can go wrong on disk."""

from __future__ import annotations

import gc
import shutil
import weakref
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.dataset.index import Index
from chromadesk.editing.brush import dab
from chromadesk.editing.journal import read
from chromadesk.editing.stroke import Stroke
from chromadesk.masks import read_mask
from chromadesk.studio.session import Session
from chromadesk.studio.window import Window

ONE, TWO, FOUR = "A/01.jpg", "A/02.jpg", "A/04.jpg"


def paint(session: Session, class_id: int = 1, where: tuple[float, float] = (20.0, 20.0)) -> None:
    assert session.document is not None
    stroke = Stroke(session.document, class_id)
    stroke.add(*dab(where, 9))
    assert stroke.finish() is not None


def on_disk(session: Session) -> np.ndarray:
    assert session.item is not None
    assert session.document is not None
    return read_mask(session.item.mask, session.document.size).labels


def opened(qtbot: QtBot, session: Session, folder: Path) -> Session:
    with qtbot.waitSignal(session.photo_opened):
        assert session.open_dataset(folder)
    qtbot.waitUntil(lambda: session.document is not None)
    return session


def test_opening_a_folder_shows_its_first_photo(qtbot: QtBot, session: Session, folder: Path) -> None:
    opened(qtbot, session, folder)
    assert session.item is not None
    assert session.item.key == ONE
    assert session.document is not None
    assert np.array_equal(session.document.labels, on_disk(session))
    assert not session.document.dirty
    assert session.status(ONE) == "approved"
    assert session.status(FOUR) == "new"


def test_a_folder_that_is_none_is_a_notice(session: Session, notices: list, tmp_path: Path) -> None:
    assert not session.open_dataset(tmp_path / "nowhere")
    assert notices
    assert notices[0][1] == "error"
    assert session.dataset is None


def test_an_empty_folder_opens_and_shows_nothing(session: Session, tmp_path: Path) -> None:
    assert session.open_dataset(tmp_path)
    assert session.items == []
    assert session.document is None


def test_save_writes_the_label_plane(qtbot: QtBot, session: Session, folder: Path, show) -> None:
    opened(qtbot, session, folder)
    show(session, FOUR)
    assert session.status(FOUR) == "new"
    paint(session, 4)
    assert session.status(FOUR) == "edited"
    with qtbot.waitSignal(session.photo_saved):
        session.save()
    assert session.document is not None
    assert np.array_equal(on_disk(session), session.document.labels)
    assert not session.document.dirty
    assert session.dataset is not None
    assert not (session.dataset.state / "journal" / f"{FOUR}.journal").exists()
    assert Index.open(session.dataset).status(FOUR) == "edited"


def test_leaving_saves_silently(qtbot: QtBot, session: Session, folder: Path, notices: list, show) -> None:
    opened(qtbot, session, folder)
    paint(session, 1, (5.0, 5.0))
    with qtbot.waitSignal(session.photo_saved) as saved:
        show(session, TWO)
    assert saved.args == [ONE]
    show(session, ONE)
    assert session.document is not None
    assert session.document.labels[5, 5] == 1
    assert session.document.touched[5, 5]
    assert not session.document.touched[50, 40]
    assert notices == []


def test_a_proposal_alone_never_reaches_b_but_comes_back(qtbot: QtBot, session: Session, folder: Path, show) -> None:
    opened(qtbot, session, folder)
    show(session, FOUR)
    assert session.document is not None
    proposal = np.full(session.document.size, 3, np.uint8)
    session.apply_prediction(FOUR, proposal)
    assert session.status(FOUR) == "proposed"
    show(session, ONE)
    session.flush()
    assert not (folder / "B" / "04.png").exists()
    show(session, FOUR)
    assert (session.document.labels == 3).all()
    assert session.status(FOUR) == "proposed"


def test_a_prediction_keeps_what_a_person_touched(qtbot: QtBot, session: Session, folder: Path, show) -> None:
    opened(qtbot, session, folder)
    show(session, FOUR)
    paint(session, 4)
    assert session.document is not None
    with qtbot.waitSignal(session.prediction_wanted) as wanted:
        session.predict()
    assert wanted.args[1] is False
    session.apply_prediction(FOUR, np.full(session.document.size, 3, np.uint8))
    assert session.document.labels[20, 20] == 4
    assert session.document.labels[60, 60] == 3
    session.predict(everything=True)
    session.apply_prediction(FOUR, np.full(session.document.size, 2, np.uint8))
    assert (session.document.labels == 2).all()
    session.document.undo()
    assert session.document.labels[20, 20] == 4


def test_a_photo_painted_and_left_before_its_proposal_came_asks_for_it_again(
    qtbot: QtBot, session: Session, folder: Path, show
) -> None:
    opened(qtbot, session, folder)
    show(session, FOUR)
    paint(session, 4)
    show(session, ONE)
    with qtbot.waitSignal(session.prediction_wanted) as wanted:
        show(session, FOUR)
    assert wanted.args[1] is False
    assert session.document is not None
    session.apply_prediction(FOUR, np.full(session.document.size, 3, np.uint8))
    assert (session.document.labels[20, 20], session.document.labels[60, 60]) == (4, 3)
    show(session, ONE)
    with qtbot.assertNotEmitted(session.prediction_wanted):
        show(session, FOUR)  # it has come


def test_a_prediction_waits_for_the_stroke_and_for_its_photo(
    qtbot: QtBot, session: Session, folder: Path, show
) -> None:
    opened(qtbot, session, folder)
    show(session, FOUR)
    assert session.document is not None
    stroke = Stroke(session.document, 1)
    stroke.add(*dab((20.0, 20.0), 9))
    session.apply_prediction(FOUR, np.full(session.document.size, 3, np.uint8))
    assert session.document.labels[60, 60] == 0
    stroke.finish()
    assert session.document.labels[60, 60] == 3
    assert session.document.labels[20, 20] == 1
    session.apply_prediction(ONE, np.zeros((3, 3), np.uint8))
    assert session.document.labels[60, 60] == 3


@pytest.mark.parametrize("given_up", [True, False])
def test_a_stroke_that_ends_without_a_step_lets_the_prediction_in(
    qtbot: QtBot, session: Session, folder: Path, show, given_up: bool
) -> None:
    session.open_dataset(folder)
    show(session, FOUR)
    assert session.document is not None
    stroke = Stroke(session.document, 1)
    stroke.add(*dab((20.0, 20.0) if given_up else (-90.0, -90.0), 9))
    session.apply_prediction(FOUR, np.full(session.document.size, 3, np.uint8))
    assert not (session.document.labels == 3).any()
    if given_up:
        stroke.cancel()
    else:
        stroke.finish()
    assert (session.document.labels == 3).all()


@pytest.mark.parametrize("at_once", [False, True])
def test_a_proposal_over_an_approved_mask_decides_nothing(
    qtbot: QtBot, session: Session, folder: Path, show, at_once: bool
) -> None:
    session.open_dataset(folder)
    show(session, ONE)
    paint(session)
    approved = session.document.labels.copy()
    session.approve(go_on=False)
    assert session.document is not None
    if not at_once:
        qtbot.waitUntil(lambda: not session.document.dirty)
    session.predict()
    session.apply_prediction(ONE, np.full(session.document.size, 3, np.uint8))
    show(session, TWO)
    show(session, ONE)  # the proposal comes back out of the journal
    assert (session.document.labels == 3).sum() > 1000
    session.flush()
    assert session.status(ONE) == "approved"
    assert np.array_equal(on_disk(session), approved)


def test_approve_saves_and_opens_the_next_unapproved(qtbot: QtBot, session: Session, folder: Path, show) -> None:
    opened(qtbot, session, folder)
    show(session, FOUR)
    paint(session)
    with qtbot.waitSignal(session.photo_saved):
        session.approve()
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/05.jpg")
    session.flush()
    assert session.index is not None
    assert session.index.status(FOUR) == "approved"
    assert (folder / "B" / "04.png").exists()


def test_after_a_kill_the_journal_brings_the_strokes_back(
    qtbot: QtBot, session: Session, folder: Path, tmp_path: Path, notices: list
) -> None:
    opened(qtbot, session, folder)
    paint(session, 1, (5.0, 5.0))
    paint(session, 2, (70.0, 5.0))
    assert session.document is not None
    session.document.undo()
    journal = folder / ".chromadesk" / "journal" / f"{ONE}.journal"
    qtbot.waitUntil(lambda: (content := read(journal)) is not None and len(content.steps) == 3)
    killed = tmp_path / "killed"
    shutil.copytree(folder, killed)  # what a kill would leave
    again = Session()
    try:
        again.active.path = None
        said: list[str] = []
        again.notice.connect(lambda text, level: said.append(text))
        opened(qtbot, again, killed)
        assert again.document is not None
        assert np.array_equal(again.document.labels, session.document.labels)
        assert again.document.labels[5, 5] == 1
        assert again.document.dirty
        assert again.status(ONE) == "edited"
        assert any("came back" in text for text in said)
        assert again.document.redo() == "brush"
        assert again.document.labels[5, 70] == 2
        with qtbot.waitSignal(again.photo_saved):
            again.save()
        assert np.array_equal(on_disk(again), again.document.labels)
    finally:
        again.close()


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("no picture"),
        lambda path: Image.fromarray(np.zeros((7, 9), np.uint8)).save(path),
        lambda path: Image.fromarray(np.full((120, 80, 3), 200, np.uint8)).save(path),
    ],
    ids=["empty", "text", "another size", "off the palette"],
)
def test_an_unreadable_mask_is_never_replaced_unasked(
    qtbot: QtBot, session: Session, folder: Path, notices: list, show, damage
) -> None:
    mask = folder / "B" / "02.png"
    damage(mask)
    bytes_before = mask.read_bytes()
    opened(qtbot, session, folder)
    show(session, TWO)
    assert len(notices) == 1
    assert notices[0][1] == "error"
    assert "02.png" in notices[0][0]
    paint(session)
    with qtbot.waitSignal(session.overwrite_needed):
        session.save()
    show(session, ONE)  # leaving writes nothing either, and says so
    session.flush()
    assert mask.read_bytes() == bytes_before
    assert "come back" in notices[-1][0]
    show(session, TWO)
    assert session.document is not None
    assert session.document.labels[20, 20] == 1
    with qtbot.waitSignal(session.photo_saved):
        session.save()
        session.allow_overwrite(TWO)
    assert np.array_equal(on_disk(session), session.document.labels)


def test_a_few_pixels_off_the_palette_are_counted(
    qtbot: QtBot, session: Session, folder: Path, notices: list, show
) -> None:
    pixels = np.zeros((120, 80, 3), np.uint8)
    pixels[3, 3:8] = (10, 240, 10)
    Image.fromarray(pixels).save(folder / "B" / "02.png")
    opened(qtbot, session, folder)
    show(session, TWO)
    assert notices
    assert notices[0][1] == "warning"
    assert notices[0][0].startswith("5 pixels of 02.png")


@pytest.mark.parametrize("content", [b"", b"just text", b"\xff\xd8\xff\xe0 cut"], ids=["empty", "text", "cut"])
def test_an_unreadable_photo_is_a_notice_and_the_open_one_stays(
    qtbot: QtBot, session: Session, folder: Path, notices: list, content: bytes
) -> None:
    (folder / "A" / "05.jpg").write_bytes(content)
    opened(qtbot, session, folder)
    session.open_photo("A/05.jpg")
    qtbot.waitUntil(lambda: bool(notices))
    assert "05.jpg" in notices[0][0]
    assert session.item is not None
    assert session.item.key == ONE
    paint(session)
    assert session.document is not None
    assert session.document.dirty


def test_a_read_only_folder_keeps_the_labels(qtbot: QtBot, session: Session, folder: Path, notices: list, show) -> None:
    opened(qtbot, session, folder)
    paint(session, 1, (5.0, 5.0))
    shutil.rmtree(folder / "B")
    (folder / "B").write_text("a file where the folder of masks should be")
    with qtbot.waitSignal(session.keeping.began):
        session.save()
    assert session.keeping.trouble == "the disk cannot be written"
    assert str(folder / "B" / "01.png") in session.keeping.sentence
    assert session.document is not None
    assert session.document.dirty
    assert session.document.labels[5, 5] == 1
    (folder / "B").unlink()
    with qtbot.waitSignals([session.photo_saved, session.keeping.ended]):
        session.keeping.again()
    assert session.keeping.trouble == ""
    assert on_disk(session)[5, 5] == 1


def test_an_approval_that_cannot_be_written_waits_until_it_can(
    qtbot: QtBot, session: Session, folder: Path, notices: list, show
) -> None:
    opened(qtbot, session, folder)
    show(session, FOUR)
    (folder / "B" / "04.png").mkdir()  # no file can take its place
    paint(session, 4)
    session.approve()
    qtbot.waitUntil(lambda: session.item is not None and session.item.key != FOUR)
    qtbot.waitUntil(lambda: bool(session.keeping.trouble))
    assert session.keeping.waiting == [FOUR]
    assert session.index is not None
    assert session.index.status(FOUR) == "edited"  # no approval without its mask
    session.flush()
    (folder / "B" / "04.png").rmdir()
    with qtbot.waitSignal(session.keeping.ended):
        session.keeping.again()
    assert session.index.status(FOUR) == session.status(FOUR) == "approved"
    assert read_mask(folder / "B" / "04.png").labels[20, 20] == 4
    assert not notices


def test_a_mask_that_is_refused_once_more_while_its_photo_is_opened_waits_for_its_hand(
    qtbot: QtBot, session: Session, folder: Path, show
) -> None:
    opened(qtbot, session, folder)
    show(session, FOUR)
    shutil.rmtree(folder / "B")
    (folder / "B").write_text("a file where the folder of masks should be")
    paint(session, 4)
    show(session, ONE)
    qtbot.waitUntil(lambda: session.keeping.waiting == [FOUR])
    session.flush()
    qtbot.wait(50)  # the photo is let go of, and its journal with it
    session.keeping.again()
    show(session, FOUR)
    session.flush()
    qtbot.wait(50)
    assert session.keeping.waiting == []  # a second journal would be at work beside that of the open photo
    paint(session, 3, (40.0, 40.0))
    (folder / "B").unlink()
    with qtbot.waitSignal(session.photo_saved):
        show(session, ONE)
    assert read_mask(folder / "B" / "04.png").labels[[20, 40], [20, 40]].tolist() == [4, 3]


def test_the_model_is_remembered_with_the_data_set(
    qtbot: QtBot, session: Session, folder: Path, tmp_path: Path
) -> None:
    weights = tmp_path / "mine.safetensors"
    weights.write_bytes(b"weights")
    opened(qtbot, session, folder)
    session.active.use(weights)
    other = Session()
    try:
        opened(qtbot, other, folder)
        assert other.active.path == weights
    finally:
        other.close()
    weights.unlink()
    third = Session()
    said: list[str] = []
    third.notice.connect(lambda text, level: said.append(text))
    try:
        opened(qtbot, third, folder)
        assert third.active.path != weights
        assert "is gone" in said[0]
    finally:
        third.close()


def test_the_history_survives_going_to_another_photo(qtbot: QtBot, session: Session, folder: Path, show) -> None:
    opened(qtbot, session, folder)
    assert session.document is not None
    first = session.document.labels.copy()
    for number in range(5):
        paint(session, 1 + number % 4, (10.0 + 12 * number, 20.0))
    session.document.undo()
    before = session.document.labels.copy()
    show(session, TWO)
    show(session, ONE)
    assert np.array_equal(session.document.labels, before)
    assert len(session.document.history.done) == 4
    assert session.document.redo() == "brush"
    while session.document.undo():
        pass
    assert np.array_equal(session.document.labels, first)
    show(session, TWO)  # saved as it was at first
    show(session, ONE)
    assert np.array_equal(session.document.labels, first)
    assert len(session.document.history.undone) == 5


def test_a_mask_changed_outside_meanwhile_has_no_history(qtbot: QtBot, session: Session, folder: Path, show) -> None:
    opened(qtbot, session, folder)
    paint(session, 1)
    show(session, TWO)
    session.flush()
    shutil.copy(folder / "B" / "02.png", folder / "B" / "01.png")
    show(session, ONE)
    assert session.document is not None
    assert session.document.history.done == []
    assert session.document.labels[20, 20] != 1


def test_what_was_undone_after_coming_back_is_there_after_a_kill(
    qtbot: QtBot, session: Session, folder: Path, show
) -> None:
    opened(qtbot, session, folder)
    paint(session, 1, (20.0, 20.0))
    paint(session, 2, (40.0, 60.0))
    show(session, TWO)
    show(session, ONE)
    assert session.document is not None
    session.document.undo()
    wanted = session.document.labels.copy()
    session._opened.journal.flush()  # type: ignore[union-attr]
    other = Session()
    other.active.path = None
    with qtbot.waitSignal(other.photo_opened, check_params_cb=lambda: other.document is not None):
        other.open_dataset(folder)
    assert other.document is not None
    assert np.array_equal(other.document.labels, wanted)
    other.close()


def test_back_before_the_other_photo_was_read_keeps_everything(qtbot: QtBot, session: Session, folder: Path) -> None:
    opened(qtbot, session, folder)
    paint(session, 1)
    document = session.document
    session.open_photo(TWO)
    session.open_photo(ONE)
    session.flush()
    qtbot.wait(50)
    assert session.document is document
    assert session.item is not None
    assert session.item.key == ONE
    assert len(session.document.history.done) == 1  # type: ignore[union-attr]


def test_a_stroke_under_way_when_the_next_photo_comes_is_ended_and_saved(
    qtbot: QtBot, window: Window, folder: Path, show: Callable[[Session, str], None]
) -> None:
    assert window.session.open_dataset(folder)
    show(window.session, "A/01.jpg")
    session, canvas = window.session, window.paint.canvas
    document = session.document
    assert document is not None
    window.tool_state.set_tool("magnetic")
    window.tool_state.set_class(1)
    session.open_photo("A/02.jpg")
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    assert document.stroke is not None
    with qtbot.waitSignal(session.photo_saved) as saved:
        qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/02.jpg")
    assert saved.args == ["A/01.jpg"]
    assert document.stroke is None
    painted = document.labels.copy()
    qtbot.mouseMove(canvas, canvas.rect().center() + QPoint(9, 9))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    assert np.array_equal(document.labels, painted)
    assert session.document is not None
    assert not session.document.history.done


def test_what_was_open_is_let_go_of_when_other_folders_are_opened(
    window: Window, folder: Path, tmp_path: Path, show: Callable[[Session, str], None]
) -> None:
    shutil.copytree(folder, tmp_path / "other")
    session, left = window.session, []
    for root in (folder, tmp_path / "other", folder):
        session.open_dataset(root, show=False)
        show(session, session.items[0].key)
        assert session.document is not None
        left.append(weakref.ref(session.document))
    session.open_dataset(tmp_path / "other", show=False)
    session.flush()
    QApplication.processEvents()
    gc.collect()
    assert [reference() for reference in left[:2]] == [None, None]
