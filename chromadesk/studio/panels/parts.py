"""The small parts panels are made of: headings, quiet text, buttons, empty states, an expander."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chromadesk.studio.tips import set_tip
from chromadesk.studio.words import tr


def _label(text: str) -> QLabel:
    """Shows names of files and the like as they are, also where they look like HTML."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def heading(text: str) -> QLabel:
    """What a panel is: small, semibold, quiet."""
    label = _label(text)
    label.setObjectName("heading")
    return label


def title(text: str = "") -> QLabel:
    """13 px, semibold."""
    label = _label(text)
    label.setObjectName("title")
    return label


def meta(text: str = "") -> QLabel:
    """11 px, quiet; may take several lines."""
    label = _label(text)
    label.setObjectName("meta")
    label.setWordWrap(True)
    return label


def button(text: str, clicked: Callable[[], object], *, primary: bool = False, tip: str = "") -> QPushButton:
    """A button a click on which never takes the keyboard from the canvas; ``primary`` for the one that matters."""
    made = QPushButton(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if primary:
        made.setObjectName("primary")
    set_tip(made, tip)
    made.clicked.connect(lambda: clicked())
    return made


def set_primary(made: QPushButton, primary: bool) -> None:
    """Make ``made`` the one button that matters, or no longer."""
    made.setObjectName("primary" if primary else "")
    made.style().unpolish(made)
    made.style().polish(made)


def number(least: int, most: int) -> QSpinBox:
    """A field for a whole number, its text as far from the edge as in other fields (style sheets cannot say so)."""
    made = QSpinBox()
    made.setRange(least, most)
    made.lineEdit().setTextMargins(5, 0, 0, 0)
    return made


def card() -> QFrame:
    """A surface of panel colour; give it a layout with ``column`` or ``row``."""
    frame = QFrame()
    frame.setObjectName("panel")
    return frame


def column(parent: QWidget | None = None, margins: int = 12, spacing: int = 8) -> QVBoxLayout:
    """Widgets below each other."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(spacing)
    return layout


def row(parent: QWidget | None = None, margins: int = 0, spacing: int = 8) -> QHBoxLayout:
    """Widgets beside each other."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(spacing)
    return layout


class Sides(QWidget):
    """Widgets beside each other, or below each other where there is less than ``narrow`` pixels of room, or less than
    they need at present.
    """

    def __init__(self, narrow: int, spacing: int = 16) -> None:
        super().__init__()
        self._narrow = narrow
        self.sides = row(self, spacing=spacing)
        self.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """No wider than its widest part, or it could never become narrow enough to put them below each other."""
        return QSize(max(self._widths(), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self and event.type() == QEvent.Type.LayoutRequest:  # a part needs more room than before, or less
            self._turn()
        return False

    def _widths(self) -> list[int]:
        parts = (self.sides.itemAt(place) for place in range(self.sides.count()))
        return [part.minimumSize().width() for part in parts if part is not None]

    def _turn(self) -> None:
        widths = self._widths()
        wide = self.width() >= max(self._narrow, sum(widths) + self.sides.spacing() * (len(widths) - 1))
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction != self.sides.direction():
            self.sides.setDirection(direction)
            QTimer.singleShot(0, self, self._ask_for_room)

    def _ask_for_room(self) -> None:
        """Layouts that were being resized did not hear that another height is needed now: tell each one above."""
        above: QWidget | None = self
        while above is not None and not isinstance(above, QScrollArea):
            layout = above.layout()
            if layout is not None:
                layout.invalidate()
            above.updateGeometry()
            above = above.parentWidget()


class Choices(QComboBox):
    """A field for one of a few values, each with its text, which ends in "…" where the panel is too narrow for it."""

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        for value, text in (texts or {}).items():
            self.addItem(tr(text), value)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width()
        option.currentText = self.fontMetrics().elidedText(
            self.currentText() or self.placeholderText(), Qt.TextElideMode.ElideRight, room
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class ChoicesOrFile(Choices):
    """One of a few values, or a file that the person is asked for; ``kinds`` is as file dialogs have it."""

    def __init__(self, texts: Mapping[str, str], kinds: str) -> None:
        super().__init__(texts)
        self.addItem(tr("From a file…"))
        self._kinds = kinds
        self._few = len(texts)
        self._index = 0  # the item chosen; never the one that asks
        self.currentIndexChanged.connect(self._on_index)
        self.activated.connect(self._on_activated)

    @property
    def chosen(self) -> str:
        """One of the values, or the file's path."""
        value: str = self.itemData(self._index)
        return value

    def choose_file(self, path: Path) -> None:
        """Choose ``path``, which takes the place of an earlier file."""
        if not self._has_file:
            self.insertItem(self._few, "")
        self.setItemText(self._few, path.name)
        self.setItemData(self._few, str(path))
        self.setItemData(self._few, str(path), Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(self._few)

    def forget_file(self) -> None:
        """Offer the few values only; the first of them stands in for the file."""
        if self._index == self._few:
            self.setCurrentIndex(0)
        if self._has_file:
            self.removeItem(self._few)

    @property
    def _has_file(self) -> bool:
        return self.count() > self._few + 1

    def _on_index(self, index: int) -> None:
        if index < self.count() - 1:
            self._index = index

    def _on_activated(self, index: int) -> None:
        if index < self.count() - 1:
            return
        from PySide6.QtWidgets import QFileDialog  # takes a while to load

        self.setCurrentIndex(self._index)  # where it stays unless a file is named
        path, _ = QFileDialog.getOpenFileName(self, self.accessibleName(), "", self._kinds)
        if path:
            self.choose_file(Path(path))


class EmptyState(QWidget):
    """One sentence at 13 px and one button that does the next step."""

    def __init__(self, sentence: str, text: str, clicked: Callable[[], object]) -> None:
        super().__init__()
        self.sentence = _label(sentence)
        self.sentence.setObjectName("sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = button(text, clicked, tip=sentence)
        layout = column(self, margins=24, spacing=12)
        layout.addStretch(1)
        layout.addWidget(self.sentence)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)


class Expander(QWidget):
    """A line that opens and closes what lies below it; closed at first."""

    toggled = Signal(bool)

    def __init__(self, text: str, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.head = QToolButton()
        self.head.setText(text)
        self.head.setToolTip(tr("Show or hide: {text}", text=text))
        self.head.setCheckable(True)
        self.head.setAutoRaise(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setArrowType(Qt.ArrowType.RightArrow)
        self.head.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.head.toggled.connect(self._toggle)
        layout = column(self, margins=0)
        layout.addWidget(self.head)
        layout.addWidget(content)
        content.hide()

    def _toggle(self, opened: bool) -> None:
        self.head.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self._content.setVisible(opened)
        self.toggled.emit(opened)


def scrolled(content: QWidget, name: str) -> QScrollArea:
    """``content`` in an area that scrolls, called ``name``; the card's colour shows through."""
    area = QScrollArea(widgetResizable=True)
    area.setAccessibleName(name)
    area.setWidget(content)
    for surface in (content, area.viewport()):
        surface.setAutoFillBackground(False)
    return area
