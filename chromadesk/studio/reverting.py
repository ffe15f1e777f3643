"""Going back to the proposal, the saved mask or what was first opened, as one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromadesk.editing.restore import Source, revert

if TYPE_CHECKING:
    from chromadesk.studio.window import Window


def go_back(window: Window, source: Source) -> None:
    """Go back everywhere but in locked classes; one that changes nothing says why."""
    document = window.session.document
    if document is None or document.stroke is not None:
        return
    _, reason = revert(document, source, window.tool_state.locked)
    if reason:
        window.paint.canvas.say(reason)
