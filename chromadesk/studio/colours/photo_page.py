"""The photo page of the Colours workspace: the palettes of the open photo beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from chromadesk.classes import CLASSES, PAPER_ORDER
from chromadesk.colour.swatch import Swatch
from chromadesk.studio import theme
from chromadesk.studio.canvas.photo_view import PhotoView
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.colours.swatch_card import CARD, INK, SwatchCard
from chromadesk.studio.palettes import COLOURS, LivePalettes
from chromadesk.studio.panels.parts import EmptyState
from chromadesk.studio.session import Session
from chromadesk.studio.words import class_title, numeral, tr

_GAP, _MARGIN = 8, 24


class PhotoPage(QWidget):
    """Left: a row of cards for each class that the photo shows. Right: the photo."""

    def __init__(
        self,
        session: Session,
        live: LivePalettes,
        canvas: Canvas,
        choose_folder: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        #: What stands beside the page's name while it is in view.
        self.head = QWidget()
        self._session = session
        self._live = live
        self._filled: object = None
        self.setObjectName("colours")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"#colours, #cards {{ background: {theme.COLOURS}; }}")
        self.empty = EmptyState(
            tr("Open a photo to see the colours of its clothes, skin and hair."), tr("Open folder"), choose_folder
        )
        self.empty.button.setObjectName("primary")
        self.empty.sentence.setStyleSheet(f"color: {INK.name()};")
        ground = QWidget()
        ground.setObjectName("cards")
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(_MARGIN, 12, 0, 12)
        self._column.setSpacing(0)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFixedWidth(_MARGIN + COLOURS * (CARD.width() + _GAP) + 16)
        scroll.setWidget(ground)
        self.photo = PhotoView(canvas)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(scroll)
        row.addWidget(self.photo, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(both)
        self.cards: list[SwatchCard] = []
        self.sections: list[ClassSection] = []
        session.photo_opened.connect(self._photo_opened)
        live.changed.connect(self._changed)
        self._photo_opened()

    def showEvent(self, event: object) -> None:
        self._fill()

    def _photo_opened(self) -> None:
        self._stack.setCurrentIndex(0 if self._session.item is None else 1)
        self.photo.stand_out(None)
        self.photo.show_photo()

    def _changed(self) -> None:
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        now = (self._session.item, dict(self._live.found), self._live.shares)
        if now == self._filled:
            return
        self._filled = now
        while self._column.count():
            old = self._column.takeAt(0)
            if old is not None and (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cards, self.sections = [], []
        self.photo.stand_out(None)
        self.photo.update()
        for class_id in (*PAPER_ORDER[1:], 0):
            swatches = self._live.swatches(CLASSES[class_id].name)
            if swatches:
                section = ClassSection(class_id, self._live.shares[class_id] if self._live.shares else 0.0, swatches)
                section.pointed.connect(self.photo.stand_out)
                self.sections.append(section)
                self.cards += section.cards
                self._column.addWidget(section)
        self._column.addStretch(1)


class ClassSection(QWidget):
    """One class: what it is, how much of the photo it takes, its colours."""

    #: The id of the class while the pointer or the keyboard is here; None when it goes.
    pointed = Signal(object)

    def __init__(self, class_id: int, share: float, swatches: list[Swatch]) -> None:
        super().__init__()
        self._class_id = class_id
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(_GAP)
        heading = QLabel(
            tr(
                "<b>{name}</b>&nbsp;&nbsp; {share} % of the photo",
                name=class_title(class_id),
                share=numeral(share * 100),
            )
        )
        heading.setStyleSheet(f"color: {INK.name()};")
        layout.addWidget(heading)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        self.cards = [SwatchCard(swatch) for swatch in swatches]
        for card in self.cards:
            card.focused.connect(lambda focused: self.pointed.emit(self._class_id if focused else None))
            row.addWidget(card)
        row.addStretch(1)
        layout.addLayout(row)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit(self._class_id)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
