"""The palette of the chosen class, live beside the canvas."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from chromadesk.classes import CLASSES
from chromadesk.colour.swatch import Swatch
from chromadesk.studio import theme
from chromadesk.studio.copying import copy
from chromadesk.studio.palettes import COLOURS, LivePalettes
from chromadesk.studio.panels.parts import heading
from chromadesk.studio.session import Session
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.words import class_name, class_title, numeral, tr


class PalettePanel(QWidget):
    """Five swatches of the class in hand, largest share first; a click copies the hex code."""

    def __init__(self, session: Session, state: ToolState, live: LivePalettes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._state = state
        self._live = live
        self.name = QLabel("")
        self.name.setObjectName("meta")
        head = QHBoxLayout()
        head.addWidget(heading(tr("PALETTE")))
        head.addStretch(1)
        head.addWidget(self.name)
        self.swatches = [SwatchTile() for _ in range(COLOURS)]
        tiles = QWidget()
        grid = QGridLayout(tiles)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        for column, tile in enumerate(self.swatches):
            grid.addWidget(tile, 0, column)
            grid.setColumnStretch(column, 1)
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
        self.setFixedHeight(132)
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
        self._stack.setCurrentIndex(0 if found else 1)


class SwatchTile(QWidget):
    """A flat colour, below it its hex code and share."""

    def __init__(self) -> None:
        super().__init__()
        self.swatch: Swatch | None = None
        self.setFixedHeight(84)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_swatch(self, swatch: Swatch | None) -> None:
        """Show another colour; None leaves the place empty."""
        if swatch != self.swatch:
            self.swatch = swatch
            words = (
                tr("{hex}, {share} %: click to copy", hex=swatch.hex, share=numeral(swatch.share * 100))
                if swatch
                else ""
            )
            self.setToolTip(words)
            self.setAccessibleName(words)
            self.setCursor(Qt.CursorShape.PointingHandCursor if swatch else Qt.CursorShape.ArrowCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        copy(self, self.swatch)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.swatch is None:
            return
        painter = QPainter(self)
        square = QRectF(0, 0, self.width(), 48)
        painter.fillRect(square, QColor(*self.swatch.rgb))
        if self.underMouse():
            painter.setPen(QColor(theme.TEXT))
            painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(theme.font(theme.META))
        painter.setPen(QColor(theme.TEXT))
        painter.drawText(QRectF(0, 52, self.width(), 14), Qt.AlignmentFlag.AlignLeft, self.swatch.hex.lstrip("#"))
        painter.setFont(theme.font(theme.META))
        painter.setPen(QColor(theme.DIM))
        painter.drawText(
            QRectF(0, 67, self.width(), 14), Qt.AlignmentFlag.AlignLeft, f"{self.swatch.share * 100:.0f} %"
        )
