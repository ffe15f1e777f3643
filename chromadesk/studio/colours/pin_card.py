"""A colour on a board as a card: the swatch, its name and note to write on, the photos it comes from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from chromadesk.colour.board import Pin
from chromadesk.colour.names import name
from chromadesk.studio import theme
from chromadesk.studio.colour_words import colour_word
from chromadesk.studio.colours import carrying
from chromadesk.studio.colours.marks import INK
from chromadesk.studio.copying import copy
from chromadesk.studio.panels.thumbnails import Thumbnails
from chromadesk.studio.words import capitalised, numeral, tr

CARD = QSize(160, 252)
#: The photos below the note.
PICTURE = QSize(34, 46)
_SQUARE, _NAME, _HEX, _NOTE, _PHOTOS = 116, 120, 146, 164, 198
_SHOWN = 3
#: Says which card of the board is dragged.
PLACE = "application/x-chromadesk-place"


class PinCard(QWidget):
    """Ctrl+arrows move it, Delete removes it, Enter shows its photos; it can be dragged."""

    #: It should be as this Pin is.
    changed = Signal(object)
    #: So many places on.
    moved = Signal(int)
    removed = Signal()
    #: Its photos are wanted.
    opened = Signal()
    #: The keyboard goes so many cards on.
    walked = Signal(int)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.pin: Pin | None = None
        self.place = 0
        #: Of its photos, those that are there: key -> file.
        self.photos: dict[str, Path] = {}
        self._thumbnails = thumbnails
        self._pressed: QPointF | None = None
        self.setFixedSize(CARD)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name = _field(self, _NAME, tr("Name of this colour"))
        self.note = _field(self, _NOTE, tr("Note on this colour"))
        self.note.setPlaceholderText(tr("Note"))
        self.name.setObjectName("pinname")
        self.name.editingFinished.connect(self._written)
        self.note.editingFinished.connect(self._written)

    def show_pin(self, pin: Pin, place: int, photos: dict[str, Path]) -> None:
        """Show ``pin``, the one at ``place``; ``photos``: key -> file, of those that are there."""
        self.place, self.photos = place, photos
        if pin == self.pin:
            self.update()
            return
        self.pin = pin
        word = capitalised(colour_word(name(pin.swatch.rgb)))
        self.name.setText(pin.swatch.title)
        self.name.setPlaceholderText(word)
        self.note.setText(pin.note)
        for field in (self.name, self.note):
            field.setCursorPosition(0)
        self.setAccessibleName(f"{pin.swatch.title or word}, {pin.swatch.hex}")
        self.setAccessibleDescription(pin.note)
        self.setToolTip(tr("Arrows with Ctrl move it, Delete removes it, Enter shows its photos"))
        self.update()

    def _written(self) -> None:
        if self.pin is not None:
            swatch = replace(self.pin.swatch, title=self.name.text().strip())
            after = replace(self.pin, swatch=swatch, note=self.note.text().strip())
            if after != self.pin:
                self.changed.emit(after)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(tr("Copy hex"), lambda: copy(self, self.pin.swatch if self.pin else None))
        menu.addAction(tr("Show its photos"), self.opened.emit).setEnabled(bool(self.photos))
        menu.addSeparator()
        menu.addAction(tr("Move left"), lambda: self.moved.emit(-1))
        menu.addAction(tr("Move right"), lambda: self.moved.emit(1))
        menu.addAction(tr("Remove"), self.removed.emit)
        return menu

    # -- pointer and keyboard --------------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu().popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self.pin is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(self.packed())
            picture = QPixmap(80, 58)
            picture.fill(QColor(*self.pin.swatch.rgb))
            drag.setPixmap(picture)
            drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction)

    def packed(self) -> QMimeData:
        """It, as it is dragged."""
        assert self.pin is not None
        data = carrying.packed(self.pin)
        data.setData(PLACE, str(self.place).encode())
        return data

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is not None and event.button() == Qt.MouseButton.LeftButton and event.position().y() >= _PHOTOS:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps:
            moving = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            (self.moved if moving else self.walked).emit(steps[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.pin is None:
            return
        painter = QPainter(self)
        swatch, wide = self.pin.swatch, CARD.width()
        square = QRectF(0, 0, wide, _SQUARE)
        painter.fillRect(square, QColor(*swatch.rgb))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.drawRect(square.adjusted(1, 1, -1, -1))
            painter.setPen(QPen(QColor(theme.ink_on(swatch.rgb)), 1))
            painter.drawRect(square.adjusted(2.5, 2.5, -2.5, -2.5))
        painter.setPen(INK)
        painter.setFont(theme.font(theme.META))
        lab = " ".join(numeral(value) for value in swatch.lab)
        painter.drawText(QRectF(3, _HEX, wide - 3, 16), Qt.AlignmentFlag.AlignLeft, f"{swatch.hex}   Lab {lab}")
        keys = list(self.photos)
        x = 3.0
        for key in keys[:_SHOWN]:
            picture = self._thumbnails.get(key, self.photos[key])
            if picture is None:
                painter.fillRect(QRectF(x, _PHOTOS, PICTURE.width(), PICTURE.height()), QColor(0, 0, 0, 40))
                x += PICTURE.width() + 4
            else:
                painter.drawPixmap(QPointF(x, _PHOTOS), picture)
                x += picture.deviceIndependentSize().width() + 4
        if len(keys) > _SHOWN:
            room = QRectF(x + 2, _PHOTOS, wide - x, PICTURE.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"+{len(keys) - _SHOWN}")


def _field(card: PinCard, top: int, title: str) -> QLineEdit:
    made = QLineEdit(card)
    made.setObjectName("onboard")
    made.setAccessibleName(title)
    made.setToolTip(title)
    made.setMaxLength(200)
    made.setGeometry(0, top, CARD.width(), 24)
    return made
