"""What the hand holds: tool, class, size, locks, and what is shown. Panels and canvas share it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chromadesk.classes import COUNT
from chromadesk.editing.brush import MAX_DIAMETER, MIN_DIAMETER
from chromadesk.editing.magnetic import LEAST, MOST, USUAL

#: The largest size the slider and [ ] reach; typing reaches MAX_DIAMETER.
START_SIZE, START_CLASS = 40, 3
#: A scribble is thin, whatever the brush is.
_SCRIBBLE_SIZE = 8


class ToolState(QObject):
    """One for the window; every setter emits ``changed`` when something is different afterwards."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool = "brush"
        self.class_id = START_CLASS
        self.previous_class = 0
        self.size = START_SIZE
        self.locked: frozenset[int] = frozenset()
        self.hidden: frozenset[int] = frozenset()
        self.overlay = True
        #: How faint an edge stops the magnetic brush, 1-100.
        self.sensitivity = USUAL
        #: Strokes move to the photo's edges when they end.
        self.refine = False
        self._other_size = _SCRIBBLE_SIZE

    def set_tool(self, name: str) -> None:
        """Take another tool. The scribble has a size of its own."""
        if (name == "scribble") != (self.tool == "scribble"):
            self.size, self._other_size = self._other_size, self.size
        self._set("tool", name)

    def set_class(self, class_id: int) -> None:
        """Paint another class; the present one is what X brings back."""
        if class_id != self.class_id and 0 <= class_id < COUNT:
            self.previous_class = self.class_id
            self._set("class_id", class_id)

    def swap_classes(self) -> None:
        """The class before, and back again."""
        self.set_class(self.previous_class)

    def set_size(self, size: int) -> None:
        """Diameter of brush and eraser in photo pixels."""
        self._set("size", min(max(size, MIN_DIAMETER), MAX_DIAMETER))

    def resize(self, direction: int) -> None:
        """One step up (1) or down (-1); steps grow with the size."""
        basis = self.size if direction > 0 else self.size - 1
        step = 1 if basis < 10 else 5 if basis < 50 else 10 if basis < 100 else 25
        self.set_size((self.size + direction * step) // step * step if step > 1 else self.size + direction)

    def set_sensitivity(self, sensitivity: int) -> None:
        """How faint an edge stops the magnetic brush."""
        self._set("sensitivity", min(max(sensitivity, LEAST), MOST))

    def set_refine(self, on: bool) -> None:
        """Move strokes to the photo's edges when they end, or leave them as drawn."""
        self._set("refine", on)

    def toggle_lock(self, class_id: int) -> None:
        """Lock a class, or unlock it."""
        self._set("locked", self.locked ^ {class_id})

    def toggle_hidden(self, class_id: int) -> None:
        """Hide a class, or show it."""
        self._set("hidden", self.hidden ^ {class_id})

    def set_overlay(self, on: bool) -> None:
        """Show the mask over the photo, or the bare photo."""
        self._set("overlay", on)

    def _set(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.changed.emit()
