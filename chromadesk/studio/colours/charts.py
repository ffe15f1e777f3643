"""What a collection's colours look like: palette, wheel of hues, map of lightness and chroma."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from chromadesk.colour.collection import MAP_CHROMA
from chromadesk.colour.pool import Mark
from chromadesk.studio import theme
from chromadesk.studio.colour_words import colour_word
from chromadesk.studio.colours.marks import GRID, INK, MarksView, Spot, box, colour_of, percent, said_of, title_of
from chromadesk.studio.colours.swatch_card import CARD
from chromadesk.studio.words import capitalised, numeral, tr

_GAP = 8
#: Of the wheel, from its middle: where sectors begin, and how far the largest goes.
_INNER, _OUTER, _WORDS = 44.0, 128.0, 146.0
#: Where the wheel says what its hues are called, degrees of OKLCh.
_NAMED = (
    ("red", 27), ("orange", 60), ("yellow", 97), ("green", 145), ("teal", 200), ("blue", 257), ("purple", 312),
    ("pink", 355),
)  # fmt: skip
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 26, 26, 36
_STEPS = 5


class Band(MarksView):
    """The palette as one band, as wide as the shares. The cards below it take the keyboard."""

    def __init__(self) -> None:
        super().__init__(tr("Palette"))
        self.marks: Sequence[Mark] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(56)

    def place(self) -> list[Spot]:
        total = sum(mark.share for mark in self.marks) or 1.0
        spots, x = [], 0.0
        for mark in self.marks:
            width = self.width() * mark.share / total
            spots.append(Spot(mark, box(x, 0, width, self.height()), said_of(mark)))
            x += width
        return spots

    def spot(self, painter: QPainter, spot: Spot) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # or the ground shines through the seams
        painter.fillPath(spot.path, colour_of(spot.what))


class Cards(MarksView):
    """The palette as cards, each with name, hex code and share."""

    def __init__(self) -> None:
        super().__init__(tr("Palette: a card for each colour"))
        self.marks: Sequence[Mark] = ()

    def place(self) -> list[Spot]:
        columns = max(1, (self.width() + _GAP) // (CARD.width() + _GAP))
        spots = []
        for number, mark in enumerate(self.marks):
            row, column = divmod(number, columns)
            at = column * (CARD.width() + _GAP), row * (CARD.height() + _GAP)
            spots.append(Spot(mark, box(*at, CARD.width(), 72), said_of(mark), at))
        return spots

    def refresh(self) -> None:
        super().refresh()
        rows = 1 + max((int(spot.drawn[1]) for spot in self.spots), default=0) // (CARD.height() + _GAP)
        self.setFixedHeight(rows * (CARD.height() + _GAP))

    def spot(self, painter: QPainter, spot: Spot) -> None:
        x, y = spot.drawn
        painter.fillPath(spot.path, colour_of(spot.what))
        painter.setPen(INK)
        painter.setFont(theme.font(theme.BODY))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        title = painter.fontMetrics().elidedText(title_of(spot.what), Qt.TextElideMode.ElideRight, CARD.width())
        painter.drawText(QRectF(x, y + 76, CARD.width(), 16), left, title)
        painter.setFont(theme.font(theme.META))
        painter.drawText(QRectF(x, y + 93, CARD.width(), 16), left, spot.what.swatch.hex)
        painter.drawText(QRectF(x, y + 93, CARD.width(), 16), right, percent(spot.what.share))


class Wheel(MarksView):
    """Sectors of hue; the area of each is its share. Neutrals are not on it."""

    def __init__(self) -> None:
        super().__init__(tr("Wheel of hues"))
        self.marks: Sequence[Mark] = ()
        self.chromatic = 0.0
        self.setFixedSize(340, 316)

    def place(self) -> list[Spot]:
        most = max((mark.share for mark in self.marks), default=1.0)
        spots = []
        for mark in self.marks:
            start, end = mark.at
            radius = max(_radius(mark.share / most), _INNER + 2.5)
            path = QPainterPath(self._on(start, _INNER))
            path.lineTo(self._on(start, radius))
            path.arcTo(self._round(radius), start, end - start)
            path.lineTo(self._on(end, _INNER))
            path.arcTo(self._round(_INNER), end, start - end)
            path.closeSubpath()
            spots.append(Spot(mark, path, said_of(mark)))
        return spots

    def under(self, painter: QPainter) -> None:
        painter.setPen(QPen(GRID, 1))
        for part in (0.25, 0.5, 1.0):
            painter.drawEllipse(self._round(_radius(part)))
        painter.setPen(INK)
        painter.setFont(theme.font(theme.META))
        for word, degrees in _NAMED:
            at = self._on(degrees, _WORDS)
            painter.drawText(QRectF(at.x() - 40, at.y() - 8, 80, 16), Qt.AlignmentFlag.AlignCenter, colour_word(word))
        middle = self._on(0, 0)
        painter.drawText(QRectF(middle.x() - 40, middle.y() + 3, 80, 14), Qt.AlignmentFlag.AlignCenter, tr("has a hue"))
        painter.setFont(theme.font(18, semibold=True))
        painter.drawText(
            QRectF(middle.x() - 40, middle.y() - 21, 80, 24), Qt.AlignmentFlag.AlignCenter, percent(self.chromatic)
        )

    def _on(self, degrees: float, radius: float) -> QPointF:
        """Hues run anticlockwise from the right, as colour scientists draw them."""
        angle = math.radians(degrees)
        return QPointF(self.width() / 2 + radius * math.cos(angle), self.height() / 2 - radius * math.sin(angle))

    def _round(self, radius: float) -> QRectF:
        return QRectF(self.width() / 2 - radius, self.height() / 2 - radius, 2 * radius, 2 * radius)


class LightMap(MarksView):
    """Lightness upwards, chroma to the right; the area of each dot is its share."""

    def __init__(self) -> None:
        super().__init__(tr("Map of lightness and chroma"))
        self.marks: Sequence[Mark] = ()
        self.setMinimumSize(320, 316)

    def place(self) -> list[Spot]:
        most = max((mark.share for mark in self.marks), default=1.0)
        spots = []
        for mark in sorted(self.marks, key=lambda mark: -mark.share):
            lightness, chroma = mark.at
            path = QPainterPath()
            radius = max(3.0, 22 * math.sqrt(mark.share / most))
            path.addEllipse(self._on(lightness, chroma), radius, radius)
            spots.append(Spot(mark, path, said_of(mark)))
        return spots

    def under(self, painter: QPainter) -> None:
        painter.setFont(theme.font(theme.META))
        low, high = self._on(0, 0), self._on(1, MAP_CHROMA)
        for step in range(_STEPS + 1):
            at = self._on(step / _STEPS, MAP_CHROMA * step / _STEPS)
            painter.setPen(QPen(GRID, 1))
            painter.drawLine(QPointF(low.x(), at.y()), QPointF(high.x(), at.y()))
            painter.drawLine(QPointF(at.x(), low.y()), QPointF(at.x(), high.y()))
            painter.setPen(INK)
            right, middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignCenter
            painter.drawText(QRectF(0, at.y() - 8, low.x() - 28, 16), right, numeral(step * 100 / _STEPS))
            painter.drawText(QRectF(at.x() - 20, low.y() + 4, 40, 14), middle, numeral(MAP_CHROMA * step / _STEPS, 2))
        painter.drawText(
            QRectF(low.x(), low.y() + 18, high.x() - low.x(), 16),
            Qt.AlignmentFlag.AlignCenter,
            tr("chroma to the right, lightness upwards"),
        )

    def spot(self, painter: QPainter, spot: Spot) -> None:
        super().spot(painter, spot)
        painter.setPen(QPen(GRID, 1))  # or what is nearly the grey of the ground is not seen at all
        painter.drawPath(spot.path)

    def _on(self, lightness: float, chroma: float) -> QPointF:
        width, height = self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM
        return QPointF(_LEFT + width * min(chroma / MAP_CHROMA, 1.0), _TOP + height * (1 - lightness))


def family_title(mark: Mark) -> str:
    """What a family of colours is called."""
    return capitalised(colour_word(mark.name))


def _radius(part: float) -> float:
    """So that the sector's area beyond the inner ring is ``part`` of the greatest one's."""
    return math.sqrt(_INNER**2 + part * (_OUTER**2 - _INNER**2))
