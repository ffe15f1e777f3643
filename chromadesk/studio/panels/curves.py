"""Live curves of a training: the loss step by step, mIoU epoch by epoch.

pyqtgraph takes a quarter of a second to import, so that waits until the Model workspace is made, before anybody paints
beside a training. It is imported in the GUI thread: it goes through PySide6's lazily made types, and doing that in two
threads at once crashes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QSizePolicy, QWidget

from chromadesk.studio import theme
from chromadesk.studio.panels import parts
from chromadesk.studio.words import mark, tr

#: Redrawn at most this often, milliseconds.
_REDRAW_MS = 200
#: Weight of the newest step in the smoothed loss.
_SMOOTHING = 0.1

#: An epoch is judged the quick way, a finished model as it will be used.
_SCORE_TIP = mark(
    "Photos are stretched to the network's size here, as in the paper.\n"
    "The comparison with the old model and the Evaluation panel keep their proportions, so figures there differ."
)

Series = tuple[list[float], list[float]]


class Curves(QWidget):
    """Two plots side by side. ``add`` takes figures as they come, ``clear`` forgets them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(160)
        self.loss: Series = ([], [])
        self.smooth: Series = ([], [])
        self.miou: Series = ([], [])
        self.foreground: Series = ([], [])
        self._epochs = 1.0
        self._plots: list[Any] = []
        self._lines: list[tuple[Any, Series]] = []
        self._legends: list[tuple[Any, Series]] = []
        self._row = parts.row(self, spacing=12)
        self._timer = QTimer(self, singleShot=True, interval=_REDRAW_MS)
        self._timer.timeout.connect(self._draw)
        self._build()

    def add(self, epoch: float, values: dict[str, float]) -> None:
        """Figures at (a part of) ``epoch``: a step's ``loss``; an epoch's ``miou``, ``miou_without_background``."""
        if "loss" in values:
            loss = values["loss"]
            last = self.smooth[1][-1] if self.smooth[1] else loss
            _append(self.loss, epoch, loss)
            _append(self.smooth, epoch, last + _SMOOTHING * (loss - last))
        if "miou" in values:
            _append(self.miou, epoch, values["miou"])
        if "miou_without_background" in values:
            _append(self.foreground, epoch, values["miou_without_background"])
        self._epochs = max(self._epochs, epoch)
        if not self._timer.isActive():
            self._timer.start()

    def clear(self, epochs: float = 1.0) -> None:
        """Forget all figures; ``epochs`` are to come."""
        self._epochs = epochs
        for xs, ys in (self.loss, self.smooth, self.miou, self.foreground):
            xs.clear()
            ys.clear()
        self._draw()

    def _build(self) -> None:
        import pyqtgraph

        pyqtgraph.setConfigOptions(antialias=True)
        dim, text = QColor(theme.DIM), QColor(theme.TEXT)
        faint = QColor(theme.DIM)
        faint.setAlpha(90)
        loss, score = plain_plot(pyqtgraph), plain_plot(pyqtgraph)
        score.setYRange(0, 1, padding=0.02)
        legend = {"labelTextColor": theme.DIM, "labelTextSize": "8pt", "brush": None, "pen": None}
        self._legends = [
            (loss.addLegend(offset=(-8, 8), **legend), self.loss),
            (score.addLegend(offset=(-8, -8), **legend), self.miou),
        ]
        points = {"symbol": "o", "symbolSize": 5, "symbolPen": None}
        named = [
            (loss, self.loss, {"pen": pyqtgraph.mkPen(faint, width=1), "name": tr("each step")}),
            (loss, self.smooth, {"pen": pyqtgraph.mkPen(text, width=1.5), "name": tr("smoothed")}),
            (
                score,
                self.miou,
                {"pen": pyqtgraph.mkPen(text, width=1.5), "symbolBrush": text, "name": tr("five classes"), **points},
            ),
            (
                score,
                self.foreground,
                {
                    "pen": pyqtgraph.mkPen(dim, width=1.5, style=Qt.PenStyle.DashLine),
                    "symbolBrush": dim,
                    **points,
                    "name": tr("without background"),
                },
            ),
        ]
        self._lines = [(plot.plot([], [], **look), series) for plot, series, look in named]
        for plot in (loss, score):
            plot.setLabel("bottom", tr("epoch"), color=theme.DIM)
        for plot, title in ((loss, tr("LOSS")), (score, tr("mIoU AFTER EACH EPOCH"))):
            column = parts.column(margins=0)
            column.addWidget(parts.heading(title))
            column.addWidget(plot, 1)
            self._row.addLayout(column, 1)
        score.setLabel("bottom", tr("epoch · photos stretched"), color=theme.DIM)
        score.setToolTip(tr(_SCORE_TIP))
        self._plots = [loss, score]
        self._draw()

    def _draw(self) -> None:
        for plot in self._plots:
            plot.setXRange(0, self._epochs, padding=0.02)
        for line, (xs, ys) in self._lines:
            line.setData(xs, ys)
        for shown, (xs, _) in self._legends:
            shown.setVisible(bool(xs))  # before that it explains nothing, in colours of pyqtgraph's


def _append(series: Series, x: float, y: float) -> None:
    series[0].append(x)
    series[1].append(y)


def _in_the_language(tick_strings: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """pyqtgraph's own way to write ticks, with the language's decimal sign."""
    return lambda *arguments: [text.replace(".", QLocale().decimalPoint()) for text in tick_strings(*arguments)]


def plain_plot(pyqtgraph: Any) -> Any:
    """A plot of the theme's colours that only shows."""
    plot = pyqtgraph.PlotWidget(background=theme.PANEL)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # it asks for 640 x 480
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setMouseEnabled(x=False, y=False)
    plot.showGrid(y=True, alpha=0.15)
    font = QFont(plot.font())
    font.setPixelSize(11)
    for name in ("left", "bottom"):
        axis = plot.getAxis(name)
        axis.setPen(theme.LINE)
        axis.setTextPen(theme.DIM)
        axis.setTickFont(font)
        axis.enableAutoSIPrefix(False)
        axis.tickStrings = _in_the_language(axis.tickStrings)
    plot.getAxis("left").setWidth(40)
    plot.setDownsampling(auto=True, mode="peak")
    plot.setClipToView(True)
    return plot
