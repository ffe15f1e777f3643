"""What differs between the groups of a collection: families over time, colours that rise and fall, distances."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from chromadesk.colour import hues
from chromadesk.colour.collection import Summary
from chromadesk.colour.pool import Mark
from chromadesk.colour.trends import Change, Distance
from chromadesk.studio import theme
from chromadesk.studio.colours.charts import family_title
from chromadesk.studio.colours.marks import (
    GRID,
    INK,
    MarksView,
    Spot,
    box,
    colour_of,
    ink_on,
    percent,
    said_of,
    title_of,
)
from chromadesk.studio.words import mark, numeral, tr

_BARS, _LABELS, _WIDEST, _NARROWEST = 280, 36, 150, 10
_ROW, _HEAD = 28, 24
#: Where the scale of the changes begins, how wide it is at most, and the room for what is said beside it.
_AT, _SCALE, _SAID = 362, 300, 124
_CELL, _SIDE = 64, 96
_VERDICTS = {"rising": mark("rising"), "falling": mark("falling"), "not sure": mark("not sure")}


class Families(MarksView):
    """A bar for each group: hues stand on the line, neutrals hang below it."""

    def __init__(self) -> None:
        super().__init__(tr("Hues and neutrals, group by group"))
        self.groups: Sequence[Summary] = ()
        self.setFixedHeight(_BARS + _LABELS)

    def place(self) -> list[Spot]:
        spots: list[Spot] = []
        for number, group in enumerate(self.groups):
            x, width = self._bar(number)
            up = down = self._line
            neutral = [each for each in group.families if each.name in hues.NEUTRALS]
            for each in (each for each in group.families if each.name in hues.HUES):
                height = each.share * self._scale
                up -= height
                spots.append(self._spot(group, each, box(x, up, width, height)))
            for each in neutral:
                height = each.share * self._scale
                spots.append(self._spot(group, each, box(x, down + 3, width, height)))
                down += height
        return spots

    def under(self, painter: QPainter) -> None:
        painter.setPen(INK)
        painter.setFont(theme.font(theme.META))
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        for number, group in enumerate(self.groups):
            x, width = self._bar(number)
            room = self._step
            for place, text in enumerate((group.name, tr("%Ln photo(s)", "", len(group.keys)))):
                shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room))
                top = _BARS + 8 + place * 14
                painter.drawText(QRectF(x + width / 2 - room / 2, top, room, 14), middle, shown)

    def spot(self, painter: QPainter, spot: Spot) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillPath(spot.path, colour_of(spot.what))
        area = spot.path.boundingRect()
        if area.height() >= 15:
            painter.setFont(theme.font(theme.META))
            painter.setPen(ink_on(spot.what))
            text = f"{family_title(spot.what)} {percent(spot.what.share)}"
            if painter.fontMetrics().horizontalAdvance(text) > area.width() - 8:
                text = family_title(spot.what)
            if painter.fontMetrics().horizontalAdvance(text) <= area.width() - 8:
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    @property
    def _scale(self) -> float:
        """The height of a whole, so that the group of the most hues fits, and that of the most neutrals, too."""
        shares = [group.chromatic for group in self.groups] or [0.0]
        return (_BARS - 3) / (max(shares) + 1 - min(shares))

    @property
    def _line(self) -> float:
        return self._scale * max((group.chromatic for group in self.groups), default=0.0)

    @property
    def _step(self) -> float:
        return min(_WIDEST + 8, max(_NARROWEST + 2, self.width() / max(len(self.groups), 1)))

    def _bar(self, number: int) -> tuple[float, float]:
        gap = 8 if self._step > 32 else 2
        return number * self._step, self._step - gap

    def _spot(self, group: Summary, each: Mark, path: QPainterPath) -> Spot:
        return Spot(each, path, f"{group.name}: {said_of(each, family_title(each))}")


class Changes(MarksView):
    """A row for each colour: its share before and after, the difference and the interval in which that lies."""

    def __init__(self) -> None:
        super().__init__(tr("Rising and falling colours"))
        self.changes: Sequence[Change] = ()
        self.before = self.after = ""
        self.setMinimumWidth(620)

    def place(self) -> list[Spot]:
        rows = sorted(self.changes, key=lambda change: (change.verdict == "not sure", -change.difference))
        spots = []
        for number, change in enumerate(rows):
            said = tr(
                "{colour}: {before} before, {after} after, {verdict}; the change lies between {low} and {high} points",
                colour=title_of(change.mark),
                before=percent(change.before),
                after=percent(change.after),
                verdict=tr(_VERDICTS[change.verdict]),
                low=_points(change.low),
                high=_points(change.high),
            )
            path = box(0, _HEAD + number * _ROW, self.width(), _ROW)
            spots.append(Spot(change.mark, path, said, change))
        return spots

    def refresh(self) -> None:
        super().refresh()
        self.setFixedHeight(_HEAD + _ROW * len(self.spots) + 4)

    def under(self, painter: QPainter) -> None:
        if not self.changes:
            return
        painter.setPen(INK)
        painter.setFont(theme.font(theme.META))
        bottom = Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        for x, text in ((192, self.before), (268, self.after)):
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, 70)
            painter.drawText(QRectF(x, 0, 70, _HEAD), Qt.AlignmentFlag.AlignRight | bottom, shown)
        painter.drawText(QRectF(self._zero - self._scale / 2, 0, self._scale / 2 - 8, _HEAD), bottom, tr("← less"))
        right = Qt.AlignmentFlag.AlignRight | bottom
        painter.drawText(QRectF(self._zero + 8, 0, self._scale / 2 - 8, _HEAD), right, tr("more →"))
        painter.setPen(QPen(INK, 1))
        painter.drawLine(QPointF(self._zero, _HEAD), QPointF(self._zero, self.height()))

    def spot(self, painter: QPainter, spot: Spot) -> None:
        change: Change = spot.drawn
        sure = change.verdict != "not sure"
        y = spot.path.boundingRect().y()
        painter.fillRect(QRectF(2, y + 3, 40, _ROW - 6), colour_of(spot.what))
        painter.setPen(INK)
        painter.setFont(theme.font(theme.BODY))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(52, y, 136, _ROW), middle, title_of(spot.what))
        for x, share in ((192, change.before), (268, change.after)):
            painter.drawText(QRectF(x, y, 70, _ROW), Qt.AlignmentFlag.AlignRight | middle, percent(share))
        reach = max((abs(end) for each in self.changes for end in (each.low, each.high)), default=0.0) or 1.0
        low, high, at = (
            self._zero + value / reach * (self._scale / 2 - 8) for value in (change.low, change.high, change.difference)
        )
        bar = QRectF(low, y + 11, max(high - low, 1), _ROW - 22)
        if sure:
            painter.fillRect(bar, INK)
        else:
            painter.setPen(QPen(GRID.darker(135), 1))
            painter.drawRect(bar)
        painter.setPen(QPen(INK, 1))
        painter.setBrush(colour_of(spot.what))
        painter.drawEllipse(QPointF(at, y + _ROW / 2), 5.5, 5.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(theme.font(theme.META, semibold=sure))
        text = f"{_points(change.difference)}  {tr(_VERDICTS[change.verdict])}"
        painter.drawText(QRectF(self._zero + self._scale / 2 + 12, y, _SAID - 12, _ROW), middle, text)

    @property
    def _zero(self) -> float:
        return _AT + self._scale / 2

    @property
    def _scale(self) -> float:
        return min(_SCALE, self.width() - _AT - _SAID)


class Distances(MarksView):
    """How far the groups lie apart, each pair once; a click compares the two."""

    def __init__(self) -> None:
        super().__init__(tr("Distances between groups"))
        self.names: Sequence[str] = ()
        self.distances: Sequence[Distance] = ()

    def place(self) -> list[Spot]:
        places = {name: number for number, name in enumerate(self.names)}
        spots = []
        for each in self.distances:
            column, row = sorted((places[each.one], places[each.two]))
            said = tr(
                "{one} and {two}: {value} ΔE00 apart; chance alone makes up to {chance}",
                one=each.one,
                two=each.two,
                value=numeral(each.value, 1),
                chance=numeral(each.chance, 1),
            )
            path = box(_SIDE + column * (_CELL + 2), (row - 1) * (_ROW + 2), _CELL, _ROW)
            spots.append(Spot((each.one, each.two), path, said, each))
        return spots

    def refresh(self) -> None:
        super().refresh()
        self.setFixedHeight(max(len(self.names), 1) * (_ROW + 2))

    def under(self, painter: QPainter) -> None:
        painter.setPen(INK)
        painter.setFont(theme.font(theme.META))
        metrics = painter.fontMetrics()
        for place, name in enumerate(self.names):
            if place:
                shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, _SIDE - 8)
                painter.drawText(
                    QRectF(0, (place - 1) * (_ROW + 2), _SIDE - 8, _ROW), Qt.AlignmentFlag.AlignVCenter, shown
                )
            if place < len(self.names) - 1:
                shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, _CELL)
                x, y = _SIDE + place * (_CELL + 2), (len(self.names) - 1) * (_ROW + 2)
                painter.drawText(QRectF(x, y, _CELL, _ROW), Qt.AlignmentFlag.AlignHCenter, shown)

    def spot(self, painter: QPainter, spot: Spot) -> None:
        each: Distance = spot.drawn
        most = max((other.value for other in self.distances), default=0.0) or 1.0
        beyond = each.value > each.chance
        ground = QColor(INK)
        ground.setAlphaF(0.08 + 0.72 * each.value / most if beyond else 0.04)
        painter.fillPath(spot.path, ground)
        painter.setPen(QColor("#FFFFFF") if beyond and each.value / most > 0.4 else INK)
        painter.setFont(theme.font(theme.BODY, semibold=beyond))
        painter.drawText(spot.path.boundingRect(), Qt.AlignmentFlag.AlignCenter, numeral(each.value, 1))


def _points(value: float) -> str:
    """A difference of shares in points of a hundred, with its sign."""
    return f"{'+' if value >= 0 else '−'}{numeral(abs(100 * value), 1)}"
