"""What the pages for export and import share: a foot with the one button that matters, fields with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from chromadesk.studio import theme
from chromadesk.studio.overlay import Overlay
from chromadesk.studio.panels import parts
from chromadesk.studio.words import tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window


class Page(Overlay):
    """Base: Enter does what ``go`` does, Esc closes; ``say`` puts a sentence beside the buttons."""

    def __init__(self, window: Window, go: str, tip: str) -> None:
        super().__init__(window)
        self.said = parts.meta()
        self.said.setMinimumHeight(2 * theme.META + 8)
        self.go = parts.button(go, self.begin, primary=True, tip=tip)
        self.go.setEnabled(False)
        self.leave = parts.button(tr("Cancel"), self.shut, tip=tr("Close (Esc)"))

    def add_foot(self, *others: QPushButton) -> None:
        """Put the foot below all that was put into ``column``; ``others`` stand before its own buttons."""
        rule = QWidget()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        rule.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column.addWidget(rule)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.said, 1)
        foot.addSpacing(16)
        for button in (*others, self.leave):
            foot.addWidget(button)
        foot.addWidget(self.go)
        self.column.addLayout(foot)

    def begin(self) -> None:
        """Do what the page is for."""

    def say(self, text: str, alert: bool = False) -> None:
        """What there is to know before ``go``; ``alert``: what stands in its way."""
        self.said.setText(text)
        self.said.setStyleSheet(f"color: {theme.WARNING if alert else theme.DIM};")
        self.setAccessibleDescription(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            holder = self.focusWidget()
            (holder if isinstance(holder, QPushButton) else self.go).click()
        else:
            super().keyPressEvent(event)


def label(text: str, field: QWidget, tip: str = "") -> QLabel:
    """The label of ``field``, as high as every row."""
    field.setAccessibleName(text)
    if tip:
        field.setToolTip(tip)
    made = parts.meta(text)
    made.setWordWrap(False)
    made.setMinimumHeight(theme.ROW)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def path_field(name: str, tip: str) -> QLineEdit:
    """A field for a file or folder."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setToolTip(tip)
    return made


def switch(text: str, tip: str) -> QCheckBox:
    """Something that is done or not."""
    made = QCheckBox(text)
    made.setToolTip(tip)
    made.setMinimumHeight(theme.ROW)
    return made
