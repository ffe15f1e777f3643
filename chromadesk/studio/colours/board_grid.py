"""The colours of a board in rows: dropped onto, moved about, taken off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from chromadesk.colour.board import Board
from chromadesk.studio import theme
from chromadesk.studio.colours import carrying
from chromadesk.studio.colours.boards import Boards
from chromadesk.studio.colours.pin_card import CARD, PLACE, PinCard
from chromadesk.studio.panels.thumbnails import Thumbnails
from chromadesk.studio.session import Session

_GAP = 16


class BoardGrid(QWidget):
    """A card for each colour of the board in view."""

    #: The photos of the colour at this place are wanted.
    opened = Signal(int)

    def __init__(self, session: Session, boards: Boards, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._session, self._boards, self._thumbnails = session, boards, thumbnails
        self.cards: list[PinCard] = []
        #: Before which card something would be let go; None: nothing is over the grid.
        self._target: int | None = None
        self.setAcceptDrops(True)
        thumbnails.ready.connect(lambda _: [card.update() for card in self.cards])

    def show_board(self, board: Board) -> None:
        """Show the colours of ``board``; a card that has the keyboard keeps it."""
        while len(self.cards) > len(board.pins):
            card = self.cards.pop()
            card.hide()
            card.deleteLater()
        while len(self.cards) < len(board.pins):
            self.cards.append(self._card())
        for place, (card, pin) in enumerate(zip(self.cards, board.pins, strict=True)):
            card.show_pin(pin, place, self.paths(pin.photos))
        self._arrange()

    def paths(self, keys: tuple[str, ...]) -> dict[str, Path]:
        """The files of those photos that the data set has."""
        found = ((key, self._session.find(key)) for key in keys)
        return {key: item.photo for key, item in found if item is not None}

    def place_at(self, point: QPoint) -> int:
        """The place that what is let go at ``point`` would take."""
        column = round(point.x() / (CARD.width() + _GAP))
        row = point.y() // (CARD.height() + _GAP)
        return max(0, min(row * self._columns + min(column, self._columns), len(self.cards)))

    @property
    def _columns(self) -> int:
        return max(1, (self.width() + _GAP) // (CARD.width() + _GAP))

    def _card(self) -> PinCard:
        card = PinCard(self._thumbnails, self)
        card.changed.connect(lambda pin: self._change(card, lambda board: board.with_changed(card.place, pin)))
        card.removed.connect(lambda: self._remove(card))
        card.moved.connect(lambda step: self._move(card.place, card.place + step))
        card.walked.connect(lambda step: self._focus(card.place + step))
        card.opened.connect(lambda: self.opened.emit(card.place))
        card.show()
        return card

    def _change(self, card: PinCard, changed: Callable[[Board], Board]) -> None:
        board = self._boards.board
        if board is not None and card.place < len(board.pins):
            self._boards.change(changed(board))

    def _remove(self, card: PinCard) -> None:
        place = card.place
        self._change(card, lambda board: board.without(place))
        self._focus(min(place, len(self.cards) - 1))

    def _move(self, place: int, to: int) -> None:
        board = self._boards.board
        if board is not None and 0 <= to < len(board.pins):
            self._boards.change(board.moved(place, to))
            self._focus(to)

    def _focus(self, place: int) -> None:
        if 0 <= place < len(self.cards):
            self.cards[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        for place, card in enumerate(self.cards):
            row, column = divmod(place, self._columns)
            card.move(column * (CARD.width() + _GAP), row * (CARD.height() + _GAP))
        rows = -(-len(self.cards) // self._columns)
        self.setMinimumHeight(rows * (CARD.height() + _GAP) + 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # -- what is dropped -------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(carrying.MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._aim(self.place_at(event.position().toPoint()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(None)
        to, data = self.place_at(event.position().toPoint()), event.mimeData()
        event.acceptProposedAction()
        if data.hasFormat(PLACE):
            place = int(bytes(data.data(PLACE).data()))
            self._move(place, to - 1 if to > place else to)
        elif (pin := carrying.unpacked(data)) is not None:
            self._boards.add(pin, to)

    def _aim(self, place: int | None) -> None:
        if place != self._target:
            self._target = place
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._target is None:
            return
        row, column = divmod(self._target, self._columns)
        if column == 0 and row and self._target == len(self.cards):
            row, column = row - 1, self._columns  # at the end of a full row
        at = QPointF(column * (CARD.width() + _GAP) - _GAP / 2 - 2, row * (CARD.height() + _GAP))
        QPainter(self).fillRect(int(max(at.x(), 0)), int(at.y()), 4, CARD.height() - 16, QColor(theme.ACCENT))
