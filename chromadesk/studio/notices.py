"""Notices: sentences that slide in over the window and never stop the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStyle, QToolButton, QVBoxLayout, QWidget

from chromadesk.studio import icons, theme
from chromadesk.studio.tips import plain
from chromadesk.studio.words import tr

#: How long a notice stays, milliseconds; an error stays until it is dismissed.
STAY = 5000
#: More than this many at once say nothing; the oldest that would have gone by itself goes first.
MOST = 4
MARGIN = 12
_WIDTH = 440
#: Icon, cross, margins and what parts them from the sentence, px.
_BESIDE = 12 + icons.SIZE + 8 + 8 + 8 + 24 + 8
_ICONS = {"info": ("info", theme.ACCENT), "warning": ("warning", theme.WARNING), "error": ("warning", theme.ERROR)}


class Notice(QWidget):
    """One sentence, perhaps buttons that answer it, and a cross."""

    def __init__(
        self, parent: QWidget, text: str, level: str, answers: Sequence[tuple[str, Callable[[], None]]] = ()
    ) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("level", level)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text, self.level = text, level
        self.times = 1
        name, colour = _ICONS[level]
        picture = QLabel()
        picture.setPixmap(icons.pixmap(name, colour, icons.SIZE, self.devicePixelRatioF()))
        picture.setFixedHeight(24)
        self.label = QLabel(text)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        #: It goes when its work is done, not when others come.
        self.stays = False
        self.rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 8, 8, 8)
        rows.setSpacing(8)
        layout = QHBoxLayout()
        rows.addLayout(layout)
        layout.setSpacing(8)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.label, 1)
        width = min(_WIDTH, parent.width() - 2 * MARGIN)
        #: One stands beside the sentence if that stays short, else and several below it.
        self.answers = [self._button(*each) for each in answers]
        self.answer = self.answers[0] if self.answers else None
        beside = len(self.answers) == 1 and self._short(width - self.answers[0].sizeHint().width())
        if beside:
            layout.addWidget(self.answers[0], 0, Qt.AlignmentFlag.AlignVCenter)
        self.cross = QToolButton()
        self.cross.setIcon(icons.icon("close"))
        self.cross.setFixedSize(24, 24)
        self.cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cross.setToolTip(tr("Dismiss"))
        self.cross.setAccessibleName(tr("Dismiss"))
        layout.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        if self.answers and not beside:
            below = QHBoxLayout()
            below.addStretch(1)
            for button in self.answers:
                below.addWidget(button)
            rows.addLayout(below)
        self.slide = QPropertyAnimation(self, b"pos", self)
        self.slide.setDuration(theme.MOTION)
        self.slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setFixedWidth(width)
        self.setFixedHeight(max(rows.heightForWidth(width), 40))
        self.setAccessibleName(text)

    def _short(self, width: int) -> bool:
        """The sentence takes two lines at most beside icon, cross and what leaves ``width`` px to the three."""
        self.label.ensurePolished()
        lines = self.label.heightForWidth(width - _BESIDE) / self.label.fontMetrics().lineSpacing()
        return round(lines) <= 2

    def _button(self, answer: str, answered: Callable[[], None]) -> QPushButton:
        button = QPushButton(answer)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(plain(self.text))
        button.clicked.connect(answered)
        return button


class Notices(QObject):
    """Stacks notices in a corner of ``over``."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.over = over
        self.shown: list[Notice] = []
        over.installEventFilter(self)

    def show(
        self,
        text: str,
        level: str = "info",
        answer: str = "",
        answered: Callable[[], None] | None = None,
        *others: tuple[str, Callable[[], None]],
    ) -> Notice | None:
        """Slide a sentence in; ``answer`` puts a button beside it that calls ``answered`` and dismisses it, ``others``
        are more such pairs. None where it is being read at this moment.
        """
        for notice in self.shown:
            if notice.text == text:
                return None

        def going(answered: Callable[[], None]) -> Callable[[], None]:
            def answer_and_go() -> None:
                self.dismiss(notice)
                answered()

            return answer_and_go

        pairs = [] if answered is None else [(answer, answered), *others]
        notice = Notice(self.over, text, level, [(said, going(done)) for said, done in pairs])
        if level != "error" and not pairs:
            timer = QTimer(notice, singleShot=True, interval=STAY)
            timer.timeout.connect(lambda: self.dismiss(notice))
            timer.start()
        self.put(notice)
        return notice

    def put(self, notice: Notice) -> None:
        """Slide in a notice that was made over ``over``."""
        may_go = [each for each in self.shown if not each.stays]
        if len(self.shown) >= MOST and may_go:
            self.dismiss(next((each for each in may_go if each.level != "error"), may_go[0]))
        notice.cross.clicked.connect(lambda: self.dismiss(notice))
        self.shown.append(notice)
        self._place(notice)

    def dismiss(self, notice: Notice) -> None:
        """Take a notice away."""
        if notice in self.shown:
            self.shown.remove(notice)
            notice.hide()
            notice.deleteLater()
            self._place(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place(None)
        return False

    def _place(self, new: Notice | None) -> None:
        """Lower right, the newest lowest: clear of faces, classes and palette."""
        bottom = self.over.height() - MARGIN
        for notice in reversed(self.shown):
            bottom -= notice.height()
            place = QPoint(self.over.width() - notice.width() - MARGIN, bottom)
            if notice is new:
                self._slide(notice, place)
            else:
                notice.slide.stop()
                notice.move(place)
            bottom -= 8

    def _slide(self, notice: Notice, place: QPoint) -> None:
        notice.move(place)
        notice.show()
        notice.raise_()
        # Zero where the person asked the desktop for less motion.
        if self.over.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self.over) <= 0:
            return
        notice.slide.setStartValue(place + QPoint(0, 16))
        notice.slide.setEndValue(place)
        notice.slide.start()
