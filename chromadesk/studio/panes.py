"""F6 goes round the parts of the window: the canvas keeps Tab for itself, so this is the way out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from chromadesk.studio.window import Window


def go(window: Window, step: int) -> None:
    """Give the keyboard to the next part (1) or the one before (-1) that has a control to take it."""
    parts = [part for part in _parts(window) if part.isVisible()]
    holder = window.focusWidget()
    inside = [number for number, part in enumerate(parts) if holder is part or (holder and part.isAncestorOf(holder))]
    # Parts lie within parts (a notice over the canvas): the innermost is where the keyboard is.
    here = inside[-1] if inside else -1 if step > 0 else 0
    for away in range(1, len(parts) + 1):
        first = first_control(parts[(here + away * step) % len(parts)])
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def first_control(part: QWidget) -> QWidget | None:
    """The first widget of ``part``, itself included, that Tab would stop at."""
    at: QWidget | None = part
    seen: set[int] = set()
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        inside = at is part or part.isAncestorOf(at)
        if inside and at.isVisible() and at.isEnabled() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return at
        at = at.nextInFocusChain()
    return None


def _parts(window: Window) -> list[QWidget]:
    """In the order of the eye: the work, what stands round it, the bars, and what lies over them."""
    paint = window.paint
    around = [paint.photos, paint.tools, paint.canvas, paint.empty, paint.bare, paint.sides[1], paint.options]
    middle = around if paint.isVisible() else [window.workspaces]
    notices: list[QWidget] = list(window.notices.shown)
    pages = [overlay for overlay in window.overlays.made if overlay.isVisible()]
    return [window.top, *middle, *notices, *pages]
