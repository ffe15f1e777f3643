"""What the hand holds: tool, class, size, locks, and what is shown. Panels and canvas share it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chromadesk.classes import COUNT
from chromadesk.editing.brush import MAX_DIAMETER, MIN_DIAMETER
from chromadesk.editing.magnetic import LEAST, MOST, USUAL
from chromadesk.editing.restore import Source
from chromadesk.studio.words import class_name, together, tr

#: The largest size the slider and [ ] reach; typing reaches MAX_DIAMETER.
START_SIZE, START_CLASS = 40, 3
USUAL_FILL = 35
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
        #: The only class that may be painted over; None: any that is not locked.
        self.over: int | None = None
        self.hidden: frozenset[int] = frozenset()
        self.overlay = True
        #: How much of the class colour fills the mask, in per cent; at 0 only outlines are seen.
        self.fill = USUAL_FILL
        #: Shadows of the photo are lifted, for the eye only.
        self.lifted = False
        #: What the history brush paints back.
        self.source: Source = "proposal"
        #: A tablet was used; whether its pressure makes brush and eraser larger and smaller.
        self.pen_seen = False
        self.pressure_size = True
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

    def pressed_size(self, pressure: float) -> int:
        """The diameter under a pen that presses so hard (0 to 1)."""
        return max(round(self.size * pressure), MIN_DIAMETER) if self.pressure_size else self.size

    def set_pressure_size(self, on: bool) -> None:
        """Let the pen's pressure change the size, or not."""
        self._set("pressure_size", on)

    def see_pen(self) -> None:
        """A pen came near."""
        self._set("pen_seen", True)

    def set_source(self, source: Source) -> None:
        """What the history brush paints back."""
        self._set("source", source)

    def set_sensitivity(self, sensitivity: int) -> None:
        """How faint an edge stops the magnetic brush."""
        self._set("sensitivity", min(max(sensitivity, LEAST), MOST))

    def set_refine(self, on: bool) -> None:
        """Move strokes to the photo's edges when they end, or leave them as drawn."""
        self._set("refine", on)

    def toggle_lock(self, class_id: int) -> None:
        """Lock a class, or unlock it."""
        self._set("locked", self.locked ^ {class_id})

    def toggle_over(self, class_id: int) -> None:
        """Paint over this class only, or over any again."""
        self._set("over", None if self.over == class_id else class_id)

    def toggle_hidden(self, class_id: int) -> None:
        """Hide a class, or show it."""
        self._set("hidden", self.hidden ^ {class_id})

    def set_overlay(self, on: bool) -> None:
        """Show the mask over the photo, or the bare photo."""
        self._set("overlay", on)

    def set_fill(self, per_cent: int) -> None:
        """How much of the class colour fills the mask, 0 to 100."""
        self._set("fill", min(max(per_cent, 0), 100))

    def set_outline(self, on: bool) -> None:
        """Show outlines only, or the usual fill."""
        self.set_fill(0 if on else USUAL_FILL)

    def set_lifted(self, on: bool) -> None:
        """Lift the shadows of the photo on the screen, or show it as it is."""
        self._set("lifted", on)

    @property
    def rule(self) -> str:
        """What the locks allow, in words; empty when anything goes."""
        said = [tr("over {name} only", name=class_name(self.over))] if self.over is not None else []
        if len(self.locked) > 2:
            said.append(tr("{number} classes locked", number=len(self.locked)))
        elif self.locked:
            said.append(tr("{names} locked", names=together([class_name(each) for each in sorted(self.locked)])))
        return ", ".join(said)

    def _set(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.changed.emit()
