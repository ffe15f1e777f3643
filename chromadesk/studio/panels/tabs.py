"""Panels that take turns in one place, their names above them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QStackedWidget, QToolButton, QWidget

from chromadesk.studio.panels import parts
from chromadesk.studio.words import tr

_HEIGHT = 32


class Tabs(QWidget):
    """A row of names, the one of the panel in view underlined; beside them what that panel has in its ``head``."""

    def __init__(self, panels: dict[str, tuple[QWidget, QWidget]]) -> None:
        """``panels``: by name the panel and its head."""
        super().__init__()
        self._places = {name: place for place, name in enumerate(panels)}
        self._panels = [panel for panel, _ in panels.values()]
        self._buttons = QButtonGroup(self)
        self._heads, self._pages = QStackedWidget(), QStackedWidget()
        layout = parts.column(self, margins=0, spacing=0)
        head = parts.row(spacing=4)
        head.setContentsMargins(4, 4, 12, 0)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)
        for place, (name, (panel, beside)) in enumerate(panels.items()):
            button = QToolButton()
            button.setCheckable(True)
            button.setObjectName("tab")
            button.setText(name)
            button.setToolTip(tr("Show {name}", name=name))
            button.setFixedHeight(_HEIGHT)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, name=name: self.show_tab(name))
            self._buttons.addButton(button, place)
            head.addWidget(button)
            self._pages.addWidget(panel)
            self._heads.addWidget(beside)
        head.addWidget(self._heads, 1)
        self._heads.setFixedHeight(_HEIGHT)
        self.show_tab(next(iter(panels)))

    @property
    def shown(self) -> str:
        """The name of the panel in view."""
        return next(name for name, place in self._places.items() if place == self._pages.currentIndex())

    def show_tab(self, name: str) -> None:
        """Bring the panel called ``name`` into view."""
        chosen = self._places[name]
        for place, panel in enumerate(self._panels):  # those not in view claim no room
            fill = QSizePolicy.Policy.Preferred if place == chosen else QSizePolicy.Policy.Ignored
            panel.setSizePolicy(fill, fill)
        for stack in (self._pages, self._heads):
            stack.setCurrentIndex(chosen)
        self._buttons.button(self._places[name]).setChecked(True)

    def button(self, name: str) -> QAbstractButton:
        """What brings the panel called ``name`` into view."""
        return self._buttons.button(self._places[name])

    def set_text(self, name: str, text: str) -> None:
        """Write ``text`` above the panel called ``name``."""
        self._buttons.button(self._places[name]).setText(text)
