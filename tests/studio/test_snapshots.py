"""The window's main states, compared with how they were: every control's place, text and colours, and what the canvas
draws.

``tests/studio/snapshots`` holds a line of JSON for each control (its place to 3 pixels, what it says, the colour of its
ground and of what is on it) and small pictures of what is drawn by hand. Where the window is meant to look otherwise,
``pytest tests/studio/test_snapshots.py --renew-snapshots`` writes them anew; the difference then shows in git.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chromadesk import settings
from chromadesk.masks import write_mask
from chromadesk.studio import theme
from chromadesk.studio.window import COLOURS, MODEL, Window

FOLDER = Path(__file__).parent / "snapshots"
#: What a place (pixels) and a colour (0-255) may differ by; ink is found among the smoothed edges of letters.
PLACE, GROUND, INK = 3, 8, 28
#: Of each square of so many pixels in a picture this share may differ by more than ``GROUND``.
SQUARE, SHARE = 8, 0.15
#: Words of the machine's, and of the weights at hand.
_VARIES = re.compile(r"\d GB|memory|\bCPU\b|\d min\b|mIoU")
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
Line = list[Any]  # x, y, width, height, text, ground, ink


def pixels(image: QImage) -> np.ndarray:
    """(height, width, 3)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4)[..., 2::-1].copy()


def layout(top: QWidget) -> dict[str, Line]:
    """A line for each control of ``top`` that is to be seen, by its name within those that hold it."""
    for widget in top.findChildren(QWidget):  # wherever an earlier test left the pointer
        widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    picture, lines = pixels(top.grab().toImage()), {}
    for widget in top.findChildren(QWidget):
        seen = widget.visibleRegion().boundingRect()
        if seen.isEmpty() or not widget.isVisibleTo(top) or widget.window() is not top.window():
            continue
        if widget.objectName().startswith("qt_"):
            continue  # the parts of Qt's own fields
        place = QRect(widget.mapTo(top, QPoint()), widget.size())
        inner = [child.geometry() for child in widget.findChildren(QWidget, "", _DIRECT) if child.isVisible()]
        own = np.zeros(picture.shape[:2], bool)
        fill(own, seen.translated(place.topLeft()), True)
        for geometry in inner:
            fill(own, geometry.translated(place.topLeft()), False)
        ground, ink = colours(picture[own])
        line = [*place.getRect(), text(widget), ground, "" if inner else ink]
        name, number = path(widget, top), 1
        while (unique := name if number == 1 else f"{name} #{number}") in lines:
            number += 1
        lines[unique] = line
    return lines


def text(widget: QWidget) -> str:
    """What ``widget`` says, unless the machine decides it."""
    said = ""
    if isinstance(widget, QAbstractButton | QLabel):
        said = widget.text()
    elif isinstance(widget, QLineEdit):
        said = widget.text() or widget.placeholderText()
    return "…" if _VARIES.search(said) else said


def path(widget: QWidget, top: QWidget) -> str:
    names, at = [], widget
    while at is not top and at is not None:
        own = at.objectName() or ("" if _VARIES.search(at.accessibleName()) else at.accessibleName())
        if own or at is widget:
            names.append(own or type(at).__name__)
        at = at.parentWidget()
    return " / ".join(reversed(names[:3]))


def fill(plane: np.ndarray, place: QRect, value: bool) -> None:
    plane[max(place.top(), 0) : place.bottom() + 1, max(place.left(), 0) : place.right() + 1] = value


def colours(part: np.ndarray) -> tuple[str, str]:
    """The commonest colour of some pixels, and what is drawn on it: the mean of those farthest from it."""
    if not len(part):
        return "", ""
    codes = part.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    values, counts = np.unique(codes, return_counts=True)
    ground = part[codes == values[counts.argmax()]][0].astype(int)
    away = np.abs(part.astype(int) - ground).sum(axis=1)
    far = np.sort(away)[-max(len(away) // 200, 3) :].min()
    ink = part[away >= max(far, 60)]
    return code(ground), code(ink.mean(axis=0)) if len(ink) else ""


def code(colour: np.ndarray) -> str:
    return QColor(*(round(float(value)) for value in colour)).name()


def apart(one: str, other: str) -> int:
    first, second = (QColor(value).getRgb()[:3] if value else None for value in (one, other))
    if first is None or second is None:
        return 0 if first is second else 255
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


def differences(old: dict[str, Line], new: dict[str, Line]) -> list[str]:
    """What a person would see to be otherwise, one sentence each."""
    found = [f"{name} is gone" for name in old.keys() - new.keys()]
    found += [f"{name} is new" for name in new.keys() - old.keys()]
    for name in sorted(old.keys() & new.keys()):
        before, after = old[name], new[name]
        moved = max(abs(a - b) for a, b in zip(before[:4], after[:4], strict=True))
        if moved > PLACE:
            found.append(f"{name} lies at {after[:4]}, not {before[:4]}")
        if before[4] != after[4]:
            found.append(f"{name} says {after[4]!r}, not {before[4]!r}")
        for what, which, most in (("ground", 5, GROUND), ("ink", 6, INK)):
            if apart(before[which], after[which]) > most:
                found.append(f"the {what} of {name} is {after[which]}, not {before[which]}")
    return found


def unlike(old: np.ndarray, new: np.ndarray) -> float:
    """The share of pixels that differ in the square that differs most."""
    if old.shape != new.shape:
        return 1.0
    differs = np.abs(old.astype(int) - new.astype(int)).max(axis=2) > GROUND
    height, width = (-(-edge // SQUARE) for edge in differs.shape)
    whole = np.zeros((height * SQUARE, width * SQUARE), bool)
    whole[: differs.shape[0], : differs.shape[1]] = differs
    return float(whole.reshape(height, SQUARE, width, SQUARE).mean(axis=(1, 3)).max())


class Snapshots:
    """Compares with what is kept, or keeps it."""

    def __init__(self, renew: bool) -> None:
        self._renew = renew
        FOLDER.mkdir(exist_ok=True)

    def layout(self, name: str, lines: dict[str, Line]) -> None:
        """Every control."""
        kept = FOLDER / f"{name}.json"
        if self._renew:
            rows = [
                f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(lines[key], ensure_ascii=False)}" for key in lines
            ]
            kept.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
        assert differences(json.loads(kept.read_text(encoding="utf-8")), lines) == []

    def picture(self, name: str, drawn: np.ndarray) -> None:
        """What is drawn."""
        kept = FOLDER / f"{name}.png"
        if self._renew:
            Image.fromarray(drawn).save(kept, optimize=True)
        with Image.open(kept) as image:
            assert unlike(np.asarray(image.convert("RGB")), drawn) <= SHARE


@pytest.fixture
def snapshots(request: pytest.FixtureRequest) -> Snapshots:
    return Snapshots(request.config.getoption("--renew-snapshots"))


@pytest.fixture(autouse=True)
def face(dressed: QApplication) -> Iterator[None]:
    """The same letters everywhere: matplotlib's own, unhinted; no caret that blinks; no settings."""
    import matplotlib

    letters = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    added = [QFontDatabase.addApplicationFont(str(letters / f"DejaVuSans{ending}.ttf")) for ending in ("", "-Bold")]
    before, flash = QApplication.font(), QApplication.cursorFlashTime()
    fixed = QFont("DejaVu Sans")
    fixed.setPixelSize(theme.BODY)
    fixed.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    fixed.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    dressed.setFont(fixed)
    dressed.setCursorFlashTime(0)
    settings.path().unlink(missing_ok=True)
    yield
    settings.path().unlink(missing_ok=True)
    dressed.setCursorFlashTime(flash)
    dressed.setFont(before)
    for number in added:
        QFontDatabase.removeApplicationFont(number)


def still(qtbot: QtBot, window: Window) -> None:
    """Until nothing changes any more: threads have delivered, notices are gone."""
    seen: list[np.ndarray] = []

    def quiet() -> bool:
        window.session.flush()
        for notice in list(window.notices.shown):
            window.notices.dismiss(notice)
        seen.append(pixels(window.grab().toImage()))
        qtbot.wait(30)
        return len(seen) > 3 and all(np.array_equal(each, seen[-1]) for each in seen[-3:])

    qtbot.waitUntil(quiet, timeout=20_000)


def labels() -> np.ndarray:
    """A person: hair, skin, clothes, an accessory."""
    plane = np.zeros((150, 100), np.uint8)
    plane[10:25, 38:62] = 4
    plane[22:50, 40:60] = 2
    plane[50:140, 30:70] = 3
    plane[75:88, 66:82] = 1
    return plane


@pytest.fixture
def studio(qtbot: QtBot, window: Window, tmp_path: Path) -> Window:
    """Six flat photos: two with a proposal, one of them open, and one in each other state."""
    root = tmp_path / "photos"
    (root / "A").mkdir(parents=True)
    figure = labels()
    tints = np.array([[205, 200, 195], [120, 70, 60], [225, 180, 160], [60, 80, 140], [70, 50, 40]], np.uint8)
    for number in range(1, 7):
        Image.fromarray(tints[figure] - np.uint8(8 * number)).save(root / "A" / f"{number:02}.png")
        if 2 < number < 6:
            write_mask(root / "B" / f"{number:02}.png", figure)
    session = window.session
    session.open_dataset(root)
    session.active.path = None
    qtbot.waitUntil(lambda: session.document is not None)
    for number, status in ((2, "proposed"), (3, "edited"), (5, "excluded")):
        session.states.set(f"A/{number:02}.png", status)
    session.apply_prediction("A/01.png", figure)
    qtbot.waitUntil(lambda: len(window.live.found) == 5)
    still(qtbot, window)
    return window


def canvas_part(window: Window, rectangle: QRect | None = None) -> np.ndarray:
    canvas = window.paint.canvas
    return pixels(canvas.grab(rectangle or canvas.rect()).toImage())


def point(window: Window, place: tuple[float, float]) -> None:
    """Put the pointer over a place of the photo."""
    canvas = window.paint.canvas
    at = QPointF(*canvas.transform.to_screen(*place))
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, QPointF(canvas.mapToGlobal(at)), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(canvas, event)


def test_welcome(qtbot: QtBot, window: Window, snapshots: Snapshots) -> None:
    still(qtbot, window)
    snapshots.layout("welcome", layout(window))


def test_paint_with_a_proposal(studio: Window, snapshots: Snapshots) -> None:
    snapshots.layout("paint", layout(studio))
    snapshots.picture("proposal", canvas_part(studio))


def test_badges(studio: Window, snapshots: Snapshots) -> None:
    grid = studio.paint.photos.view
    snapshots.picture("badges", pixels(grid.grab(QRect(QPoint(), QSize(grid.width(), 400))).toImage()))


def test_colours(qtbot: QtBot, studio: Window, snapshots: Snapshots) -> None:
    studio.show_workspace(COLOURS)
    still(qtbot, studio)
    snapshots.layout("colours", layout(studio))


def test_the_collection_and_a_board(qtbot: QtBot, studio: Window, snapshots: Snapshots) -> None:
    studio.show_workspace(COLOURS)
    page = studio.colours.collection_page
    with qtbot.waitSignal(page.reader.found):
        studio.colours.tabs.show_tab("Collection")
    still(qtbot, studio)
    snapshots.layout("collection", layout(studio))
    studio.colours.board_page.boards.add(page.pin(page.view.cards.marks[0]))
    studio.colours.tabs.show_tab("Board")
    still(qtbot, studio)
    snapshots.layout("board", layout(studio))


def test_model_without_any_job(qtbot: QtBot, studio: Window, snapshots: Snapshots) -> None:
    studio.show_workspace(MODEL)
    still(qtbot, studio)
    snapshots.layout("model", layout(studio))


@pytest.mark.parametrize("name", ["keys", "guide", "finder"])
def test_pages_over_the_window(qtbot: QtBot, studio: Window, snapshots: Snapshots, name: str) -> None:
    page: QWidget = getattr(studio.overlays, name)
    page.toggle()  # type: ignore[attr-defined]
    still(qtbot, studio)
    snapshots.layout(name, layout(page))


def test_the_page_for_exports(qtbot: QtBot, studio: Window, snapshots: Snapshots) -> None:
    page = studio.exchange.export_page
    page.unfold()
    qtbot.waitUntil(page.go.isEnabled)
    page.path.setText("photos-pix2pix")
    still(qtbot, studio)
    snapshots.layout("export", layout(page))


def test_the_page_for_imports(qtbot: QtBot, studio: Window, snapshots: Snapshots) -> None:
    root = studio.session.dataset.root.parent / "foreign"
    for folder in ("A", "B"):
        (root / folder).mkdir(parents=True)
    figure = labels() * np.uint8(4)
    Image.fromarray(np.stack([figure * np.uint8(9)] * 3, axis=2)).save(root / "A" / "1.png")
    Image.fromarray(figure).save(root / "B" / "1.png")
    page = studio.exchange.import_page
    page.unfold()
    page.use_path(root)
    qtbot.waitUntil(lambda: page.seen.done and bool(page.caption.text()))
    page.maps.setCurrentIndex(page.maps.findData("atr"))
    qtbot.waitUntil(lambda: page.seen.done)
    page.table.selectRow(2)
    page.path.setText("foreign")
    page.out.setText("foreign-chromadesk")
    still(qtbot, studio)
    snapshots.layout("import", layout(page))
    snapshots.picture("import-preview", pixels(page.preview.grab().toImage()))
    chips = QRect(page.table.columnViewportPosition(3), 0, 6 * page.table.columnWidth(3), 5 * theme.ROW)
    snapshots.picture("import-labels", pixels(page.table.viewport().grab(chips).toImage()))


def test_popover(qtbot: QtBot, studio: Window, snapshots: Snapshots) -> None:
    studio.tool_state.toggle_lock(2)
    canvas = studio.paint.canvas
    studio.paint.popover.open(QPoint(*map(int, canvas.transform.to_screen(50, 100))))
    menu = studio.paint.popover.menu
    assert menu is not None
    qtbot.wait(50)
    entries = {
        f"{number} {action.text()}": [*menu.actionGeometry(action).getRect(), action.text(), "", ""]
        for number, action in enumerate(menu.actions())
    }
    snapshots.layout("popover", entries | layout(menu))
    menu.close()


def test_the_cursor(studio: Window, snapshots: Snapshots) -> None:
    for size, locked in itertools.product((1, 9, 40, 90), (False, True)):
        studio.tool_state.set_size(size)
        if locked != bool(studio.tool_state.locked):
            studio.tool_state.toggle_lock(3)
        point(studio, (50, 75))
        x, y = studio.paint.canvas.transform.to_screen(50, 75)
        reach = round(size * studio.paint.canvas.transform.scale / 2) + 24
        around = QRect(round(x) - reach, round(y) - reach, 2 * reach, 2 * reach)
        snapshots.picture(f"cursor-{size}{'-locked' if locked else ''}", canvas_part(studio, around))


def test_wipe(qtbot: QtBot, studio: Window, snapshots: Snapshots) -> None:
    studio.tool_state.set_class(2)
    studio.paint.canvas.document.edit(
        "edit", studio.paint.canvas.document.bounds, np.full((150, 100), 2, np.uint8), np.ones((150, 100), bool)
    )
    studio.comparing.choose("proposal")
    still(qtbot, studio)
    snapshots.picture("wipe", canvas_part(studio, studio.paint.canvas.rect().adjusted(0, 60, 0, 0)))  # below the names


def test_ways_of_seeing(studio: Window, snapshots: Snapshots) -> None:
    state = studio.tool_state
    state.set_outline(True)
    snapshots.picture("outline", canvas_part(studio))
    state.set_lifted(True)
    snapshots.picture("lifted", canvas_part(studio))
    state.set_overlay(False)
    state.set_lifted(False)
    snapshots.picture("bare", canvas_part(studio))


@pytest.fixture
def form(qtbot: QtBot, dressed: QApplication) -> QWidget:
    """A button over a sentence."""
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(QLabel("A sentence", objectName="meta"))
    column.addWidget(QPushButton("Open", objectName="primary"))
    column.addStretch(1)
    made.resize(300, 200)
    made.show()
    return made


def test_a_snapshot_tells_what_was_changed(form: QWidget) -> None:
    button, sentence = form.findChild(QPushButton), form.findChild(QLabel)
    assert button is not None
    assert sentence is not None
    before = layout(form)
    assert differences(before, layout(form)) == []
    place = button.pos()
    for dx, dy in ((4, 0), (-4, 0), (0, 4), (0, -4)):
        button.move(place + QPoint(dx, dy))
        assert ["primary lies" in each for each in differences(before, layout(form))] == [True]
    button.move(place)
    button.resize(button.width(), button.height() + 4)
    assert len(differences(before, layout(form))) == 1
    button.resize(button.width(), button.height() - 4)
    for widget, style in (
        (button, f"background: {theme.FIELD};"),
        (button, f"color: {theme.TEXT};"),
        (sentence, f"color: {theme.TEXT};"),
        (sentence, f"background: {theme.PANEL};"),
    ):
        widget.setStyleSheet(style)
        assert differences(before, layout(form)) != [], style
        widget.setStyleSheet("")
        assert differences(before, layout(form)) == []
    button.setText("Close")
    assert differences(before, layout(form)) == ["primary says 'Close', not 'Open'"]
    button.hide()
    assert differences(before, layout(form)) == ["primary is gone"]


def test_a_picture_tells_a_ring_that_moved_and_bears_another_smoothing(studio: Window) -> None:
    studio.tool_state.set_size(9)
    point(studio, (50, 75))
    drawn = canvas_part(studio, QRect(0, 0, 600, 500))
    x, y = (round(value) for value in studio.paint.canvas.transform.to_screen(50, 75))
    drawn = drawn[y - 50 : y + 50, x - 50 : x + 50]
    faint = np.clip(drawn.astype(int) + np.random.default_rng(0).integers(-6, 7, drawn.shape), 0, 255).astype(np.uint8)
    assert unlike(drawn, faint) == 0
    for shift in ((4, 0), (0, 4)):
        assert unlike(drawn, np.roll(drawn, shift, (0, 1))) > SHARE
    studio.tool_state.set_class(1)
    other = canvas_part(studio, QRect(x - 50, y - 50, 100, 100))
    assert unlike(drawn, other) > SHARE  # the dot in the class's colour
