"""The single keys of the canvas: tools and views (tapped or held), classes, size, Space."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from chromadesk.studio.tools.box import BY_KEY
from chromadesk.studio.tools.state import ToolState

if TYPE_CHECKING:
    from chromadesk.studio.canvas.view import Canvas

#: A key held longer than this is a loan: releasing it gives back what was before, milliseconds. Counted by the events'
#: own times, so that a busy machine does not turn a tap into a hold.
HOLD = 200
_TOOL_KEYS = {getattr(Qt.Key, f"Key_{letter}"): tool.name for letter, tool in BY_KEY.items()}
#: What is seen: whether it is so now, and how to make it so.
_VIEW_KEYS: dict[Qt.Key, tuple[Callable[[ToolState], bool], Callable[[ToolState, bool], None]]] = {
    Qt.Key.Key_Q: (lambda state: state.overlay, ToolState.set_overlay),
    Qt.Key.Key_F: (lambda state: state.fill == 0, ToolState.set_outline),
    Qt.Key.Key_O: (lambda state: state.lifted, ToolState.set_lifted),
}
_CLASS_KEYS = {getattr(Qt.Key, f"Key_{digit}"): digit for digit in range(5)}
#: [ and ] by place on the keyboard, whatever the layout prints there (X11 and Wayland, Windows, macOS): on a German one
#: ü and +.
_BRACKETS = {"linux": {34: -1, 35: 1}, "win32": {26: -1, 27: 1}, "darwin": {33: -1, 30: 1}}.get(sys.platform, {})
_NONE = Qt.KeyboardModifier.NoModifier
#: AltGr, as X11 and as Windows tell of it.
_ALT_GR = (
    Qt.KeyboardModifier.GroupSwitchModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
)


class CanvasKeys:
    """Knows which keys are down; ``press`` and ``release`` say whether the key was one of theirs."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.space = False
        self._held: tuple[int, int, str] | None = None
        self._seen: tuple[int, int, bool] | None = None
        #: The key that stands in this file for the one that was pressed; another once keys were changed (keymap.py).
        self.meaning: Callable[[int], int] = int

    def press(self, event: QKeyEvent) -> bool:
        """A key went down on the canvas."""
        state, key = self._canvas.state, self.meaning(event.key())
        held = held_with(event)
        if held not in (_NONE, Qt.KeyboardModifier.ShiftModifier):
            return False
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat() and not self.space:
                self.space = True
                self._canvas.space_changed()
            return True
        direction = direction_of(event, key)
        if direction:
            state.resize(direction)
            return True
        if held:
            return False
        if event.isAutoRepeat() and (key in _TOOL_KEYS or key in _VIEW_KEYS or key in (Qt.Key.Key_R, Qt.Key.Key_X)):
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
        elif key in _VIEW_KEYS:
            shown, show = _VIEW_KEYS[Qt.Key(key)]
            self._seen = (key, event.timestamp(), shown(state))
            show(state, not shown(state))
        elif key == Qt.Key.Key_Escape:
            self._canvas.tool.cancel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._canvas.tool.accept()
        elif key == Qt.Key.Key_Backspace:
            self._canvas.tool.back()
        else:
            return False
        return True

    def release(self, event: QKeyEvent) -> bool:
        """A key went up."""
        if event.isAutoRepeat():
            return False
        key = self.meaning(event.key())
        if key == Qt.Key.Key_Space and self.space:
            self.space = False
            self._canvas.space_changed()
        elif self._held is not None and key == self._held[0]:
            _, since, before = self._held
            self._held = None
            if event.timestamp() - since > HOLD:
                self._canvas.state.set_tool(before)
        elif self._seen is not None and key == self._seen[0]:
            _, since, seen_before = self._seen
            if event.timestamp() - since > HOLD:
                _VIEW_KEYS[Qt.Key(key)][1](self._canvas.state, seen_before)
            self._seen = None
        else:
            return False
        return True

    def forget(self) -> None:
        """The keyboard went elsewhere, and with it the releases: give back what is on loan."""
        if self._held is not None:
            self._canvas.state.set_tool(self._held[2])
        if self._seen is not None:
            key, _, before = self._seen
            _VIEW_KEYS[Qt.Key(key)][1](self._canvas.state, before)
        self._held = self._seen = None
        if self.space:
            self.space = False
            self._canvas.space_changed()


def held_with(event: QKeyEvent) -> Qt.KeyboardModifier:
    """The modifiers held with a key, but for those that only find it: the number pad's, and AltGr where it makes a sign
    (a German [ is AltGr+8).
    """
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    sign = event.text().strip()
    return _NONE if held in _ALT_GR and sign and sign.isprintable() else held


def direction_of(event: QKeyEvent, key: int) -> int:
    """Smaller (-1) or larger (1), where ``key`` is what was pressed or means; 0: neither."""
    if key == Qt.Key.Key_BracketLeft:
        return -1
    if key == Qt.Key.Key_BracketRight:
        return 1
    if key != event.key():
        return 0  # another key's by a person's wish
    return _BRACKETS.get(event.nativeVirtualKey() if sys.platform == "darwin" else event.nativeScanCode(), 0)
