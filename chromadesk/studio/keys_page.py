"""Keys and gestures on one page (F1): searched by typing, and each key changed by a click on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QToolButton, QVBoxLayout, QWidget

from chromadesk.studio import commands, icons, theme
from chromadesk.studio.canvas.keys import held_with
from chromadesk.studio.commands import Command
from chromadesk.studio.keymap import Keymap
from chromadesk.studio.overlay import Overlay
from chromadesk.studio.panels.parts import button, heading, meta
from chromadesk.studio.words import mark, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

_HINT = mark("Click a key, or press Space on it, to change it.")
_ROW = 24
_COLUMN = 320
_MODIFIER_KEYS = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
_CHIP = f"""
QToolButton, QLabel#chip {{
    background: {theme.FIELD}; border: 1px solid {theme.LINE}; border-radius: {theme.RADIUS}px;
    padding: 0 6px; font-size: {theme.META}px; color: {theme.TEXT}; }}
QToolButton:hover {{ background: {theme.LINE}; }}
QToolButton:focus {{ border-color: {theme.ACCENT}; }}
QToolButton:checked {{ border-color: {theme.ACCENT}; color: {theme.TEXT}; }}
QLabel#chip {{ background: transparent; color: {theme.DIM}; }}
"""


@dataclass(frozen=True)
class _Line:
    """A line of the page; without a command it is a gesture, or a key that cannot be given away."""

    text: str
    keys: str
    command: Command | None = None


class KeysPage(Overlay):
    """Made of the commands, the tools' hints and the keymap whenever it is shown."""

    title = mark("Keys and gestures")
    wanted = QSize(1080, 780)

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._keymap = window.keymap
        self.search = QLineEdit(placeholderText=tr("Search"))
        self.search.setAccessibleName(tr("Search keys and gestures"))
        self.search.setToolTip(tr("Show only what holds these words"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(280)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._searched)
        self.head.insertWidget(1, self.search)
        self.focus_first = self.search
        self.rows: list[KeyRow] = []
        self.nothing = meta(tr("Nothing has that name or key."))
        self.nothing.setContentsMargins(16, 8, 16, 8)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.said = meta(tr(_HINT))
        self.reset_all = button(tr("Reset all keys"), self._reset_all, tip=tr("Give every command its own key back"))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 12, 12)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.reset_all)
        self.column.addWidget(self.nothing)
        self.column.addWidget(self._scroll, 1)
        self.column.addLayout(foot)
        self._keymap.changed.connect(self._keys_changed)

    def refresh(self) -> None:
        """Fill the columns with what matches the search."""
        words = self.search.text().lower().split()
        self.rows = []
        groups = [(name, kept) for name, lines in self._groups() if (kept := _matching(name, lines, words))]
        self.nothing.setVisible(not groups)
        self._scroll.setVisible(bool(groups))
        self.reset_all.setVisible(self._keymap.any_own)
        body = QWidget()
        body.setStyleSheet(_CHIP)
        side_by_side = QHBoxLayout(body)
        side_by_side.setContentsMargins(16, 4, 16, 4)
        side_by_side.setSpacing(32)
        count = min(max(1, (self.width() or self.wanted.width()) // _COLUMN), 3)
        for part in _balanced(groups, count):
            column = QVBoxLayout()
            column.setSpacing(0)
            for name, lines in part:
                label = heading(name.upper())
                label.setContentsMargins(0, 8, 0, 4)
                column.addWidget(label)
                for line in lines:
                    column.addWidget(self._key_row(line.command) if line.command else FixedRow(line.keys, line.text))
            column.addStretch(1)
            side_by_side.addLayout(column, 1)
        self._scroll.setWidget(body)

    def row(self, name: str) -> KeyRow:
        """The row of a command that is shown; raises StopIteration."""
        return next(row for row in self.rows if row.name == name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible() and event.oldSize().width() // _COLUMN != event.size().width() // _COLUMN:
            self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        chip = watched if isinstance(watched, QToolButton) else None
        if chip is None or not chip.isChecked():
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or a key that is taken would do its work while it is tried here
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._pressed(chip, event)
            return True
        if event.type() == QEvent.Type.FocusOut:
            chip.setChecked(False)
        return False

    def _groups(self) -> list[tuple[str, list[_Line]]]:
        groups: dict[str, list[_Line]] = {}
        for command in [*commands.canvas(self._window), *commands.actions(self._window)]:
            keys = " ".join((*self._keymap.keys(command.name), self._keymap.shown(command.name)))
            groups.setdefault(command.group, []).append(_Line(command.text, keys, command))
        groups[tr("Canvas")] += [_Line(tr(text), tr(keys)) for keys, text in commands.FIXED]
        groups[tr("Pointer")] = [_Line(text, keys) for keys, text in commands.gestures(self._window)]
        return list(groups.items())

    def _key_row(self, command: Command) -> KeyRow:
        row = KeyRow(command, self._keymap)
        row.chip.installEventFilter(self)
        row.chip.toggled.connect(self._recording)
        row.reset.clicked.connect(lambda: self._reset(command.name))
        self.rows.append(row)
        return row

    def _searched(self) -> None:
        self._say("")
        self.refresh()

    def _recording(self, on: bool) -> None:
        if on:
            for row in self.rows:
                if row.chip is not self.sender():
                    row.chip.setChecked(False)
            self._say(tr("Press the new key; Esc leaves it as it is."))
        elif not any(row.chip.isChecked() for row in self.rows):
            self._say("")

    def _pressed(self, chip: QToolButton, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MODIFIER_KEYS:
            return
        name = next(row.name for row in self.rows if row.chip is chip)
        chip.setChecked(False)
        if key == Qt.Key.Key_Escape:
            return
        held = held_with(event)
        self._say(self._keymap.bind(name, QKeySequence(QKeyCombination(held, key))))

    def _reset(self, name: str) -> None:
        self._say(self._keymap.reset(name))

    def _reset_all(self) -> None:
        self._say(self._keymap.reset_all())
        self.search.setFocus()

    def _keys_changed(self) -> None:
        self.reset_all.setVisible(self._keymap.any_own)
        for row in self.rows:
            row.follow()

    def _say(self, text: str) -> None:
        """Show ``text``, or else what can be done here."""
        said = text or tr(_HINT)
        self.said.setText(said)
        self.said.setStyleSheet(f"color: {theme.TEXT if text else theme.DIM};")
        self.setAccessibleDescription(said)


class KeyRow(QFrame):
    """A command and its key, which is a button; beside it the way back once it was changed."""

    def __init__(self, command: Command, keymap: Keymap) -> None:
        super().__init__()
        self.name = command.name
        self._text = command.text
        self._keymap = keymap
        self.setMinimumHeight(_ROW)
        self.chip = QToolButton()
        self.chip.setCheckable(True)
        self.chip.setFixedHeight(20)
        self.chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reset = QToolButton()
        self.reset.setIcon(icons.icon("undo"))
        self.reset.setIconSize(QSize(14, 14))
        self.reset.setFixedSize(20, 20)
        self.reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reset.setToolTip(tr("Give it its own key back"))
        self.reset.setAccessibleName(tr("Reset the key of {text}", text=command.text))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(_wrapped(command.text), 1)
        layout.addWidget(self.reset)
        layout.addWidget(self.chip)
        self.chip.toggled.connect(self.follow)
        self.follow()

    def follow(self, *_: object) -> None:
        """Show the key as it is now."""
        keys = [QKeySequence(key) for key in self._keymap.keys(self.name)]
        native = QKeySequence.SequenceFormat.NativeText
        self.chip.setText(tr("Press a key…") if self.chip.isChecked() else keys[0].toString(native))
        key, others = keys[0].toString(native), ", ".join(key.toString(native) for key in keys[1:])
        self.chip.setToolTip(tr("Change the key (also {others})", others=others) if others else tr("Change the key"))
        if others:
            key = tr("{key} (also {others})", key=key, others=others)
        self.chip.setAccessibleName(tr("{command}: {key}; change it", command=self._text, key=key))
        self.reset.setVisible(self._keymap.is_own(self.name))


class FixedRow(QFrame):
    """A gesture, or a key that cannot be given away."""

    def __init__(self, keys: str, text: str) -> None:
        super().__init__()
        self.setMinimumHeight(_ROW)
        chip = QLabel(keys)
        chip.setObjectName("chip")
        chip.setFixedHeight(20)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(_wrapped(text), 1)
        layout.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)  # many tools share a gesture, and some languages need more room
    label.setMinimumWidth(40)
    return label


def _matching(group: str, lines: list[_Line], words: list[str]) -> list[_Line]:
    return [line for line in lines if all(word in f"{group} {line.text} {line.keys}".lower() for word in words)]


def _balanced(groups: list[tuple[str, list[_Line]]], count: int) -> list[list[tuple[str, list[_Line]]]]:
    """The groups in their order, in ``count`` columns of about the same height."""
    total = sum(len(lines) + 2 for _, lines in groups)
    columns: list[list[tuple[str, list[_Line]]]] = [[] for _ in range(count)]
    done = 0.0
    for name, lines in groups:
        size = len(lines) + 2
        columns[min(int((done + size / 2) * count / total), count - 1)].append((name, lines))
        done += size
    return columns
