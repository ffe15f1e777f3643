"""Everything a person can ask for, in one list: the page of keys and the finder are made of it and cannot be stale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chromadesk.studio.actions import GROUPS, TABLE
from chromadesk.studio.keymap import CANVAS_KEYS
from chromadesk.studio.recents import listed
from chromadesk.studio.tools.box import TOOLS

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

#: Keys of the canvas that cannot be given away.
FIXED = (
    ("Space", "Held: move the photo, even mid-stroke"),
    ("Esc", "Give up what has begun"),
    ("Tab", "Hide the panels, or show them"),
    ("A tool's key, held", "That tool only while it is held"),
)
#: What the pointer does whatever tool is in hand.
POINTER = (
    ("Wheel", "Zoom at the cursor"),
    ("Two fingers", "Move the photo (trackpad)"),
    ("Pinch", "Zoom (trackpad)"),
    ("Middle button", "Move the photo"),
    ("Drop on the window", "Open photos or a folder"),
)
#: A part of a tool's hint that names one of these is a gesture; the others name keys, which are listed as such.
_GESTURES = ("click", "drag", "alt", "shift", "draw", "press", "stroke", "enter", "esc", "tap", "hold", "pen")
_NEEDS = {"dataset": "open a folder first", "photo": "open a photo first", "mask": "only in Paint, with a photo open"}
_NEEDS["strip"] = "only in Paint, with a folder open"


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
        group = GROUPS.get(spec.name, group)
        action = window.actions_table[spec.name]
        reason = "" if action.isEnabled() else _NEEDS.get(spec.needs, "not now")
        found.append(Command(spec.name, group, spec.text.rstrip("…"), action.trigger, reason))
    return found


def canvas(window: Window) -> list[Command]:
    """Tools, classes and the other single keys of the canvas."""
    state = window.tool_state
    found = [Command(f"tool.{tool.name}", "Tools", tool.title, partial(state.set_tool, tool.name)) for tool in TOOLS]
    for key in CANVAS_KEYS:
        group = "Classes" if key.name.startswith("class.") else "Canvas"
        found.append(Command(key.name, group, key.text, partial(key.run, state)))
    return found


def recent(window: Window) -> list[Command]:
    """Data sets opened of late, but for the open one."""
    opened = str(window.session.dataset.root) if window.session.dataset else ""
    return [
        Command(f"recent.{each.folder}", each.folder, f"Open {each.name}", partial(_open, window, each.folder))
        for each in listed()
        if each.folder != opened
    ]


def gestures(window: Window) -> list[tuple[str, str]]:
    """(gesture, what it does and in which tools), as the tools' own hints have it; then what works in all of them."""
    tools: dict[tuple[str, str], list[str]] = {}
    for tool in TOOLS:
        for part in window.keymap.in_words(tool.hint).split("    "):
            gesture, colon, effect = part.partition(": ")
            if colon and any(word in gesture.lower() for word in _GESTURES):
                tools.setdefault((gesture.strip(), effect.strip()), []).append(tool.title)
    named = [
        (gesture, f"{', '.join(names)}: {effect}" if len(names) < 4 else f"Most tools: {effect}")
        for (gesture, effect), names in tools.items()
    ]
    return named + list(POINTER)


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
