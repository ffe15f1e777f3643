"""A page over the window that stops nothing: Esc closes it, and the keyboard goes back to where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QStyle, QToolButton, QVBoxLayout, QWidget

from chromadesk.studio import icons, theme
from chromadesk.studio.keyboard import Holder
from chromadesk.studio.words import tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

_STYLE = f"""
#overlay {{ background: {theme.PANEL}; border: 1px solid {theme.LINE}; border-radius: {theme.RADIUS}px; }}
#overlay QScrollArea, #overlay QScrollArea > QWidget > QWidget {{ background: transparent; }}
"""
_SLIDE = 8
#: Its room: between the bars at the top and the status bar, px.
_ABOVE, _BELOW, _MARGIN = 40 + 36 + 12, 24 + 12, 16


class Overlay(QFrame):
    """Base: a title, a cross, and room below them (``column``); ``focus_first`` gets the keyboard when it is shown."""

    title = ""
    #: What it would like to have; the window may give it less.
    wanted = QSize(640, 480)
    #: In the middle of its room, or at the upper end.
    centred = True

    def __init__(self, window: Window) -> None:
        over = window.centralWidget()
        assert over is not None
        super().__init__(over)
        self._over = over
        self._window = window
        self._before = Holder()
        self.setObjectName("overlay")
        self.setStyleSheet(_STYLE)
        self.setAccessibleName(tr(self.title))
        self.focus_first: QWidget = self
        self.head = QHBoxLayout()
        self.head.setContentsMargins(16, 12, 12, 8)
        self.head.setSpacing(12)
        name = QLabel(tr(self.title))
        name.setObjectName("title")
        self.cross = QToolButton()
        self.cross.setIcon(icons.icon("close"))
        self.cross.setFixedSize(24, 24)
        self.cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cross.setToolTip(tr("Close (Esc)"))
        self.cross.setAccessibleName(tr("Close {title}", title=tr(self.title)))
        self.cross.clicked.connect(self.shut)
        self.head.addWidget(name)
        self.head.addStretch(1)
        self.head.addWidget(self.cross)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        self.column.addLayout(self.head)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(theme.MOTION)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._over.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Show it, or take it away."""
        if self.isVisible():
            self.shut()
        else:
            self.unfold()

    def unfold(self) -> None:
        """Show it; the keyboard goes to ``focus_first``. Only one of them is shown at a time."""
        holder = QApplication.focusWidget()
        for other in self._window.overlays.made:
            if other is not self and other.isVisible():
                holder = other._before.take()
                other.hide()
        if holder is None or not self.isAncestorOf(holder):
            self._before.remember(holder)
        place = self._place()
        self.refresh()
        self.show()
        self.raise_()
        self.focus_first.setFocus()
        # Zero where the person asked the desktop for less motion.
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0:
            self._slide.setStartValue(place.topLeft() + QPoint(0, _SLIDE))
            self._slide.setEndValue(place.topLeft())
            self._slide.start()

    def shut(self) -> None:
        """Take it away; the keyboard goes back."""
        if self.isVisible():
            had_keyboard = self.isAncestorOf(QApplication.focusWidget() or self)
            self.hide()
            before = self._before.take()
            if had_keyboard:
                there = before is not None and before.isVisible() and before.isEnabled()
                (before if there and before is not None else self._window.paint.canvas).setFocus()

    def refresh(self) -> None:
        """Show what is so now; called before it is shown."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._slide.stop()
            self._place()
        return False

    def _place(self) -> QRect:
        over = self._over
        width = min(self.wanted.width(), over.width() - 2 * _MARGIN)
        room = over.height() - _ABOVE - _BELOW
        height = min(self.wanted.height(), room)
        top = _ABOVE + ((room - height) // 2 if self.centred else 0)
        place = QRect((over.width() - width) // 2, top, width, height)
        self.setGeometry(place)
        return place
