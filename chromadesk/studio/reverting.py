"""Going back to the proposal, the saved mask, the one before it or what was first opened, as one step that can be
undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromadesk.editing import store
from chromadesk.editing.patch import Plane
from chromadesk.editing.restore import Source, revert
from chromadesk.studio.words import tr

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


def bring_back(window: Window) -> None:
    """Go back to the mask that the last save replaced, everywhere but in locked classes; what cannot be says why."""
    session, opened = window.session, window.session.opened
    if opened is None or session.refuses():
        return
    canvas = window.paint.canvas

    def lay(labels: Plane | None) -> None:
        if opened is not session.opened or opened.document.stroke is not None:
            return
        if labels is None:
            canvas.say(tr("The mask before the last save cannot be read, or is of another size"))
        elif store.lay_previous(opened, labels, window.tool_state.locked) is None:
            canvas.say(tr("Already as before the last save"))

    session.files.run(lambda: store.previous(opened), lay, lambda error: session.notice.emit(str(error), "error"))


def offer_previous(window: Window, sentence: str) -> None:
    """Say that the mask of the open photo cannot be read (``sentence``), with a button for the one before it."""
    opened = window.session.opened

    def answered() -> None:
        if opened is window.session.opened:
            bring_back(window)

    window.notices.show(sentence, "error", tr("Bring back the mask before the last save"), answered)
