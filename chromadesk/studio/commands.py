"""Everything a person can ask for, in one list: the page of keys and the finder are made of it and cannot be stale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chromadesk.studio.actions import GROUPS, TABLE
from chromadesk.studio.keymap import CANVAS_KEYS
from chromadesk.studio.language_menu import choices, choose
from chromadesk.studio.recents import listed
from chromadesk.studio.tools.box import TOOLS
from chromadesk.studio.words import mark, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

#: Keys of the canvas that cannot be given away.
FIXED = (
    (mark("Space"), mark("Held: move the photo, even mid-stroke")),
    (mark("Esc"), mark("Give up what has begun")),
    (mark("Tab"), mark("Hide the panels, or show them")),
    (mark("A tool's key, held"), mark("That tool only while it is held")),
)
#: What the pointer does whatever tool is in hand.
POINTER = (
    (mark("Wheel"), mark("Zoom at the cursor")),
    (mark("Two fingers"), mark("Move the photo (trackpad)")),
    (mark("Pinch"), mark("Zoom (trackpad)")),
    (mark("Middle button"), mark("Move the photo")),
    (mark("Drop on the window"), mark("Open photos or a folder")),
)
#: A part of a tool's hint that names one of these is a gesture; the others name keys, which are listed as such.
_GESTURES = ("click", "drag", "alt", "shift", "press", "stroke", "enter", "esc", "tap", "hold", "pen")
_NEEDS = {
    "dataset": mark("open a folder first"),
    "photo": mark("open a photo first"),
    "mask": mark("only in Paint, with a photo open"),
}
_NEEDS["strip"] = mark("only in Paint, with a folder open")
_NEEDS["backup"] = mark("only in Paint, once a save has replaced another mask of the photo")
_NOT_NOW = mark("not now")


@dataclass(frozen=True)
class Command:
    """One of them; ``reason`` says why it cannot be run now and is empty when it can."""

    name: str
    group: str
    text: str
    run: Callable[[], object]
    reason: str = ""


def actions(window: Window) -> list[Command]:
    """The table of actions, in its groups."""
    found, group = [], ""
    for spec in TABLE:
        group = tr(GROUPS[spec.name]) if spec.name in GROUPS else group
        action = window.actions_table[spec.name]
        reason = "" if action.isEnabled() else tr(_NEEDS.get(spec.needs, _NOT_NOW))
        found.append(Command(spec.name, group, spec.title, action.trigger, reason))
    return found


def canvas(window: Window) -> list[Command]:
    """Tools, classes and the other single keys of the canvas."""
    state = window.tool_state
    found = [
        Command(f"tool.{tool.name}", tr("Tools"), tr(tool.title), partial(state.set_tool, tool.name)) for tool in TOOLS
    ]
    for key in CANVAS_KEYS:
        group = tr("Classes") if key.name.startswith("class.") else tr("Canvas")
        found.append(Command(key.name, group, key.title, partial(key.run, state)))
    return found


def recent(window: Window) -> list[Command]:
    """Data sets opened of late, but for the open one."""
    opened = str(window.session.dataset.root) if window.session.dataset else ""
    return [
        Command(
            f"recent.{each.folder}", each.folder, tr("Open {name}", name=each.name), partial(_open, window, each.folder)
        )
        for each in listed()
        if each.folder != opened
    ]


def languages(window: Window) -> list[Command]:
    """What the studio may speak."""
    return [
        Command(f"language.{name}", tr("Language"), text, partial(choose, window.session, name))
        for name, text in choices().items()
    ]


def gestures(window: Window) -> list[tuple[str, str]]:
    """(gesture, what it does and in which tools), as the tools' own hints have it; then what works in all of them."""
    tools: dict[tuple[str, str], list[str]] = {}
    for tool in TOOLS:
        said = window.keymap.in_words(tr(tool.hint)).split("    ")
        for plain, part in zip(tool.hint.split("    "), said, strict=True):
            gesture, colon, effect = part.partition(": ")
            if colon and any(word in plain.partition(": ")[0].lower() for word in _GESTURES):
                tools.setdefault((gesture.strip(), effect.strip()), []).append(tr(tool.title))
    named = [
        (gesture, f"{', '.join(names)}: {effect}" if len(names) < 4 else tr("Most tools: {effect}", effect=effect))
        for (gesture, effect), names in tools.items()
    ]
    return named + [(tr(gesture), tr(effect)) for gesture, effect in POINTER]


def score(wanted: str, text: str) -> float | None:
    """How well ``text`` answers what was typed; None when its letters are not there in this order.

    Letters that begin a word count most, then letters that follow one another; shorter texts win ties.
    """
    total, at, last = 0.0, 0, -2
    low = text.lower()
    for letter in wanted.lower().replace(" ", ""):
        starts = next((n for n in range(at, len(low)) if low[n] == letter and _begins(low, n)), -1)
        follows = low.find(letter, at)
        if follows < 0:
            return None
        found = follows if follows == last + 1 or starts < 0 else starts
        total += 3 if found == last + 1 else 2 if _begins(low, found) else 0
        at, last = found + 1, found
    return total - len(text) / 100


def _begins(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()


def _open(window: Window, folder: str) -> None:
    window.session.open_folder(Path(folder))
