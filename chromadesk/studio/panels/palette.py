"""The palette of the chosen class, live beside the canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QStackedLayout, QVBoxLayout, QWidget

from chromadesk.classes import CLASSES
from chromadesk.colour.swatch import Swatch
from chromadesk.studio import copying, theme
from chromadesk.studio.canvas.veil import Veil
from chromadesk.studio.colour_words import shown_name
from chromadesk.studio.copying import copy
from chromadesk.studio.lit import Lit
from chromadesk.studio.palettes import COLOURS, LivePalettes
from chromadesk.studio.panels.palette_change import PaletteChange
from chromadesk.studio.panels.parts import heading
from chromadesk.studio.session import Session
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.words import class_name, class_title, numeral, tr

_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class PalettePanel(QWidget):
    """Five swatches of the class in hand, largest share first; a click copies, the pointer lights up the pixels."""

    #: What lights up a swatch's pixels on the canvas: a Veil, or None for the canvas as it is.
    lit = Signal(object)

    def __init__(self, session: Session, state: ToolState, live: LivePalettes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._state = state
        self._live = live
        self._lit = Lit(session, live)
        self._change = PaletteChange(session, live, self)
        self._pointed: int | None = None
        self.name = QLabel("")
        self.name.setObjectName("meta")
        head = QHBoxLayout()
        head.addWidget(heading(tr("PALETTE")))
        head.addStretch(1)
        head.addWidget(self.name)
        self.swatches = [SwatchTile() for _ in range(COLOURS)]
        self.change = QLabel("")
        self.change.setObjectName("meta")
        self.change.setToolTip(tr("How much the pixels of this class have changed their colour on average (CIEDE2000)"))
        tiles = QWidget()
        grid = QGridLayout(tiles)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        for column, tile in enumerate(self.swatches):
            grid.addWidget(tile, 0, column)
            grid.setColumnStretch(column, 1)
            tile.pointed.connect(lambda on, number=column: self._point(number if on else None))
        grid.addWidget(self.change, 1, 0, 1, COLOURS)
        self.empty = QLabel("")
        self.empty.setObjectName("meta")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(self._stack)
        for widget in (tiles, self.empty):  # only now, or the first of them comes up as a window of its own
            self._stack.addWidget(widget)
        self.setFixedHeight(152)
        state.changed.connect(self._follow)
        live.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        fashion_class = CLASSES[self._state.class_id]
        self.name.setText(class_title(fashion_class.id))
        found = self._live.swatches(fashion_class.name)
        for number, tile in enumerate(self.swatches):
            tile.show_swatch(found[number] if number < len(found) else None)
        if self._session.document is None:
            self.empty.setText(tr("Open a photo to see the colours of each class."))
        else:
            self.empty.setText(
                tr(
                    "No {name} in this photo yet. Paint some and its colours appear here.",
                    name=class_name(fashion_class.id),
                )
            )
        self.change.setText(self._change.said(fashion_class.name))
        self._stack.setCurrentIndex(0 if found else 1)
        if self._pointed is not None:
            self._point(self._pointed)

    def _point(self, number: int | None) -> None:
        """The pointer or the keyboard is on a tile, or leaves it (None)."""
        self._pointed = number
        name, document = CLASSES[self._state.class_id].name, self._session.document
        pixels = None
        if number is not None and document is not None and number < len(self._live.swatches(name)):
            pixels = self._lit.pixels(name, number)
        if pixels is None or document is None:
            self.lit.emit(None)
        else:
            self.lit.emit(Veil(pixels, self._lit.step, document.size, QColor(theme.CANVAS)))


class SwatchTile(QWidget):
    """A flat colour, below it its hex code and share; a click or Enter copies it, the menu in another form."""

    #: The pointer or the keyboard comes or goes.
    pointed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.swatch: Swatch | None = None
        self.setFixedHeight(84)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_swatch(self, swatch: Swatch | None) -> None:
        """Show another colour; None leaves the place empty."""
        if swatch != self.swatch:
            self.swatch = swatch
            words = ""
            if swatch:
                share = numeral(swatch.share * 100)
                words = tr("{name}, {hex}, {share} %", name=shown_name(swatch), hex=swatch.hex, share=share)
            self.setToolTip(tr("{swatch}: click to copy, right-click for more", swatch=words) if swatch else "")
            self.setAccessibleName(words)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus if swatch else Qt.FocusPolicy.NoFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor if swatch else Qt.CursorShape.ArrowCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            copy(self, self.swatch)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.swatch is not None:
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            self.menu().popup(self.mapToGlobal(QPoint(0, 48)) if by_key else event.globalPos())

    def menu(self) -> QMenu:
        """The forms to copy it in."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Copy as"))
        if self.swatch is not None:
            copying.fill(menu, self, self.swatch)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            copy(self, self.swatch)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit(self.swatch is not None)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pointed.emit(self.swatch is not None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pointed.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.swatch is None:
            return
        painter = QPainter(self)
        square = QRectF(0, 0, self.width(), 48)
        painter.fillRect(square, QColor(*self.swatch.rgb))
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(theme.ACCENT if self.hasFocus() else theme.TEXT))
            painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(QColor(theme.ink_on(self.swatch.rgb)))  # seen on a colour like the first ring's too
            painter.drawRect(square.adjusted(1.5, 1.5, -1.5, -1.5))
        painter.setFont(theme.font(theme.META))
        painter.setPen(QColor(theme.TEXT))
        painter.drawText(QRectF(0, 52, self.width(), 14), Qt.AlignmentFlag.AlignLeft, self.swatch.hex.lstrip("#"))
        painter.setFont(theme.font(theme.META))
        painter.setPen(QColor(theme.DIM))
        painter.drawText(
            QRectF(0, 67, self.width(), 14), Qt.AlignmentFlag.AlignLeft, f"{self.swatch.share * 100:.0f} %"
        )
