"""What stands beside the photo page's name: the ways to point at the photo, how colours are read, and out to files."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from chromadesk.studio import icons
from chromadesk.studio.colours.hand import Hand
from chromadesk.studio.colours.picking import Picking
from chromadesk.studio.panels import parts
from chromadesk.studio.words import tr


class Head(QWidget):
    """A row of buttons; those of a mode are down while it holds."""

    #: The menu of what leaves the page is wanted, at a global place.
    more_wanted = Signal(QPoint)

    def __init__(self, picking: Picking, hand: Hand) -> None:
        super().__init__()
        self._picking = picking
        self.pick = _button("pick", tr("Pick"), tr("Click the photo to add a colour to its class's row; or press I"))
        self.pick.setCheckable(True)
        self.pick.clicked.connect(lambda: picking.begin("pick"))
        self.grey = _button(
            "grey", tr("Set grey point"), tr("Click what is neutral in truth, to take a colour cast away")
        )
        self.grey.setCheckable(True)
        self.grey.clicked.connect(lambda: picking.begin("grey"))
        self.grey_set = QLabel(tr("Grey point set"))
        self.clear = _button("close", tr("Clear"), tr("Take the colours as the file has them"))
        self.clear.clicked.connect(lambda: hand.clear_grey())
        self.reading = _button("view", tr("Settings"), tr("How many colours, how near, what is left out"))
        self.reading.setCheckable(True)
        self.export = _button("export", tr("Export"), tr("To Photoshop, Illustrator, GIMP, a web page or a PDF"))
        self.export.clicked.connect(
            lambda: self.more_wanted.emit(self.export.mapToGlobal(QPoint(0, self.export.height())))
        )
        layout = parts.row(self, spacing=4)
        layout.addSpacing(16)
        for widget in (self.pick, self.grey, self.grey_set, self.clear):
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in (self.reading, self.export):
            layout.addWidget(widget)
        picking.changed.connect(self._mode_changed)
        self.follow(False, False)

    def follow(self, known: bool, grey: bool) -> None:
        """``known``: there are colours; ``grey``: a grey point is set."""
        for button in (self.pick, self.grey):
            button.setEnabled(known)
        self.grey.setVisible(not grey)
        for widget in (self.grey_set, self.clear):
            widget.setVisible(grey)

    def _mode_changed(self) -> None:
        self.pick.setChecked(self._picking.mode == "pick")
        self.grey.setChecked(self._picking.mode == "grey")


def _button(icon: str, text: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icons.icon(icon))
    made.setIconSize(QSize(16, 16))
    made.setText(text)
    made.setToolTip(tip)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setFixedHeight(28)
    made.setStyleSheet("padding: 0 8px;")
    return made
