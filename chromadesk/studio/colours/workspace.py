"""The Colours workspace: composition only. The open photo's colours, on the grey that colours are judged on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.colours.collection_page import CollectionPage
from chromadesk.studio.colours.photo_page import PhotoPage
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.panels.tabs import Tabs
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr


class ColoursWorkspace(QWidget):
    """Pages that take turns; beside their names what the page in view offers."""

    def __init__(
        self,
        session: Session,
        live: LivePalettes,
        canvas: Canvas,
        choose_folder: Callable[[], None],
        selected: Callable[[], list[str]],
        parent: QWidget | None = None,
    ) -> None:
        """``selected``: the photos selected in the filmstrip."""
        super().__init__(parent)
        self.photo_page = PhotoPage(session, live, canvas, choose_folder)
        self.collection_page = CollectionPage(session, choose_folder, selected)
        self.tabs = Tabs(
            {
                tr("Photo"): (self.photo_page, self.photo_page.head),
                tr("Collection"): (self.collection_page, self.collection_page.head),
            }
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)

    def undo(self) -> None:
        """Take the last step on the page in view back, or say that there is none."""
        self.photo_page.hand.undo()

    def redo(self) -> None:
        """Make the last undone step on the page in view again, or say that there is none."""
        self.photo_page.hand.redo()

    def close_threads(self) -> None:
        """End what runs in the background."""
        self.collection_page.close_threads()
