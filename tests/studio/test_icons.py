"""Every icon that is asked for is there, in one colour."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from chromadesk import resources
from chromadesk.studio import icons, theme
from chromadesk.studio.actions import TABLE
from chromadesk.studio.tools.box import TOOLS

NAMES = sorted({spec.icon for spec in TABLE if spec.icon} | {tool.name for tool in TOOLS} | {"cleanup"})


@pytest.mark.parametrize("name", NAMES)
def test_icons_are_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    image = icons.pixmap(name, theme.ACCENT, 40).toImage()
    strong = [image.pixelColor(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() == 255]
    assert strong
    wanted = QColor(theme.ACCENT).getRgb()
    assert all(abs(a - b) <= 1 for colour in strong for a, b in zip(colour.getRgb(), wanted, strict=True))


def test_icons_follow_the_design() -> None:
    for path in (resources.folder() / "icons").glob("*.svg"):
        text = path.read_text()
        assert 'viewBox="0 0 20 20"' in text
        assert 'stroke-width="1.5"' in text
