"""The classes: which one is painted, how much of the photo each takes, which are shown and which are locked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from chromadesk.classes import CLASSES, FashionClass
from chromadesk.studio import icons, theme
from chromadesk.studio.panels.parts import heading
from chromadesk.studio.tips import set_tip
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.words import class_name, class_title, numeral, tr


class ClassesPanel(QWidget):
    """One row per class, by id; a click on it takes the class."""

    #: The person asks what belongs to which class.
    guide_wanted = Signal()

    def __init__(self, state: ToolState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.rows = [ClassRow(fashion_class, state) for fashion_class in CLASSES]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 8)
        layout.setSpacing(0)
        self.guide = QToolButton()
        self.guide.setIcon(icons.toggle("question", "question"))
        self.guide.setIconSize(QSize(16, 16))
        self.guide.setFixedSize(28, 20)
        self.guide.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_tip(self.guide, tr("What belongs to which class (@guide)"))
        self.guide.setAccessibleName(tr("Labelling guide"))
        self.guide.clicked.connect(self.guide_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 8, 4)
        head.addWidget(heading(tr("CLASSES")))
        head.addStretch(1)
        head.addWidget(self.guide)
        layout.addLayout(head)
        for row in self.rows:
            layout.addWidget(row)

    def show_shares(self, shares: list[float] | None) -> None:
        """The share of each class in the photo (0-1, by id); None without a photo."""
        for row in self.rows:
            row.show_share(None if shares is None else shares[row.fashion_class.id])


class ClassRow(QWidget):
    """Key, swatch, name, share, eye, lock."""

    def __init__(self, fashion_class: FashionClass, state: ToolState) -> None:
        super().__init__()
        self.fashion_class = fashion_class
        self._state = state
        self.setFixedHeight(theme.ROW)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(tr("Paint {name}", name=class_name(fashion_class.id)))
        name = class_name(fashion_class.id)
        set_tip(self, f"{self.accessibleName()} (@class.{fashion_class.id})")
        self._key = QLabel(str(fashion_class.id))
        self._key.setObjectName("meta")
        self._key.setFixedWidth(12)
        self._share = QLabel("")
        self._share.setObjectName("meta")
        self._share.setFixedWidth(44)
        self._share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.eye = _toggle("eye", "eye-off", tr("Hide or show {name}", name=name))
        self.lock = _toggle("unlock", "lock", "")
        self.lock.setAccessibleName(tr("Lock {name}", name=name))
        self.eye.clicked.connect(lambda: state.toggle_hidden(fashion_class.id))
        self.lock.clicked.connect(self._lock_clicked)
        self.lock.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.lock.customContextMenuRequested.connect(lambda _: state.toggle_over(fashion_class.id))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(0)
        layout.addWidget(self._key)
        layout.addSpacing(8)
        layout.addWidget(Swatch(fashion_class))
        layout.addSpacing(8)
        layout.addWidget(QLabel(class_title(fashion_class.id)), 1)
        layout.addWidget(self._share)
        layout.addSpacing(8)
        layout.addWidget(self.eye)
        layout.addWidget(self.lock)
        state.changed.connect(self._follow)
        self._follow()

    def show_key(self, key: str) -> None:
        """Show the key that takes the class."""
        self._key.setText(key)

    def show_share(self, share: float | None) -> None:
        """Show the class's share of the photo; None without a photo."""
        if share is None:
            text = ""
        elif 0 < share < 0.001:
            text = f"< {numeral(0.1, 1)} %"
        else:
            text = f"{numeral(share * 100, 1 if 0 < share < 0.1 else 0)} %"
        self._share.setText(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._state.set_class(self.fashion_class.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen = self._state.class_id == self.fashion_class.id
        if chosen or self.underMouse():
            painter.fillRect(self.rect(), QColor(theme.FIELD))
        if chosen:
            painter.fillRect(0, 0, 2, self.height(), QColor(theme.ACCENT))

    def _lock_clicked(self) -> None:
        """With Alt as with the right button (which is there for desktops that move windows with Alt)."""
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier:
            self._state.toggle_over(self.fashion_class.id)
            self._follow()  # the click has turned the button already
        else:
            self._state.toggle_lock(self.fashion_class.id)

    def _follow(self) -> None:
        state, class_id, name = self._state, self.fashion_class.id, class_name(self.fashion_class.id)
        self.eye.setChecked(class_id in state.hidden)
        only = state.over == class_id
        self.lock.setIcon(icons.toggle("unlock", "only" if only else "lock"))
        self.lock.setChecked(only or class_id in state.locked)
        self.lock.setToolTip(
            tr("Only {name} is painted over; Alt-click again for all", name=name)
            if only
            else tr(
                "Lock {name}: strokes neither add to it nor take from it. Alt-click: paint over {name} only", name=name
            )
        )
        self.update()


def _toggle(off: str, on: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("toggle")
    button.setIcon(icons.toggle(off, on))
    button.setIconSize(QSize(16, 16))
    button.setFixedSize(28, 24)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCursor(Qt.CursorShape.ArrowCursor)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button


class Swatch(QWidget):
    """The class's colour, 16 x 16."""

    def __init__(self, fashion_class: FashionClass) -> None:
        super().__init__()
        self._colour = QColor(*fashion_class.colour)
        self.setFixedSize(16, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.LINE))
        painter.setBrush(self._colour)
        painter.drawRoundedRect(QRectF(0.5, 0.5, 15, 15), 2, 2)
