"""What only some tools have to choose from: the history brush its source, brushes under a pen its pressure."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from chromadesk.editing.restore import Source
from chromadesk.studio import icons
from chromadesk.studio.tools.box import BY_NAME
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.words import mark, tr

_SOURCES: tuple[tuple[Source, str, str], ...] = (
    ("proposal", mark("Proposal"), mark("Paint back what the model proposed last; it counts as untouched again")),
    ("saved", mark("Saved"), mark("Paint back the mask as it was saved")),
)


class ToolOptions(QWidget):
    """Takes no room for a tool that has none of these."""

    def __init__(self, state: ToolState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.pressure = QToolButton()
        self.pressure.setIcon(icons.icon("pen"))
        self.pressure.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self.pressure.setFixedSize(28, 28)
        self.pressure.setCheckable(True)
        self.pressure.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pressure.setToolTip(tr("Pen pressure changes the size"))
        self.pressure.setAccessibleName(tr("Pen pressure changes the size"))
        self.pressure.clicked.connect(state.set_pressure_size)
        self.sources: dict[Source, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.pressure)
        group = QButtonGroup(self)
        for source, text, tip in _SOURCES:
            button = QToolButton()
            button.setObjectName("menu")
            button.setText(tr(text))
            button.setCheckable(True)
            button.setFixedHeight(28)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(tr(tip))
            button.setAccessibleName(tr("Paint back: {text}", text=tr(text)))
            button.clicked.connect(lambda _=False, source=source: state.set_source(source))
            group.addButton(button)
            self.sources[source] = button
            layout.addWidget(button)
        state.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        tool = BY_NAME[self._state.tool]
        pen, history = tool.sized and self._state.pen_seen, tool.name == "history"
        self.pressure.setVisible(pen)
        self.pressure.setChecked(self._state.pressure_size)
        for source, button in self.sources.items():
            button.setVisible(history)
            button.setChecked(source == self._state.source)
        self.setVisible(pen or history)
