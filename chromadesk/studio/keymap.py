"""Which key does what: the commands' own keys, and those a person gave them instead.

Every name here is a command: an action of actions.py ("save"), a tool ("tool.brush"), or a key of the canvas
("canvas.swap", "class.3"). What a person changed lies in the settings and survives what a newer version adds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from chromadesk import settings
from chromadesk.classes import CLASSES
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.actions import TABLE
from chromadesk.studio.tools.box import TOOLS
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.words import class_name, mark, tr

_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
#: Keys that mean the same in every window of every program, or that the canvas holds down.
_TAKEN = {getattr(Qt.Key, f"Key_{name}") for name in ("Space", "Escape", "Tab", "Backtab", "Return", "Enter", "Delete")}
#: Keys that no field would take for typing, so that an action may have them alone.
_ALONE = {getattr(Qt.Key, f"Key_{name}") for name in (*(f"F{n}" for n in range(1, 13)), "PageUp", "PageDown", "Pause")}


@dataclass(frozen=True)
class CanvasKey:
    """A single key of the canvas; ``key`` is the one canvas/keys.py knows it by, ``run`` what a tap on it does."""

    name: str
    text: str
    key: str
    run: Callable[[ToolState], object]

    @property
    def title(self) -> str:
        """What it does, in the person's language."""
        return tr(self.text, name=class_name(int(self.key)) if self.key.isdigit() else "")


def _take(class_id: int) -> Callable[[ToolState], object]:
    return lambda state: state.set_class(class_id)


CANVAS_KEYS: tuple[CanvasKey, ...] = (
    *(CanvasKey(f"class.{each.id}", mark("Paint {name}"), str(each.id), _take(each.id)) for each in CLASSES),
    CanvasKey("canvas.swap", mark("Swap the last two classes"), "X", lambda state: state.swap_classes()),
    CanvasKey("canvas.size_down", mark("Smaller brush"), "[", lambda state: state.resize(-1)),
    CanvasKey("canvas.size_up", mark("Larger brush"), "]", lambda state: state.resize(1)),
    CanvasKey(
        "canvas.overlay",
        mark("Mask off and on; held: the bare photo"),
        "Q",
        lambda state: state.set_overlay(not state.overlay),
    ),
    CanvasKey(
        "canvas.outline", mark("Outlines only, or filled"), "F", lambda state: state.set_outline(state.fill != 0)
    ),
    CanvasKey(
        "canvas.refine",
        mark("Strokes move to edges when they end"),
        "R",
        lambda state: state.set_refine(not state.refine),
    ),
    CanvasKey("canvas.lift", mark("Lift shadows on the screen"), "O", lambda state: state.set_lifted(not state.lifted)),
)
#: Name of a command -> its own keys.
_DEFAULTS: dict[str, tuple[str, ...]] = {
    **{spec.name: spec.keys for spec in TABLE},
    **{f"tool.{tool.name}": (tool.key,) for tool in TOOLS},
    **{each.name: (each.key,) for each in CANVAS_KEYS},
}


def shown(name: str) -> str:
    """The first key of a command, the person's own if there is one, as this system writes it; empty for none such."""
    return _native(_keys(name, settings.get("keys"))[0]) if name in _DEFAULTS else ""


class Keymap(QObject):
    """One for the window."""

    #: Some key was changed, or given back.
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = {spec.name: spec.title for spec in TABLE}
        self._texts |= {f"tool.{tool.name}": tr(tool.title) for tool in TOOLS}
        self._texts |= {each.name: each.title for each in CANVAS_KEYS}
        self._own: dict[str, str] = settings.get("keys")
        self._meanings: dict[int, int] = {}
        self._read_meanings()

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of a command, the one that is shown first."""
        return _keys(name, self._own)

    def shown(self, name: str) -> str:
        """The first key of a command as this system writes it."""
        return _native(self.keys(name)[0])

    def in_words(self, hint: str) -> str:
        """A hint written with the commands' own keys ("[ ]: size    X: swap classes"), with those they have now."""
        if not self.any_own:
            return hint
        own = [(key, name) for name, keys in _DEFAULTS.items() for key in keys if self.is_own(name)]
        names = dict(own) | {_native(key): name for key, name in own}
        parts = []
        for part in hint.split("    "):
            keys, colon, effect = part.partition(": ")
            said = " ".join(self.shown(names[key]) if key in names else key for key in keys.split(" "))
            parts.append(f"{said}{colon}{effect}" if colon else part)
        return "    ".join(parts)

    def is_own(self, name: str) -> bool:
        """Whether a person changed it."""
        return self.keys(name) != _DEFAULTS[name]

    @property
    def any_own(self) -> bool:
        """Whether a person changed any."""
        return any(map(self.is_own, _DEFAULTS))

    def meaning(self, key: int) -> int:
        """For the canvas: the key that canvas/keys.py knows in place of the one pressed (0: none)."""
        return self._meanings.get(key, key)

    def bind(self, name: str, sequence: QKeySequence) -> str:
        """Give a command another key; the sentence that says why not, or an empty one."""
        refused = self._refuse(name, sequence)
        if refused:
            return refused
        return self._keep(self._own | {name: sequence.toString(QKeySequence.SequenceFormat.PortableText)})

    def reset(self, name: str) -> str:
        """Give a command its own keys back; the sentence that says why not, or an empty one."""
        taken = self._owner(_DEFAULTS[name], but=name)
        if taken:
            return tr("{command} has that key now; change it first.", command=self._texts[taken])
        return self._keep({other: key for other, key in self._own.items() if other != name})

    def reset_all(self) -> str:
        """Give every command its own keys back; the sentence that says why not, or an empty one."""
        return self._keep({})

    def _keep(self, own: dict[str, str]) -> str:
        try:
            settings.put("keys", own)
        except ChromaDeskError as error:
            return str(error)
        self._own = own
        self._read_meanings()
        self.changed.emit()
        return ""

    def _refuse(self, name: str, sequence: QKeySequence) -> str:
        if sequence.count() != 1:
            return tr("That is no key.")
        pressed = _first(sequence)
        held = bool(pressed.keyboardModifiers() & _MODIFIERS)
        said = sequence.toString(QKeySequence.SequenceFormat.NativeText)
        if pressed.key() in _TAKEN and not held:
            return tr("{said} always means the same and cannot be given away.", said=said)
        if "." in name and (pressed.keyboardModifiers() or pressed.key() in _ALONE):
            return tr(
                "{command} is a key of the canvas: choose a single letter, digit or sign.", command=self._texts[name]
            )
        if "." not in name and not held and pressed.key() not in _ALONE:
            return tr("{said} alone belongs to the canvas: hold Ctrl or Alt too, or choose a function key.", said=said)
        taken = self._owner((sequence.toString(QKeySequence.SequenceFormat.PortableText),), but=name)
        return (
            tr("{said} is the key of “{command}”; give that another key first.", said=said, command=self._texts[taken])
            if taken
            else ""
        )

    def _owner(self, keys: tuple[str, ...], but: str) -> str:
        wanted = {QKeySequence(key) for key in keys}
        for name in _DEFAULTS:
            if name != but and wanted & {QKeySequence(key) for key in self.keys(name)}:
                return name
        return ""

    def _read_meanings(self) -> None:
        changed = [name for name in _DEFAULTS if "." in name and self.is_own(name)]
        before = {name: _code(_DEFAULTS[name][0]) for name in changed}
        self._meanings = dict.fromkeys(before.values(), 0)
        self._meanings |= {_code(self.keys(name)[0]): code for name, code in before.items()}


def _keys(name: str, own: Mapping[str, object]) -> tuple[str, ...]:
    key = own.get(name)
    return (key,) if isinstance(key, str) and key and name in _DEFAULTS else _DEFAULTS[name]


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _code(key: str) -> int:
    sequence = QKeySequence(key)
    return int(_first(sequence).key()) if sequence.count() else 0


def _first(sequence: QKeySequence) -> QKeyCombination:
    return cast("list[QKeyCombination]", sequence)[0]  # PySide6's types do not know that it can be indexed
