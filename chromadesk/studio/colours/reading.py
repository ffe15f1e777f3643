"""The card of fields that say how colours are read and named."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QFrame, QLabel, QWidget

from chromadesk.colour.palette import Settings
from chromadesk.studio.colour_words import list_in_use
from chromadesk.studio.kept_reading import BORDER, MERGE, K
from chromadesk.studio.panels import parts
from chromadesk.studio.words import numeral, tr


class ReadingCard(QFrame):
    """The fields; what is changed holds at once."""

    changed = Signal(Settings)
    #: Colours are named from another list: its name.
    named = Signal(str)
    closed = Signal()

    def __init__(self, now: Settings) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setStyleSheet("#panel { border-radius: 4px; }")
        self.k = QComboBox()
        self.k.addItem(tr("As many as there are"), None)
        for count in range(K[0], K[1] + 1):
            self.k.addItem(numeral(count), count)
        self.merge = _number(MERGE, 0.5, " ΔE")
        self.border = _number(BORDER, 1.0, " px")
        self.border.setDecimals(0)
        self.highlights = QCheckBox(tr("Leave highlights out"))
        self.shadows = QCheckBox(tr("Leave deep shadows out"))
        self.names = QComboBox()
        for value, text in (("everyday", tr("Everyday")), ("css", "CSS"), ("xkcd", "XKCD")):
            self.names.addItem(text, value)
        self.names.setCurrentIndex(self.names.findData(list_in_use()))
        self.usual = parts.button(
            tr("Back to the usual"), self._go_back, tip=tr("Read colours the way it is done before anything is chosen")
        )
        form = QFormLayout(self)
        form.setContentsMargins(12, 12, 12, 12)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for text, tip, field in (
            (tr("Colours of each class"), tr("How many colours are looked for in each class"), self.k),
            (tr("Merge nearer than"), tr("Two colours nearer than this (CIEDE2000) become one"), self.merge),
            (
                tr("Border left out"),
                tr("Pixels along the edge of a class that do not count, on a photo of 1,000 pixels"),
                self.border,
            ),
            ("", tr("Pixels that only shine do not count"), self.highlights),
            ("", tr("Pixels that are nearly black do not count"), self.shadows),
            (tr("Names"), tr("The list that colours are named from"), self.names),
            ("", "", self.usual),
        ):
            label = QLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text or tip)
            if tip:
                field.setToolTip(tip)
            form.addRow(label, field)
        self.show_settings(now)
        self.k.currentIndexChanged.connect(self._say)
        self.names.currentIndexChanged.connect(lambda _: self.named.emit(self.names.currentData()))
        for spin in (self.merge, self.border):
            spin.valueChanged.connect(self._say)
        for check in (self.highlights, self.shadows):
            check.toggled.connect(self._say)

    @property
    def chosen(self) -> Settings:
        """What the fields say."""
        return Settings(
            self.k.currentData(),
            self.merge.value(),
            self.border.value(),
            not self.highlights.isChecked(),
            not self.shadows.isChecked(),
        )

    def show_settings(self, now: Settings) -> None:
        """Let the fields say ``now``, and nobody hear of it."""
        made: tuple[QWidget, ...] = (self.k, self.merge, self.border, self.highlights, self.shadows)
        for field in made:
            field.blockSignals(True)
        self.k.setCurrentIndex(self.k.findData(now.k))
        self.merge.setValue(now.merge)
        self.border.setValue(now.border)
        self.highlights.setChecked(not now.highlights)
        self.shadows.setChecked(not now.shadows)
        for field in made:
            field.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        self.changed.emit(self.chosen)

    def _go_back(self) -> None:
        self.show_settings(Settings())
        self._say()


def _number(bounds: tuple[float, float], step: float, unit: str) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setRange(*bounds)
    made.setSingleStep(step)
    made.setDecimals(1)
    made.setSuffix(unit)
    made.setKeyboardTracking(False)  # "12" is not first 1
    made.lineEdit().setTextMargins(5, 0, 0, 0)
    return made
