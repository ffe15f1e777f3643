"""The right-click popover: classes and size at the cursor, and what can be done to the region under it.

A menu, so that it closes on a choice, on Esc and on a click elsewhere, is walked with the arrow keys, and leaves the
keyboard where it was. The digits choose classes here as they do on the canvas.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QWidget, QWidgetAction

from chromadesk.classes import CLASSES, FashionClass
from chromadesk.studio import theme
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.cleaning import Cleaning
from chromadesk.studio.cleanups import BY_NAME
from chromadesk.studio.tips import set_tip
from chromadesk.studio.tools.fill import fill_at
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.words import class_title, tr

#: The slider is square-rooted, so that small sizes have room.
_STEPS, _LARGEST = 200, 400


class Popover(QObject):
    """Opens where the canvas is right-clicked (or a pen's barrel button pressed, or the menu key)."""

    def __init__(self, canvas: Canvas, cleaning: Cleaning) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._cleaning = cleaning
        #: The one that is open.
        self.menu: QMenu | None = None
        canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        canvas.customContextMenuRequested.connect(self.open)

    def open(self, position: QPoint) -> None:
        """Open at ``position`` on the canvas; not while a stroke is drawn."""
        canvas, document = self._canvas, self._canvas.document
        if document is None or document.stroke is not None or self.menu is not None:
            return
        menu = QMenu(canvas)
        menu.setAccessibleName(tr("Class, size and region"))
        for fashion_class in CLASSES:
            menu.addAction(self._class_action(menu, fashion_class))
        menu.addSeparator()
        size = QWidgetAction(menu)
        size.setDefaultWidget(_Size(canvas.state))
        menu.addAction(size)
        column, row = canvas.transform.to_photo(position.x() * canvas.ratio, position.y() * canvas.ratio)
        place = math.floor(row), math.floor(column)
        if not canvas.refusal() and 0 <= place[0] < document.size[0] and 0 <= place[1] < document.size[1]:
            menu.addSeparator()
            menu.addMenu(self._fill_menu(menu, place, int(document.labels[place])))
            person = menu.addAction(tr(BY_NAME["person"].title))
            person.triggered.connect(lambda: self._cleaning.begin("person", place))
        menu.aboutToHide.connect(self._closed)
        self.menu = menu
        menu.popup(canvas.mapToGlobal(position))

    def _class_action(self, menu: QMenu, fashion_class: FashionClass) -> QAction:
        state = self._canvas.state
        chosen = state.class_id == fashion_class.id
        action = QAction(_swatch(fashion_class, chosen), _text(fashion_class, state), menu)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda: state.set_class(fashion_class.id))
        return action

    def _fill_menu(self, menu: QMenu, place: tuple[int, int], present: int) -> QMenu:
        canvas, state = self._canvas, self._canvas.state
        submenu = QMenu(tr("Fill region with"), menu)
        for fashion_class in CLASSES:
            if fashion_class.id == present:
                continue
            action = submenu.addAction(_swatch(fashion_class), _text(fashion_class, state))
            action.setEnabled(not state.locked & {fashion_class.id, present})
            action.triggered.connect(lambda _=False, chosen=fashion_class.id: fill_at(canvas, *place, chosen))
        return submenu

    def _closed(self) -> None:
        menu, self.menu = self.menu, None
        if menu is not None:
            menu.deleteLater()
        self._canvas.setFocus()


class _Size(QWidget):
    """The size of brush and eraser: a slider and the number."""

    def __init__(self, state: ToolState) -> None:
        super().__init__()
        self._state = state
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setMinimumWidth(96)
        self.slider.setAccessibleName(tr("Brush size"))
        set_tip(self.slider, tr("Brush size (@canvas.size_down and @canvas.size_up)"))
        self.number = QLabel()
        self.number.setObjectName("meta")
        self.number.setFixedWidth(48)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(QLabel(tr("Size")))
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.number)
        self.setFixedHeight(theme.ROW)
        self.setFocusProxy(self.slider)
        self.slider.setValue(round((min(state.size, _LARGEST) / _LARGEST) ** 0.5 * _STEPS))
        self.slider.valueChanged.connect(self._slid)
        self._show()

    def _slid(self, value: int) -> None:
        self._state.set_size(max(round((value / _STEPS) ** 2 * _LARGEST), 1))
        self._show()

    def _show(self) -> None:
        self.number.setText(f"{self._state.size} px")


class _Slider(QSlider):
    """Left and right are its own; up and down walk on through the menu."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _text(fashion_class: FashionClass, state: ToolState) -> str:
    name = class_title(fashion_class.id)
    if fashion_class.id in state.locked:
        name = tr("{name} (locked)", name=name)
    return f"&{fashion_class.id}   {name}"


def _swatch(fashion_class: FashionClass, chosen: bool = False) -> QIcon:
    """The class's colour, 16 x 16; within a ring when it is the one in hand."""
    made = QIcon()
    for ratio in (1, 2):
        picture = QPixmap(16 * ratio, 16 * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.LINE))
        painter.setBrush(QColor(*fashion_class.colour))
        if chosen:
            painter.drawRoundedRect(QRectF(3.5, 3.5, 9, 9), 1, 1)
            painter.setPen(QPen(QColor(theme.ACCENT), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(0.75, 0.75, 14.5, 14.5), 3, 3)
        else:
            painter.drawRoundedRect(QRectF(0.5, 0.5, 15, 15), 2, 2)
        painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            made.addPixmap(picture, mode)
    return made
