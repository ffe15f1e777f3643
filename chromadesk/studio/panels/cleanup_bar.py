"""The bar over the canvas while a clean-up is looked at: what it is, how strong, how much changes, yes or no."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QLabel, QSlider, QWidget

from chromadesk.studio import icons, theme
from chromadesk.studio.cleanups import CleanUp
from chromadesk.studio.elided import Elided
from chromadesk.studio.panels.parts import button, row, title
from chromadesk.studio.tips import set_tip
from chromadesk.studio.words import numeral, tr

_LINE, _GAP, _LEFT, _RIGHT = 40, 12, 12, 8
#: The slider is to have so much of a line at least.
_SLIDER = 80


class CleanUpBar(QWidget):
    """Lies over the top of ``canvas``; no click on it takes the keyboard from the canvas."""

    amount_changed = Signal(int)
    view_only_changed = Signal()
    applied = Signal()
    cancelled = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._words = "{0}"
        self.setObjectName("cleanupbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # a click here is no stroke
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.picture = QLabel()
        self.title = title()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setMinimumWidth(_SLIDER)
        self.slider.setMaximumWidth(180)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(tr("How strong"))
        set_tip(self.slider, tr("How strong the clean-up is (@canvas.size_down and @canvas.size_up, or the arrows)"))
        self.slider.valueChanged.connect(self._slid)
        self.amount = QLabel()
        self.amount.setObjectName("meta")
        self.hint = Elided()
        self.hint.setObjectName("meta")
        self.view_only = QCheckBox(tr("In view only"))
        self.view_only.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.view_only.setToolTip(tr("Change nothing that the window does not show at present"))
        self.view_only.toggled.connect(self.view_only_changed)
        self.count = QLabel()
        self.count.setObjectName("meta")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.cancel = button(tr("Cancel"), self.cancelled.emit, tip=tr("Leave the mask as it is (Esc)"))
        self.apply = button(tr("Apply"), self.applied.emit, primary=True, tip=tr("Change the mask (Enter)"))
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._first, self._second = row(), row()
        self._first.addWidget(self.picture)
        self._first.addWidget(self.title)
        self._first.addWidget(self.slider)
        self._first.addWidget(self.amount)
        self._first.setStretchFactor(self.slider, 1)
        self._first.addWidget(self.hint, 1)
        self._second.addWidget(self.view_only)
        self._second.addStretch(1)
        self._second.addWidget(self.count)
        self._second.addWidget(self.cancel)
        self._second.addWidget(self.apply)
        self._lines.addLayout(self._first, 1)
        self._lines.addLayout(self._second, 0)
        self.hide()

    def present(self, cleanup: CleanUp, amount: int, most: int) -> None:
        """Come up for ``cleanup``, its slider at ``amount`` of 1 to ``most``."""
        self._words = tr(cleanup.amount)
        self.setAccessibleName(tr(cleanup.title))
        self.picture.setPixmap(icons.pixmap(cleanup.name, theme.TEXT, icons.SIZE, self.devicePixelRatioF()))
        self.title.setText(tr(cleanup.title))
        self.title.setToolTip(tr(cleanup.does))
        self.hint.setText(tr(cleanup.hint) if cleanup.hint else "")
        blocked = self.slider.blockSignals(True)
        self.slider.setRange(1, most)
        self.slider.setPageStep(max(most // 10, 1))
        self.slider.setValue(amount)
        self.slider.blockSignals(blocked)
        slides = tr(cleanup.slider)
        self.slider.setAccessibleName(slides)
        set_tip(self.slider, " ".join([slides, tr("(@canvas.size_down and @canvas.size_up, or the arrows)")]))
        # The longest text, or everything beside it would move with the slider.
        self.amount.setFixedWidth(self.amount.fontMetrics().horizontalAdvance(self._words.format(most)) + 8)
        self.amount.setText(self._words.format(amount))
        counts = tr("{count} px change", count=numeral(1_000_000)), tr("Nothing to clean up"), tr("Looking…")
        self.count.setMinimumWidth(max(map(self.count.fontMetrics().horizontalAdvance, counts)))
        self.show_count(None)
        self.lie_over()
        self.show()
        self.raise_()

    def show_count(self, count: int | None) -> None:
        """How many pixels would change; None while that is being found out."""
        if count is None:
            self.count.setText(tr("Looking…"))
        else:
            self.count.setText(tr("{count} px change", count=numeral(count)) if count else tr("Nothing to clean up"))
        self.apply.setEnabled(bool(count))

    def lie_over(self) -> None:
        """Along the top of the canvas; in two lines where one has no room for all its words."""
        narrow = self._canvas.width() < self.sizeHint().width()
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._lines.setDirection(direction)
        self._lines.setSpacing(0 if narrow else _GAP)
        self._lines.setContentsMargins(_LEFT, 4 if narrow else 0, _RIGHT, 8 if narrow else 1)
        self.setGeometry(0, 0, self._canvas.width(), 2 * _LINE if narrow else _LINE)

    def sizeHint(self) -> QSize:
        for each in (self._first, self._second):
            each.invalidate()
        words = self._first.sizeHint().width() + self.hint.sizeHint().width() + self._second.sizeHint().width()
        return QSize(words + _GAP + _LEFT + _RIGHT, _LINE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.cancel.hasFocus():
            self.applied.emit()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _slid(self, amount: int) -> None:
        self.amount.setText(self._words.format(amount))
        self.amount_changed.emit(amount)
