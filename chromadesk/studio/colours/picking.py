"""What a click on the photo means: its swatch, a colour to pick, the grey point, or a garment."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal

from chromadesk.studio.colours.hand import Hand
from chromadesk.studio.lit import Lit
from chromadesk.studio.session import Session
from chromadesk.studio.words import class_name, tr

Mode = Literal["", "pick", "grey", "garment"]
#: Pixels on every side of the one clicked that count with it.
_PICK, _GREY = 2, 5


class Picking(QObject):
    """The mode holds until it is done or Esc is pressed."""

    #: What to do now, or what came of it.
    said = Signal(str)
    #: Another mode holds.
    changed = Signal()
    #: A garment was clicked at (row, column): it needs a name.
    name_wanted = Signal(int, int)
    #: A pixel was clicked that belongs to a swatch: lit.Place.
    found = Signal(object)

    def __init__(self, session: Session, lit: Lit, hand: Hand, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lit = lit
        self._hand = hand
        self.mode: Mode = ""
        self.class_id = 0
        session.photo_opened.connect(self.cancel)

    def begin(self, mode: Mode, class_id: int = 0) -> None:
        """Let clicks mean ``mode``, or what they usually do when they mean that already; ``class_id`` for garments."""
        if (mode, class_id) == (self.mode, self.class_id):
            mode = ""
        self.mode, self.class_id = mode, class_id
        self.changed.emit()
        self.said.emit(self.hint)

    def cancel(self) -> None:
        """Clicks mean what they usually do."""
        if self.mode:
            self.begin("")

    @property
    def hint(self) -> str:
        """What to do now; empty when nothing is asked for."""
        if self.mode == "pick":
            return tr("Click a colour to add it to the row of its class. Esc ends.")
        if self.mode == "grey":
            return tr("Click something that is neutral in truth: a grey card, a white wall. Esc ends.")
        if self.mode == "garment":
            return tr(
                "Click a garment of the class {name} and name it; then another. Esc ends.",
                name=class_name(self.class_id),
            )
        return ""

    def click(self, row: int, column: int) -> None:
        """A pixel of the photo was clicked."""
        if self.mode == "pick":
            self._pick(row, column)
        elif self.mode == "grey":
            self._set_grey(row, column)
        elif self.mode == "garment":
            document = self._session.document
            if document is not None and document.labels[row, column] == self.class_id:
                self.name_wanted.emit(row, column)
            else:
                self.said.emit(tr("That is no {name}; click a garment.", name=class_name(self.class_id)))
        else:
            place = self._lit.at(row, column)
            if place is not None:
                self.found.emit(place)

    def _pick(self, row: int, column: int) -> None:
        region, xyz = self._lit.region_at(row, column), self._lit.mean(row, column, _PICK)
        if region is not None and xyz is not None:
            self._hand.pick(region, xyz)

    def _set_grey(self, row: int, column: int) -> None:
        xyz = self._lit.mean(row, column, _GREY, grey=False)
        if xyz is not None and self._hand.set_grey((row, column), xyz):
            self.begin("")
