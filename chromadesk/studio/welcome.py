"""The welcome page: what the Paint workspace shows while no data set is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from chromadesk import samples
from chromadesk.studio import icons, theme
from chromadesk.studio.outside import said
from chromadesk.studio.panels.parts import button, heading, meta
from chromadesk.studio.recents import Recent, Recents, listed
from chromadesk.studio.session import Session
from chromadesk.studio.tips import plain
from chromadesk.studio.words import mark, tr

#: Width of the column in the middle, and height of a row with two lines.
WIDTH, ROW = 480, 44
SENTENCE = mark("Open a folder of photos to begin, or drop photos here.")
#: A button's usual grey is the canvas's own: here it takes the panels' and a line round it.
_ON_CANVAS = f"""
QPushButton {{ background: {theme.PANEL}; border: 1px solid {theme.LINE}; }}
QPushButton:hover {{ background: {theme.LINE}; }}
QPushButton:focus {{ border-color: {theme.ACCENT}; }}
QPushButton:disabled {{ color: {theme.FAINT}; }}
"""


class Welcome(QWidget):
    """Open a folder, try the sample photos, read the guide, go on with a data set of late."""

    #: The person asks how it all works.
    guide_wanted = Signal()

    def __init__(self, session: Session, choose_folder: Callable[[], None]) -> None:
        super().__init__()
        self._session = session
        self.recents = Recents(session, self)
        self.sentence = QLabel(tr(SENTENCE))
        self.sentence.setObjectName("sentence")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = button(tr("Open folder"), choose_folder, primary=True, tip=tr("Open a folder of photos (@open)"))
        self.samples = button(tr("Sample photos"), self.recents.open_samples)
        self.samples.setStyleSheet(_ON_CANVAS)
        self.samples.setToolTip(tr("Copy two portraits into a folder of your own, and open it"))
        self.guide = button(tr("Guide"), self.guide_wanted.emit, tip=tr("How it all works; needs no network (@manual)"))
        self.guide.setStyleSheet(_ON_CANVAS)
        self.missing = meta("")
        self.missing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if not samples.available():
            self.samples.setEnabled(False)
            self.missing.setText(said(samples.MISSING))
            self.samples.setToolTip(said(samples.MISSING))
        self.rows: list[RecentRow] = []
        self._head = heading(tr("RECENT"))
        self._head.setContentsMargins(12, 24, 12, 4)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        buttons.addWidget(self.samples)
        buttons.addWidget(self.guide)
        buttons.addStretch(1)
        middle = QWidget()
        middle.setMaximumWidth(WIDTH)
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.sentence)
        column.addLayout(buttons)
        column.addWidget(self.missing)
        self.missing.setVisible(not self.samples.isEnabled())
        column.addWidget(self._head)
        column.addLayout(self._list)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addStretch(1)
        layout.addWidget(middle, 100)
        layout.addStretch(1)
        layout.setAlignment(middle, Qt.AlignmentFlag.AlignVCenter)
        self.recents.changed.connect(self.refresh)
        self.recents.looked.connect(self._looked)
        session.opening.changed.connect(
            lambda folder: self.sentence.setText(tr("Opening {folder}…", folder=folder) if folder else tr(SENTENCE))
        )
        self.refresh()

    def refresh(self) -> None:
        """List anew what the settings remember."""
        with_keyboard = next((number for number, row in enumerate(self.rows) if row.isAncestorOf(_focus(self))), None)
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [RecentRow(recent) for recent in listed()]
        for row in self.rows:
            row.clicked.connect(lambda _=False, folder=row.recent.folder: self._open(folder))
            row.forgotten.connect(self.recents.forget)
            self._list.addWidget(row)
            row.show()  # at once, so that it can take the keyboard
        self._head.setVisible(bool(self.rows))
        if self.isVisible():
            self.recents.look()
            if with_keyboard is not None:
                following = self.rows[min(with_keyboard, len(self.rows) - 1)] if self.rows else self.button
                following.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.recents.look()

    def close_threads(self) -> None:
        """Before the window goes."""
        self.recents.close()

    def _open(self, folder: str) -> None:
        self._session.open_folder(Path(folder))

    def _looked(self, folder: str, there: bool) -> None:
        for row in self.rows:
            if row.recent.folder == folder:
                row.show_found(there)


class RecentRow(QAbstractButton):
    """Name, how many are approved, folder, when; a click opens it, the cross (or Delete) takes it off the list."""

    #: The folder to take off the list.
    forgotten = Signal(str)

    def __init__(self, recent: Recent) -> None:
        super().__init__()
        self.recent = recent
        self.found = True
        self.setFixedHeight(ROW)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.cross = QToolButton(self)
        self.cross.setIcon(icons.icon("close"))
        self.cross.setFixedSize(24, 24)
        self.cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cross.setToolTip(tr("Take it off this list (Delete); the folder stays as it is"))
        self.cross.setAccessibleName(tr("Take {name} off the list", name=recent.name))
        self.cross.clicked.connect(self._forget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.addStretch(1)
        layout.addWidget(self.cross)
        self.show_found(True)

    def show_found(self, there: bool) -> None:
        """Say whether the folder is there; one that is not cannot be opened, only taken off."""
        self.found = there
        self.setCursor(Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor)
        words = f"{self.recent.name}, {self._facts()}"
        self.setAccessibleName(words)
        folder = self.recent.folder
        self.setToolTip(
            plain(tr("Open {folder}", folder=folder) if there else tr("{folder} was not found", folder=folder))
        )
        self.update()

    def nextCheckState(self) -> None:
        """A button that stays as it is."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._forget()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def hitButton(self, position: object) -> bool:
        return self.found

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.found:
            painter.setBrush(QColor(theme.LINE))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(self.rect(), theme.RADIUS, theme.RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.ACCENT), 1))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        upper, lower = QRect(12, 4, self.width() - 56, 18), QRect(12, 22, self.width() - 56, 16)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(theme.META))
        painter.setPen(QColor(theme.DIM if self.found else theme.FAINT))
        facts = self._facts()
        painter.drawText(upper, right | middle, facts)
        room = lower.width()
        place = painter.fontMetrics().elidedText(self.recent.folder, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(lower, left | middle, place)
        room = upper.width() - painter.fontMetrics().horizontalAdvance(facts) - 12
        painter.setFont(theme.font(theme.BODY, semibold=True))
        painter.setPen(QColor(theme.TEXT if self.found else theme.FAINT))
        name = painter.fontMetrics().elidedText(self.recent.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(upper, left | middle, name)

    def _facts(self) -> str:
        if not self.found:
            return tr("not found")
        return tr(
            "{approved} of {photos} approved, {when}",
            approved=self.recent.approved,
            photos=self.recent.photos,
            when=self.recent.when,
        ).rstrip(", ")

    def _forget(self) -> None:
        self.forgotten.emit(self.recent.folder)


def _focus(widget: QWidget) -> QWidget:
    return widget.window().focusWidget() or widget
