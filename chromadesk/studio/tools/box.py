"""The tool box: the tools in their order, by name and by key."""

from __future__ import annotations

from chromadesk.studio.tools.border import BorderTool
from chromadesk.studio.tools.brush import BrushTool
from chromadesk.studio.tools.eraser import EraserTool
from chromadesk.studio.tools.fill import FillTool
from chromadesk.studio.tools.hand import HandTool
from chromadesk.studio.tools.history_brush import HistoryBrushTool
from chromadesk.studio.tools.lasso import LassoTool
from chromadesk.studio.tools.magnetic import MagneticTool
from chromadesk.studio.tools.scribble import ScribbleTool
from chromadesk.studio.tools.tool import Tool
from chromadesk.studio.tools.zoom import ZoomTool

TOOLS: tuple[type[Tool], ...] = (
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
BY_KEY = {tool.key: tool for tool in TOOLS}
BY_NAME = {tool.name: tool for tool in TOOLS}
#: Those that only look.
LOOKING = (HandTool.name, ZoomTool.name)
#: Those that paint where they are told to, whatever mask is there, unless something is locked.
BLIND = (BrushTool.name, EraserTool.name, LassoTool.name)
