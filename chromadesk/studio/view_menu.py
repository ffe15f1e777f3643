"""How photo and mask are shown: fill, outline, bare photo, lifted shadows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QToolButton, QWidget, QWidgetAction

from chromadesk.editing.restore import SOURCES, Source
from chromadesk.models import library
from chromadesk.studio import icons
from chromadesk.studio.comparing import NAMES, Comparing
from chromadesk.studio.session import Session
from chromadesk.studio.tips import set_tip, with_keys
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.words import tr


class ViewButton(QToolButton):
    """A button in the options bar whose menu says how things are shown."""

    def __init__(self, state: ToolState) -> None:
        super().__init__()
        self._state = state
        self.setIcon(icons.icon("view"))
        self.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self.setFixedSize(28, 28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_tip(self, tr("How photo and mask are shown (@canvas.overlay, @canvas.outline, @canvas.lift)"))
        self.setAccessibleName(tr("View"))
        menu = QMenu(self)
        self.shown = _switch(menu, "", lambda on: state.set_overlay(on))
        self.outline = _switch(menu, "", lambda on: state.set_outline(on))
        self.lifted = _switch(menu, "", lambda on: state.set_lifted(on))
        menu.aboutToShow.connect(self._name)
        menu.addSeparator()
        self.fill = QSlider(Qt.Orientation.Horizontal)
        self.fill.setRange(0, 100)
        self.fill.setPageStep(10)
        self.fill.setFixedWidth(140)
        self.fill.setAccessibleName(tr("Fill of the mask in per cent"))
        self.fill.setToolTip(tr("How much of the class colour fills the mask"))
        self.fill.valueChanged.connect(state.set_fill)
        self._share = QLabel("")
        self._share.setObjectName("meta")
        self._share.setFixedWidth(36)
        self._share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QWidget(menu)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(28, 4, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(QLabel(tr("Fill")))
        layout.addWidget(self.fill)
        layout.addWidget(self._share)
        action = QWidgetAction(menu)
        action.setDefaultWidget(row)
        menu.addAction(action)
        self.setMenu(menu)
        state.changed.connect(self._follow)
        self._follow()

    def offer(self, comparing: Comparing, session: Session) -> None:
        """Let the mask be compared with what it was, or with what other models make of the photo."""
        menu = self.menu()
        menu.addSeparator()
        against = menu.addMenu(tr("Compare with"))

        def fill() -> None:
            against.clear()
            sources: list[tuple[str, Source | Path | None]] = [(tr("Nothing"), None)]
            sources += [(tr(NAMES[source]), source) for source in SOURCES]
            state = session.dataset.state if session.dataset else None
            others = [path for path, _ in library.list_weights(state) if path != session.active.path]
            for number, (name, source) in enumerate([*sources, *((path.stem, path) for path in others)]):
                if number == len(sources):
                    against.addSeparator()
                action = _switch(against, name, lambda _, source=source: comparing.choose(source))  # type: ignore[misc]
                action.setChecked(source == comparing.against)
                action.setEnabled(session.document is not None)

        against.aboutToShow.connect(fill)

    def _name(self) -> None:
        self.shown.setText(with_keys(tr("Mask\t@canvas.overlay")))
        self.outline.setText(with_keys(tr("Outlines only\t@canvas.outline")))
        self.lifted.setText(with_keys(tr("Lift shadows\t@canvas.lift")))

    def _follow(self) -> None:
        state = self._state
        self.shown.setChecked(state.overlay)
        self.outline.setChecked(state.fill == 0)
        self.lifted.setChecked(state.lifted)
        self.fill.setValue(state.fill)
        self._share.setText(f"{state.fill} %")


def _switch(menu: QMenu, text: str, switched: Callable[[bool], None]) -> QAction:
    action = QAction(text, menu)  # what addAction(text) returns loses its hold on the action (PySide6 6.11)
    menu.addAction(action)
    action.setCheckable(True)
    action.triggered.connect(switched)
    return action
