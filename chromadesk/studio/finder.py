"""Ctrl+F: any command by a few of its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from chromadesk.studio import commands, icons, theme
from chromadesk.studio.commands import Command
from chromadesk.studio.overlay import Overlay
from chromadesk.studio.words import capitalised, mark, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

_COMMAND = Qt.ItemDataRole.UserRole
_KEY = Qt.ItemDataRole.UserRole + 1
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class Finder(Overlay):
    """Type, walk with the arrows, Enter runs; it closes before the command runs, so the canvas has the keyboard."""

    title = mark("Find a command")
    wanted = QSize(560, 420)
    centred = False

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.field = QLineEdit(placeholderText=tr("Type a few letters"))
        self.field.setAccessibleName(tr("Command to find"))
        self.field.setToolTip(tr("Arrows choose, Enter runs, Esc closes"))
        self.field.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.focus_first = self.field
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Commands found"))
        self.list.setToolTip(tr("A click runs the command"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Line(self.list))
        self.list.itemClicked.connect(self._run)
        self.head.insertWidget(1, self.field, 20)
        self.column.addWidget(self.list, 1)
        self.column.setContentsMargins(1, 1, 1, 8)
        self._all: list[Command] = []

    def refresh(self) -> None:
        """Gather the commands anew; what was typed before is gone."""
        window = self._window
        self._all = [
            command
            for command in (
                *commands.actions(window),
                *commands.canvas(window),
                *commands.languages(window),
                *commands.recent(window),
            )
            if command.name != "find"
        ]
        self.field.clear()
        self._filter("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _STEPS:
                last = self.list.count() - 1
                self.list.setCurrentRow(min(max(self.list.currentRow() + _STEPS[key], 0), last))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
                Qt.KeyboardModifier.KeypadModifier
            ):
                self._run(self.list.currentItem())
                return True
        if watched is self.field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.shut()
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        ranked = [(commands.score(text, command.text), command) for command in self._all]
        found = [(rank - (1 if command.reason else 0), command) for rank, command in ranked if rank is not None]
        if text.strip():
            found.sort(key=lambda pair: -pair[0])
        self.list.clear()
        keymap = self._window.keymap
        for _, command in found:
            item = QListWidgetItem(command.text)
            item.setData(_COMMAND, command)
            item.setData(_KEY, "" if command.name.startswith(("language.", "recent.")) else keymap.shown(command.name))
            item.setToolTip(capitalised(command.reason))
            item.setSizeHint(QSize(0, theme.ROW))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        command: Command = item.data(_COMMAND)
        if command.reason:
            return  # the row says why
        self.shut()
        command.run()


class _Line(QStyledItemDelegate):
    """Text, its group or why it cannot be run, and its key at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        command: Command = index.data(_COMMAND)
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(theme.FIELD))
            painter.fillRect(QRect(place.left(), place.top(), 2, place.height()), QColor(theme.ACCENT))
        middle = Qt.AlignmentFlag.AlignVCenter
        inner = place.adjusted(16, 0, -16, 0)
        painter.setFont(theme.font(theme.META))
        painter.setPen(QPen(QColor(theme.FAINT if command.reason else theme.DIM)))
        key: str = index.data(_KEY)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, key)
        aside = command.reason or command.group
        room = inner.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(key) - 16, 0)
        painter.setFont(theme.font(theme.BODY))
        text = painter.fontMetrics().elidedText(command.text, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(theme.FAINT if command.reason else theme.TEXT))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, text)
        room = room.adjusted(painter.fontMetrics().horizontalAdvance(text) + 12, 0, 0, 0)
        painter.setFont(theme.font(theme.META))
        painter.setPen(QColor(theme.FAINT if command.reason else theme.DIM))
        aside = painter.fontMetrics().elidedText(aside, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, aside)
        painter.restore()
