"""Charts whose every mark can be pointed at, clicked, dragged, and walked through with the arrow keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from chromadesk.colour.board import MOST_PHOTOS, Pin
from chromadesk.colour.names import name
from chromadesk.colour.pool import Mark
from chromadesk.colour.swatch import Swatch
from chromadesk.studio import theme
from chromadesk.studio.colour_words import colour_word
from chromadesk.studio.colours import carrying
from chromadesk.studio.tips import plain
from chromadesk.studio.words import capitalised, numeral, tr

INK = QColor("#000000")
#: Lines of a scale on the grey of the canvas.
GRID = QColor("#696969")
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True)
class Spot:
    """``what`` a mark stands for, where it lies, what is said of it; ``drawn`` is its own of whoever draws it."""

    what: Any
    path: QPainterPath
    said: str
    drawn: Any = None


class MarksView(QWidget):
    """Subclasses ``place`` their spots for the size there is, and draw what they like ``under`` and in each spot."""

    #: The ``what`` of a spot that was clicked, or Enter pressed on.
    chosen = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.spots: list[Spot] = []
        #: What is shown elsewhere just now; its spot is framed.
        self.shown: object = None
        #: The class that the colours are of, for those dragged away.
        self.region = ""
        self._at = 0
        self._under: Spot | None = None
        self._pressed: QPointF | None = None
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)

    def place(self) -> list[Spot]:
        """The spots, the topmost last, in the order in which the keys go through them; each chart has its own."""
        return []

    def under(self, painter: QPainter) -> None:
        """Draw what lies under the spots."""

    def spot(self, painter: QPainter, spot: Spot) -> None:
        """Draw one spot."""
        painter.fillPath(spot.path, colour_of(spot.what))

    def refresh(self) -> None:
        """Place the spots anew."""
        self.spots = self.place()
        self._at = min(self._at, max(len(self.spots) - 1, 0))
        self._under = None
        self.setAccessibleDescription(self.spots[self._at].said if self.spots else "")
        self.update()

    def show_chosen(self, what: object) -> None:
        """Frame the spot of ``what``, if it is here."""
        self.shown = what
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.under(painter)
        for spot in self.spots:
            self.spot(painter, spot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        focused = self.spots[self._at] if self.hasFocus() and self.spots else None
        for spot in self.spots:
            if spot is self._under or spot.what is self.shown:
                painter.strokePath(spot.path, QPen(INK, 2 if spot.what is self.shown else 1))
        if focused is not None:  # the accent alone is lost on a blue swatch, or on the grey
            painter.strokePath(focused.path, QPen(INK, 4))
            painter.strokePath(focused.path, QPen(QColor(theme.ACCENT), 2))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            spot = self._spot_at(self._pressed)
            if far and spot is not None and isinstance(spot.what, Mark):
                self._pressed = None
                carrying.drag(self, pin_of(spot.what, self.region))
            return
        spot = self._spot_at(event.position())
        if spot is not self._under:
            self._under = spot
            self.setToolTip(plain(spot.said) if spot is not None else "")
            self.setCursor(Qt.CursorShape.ArrowCursor if spot is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        spot = self._spot_at(event.position())
        if pressed is not None and spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = self.spots.index(spot)
            self.chosen.emit(spot.what)

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self.spots) - 1
        if last >= 0 and key in _STEPS:
            self._go(min(max(self._at + _STEPS[key], 0), last))
        elif last >= 0 and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else last)
        elif last >= 0 and key in _KEYS:
            self.chosen.emit(self.spots[self._at].what)
        else:
            super().keyPressEvent(event)

    def _go(self, place: int) -> None:
        self._at = place
        self.setAccessibleDescription(self.spots[place].said)
        self.update()

    def _spot_at(self, point: QPointF) -> Spot | None:
        return next((spot for spot in reversed(self.spots) if spot.path.contains(point)), None)


def box(x: float, y: float, width: float, height: float) -> QPainterPath:
    """A rectangle."""
    path = QPainterPath()
    path.addRect(QRectF(x, y, width, height))
    return path


def colour_of(mark: Mark) -> QColor:
    """Its mean colour."""
    return QColor(*mark.swatch.rgb)


def ink_on(mark: Mark) -> QColor:
    """Black or white, whichever is read better on a mark."""
    return QColor("#FFFFFF") if mark.swatch.lab[0] < 55 else INK


def title_of(mark: Mark) -> str:
    """The everyday name of its colour."""
    return capitalised(colour_word(name(mark.swatch.rgb)))


def title_of_swatch(swatch: Swatch) -> str:
    """The person's name for it, else an everyday one."""
    return swatch.title or capitalised(colour_word(name(swatch.rgb)))


def percent(share: float) -> str:
    """``12 %``, ``1.4 %``, ``under 0.1 %``."""
    value = 100 * share
    if 0 < value < 0.1:
        return f"< {numeral(0.1, 1)} %"
    return f"{numeral(value, 0 if value >= 9.95 else 1)} %"


def said_of(mark: Mark, title: str = "") -> str:
    """Name, share and number of photos."""
    photos = tr("%Ln photo(s)", "", len(mark.photos))
    return f"{title or title_of(mark)}, {mark.swatch.hex}, {percent(mark.share)}, {photos}"


def pin_of(mark: Mark, region: str) -> Pin:
    """A mark as it goes to a board."""
    return Pin(mark.swatch, photos=mark.keys[:MOST_PHOTOS], region=region)
