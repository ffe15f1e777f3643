"""The pages that lie over the window: finder, keys, labelling guide; and the guide beside it. Each is made when it is
first asked for.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from chromadesk.studio.overlay import Overlay
from chromadesk.studio.tips import follow_keys

if TYPE_CHECKING:
    from chromadesk.studio.finder import Finder
    from chromadesk.studio.guide import Guide
    from chromadesk.studio.keys_page import KeysPage
    from chromadesk.studio.manual import Manual
    from chromadesk.studio.window import Window


class Overlays:
    """Also tells the canvas and the tips of keys that were changed."""

    def __init__(self, window: Window) -> None:
        self._window = window
        window.paint.canvas.keys.meaning = window.keymap.meaning
        window.paint.classes.guide_wanted.connect(lambda: self.guide.toggle())
        window.paint.empty.guide_wanted.connect(lambda: self.manual.toggle())
        window.keymap.changed.connect(self._follow_keys)
        self._show_keys()

    @property
    def made(self) -> list[Overlay]:
        """Those that were asked for so far."""
        return self._window.findChildren(Overlay)

    @functools.cached_property
    def finder(self) -> Finder:
        """Ctrl+F."""
        from chromadesk.studio.finder import Finder

        return Finder(self._window)

    @functools.cached_property
    def keys(self) -> KeysPage:
        """F1."""
        from chromadesk.studio.keys_page import KeysPage

        return KeysPage(self._window)

    @functools.cached_property
    def guide(self) -> Guide:
        """Shift+F1, and the question mark beside the classes."""
        from chromadesk.studio.guide import Guide

        return Guide(self._window)

    @functools.cached_property
    def manual(self) -> Manual:
        """Ctrl+Shift+F1; a window of its own."""
        from chromadesk.studio.manual import Manual

        return Manual(self._window)

    def close(self) -> None:
        """Close the guide, which has a window of its own."""
        if "manual" in vars(self):
            self.manual.close()

    def _follow_keys(self) -> None:
        follow_keys(self._window)
        self._show_keys()

    def _show_keys(self) -> None:
        keymap = self._window.keymap
        for row in self._window.paint.classes.rows:
            row.show_key(keymap.shown(f"class.{row.fashion_class.id}"))
