"""mIoU of each version as a chart: a line leads from a version to what was made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from chromadesk.studio import theme
from chromadesk.studio.panels import parts
from chromadesk.studio.panels.curves import plain_plot
from chromadesk.studio.words import numeral, tr

#: No less of the scale is shown, so that a change by chance does not look like a leap.
_LEAST_SPAN = 0.1


@dataclass(frozen=True)
class Point:
    """A version: the ``label`` below it, its ``name``, its parent's; ``seen``: it has learned from these photos."""

    label: str
    name: str
    parent: str
    miou: float
    foreground: float | None
    seen: bool


class VersionsChart(QWidget):
    """Two marks a version: over five classes (bright) and without background (quiet), hollow where it has seen them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph

        self.points: list[Point] = []
        self.setAccessibleName(tr("mIoU of each version"))
        self.setMinimumHeight(180)
        self._pyqtgraph: Any = pyqtgraph
        self._plot = plain_plot(pyqtgraph)
        parts.column(self, margins=0).addWidget(self._plot)

    def show_points(self, points: list[Point]) -> None:
        """Draw ``points`` from left to right."""
        if points == self.points:
            return
        self.points = points
        self.setAccessibleDescription(", ".join(f"{point.name} {numeral(point.miou, 3)}" for point in points))
        self._plot.clear()
        if not points:
            return
        self._draw([point.foreground for point in points], theme.DIM, Qt.PenStyle.DashLine)
        self._draw([point.miou for point in points], theme.TEXT, Qt.PenStyle.SolidLine)
        figures = [value for point in points for value in (point.miou, point.foreground) if value is not None]
        middle, span = (min(figures) + max(figures)) / 2, max(max(figures) - min(figures), _LEAST_SPAN)
        self._plot.setYRange(max(0.0, middle - 0.6 * span), min(1.0, middle + 0.6 * span), padding=0)
        self._plot.setXRange(-0.5, len(points) - 0.5, padding=0)
        self._plot.getAxis("bottom").setTicks([[(place, point.label) for place, point in enumerate(points)]])

    def _draw(self, values: list[float | None], colour: str, style: Qt.PenStyle) -> None:
        place_of = {point.name: place for place, point in enumerate(self.points)}
        pen = self._pyqtgraph.mkPen(QColor(colour), width=1.5, style=style)
        for place, point in enumerate(self.points):
            start = place_of.get(point.parent)
            if start is not None and values[start] is not None and values[place] is not None:
                self._plot.plot([start, place], [values[start], values[place]], pen=pen)
        for hollow in (False, True):
            shown = [
                (place, value)
                for place, (point, value) in enumerate(zip(self.points, values, strict=True))
                if value is not None and point.seen == hollow
            ]
            if shown:
                marks = {"symbolSize": 7, "symbolBrush": theme.PANEL if hollow else colour, "symbolPen": colour}
                self._plot.plot(*map(list, zip(*shown, strict=True)), pen=None, symbol="o", **marks)
