"""The Colours workspace: the palettes of the open photo, large, on the grey that colours are judged on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from chromadesk.classes import CLASSES, PAPER_ORDER
from chromadesk.colour.palette import Swatch
from chromadesk.studio import theme
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.panels.palette import copy
from chromadesk.studio.panels.parts import EmptyState
from chromadesk.studio.session import Session

CARD = QSize(88, 112)
_INK, _QUIET_INK = QColor("#111111"), QColor("#2E2E2E")


class ColoursWorkspace(QWidget):
    """A row of cards for each class that the photo shows."""

    def __init__(
        self, session: Session, live: LivePalettes, choose_folder: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._live = live
        self.setObjectName("colours")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"#colours, #cards {{ background: {theme.COLOURS}; }}")
        self.empty = EmptyState(
            "Open a photo to see the colours of its clothes, skin and hair.", "Open folder", choose_folder
        )
        self.empty.setObjectName("colours")
        self.empty.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.empty.sentence.setStyleSheet("color: #111111;")
        self._ground = QWidget()
        self._ground.setObjectName("cards")
        self._column = QVBoxLayout(self._ground)
        self._column.setContentsMargins(32, 24, 32, 24)
        self._column.setSpacing(24)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(self._ground)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(scroll)
        self.cards: list[SwatchCard] = []
        live.changed.connect(self._changed)
        self._fill()

    def showEvent(self, event: object) -> None:
        self._fill()

    def _changed(self) -> None:
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        self._stack.setCurrentIndex(1 if self._live.swatches else 0)
        while self._column.count():
            old = self._column.takeAt(0)
            if old is not None and (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cards = []
        if self._session.item is None:
            return
        title = QLabel(self._session.item.photo.name)
        title.setStyleSheet(f"color: #111111; font-size: {theme.HEADING}px; font-weight: 600;")
        self._column.addWidget(title)
        for class_id in (*PAPER_ORDER[1:], 0):
            swatches = self._live.swatches.get(CLASSES[class_id].name, [])
            if swatches:
                self._column.addWidget(self._row(class_id, swatches))
        self._column.addStretch(1)

    def _row(self, class_id: int, swatches: list[Swatch]) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        share = self._live.shares[class_id] if self._live.shares else 0.0
        name = QLabel(f"{CLASSES[class_id].name.capitalize()}   {share:.0%} of the photo")
        name.setStyleSheet("color: #111111;")
        layout.addWidget(name)
        row = QHBoxLayout()
        row.setSpacing(8)
        for swatch in swatches:
            card = SwatchCard(self._session, swatch)
            self.cards.append(card)
            row.addWidget(card)
        row.addStretch(1)
        layout.addLayout(row)
        return holder


class SwatchCard(QWidget):
    """88 x 112: a flat square, below it hex code and share; a click copies."""

    def __init__(self, session: Session, swatch: Swatch) -> None:
        super().__init__()
        self._session = session
        self.swatch = swatch
        self.setFixedSize(CARD)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"Copy {swatch.hex}")
        self.setAccessibleName(f"{swatch.hex}, {swatch.share:.0%}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        copy(self._session, self.swatch)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, 88, 72), QColor(*self.swatch.rgb))
        painter.setPen(_INK)
        painter.setFont(theme.font(theme.BODY))
        painter.drawText(QRectF(0, 77, 88, 16), Qt.AlignmentFlag.AlignLeft, self.swatch.hex)
        painter.setPen(_QUIET_INK)
        painter.setFont(theme.font(theme.META))
        painter.drawText(QRectF(0, 94, 88, 16), Qt.AlignmentFlag.AlignLeft, f"{self.swatch.share:.0%}")
