"""The photo page of the Colours workspace: the palettes of the open photo beside it, and all a hand does to them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from chromadesk import settings
from chromadesk.classes import NAMES
from chromadesk.colour.palette import Settings
from chromadesk.colour.swatch import Swatch
from chromadesk.errors import StorageError
from chromadesk.studio import theme
from chromadesk.studio.canvas.photo_view import PhotoView
from chromadesk.studio.canvas.veil import Veil
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.colours import telling
from chromadesk.studio.colours.hand import Hand
from chromadesk.studio.colours.handing_on import HandingOn, in_order
from chromadesk.studio.colours.head import Head
from chromadesk.studio.colours.picking import Picking
from chromadesk.studio.colours.reading import ReadingCard
from chromadesk.studio.colours.section import GAP, Section
from chromadesk.studio.colours.swatch_card import CARD, INK, SwatchCard
from chromadesk.studio.kept_reading import keep_settings
from chromadesk.studio.lit import Lit, Place
from chromadesk.studio.palettes import COLOURS, LivePalettes
from chromadesk.studio.panels.parts import EmptyState
from chromadesk.studio.session import Session
from chromadesk.studio.words import capitalised, class_title, numeral, tr

_MARGIN = 24
#: What was said of a step gives way to the mode's hint after so many milliseconds.
_STAY = 6000


class PhotoPage(QWidget):
    """Left: a row of cards for each class and garment that the photo shows, and what they rest on. Right: the photo."""

    #: A swatch is wanted on the board: it, the photo's key, the class or garment it is of.
    to_board = Signal(Swatch, str, str)

    def __init__(
        self,
        session: Session,
        live: LivePalettes,
        canvas: Canvas,
        choose_folder: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._live = live
        self._filled: object = None
        self._focus_next: tuple[str, int] | None = None
        self.hand = Hand(session, live, self)
        self.lit = Lit(session, live)
        self.picking = Picking(session, self.lit, self.hand, self)
        self.handing_on = HandingOn(session, live, self)
        #: What stands beside the page's name while it is in view.
        self.head = Head(self.picking, self.hand)
        self.setObjectName("colours")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"#colours, #cards {{ background: {theme.COLOURS}; }}")
        self.empty = EmptyState(
            tr("Open a photo to see the colours of its clothes, skin and hair."), tr("Open folder"), choose_folder
        )
        self.empty.button.setObjectName("primary")
        self.empty.sentence.setStyleSheet(f"color: {INK.name()};")
        self.photo = PhotoView(canvas)
        self.line = _line(theme.BODY)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.setWordWrap(True)
        self.trust = _line()
        self.trust.setWordWrap(True)
        self.reading = ReadingCard(live.settings)
        self.reading.hide()
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._build_left())
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.photo, 1)
        right.addWidget(self.line)
        row.addLayout(right, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(both)
        self._quiet = QTimer(self, singleShot=True, interval=_STAY)
        self._quiet.timeout.connect(lambda: self.say(self.picking.hint, stay=True))
        self.cards: list[SwatchCard] = []
        self.sections: list[Section] = []
        self._connect()
        self._photo_opened()

    def _build_left(self) -> QWidget:
        ground = QWidget()
        ground.setObjectName("cards")
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(_MARGIN, 8, 0, 12)
        self._column.setSpacing(0)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(ground)
        left = QWidget()
        left.setFixedWidth(_MARGIN + COLOURS * (CARD.width() + GAP) + 16)
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        holder = QHBoxLayout()
        holder.setContentsMargins(_MARGIN, 12, 16, 0)
        holder.addWidget(self.reading)
        layout.addLayout(holder)
        layout.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(_MARGIN, 4, 16, 8)
        foot.addWidget(self.trust)
        layout.addLayout(foot)
        return left

    def _connect(self) -> None:
        self._session.photo_opened.connect(self._photo_opened)
        self._session.status_changed.connect(lambda *_: self._tell())
        self._live.changed.connect(self._changed)
        self.hand.said.connect(self.say)
        self.hand.placed.connect(self._placed)
        self.picking.said.connect(lambda text: self.say(text, stay=True))
        self.picking.changed.connect(self._mode_changed)
        self.picking.name_wanted.connect(self._ask_name)
        self.picking.found.connect(self._show_place)
        self.photo.clicked.connect(self.picking.click)
        self.head.reading.toggled.connect(self.reading.setVisible)
        self.head.more_wanted.connect(lambda place: self.menu().popup(place))
        self.reading.changed.connect(self._use)
        self.reading.named.connect(self._name_from)
        self.reading.closed.connect(lambda: self.head.reading.setChecked(False))
        self.handing_on.book_changed.connect(self._refill)

    def say(self, text: str, *, stay: bool = False) -> None:
        """Show a sentence below the photo; unless it is to ``stay``, the mode's hint comes back after it."""
        self.line.setText(text)
        if stay:
            self._quiet.stop()
        else:
            self._quiet.start()

    def menu(self) -> QMenu:
        """The ways out to files, and the colour book."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        book = self.handing_on.book
        for text, slot, there in (
            (tr("Colours…"), self.handing_on.export, bool(self.cards)),
            (tr("Lookbook page…"), self.handing_on.export_page, bool(self.cards)),
            ("", None, True),
            (tr("Compare with a colour book…"), self.handing_on.choose_book, True),
            (tr("Put {book} away", book=book.title) if book else "", self.handing_on.drop_book, True),
        ):
            if text and slot is not None:
                action = QAction(text, menu)
                action.setEnabled(there)
                action.triggered.connect(lambda _=False, slot=slot: slot())
                menu.addAction(action)
            elif slot is None:
                menu.addSeparator()
        return menu

    def close_threads(self) -> None:
        """Let go of the thread that reads and writes files."""
        self.handing_on.close()

    def showEvent(self, event: object) -> None:
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.picking.mode:
            self.picking.cancel()
        elif event.key() == Qt.Key.Key_I and not event.modifiers() and self._live.found:
            self.picking.begin("pick")
        else:
            super().keyPressEvent(event)

    # -- following -------------------------------------------------------------------------------------------------

    def _photo_opened(self) -> None:
        self._stack.setCurrentIndex(0 if self._session.item is None else 1)
        self.photo.stand_out(None)
        self.photo.show_photo()
        self.say("", stay=True)

    def _changed(self) -> None:
        if self.isVisible():
            self._fill()

    def _refill(self) -> None:
        self._filled = None
        self._changed()

    def _use(self, chosen: Settings) -> None:
        try:
            keep_settings(chosen)
        except StorageError as error:
            self._session.notice.emit(str(error), "error")
        self._live.use(chosen)

    def _name_from(self, chosen: str) -> None:
        try:
            settings.put("colour names", chosen)
        except StorageError as error:
            self._session.notice.emit(str(error), "error")
        self._refill()

    def _mode_changed(self) -> None:
        mode = self.picking.mode
        self.photo.setCursor(Qt.CursorShape.CrossCursor if mode else Qt.CursorShape.ArrowCursor)
        self.photo.light(None)
        if mode:
            self.photo.setFocus()

    def _placed(self, region: str, number: int) -> None:
        if isinstance(self.focusWidget(), SwatchCard):
            self._focus_next = region, number

    # -- cards -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        now = (self._session.item, dict(self._live.found), self._live.shares, self._live.kept)
        self.photo.mark_grey(self._live.kept.grey.at if self._live.kept.grey else None)
        self.head.follow(bool(self._live.found), self._live.kept.grey is not None)
        if now == self._filled:
            return
        self._filled = now
        holder = self._focus_next or self._holder()
        self._focus_next = None
        while self._column.count():
            old = self._column.takeAt(0)
            if old is not None and (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cards, self.sections = [], []
        self.photo.stand_out(None)
        self.photo.update()
        for region, class_id in in_order(self._live):
            section = self._section(region, class_id)
            if section is not None:
                self.sections.append(section)
                self.cards += section.cards
                self._column.addWidget(section)
                section.show()  # or it could not have the keyboard before the next event
        self._column.addStretch(1)
        self._tell()
        if holder is not None:
            self._focus(*holder)

    def _section(self, region: str, class_id: int) -> Section | None:
        swatches, areas = self._live.swatches(region), self._live.areas
        if not swatches:
            return None
        share = areas[region] / sum(areas.values())
        told = [telling.of_swatch(swatch, self.handing_on.book) for swatch in swatches]
        rest = region in NAMES and any(each.class_id == class_id for each in self._live.kept.regions)
        section = Section(self.hand, region, class_id, share, swatches, told, rest)
        section.pointed.connect(self._pointed)
        section.left.connect(lambda: self.photo.stand_out(None))
        section.to_board.connect(self._to_board)
        section.split_wanted.connect(lambda wanted: self.picking.begin("garment", wanted))
        return section

    def _pointed(self, region: str, number: int | None) -> None:
        """Light up a class, a garment, or one colour of either."""
        whole = region in NAMES and not self._live.kept.regions
        if number is None and whole:
            self.photo.stand_out(NAMES.index(region))
            return
        lit, size = self.lit.pixels(region, number), self.photo.photo_size
        if lit is not None and size is not None:
            self.photo.light(Veil(lit, self.lit.step, size, self.photo.ground))

    def _to_board(self, swatch: Swatch, region: str) -> None:
        if self._session.item is not None:
            self.to_board.emit(swatch, self._session.item.key, region)

    def _tell(self) -> None:
        item = self._session.item
        swatches = [card.swatch for card in self.cards]
        self.trust.setText(telling.trust(self._live, self._session.status(item.key), swatches) if item else "")

    def _holder(self) -> tuple[str, int] | None:
        """Which swatch has the keyboard."""
        focused = QApplication.focusWidget()
        for section in self.sections:
            for number, card in enumerate(section.cards):
                if card is focused or (focused is not None and card.isAncestorOf(focused)):
                    return section.region, number
        return None

    def _card(self, region: str, number: int) -> SwatchCard | None:
        section = next((each for each in self.sections if each.region == region), None)
        return section.cards[min(number, len(section.cards) - 1)] if section is not None else None

    def _focus(self, region: str, number: int) -> None:
        card = self._card(region, number)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, card, lambda: self._scroll.ensureWidgetVisible(card, 0, 24))  # it has its place then

    # -- the photo -------------------------------------------------------------------------------------------------

    def _show_place(self, place: Place) -> None:
        self._focus(place.region, place.number)
        card = self._card(place.region, place.number)
        if card is not None:
            name = class_title(NAMES.index(place.region)) if place.region in NAMES else capitalised(place.region)
            self.say(
                tr(
                    "This pixel: {hex}, ΔE {away} from {swatch} ({region})",
                    hex=place.own.hex,
                    away=numeral(place.away, 1),
                    swatch=card.name,
                    region=name,
                ),
                stay=True,
            )

    def _ask_name(self, row: int, column: int) -> None:
        """Take a garment's name where it was clicked."""
        field = QLineEdit(self.photo)
        field.setObjectName("garment")
        field.setAccessibleName(tr("Name of this garment"))
        field.setToolTip(tr("Enter keeps the name, Esc leaves it"))
        field.setPlaceholderText(tr("Coat, skirt …"))
        field.setMaxLength(60)
        field.setFixedWidth(160)
        x, y = self.photo.transform.to_screen(column, row)
        room = self.photo.size()
        ratio = self.photo.ratio
        field.move(
            min(max(round(x / ratio) - 12, 0), room.width() - 168),
            min(max(round(y / ratio) - 14, 0), room.height() - 36),
        )
        asked = QPoint(row, column)

        def done() -> None:
            if field.isHidden():
                return
            text = field.text().strip()
            field.hide()
            field.deleteLater()
            self.photo.setFocus()
            if text and self.picking.mode == "garment":
                self.hand.add_garment(text, self.picking.class_id, (asked.x(), asked.y()))

        field.editingFinished.connect(done)
        self.picking.changed.connect(field.hide)
        field.show()
        field.setFocus()


def _line(size: int = theme.META) -> QLabel:
    """One quiet line on the grey."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setStyleSheet(f"color: {INK.name()}; font-size: {size}px;")
    label.setMinimumHeight(28)
    label.setContentsMargins(0, 0, 12, 4)
    return label
