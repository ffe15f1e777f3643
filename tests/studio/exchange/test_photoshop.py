"""The open photo out to a Photoshop document and back, in the real window: one step, kept by the journal, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chromadesk.classes import NAMES
from chromadesk.editing import store
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.notices import Notice
from chromadesk.studio.window import Window
from tests.studio.conftest import figure, write_photo

Said = Callable[[str], Notice]
Document = Callable[[Path, Path, dict[str, np.ndarray]], Path]


def layers(labels: np.ndarray) -> dict[str, np.ndarray]:
    return {NAMES[number]: labels == number for number in (3, 2, 4, 1)}


def answer(notice: Notice, words: str) -> None:
    next(button for button in notice.answers if button.text() == words).click()


def test_out_painted_on_and_back_as_one_step(
    qtbot: QtBot, opened: Window, notice: Said, tmp_path: Path, document: Document
) -> None:
    session, photoshop = opened.session, opened.exchange.photoshop
    photo, mask = session.document, session.item
    assert photo is not None
    assert mask is not None
    photo.edit("brush", photo.bounds, np.where(photo.labels == 1, 0, photo.labels), np.ones(photo.size, bool))
    painted = photo.labels.copy()  # not saved yet, and goes out all the same
    path = tmp_path / "01.psd"
    photoshop.write(path)
    assert [button.text() for button in notice("01.psd is written").answers] == ["Open it", "Show in folder"]
    steps = len(photo.history.done)
    photoshop.read(path)
    qtbot.waitUntil(lambda: opened.paint.canvas.saying == "Nothing was changed there")
    assert len(photo.history.done) == steps
    changed = painted.copy()
    changed[100:112, 5:20] = 4
    document(path, mask.photo, layers(changed))
    photoshop.look()  # as when the window comes back
    answer(notice("01.psd was saved by another program."), "Bring it back")
    assert notice("came back").text == "180 pixels came back from 01.psd."
    assert (photo.labels == changed).all()
    assert photo.history.done[-1].kind == "photoshop"
    assert (photo.touched[100:112, 5:20]).all()
    photo.undo()
    assert (photo.labels == painted).all()
    photo.redo()
    opened.session.flush()
    assert session.opened is not None
    session.opened.journal.flush()
    again = store.open_document(mask, session.dataset.state, looking=True)  # type: ignore[union-attr]
    again.close()
    assert (again.document.labels == changed).all()


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("The upper layer's", 4),
        pytest.param("The lower layer's", 3, marks=pytest.mark.slow),
        pytest.param("As they are now", 0, marks=pytest.mark.slow),
    ],
)
def test_pixels_in_two_classes_stand_out_and_are_asked_about(
    opened: Window, notice: Said, tmp_path: Path, document: Document, words: str, number: int
) -> None:
    photo, item, canvas = opened.session.document, opened.session.item, opened.paint.canvas
    assert photo is not None
    assert item is not None
    planes = layers(figure())
    for name in ("clothes", "hair"):
        planes[name] = planes[name].copy()
        planes[name][4:8, 60:70] = True
    planes["hair"][100:104, 30:34] = True  # over clothes
    opened.exchange.photoshop.read(document(tmp_path / "two.psd", item.photo, planes))
    asked = notice("56 pixels lie in two classes")
    assert isinstance(canvas, Canvas)
    assert canvas.veil is not None
    assert (photo.labels == figure()).all()
    answer(asked, words)
    assert canvas.veil is None
    assert opened.exchange.photoshop.question is None
    assert (photo.labels[4:8, 60:70] == number).all()
    assert (photo.labels[100:104, 30:34] == (number or 3)).all()


@pytest.mark.slow
def test_leaving_the_question_changes_nothing(
    qtbot: QtBot, opened: Window, notice: Said, tmp_path: Path, document: Document, show: Callable[..., None]
) -> None:
    photo, item = opened.session.document, opened.session.item
    assert photo is not None
    assert item is not None
    planes = layers(figure())
    planes["hair"] = planes["hair"] | planes["skin"]
    path = document(tmp_path / "two.psd", item.photo, planes)
    opened.exchange.photoshop.read(path)
    notice("lie in two classes").cross.click()
    assert opened.exchange.photoshop.question is None
    assert photo.history.done == []
    opened.exchange.photoshop.read(path)
    notice("lie in two classes")
    show(opened.session, "A/02.jpg")
    assert opened.exchange.photoshop.question is None
    assert opened.paint.canvas.veil is None


@pytest.mark.slow
def test_locked_classes_stay_and_another_photo_is_refused(
    opened: Window, notice: Said, tmp_path: Path, document: Document
) -> None:
    photo, item = opened.session.document, opened.session.item
    assert photo is not None
    assert item is not None
    opened.tool_state.toggle_lock(3)
    changed = figure()
    changed[100:104, 30:34] = 2  # of clothes
    changed[0:4, 0:4] = 2
    opened.exchange.photoshop.read(document(tmp_path / "01.psd", item.photo, layers(changed)))
    assert notice("came back").text == "16 pixels came back from 01.psd. 16 of locked classes stayed as they are."
    assert (photo.labels[100:104, 30:34] == 3).all()
    write_photo(tmp_path / "small.jpg", 9, (60, 40))
    opened.exchange.photoshop.read(document(tmp_path / "x.psd", tmp_path / "small.jpg", layers(figure()[::2, ::2])))
    assert "40 x 60 pixels, but its photo is 80 x 120" in notice("export both at one size").text
    (tmp_path / "no.psd").write_bytes(b"no document")
    opened.exchange.photoshop.read(tmp_path / "no.psd")
    notice("no Photoshop document")
