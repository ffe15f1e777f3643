"""The tool box, and the tools that other packages put into it: in a studio of their own, where they are at start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from chromadesk.studio.keymap import CANVAS_KEYS
from chromadesk.studio.tools.box import VIEW_LETTERS
from tests.plugged import announce, install

ROOT = Path(__file__).parents[3]
#: Opens the window on a plugged-in rectangle, drags one, and says what came of it.
_SCRIPT = """
import sys
from pathlib import Path
import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
app = QApplication([])
from chromadesk.studio import diagnostics, theme, words
words.use("en"); theme.apply(app)
from chromadesk.editing.document import Document
from chromadesk.studio.canvas.photo_layer import PhotoLayer
from chromadesk.studio.window import Window
window = Window()
window.session.active.path = None
window.show(); QTest.qWaitForWindowExposed(window)
canvas = window.paint.canvas
document = Document(Path("a.jpg"), np.zeros((200, 150), np.uint8))
canvas.show_document(document, PhotoLayer(np.zeros((200, 150, 3), np.uint8), []))
window.paint._stack.setCurrentWidget(canvas)
app.processEvents()
print(list(window.paint.tools.buttons)[-1], window.paint.tools.buttons["rectangle"].toolTip())
QTest.keyClick(canvas, Qt.Key.Key_U)
print(window.tool_state.tool)
middle = canvas.rect().center()
button = Qt.MouseButton.LeftButton
QTest.mousePress(canvas, button, pos=middle)
QTest.mouseMove(canvas, middle + QPoint(30, 20))
QTest.mouseRelease(canvas, button, pos=middle + QPoint(40, 20))
rows, columns = np.nonzero(document.labels)
print(len(rows) > 0, len(rows) == (np.ptp(rows) + 1) * (np.ptp(columns) + 1), set(document.labels.flat) == {0, 3})
said = []
window.session.notice.connect(lambda text, level: said.append((level, text)))
diagnostics.tell_of_plugins(window)
print(said)
print("torch" in sys.modules)
window.leave()
"""


def test_letters_of_the_canvas_are_no_tools() -> None:
    assert {each.key for each in CANVAS_KEYS if each.key.isalpha()} == set(VIEW_LETTERS) - {"E"}


def test_a_tool_of_another_package_paints_and_broken_ones_are_told(tmp_path: Path) -> None:
    site = install(tmp_path / "site")
    (site / "bad_tools.py").write_text(
        "from pathlib import Path\n"
        "from chromadesk.studio.tools.tool import Tool\n"
        "import chromadesk_example\n"
        "picture = str(Path(chromadesk_example.__file__).with_name('rectangle.svg'))\n"
        "Taken = type('Taken', (Tool,), {'name': 'taken', 'title': 'Taken', 'key': 'B', 'icon': picture})\n"
        "def fails(self, stage): raise RuntimeError('no stage for me')\n"
        "Fails = type('Fails', (Tool,), {'name': 'a_fails', 'title': 'F', 'key': 'W', 'icon': picture,"
        " '__init__': fails})\n"
    )
    announce(
        site, "bad-tools", {"chromadesk.tools": {"taken": "bad_tools:Taken", "a_fails": "bad_tools:Fails", "no": "x:y"}}
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(site)))}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], capture_output=True, text=True, timeout=120, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    button, tool, painted, said, torch = done.stdout.splitlines()
    assert button == "rectangle Rectangle (U)"
    assert tool == "rectangle"
    assert painted == "True True True"
    assert said.count("('warning',") == 3
    assert "its key 'B' is taken" in said
    assert "no stage for me" in said
    assert torch == "False"
