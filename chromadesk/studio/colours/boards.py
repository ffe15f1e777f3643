"""The season boards of the open data set: every change is written at once, and can be taken back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from chromadesk.colour import board as on_disk
from chromadesk.colour.board import Board, Pin
from chromadesk.errors import InputError
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr

#: So many changes can be taken back.
STEPS = 50
_State = tuple[dict[str, Board], str]


class Boards(QObject):
    """``all`` of them by the names of their files, in natural order; ``current`` is the one in view, empty for none."""

    #: What is in view, or the list, is another.
    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.all: dict[str, Board] = {}
        self.current = ""
        #: Files that are no boards; their names are taken.
        self._unreadable: list[str] = []
        self._state: Path | None = None
        self._done: list[_State] = []
        self._undone: list[_State] = []
        session.dataset_opened.connect(self._load)
        self._load()

    @property
    def board(self) -> Board | None:
        """The one in view."""
        return self.all.get(self.current)

    @property
    def can_undo(self) -> bool:
        """There is a change to take back."""
        return bool(self._done)

    def show_board(self, name: str) -> None:
        """Bring another board into view."""
        if name in self.all and name != self.current:
            self.current = name
            self.changed.emit()

    def new(self, title: str = "") -> None:
        """Begin a board and bring it into view."""
        if self._state is not None:
            name = on_disk.free_name(title or tr("Board"), [*self.all, *self._unreadable])
            self._do({**self.all, name: Board(title or name)}, name)

    def delete(self) -> None:
        """Delete the board in view."""
        names = list(self.all)
        if self.current in names:
            place = names.index(self.current)
            left = {name: board for name, board in self.all.items() if name != self.current}
            self._do(left, next(iter([*names[place + 1 :], *names[:place][::-1]]), ""))

    def retitle(self, title: str) -> None:
        """Call the board in view ``title``, and its file after that; an empty title changes nothing."""
        board = self.board
        if board is None or not title.strip() or title == board.title:
            return
        others = {name: each for name, each in self.all.items() if name != self.current}
        name = on_disk.free_name(title, [*others, *self._unreadable])
        self._do({**others, name: Board(title.strip(), board.note, board.pins)}, name)

    def change(self, board: Board) -> None:
        """The board in view is ``board`` now."""
        if self.board is not None and board != self.board:
            self._do({**self.all, self.current: board}, self.current)

    def add(self, pin: Pin, at: int | None = None) -> bool:
        """Put ``pin`` on the board in view, a new one if there is none; False, and a notice, when it is full."""
        if self._state is None:
            return False
        board = self.board or Board(tr("Board"))
        name = self.current or on_disk.free_name(board.title, [*self.all, *self._unreadable])
        try:
            after = board.with_pin(pin, at)
        except InputError as error:
            self._session.notice.emit(str(error), "warning")
            return False
        self._do({**self.all, name: after}, name)
        return True

    def undo(self) -> bool:
        """Take the last change back; False when there is none."""
        return self._back(self._done, self._undone)

    def redo(self) -> bool:
        """Make it again; False when none was taken back."""
        return self._back(self._undone, self._done)

    def _back(self, source: list[_State], other: list[_State]) -> bool:
        if not source or self._session.refuses():
            return False
        other.append((self.all, self.current))
        self._use(*source.pop())
        return True

    def _do(self, boards: dict[str, Board], current: str) -> None:
        if self._session.refuses():
            self.changed.emit()  # what was typed goes back
            return
        self._done = [*self._done[1 - STEPS :], (self.all, self.current)]
        self._undone = []
        self._use(boards, current)

    def _use(self, boards: dict[str, Board], current: str) -> None:
        state = self._state
        if state is None:
            return
        before, self.all = self.all, dict(sorted(boards.items(), key=lambda entry: on_disk.order(entry[0])))
        self.current = current
        for name, board in boards.items():
            if before.get(name) != board:
                self._behind(state, name, board)
        for name in before.keys() - boards.keys():
            self._behind(state, name, None)
        self.changed.emit()

    def _behind(self, state: Path, name: str, board: Board | None) -> None:
        """Write or remove a file in the background, in its turn."""

        def work() -> None:
            if board is None:
                on_disk.remove(state, name)
            else:
                on_disk.write(state, name, board)

        dataset = self._session.dataset
        assert dataset is not None
        self._session.keeping.write(f"board {name}", "boards", dataset.root, work)

    def _load(self) -> None:
        dataset = self._session.dataset
        self.all, self.current, self._state, self._unreadable = {}, "", None, []
        self._done, self._undone = [], []
        self.changed.emit()
        if dataset is None:
            return
        state = dataset.state

        def read() -> tuple[dict[str, Board], dict[str, str]]:
            found: dict[str, Board] = {}
            refused: dict[str, str] = {}
            for name in on_disk.listed(state):
                try:
                    found[name] = on_disk.read(state, name)
                except InputError as error:
                    refused[name] = str(error)
            return found, refused

        def show(result: tuple[dict[str, Board], dict[str, str]]) -> None:
            if self._session.dataset is not dataset:
                return
            found, refused = result
            self._state, self.all, self._unreadable = state, found, list(refused)
            self.current = next(iter(found), "")
            for sentence in refused.values():
                self._session.notice.emit(sentence, "warning")
            self.changed.emit()

        self._session.files.run(read, show, lambda error: self._session.notice.emit(str(error), "error"))
