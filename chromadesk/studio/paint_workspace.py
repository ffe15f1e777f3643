"""The Paint workspace: filmstrip, tools, canvas, classes, palette and history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from chromadesk.studio import icons
from chromadesk.studio.actions import Actions
from chromadesk.studio.canvas.photo_layer import PhotoLayer
from chromadesk.studio.canvas.popover import Popover
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.cleaning import Cleaning
from chromadesk.studio.options_bar import OptionsBar
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.panels.classes import ClassesPanel
from chromadesk.studio.panels.history import HistoryPanel
from chromadesk.studio.panels.palette import PalettePanel
from chromadesk.studio.panels.parts import EmptyState, set_primary
from chromadesk.studio.panels.photos import PhotosPanel
from chromadesk.studio.session import Session
from chromadesk.studio.tips import set_tip
from chromadesk.studio.tools.box import TOOLS
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.welcome import Welcome
from chromadesk.studio.words import tr

TOOL_COLUMN, SIDEBAR = 44, 300


class PaintWorkspace(QWidget):
    """Composition only."""

    def __init__(
        self,
        session: Session,
        state: ToolState,
        live: LivePalettes,
        actions: Actions,
        choose_folder: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._live = live
        self.photos: PhotosPanel = PhotosPanel(session)
        self.canvas: Canvas = Canvas(state)
        self.cleaning: Cleaning = Cleaning(self.canvas)
        self.popover = Popover(self.canvas, self.cleaning)
        self.classes = ClassesPanel(state)
        self.palette_panel = PalettePanel(session, state, live)
        self.palette_panel.lit.connect(self.canvas.show_veil)
        self.history = HistoryPanel(session)
        self.tools = ToolColumn(state)
        self.options = OptionsBar(state, actions)
        self.empty = Welcome(session, choose_folder)
        self.bare = EmptyState(tr("This folder holds no photos. Choose another one."), tr("Open folder"), choose_folder)
        centre = QWidget()
        centre.setObjectName("ground")
        centre.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedLayout(centre)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for widget in (self.empty, self.bare, self.canvas):
            self._stack.addWidget(widget)
        side = QWidget()
        side.setObjectName("sidebar")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(SIDEBAR)
        column = QVBoxLayout(side)
        column.setContentsMargins(1, 0, 0, 8)  # the line at its left stays in sight
        column.setSpacing(0)
        column.addWidget(self.classes)
        column.addWidget(_rule())
        column.addWidget(self.palette_panel)
        column.addWidget(_rule())
        column.addWidget(self.history, 1)
        self.sides = (self.photos, side)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.photos)
        row.addWidget(self.tools)
        row.addWidget(centre, 1)
        row.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.options)
        layout.addLayout(row, 1)
        self.cleaning.active_changed.connect(lambda active: set_primary(self.options.approve, not active))
        self.cleaning.failed.connect(session.notice)
        session.photo_opening.connect(self.cleaning.cancel)
        session.photo_opened.connect(self._photo_opened)
        live.changed.connect(lambda: self.classes.show_shares(live.shares))
        self._photo_opened()

    def toggle_panels(self) -> None:
        """Hide filmstrip and side panels, or show them."""
        shown = self.sides[0].isVisible()
        for widget in self.sides:
            widget.setVisible(not shown)

    def _photo_opened(self) -> None:
        photo, document = self._session.photo, self._session.document
        layer = None
        self.cleaning.cancel()
        if photo is not None and document is not None:
            layer = PhotoLayer(photo.pixels, self._session.smaller)
        self.canvas.show_document(document, layer)
        nothing = self._session.dataset is not None and not self._session.items
        empty: QWidget = self.bare if nothing else self.empty
        self._stack.setCurrentWidget(self.canvas if self._session.dataset and not nothing else empty)
        if document is not None:
            self.canvas.setFocus()


class ToolColumn(QWidget):
    """The tools, one under the other."""

    def __init__(self, state: ToolState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolcolumn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(TOOL_COLUMN)
        self._state = state
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 8, 4, 8)
        layout.setSpacing(4)
        for tool in TOOLS:
            button = QToolButton()
            button.setObjectName("tool")
            button.setCheckable(True)
            button.setIcon(icons.icon(tool.icon or tool.name))
            button.setIconSize(QSize(icons.SIZE, icons.SIZE))
            button.setFixedSize(36, 36)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            title = tr(tool.title)
            set_tip(button, f"{title} (@tool.{tool.name})")
            button.setAccessibleName(title)
            button.clicked.connect(lambda _=False, name=tool.name: state.set_tool(name))
            self._group.addButton(button)
            self.buttons[tool.name] = button
            layout.addWidget(button)
        layout.addStretch(1)
        state.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.buttons[self._state.tool].setChecked(True)


def _rule() -> QFrame:
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
