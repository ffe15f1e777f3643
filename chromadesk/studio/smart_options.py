"""Options of the tools that look at the photo: how sensitive the magnetic brush is, refine after the stroke."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSlider, QWidget

from chromadesk.editing.magnetic import LEAST, MOST
from chromadesk.studio.tips import set_tip
from chromadesk.studio.tools.box import BY_NAME
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.words import tr


class SmartOptions(QWidget):
    """Shows what the tool in hand has; nothing for the others."""

    def __init__(self, state: ToolState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._name = QLabel(tr("Sensitivity"))
        self.sensitivity = QSlider(Qt.Orientation.Horizontal)
        self.sensitivity.setRange(LEAST, MOST)
        self.sensitivity.setFixedWidth(80)
        self.sensitivity.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sensitivity.setAccessibleName(tr("Sensitivity to edges"))
        self.sensitivity.setToolTip(tr("How faint an edge stops the magnetic brush: left only strong ones, right all"))
        self.sensitivity.valueChanged.connect(state.set_sensitivity)
        self.refine = QCheckBox(tr("Refine edges"))
        self.refine.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_tip(self.refine, tr("When a stroke ends, its outline moves to the photo's edges (@canvas.refine)"))
        self.refine.toggled.connect(state.set_refine)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._name)
        layout.addWidget(self.sensitivity)
        layout.addWidget(self.refine)
        state.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        tool = BY_NAME[self._state.tool]
        magnetic = tool.name == "magnetic"
        self._name.setVisible(magnetic)
        self.sensitivity.setVisible(magnetic)
        self.sensitivity.setValue(self._state.sensitivity)
        self.refine.setVisible(tool.refines)
        self.refine.setChecked(self._state.refine)
        self.setVisible(magnetic or tool.refines)
