"""What can be done with a swatch: the menu of its card, and the same by single keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QMenu

from chromadesk.studio import copying
from chromadesk.studio.colours.hand import Hand, is_held
from chromadesk.studio.colours.swatch_card import SwatchCard
from chromadesk.studio.words import mark, tr

_MODIFIERS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True)
class Target:
    """The card at ``number`` among ``cards`` of ``region``."""

    hand: Hand
    region: str
    cards: list[SwatchCard]
    number: int
    #: Puts it on the board.
    to_board: Callable[[], None]

    @property
    def card(self) -> SwatchCard:
        """The card itself."""
        return self.cards[self.number]


@dataclass(frozen=True)
class Act:
    """One line of the menu, and the key that does the same while the card has the keyboard."""

    text: str
    key: str
    run: Callable[[Target], object]


LOCK, UNLOCK = mark("Lock"), mark("Unlock")
ACTS: tuple[Act, ...] = (
    Act(mark("Split in two"), "S", lambda at: at.hand.split(at.region, at.number)),
    Act(LOCK, "L", lambda at: at.hand.lock(at.region, at.number)),
    Act(mark("Name…"), "N", lambda at: at.card.edit_name()),
    Act(mark("Move left"), "Alt+Left", lambda at: at.hand.move(at.region, at.number, at.number - 1)),
    Act(mark("Move right"), "Alt+Right", lambda at: at.hand.move(at.region, at.number, at.number + 1)),
    Act(mark("Remove"), "Del", lambda at: at.hand.remove(at.region, at.number)),
    Act(mark("Add to board"), "B", lambda at: at.to_board()),
)


def build(at: Target, arranged: bool) -> QMenu:
    """The menu of a card; ``arranged``: a person's hand was on its row."""
    menu = QMenu(at.card)
    menu.setAccessibleName(tr("What to do with {name}", name=at.card.name))
    others = QMenu(tr("Merge with"), menu)
    for number, other in enumerate(at.cards):
        if number != at.number:
            action = QAction(_square(other), other.name, others)
            action.triggered.connect(lambda _=False, number=number: at.hand.merge(at.region, at.number, number))
            others.addAction(action)
    others.setEnabled(len(at.cards) > 1)
    menu.addMenu(others)
    impossible = {
        "Move left": at.number == 0,
        "Move right": at.number == len(at.cards) - 1,
        "Remove": len(at.cards) < 2,
    }
    for act in ACTS:
        text = UNLOCK if act.text == LOCK and is_held(at.card.swatch) else act.text
        key = QKeySequence(act.key).toString(QKeySequence.SequenceFormat.NativeText)
        action = QAction(f"{tr(text)}\t{key}", menu)
        action.setEnabled(not impossible.get(act.text, False))
        action.triggered.connect(lambda _=False, act=act: act.run(at))
        menu.addAction(action)
    menu.addSeparator()
    forms = QMenu(tr("Copy as"), menu)
    copying.fill(forms, at.card, at.card.swatch)
    menu.addMenu(forms)
    menu.addSeparator()
    back = QAction(tr("Back to the colours found"), menu)
    back.setEnabled(arranged)
    back.triggered.connect(lambda: at.hand.reset(at.region))
    menu.addAction(back)
    return menu


def press(at: Target, event: QKeyEvent) -> bool:
    """Do what a key means on a card; False when it means nothing there."""
    held = event.modifiers() & _MODIFIERS
    for act in ACTS:
        if QKeySequence(act.key) == QKeySequence(QKeyCombination(held, Qt.Key(event.key()))):
            act.run(at)
            event.accept()
            return True
    step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
    if step and not held and 0 <= at.number + step < len(at.cards):
        at.cards[at.number + step].setFocus(Qt.FocusReason.TabFocusReason)
        event.accept()
        return True
    return False


def _square(card: SwatchCard) -> QIcon:
    picture = QPixmap(32, 32)
    picture.setDevicePixelRatio(2)
    picture.fill(QColor(*card.swatch.rgb))
    return QIcon(picture)
