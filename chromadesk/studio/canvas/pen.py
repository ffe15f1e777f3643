"""The pen of a tablet: how hard it presses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputDevice, QTabletEvent

from chromadesk.studio.tools.state import ToolState


class Pen:
    """``pressure`` is 0 to 1; what has none, a mouse for one, presses fully."""

    def __init__(self, state: ToolState) -> None:
        self._state = state
        self.pressure = 1.0

    def told(self, event: QTabletEvent) -> None:
        """Note the pressure, and leave the rest to the mouse event that Qt makes of what nobody accepts: so clicks,
        double-clicks and the focus are the same for pen and mouse.
        """
        event.ignore()
        if not event.pointingDevice().hasCapability(QInputDevice.Capability.Pressure):
            return
        self._state.see_pen()
        if event.type() != QTabletEvent.Type.TabletRelease and event.buttons() != Qt.MouseButton.NoButton:
            self.pressure = event.pressure()

    def lifted(self) -> None:
        """The stroke ended."""
        self.pressure = 1.0
