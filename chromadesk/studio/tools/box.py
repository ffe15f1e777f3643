"""The tool box: the tools in their order, by name and by key; after our own, those of other packages.

These add theirs by the entry point group ``chromadesk.tools``, whose entries are subclasses of Tool.
"""

from __future__ import annotations

import re
from pathlib import Path

from chromadesk import plugins
from chromadesk.studio.tools.border import BorderTool
from chromadesk.studio.tools.brush import BrushTool
from chromadesk.studio.tools.eraser import EraserTool
from chromadesk.studio.tools.fill import FillTool
from chromadesk.studio.tools.hand import HandTool
from chromadesk.studio.tools.history_brush import HistoryBrushTool
from chromadesk.studio.tools.lasso import LassoTool
from chromadesk.studio.tools.magnetic import MagneticTool
from chromadesk.studio.tools.scribble import ScribbleTool
from chromadesk.studio.tools.tool import Stage, Tool
from chromadesk.studio.tools.zoom import ZoomTool

_OWN: tuple[type[Tool], ...] = (
    BrushTool,
    EraserTool,
    LassoTool,
    BorderTool,
    MagneticTool,
    ScribbleTool,
    FillTool,
    HistoryBrushTool,
    HandTool,
    ZoomTool,
)
#: Letters of the canvas that are no tool's.
VIEW_LETTERS = "FOQRX"


def _plugged() -> tuple[type[Tool], ...]:
    """The tools of other packages, each with a letter that was free."""
    names, keys = {tool.name for tool in _OWN}, {*VIEW_LETTERS, *(tool.key for tool in _OWN)}

    def check(name: str, tool: object) -> type[Tool]:
        if not isinstance(tool, type) or not issubclass(tool, Tool) or tool.name != name or not tool.title:
            raise plugins.Unfit("it is no subclass of Tool with that name and a title")
        if name in names or not re.fullmatch("[a-z0-9_]{1,40}", name):
            raise plugins.Unfit("its name is taken, or has more than small letters, digits and underscores")
        if tool.key in keys or not re.fullmatch("[A-Z]", tool.key):
            raise plugins.Unfit(f"its key {tool.key!r} is taken or no capital letter")
        if not Path(tool.icon).is_file():
            raise plugins.Unfit(f"there is no icon {tool.icon!r}")
        keys.add(tool.key)
        return tool

    return tuple(plugins.load("tools", check).values())


TOOLS = (*_OWN, *_plugged())
BY_KEY = {tool.key: tool for tool in TOOLS}
BY_NAME = {tool.name: tool for tool in TOOLS}
#: Those that only look.
LOOKING = (HandTool.name, ZoomTool.name)
#: Those that paint where they are told to, whatever mask is there, unless something is locked.
BLIND = (BrushTool.name, EraserTool.name, LassoTool.name)


def made(stage: Stage) -> dict[str, Tool]:
    """One of each by name, for ``stage``; a plug-in's that cannot be made does nothing."""
    found: dict[str, Tool] = {}
    for kind in TOOLS:
        try:
            found[kind.name] = kind(stage)
        except Exception as error:
            if kind in _OWN:
                raise
            plugins.tell_of(repr(kind.name), f"{type(error).__name__}: {error}")
            found[kind.name] = Tool(stage)
    return found
