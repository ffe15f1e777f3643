"""The Colours workspace: composition only. The open photo's colours, on the grey that colours are judged on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chromadesk.colour.board import Pin
from chromadesk.studio.canvas.saying import say_over
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.colours import carrying
from chromadesk.studio.colours.board_page import BoardPage
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
        self.board_page = BoardPage(session, choose_folder)
        self.tabs = Tabs(
            {
                tr("Photo"): (self.photo_page, self.photo_page.head),
                tr("Collection"): (self.collection_page, self.collection_page.head),
                tr("Board"): (self.board_page, self.board_page.head),
            }
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        self.photo_page.to_board.connect(
            lambda swatch, key, region: self.pin(Pin(swatch, photos=(key,), region=region))
        )
        self.collection_page.to_board.connect(self.pin)
        # A colour that is dragged onto the name of the page goes on to the board itself.
        button = self.tabs.button(tr("Board"))
        button.setAcceptDrops(True)
        button.installEventFilter(self)

    def pin(self, pin: Pin) -> None:
        """Put a colour on the board, and say so."""
        boards = self.board_page.boards
        if boards.add(pin) and boards.board is not None:
            say_over(self, tr("On the board {board}", board=boards.board.title))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and event.mimeData().hasFormat(carrying.MIME):
            self.tabs.show_tab(tr("Board"))
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            dropped = carrying.unpacked(event.mimeData())
            if dropped is not None:
                self.pin(dropped)
                event.acceptProposedAction()
                return True
        return super().eventFilter(watched, event)

    def undo(self) -> None:
        """Take the last step on the page in view back, or say that there is none."""
        if self.tabs.shown == tr("Photo"):
            self.photo_page.hand.undo()
        elif not self.board_page.boards.undo():
            say_over(self, tr("Nothing to undo"))

    def redo(self) -> None:
        """Make the last undone step on the page in view again, or say that there is none."""
        if self.tabs.shown == tr("Photo"):
            self.photo_page.hand.redo()
        elif not self.board_page.boards.redo():
            say_over(self, tr("Nothing to redo"))

    def close_threads(self) -> None:
        """Let go of the threads of the pages."""
        for page in (self.photo_page, self.collection_page, self.board_page):
            page.close_threads()
