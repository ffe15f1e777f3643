"""The single keys of the canvas: tools (tapped or held), classes, size, overlay, Space."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from chromadesk.studio.tools.box import BY_KEY

if TYPE_CHECKING:
    from chromadesk.studio.canvas.view import Canvas

#: A key held longer than this is a loan: releasing it gives back what was before, milliseconds. Counted by the events'
#: own times, so that a busy machine does not turn a tap into a hold.
HOLD = 200
_TOOL_KEYS = {getattr(Qt.Key, f"Key_{letter}"): tool.name for letter, tool in BY_KEY.items()}
_CLASS_KEYS = {getattr(Qt.Key, f"Key_{digit}"): digit for digit in range(5)}
#: [ and ] by place on the keyboard, whatever the layout prints there (X11 and Wayland, Windows, macOS).
_BRACKETS = {"linux": {34: -1, 35: 1}, "win32": {26: -1, 27: 1}, "darwin": {33: -1, 30: 1}}.get(sys.platform, {})


class CanvasKeys:
    """Knows which keys are down; ``press`` and ``release`` say whether the key was one of theirs."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.space = False
        self._held: tuple[int, int, str] | None = None
        self._overlay_held: tuple[int, bool] | None = None

    def press(self, event: QKeyEvent) -> bool:
        """A key went down on the canvas."""
        state, key = self._canvas.state, event.key()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat() and not self.space:
                self.space = True
                self._canvas.space_changed()
            return True
        direction = _direction(event)
        if direction:
            state.resize(direction)
            return True
        if plain:
            return False
        if event.isAutoRepeat() and (key in _TOOL_KEYS or key in (Qt.Key.Key_Q, Qt.Key.Key_R, Qt.Key.Key_X)):
            return True
        if key in _TOOL_KEYS:
            if self._canvas.document is None or self._canvas.document.stroke is None:
                self._held = (key, event.timestamp(), state.tool)
                state.set_tool(_TOOL_KEYS[Qt.Key(key)])
        elif key in _CLASS_KEYS:
            state.set_class(_CLASS_KEYS[Qt.Key(key)])
        elif key == Qt.Key.Key_R:
            state.set_refine(not state.refine)
        elif key == Qt.Key.Key_X:
            state.swap_classes()
        elif key == Qt.Key.Key_Q:
            self._overlay_held = (event.timestamp(), state.overlay)
            state.set_overlay(not state.overlay)
        elif key == Qt.Key.Key_Escape:
            self._canvas.tool.cancel()
        else:
            return False
        return True

    def release(self, event: QKeyEvent) -> bool:
        """A key went up."""
        if event.isAutoRepeat():
            return False
        key = event.key()
        if key == Qt.Key.Key_Space and self.space:
            self.space = False
            self._canvas.space_changed()
        elif self._held is not None and key == self._held[0]:
            _, since, before = self._held
            self._held = None
            if event.timestamp() - since > HOLD:
                self._canvas.state.set_tool(before)
        elif key == Qt.Key.Key_Q and self._overlay_held is not None:
            since, shown = self._overlay_held
            self._overlay_held = None
            if event.timestamp() - since > HOLD:
                self._canvas.state.set_overlay(shown)
        else:
            return False
        return True

    def forget(self) -> None:
        """The keyboard went elsewhere, and with it the releases: give back what is on loan."""
        if self._held is not None:
            self._canvas.state.set_tool(self._held[2])
        if self._overlay_held is not None:
            self._canvas.state.set_overlay(self._overlay_held[1])
        self._held = self._overlay_held = None
        if self.space:
            self.space = False
            self._canvas.space_changed()


def _direction(event: QKeyEvent) -> int:
    if event.key() == Qt.Key.Key_BracketLeft:
        return -1
    if event.key() == Qt.Key.Key_BracketRight:
        return 1
    return _BRACKETS.get(event.nativeScanCode(), 0)
