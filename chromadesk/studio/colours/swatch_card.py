"""A swatch as a card: the flat colour, what it is called, how much there is of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from chromadesk.colour.swatch import Swatch
from chromadesk.studio import icons, theme
from chromadesk.studio.colour_words import shown_name
from chromadesk.studio.copying import copy
from chromadesk.studio.tips import plain
from chromadesk.studio.words import numeral, tr

CARD = QSize(88, 112)
SQUARE = 72
#: The only ink that is easy to read on the middle grey.
INK = QColor("#000000")
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_PLAIN = Qt.KeyboardModifier.KeypadModifier
#: What stands on a card that a person's hand was on.
_MARKS = {"locked": "lock", "picked": "pick", "arranged": "hand"}


class SwatchCard(QWidget):
    """88 x 112: a flat square, below it name, hex code and share; a click, Enter or Space copies it.

    It can be dragged: ``dragged`` tells where to, in global pixels, while it is; ``dropped`` where it was let go.
    """

    focused = Signal(bool)
    hovered = Signal(bool)
    #: The menu is wanted, at a global place.
    menu_wanted = Signal(QPoint)
    #: A key that the row knows was pressed.
    key = Signal(QKeyEvent)
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    drag_ended = Signal()
    #: The name that was typed.
    titled = Signal(str)

    def __init__(self, swatch: Swatch, told: str = "") -> None:
        """``told``: more lines for the tool tip."""
        super().__init__()
        self.swatch = swatch
        self.name = shown_name(swatch)
        self._pressed: QPointF | None = None
        self._dragging = False
        self._field: QLineEdit | None = None
        #: "before", "after" or "onto": what letting go another card here would do.
        self._target = ""
        self.setFixedSize(CARD)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain("\n".join(filter(None, (self.name, told, tr("Click to copy, right-click for more"))))))
        state = {
            "locked": tr("locked"),
            "picked": tr("picked by hand"),
            "arranged": tr("arranged by hand"),
        }.get(swatch.origin, "")
        said = [self.name, swatch.hex, f"{numeral(swatch.share * 100)} %", state]
        self.setAccessibleName(", ".join(filter(None, said)))

    def show_target(self, target: str) -> None:
        """Show what letting go another card here would do: "before", "after", "onto" or nothing ("")."""
        if target != self._target:
            self._target = target
            self.update()

    def edit_name(self) -> None:
        """Let a person type a name here; Enter keeps it, Esc does not."""
        field = self._field = _NameField(self)
        field.setAccessibleName(tr("Name of this colour"))
        field.setToolTip(tr("Enter keeps the name, Esc leaves it; empty: named by its colour"))
        field.setText(self.swatch.title)
        field.setPlaceholderText(self.name)
        field.setMaxLength(60)
        field.setGeometry(QRect(0, SQUARE, CARD.width(), CARD.height() - SQUARE).adjusted(0, 2, 0, -10))
        field.returnPressed.connect(lambda: self._named(field))
        field.left.connect(self._end_naming)
        field.show()
        field.selectAll()
        field.setFocus()

    def _named(self, field: QLineEdit) -> None:
        text = field.text().strip()
        self._end_naming()
        if text != self.swatch.title:
            self.titled.emit(text)

    def _end_naming(self) -> None:
        field, self._field = self._field, None
        if field is not None:
            held = field.hasFocus()
            field.hide()
            field.deleteLater()
            if held:
                self.setFocus()

    # -- pointer and keyboard --------------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(self.mapToGlobal(QPoint(0, SQUARE)) if by_key else event.globalPos())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragging:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.grabKeyboard()  # for Esc
        if self._dragging:
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._dragging:
            self._end_drag()
            self.dropped.emit(event.globalPosition().toPoint())
        elif self._pressed is not None and self.rect().contains(event.position().toPoint()):
            copy(self, self.swatch)
        self._pressed = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._dragging:
            if event.key() == Qt.Key.Key_Escape:
                self._pressed = None
                self._end_drag()
        elif event.key() in _KEYS and not event.modifiers() & ~_PLAIN:
            copy(self, self.swatch)
        else:
            event.ignore()
            self.key.emit(event)

    def _end_drag(self) -> None:
        self._dragging = False
        self.releaseKeyboard()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.drag_ended.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide = CARD.width()
        square = QRectF(0, 0, wide, SQUARE)
        painter.fillRect(square, QColor(*self.swatch.rgb))
        ink = theme.ink_on(self.swatch.rgb)
        ratio = self.devicePixelRatioF()
        if self.swatch.origin in _MARKS:
            mark = icons.pixmap(_MARKS[self.swatch.origin], ink, 16, ratio)
            painter.drawPixmap(QPointF(wide - 20, 4), mark)
        if not self.swatch.in_srgb:
            painter.drawPixmap(QPointF(4, 4), icons.pixmap("warning", ink, 16, ratio))
        if self.hasFocus() or self._target == "onto":
            # a ring that is seen on any colour: the accent, and within it the ink
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.drawRect(square.adjusted(1, 1, -1, -1))
            painter.setPen(QPen(QColor(ink), 1))
            painter.drawRect(square.adjusted(2.5, 2.5, -2.5, -2.5))
        elif self._target:
            x = 0 if self._target == "before" else wide - 4
            painter.fillRect(QRectF(x, 0, 4, SQUARE), QColor(theme.ACCENT))
        painter.setPen(INK)
        painter.setFont(theme.font(theme.BODY))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        shown = painter.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRectF(0, 77, wide, 16), left, shown)
        painter.setFont(theme.font(theme.META))
        painter.drawText(QRectF(0, 95, wide, 16), left, self.swatch.hex)
        painter.drawText(QRectF(0, 95, wide, 16), right, f"{self.swatch.share * 100:.0f} %")


class _NameField(QLineEdit):
    """Is left by Esc, or when the keyboard goes elsewhere."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
            event.accept()  # letters typed here are no keys of the card's

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
