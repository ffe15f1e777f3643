"""The colours of one class, or of one garment in it: a heading and a row of cards."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QColor, QEnterEvent, QKeyEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from chromadesk.classes import NAMES
from chromadesk.colour.histogram import WORN
from chromadesk.colour.swatch import Swatch
from chromadesk.studio.colours import card_menu
from chromadesk.studio.colours.card_menu import Target
from chromadesk.studio.colours.hand import Hand
from chromadesk.studio.colours.swatch_card import CARD, INK, SwatchCard
from chromadesk.studio.palettes import COLOURS
from chromadesk.studio.words import capitalised, class_title, numeral, tr

GAP = 8
#: Of a card's width, at either end: let go there, another card goes beside it; between, the two become one.
_EDGE = 0.3


class Section(QWidget):
    """``region`` is the name of a class or of a garment; ``share`` its part of the photo."""

    #: The region while the pointer is on the section or the keyboard in it, and the swatch's number or None.
    pointed = Signal(str, object)
    #: Neither is.
    left = Signal()
    #: A swatch is wanted on the board, from the region.
    to_board = Signal(Swatch, str)
    #: Garments are to be told apart in this class.
    split_wanted = Signal(int)

    def __init__(
        self, hand: Hand, region: str, class_id: int, share: float, swatches: list[Swatch], told: list[str], rest: bool
    ) -> None:
        """``told``: a line or more for each card's tip; ``rest``: garments were split off this class."""
        super().__init__()
        self._hand = hand
        self.region = region
        self.class_id = class_id
        self.garment = region not in NAMES
        self._field: QLineEdit | None = None
        self._ghost: QLabel | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(GAP)
        shown = region if self.garment else class_title(class_id)
        if rest:
            shown = tr("{name}, the rest", name=shown)
        self._shown = capitalised(shown)
        self.heading = QLabel()
        self.heading.setTextFormat(Qt.TextFormat.RichText)
        self.heading.setText(
            tr(
                "<b>{name}</b>&nbsp;&nbsp; {share} % of the photo",
                name=self._shown.replace("&", "&amp;").replace("<", "&lt;"),
                share=numeral(share * 100),
            )
        )
        self.heading.setStyleSheet(f"color: {INK.name()};")
        self.more = QToolButton()
        self.more.setText("⋯")
        self.more.setFixedSize(28, 20)
        self.more.setStyleSheet(f"QToolButton {{ color: {INK.name()}; }} QToolButton:hover {{ background: #8A8A8A; }}")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setAccessibleName(tr("More for {name}", name=self._shown))
        self.more.setToolTip(tr("Garments, and the way back to the colours found"))
        self.more.clicked.connect(self._open_menu)
        self._head = QHBoxLayout()
        self._head.setSpacing(4)
        self._head.addWidget(self.heading)
        self._head.addWidget(self.more)
        self._head.addStretch(1)
        layout.addLayout(self._head)
        grid = QGridLayout()
        grid.setSpacing(GAP)
        self.cards = [SwatchCard(swatch, each) for swatch, each in zip(swatches, told, strict=True)]
        for number, card in enumerate(self.cards):
            grid.addWidget(card, number // COLOURS, number % COLOURS)
            self._follow(card, number)
        grid.setColumnStretch(COLOURS, 1)
        layout.addLayout(grid)

    @property
    def arranged(self) -> bool:
        """A person's hand was on this row."""
        return any(card.swatch.origin != "found" for card in self.cards)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit(self.region, None)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()

    def menu(self) -> QMenu:
        """What can be done with the whole of it."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("More for {name}", name=self._shown))
        if self.garment:
            rename = QAction(tr("Rename…"), menu)
            rename.triggered.connect(self.edit_name)
            join = QAction(tr("Join with the class again"), menu)
            join.triggered.connect(lambda: self._hand.join_garment(self.region))
            menu.addActions([rename, join])
        elif self.class_id in WORN:
            split = QAction(tr("Split garments…"), menu)
            split.triggered.connect(lambda: self.split_wanted.emit(self.class_id))
            menu.addAction(split)
        back = QAction(tr("Back to the colours found"), menu)
        back.setEnabled(self.arranged)
        back.triggered.connect(lambda: self._hand.reset(self.region))
        menu.addAction(back)
        return menu

    def edit_name(self) -> None:
        """Let a person type another name for the garment in the heading's place."""
        field = self._field = QLineEdit(self.region)
        field.setAccessibleName(tr("Name of this garment"))
        field.setToolTip(tr("Enter keeps the name"))
        field.setMaxLength(60)
        field.setFixedWidth(200)
        self.heading.hide()
        self._head.insertWidget(0, field)
        field.selectAll()
        field.setFocus()
        field.editingFinished.connect(self._named)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._field is not None:
            self._field.setText(self.region)
            self._named()
        else:
            super().keyPressEvent(event)

    def _named(self) -> None:
        field, self._field = self._field, None
        if field is None:
            return
        text = field.text()
        field.hide()
        field.deleteLater()
        self.heading.show()
        self._hand.rename_garment(self.region, text)

    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    # -- cards -----------------------------------------------------------------------------------------------------

    def _follow(self, card: SwatchCard, number: int) -> None:
        at = Target(self._hand, self.region, self.cards, number, lambda: self.to_board.emit(card.swatch, self.region))
        card.hovered.connect(lambda on: self.pointed.emit(self.region, number if on else None))
        card.focused.connect(lambda on: self.pointed.emit(self.region, number) if on else self.left.emit())
        card.menu_wanted.connect(lambda place: card_menu.build(at, self.arranged).popup(place))
        card.key.connect(lambda event: card_menu.press(at, event))
        card.titled.connect(lambda title: self._hand.name(self.region, number, title))
        card.dragged.connect(lambda place: self._dragged(number, place))
        card.dropped.connect(lambda place: self._dropped(number, place))
        card.drag_ended.connect(self._end_drag)

    def _under(self, number: int, place: QPoint) -> tuple[int, str] | None:
        """The other card at a global place, and which part of it."""
        for other, card in enumerate(self.cards):
            inside = card.mapFromGlobal(place)
            if other != number and card.rect().contains(inside):
                share = inside.x() / card.width()
                return other, "before" if share < _EDGE else "after" if share > 1 - _EDGE else "onto"
        return None

    def _dragged(self, number: int, place: QPoint) -> None:
        under = self._under(number, place)
        for other, card in enumerate(self.cards):
            card.show_target(under[1] if under and under[0] == other else "")
        if self._ghost is None:
            self._ghost = QLabel(self.window())
            self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            picture = QPixmap(CARD.width() // 2, 36)
            picture.fill(QColor(*self.cards[number].swatch.rgb))
            self._ghost.setPixmap(picture)
            self._ghost.resize(picture.size())
            self._ghost.show()
        self._ghost.move(self.window().mapFromGlobal(place) + QPoint(12, 12))

    def _dropped(self, number: int, place: QPoint) -> None:
        under = self._under(number, place)
        if under is None:
            return
        other, part = under
        if part == "onto":
            self._hand.merge(self.region, other, number)
            return
        new = other + (part == "after")
        self._hand.move(self.region, number, new - (number < new))

    def _end_drag(self) -> None:
        for card in self.cards:
            card.show_target("")
        ghost, self._ghost = self._ghost, None
        if ghost is not None:
            ghost.hide()
            ghost.deleteLater()
